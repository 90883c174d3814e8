//! What an emulator is told at its birth: secrets, numbers, people, which of Meta's rules hold, and how much it remembers.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::person::Person;

/// Where the time comes from. Handed in, so that tests move it and no test sleeps.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Settings of one emulator. No `Debug`: it holds secrets.
#[derive(Clone)]
pub struct Config {
    /// Signs the webhooks.
    pub app_secret: String,
    /// The bearer token that callers must show.
    pub access_token: String,
    /// Shown at the webhook's verification.
    pub verify_token: String,
    /// Where webhooks are posted, `http://` only.
    pub webhook_url: String,
    /// The address [`crate::Emulator::router`] is reachable under, without a trailing slash; media addresses begin with it.
    pub graph_url: String,
    /// The business numbers.
    pub numbers: Vec<EmulatedNumber>,
    /// The people who have WhatsApp.
    pub persons: Vec<Person>,
    /// The approved message templates.
    pub templates: Vec<Template>,
    /// Which of Meta's rules hold.
    pub rules: Rules,
    /// How much is remembered.
    pub record: Record,
    /// Which statuses are reported.
    pub statuses: Statuses,
    /// How long things take.
    pub timing: Timing,
    /// The seed of all chance.
    pub seed: u64,
}

impl Config {
    /// Settings with every rule on, invented secrets, the demo people and no delays: what a test wants.
    #[must_use]
    pub fn new(webhook_url: impl Into<String>, numbers: Vec<EmulatedNumber>) -> Self {
        Self {
            app_secret: "emulator-app-secret".into(),
            access_token: "emulator-access-token".into(),
            verify_token: "emulator-verify-token".into(),
            webhook_url: webhook_url.into(),
            graph_url: "http://127.0.0.1".into(),
            numbers,
            persons: crate::person::demo_persons(),
            templates: Vec::new(),
            rules: Rules::default(),
            record: Record::Everything,
            statuses: Statuses::All,
            timing: Timing::instant(),
            seed: 1,
        }
    }

    /// The same for load: nobody is unknown, no window and no rates, only totals are kept, and statuses come
    /// as `sent` alone, many in one webhook. Memory stays bounded.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.rules = Rules {
            window: false,
            rates: false,
            known_recipients: false,
        };
        self.record = Record::Totals;
        self.statuses = Statuses::Sent;
        self.timing.statuses_per_webhook = 100;
        self
    }
}

/// A business number, one office behind it.
#[derive(Debug, Clone)]
pub struct EmulatedNumber {
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// The number as people see it, digits only.
    pub display_phone_number: String,
    /// The account it belongs to.
    pub waba_id: String,
    /// Who answers there, for the page.
    pub office_name: String,
    /// The same, as it stands in addresses.
    pub office_slug: String,
    /// Messages a second, in and out together.
    pub messages_per_second: u32,
}

/// A template that is approved from the start.
#[derive(Debug, Clone, Default)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its language, `id`.
    pub language: String,
    /// `UTILITY`, `AUTHENTICATION` or `MARKETING`.
    pub category: String,
    /// Its text with `{{1}}`, `{{2}}` for what is filled in.
    pub body: String,
    /// The words on its quick replies.
    pub buttons: Vec<String>,
}

/// Which of Meta's rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Free messages only within 24 hours of the person's last one (131047).
    pub window: bool,
    /// The paces of a number (130429) and of a pair (131056).
    pub rates: bool,
    /// Only people of the configuration have WhatsApp (131026); otherwise everybody has.
    pub known_recipients: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            window: true,
            rates: true,
            known_recipients: true,
        }
    }
}

/// How much is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// Chats, messages, wire: for demos and tests.
    Everything,
    /// How often each callback data and each recipient was accepted: for kill tests under load.
    Counts,
    /// Totals alone: for benches.
    Totals,
}

/// Which statuses are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statuses {
    /// None.
    None,
    /// `sent` alone, and `failed`.
    Sent,
    /// `sent`, `delivered`, `read`, and `failed`.
    All,
}

/// How long things take on the emulator's clock.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// How long a template is looked at.
    pub review: Duration,
    /// From acceptance to `sent`.
    pub sent: Duration,
    /// From acceptance to `delivered`.
    pub delivered: Duration,
    /// From acceptance to `read`.
    pub read: Duration,
    /// Before an unanswered webhook is tried again; doubles each time.
    pub retry_first: Duration,
    /// The longest pause between two tries.
    pub retry_max: Duration,
    /// How long a webhook may take to be answered.
    pub webhook_timeout: Duration,
    /// Webhooks on their way at once.
    pub webhooks_at_once: usize,
    /// Statuses that may share a webhook.
    pub statuses_per_webhook: usize,
}

impl Timing {
    /// No delays at all; the order of things alone.
    #[must_use]
    pub const fn instant() -> Self {
        Self {
            review: Duration::ZERO,
            sent: Duration::ZERO,
            delivered: Duration::ZERO,
            read: Duration::ZERO,
            retry_first: Duration::from_millis(200),
            retry_max: Duration::from_secs(5),
            webhook_timeout: Duration::from_secs(10),
            webhooks_at_once: 32,
            statuses_per_webhook: 1,
        }
    }

    /// As it feels on a phone.
    #[must_use]
    pub const fn lifelike() -> Self {
        Self {
            review: Duration::from_secs(4),
            sent: Duration::from_millis(60),
            delivered: Duration::from_millis(250),
            read: Duration::from_millis(1_200),
            ..Self::instant()
        }
    }
}
