//! What an operator watches, in Prometheus' words. Labels never hold a person, a number of a person, or a text.

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// Labels of a family: name and value.
type Labels = Vec<(&'static str, String)>;

/// The counters and gauges of one process.
pub struct Metrics {
    registry: Registry,
    webhooks: Family<Labels, Counter>,
    messages: Family<Labels, Counter>,
    statuses: Family<Labels, Counter>,
    attempts: Family<Labels, Counter>,
    refusals: Family<Labels, Counter>,
    kept: Family<Labels, Counter>,
    delivered_this_month: Family<Labels, Gauge>,
    /// Received messages whose reply is owed.
    pub owed: Gauge,
    /// Age of the oldest of them, seconds. Alarm above 60.
    pub oldest_owed_seconds: Gauge,
    /// Replies that wait or are under way.
    pub unsent: Gauge,
    /// Age of the oldest of them, seconds. Alarm above 60.
    pub oldest_unsent_seconds: Gauge,
    /// Numbers whose sending is stopped until an operator acts. Alarm above 0.
    pub stopped_numbers: Gauge,
    /// Seconds from the webhook request to its answer, commit included.
    pub webhook_seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("sigap");
        let webhooks = Family::<Labels, Counter>::default();
        registry.register("webhook_requests", "Webhook requests by outcome", webhooks.clone());
        let messages = Family::<Labels, Counter>::default();
        registry.register("messages_received", "Messages by what became of them", messages.clone());
        let statuses = Family::<Labels, Counter>::default();
        registry.register("statuses_received", "Statuses of our messages", statuses.clone());
        let attempts = Family::<Labels, Counter>::default();
        registry.register("send_attempts", "Attempts to send by outcome", attempts.clone());
        let refusals = Family::<Labels, Counter>::default();
        registry.register("send_refusals", "Refusals by Meta's error code", refusals.clone());
        let kept = Family::<Labels, Counter>::default();
        registry.register(
            "webhook_parts_kept",
            "Parts of webhooks kept as they came, by reason",
            kept.clone(),
        );
        let delivered_this_month = Family::<Labels, Gauge>::default();
        registry.register(
            "service_messages_delivered_this_month",
            "Paid service messages delivered this month, by number",
            delivered_this_month.clone(),
        );
        let gauge = |registry: &mut Registry, name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let owed = gauge(&mut registry, "owed_messages", "Received messages whose reply is owed");
        let oldest_owed_seconds = gauge(
            &mut registry,
            "oldest_owed_seconds",
            "Age of the oldest message whose reply is owed",
        );
        let unsent = gauge(&mut registry, "unsent_replies", "Replies that wait or are under way");
        let oldest_unsent_seconds = gauge(
            &mut registry,
            "oldest_unsent_seconds",
            "Age of the oldest reply not yet sent",
        );
        let stopped_numbers = gauge(
            &mut registry,
            "stopped_numbers",
            "Numbers whose sending is stopped until an operator acts",
        );
        let webhook_seconds = Histogram::new(exponential_buckets(0.001, 2.0, 13));
        registry.register(
            "webhook_seconds",
            "Seconds to answer a webhook, commit included",
            webhook_seconds.clone(),
        );
        Self {
            registry,
            webhooks,
            messages,
            statuses,
            attempts,
            refusals,
            kept,
            delivered_this_month,
            owed,
            oldest_owed_seconds,
            unsent,
            oldest_unsent_seconds,
            stopped_numbers,
            webhook_seconds,
        }
    }
}

impl Metrics {
    /// A webhook request ended so: `ok`, `bad_signature`, `unreadable`, `not_committed`; one of a form's endpoint with `form_` before it:
    /// `form_ok`, `form_bad_signature`, `form_wrong_key`, `form_unreadable`, `form_not_made`, `form_busy`, `form_late`, `form_without_key`,
    /// and `form_failed_on_phone` beside its `form_ok`.
    pub fn count_webhook(&self, outcome: &str) {
        count(&self.webhooks, "outcome", outcome);
    }

    /// A message ended so: `answered`, `silent`, `late`, `seen`, `owed`, `unknown_number`, `unreadable`.
    pub fn count_message(&self, outcome: &str) {
        count(&self.messages, "outcome", outcome);
    }

    /// A status came.
    pub fn count_status(&self, status: &str) {
        count(&self.statuses, "status", status);
    }

    /// An attempt to send ended so.
    pub fn count_attempt(&self, outcome: &str) {
        count(&self.attempts, "outcome", outcome);
    }

    /// Meta refused with this code.
    pub fn count_refusal(&self, code: i64) {
        count(&self.refusals, "code", &code.to_string());
    }

    /// A part of a webhook was kept as it came.
    pub fn count_kept(&self, reason: &str) {
        count(&self.kept, "reason", reason);
    }

    /// Paid service messages of a business number this month.
    pub fn set_delivered(&self, number: &str, messages: u64) {
        self.delivered_this_month
            .get_or_create(&vec![("number", number.to_owned())])
            .set(i64::try_from(messages).unwrap_or(i64::MAX));
    }

    /// The exposition text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn count(family: &Family<Labels, Counter>, name: &'static str, value: &str) {
    family.get_or_create(&vec![(name, value.to_owned())]).inc();
}
