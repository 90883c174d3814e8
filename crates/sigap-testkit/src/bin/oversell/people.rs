//! People who want a place: each writes the command of 2017, sends the approval code back, and asks again when nothing comes,
//! as people do.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use sigap_emulator::Emulator;
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::delivery::Delivery;
use crate::phones::Phones;
use crate::program::Settings;
use crate::{NUMBERS, Wish};

/// After so long without an answer a person writes again.
const PATIENCE: Duration = Duration::from_secs(4);
/// Nobody writes more often.
const MESSAGES_MAX: u32 = 60;
/// What the answers say, in their own words.
const APPROVAL: &str = "Kode persetujuan: *";
const BOOKED: &str = "*Anda terdaftar*\nKode: *";
const FULL: [&str; 2] = ["sudah penuh", "daftar tunggu"];

/// What people heard.
#[derive(Default)]
pub(crate) struct Heard {
    /// Booking codes by phone.
    pub(crate) codes: HashMap<String, String>,
    pub(crate) refused: u64,
    /// People who never got an answer that they could use.
    pub(crate) lost: u64,
    pub(crate) messages: u64,
    pub(crate) duplicates: u64,
    /// How long each booking took, from the first word to the code on the phone.
    pub(crate) booked_after: Vec<Duration>,
    /// How long each refusal took.
    pub(crate) refused_after: Vec<Duration>,
}

#[derive(Default)]
struct Book {
    heard: Mutex<Heard>,
    next: AtomicU64,
    done: AtomicU64,
    messages: AtomicU64,
    duplicates: AtomicU64,
}

pub(crate) struct People {
    book: Arc<Book>,
    tries: u64,
    workers: JoinSet<()>,
}

struct Worker {
    phones: Phones,
    delivery: Delivery,
    chance: Chance,
    book: Arc<Book>,
    tries: u64,
    day: Date,
}

impl People {
    pub(crate) fn start(settings: &Settings, meta: &Emulator, phones: &Phones, day: Date, wish: &Wish) -> Self {
        let Wish {
            tries, clients, seed, ..
        } = *wish;
        let book = Arc::new(Book::default());
        let mut seeds = Chance::new(seed ^ 0x5eed);
        let mut workers = JoinSet::new();
        for _ in 0..clients {
            let worker = Worker {
                phones: phones.clone(),
                delivery: Delivery::new(meta.clone(), settings.webhook_urls()),
                chance: Chance::new(seeds.next()),
                book: Arc::clone(&book),
                tries,
                day,
            };
            workers.spawn(worker.run());
        }
        Self { book, tries, workers }
    }

    pub(crate) fn are_done(&self) -> bool {
        self.book.done.load(Ordering::Relaxed) >= self.tries
    }

    pub(crate) async fn finish(mut self) -> anyhow::Result<Heard> {
        while let Some(ended) = self.workers.join_next().await {
            ended?;
        }
        let mut heard = std::mem::take(&mut *self.book.heard.lock().unwrap_or_else(PoisonError::into_inner));
        heard.messages = self.book.messages.load(Ordering::Relaxed);
        heard.duplicates = self.book.duplicates.load(Ordering::Relaxed);
        Ok(heard)
    }
}

impl Worker {
    async fn run(mut self) {
        loop {
            let person = self.book.next.fetch_add(1, Ordering::Relaxed);
            if person >= self.tries {
                return;
            }
            let phone = format!("62812{person:08}");
            let since = Instant::now();
            let ended = self.book_one(&phone, person).await;
            let took = since.elapsed();
            let mut heard = self.book.heard.lock().unwrap_or_else(PoisonError::into_inner);
            match ended {
                Some(Ok(code)) => {
                    heard.codes.insert(phone, code);
                    heard.booked_after.push(took);
                }
                Some(Err(())) => {
                    heard.refused += 1;
                    heard.refused_after.push(took);
                }
                None => heard.lost += 1,
            }
            drop(heard);
            self.book.done.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The booking code, the refusal, or nothing that could be used.
    async fn book_one(&mut self, phone: &str, person: u64) -> Option<Result<String, ()>> {
        let day = self.day;
        let command = format!(
            "#Warga {}#01021990#{:02}{:02}{:04}",
            letters(person),
            day.day(),
            day.month(),
            day.year()
        );
        let mut code: Option<String> = None;
        let mut read = 0;
        for _ in 0..MESSAGES_MAX {
            let words = code.clone().unwrap_or_else(|| command.clone());
            self.say(phone, &words).await;
            let Some(answers) = self.answers(phone, read).await else {
                continue;
            };
            read += answers.len();
            for answer in &answers {
                if let Some(booked) = after(answer, BOOKED) {
                    return Some(Ok(booked.to_owned()));
                }
            }
            for answer in &answers {
                if let Some(approval) = after(answer, APPROVAL) {
                    code = Some(approval.to_owned());
                }
            }
            if code.is_none()
                && answers
                    .iter()
                    .any(|answer| FULL.iter().any(|full| answer.contains(full)))
            {
                return Some(Err(()));
            }
        }
        None
    }

    async fn answers(&self, phone: &str, known: usize) -> Option<Vec<String>> {
        let waiting = async {
            loop {
                let rings = self.phones.rings();
                let heard = self.phones.heard(phone, known);
                if !heard.is_empty() {
                    return heard;
                }
                rings.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.ok()
    }

    async fn say(&mut self, phone: &str, words: &str) {
        let count = self.book.messages.fetch_add(1, Ordering::Relaxed);
        let body: Bytes = json!({
            "object": "whatsapp_business_account",
            "entry": [{ "id": "100000000000000", "changes": [{ "field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "6281100000000", "phone_number_id": NUMBERS[0].0 },
                "contacts": [{ "profile": { "name": "Warga" }, "wa_id": phone }],
                "messages": [{
                    "from": phone,
                    "id": format!("wamid.{count:016x}"),
                    "timestamp": Timestamp::now().as_second().to_string(),
                    "type": "text",
                    "text": { "body": words },
                }],
            }}]}],
        })
        .to_string()
        .into();
        self.delivery
            .deliver(&body, &mut self.chance, &self.book.duplicates)
            .await;
    }
}

/// A number in letters: names hold no digits.
pub(crate) fn letters(number: u64) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| char::from(digit - b'0' + b'a'))
        .collect()
}

/// The word that stands after a mark, up to the next star.
fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(mark)?;
    rest.split_once('*').map(|(word, _)| word)
}
