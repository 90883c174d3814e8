//! The sender: claims owed messages, puts them on the wire within Meta's rates, writes down what became of them.
//!
//! An attempt is committed before it is made and its outcome after; between the two it is unknown, never failed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sigap_actions::deliver::{Attempt, AttemptResult, ClaimedMessage};
use sigap_actions::ports::{Clock, Wake};
use sigap_actions::service::Service;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_web::Metrics;
use sigap_whatsapp::buckets::Buckets;
use sigap_whatsapp::client::Client;
use sigap_whatsapp::endpoint::token::{FormToken, FormTokenKey};
use sigap_whatsapp::errors::{SendAction, SendOutcome};
use sigap_whatsapp::outbound::{FlowUse, Recipient, to_wire};
use sigap_whatsapp::routing::RoutingKey;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, watch};

use crate::flows::NumberFlows;

mod outcome;

pub use outcome::{Consequence, Pause, consequence};

/// How often to look without being woken: retries come due, and other processes owe messages too.
const LOOK: Duration = Duration::from_millis(250);
/// A claim that could not be attempted within this is given back: the others may take it for a dead process's.
const CLAIM_FRESH: SignedDuration = SignedDuration::from_secs(3);
/// Outcomes written in one transaction.
const RECORDED_TOGETHER_MAX: usize = 256;

/// Wakes the sender. One permit is enough: a round takes all there is.
#[derive(Default)]
pub struct Bell(Notify);

impl Wake for Bell {
    fn wake(&self) {
        self.0.notify_one();
    }
}

/// What the sender needs.
#[derive(Clone)]
pub struct Sender {
    /// The use cases.
    pub service: Service,
    /// The way to Meta.
    pub client: Client,
    /// Signs the ids on buttons.
    pub routing: Arc<RoutingKey>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Figures.
    pub metrics: Arc<Metrics>,
    /// Rings when there is something to send.
    pub bell: Arc<Bell>,
    /// Forms, where a number has them.
    pub flows: Arc<NumberFlows>,
    /// Signs for whom a form is.
    pub form_tokens: FormTokenKey,
    /// Messages on their way at once.
    pub in_flight_max: usize,
    /// How long a status may take to settle an unknown outcome.
    pub settle_after: SignedDuration,
}

/// Rates and pauses, forgotten when the process ends: Meta tells them again.
struct Brakes {
    buckets: Buckets<String, i64>,
    paused: HashMap<OfficeId, (Timestamp, bool)>,
}

impl Brakes {
    fn paused(&mut self, now: Timestamp) -> Vec<OfficeId> {
        self.paused.retain(|_, (until, _)| *until > now);
        self.paused.keys().copied().collect()
    }

    fn pause(&mut self, office: OfficeId, until: Timestamp, needs_operator: bool) {
        let known = self.paused.entry(office).or_insert((until, needs_operator));
        known.0 = known.0.max(until);
        known.1 |= needs_operator;
    }

    fn stopped(&self) -> usize {
        self.paused
            .values()
            .filter(|(_, needs_operator)| *needs_operator)
            .count()
    }
}

/// What a sending task tells.
struct Report {
    attempt: Attempt,
    pause: Option<(OfficeId, String, Pause)>,
}

impl Sender {
    /// Runs until told to stop; then waits for what is under way.
    pub async fn run(self, rates: Vec<(String, u32)>, mut stop: watch::Receiver<bool>) {
        let mut brakes = Brakes {
            buckets: Buckets::new(),
            paused: HashMap::new(),
        };
        for (number, per_second) in rates {
            brakes.buckets.set_rate(number, per_second);
        }
        let brakes = Arc::new(std::sync::Mutex::new(brakes));
        let permits = Arc::new(Semaphore::new(self.in_flight_max));
        let (reports, reported) = mpsc::channel(self.in_flight_max.max(1));
        let recorder = tokio::spawn(self.clone().record(reported, Arc::clone(&brakes)));
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = self.bell.0.notified() => {}
                _ = look.tick() => {}
                _ = stop.changed() => break,
            }
            self.send_all_due(&brakes, &permits, &reports, &stop).await;
        }
        // Every permit back means that every attempt has been reported; the channel's end lets the recorder finish.
        let _ = permits
            .acquire_many(u32::try_from(self.in_flight_max).unwrap_or(u32::MAX))
            .await;
        drop(reports);
        let _ = recorder.await;
    }

    async fn send_all_due(
        &self,
        brakes: &Arc<std::sync::Mutex<Brakes>>,
        permits: &Arc<Semaphore>,
        reports: &mpsc::Sender<Report>,
        stop: &watch::Receiver<bool>,
    ) {
        // A long line must not keep the process alive: what waits goes out after the next start.
        while !*stop.borrow() {
            let free = permits.available_permits();
            if free == 0 {
                // The recorder rings when it has written outcomes down.
                return;
            }
            let now = self.clock.now();
            let paused = brakes.lock().map(|mut brakes| brakes.paused(now)).unwrap_or_default();
            let claimed = match self.service.claim_due(self.settle_after, paused, free).await {
                Ok(claimed) => claimed,
                Err(fault) => {
                    tracing::error!(%fault, "messages to send could not be claimed");
                    return;
                }
            };
            if claimed.is_empty() {
                return;
            }
            for message in claimed {
                let Ok(permit) = Arc::clone(permits).acquire_owned().await else {
                    return;
                };
                let wait = brakes
                    .lock()
                    .map(|mut brakes| {
                        brakes
                            .buckets
                            .take(message.row.number.clone(), message.row.person.0, now)
                    })
                    .unwrap_or(Ok(()));
                match wait {
                    Ok(()) => {
                        tokio::spawn(self.clone().attempt(message, now, permit, reports.clone()));
                    }
                    Err(wait) => {
                        let not_before = now.saturating_add(wait).unwrap_or(now);
                        let attempt = Attempt {
                            office: message.office,
                            id: message.row.id,
                            result: AttemptResult::Unclaimed { not_before },
                        };
                        let _ = reports.send(Report { attempt, pause: None }).await;
                    }
                }
            }
        }
    }

    async fn attempt(
        self,
        message: ClaimedMessage,
        claimed_at: Timestamp,
        permit: OwnedSemaphorePermit,
        reports: mpsc::Sender<Report>,
    ) {
        let now = self.clock.now();
        let consequence = if now.duration_since(claimed_at) > CLAIM_FRESH {
            Consequence::of(AttemptResult::Unclaimed { not_before: now })
        } else {
            self.send(&message).await
        };
        let attempt = Attempt {
            office: message.office,
            id: message.row.id,
            result: consequence.result,
        };
        let pause = consequence
            .pause
            .map(|pause| (message.office, message.row.number, pause));
        // The permit goes back after the report is queued: nobody stops before it is written down.
        let _ = reports.send(Report { attempt, pause }).await;
        drop(permit);
    }

    /// Sends one message in all its parts; the last part decides.
    async fn send(&self, message: &ClaimedMessage) -> Consequence {
        let row = &message.row;
        let Some(recipient) = Recipient::of(&message.contact) else {
            tracing::error!("a person has no address to answer to");
            return Consequence::failed(None);
        };
        let first = self.send_to(message, &recipient).await;
        let now = self.clock.now();
        let result = consequence(&first, row.attempts, now, self.settle_after, row.id.0);
        // A user id that Meta does not take may stand beside a phone number that it does.
        if let (true, Some(phone)) = (result.may_use_phone, &message.contact.phone)
            && matches!(recipient, Recipient::Bsuid(_))
        {
            let second = self.send_to(message, &Recipient::Phone(phone.clone())).await;
            return self.counted(
                &second,
                consequence(&second, row.attempts, now, self.settle_after, row.id.0),
            );
        }
        self.counted(&first, result)
    }

    /// As a form where the number has one. One that Meta will not have is replaced by words at once: a refusal sends nothing.
    async fn send_to(&self, message: &ClaimedMessage, recipient: &Recipient) -> SendOutcome {
        let id = self.flows.find(&message.row.number, &message.row.message);
        let token = self.form_token(message);
        let flow = id.map(|id| FlowUse {
            id,
            token: token.as_deref().unwrap_or_default(),
        });
        let outcome = self.send_as(message, recipient, flow).await;
        match &outcome {
            SendOutcome::Refused(error) if flow.is_some() && is_about_the_flow(&error.action()) => {
                self.metrics.count_refusal(error.code);
                tracing::warn!(
                    code = error.code,
                    "Meta refused a Flow; the message goes out without it"
                );
                self.send_as(message, recipient, None).await
            }
            _ => outcome,
        }
    }

    /// For whom the form of a message is, and until when: as long as words could go out in its place.
    fn form_token(&self, message: &ClaimedMessage) -> Option<String> {
        let (row, fill) = (&message.row, message.row.message.fill.as_ref()?);
        let language = Language::ALL.into_iter().find(|known| known.code() == fill.language)?;
        Some(self.form_tokens.sign(&FormToken {
            office: message.office,
            person: row.person,
            number: row.number.clone(),
            message: row.id,
            form: fill.name,
            language,
            until: row.expires_at,
        }))
    }

    async fn send_as(&self, message: &ClaimedMessage, recipient: &Recipient, flow: Option<FlowUse<'_>>) -> SendOutcome {
        let requests = match to_wire(
            &message.row.message,
            recipient,
            &self.routing,
            flow,
            Some(message.row.id),
        ) {
            Ok(requests) => requests,
            Err(breaches) => {
                tracing::error!(?breaches, "a message breaks Meta's limits; run `sigap content check`");
                return SendOutcome::NotSent(sigap_whatsapp::errors::NotSent::Unbuildable);
            }
        };
        let mut outcome = SendOutcome::NotSent(sigap_whatsapp::errors::NotSent::Unbuildable);
        for request in requests {
            outcome = self.client.send(&message.row.number, request.to_json()).await;
            if !matches!(outcome, SendOutcome::Accepted(_)) {
                break;
            }
        }
        outcome
    }

    fn counted(&self, outcome: &SendOutcome, consequence: Consequence) -> Consequence {
        if let SendOutcome::Refused(error) = outcome {
            self.metrics.count_refusal(error.code);
            tracing::warn!(
                code = error.code,
                consequence = consequence.result.name(),
                "Meta refused a message"
            );
        }
        self.metrics.count_attempt(consequence.result.name());
        consequence
    }

    async fn record(self, mut reported: mpsc::Receiver<Report>, brakes: Arc<std::sync::Mutex<Brakes>>) {
        let mut reports = Vec::new();
        while reported.recv_many(&mut reports, RECORDED_TOGETHER_MAX).await > 0 {
            let now = self.clock.now();
            let mut attempts = Vec::with_capacity(reports.len());
            if let Ok(mut brakes) = brakes.lock() {
                for Report { attempt, pause } in reports.drain(..) {
                    attempts.push(attempt);
                    match pause {
                        Some((office, _, Pause::Until { until, needs_operator })) => {
                            brakes.pause(office, until, needs_operator);
                        }
                        Some((_, number, Pause::SlowDown)) => brakes.buckets.slow_down(number, now),
                        None => {}
                    }
                }
                self.metrics
                    .stopped_numbers
                    .set(i64::try_from(brakes.stopped()).unwrap_or(i64::MAX));
            }
            if let Err(fault) = self.service.record_attempts(attempts).await {
                // They stay `sending` and are settled by their statuses or by time.
                tracing::error!(%fault, "outcomes of attempts could not be written down");
            }
            self.bell.wake();
        }
    }
}

/// Whether words alone may go through where the Flow did not: it is blocked, or its id is wrong or not published.
const fn is_about_the_flow(action: &SendAction) -> bool {
    matches!(
        action,
        SendAction::WithoutFlow | SendAction::UsePhoneOrOurFault | SendAction::OurFault
    )
}
