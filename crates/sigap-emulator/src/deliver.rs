//! The postman: carries webhooks to the program, signed, again and again until it answers 200.
//!
//! Order is not promised, as with Meta. Tests step with `deliver_due` and `deliver_all`; a demo lets `run` run.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::bubble::Tick;
use crate::chats::ChatKey;
use crate::config::Timing;
use crate::emulator::{ChatChange, Emulator};
use crate::faults::FaultKind;
use crate::limits::{WAITING_WEBHOOKS_MAX, WEBHOOK_RETRY_SECONDS};
use crate::lock::lock;
use crate::statuses::StatusUpdate;
use crate::webhook;
use crate::wire_log::Exchange;

/// Bytes of an answer that are looked at.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What travels.
enum Load {
    Status(Box<StatusUpdate>),
    Body {
        bytes: Bytes,
        arrival: Option<(ChatKey, String)>,
    },
}

struct Parcel {
    due: Timestamp,
    first_due: Timestamp,
    order: u64,
    tries: u32,
    load: Load,
}

impl PartialEq for Parcel {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}
impl Eq for Parcel {}
impl PartialOrd for Parcel {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Parcel {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.order).cmp(&(other.due, other.order))
    }
}

/// What waits to be carried, and the client that carries it.
pub(crate) struct Parcels {
    waiting: Mutex<BinaryHeap<Reverse<Parcel>>>,
    order: AtomicU64,
    on_their_way: AtomicUsize,
    dropped: AtomicU64,
    wake: Notify,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Parcels {
    pub(crate) fn new(timing: &Timing) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(timing.webhook_timeout));
        Self {
            waiting: Mutex::default(),
            order: AtomicU64::new(0),
            on_their_way: AtomicUsize::new(0),
            dropped: AtomicU64::new(0),
            wake: Notify::new(),
            client: Client::builder(TokioExecutor::new()).build(connector),
        }
    }

    pub(crate) fn push_status(&self, due: Timestamp, status: StatusUpdate) {
        self.push(due, due, 0, Load::Status(Box::new(status)));
    }

    pub(crate) fn push_body(&self, due: Timestamp, bytes: Bytes, arrival: Option<(ChatKey, String)>) {
        self.push(due, due, 0, Load::Body { bytes, arrival });
    }

    fn push(&self, due: Timestamp, first_due: Timestamp, tries: u32, load: Load) {
        let order = self.order.fetch_add(1, Ordering::Relaxed);
        let mut waiting = lock(&self.waiting);
        if waiting.len() >= WAITING_WEBHOOKS_MAX {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        waiting.push(Reverse(Parcel {
            due,
            first_due,
            order,
            tries,
            load,
        }));
        drop(waiting);
        self.wake.notify_one();
    }

    /// The next letter that is due: one body, or some statuses of one number that share a webhook.
    fn take(&self, now: Option<Timestamp>, statuses_max: usize) -> Option<Vec<Parcel>> {
        let mut waiting = lock(&self.waiting);
        let is_due = |parcel: &Parcel| now.is_none_or(|now| parcel.due <= now);
        let Reverse(first) = waiting.pop_if_due(&is_due)?;
        let mut letter = vec![first];
        while letter.len() < statuses_max {
            let Some(Load::Status(leader)) = letter.first().map(|p| &p.load) else {
                break;
            };
            let number = leader.chat.number;
            let joins =
                |parcel: &Parcel| is_due(parcel) && matches!(&parcel.load, Load::Status(s) if s.chat.number == number);
            let Some(Reverse(next)) = waiting.pop_if_due(&joins) else {
                break;
            };
            letter.push(next);
        }
        self.on_their_way.fetch_add(letter.len(), Ordering::Relaxed);
        Some(letter)
    }

    /// Webhooks that found no room.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    fn next_due(&self) -> Option<Timestamp> {
        lock(&self.waiting).peek().map(|Reverse(parcel)| parcel.due)
    }
}

/// Taking the head of a heap only when it fits.
trait PopIfDue {
    fn pop_if_due(&mut self, fits: &impl Fn(&Parcel) -> bool) -> Option<Reverse<Parcel>>;
}

impl PopIfDue for BinaryHeap<Reverse<Parcel>> {
    fn pop_if_due(&mut self, fits: &impl Fn(&Parcel) -> bool) -> Option<Reverse<Parcel>> {
        match self.peek() {
            Some(Reverse(head)) if fits(head) => self.pop(),
            _ => None,
        }
    }
}

impl Emulator {
    /// Webhooks that wait or are on their way.
    #[must_use]
    pub fn waiting_webhooks(&self) -> usize {
        lock(&self.inner.parcels.waiting).len() + self.inner.parcels.on_their_way.load(Ordering::Relaxed)
    }

    /// Carries everything that is due by the clock, one after the other in order of time. Returns how many webhooks
    /// were answered with 200; the others wait for their next try.
    pub async fn deliver_due(&self) -> usize {
        let mut delivered = 0;
        // Taken before the walk, so that a retry that is due at once is left for the next step and the step ends.
        let now = self.now();
        let mut letters = Vec::new();
        while let Some(letter) = self.take(Some(now)) {
            letters.push(letter);
        }
        for letter in letters {
            delivered += usize::from(self.carry(letter).await);
        }
        delivered
    }

    /// Carries everything that waits, whatever its time, until nothing is left or a whole round fails.
    pub async fn deliver_all(&self) -> usize {
        let mut delivered = 0;
        loop {
            let mut letters = Vec::new();
            while let Some(letter) = self.take(None) {
                letters.push(letter);
            }
            let mut round = 0;
            for letter in letters {
                round += usize::from(self.carry(letter).await);
            }
            if round == 0 {
                return delivered;
            }
            delivered += round;
        }
    }

    /// Carries webhooks for ever, many at once. Drop the future to stop; those on their way are dropped with it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the postman of a demo waits for the next letter; tests step him instead"
    )]
    pub async fn run(self) {
        let at_once = self.inner.config.timing.webhooks_at_once.max(1);
        let mut on_the_road = JoinSet::new();
        loop {
            while on_the_road.try_join_next().is_some() {}
            while on_the_road.len() < at_once {
                let Some(letter) = self.take(Some(self.now())) else {
                    break;
                };
                let emulator = self.clone();
                on_the_road.spawn(async move { emulator.carry(letter).await });
            }
            if on_the_road.len() >= at_once {
                on_the_road.join_next().await;
                continue;
            }
            let pause = self.inner.parcels.next_due().map_or(Duration::from_secs(60), |due| {
                let wait = due.duration_since(self.now());
                // At least a millisecond: the clock of the wait and the emulator's need not agree.
                Duration::try_from(wait)
                    .unwrap_or_default()
                    .clamp(Duration::from_millis(1), Duration::from_secs(60))
            });
            tokio::select! {
                () = self.inner.parcels.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
                Some(_) = on_the_road.join_next() => {}
            }
        }
    }

    /// Does what Meta does when a webhook is registered: asks for the challenge back.
    pub async fn verify_webhook(&self) -> bool {
        let challenge = (self.inner.chance.next() >> 32).to_string();
        let config = &self.inner.config;
        let uri = format!(
            "{}?hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={}",
            config.webhook_url, config.verify_token
        );
        let Ok(request) = Request::get(uri).body(Full::default()) else {
            return false;
        };
        match self.exchange(request).await {
            Some((200, answer)) => answer == challenge.as_bytes(),
            _ => false,
        }
    }

    fn take(&self, now: Option<Timestamp>) -> Option<Vec<Parcel>> {
        self.inner
            .parcels
            .take(now, self.inner.config.timing.statuses_per_webhook.max(1))
    }

    /// One try. True when it was answered with 200.
    async fn carry(&self, letter: Vec<Parcel>) -> bool {
        let parcels = letter.len();
        let mut arrival = None;
        let mut statuses = Vec::new();
        let mut body = Bytes::new();
        let (mut first_due, mut tries) = (self.now(), 0);
        for parcel in letter {
            (first_due, tries) = (parcel.first_due, parcel.tries);
            match parcel.load {
                Load::Status(status) => statuses.push(*status),
                Load::Body { bytes, arrival: who } => (body, arrival) = (bytes, who),
            }
        }
        if let Some(number) = statuses
            .first()
            .and_then(|status| self.inner.numbers.get(status.chat.number))
        {
            body = webhook::statuses(&number.config, &statuses).into();
            for status in &statuses {
                self.raise(&status.chat, &status.wamid, status.word.tick());
            }
        }
        let answer = self.post(body.clone()).await;
        self.inner.parcels.on_their_way.fetch_sub(parcels, Ordering::Relaxed);
        let counters = &self.inner.counters;
        if answer == Some(200) {
            counters.webhooks_delivered.fetch_add(1, Ordering::Relaxed);
            if let Some((chat, wamid)) = arrival {
                counters.person_messages_delivered.fetch_add(1, Ordering::Relaxed);
                self.raise(&chat, &wamid, Tick::Delivered);
            }
            return true;
        }
        counters.webhooks_failed.fetch_add(1, Ordering::Relaxed);
        let now = self.now();
        if now.as_second() - first_due.as_second() > WEBHOOK_RETRY_SECONDS {
            counters.webhooks_dropped.fetch_add(1, Ordering::Relaxed);
            return false;
        }
        let timing = &self.inner.config.timing;
        let pause = timing
            .retry_first
            .saturating_mul(1 << tries.min(16))
            .min(timing.retry_max);
        self.inner.parcels.push(
            later(now, pause),
            first_due,
            tries + 1,
            Load::Body { bytes: body, arrival },
        );
        false
    }

    async fn post(&self, body: Bytes) -> Option<u16> {
        let config = &self.inner.config;
        let wrong = self
            .inner
            .faults
            .strike(&self.inner.chance, None, "", |k| *k == FaultKind::WrongSignature);
        let secret = if wrong.is_some() {
            "another secret"
        } else {
            &config.app_secret
        };
        let request = Request::builder()
            .method(Method::POST)
            .uri(&config.webhook_url)
            .header("content-type", "application/json")
            .header("user-agent", "facebookexternalua")
            .header("x-hub-signature-256", crate::signature::sign(secret, &body))
            .body(Full::new(body.clone()))
            .ok()?;
        let answer = self.exchange(request).await;
        if self.remembers_everything() {
            self.inner.wire_log.push(Exchange {
                direction: "webhook",
                at: self.now(),
                request: String::from_utf8_lossy(body.get(..ANSWER_BYTES_MAX).unwrap_or(&body)).into_owned(),
                status: answer.as_ref().map_or(0, |(status, _)| *status),
                response: answer
                    .as_ref()
                    .map(|(_, b)| String::from_utf8_lossy(b).into_owned())
                    .unwrap_or_default(),
            });
        }
        answer.map(|(status, _)| status)
    }

    pub(crate) async fn exchange(&self, request: Request<Full<Bytes>>) -> Option<(u16, Bytes)> {
        let way = async {
            let response = self.inner.parcels.client.request(request).await.ok()?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX)
                .collect()
                .await
                .ok()?
                .to_bytes();
            Some((status, body))
        };
        tokio::time::timeout(self.inner.config.timing.webhook_timeout, way)
            .await
            .ok()
            .flatten()
    }

    pub(crate) fn raise(&self, chat: &ChatKey, wamid: &str, tick: Tick) {
        if !self.remembers_everything() {
            return;
        }
        if let Some(bubble) = self.inner.chats.with(chat, self.now(), |c| c.raise(wamid, tick)) {
            self.tell(chat, ChatChange::Bubble(Box::new(bubble)));
        }
    }
}

/// A time that much later; times beyond the calendar stay where they are.
pub(crate) fn later(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by)
        .ok()
        .and_then(|by| at.checked_add(by).ok())
        .unwrap_or(at)
}
