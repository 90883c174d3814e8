//! Several processes on one database: the same webhook at the same instant, one message at a time to a person, and what a
//! process leaves behind when it dies.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use sigap::housekeeping::{self, Watch};
use sigap_actions::deliver::{Attempt, AttemptResult};
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::receive_message::Received;
use sigap_actions::service::{Ports, Service};
use sigap_content::Content;
use sigap_core::conversation::dialogue::{Answer, Question, Step, World};
use sigap_core::conversation::state::State;
use sigap_core::ids::{OfficeId, ProcessId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::person::Contact;
use sigap_store::Store;
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_pg::testing::Ground;
use sigap_store_sqlite::{Places, SqliteStore};
use sigap_testkit::chance::SeededChance;
use tempfile::TempDir;

/// A process whose engine fails: what it receives stays owed.
const BROKEN: i64 = 3;
const NUMBER: &str = "100000000000001";
/// How long a status may take, in the tests as in the defaults.
const SETTLE_AFTER: SignedDuration = SignedDuration::from_secs(60);

#[derive(Default)]
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

impl Hands {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }
}

fn never_ends(_: &World<'_>, _: &State, _: &Said, _: &[Answer]) -> Step {
    Step::Ask(Question::ViewBound)
}

struct Nobody;

impl Wake for Nobody {
    fn wake(&self) {}
}

fn content() -> Arc<Content> {
    static CONTENT: OnceLock<Arc<Content>> = OnceLock::new();
    Arc::clone(CONTENT.get_or_init(|| Arc::new(Content::embedded().unwrap())))
}

/// One database; kept until its processes are gone.
enum Site {
    Files(TempDir),
    Server(Box<Ground>),
}

/// Processes on one database with one clock.
struct House {
    processes: Vec<Service>,
    clock: Arc<Hands>,
    office: OfficeId,
    _site: Site,
}

impl House {
    fn new(site: Site, count: i64) -> Self {
        let sealer = Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random);
        let clock = Arc::new(Hands::default());
        clock.pass(1_796_000_000);
        let office = content().office_by_slug("jakarta-pusat").unwrap().id;
        let processes = (1..=count).map(|process| {
            let store: Arc<dyn Store> = match &site {
                Site::Files(folder) => {
                    let places = Places {
                        database: folder.path().join("sigap.db"),
                        keys: folder.path().join("sigap.keys.db"),
                    };
                    Arc::new(SqliteStore::open(&places, &sealer).unwrap())
                }
                Site::Server(ground) => Arc::new(ground.open(&sealer).unwrap()),
            };
            let ids = Arc::new(Ids::new(ProcessId(process)));
            let step = if process == BROKEN {
                never_ends
            } else {
                sigap_core::conversation::step
            };
            Service::new(
                store,
                content(),
                Ports {
                    clock: Arc::clone(&clock) as Arc<dyn Clock>,
                    ids,
                    wake: Arc::new(Nobody),
                    chance: Arc::new(SeededChance::new(process.cast_unsigned())),
                    links: Arc::new(Links::new("https://sigap.example")),
                },
                step,
            )
        });
        let processes = processes.collect();
        Self {
            processes,
            clock,
            office,
            _site: site,
        }
    }

    fn message(&self, person: usize, id: usize) -> InboundMessage {
        InboundMessage {
            number: NUMBER.into(),
            message_id: format!("wamid.{id}"),
            sent_at: self.clock.now(),
            from: Contact {
                bsuid: Some(format!("ID.{person}")),
                phone: Some(format!("62812{person:08}")),
                ..Contact::default()
            },
            said: Said::Text("halo".into()),
        }
    }

    async fn receive(&self, process: usize, person: usize, id: usize) -> Received {
        let message = self.message(person, id);
        self.processes[process]
            .receive(self.office, message, "{}".into())
            .await
            .unwrap()
    }

    async fn claim(&self, process: usize) -> Vec<sigap_actions::deliver::ClaimedMessage> {
        self.processes[process]
            .claim_due(SETTLE_AFTER, Vec::new(), 1_000)
            .await
            .unwrap()
    }

    async fn accept(&self, process: usize, claimed: &[sigap_actions::deliver::ClaimedMessage]) {
        let attempts = claimed.iter().map(|message| Attempt {
            office: message.office,
            id: message.row.id,
            result: AttemptResult::Accepted {
                message_id: format!("wamid.out.{}", message.row.id),
            },
        });
        self.processes[process]
            .record_attempts(attempts.collect())
            .await
            .unwrap();
    }
}

/// Runs a test on files, and on a server when there is one.
async fn on_both<F: Future<Output = ()>>(count: i64, test: impl Fn(House) -> F) {
    test(House::new(Site::Files(tempfile::tempdir().unwrap()), count)).await;
    if let Some(ground) = Ground::new().unwrap() {
        test(House::new(Site::Server(Box::new(ground)), count)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_webhook_at_two_processes_is_answered_by_one_of_them() {
    on_both(2, async |house| {
        const MESSAGES: usize = 120;
        // Each person writes three times, and every message reaches both processes at once.
        let received = join_all((0..MESSAGES).map(|id| {
            let house = &house;
            join_all([0, 1].map(|process| house.receive(process, id / 3, id)))
        }))
        .await;
        for (id, both) in received.iter().enumerate() {
            let seen = both.iter().filter(|end| **end == Received::Seen).count();
            let answered = both.iter().filter(|end| matches!(end, Received::Answered(_))).count();
            assert_eq!((seen, answered), (1, 1), "message {id}: {both:?}");
        }
        // Both senders look at once; a reply is claimed by one, and one is under way to a person. Replies that waited
        // together went out as one.
        let mut claimed: BTreeMap<i64, usize> = BTreeMap::new();
        loop {
            let round = join_all([house.claim(0), house.claim(1)]).await;
            if round.iter().all(Vec::is_empty) {
                break;
            }
            let mut people = BTreeMap::new();
            for message in round.iter().flatten() {
                *claimed.entry(message.row.id.0).or_default() += 1;
                *people.entry(message.row.person).or_insert(0) += 1;
            }
            assert!(people.values().all(|under_way| *under_way == 1), "{people:?}");
            for (process, claimed) in round.iter().enumerate() {
                house.accept(process, claimed).await;
            }
        }
        assert!(claimed.values().all(|times| *times == 1));
        assert!(
            claimed.len() >= MESSAGES / 3 && claimed.len() <= MESSAGES,
            "{}",
            claimed.len()
        );
        assert_eq!(house.processes[0].backlog().await.unwrap().unsent, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_process_had_under_way_is_sent_by_another_within_seconds() {
    on_both(2, async |house| {
        house.receive(0, 1, 1).await;
        let (mut of_dead, mut of_living) = (Watch::default(), Watch::default());
        for _ in 0..3 {
            housekeeping::look_around(&house.processes[0], &mut of_dead).await;
            housekeeping::look_around(&house.processes[1], &mut of_living).await;
            house.clock.pass(1);
        }
        assert_eq!(house.claim(0).await.len(), 1);
        // Process 0 dies here: it sends nothing and beats no more.
        let mut seconds = 0;
        let claimed = loop {
            housekeeping::look_around(&house.processes[1], &mut of_living).await;
            house.processes[1].settle_unknown(10).await.unwrap();
            let claimed = house.claim(1).await;
            if !claimed.is_empty() {
                break claimed;
            }
            house.clock.pass(1);
            seconds += 1;
            assert!(seconds < 30, "nobody took it over");
        };
        assert!(seconds >= 10, "a status had its chance before: {seconds} s");
        assert_eq!(claimed[0].row.attempts, 2);
        house.accept(1, &claimed).await;
        // The dead one wakes up and believes that its attempt failed: nothing is sent a third time.
        let late = Attempt {
            office: house.office,
            id: claimed[0].row.id,
            result: AttemptResult::PutBack {
                not_before: house.clock.now(),
            },
        };
        house.processes[0].record_attempts(vec![late]).await.unwrap();
        assert_eq!(house.processes[1].backlog().await.unwrap().unsent, 0);
        assert_eq!(house.claim(0).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_beats_or_took_its_leave_is_not_taken_over() {
    on_both(2, async |house| {
        let (mut first, mut second) = (Watch::default(), Watch::default());
        house.receive(0, 1, 1).await;
        assert_eq!(house.claim(0).await.len(), 1);
        for _ in 0..20 {
            housekeeping::look_around(&house.processes[0], &mut first).await;
            housekeeping::look_around(&house.processes[1], &mut second).await;
            house.processes[1].settle_unknown(10).await.unwrap();
            assert_eq!(house.claim(1).await, [], "it is under way where it is");
            house.clock.pass(1);
        }
        house.processes[0].leave().await.unwrap();
        assert_eq!(house.processes[1].beat(99).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_goes_back_holds_up_nobody() {
    on_both(2, async |house| {
        house.receive(0, 1, 1).await;
        house.clock.pass(-7_200);
        let claimed = house.claim(1).await;
        assert_eq!(claimed.len(), 1, "what was owed before is due");
        house.accept(1, &claimed).await;
        assert!(matches!(house.receive(1, 1, 2).await, Received::Answered(_)));
        assert!(matches!(house.receive(0, 2, 3).await, Received::Answered(_)));
        let claimed = house.claim(0).await;
        assert_eq!(claimed.len(), 2, "what was owed after is due as well");
        house.accept(0, &claimed).await;
        house.clock.pass(7_200);
        assert!(matches!(house.receive(0, 1, 4).await, Received::Answered(_)));
        assert_eq!(house.claim(1).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn owed_turns_are_tried_by_one_process_at_a_time() {
    on_both(BROKEN, async |house| {
        for id in 0..20 {
            assert_eq!(house.receive(2, id, id).await, Received::Owed);
        }
        house.clock.pass(60);
        let sound = &house.processes[..2];
        let rounds = join_all(sound.iter().map(|process| process.retry_owed(house.office))).await;
        let answered: usize = rounds.iter().map(|round| round.as_ref().unwrap().answered).sum();
        // The second to look at a message finds it answered, which its round counts too.
        assert!((20..=40).contains(&answered), "{answered}");
        assert_eq!(house.processes[0].backlog().await.unwrap().owed, 0);
        assert_eq!(house.claim(0).await.len(), 20, "each was answered once");
    })
    .await;
}
