//! The store: a pool of sessions, each with a thread of its own, and the lanes from which they take.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;

use sigap_core::ids::OfficeId;
use sigap_store::sealing::Sealer;
use sigap_store::store::{Done, Work};
use sigap_store::{Fault, Store};
use tokio::sync::oneshot;

use crate::connection::{Door, Places, ServerFacts};
use crate::distribution::distribute;
use crate::key_ring::{KeyCache, KeyRing};
use crate::lanes::Lanes;
use crate::migrations;
use crate::moving::ensure_move_finished;
use crate::plans::{self, Plan};
use crate::session::Session;
use crate::sweep::{Sweep, clear};
use crate::transaction::{Access, PgTx};
use crate::worker::{Job, Worker};

/// Sessions that only read. Reads are few: metrics, health, commands.
const READERS: usize = 2;

/// A PostgreSQL database with its pool.
pub struct PgStore {
    writes: Arc<Lanes<Job>>,
    reads: Arc<Lanes<Job>>,
    /// Each read stands in a lane of its own: reads wait for nobody.
    next_read: AtomicI64,
    threads: Vec<JoinHandle<()>>,
}

impl PgStore {
    /// Connects to both databases, which must be migrated. `writers` sessions write, two more read; each has a connection
    /// to each database. One more connection clears away dead rows.
    ///
    /// # Errors
    /// When a server cannot be reached, is too old, or its schema is not this version's; `Fault::Sealed` when the keys were
    /// wrapped by another master key.
    pub fn open(places: &Places, writers: usize, sealer: &Sealer) -> Result<Self, Fault> {
        let doors = doors(places)?;
        apart(|| check(&doors, sealer))?;
        let (writes, reads) = (Arc::new(Lanes::new()), Arc::new(Lanes::new()));
        let cache = KeyCache::default();
        let mut threads = Vec::new();
        let (sweep, asked) = Sweep::new();
        let sweep = Arc::new(sweep);
        for place in 0..writers.max(1) + READERS {
            let keys = KeyRing::new(Session::new(doors.1.clone())?, sealer.clone(), cache.clone());
            let worker = Worker::new(Session::new(doors.0.clone())?, keys, sealer.draw_number()?);
            threads.push(if place < READERS {
                let lanes = Arc::clone(&reads);
                spawn("sigap-pg-reader", move || worker.read(&lanes))?
            } else {
                let (lanes, sweep) = (Arc::clone(&writes), Arc::clone(&sweep));
                spawn("sigap-pg-writer", move || worker.write(&lanes, &sweep))?
            });
        }
        let session = Session::new(doors.0)?;
        threads.push(spawn("sigap-pg-sweep", move || clear(session, &asked))?);
        Ok(Self {
            writes,
            reads,
            next_read: AtomicI64::new(0),
            threads,
        })
    }

    /// How the server would run each statement that these works send, as writes and as reads: for benches and tests that
    /// want no large table read from end to end. Nothing of the works is kept.
    ///
    /// # Errors
    /// As any transaction.
    pub fn plans(places: &Places, sealer: &Sealer, mut write: Work, mut read: Work) -> Result<Vec<Plan>, Fault> {
        let doors = doors(places)?;
        apart(|| {
            let mut session = Session::new(doors.0.clone())?;
            session.connect()?;
            let mut keys = KeyRing::new(Session::new(doors.1.clone())?, sealer.clone(), KeyCache::default());
            for (access, work) in [(Access::Write, &mut write), (Access::Read, &mut read)] {
                session.command("BEGIN")?;
                work(&mut PgTx::new(&mut session, &mut keys, access))?;
                session.command("ROLLBACK")?;
                keys.forget_fresh();
            }
            Ok(plans::explain(&mut session)?)
        })
    }
}

/// Brings both databases to this version; the names of the steps that were applied. A database with the sharding extension
/// gets its tables distributed.
///
/// # Errors
/// When a server cannot be reached or the database belongs to a newer version.
pub fn migrate(places: &Places) -> Result<Vec<String>, Fault> {
    let doors = doors(places)?;
    apart(|| {
        let mut applied = migrations::apply(&mut connected(&doors.1)?, migrations::KEYS)?;
        let mut main = connected(&doors.0)?;
        applied.extend(migrations::apply(&mut main, migrations::MAIN)?);
        distribute(&mut main)?;
        Ok(applied)
    })
}

/// Whether the key store holds any key: then a master key exists somewhere, and a new one could open nothing.
///
/// # Errors
/// When the server cannot be reached.
pub fn has_keys(places: &Places) -> Result<bool, Fault> {
    let doors = doors(places)?;
    apart(|| {
        Ok(!connected(&doors.1)?
            .rows("SELECT 1 FROM person_key LIMIT 1", &[])?
            .is_empty())
    })
}

/// What the server of the main database says of itself.
///
/// # Errors
/// When it cannot be reached.
pub fn server_facts(places: &Places) -> Result<ServerFacts, Fault> {
    let doors = doors(places)?;
    apart(|| {
        let mut session = connected(&doors.0)?;
        let rows = session.rows(
            "SELECT current_setting('server_version'), current_setting('fsync'),
                 (SELECT extversion FROM pg_extension WHERE extname = 'citus'),
                 pg_database_size(current_database())",
            &[],
        )?;
        let row = rows
            .first()
            .ok_or_else(|| Fault::Refused("the server says nothing of itself".into()))?;
        let read = || -> Result<ServerFacts, tokio_postgres::Error> {
            Ok(ServerFacts {
                version: row.try_get(0)?,
                is_durable: row.try_get::<_, String>(1)? == "on",
                sharding: row.try_get(2)?,
                bytes: crate::transaction::count(row.try_get(3)?),
            })
        };
        read().map_err(|error| Fault::Refused(error.to_string()))
    })
}

impl Store for PgStore {
    fn write(&self, office: OfficeId, work: Work) -> Done<'_> {
        enqueue(&self.writes, office, work)
    }

    fn read(&self, work: Work) -> Done<'_> {
        let lane = self.next_read.fetch_add(1, Ordering::Relaxed);
        enqueue(&self.reads, OfficeId(lane), work)
    }
}

impl Drop for PgStore {
    /// Finishes what waits, then closes.
    fn drop(&mut self) {
        self.writes.close();
        self.reads.close();
        for thread in self.threads.drain(..) {
            // A thread that panicked has told its jobs by dropping them.
            let _ = thread.join();
        }
    }
}

fn enqueue(lanes: &Lanes<Job>, office: OfficeId, work: Work) -> Done<'static> {
    let (tell, told) = oneshot::channel();
    // A store that is closing drops the job, and the waiting end hears of it.
    drop(lanes.push(office, Job { work, tell }));
    Box::pin(async move { told.await.unwrap_or(Err(Fault::Closed)) })
}

pub(crate) fn doors(places: &Places) -> Result<(Door, Door), Fault> {
    let certificates = places.certificates.as_ref();
    Ok((
        Door::new(&places.database, certificates)?,
        Door::new(&places.keys, certificates)?,
    ))
}

/// A session that is connected.
pub(crate) fn connected(door: &Door) -> Result<Session, Fault> {
    let mut session = Session::new(door.clone())?;
    session.connect().map_err(|trouble| match trouble {
        crate::trouble::Trouble::Lost(said) => Fault::Refused(format!(
            "{said}; is the server there, and may this machine connect to it?"
        )),
        other => other.into(),
    })?;
    Ok(session)
}

fn check(doors: &(Door, Door), sealer: &Sealer) -> Result<(), Fault> {
    let mut main = connected(&doors.0)?;
    migrations::check(&mut main, migrations::MAIN)?;
    ensure_move_finished(&mut main)?;
    migrations::check(&mut connected(&doors.1)?, migrations::KEYS)?;
    KeyRing::new(Session::new(doors.1.clone())?, sealer.clone(), KeyCache::default()).check_master_key()
}

/// Runs on a thread of its own: sessions wait by themselves, which a thread of the runtime must not.
pub(crate) fn apart<T: Send>(run: impl FnOnce() -> Result<T, Fault> + Send) -> Result<T, Fault> {
    std::thread::scope(|scope| {
        scope
            .spawn(run)
            .join()
            .unwrap_or_else(|_| Err(Fault::Broken("a panic while the database was opened".into())))
    })
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(run)
        .map_err(|error| Fault::Refused(error.to_string()))
}
