//! Bookings in a script are answered by the real use cases on a store in memory: there are no rules of their own here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_actions::answer_question::answer_question;
use sigap_actions::booking_parts::Asker;
use sigap_actions::context::{Context, Outside};
use sigap_actions::draw_opening::give_public_value;
use sigap_actions::give_identity::give_identity;
use sigap_actions::keep_templates::compare_templates;
use sigap_actions::ports::{Accounts, Ids, Links};
use sigap_actions::run_jobs::run_job;
use sigap_actions::run_opening::ensure_openings;
use sigap_actions::send_notice::template_name;
use sigap_content::{Content, sample};
use sigap_core::booking::{BookingCode, BookingState, Release, slots};
use sigap_core::conversation::dialogue::{Answer, Question};
use sigap_core::conversation::step;
use sigap_core::ids::{BookingId, OfficeId, PersonId, ProcessId};
use sigap_core::language::Language;
use sigap_core::notices::template::RemoteTemplate;
use sigap_core::person::Contact;
use sigap_store::records::{BookingContent, BookingRow};
use sigap_store::sealing::{MasterKey, Sealer};
use sigap_store::{Fault, Store, Tx, write};
use sigap_store_sqlite::SqliteStore;

use crate::chance::SeededChance;

/// Jobs done in one go.
const JOBS_MAX: usize = 1_000;
/// The number under which the person of a script writes.
const NUMBER: &str = "100000000000001";
/// The business account of that number.
pub const ACCOUNT: &str = "100000000000000";
/// The person of a script.
const PERSON: PersonId = PersonId(1);

/// The sample content with bookings as it is on a day; read once a day.
#[must_use]
pub fn content(today: Date) -> Arc<Content> {
    static READ: OnceLock<Mutex<HashMap<Date, Arc<Content>>>> = OnceLock::new();
    let read = READ.get_or_init(Mutex::default);
    let mut read = read.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let fresh = || sample::with_bookings(today).map(Arc::new);
    match read.get(&today) {
        Some(known) => Arc::clone(known),
        None => match fresh() {
            Ok(content) => Arc::clone(read.entry(today).or_insert(content)),
            Err(error) => panic!("the sample content is broken: {error}"),
        },
    }
}

/// Meta has approved every template that the office needs.
///
/// # Errors
/// Storage faults only.
pub fn approve_templates(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<usize, Fault> {
    let told = templates_at_meta(ctx, "APPROVED");
    compare_templates(tx, ctx, ACCOUNT, &Ok(told))
}

/// What Meta has when it has all that the office needs, in this state.
#[must_use]
pub fn templates_at_meta(ctx: &Context<'_>, status: &str) -> Vec<RemoteTemplate> {
    let at = jiff::civil::date(2026, 11, 30).at(9, 30, 0, 0);
    let kinds = ctx.content.catalogue_of(ctx.office.id).notices.with_template();
    let mut remote = Vec::new();
    for (kind, language) in kinds.flat_map(|kind| Language::OF_TEMPLATES.map(|language| (kind, language))) {
        let text = ctx
            .content
            .template(ctx.office, language, &kind.id, at, "https://sigap.example");
        let text = text.unwrap_or_else(|| panic!("`{}` has no words", kind.id));
        remote.push(RemoteTemplate {
            id: format!("{}{}", kind.id, language.code()),
            name: template_name(&kind.id),
            language: language.code().into(),
            status: status.into(),
            category: "UTILITY".into(),
            body: text.body,
            buttons: text.buttons.into_iter().map(|button| button.title).collect(),
            ..RemoteTemplate::default()
        });
    }
    remote
}

/// A store with one person, and the use cases over it.
pub struct Desk {
    store: SqliteStore,
    content: Arc<Content>,
    office: OfficeId,
    ids: Arc<Ids>,
    chance: Arc<SeededChance>,
    links: Arc<Links>,
    accounts: Arc<Accounts>,
    runtime: tokio::runtime::Runtime,
    /// The token of the last address that was given out.
    token: Option<String>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

impl Desk {
    /// A desk of an office of the sample content.
    ///
    /// # Panics
    /// When the machine cannot run it: this is test support.
    #[must_use]
    pub fn new(office: OfficeId, today: Date, now: Timestamp) -> Self {
        static NAMES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let name = format!("desk {}", NAMES.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        let opened = (|| {
            let master = MasterKey::from_hex(&"7a".repeat(32)).ok_or_else(|| Fault::Broken("no key".into()))?;
            let store = SqliteStore::in_memory(&name, &Sealer::new(master, sigap_store::sealing::system_random))?;
            Ok::<_, Fault>(store)
        })();
        let store = opened.unwrap_or_else(|fault| panic!("no store: {fault}"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap_or_else(|error| panic!("no runtime: {error}"));
        let mut desk = Self {
            store,
            content: content(today),
            office,
            ids: Arc::new(Ids::new(ProcessId(1))),
            chance: Arc::new(SeededChance::new(1)),
            links: Arc::new(Links::new("https://sigap.example")),
            accounts: Arc::new(
                [(NUMBER.to_owned(), office, Some(ACCOUNT.to_owned()))]
                    .into_iter()
                    .collect(),
            ),
            runtime,
            token: None,
        };
        desk.act(now, move |tx, ctx| {
            let contact = Contact {
                phone: Some(format!("62812{:08}", PERSON.0)),
                ..Contact::default()
            };
            tx.ensure_person(ctx.office.id, &contact, PERSON, ctx.now)?;
            approve_templates(tx, ctx)?;
            ensure_openings(tx, ctx)
        });
        desk
    }

    /// Answers a question about bookings.
    pub fn answer(&mut self, now: Timestamp, question: &Question) -> Answer {
        self.answer_as(PERSON, now, question)
    }

    /// As `answer`, asked by another person.
    pub fn answer_as(&mut self, person: PersonId, now: Timestamp, question: &Question) -> Answer {
        let question = question.clone();
        let answer = self.act(now, move |tx, ctx| {
            let contact = Contact {
                phone: Some(format!("62812{:08}", person.0)),
                ..Contact::default()
            };
            let person = tx.ensure_person(ctx.office.id, &contact, person, ctx.now)?;
            let asker = Asker { person, number: NUMBER };
            answer_question(tx, ctx, asker, &question)
        });
        let url = match &answer {
            Answer::Booking(Ok(view)) if view.needs_nik => view.url.clone(),
            Answer::Booking(Err(sigap_core::booking::BookingRefusal::NeedsNik { url })) => Some(url.clone()),
            _ => None,
        };
        if let Some(token) = url.and_then(|url| url.rsplit('/').next().map(str::to_owned)) {
            self.token = Some(token);
        }
        answer
    }

    /// Runs a use case.
    pub fn run<T, F>(&mut self, now: Timestamp, act: F) -> T
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        self.act(now, act)
    }

    /// Sends the form of the last address with these NIKs; what is wrong, in words.
    ///
    /// # Errors
    /// The refusal of the form.
    pub fn send_form(&mut self, now: Timestamp, niks: Vec<String>) -> Result<(), String> {
        let token = self.token.clone().unwrap_or_default();
        self.act(now, move |tx, ctx| give_identity(tx, ctx, &token, &niks))
            .map(drop)
            .map_err(|refusal| format!("{refusal:?}"))
    }

    /// Gives the public value of a draw.
    pub fn give_value(&mut self, now: Timestamp, service: String, day: Date, value: String) {
        let _ = self.act(now, move |tx, ctx| give_public_value(tx, ctx, &service, day, &value));
    }

    /// Takes all places of a day.
    pub fn fill(&mut self, now: Timestamp, service: String, day: Date) {
        self.act(now, move |tx, ctx| {
            let service = ctx.office.services.iter().find(|known| known.id == service);
            let service = service.ok_or_else(|| Fault::Broken("no such service".into()))?;
            for slot in slots::planned(ctx.office, service, day).unwrap_or_default() {
                let name = slots::slot_quota(service, day.to_datetime(slot.time));
                tx.take_places(ctx.office.id, &name, slot.places, slot.places)?;
            }
            Ok(())
        });
    }

    /// Stops a day with a reason.
    pub fn stop(&mut self, now: Timestamp, service: String, day: Date, reason: String) {
        self.act(now, move |tx, ctx| {
            let order = sigap_actions::stop_places::StopOrder {
                officer: "script".into(),
                service: service.clone(),
                day,
                time: None,
                reason: Some(reason.clone()),
            };
            sigap_actions::stop_places::stop_places(tx, ctx, &order)
        })
        .map(drop)
        .unwrap_or_default();
    }

    /// Others enter the draw of a day, or go into its waiting room.
    pub fn add_others(&mut self, now: Timestamp, service: String, day: Date, count: u32) {
        self.act(now, move |tx, ctx| {
            let service = ctx.office.services.iter().find(|known| known.id == service);
            let opening = service.and_then(|service| Some((service, service.opening_on(day)?)));
            let (service, opening) = opening.ok_or_else(|| Fault::Broken("no such opening".into()))?;
            for other in 0..count {
                let person = PersonId(1_000_000 + i64::from(other));
                if matches!(opening.release, Release::Shuffled { .. }) {
                    tx.take_ticket(ctx.office.id, &service.id, day, person, NUMBER, true)?;
                    continue;
                }
                let row = BookingRow {
                    id: BookingId(ctx.new_id()),
                    code: BookingCode::from_random(ctx.random()?),
                    person,
                    service: service.id.clone(),
                    day,
                    starts_at: None,
                    places: 1,
                    state: BookingState::Entered,
                    moves: 0,
                    until: None,
                    created_at: ctx.now,
                    content: BookingContent {
                        people: Vec::new(),
                        needs_nik: false,
                        approval: None,
                        token: None,
                        number: NUMBER.into(),
                        booked_by: None,
                    },
                };
                tx.insert_booking(ctx.office.id, &row)?;
            }
            Ok(())
        });
    }

    /// Does what has come due.
    pub fn run_jobs(&mut self, now: Timestamp) {
        for _ in 0..JOBS_MAX {
            let office = self.office;
            let due = self.act(now, move |tx, _| tx.list_due_jobs(office, now, JOBS_MAX));
            if due.is_empty() {
                break;
            }
            for job in due {
                self.act(now, move |tx, ctx| run_job(tx, ctx, &job));
            }
        }
    }

    fn act<T, F>(&mut self, now: Timestamp, mut act: F) -> T
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (content, ids, chance, links, accounts) = (
            Arc::clone(&self.content),
            Arc::clone(&self.ids),
            Arc::clone(&self.chance),
            Arc::clone(&self.links),
            Arc::clone(&self.accounts),
        );
        let office = self.office;
        let work = write(&self.store as &dyn Store, office, move |tx| {
            let outside = Outside {
                ids: &ids,
                chance: &*chance,
                links: &links,
                accounts: &accounts,
            };
            act(tx, &Context::new(&content, office, now, outside, step)?)
        });
        self.runtime
            .block_on(work)
            .unwrap_or_else(|fault| panic!("a use case failed: {fault}"))
    }
}
