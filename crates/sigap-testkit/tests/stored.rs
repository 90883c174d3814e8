//! Levels 2 and 3: every script in `chats/` through the actions, on SQLite in memory and on PostgreSQL. What the pure engine says must stand in
//! the outbox, and the rows around it must agree.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::receive_message::Received;
use sigap_actions::service::{Ports, Service};
use sigap_content::Content;
use sigap_core::conversation::dialogue::{Effect, Outcome};
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::ids::{PersonId, ProcessId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::office::Office;
use sigap_core::person::Contact;
use sigap_store::records::{ClaimedMessage, InboxState, MessageKey, OutboxState};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store::{Store, read, write};
use sigap_store_pg::testing::{Ground, server};
use sigap_store_sqlite::SqliteStore;
use sigap_testkit::chance::SeededChance;
use sigap_testkit::script::stored::{learn, says_the_same};
use sigap_testkit::script::{Script, Step, engine};

const NUMBER: &str = "100000000000001";
const PHONE: &str = "6281200000001";

#[derive(Default)]
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

impl Hands {
    fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::Relaxed);
    }
}

struct Nobody;

impl Wake for Nobody {
    fn wake(&self) {}
}

fn content() -> Arc<Content> {
    static CONTENT: OnceLock<Arc<Content>> = OnceLock::new();
    Arc::clone(CONTENT.get_or_init(|| Arc::new(Content::embedded().unwrap())))
}

/// One script's world.
struct World {
    name: String,
    office: Office,
    store: Arc<dyn Store>,
    clock: Arc<Hands>,
    service: Service,
    messages: usize,
}

impl World {
    fn new(name: &str, script: &Script, store: Arc<dyn Store>) -> Self {
        let office = content().office_by_slug(&script.header.office).unwrap().clone();
        let clock = Arc::new(Hands::default());
        clock.set(office.zone.to_timestamp(script.header.now).unwrap());
        let service = Service::new(
            Arc::clone(&store),
            content(),
            Ports {
                clock: Arc::clone(&clock) as Arc<dyn Clock>,
                ids: Arc::new(Ids::new(ProcessId(1))),
                wake: Arc::new(Nobody),
                chance: Arc::new(SeededChance::new(1)),
                links: Arc::new(Links::new("https://sigap.example")),
            },
            step,
        );
        Self {
            name: name.into(),
            office,
            store,
            clock,
            service,
            messages: 0,
        }
    }

    fn contact() -> Contact {
        Contact {
            phone: Some(PHONE.into()),
            ..Contact::default()
        }
    }

    async fn learns(&self, fact: &sigap_testkit::script::Fact) {
        let (office, fact, now) = (self.office.clone(), fact.clone(), self.clock.now());
        write(&*self.store, self.office.id, move |tx| {
            let person = tx.ensure_person(office.id, &Self::contact(), PersonId(1), now)?;
            learn(tx, &content(), &office, person, &fact, now)
        })
        .await
        .unwrap();
    }

    /// One message through the turn, and everything that must stand in the rows after it.
    async fn says(&mut self, line: usize, said: &Said, expected: &Outcome) {
        self.messages += 1;
        let place = format!("{} line {line}", self.name);
        let message = InboundMessage {
            number: NUMBER.into(),
            message_id: format!("wamid.{}", self.messages),
            sent_at: self.clock.now(),
            from: Self::contact(),
            said: said.clone(),
        };
        let key = MessageKey::from(&message);
        let received = self
            .service
            .receive(self.office.id, message.clone(), "{}".into())
            .await
            .unwrap();
        let again = self
            .service
            .receive(self.office.id, message, "{}".into())
            .await
            .unwrap();
        assert_eq!(again, Received::Seen, "{place}: a redelivery changes nothing");

        let sent = self.sends().await;
        match (&expected.reply, sent.as_slice()) {
            (Some(reply), [sent]) => {
                let words = content().render(&self.office, expected.state.language, reply);
                assert!(
                    says_the_same(&words.body, &sent.row.message.body),
                    "{place}\nengine: {}\nstored: {}",
                    words.body,
                    sent.row.message.body
                );
                assert_eq!(sent.row.message.form, words.form, "{place}");
                assert_eq!(sent.contact.phone.as_deref(), Some(PHONE), "{place}");
                assert_eq!(received, Received::Answered(expected.topic), "{place}");
            }
            (None, []) => assert_eq!(received, Received::Silent, "{place}"),
            (reply, sent) => panic!("{place}: {reply:?} became {} messages", sent.len()),
        }
        self.agrees(&place, key, expected).await;
    }

    async fn agrees(&self, place: &str, key: MessageKey, expected: &Outcome) {
        let office = self.office.id;
        let (row, state, is_out) = read(&*self.store, move |tx| {
            let person = tx.find_person(office, &Self::contact())?.unwrap();
            let row = tx
                .find_received(office, &key.number, &key.message_id, key.sent_at)?
                .unwrap();
            assert_eq!(row.person, person);
            Ok((
                row,
                tx.find_conversation(office, person)?,
                tx.has_opted_out(office, person)?,
            ))
        })
        .await
        .unwrap();
        let is_answered = expected.reply.is_some();
        assert_eq!(
            row.state,
            if is_answered {
                InboxState::Answered
            } else {
                InboxState::Silent
            },
            "{place}"
        );
        if expected.effects.contains(&Effect::ForgetMessage) {
            assert_eq!(row.content, None, "{place}: the words must not be kept");
        } else if is_answered {
            assert!(row.content.is_some(), "{place}");
        }
        if let Some(content) = &row.content
            && content.message.said.name() == "location"
        {
            let is_forgotten = content.message.said == Said::Location && content.raw.is_none();
            assert!(is_forgotten, "{place}: where somebody was must not be kept");
        }
        if is_answered {
            let mut kept = State::from_stored(&state.unwrap().state).unwrap();
            // What was said last is noted for officers, not for the engine.
            kept.recent.clear();
            assert_eq!(kept, expected.state, "{place}");
        }
        for effect in &expected.effects {
            if let Effect::SetOptOut(wished) = effect {
                assert_eq!(is_out, *wished, "{place}");
            }
        }
    }

    /// Takes what is due as the sender does, and reports it read.
    async fn sends(&self) -> Vec<ClaimedMessage> {
        let claimed = self
            .service
            .claim_due(SignedDuration::from_secs(30), Vec::new(), 16)
            .await
            .unwrap();
        for message in claimed.clone() {
            let (office, id, now) = (message.office, message.row.id, self.clock.now());
            write(&*self.store, office, move |tx| {
                tx.mark_accepted(office, id, "wamid.out", now)
            })
            .await
            .unwrap();
            let kept = read(&*self.store, move |tx| tx.find_owed(office, id))
                .await
                .unwrap()
                .unwrap();
            assert_eq!(kept.state, OutboxState::Accepted);
        }
        assert_eq!(self.service.backlog().await.unwrap().unsent, 0);
        claimed
    }
}

fn edited() -> Said {
    Said::Edited {
        message_id: "wamid.1".into(),
        text: Some("berapa biaya paspor".into()),
    }
}

fn sealer() -> Sealer {
    Sealer::new(MasterKey::generate(system_random).unwrap(), system_random)
}

#[tokio::test]
async fn every_conversation_goes_the_same_way_over_real_rows() {
    goes_the_same_way(|name| Arc::new(SqliteStore::in_memory(name, &sealer()).unwrap())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_conversation_goes_the_same_way_on_postgresql() {
    if server().is_none() {
        return;
    }
    let mut grounds = Vec::new();
    goes_the_same_way(|_| {
        let ground = Ground::new().unwrap().unwrap();
        let store = ground.open(&sealer()).unwrap();
        grounds.push(ground);
        Arc::new(store)
    })
    .await;
}

/// All scripts, each on a store of its own.
async fn goes_the_same_way(mut open: impl FnMut(&str) -> Arc<dyn Store>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../chats");
    let mut scripts = 0;
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "chat"))
    {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let script = Script::parse(&fs::read_to_string(&path).unwrap()).unwrap();
        if script.header.is_marked(engine::BOOKINGS) || script.header.is_marked(engine::CHANGED) {
            // Level 1 runs these on a store already.
            continue;
        }
        let run = engine::run(&content(), &script).unwrap();
        let mut turns = run.turns.iter();
        let mut world = World::new(&name, &script, open(&name));
        for (line, step) in &script.steps {
            match step {
                Step::Fact(fact) => world.learns(fact).await,
                Step::Waits(time) => world.clock.set(world.clock.now() + *time),
                Step::Says(Said::Edited { .. }) => {
                    // The rows know what the engine cannot: an edited message that was answered is not answered again.
                    let answered = turns.next().unwrap().outcome.clone();
                    world
                        .says(
                            *line,
                            &edited(),
                            &Outcome {
                                reply: None,
                                effects: Vec::new(),
                                ..answered
                            },
                        )
                        .await;
                }
                Step::Says(said) => world.says(*line, said, &turns.next().unwrap().outcome).await,
                Step::Hears(_) | Step::Does(_) => {}
            }
        }
        scripts += 1;
    }
    assert!(scripts >= 60, "{scripts} scripts");
}
