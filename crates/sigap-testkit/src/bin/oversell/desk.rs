//! The same wish without chat and network: the use case by which a desk books, called in this process. What is left is what the
//! booking itself costs, with hold, claim and confirmation in one durable transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use sigap_actions::book_on_behalf::DeskOrder;
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::service::{Ports, Service};
use sigap_content::Content;
use sigap_core::booking::{BookingRefusal, Visitor};
use sigap_core::conversation::step;
use sigap_core::ids::{OfficeId, ProcessId};
use sigap_core::person::Contact;
use sigap_store::Fault;
use sigap_store::sealing::{MasterKey, system_random};
use sigap_testkit::chance::SeededChance;
use tokio::task::JoinSet;

use crate::database::master_key;
use crate::people::{Heard, letters};
use crate::program::Settings;
use crate::{NUMBERS, OFFICE, SERVICE, Wish};

struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Nobody sends here.
struct Silence;

impl Wake for Silence {
    fn wake(&self) {}
}

/// What was told to everybody, and how many seconds it took.
pub(crate) async fn book(settings: &Settings, wish: &Wish, day: Date) -> anyhow::Result<(Heard, f64)> {
    let key = master_key(&settings.folder);
    if !key.exists() {
        std::fs::write(key, MasterKey::generate(system_random)?.to_hex())?;
    }
    let content = Arc::new(Content::from_dir(settings.folder.join("content"))?);
    let office = content.office_by_slug(OFFICE).context("the office is there")?.id;
    let ports = Ports {
        clock: Arc::new(RealClock),
        ids: Arc::new(Ids::new(ProcessId(1))),
        wake: Arc::new(Silence),
        chance: Arc::new(SeededChance::new(wish.seed)),
        links: Arc::new(Links::new("https://sigap.example")),
    };
    let service = Service::new(settings.database.open(&settings.folder)?, content, ports, step);
    let next = Arc::new(AtomicU64::new(0));
    let mut officers = JoinSet::new();
    let started = Instant::now();
    for _ in 0..wish.clients {
        officers.spawn(work(service.clone(), office, day, Arc::clone(&next), wish.tries));
    }
    let mut heard = Heard::default();
    while let Some(ended) = officers.join_next().await {
        let one = ended??;
        heard.refused += one.refused;
        heard.messages += one.messages;
        heard.codes.extend(one.codes);
        heard.booked_after.extend(one.booked_after);
        heard.refused_after.extend(one.refused_after);
    }
    Ok((heard, started.elapsed().as_secs_f64()))
}

async fn work(
    service: Service,
    office: OfficeId,
    day: Date,
    next: Arc<AtomicU64>,
    tries: u64,
) -> anyhow::Result<Heard> {
    let mut heard = Heard::default();
    loop {
        let person = next.fetch_add(1, Ordering::Relaxed);
        if person >= tries {
            return Ok(heard);
        }
        let phone = format!("62812{person:08}");
        let order = DeskOrder {
            contact: Contact {
                phone: Some(phone.clone()),
                ..Contact::default()
            },
            number: NUMBERS[0].0.into(),
            officer: "officer".into(),
            service: SERVICE.into(),
            at: day.at(9, 0, 0, 0),
            people: vec![(
                Visitor {
                    name: format!("Warga {}", letters(person)),
                    born_on: jiff::civil::date(1990, 2, 1),
                },
                None,
            )],
        };
        let since = Instant::now();
        // A fault that says "again" is what a desk answers by asking again.
        let told = loop {
            heard.messages += 1;
            match service.book_on_behalf(office, order.clone()).await {
                Err(Fault::Busy) => {}
                told => break told?,
            }
        };
        match told {
            Ok(view) => {
                heard.codes.insert(phone, view.code.grouped());
                heard.booked_after.push(since.elapsed());
            }
            Err(BookingRefusal::Full { .. }) => {
                heard.refused += 1;
                heard.refused_after.push(since.elapsed());
            }
            Err(other) => anyhow::bail!("refused for another reason: {other:?}"),
        }
    }
}
