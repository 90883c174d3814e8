//! `sigap move` as an operator meets it: from files to a server, broken off, taken up, refused.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use sigap::clock::SystemClock;
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::service::{Ports, Service};
use sigap_content::Content;
use sigap_core::ids::ProcessId;
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::person::Contact;
use sigap_store::raw::{RawRows, Value};
use sigap_store::schema::{Table, tables};
use sigap_store::sealing::{Sealer, system_random};
use sigap_store_pg::testing::{Ground, server};
use sigap_store_sqlite::{Places, RawFile, RawPart, SqliteStore};
use sigap_testkit::chance::SeededChance;
use tempfile::TempDir;

/// Enough for a move that takes a while.
const MANY: i64 = 20_000;

/// An office on files, and the ground it moves to.
struct House {
    folder: TempDir,
    ground: Ground,
}

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    said: String,
    complained: String,
}

impl Ended {
    #[track_caller]
    fn well(self, expected: &str) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert!(self.said.contains(expected), "no `{expected}` in {self:?}");
        self
    }

    #[track_caller]
    fn badly(self, code: i32, expected: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.complained.contains(expected), "no `{expected}` in {self:?}");
    }
}

impl House {
    /// `None`, said loudly, when there is no server.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let ground = Ground::bare(&server()?).unwrap();
        let house = Self { folder, ground };
        house.live_on(&format!("sqlite:{}", house.database().display()), "");
        house.run(&["migrate"]).well("up to date");
        Some(house)
    }

    fn live_on(&self, url: &str, keys: &str) {
        let folder = self.folder.path().display();
        let settings = format!(
            "[server]\npublic_url = 'https://line.example'\n[database]\nurl = '{url}'\n\
             [keys]\nmaster = '{folder}/master.key'\nstore = '{keys}'\n[log]\nfilter = 'off'\n\
             [whatsapp]\napp_secret = 'a'\nverify_token = 'b'\naccess_token = 'c'\n\
             [[whatsapp.number]]\nphone_number_id = '1'\noffice = 'jakarta-pusat'\n",
        );
        std::fs::write(self.folder.path().join("sigap.toml"), settings).unwrap();
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("sigap.db")
    }

    fn places(&self) -> Places {
        Places {
            database: self.database(),
            keys: self.folder.path().join("sigap.keys.db"),
        }
    }

    fn store(&self) -> SqliteStore {
        let master = sigap::keys::read(&self.folder.path().join("master.key")).unwrap();
        SqliteStore::open(&self.places(), &Sealer::new(master, system_random)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.start(arguments))
    }

    #[expect(clippy::disallowed_methods, reason = "the program itself is under test")]
    fn start(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_sigap"))
            .env_clear()
            .arg("--config")
            .arg(self.folder.path().join("sigap.toml"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn move_arguments(&self) -> Vec<String> {
        let [to, to_keys] = self.ground.urls();
        let from = format!("sqlite:{}", self.database().display());
        ["move", "--from", &from, "--to", &to, "--to-keys", &to_keys]
            .map(str::to_owned)
            .into()
    }

    fn start_move(&self) -> Child {
        let arguments = self.move_arguments();
        self.start(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn move_it(&self) -> Ended {
        ended(self.start_move())
    }

    fn import(&self) -> Ended {
        let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/laporan-penerbitan.xlsx");
        self.run(&[
            "import",
            "applications",
            report.to_str().unwrap(),
            "--office",
            "jakarta-pusat",
        ])
    }

    /// Applications that belong to nobody, as many as years would bring.
    fn fill(&self, applications: i64) {
        let mut file = RawFile::open_target(&self.database(), RawPart::Database).unwrap();
        let rows: Vec<_> = (0..applications)
            .map(|number| {
                vec![
                    Value::Integer(1 + number % 8),
                    Value::Bytes(number.to_be_bytes().into()),
                    Value::Integer(number),
                    Value::Text("issued".into()),
                    Value::Integer(number),
                    Value::Bytes(vec![0x5a; 277]),
                ]
            })
            .collect();
        file.append(&application(), &rows).unwrap();
    }

    fn arrived(&self) -> i64 {
        let counted = self.ground.sql("SELECT COUNT(*) FROM application");
        counted.map_or(0, |counted| counted.trim().parse().unwrap())
    }

    /// Lets the target refuse applications when it has so many.
    fn refuse_after(&self, rows: i64) {
        sigap_store_pg::migrate(self.ground.places()).unwrap();
        self.ground
            .sql(&format!(
                "CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
                 BEGIN
                     IF (SELECT COUNT(*) FROM application) >= {rows} THEN RAISE EXCEPTION 'no room'; END IF;
                     RETURN NULL;
                 END $$;
                 CREATE TRIGGER refuse BEFORE INSERT ON application EXECUTE FUNCTION refuse()"
            ))
            .unwrap();
    }

    fn refuse_no_more(&self) {
        self.ground.sql("DROP FUNCTION refuse() CASCADE").unwrap();
    }
}

fn ended(child: Child) -> Ended {
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code(),
        said: String::from_utf8(output.stdout).unwrap(),
        complained: String::from_utf8(output.stderr).unwrap(),
    }
}

fn application() -> Table {
    let mut tables = tables().unwrap();
    tables.retain(|table| table.name == "application");
    tables.remove(0)
}

struct Nobody;

impl Wake for Nobody {
    fn wake(&self) {}
}

/// Messages of a few people, answered by the engine.
fn talk(store: SqliteStore, messages: usize) {
    let content = Arc::new(Content::embedded().unwrap());
    let office = content.office_by_slug("jakarta-pusat").unwrap().id;
    let service = Service::new(
        Arc::new(store),
        content,
        Ports {
            clock: Arc::new(SystemClock),
            ids: Arc::new(Ids::new(ProcessId(7))),
            wake: Arc::new(Nobody),
            chance: Arc::new(SeededChance::new(1)),
            links: Arc::new(Links::new("https://sigap.example")),
        },
        sigap_core::conversation::step,
    );
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for message in 0..messages {
        let person = message % 5;
        let received = InboundMessage {
            number: "1".into(),
            message_id: format!("wamid.{message}"),
            sent_at: SystemClock.now(),
            from: Contact {
                bsuid: Some(format!("ID.{person}")),
                phone: Some(format!("62812{person:08}")),
                ..Contact::default()
            },
            said: Said::Text("halo".into()),
        };
        runtime
            .block_on(service.receive(office, received, "{}".into()))
            .unwrap();
    }
}

/// What `doctor` says of what waits: `0 replies owed, 12 not sent yet`.
fn backlog(doctor: &Ended) -> String {
    let line = doctor.said.lines().find(|line| line.contains("database:")).unwrap();
    line.split_once("bytes, ").unwrap().1.to_owned()
}

#[test]
fn everything_is_moved_compared_and_read_in_the_new_place() {
    let Some(house) = House::new() else { return };
    house.import().well(" new");
    talk(house.store(), 12);
    let before = backlog(&house.run(&["doctor"]));
    assert!(!before.contains(" 0 not sent"), "{before}");

    let moved = house.move_it().well("all the same");
    assert!(
        moved.said.contains("copied `person_key`") && moved.said.contains("copied `outbox`: 12 rows"),
        "{moved:?}"
    );
    assert!(
        moved
            .said
            .lines()
            .last()
            .unwrap()
            .starts_with("next: set `database.url`")
    );
    assert_eq!(moved.complained, "");

    let [to, to_keys] = house.ground.urls();
    house.live_on(&to, &to_keys);
    let after = house.run(&["doctor"]);
    assert_eq!(backlog(&after), before, "{after:?}");
    house.import().well(" 0 new, 0 moved on");

    house.move_it().badly(1, "the target is not empty");
    // The old place is as it was.
    house.live_on(&format!("sqlite:{}", house.database().display()), "");
    assert_eq!(backlog(&house.run(&["doctor"])), before);
}

#[test]
fn a_move_that_was_killed_goes_on_and_no_service_starts_meanwhile() {
    let Some(house) = House::new() else { return };
    house.import().well(" new");
    house.fill(MANY);
    let mut child = house.start_move();
    while house.arrived() == 0 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was killed");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(house.arrived() < MANY, "it was killed too late");

    let [to, to_keys] = house.ground.urls();
    house.live_on(&to, &to_keys);
    let early = house.run(&["doctor"]);
    assert_eq!(early.code, Some(1), "{early:?}");
    assert!(early.said.contains("run `sigap move` again"), "{early:?}");

    let moved = house.move_it().well("an earlier move broke off here");
    assert!(moved.said.contains("were there already") && moved.said.contains("all the same"));
    assert!(house.arrived() > MANY);
    let late = house.run(&["doctor"]);
    assert!(late.said.contains("ok    database"), "{late:?}");
}

#[test]
fn a_difference_is_named_and_another_source_is_refused() {
    let Some(house) = House::new() else { return };
    house.fill(5_000);
    house.refuse_after(2_000);
    house.move_it().badly(1, "no room");
    assert_eq!(house.arrived(), 2_000);
    house.move_it().badly(1, "call it again");

    let other = House::new().unwrap();
    let [to, to_keys] = house.ground.urls();
    let from = format!("sqlite:{}", other.database().display());
    other
        .run(&["move", "--from", &from, "--to", &to, "--to-keys", &to_keys])
        .badly(1, "is not finished");

    house.refuse_no_more();
    house
        .ground
        .sql("UPDATE application SET stage = 'lost' WHERE office_id = 1 AND person_id = 80")
        .unwrap();
    // Of its office, every eighth number: 80 is the eleventh.
    house.move_it().badly(
        1,
        "table `application`, row 11 in the order of its key: another value in `stage`",
    );
    house
        .ground
        .sql("UPDATE application SET stage = 'issued' WHERE stage = 'lost'")
        .unwrap();
    house.move_it().well("compared 5000 rows");
}

#[test]
fn a_source_in_use_is_refused() {
    let Some(house) = House::new() else { return };
    let idle = house.store();
    house.move_it().badly(1, "stop the service on it first");
    drop(idle);
    let writing = RawFile::open_source(&house.database(), RawPart::Database).unwrap();
    house.move_it().badly(1, "stop the service on it first");
    drop(writing);
    house.move_it().well("all the same");
}

#[test]
fn nobody_moves_what_they_cannot_read() {
    let Some(house) = House::new() else { return };
    house.import().well(" new");
    let key = house.folder.path().join("master.key");
    std::fs::rename(&key, house.folder.path().join("kept.key")).unwrap();
    house.move_it().badly(1, "cannot read the master key");
    std::fs::write(&key, "5a".repeat(32)).unwrap();
    house.move_it().badly(1, "is not the one of this database");
    assert!(
        house.ground.sql("SELECT place FROM moving").is_err(),
        "nothing was begun"
    );
    std::fs::rename(house.folder.path().join("kept.key"), &key).unwrap();
    house.move_it().well("all the same");
}

#[test]
fn wrong_use_is_told_without_a_password() {
    let Some(house) = House::new() else { return };
    house.run(&["move", "--from", "sqlite:sigap.db"]).badly(2, "--to");
    let [to, _] = house.ground.urls();
    house
        .run(&["move", "--from", "sqlite:absent.db", "--to", &to])
        .badly(1, "`absent.db` is not there");
    let from = format!("sqlite:{}", house.database().display());
    house
        .run(&["move", "--from", &from, "--to", "sqlite:other.db"])
        .badly(1, "to PostgreSQL only");
    for address in ["postgres://ani:rahasia@[", "mysql://ani:rahasia@there/sigap"] {
        let refused = house.run(&["move", "--from", &from, "--to", address]);
        assert!(!refused.complained.contains("rahasia"), "{refused:?}");
        refused.badly(1, "cannot move there");
    }
}
