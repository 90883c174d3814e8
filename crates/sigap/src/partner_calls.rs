//! Makes the calls that are owed to partners: in the form of Standard Webhooks, each until it was heard or is given up.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::iter;
use hyper::Request;
use hyper::header::CONTENT_TYPE;
use sigap_actions::hooks::OwedCall;
use sigap_actions::ports::Courier;
use sigap_actions::service::Service;
use sigap_core::ids::OfficeId;
use tokio::sync::watch;

/// Calls under way at once: fewer than the courier carries, so that a burst is not counted as partners who do not hear.
const AT_ONCE: usize = 16;
/// Between two rounds.
const ROUND: Duration = Duration::from_secs(1);

/// Runs until told to stop.
pub async fn run(service: Service, courier: Arc<dyn Courier>, offices: Vec<OfficeId>, mut stop: watch::Receiver<bool>) {
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = rounds.tick() => {}
            _ = stop.changed() => break,
        }
        round(&service, &*courier, &offices).await;
    }
}

/// Makes what is due, many calls beside each other: a partner that hangs keeps one of them busy.
pub async fn round(service: &Service, courier: &dyn Courier, offices: &[OfficeId]) {
    let mut calls = Vec::new();
    for office in offices {
        match service.claim_hook_calls(*office).await {
            Ok(owed) => calls.extend(owed.into_iter().map(|call| make(service, courier, *office, call))),
            Err(fault) => {
                tracing::error!(office = office.0, %fault, "calls to partners could not be taken; later again")
            }
        }
    }
    iter(calls).for_each_concurrent(AT_ONCE, |call| call).await;
}

async fn make(service: &Service, courier: &dyn Courier, office: OfficeId, call: OwedCall) {
    let failure = send(courier, &call).await.err();
    if let Some(failure) = &failure {
        tracing::warn!(
            office = office.0,
            hook = call.hook.0,
            attempt = call.attempt,
            failure,
            "a partner did not hear"
        );
    }
    if let Err(fault) = service.settle_hook_call(office, call, failure).await {
        tracing::error!(office = office.0, %fault, "what became of a call could not be kept; it is made again");
    }
}

/// One try; what was wrong, in a word.
async fn send(courier: &dyn Courier, call: &OwedCall) -> Result<(), String> {
    let request = Request::post(&call.url)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", call.message_id())
        .header("webhook-timestamp", call.at.to_string())
        .header("webhook-signature", &call.signature)
        .body(call.body.clone().into_bytes())
        .map_err(|_| "address".to_owned())?;
    let answer = courier.carry(request).await.map_err(|_| "no answer".to_owned())?;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(answer.status().as_u16().to_string())
    }
}
