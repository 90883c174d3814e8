//! What has to happen now and then: owed turns tried again, unknown outcomes settled.

use std::sync::Arc;
use std::time::Duration;

use sigap_actions::service::Service;
use sigap_core::ids::OfficeId;
use sigap_web::Metrics;
use tokio::sync::watch;

/// Between two rounds.
const ROUND: Duration = Duration::from_secs(1);
/// Unknown outcomes settled in a round, an office.
const SETTLED_PER_ROUND_MAX: usize = 200;

/// Runs until told to stop.
pub async fn run(service: Service, offices: Vec<OfficeId>, metrics: Arc<Metrics>, mut stop: watch::Receiver<bool>) {
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = rounds.tick() => {}
            _ = stop.changed() => return,
        }
        round(&service, &offices, &metrics).await;
    }
}

/// One round.
pub async fn round(service: &Service, offices: &[OfficeId], metrics: &Metrics) {
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
