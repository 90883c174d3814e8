//! A fresh piece of ground for one test: two schemas of its own on the server named by `SIGAP_TEST_POSTGRES_URL`, gone when
//! the test ends. Without a server a test says so and is skipped; `cargo xtask ci` always brings one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sigap_store::Fault;
use sigap_store::sealing::Sealer;

use crate::connection::{Door, Places};
use crate::session::Session;
use crate::store::{PgStore, apart, migrate};

/// Names the server of the tests.
pub const SERVER: &str = "SIGAP_TEST_POSTGRES_URL";
/// Says that the server may be killed.
const RESTARTS: &str = "SIGAP_TEST_POSTGRES_RESTARTS";
/// How long one statement of a test may take: filling and counting large tables takes minutes.
const FILLING_MAX: Duration = Duration::from_secs(600);
/// Rows of filler in one statement.
const FILLED_TOGETHER: usize = 50_000;
/// Writers of a test's store: enough to stand in each other's way.
const WRITERS: usize = 3;

/// Two schemas of one test.
pub struct Ground {
    places: Places,
    server: String,
    schemas: [String; 2],
}

/// The server that tests are given, or `None` after saying loudly that there is none.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests are told of their server by the environment, and must say when they were skipped"
)]
pub fn server() -> Option<String> {
    let server = std::env::var(SERVER).ok().filter(|url| !url.is_empty());
    if server.is_none() {
        eprintln!("SKIPPED, NOTHING WAS TESTED ON POSTGRESQL: {SERVER} names no server (`cargo xtask pg` brings one)");
    }
    server
}

/// Whether the server of the tests may be killed, since somebody starts it again.
#[must_use]
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "as for `server`")]
pub fn restarts() -> bool {
    let is_supervised = std::env::var(RESTARTS).is_ok_and(|value| value == "1");
    if !is_supervised {
        eprintln!("SKIPPED, THE SERVER WAS NOT KILLED: {RESTARTS} does not say that somebody starts it again");
    }
    is_supervised
}

impl Ground {
    /// Fresh, migrated ground on the server of the tests; `None` when there is none.
    ///
    /// # Errors
    /// When the server does not do as it is told.
    pub fn new() -> Result<Option<Self>, Fault> {
        server().map(|url| Self::on(&url)).transpose()
    }

    /// Fresh, migrated ground on a server.
    ///
    /// # Errors
    /// As `new`.
    pub fn on(url: &str) -> Result<Self, Fault> {
        let ground = Self::bare(url)?;
        migrate(&ground.places)?;
        Ok(ground)
    }

    /// Fresh ground without tables.
    ///
    /// # Errors
    /// As `new`.
    pub fn bare(url: &str) -> Result<Self, Fault> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        // Tests run in processes of their own, and a process that broke off leaves its schemas behind.
        let name = format!("test_{}_{next}", std::process::id());
        let schemas = [name.clone(), format!("{name}_keys")];
        for schema in &schemas {
            command(url, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE"))?;
            command(url, &format!("CREATE SCHEMA {schema}"))?;
        }
        Ok(Self {
            places: places(url, &schemas)?,
            server: url.to_owned(),
            schemas,
        })
    }

    /// Where its two databases are.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The addresses of its two databases, as settings name them.
    #[must_use]
    pub fn urls(&self) -> [String; 2] {
        self.schemas.clone().map(|schema| url_of(&self.server, &schema))
    }

    /// The same ground reached another way, through a proxy that breaks connections, say.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn places_by(&self, url: &str) -> Result<Places, Fault> {
        places(url, &self.schemas)
    }

    /// The same ground with further settings of the server for its sessions, as `-c lock_timeout=200`.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn places_with(&self, settings: &str) -> Result<Places, Fault> {
        let mut places = self.places_by(&self.server)?;
        for config in [&mut places.database, &mut places.keys] {
            let options = format!("{} {settings}", config.get_options().unwrap_or_default());
            config.options(options);
        }
        Ok(places)
    }

    /// What the server calls the sessions of this ground.
    #[must_use]
    pub fn application_name(&self) -> &str {
        &self.schemas[0]
    }

    /// Opens a store on it.
    ///
    /// # Errors
    /// As `PgStore::open`.
    pub fn open(&self, sealer: &Sealer) -> Result<PgStore, Fault> {
        PgStore::open(&self.places, WRITERS, sealer)
    }

    /// Runs SQL on its main database, past the store: tests damage, count and lock by it.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn sql(&self, sql: &str) -> Result<String, Fault> {
        let [main, _] = self.urls();
        command(&main, sql)
    }

    /// Whether these characters stand readable anywhere in its tables, as text or as bytes.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn holds(&self, needle: &str) -> Result<bool, Fault> {
        let as_bytes = data_encoding::HEXLOWER.encode(needle.as_bytes());
        let as_text = needle.replace('\'', "''");
        for schema in &self.schemas {
            let tables = self.sql(&format!(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = '{schema}'"
            ))?;
            for table in tables.lines() {
                let found = self.sql(&format!(
                    "SELECT COUNT(*) FROM {schema}.{table} AS t
                     WHERE STRPOS(t::TEXT, '{as_text}') > 0 OR STRPOS(t::TEXT, '{as_bytes}') > 0"
                ))?;
                if found.trim() != "0" {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Kills the server as a crash would, and returns when it is back. Needs a superuser and somebody who starts it again.
    pub fn crash_server(&self) {
        // The server itself runs the word that ends it, in its data folder; so there is no answer.
        let kill = "COPY (SELECT 1) TO PROGRAM 'kill -QUIT $(head -n 1 postmaster.pid)'";
        let _ = self.sql(kill);
        while self.sql("SELECT 1").is_err() {
            std::thread::yield_now();
        }
    }

    /// Fills it as years would: applications, and messages half of which came in and half of which went out, spread over
    /// eight offices. Sealed values are filler of a usual length: they belong to nobody and open for nobody.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn fill(&self, applications: u32, messages: u32) -> Result<(), Fault> {
        let (half, people) = (messages / 2, (messages / 20).max(1));
        // An office, a key and a time for the `n`th row; rows of an office follow each other in time.
        let office = "(n % 8) + 1";
        let key = "decode(md5(n::TEXT), 'hex')";
        let at = "1700000000000000 + n::BIGINT * 1000000";
        let sealed = |bytes: u32| format!("decode(repeat('5a', {bytes}), 'hex')");
        let (small, usual, large) = (sealed(149), sealed(277), sealed(533));
        let day = "to_char(DATE '2026-01-01' + (n % 300)::INTEGER, 'YYYY-MM-DD')";
        let person = format!("n % {people}");
        let fills = [
            (people, "person", format!("{office}, n, {small}, 0, {at}")),
            (people, "identity", format!("{office}, 'bsuid', {key}, n, {at}")),
            (people, "identity", format!("{office}, 'phone', {key}, n, {at}")),
            (people, "conversation", format!("{office}, n, {small}, {at}")),
            (
                half,
                "inbox",
                format!("{office}, {at}, {key}, n % {people}, '1', 'answered', 1, {at}, {usual}"),
            ),
            (
                half,
                "outbox",
                format!("{office}, n, n % {people}, '1', {at}, {at}, {large}"),
            ),
            (
                half,
                "delivery",
                format!("{office}, n, 'read', 1, {at}, NULL, {key}, NULL, 0"),
            ),
            (
                applications,
                "application",
                format!("{office}, {key}, n, 'issued', {at}, {usual}"),
            ),
            (applications, "application_place", format!("{key}, {office}")),
            (people, "binding", format!("{office}, n, {key}, {at}, {small}, NULL")),
            (
                people,
                "slip_code",
                format!("{office}, {key}, {small}, n, {at}, NULL, NULL"),
            ),
            (
                people,
                "guess",
                format!("{office}, 'look_up', {key}, n % 365, {key}, 1"),
            ),
            (
                people,
                "office_case",
                // Neither open nor ended: lists would come upon bytes that nobody sealed.
                format!(
                    "{office}, n, 'F-' || n, 'complaint', n, NULL, {at}, NULL, {usual}, '', NULL, n, 'closed', NULL, NULL, \
                     NULL, NULL, NULL, NULL, 2"
                ),
            ),
            (
                people,
                "survey_answer",
                format!("{office}, {key}, n, 'filler ' || n % 200, 'passport', 0, 4, 4, 4, 4, 4, 4, 4, 4, 4, NULL"),
            ),
            // At offices of its own: the list would come upon bytes that nobody sealed.
            (people, "unclear_message", format!("{office} + 9000, n, {day}, {usual}")),
            (people, "day_figure", format!("{office}, {day}, 'filler/' || n, 1")),
            (
                people,
                "case_event",
                format!("{office}, n, n, n, {at}, 'heard', NULL, NULL, {usual}"),
            ),
            (
                people,
                "audit",
                format!("{office}, n, {at}, 'citizen', 'case_opened', ''"),
            ),
            (people, "kept_webhook", format!("{office}, n, 'filler', {at}, {usual}")),
            (applications, "quota", format!("{office}, 'filler ' || n, 20, 20, NULL")),
            (
                applications,
                "booking",
                format!("{office}, n, n::TEXT, {person}, 'pickup', {day}, {at}, 1, 'attended', 0, NULL, {at}, {usual}"),
            ),
            (
                applications,
                "booking_identity",
                format!("{office}, n, 0, {person}, {key}, {key}, 0"),
            ),
            (applications, "person_claim", format!("{key}, 'pickup', {office}, n")),
            (applications, "standing", format!("{key}, 'pickup', 1, NULL")),
            (
                applications,
                "guest",
                format!("{office}, 'pickup', {day}, 1, n, n, '1'"),
            ),
            (applications, "job", format!("{office}, {at}, 'remind', n::TEXT")),
            (
                applications,
                "link",
                format!("{office}, {key}, {person}, n, 'ticket', {at}, NULL"),
            ),
            (
                applications,
                "signal",
                format!("{office}, 'machine_timing', n, n % 365, n, {at}, 1"),
            ),
            (
                applications,
                "visit",
                format!(
                    "{office}, n, {day}, 'Z', n, 'passport', 'done', {at}, NULL, 100, NULL, 1, 1, {at}, {person}, n, 1, 0, {usual}"
                ),
            ),
            (
                applications,
                "passport",
                format!("{office}, {key}, {person}, 'collected', {day}, '', 'pemohon', {at}, {usual}"),
            ),
            (
                people,
                "follow",
                format!("{office}, n, {key}, '1', 'printing', CASE WHEN n % 8 = 3 THEN {at} END, {small}"),
            ),
            (
                people,
                "browser",
                format!("{office}, n, {key}, NULL, {person}, {at}, {at}, {at}, {small}"),
            ),
            (
                people,
                "browser_line",
                format!("{office}, {person}, n, {at}, 0, {small}"),
            ),
            (
                people,
                "file",
                format!("{office}, n, {person}, n, 'kept', {at}, {at}, 1, {at}, 1, {small}"),
            ),
            (people, "file_part", format!("{office}, n, 0, {small}")),
            (
                people,
                "intake",
                format!("{office}, n, {person}, n, 0, {day}, 'given', {at}, 0, {small}"),
            ),
            (applications, "visit_token", format!("{office}, {key}, n")),
            (
                applications,
                "visit_event",
                format!("{office}, n, n, 'Z', n, {at}, 'call', 'passport', 1, 1"),
            ),
            (
                applications,
                "service_time",
                format!("{office}, 'passport', n % 24, n, 300"),
            ),
            (applications, "tap", format!("{office}, {day}, n::TEXT")),
            (people, "enrolment", format!("{office}, {key}, {person}, {at}, NULL")),
            (
                people,
                "session",
                format!("{office}, {key}, n, {person}, 'person', 1, {at}, {at}, {at}, {usual}"),
            ),
            (
                applications,
                "act",
                format!("{office}, n, {at}, {person}, 'called', '', decode(repeat('00', 32), 'hex')"),
            ),
        ];
        for (rows, table, values) in fills {
            for from in (1..=rows).step_by(FILLED_TOGETHER) {
                let to = rows.min(from + FILLED_TOGETHER as u32 - 1);
                self.sql(&format!(
                    "INSERT INTO {table} SELECT {values} FROM generate_series({from}, {to}) AS n"
                ))?;
            }
            self.sql(&format!("ANALYZE {table}"))?;
        }
        Ok(())
    }

    /// Runs SQL on its key store.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn keys_sql(&self, sql: &str) -> Result<String, Fault> {
        let [_, keys] = self.urls();
        command(&keys, sql)
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        for schema in &self.schemas {
            // What cannot be removed is removed by the next test of that name, or with the throw-away server.
            let _ = command(&self.server, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
        }
    }
}

fn places(url: &str, schemas: &[String; 2]) -> Result<Places, Fault> {
    let mut places = Places::parse(&url_of(url, &schemas[0]), Some(&url_of(url, &schemas[1])))?;
    for config in [&mut places.database, &mut places.keys] {
        config.application_name(&schemas[0]);
    }
    Ok(places)
}

fn url_of(url: &str, schema: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20search_path%3D{schema}")
}

/// Rows come back as lines, of the first column alone.
fn command(url: &str, sql: &str) -> Result<String, Fault> {
    let config = url
        .parse()
        .map_err(|_| Fault::Refused(format!("{SERVER} is no address of a database")))?;
    let door = Door::new(&config, None)?;
    apart(|| {
        let mut session = Session::new(door)?;
        session.connect()?;
        session.be_patient(FILLING_MAX);
        session.command("SET statement_timeout = 0")?;
        Ok(session.texts(sql)?)
    })
}
