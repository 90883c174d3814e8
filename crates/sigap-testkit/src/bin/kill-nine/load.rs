//! People who write, and what was delivered of it.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::json;
use sigap_emulator::Emulator;
use sigap_store::records::MessageKey;
use tokio::task::JoinSet;

use crate::NUMBERS;
use crate::chance::Chance;
use crate::delivery::Delivery;

/// Deliveries under way at once.
const WORKERS: u64 = 24;
/// People; few enough that some write again while their answer waits, so that answers are merged.
const PEOPLE: u64 = 3_000;
/// Of so many messages one comes from whoever wrote before.
const SAME_PERSON_ONE_IN: u64 = 4;
/// What they write; every one of these earns an answer.
const WORDS: [&str; 6] = ["halo", "menu", "biaya paspor", "jam buka", "#bayar", "1179000000123456"];

/// Which number received which message.
#[derive(Clone)]
pub(crate) struct Delivered {
    pub(crate) keys: Vec<(usize, MessageKey)>,
    pub(crate) duplicates: u64,
}

#[derive(Default)]
struct Book {
    keys: Mutex<Vec<(usize, MessageKey)>>,
    acknowledged: AtomicUsize,
    duplicates: AtomicU64,
    written: AtomicU64,
    is_over: AtomicBool,
}

/// The load, running.
pub(crate) struct Load {
    book: Arc<Book>,
    workers: JoinSet<()>,
}

struct Worker {
    delivery: Delivery,
    chance: Chance,
    book: Arc<Book>,
}

impl Load {
    pub(crate) fn start(emulator: &Emulator, webhook_urls: &[String], seed: u64) -> Self {
        let book = Arc::new(Book::default());
        let mut seeds = Chance::new(seed);
        let mut workers = JoinSet::new();
        for _ in 0..WORKERS {
            let worker = Worker {
                delivery: Delivery::new(emulator.clone(), webhook_urls.to_vec()),
                chance: Chance::new(seeds.next()),
                book: Arc::clone(&book),
            };
            workers.spawn(worker.run());
        }
        Self { book, workers }
    }

    /// Messages answered with 200 so far.
    pub(crate) fn acknowledged(&self) -> usize {
        self.book.acknowledged.load(Ordering::Relaxed)
    }

    /// Lets nobody write any more, waits until all that was written is delivered.
    pub(crate) async fn finish(mut self) -> anyhow::Result<Delivered> {
        self.book.is_over.store(true, Ordering::Relaxed);
        while let Some(ended) = self.workers.join_next().await {
            ended?;
        }
        let keys = self.book.keys.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Delivered {
            keys,
            duplicates: self.book.duplicates.load(Ordering::Relaxed),
        })
    }
}

impl Worker {
    async fn run(mut self) {
        let mut person = 0;
        while !self.book.is_over.load(Ordering::Relaxed) {
            if !self.chance.one_in(SAME_PERSON_ONE_IN) {
                person = self.chance.within(0..PEOPLE);
            }
            let (place, key, body) = self.message(person);
            self.delivery
                .deliver(&body, &mut self.chance, &self.book.duplicates)
                .await;
            self.book
                .keys
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((place, key));
            self.book.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn message(&mut self, person: u64) -> (usize, MessageKey, Bytes) {
        let place = usize::from(self.chance.one_in(2));
        let number = NUMBERS[place].0;
        let words = WORDS[usize::try_from(self.chance.within(0..WORDS.len() as u64)).unwrap_or_default()];
        let count = self.book.written.fetch_add(1, Ordering::Relaxed);
        let sent_at = Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default();
        let message_id = format!("wamid.{count:016x}");
        let phone = format!("62812{person:08}");
        let body = json!({
            "object": "whatsapp_business_account",
            "entry": [{ "id": "100000000000000", "changes": [{ "field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": format!("62811000000{place:02}"), "phone_number_id": number },
                "contacts": [{ "profile": { "name": "Warga" }, "wa_id": phone }],
                "messages": [{
                    "from": phone,
                    "id": message_id,
                    "timestamp": sent_at.as_second().to_string(),
                    "type": "text",
                    "text": { "body": words },
                }],
            }}]}],
        });
        (
            place,
            MessageKey {
                number: number.into(),
                message_id,
                sent_at,
            },
            body.to_string().into(),
        )
    }
}
