//! What has to happen now and then: owed turns tried again, unknown outcomes settled, other processes watched, published content noticed.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use sigap_actions::service::Service;
use sigap_core::ids::OfficeId;
use sigap_web::Metrics;
use tokio::sync::watch;

use crate::neighbours::{Neighbours, Silent};

/// Between two rounds.
const ROUND: Duration = Duration::from_secs(1);
/// Unknown outcomes settled in a round, an office.
const SETTLED_PER_ROUND_MAX: usize = 200;

/// How long statuses of what a dead process sent are waited for. Meta's word `sent` comes within a second or two of its
/// acceptance, to whichever process is alive.
const LEFT_SETTLES_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// Runs until told to stop.
pub async fn run(service: Service, offices: Vec<OfficeId>, metrics: Arc<Metrics>, mut stop: watch::Receiver<bool>) {
    let mut watch = Watch::default();
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = rounds.tick() => {}
            _ = stop.changed() => break,
        }
        look_around(&service, &mut watch).await;
        round(&service, &offices, &metrics).await;
    }
    if let Err(fault) = service.leave().await {
        // The others notice by themselves, a few seconds later.
        tracing::warn!(%fault, "this process could not take its leave");
    }
}

/// What a process remembers of its neighbours between two looks.
#[derive(Default)]
pub struct Watch {
    beats: u64,
    neighbours: Neighbours,
}

/// Says that we are here, and takes over what silent processes left.
pub async fn look_around(service: &Service, watch: &mut Watch) {
    watch.beats += 1;
    let listed = match service.beat(watch.beats).await {
        Ok(listed) => listed,
        Err(fault) => {
            tracing::error!(%fault, "the other processes could not be looked at");
            return;
        }
    };
    for silent in watch.neighbours.look(&listed) {
        let (process, settle_after) = match silent {
            Silent::Died(process) => (process, LEFT_SETTLES_AFTER),
            Silent::WasGone(process) => (process, SignedDuration::MAX),
        };
        match service.take_over(process, settle_after).await {
            Ok(left) => tracing::warn!(
                left,
                "another process fell silent; what it left under way is taken over"
            ),
            Err(fault) => tracing::error!(%fault, "what a silent process left could not be taken over"),
        }
    }
}

/// One round.
pub async fn round(service: &Service, offices: &[OfficeId], metrics: &Metrics) {
    if let Err(fault) = service.refresh_content(offices).await {
        tracing::error!(%fault, "whether content was published could not be seen; it stays as it is");
    }
    match service.settle_unknown(SETTLED_PER_ROUND_MAX).await {
        Ok(settled) => {
            for _ in 0..settled.resent {
                metrics.count_attempt("resent_after_unknown");
            }
            for _ in 0..settled.given_up {
                metrics.count_attempt("given_up_after_unknown");
            }
        }
        Err(fault) => tracing::error!(%fault, "unknown outcomes could not be settled"),
    }
    for office in offices {
        if let Err(fault) = service.run_jobs(*office).await {
            tracing::error!(office = office.0, %fault, "jobs could not be done; they are tried again");
        }
        match service.retry_owed(*office).await {
            Ok(round) if round.handed_over > 0 => {
                tracing::error!(
                    office = office.0,
                    handed_over = round.handed_over,
                    "turns failed to the last try; an officer's case was opened for each"
                );
            }
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(office = office.0, %fault, "owed turns could not be tried again")
            }
        }
    }
}
