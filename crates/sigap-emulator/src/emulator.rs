//! The emulator as a whole: one cheap handle that every part shares. The parts hold the behaviour.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, RwLock};

use axum::Router;
use jiff::Timestamp;
use rsa::RsaPublicKey;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::broadcast;

use crate::bubble::Bubble;
use crate::bucket::Bucket;
use crate::chance::Chance;
use crate::chats::{ChatKey, Chats};
use crate::config::{Clock, Config, EmulatedNumber, Record};
use crate::deliver::Parcels;
use crate::faults::Faults;
use crate::flows::Flows;
use crate::limits::{ACCEPTED_KEPT_MAX, FREE_SERVICE_MESSAGES};
use crate::lock::{lock, read, write};
use crate::media::MediaShelf;
use crate::person::Person;
use crate::send::Accepted;
use crate::templates::Shelf;
use crate::totals::{Counters, Totals};
use crate::wire_log::WireLog;

/// A WhatsApp Cloud API with memory. Clones share everything.
#[derive(Clone)]
pub struct Emulator {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) numbers: Vec<Number>,
    pub(crate) directory: RwLock<Directory>,
    pub(crate) chats: Chats,
    pub(crate) faults: Faults,
    pub(crate) parcels: Parcels,
    pub(crate) media: MediaShelf,
    pub(crate) templates: Shelf,
    pub(crate) flows: Flows,
    pub(crate) counters: Counters,
    pub(crate) accepted: Mutex<VecDeque<Accepted>>,
    pub(crate) wire_log: WireLog,
    pub(crate) events: broadcast::Sender<Arc<ChatEvent>>,
}

/// A business number while it runs.
pub(crate) struct Number {
    pub(crate) config: EmulatedNumber,
    pub(crate) bucket: Mutex<Bucket>,
    pub(crate) month: Mutex<MonthCount>,
    /// What phones close forms with.
    pub(crate) public_key: Mutex<Option<RsaPublicKey>>,
}

/// Delivered service messages of one number in one month.
#[derive(Clone, Copy, Default)]
pub(crate) struct MonthCount {
    pub(crate) year_month: (i16, i8),
    pub(crate) delivered: u64,
}

/// Who has WhatsApp, found by id, by phone and by user id.
#[derive(Default)]
pub(crate) struct Directory {
    pub(crate) persons: Vec<Arc<Person>>,
    by_address: HashMap<String, usize>,
    offline: HashMap<String, bool>,
}

impl Directory {
    fn add(&mut self, person: Person) {
        let place = self.persons.len();
        for key in [&person.id, &person.phone, &person.user_id] {
            self.by_address.insert(key.clone(), place);
        }
        self.persons.push(Arc::new(person));
    }

    /// By id, phone digits or user id.
    pub(crate) fn find(&self, key: &str) -> Option<&Arc<Person>> {
        self.by_address.get(key).and_then(|place| self.persons.get(*place))
    }

    pub(crate) fn is_offline(&self, person: &str) -> bool {
        self.offline.get(person).copied().unwrap_or_default()
    }
}

/// Something changed that an open phone should show.
#[derive(Clone)]
pub(crate) struct ChatEvent {
    pub(crate) person: String,
    pub(crate) number: usize,
    pub(crate) change: ChatChange,
}

/// What changed.
#[derive(Clone)]
pub(crate) enum ChatChange {
    /// A bubble is new or different.
    Bubble(Box<Bubble>),
    /// The office types, until then.
    Typing(Timestamp),
    /// Look at everything again.
    Everything,
}

/// How a number stands with its free messages of this month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Service messages delivered.
    pub delivered: u64,
    /// Free ones left.
    pub free_left: u64,
    /// Those that cost money.
    pub billed: u64,
}

impl Emulator {
    /// A new one. Nothing runs until [`Self::run`], [`Self::deliver_due`] or a router is used.
    #[must_use]
    pub fn new(config: Config, clock: Clock) -> Self {
        let now = clock();
        let numbers = config
            .numbers
            .iter()
            .map(|number| Number {
                bucket: Mutex::new(Bucket::new(
                    f64::from(number.messages_per_second),
                    f64::from(number.messages_per_second),
                    now,
                )),
                month: Mutex::default(),
                public_key: Mutex::default(),
                config: number.clone(),
            })
            .collect();
        let mut accounts: Vec<String> = config.numbers.iter().map(|number| number.waba_id.clone()).collect();
        accounts.sort();
        accounts.dedup();
        let mut directory = Directory::default();
        for person in config.persons.clone() {
            directory.add(person);
        }
        let (events, _) = broadcast::channel(1_024);
        Self {
            inner: Arc::new(Inner {
                chance: Chance::new(config.seed),
                numbers,
                directory: RwLock::new(directory),
                chats: Chats::default(),
                faults: Faults::default(),
                parcels: Parcels::new(&config.timing),
                media: MediaShelf::default(),
                templates: Shelf::new(&accounts, &config.templates, now),
                flows: Flows::default(),
                counters: Counters::default(),
                accepted: Mutex::default(),
                wire_log: WireLog::default(),
                events,
                clock,
                config,
            }),
        }
    }

    /// Meta's side of the wire, and `/emulator/faults`. Reachable under [`Config::graph_url`].
    pub fn router(&self) -> Router {
        crate::graph::router(self.clone())
    }

    /// The page `/phone` and what it needs. For demos only: everybody who reaches it can be everybody.
    pub fn phone_router(&self) -> Router {
        crate::phone::router(self.clone())
    }

    /// Scripted trouble.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// Gives somebody WhatsApp.
    pub fn add_person(&self, person: Person) {
        write(&self.inner.directory).add(person);
    }

    /// Switches a person's phone off or on. What arrives meanwhile is `sent` and becomes `delivered` afterwards.
    pub fn set_online(&self, person: &str, online: bool) {
        write(&self.inner.directory).offline.insert(person.to_owned(), !online);
        for (number, _) in self.inner.numbers.iter().enumerate() {
            let key = ChatKey {
                person: person.to_owned(),
                number,
            };
            if online {
                let now = self.now();
                let held = self.inner.chats.with(&key, now, |chat| std::mem::take(&mut chat.held));
                for mut status in held {
                    status.at = now;
                    self.inner.parcels.push_status(now, status);
                }
            }
            self.tell(&key, ChatChange::Everything);
        }
    }

    /// Everything said between a person and all offices, by time.
    #[must_use]
    pub fn transcript(&self, person: &str) -> Vec<Bubble> {
        let mut bubbles: Vec<Bubble> = (0..self.inner.numbers.len())
            .flat_map(|number| self.bubbles(person, number))
            .collect();
        bubbles.sort_by_key(|bubble| bubble.at);
        bubbles
    }

    /// Everything said between a person and one number, in the order of the chat.
    #[must_use]
    pub fn chat(&self, person: &str, phone_number_id: &str) -> Vec<Bubble> {
        self.number_index(phone_number_id)
            .map(|number| self.bubbles(person, number))
            .unwrap_or_default()
    }

    /// The messages that were accepted, oldest first, with their bodies. Empty unless everything is recorded.
    #[must_use]
    pub fn accepted_messages(&self) -> Vec<Accepted> {
        lock(&self.inner.accepted).iter().cloned().collect()
    }

    /// How often each `biz_opaque_callback_data` was accepted: more than once is a message sent twice.
    #[must_use]
    pub fn accepted_by_callback(&self) -> HashMap<String, u32> {
        self.inner.counters.by_callback()
    }

    /// How many messages each recipient (person id, or the address of a stranger) was sent.
    #[must_use]
    pub fn accepted_by_recipient(&self) -> HashMap<String, u32> {
        self.inner.counters.by_recipient()
    }

    /// The counters.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = self.inner.counters.snapshot();
        totals.webhooks_dropped += self.inner.parcels.dropped();
        totals
    }

    /// How a number stands with its free messages of this month (UTC).
    #[must_use]
    pub fn month(&self, phone_number_id: &str) -> Option<Month> {
        self.number_index(phone_number_id).map(|number| self.month_of(number))
    }

    /// The signature for a body, as the header carries it: for load generators that post webhooks themselves.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        crate::signature::sign(&self.inner.config.app_secret, body)
    }

    /// Posts any body as a signed webhook: for kinds that no person of the emulator can say.
    pub fn push_webhook(&self, body: &Value) {
        self.inner.parcels.push_body(self.now(), body.to_string().into(), None);
    }

    pub(crate) fn month_of(&self, number: usize) -> Month {
        let this_month = self.year_month();
        let delivered = self.inner.numbers.get(number).map_or(0, |number| {
            let count = lock(&number.month);
            if count.year_month == this_month {
                count.delivered
            } else {
                0
            }
        });
        Month {
            delivered,
            free_left: FREE_SERVICE_MESSAGES.saturating_sub(delivered),
            billed: delivered.saturating_sub(FREE_SERVICE_MESSAGES),
        }
    }

    /// Counts one delivered service message and says whether it costs money.
    pub(crate) fn count_service_message(&self, number: &Number) -> bool {
        let this_month = self.year_month();
        let mut count = lock(&number.month);
        if count.year_month != this_month {
            *count = MonthCount {
                year_month: this_month,
                delivered: 0,
            };
        }
        count.delivered += 1;
        count.delivered > FREE_SERVICE_MESSAGES
    }

    fn year_month(&self) -> (i16, i8) {
        let date = jiff::tz::Offset::UTC.to_datetime(self.now());
        (date.year(), date.month())
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    pub(crate) fn remembers_everything(&self) -> bool {
        self.inner.config.record == Record::Everything
    }

    pub(crate) fn number_index(&self, phone_number_id: &str) -> Option<usize> {
        self.inner
            .numbers
            .iter()
            .position(|number| number.config.phone_number_id == phone_number_id)
    }

    pub(crate) fn person(&self, key: &str) -> Option<Arc<Person>> {
        read(&self.inner.directory).find(key).cloned()
    }

    pub(crate) fn is_offline(&self, person: &str) -> bool {
        read(&self.inner.directory).is_offline(person)
    }

    pub(crate) fn bubbles(&self, person: &str, number: usize) -> Vec<Bubble> {
        let key = ChatKey {
            person: person.to_owned(),
            number,
        };
        self.inner
            .chats
            .with(&key, self.now(), |chat| chat.bubbles.iter().cloned().collect())
    }

    /// Tells open phones; costs nothing when there are none.
    pub(crate) fn tell(&self, key: &ChatKey, change: ChatChange) {
        if self.inner.events.receiver_count() > 0 {
            let event = ChatEvent {
                person: key.person.clone(),
                number: key.number,
                change,
            };
            // An error only says that the last phone has just been closed.
            let _ = self.inner.events.send(Arc::new(event));
        }
    }

    pub(crate) fn remember_accepted(&self, accepted: Accepted) {
        let mut kept = lock(&self.inner.accepted);
        if kept.len() >= ACCEPTED_KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back(accepted);
    }

    /// An id as Meta forms it: the other side's address is inside, which is why such ids are personal data.
    pub(crate) fn new_wamid(&self, address: &str, inbound: bool) -> String {
        let mut bytes = Vec::with_capacity(address.len() + 32);
        bytes.extend([0x1c, 0x18, address.len().min(255) as u8]);
        bytes.extend(address.bytes());
        bytes.extend([0x15, 0x02, 0x00]);
        bytes.extend(if inbound {
            [0x12, 0x18, 0x14]
        } else {
            [0x11, 0x18, 0x12]
        });
        let random = format!(
            "{:016X}{:04X}",
            self.inner.chance.next(),
            self.inner.chance.next() & 0xffff
        );
        bytes.extend(random.bytes().take(if inbound { 20 } else { 18 }));
        bytes.push(0);
        format!("wamid.{}", data_encoding::BASE64.encode(&bytes))
    }
}
