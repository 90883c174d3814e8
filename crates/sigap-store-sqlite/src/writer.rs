//! The one writer: takes all waiting functions, runs each in a savepoint, commits them together, then tells each.
//!
//! Group commit has no timer: the next batch grows while the last one syncs.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use rusqlite::Connection;
use sigap_core::ids::OfficeId;
use sigap_store::sealing::Sealer;
use sigap_store::store::{Done, Work};
use sigap_store::{Fault, Store};
use tokio::sync::oneshot;

use crate::connection::{Location, open, refused};
use crate::key_ring::KeyRing;
use crate::lanes::Lanes;
use crate::migrations;
use crate::transaction::SqliteTx;

/// Functions committed together at most: bounds the time the first of them waits for the last.
const BATCH_MAX: usize = 512;
/// Batches between two checkpoints by the checkpoint thread, so that they never stand in the commit path.
const BATCHES_PER_CHECKPOINT: u32 = 50;

/// Where the two files are.
#[derive(Debug, Clone)]
pub struct Places {
    /// The main database.
    pub database: PathBuf,
    /// The key store.
    pub keys: PathBuf,
}

struct Job {
    work: Work,
    is_read: bool,
    tell: oneshot::Sender<Result<(), Fault>>,
}

struct Waiting {
    lanes: Lanes<Job>,
    is_closing: bool,
}

type Line = Arc<(Mutex<Waiting>, Condvar)>;

/// A SQLite database with its writer, its reader and its checkpoints.
pub struct SqliteStore {
    writes: Line,
    reads: Line,
    threads: Vec<JoinHandle<()>>,
    checkpoints: Option<mpsc::SyncSender<()>>,
    /// Keeps a database in memory alive while no thread has it open.
    _anchors: Vec<Mutex<Connection>>,
}

impl SqliteStore {
    /// Opens (and creates, and migrates) the two files.
    ///
    /// # Errors
    /// When a file cannot be opened or belongs to a newer version; `Fault::Sealed` when the keys in it were wrapped by
    /// another master key.
    pub fn open(places: &Places, sealer: &Sealer) -> Result<Self, Fault> {
        Self::start(
            &Location::File(places.database.clone()),
            &Location::File(places.keys.clone()),
            sealer,
        )
    }

    /// A store in memory, for tests; `name` keeps two of them apart.
    ///
    /// # Errors
    /// As `open`.
    pub fn in_memory(name: &str, sealer: &Sealer) -> Result<Self, Fault> {
        Self::start(
            &Location::Memory(format!("{name}-main")),
            &Location::Memory(format!("{name}-keys")),
            sealer,
        )
    }

    fn start(main: &Location, keys: &Location, sealer: &Sealer) -> Result<Self, Fault> {
        let mut anchors = [open(main)?, open(keys)?];
        migrations::apply(&mut anchors[0], migrations::MAIN)?;
        migrations::apply(&mut anchors[1], migrations::KEYS)?;
        let (writes, reads) = (line(), line());
        let (checkpoint, due) = mpsc::sync_channel(1);
        let mut threads = Vec::new();

        let destroyed = Arc::default();
        let (db, ring, line) = (
            open(main)?,
            KeyRing::new(open(keys)?, sealer.clone()).sharing(&destroyed),
            Arc::clone(&writes),
        );
        ring.check_master_key()?;
        let ask = checkpoint.clone();
        threads.push(spawn("sigap-writer", move || run_writer(&line, &db, ring, &ask))?);

        // Connections to one database in memory lock each other's tables: there the writer reads too.
        let reads = if matches!(main, Location::Memory(_)) {
            Arc::clone(&writes)
        } else {
            reads
        };
        if matches!(main, Location::File(_)) {
            let (db, ring, line) = (
                open(main)?,
                KeyRing::new(open(keys)?, sealer.clone()).sharing(&destroyed),
                Arc::clone(&reads),
            );
            db.execute_batch("PRAGMA query_only = ON").map_err(refused)?;
            ring.connection()
                .execute_batch("PRAGMA query_only = ON")
                .map_err(refused)?;
            threads.push(spawn("sigap-reader", move || run_reader(&line, &db, ring))?);

            let (main, keys) = (open(main)?, open(keys)?);
            threads.push(spawn("sigap-checkpoint", move || {
                while due.recv().is_ok() {
                    for db in [&main, &keys] {
                        // A checkpoint that finds readers in its way is tried again at the next turn.
                        let _ = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
                    }
                }
            })?);
        }
        let anchors = anchors.into_iter().map(Mutex::new).collect();
        Ok(Self {
            writes,
            reads,
            threads,
            checkpoints: Some(checkpoint),
            _anchors: anchors,
        })
    }
}

impl Store for SqliteStore {
    fn write(&self, office: OfficeId, work: Work) -> Done<'_> {
        enqueue(&self.writes, office, work, false)
    }

    fn read(&self, work: Work) -> Done<'_> {
        enqueue(&self.reads, OfficeId(0), work, true)
    }
}

impl Drop for SqliteStore {
    /// Finishes what waits, then closes.
    fn drop(&mut self) {
        for line in [&self.writes, &self.reads] {
            lock(&line.0).is_closing = true;
            line.1.notify_all();
        }
        self.checkpoints = None;
        for thread in self.threads.drain(..) {
            // A thread that panicked has told its jobs by dropping them.
            let _ = thread.join();
        }
    }
}

fn line() -> Line {
    Arc::new((
        Mutex::new(Waiting {
            lanes: Lanes::new(),
            is_closing: false,
        }),
        Condvar::new(),
    ))
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(run)
        .map_err(|error| Fault::Refused(error.to_string()))
}

/// A poisoned line still holds whole jobs: a panic inside a job is caught before it could reach the lock.
fn lock(waiting: &Mutex<Waiting>) -> std::sync::MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

fn enqueue(line: &Line, office: OfficeId, work: Work, is_read: bool) -> Done<'static> {
    let (tell, told) = oneshot::channel();
    {
        let mut waiting = lock(&line.0);
        if !waiting.is_closing {
            waiting.lanes.push(office, Job { work, is_read, tell });
        }
    }
    line.1.notify_one();
    Box::pin(async move { told.await.unwrap_or(Err(Fault::Closed)) })
}

/// Waits for work; `None` when the store closes and nothing waits.
fn take_batch(line: &Line, most: usize) -> Option<Vec<Job>> {
    let mut waiting = lock(&line.0);
    while waiting.lanes.is_empty() {
        if waiting.is_closing {
            return None;
        }
        waiting = line.1.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
    Some(std::iter::from_fn(|| waiting.lanes.pop()).take(most).collect())
}

fn run_writer(line: &Line, db: &Connection, mut keys: KeyRing, checkpoint: &mpsc::SyncSender<()>) {
    let mut batches = 0_u32;
    while let Some(mut jobs) = take_batch(line, BATCH_MAX) {
        let results = commit_batch(db, &mut keys, &mut jobs);
        for (job, result) in jobs.into_iter().zip(results) {
            // Whoever no longer waits does not want to know.
            let _ = job.tell.send(result);
        }
        batches += 1;
        if batches >= BATCHES_PER_CHECKPOINT {
            batches = 0;
            // A full channel means that a checkpoint is under way.
            let _ = checkpoint.try_send(());
        }
    }
    // Leave a file without a log behind, for whoever copies it.
    let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    let _ = keys
        .connection()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

/// Commits a batch, as a whole where it can be: savepoints cost a copy of every page they touch, and almost no work
/// fails. When one does, all are run again with a savepoint each; when even that does not commit, each alone.
fn commit_batch(db: &Connection, keys: &mut KeyRing, jobs: &mut [Job]) -> Vec<Result<(), Fault>> {
    let fault = match commit_together(db, keys, jobs, Undo::Batch) {
        Ok(results) => return results,
        Err(fault) => fault,
    };
    if jobs.len() == 1 {
        return vec![Err(fault)];
    }
    commit_together(db, keys, jobs, Undo::Work).unwrap_or_else(|_| {
        jobs.iter_mut()
            .map(|job| {
                commit_together(db, keys, std::slice::from_mut(job), Undo::Batch)?
                    .pop()
                    .unwrap_or(Err(Fault::Closed))
            })
            .collect()
    })
}

/// What a failing work undoes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undo {
    /// Itself, by a savepoint.
    Work,
    /// The whole batch, which then runs again.
    Batch,
}

/// One transaction around all jobs: what became of each, or the fault for which none was committed.
fn commit_together(
    db: &Connection,
    keys: &mut KeyRing,
    jobs: &mut [Job],
    undo: Undo,
) -> Result<Vec<Result<(), Fault>>, Fault> {
    let outcome = (|| {
        db.prepare_cached("BEGIN IMMEDIATE")
            .and_then(|mut begin| begin.execute([]))
            .map_err(refused)?;
        let mut results = Vec::with_capacity(jobs.len());
        for job in jobs.iter_mut() {
            results.push(match undo {
                Undo::Work => run_in_savepoint(db, keys, job)?,
                Undo::Batch => Ok(run_job(db, keys, job)??),
            });
        }
        keys.commit_fresh()?;
        db.prepare_cached("COMMIT")
            .and_then(|mut commit| commit.execute([]))
            .map_err(refused)?;
        Ok(results)
    })();
    if outcome.is_err() {
        keys.forget_fresh();
        if !db.is_autocommit() {
            // If even this fails the connection is beyond help and every later job hears of it.
            let _ = db.execute_batch("ROLLBACK");
        }
    }
    outcome
}

fn run_in_savepoint(db: &Connection, keys: &mut KeyRing, job: &mut Job) -> Result<Result<(), Fault>, Fault> {
    let statement = |sql: &str| {
        db.prepare_cached(sql)
            .and_then(|mut run| run.execute([]))
            .map_err(refused)
    };
    statement("SAVEPOINT work")?;
    let doomed = keys.count_doomed();
    let result = run_job(db, keys, job)?;
    if result.is_err() {
        keys.spare(doomed);
        statement("ROLLBACK TO work")?;
    }
    statement("RELEASE work")?;
    Ok(result)
}

/// Runs a job's work. Reads of a database in memory share the writer's connection; there too they must not write.
fn run_job(db: &Connection, keys: &mut KeyRing, job: &mut Job) -> Result<Result<(), Fault>, Fault> {
    if !job.is_read {
        return Ok(run_caught(db, keys, &mut job.work));
    }
    refuse_writes(db, keys, true)?;
    let result = run_caught(db, keys, &mut job.work);
    refuse_writes(db, keys, false)?;
    Ok(result)
}

fn refuse_writes(db: &Connection, keys: &KeyRing, is_refusing: bool) -> Result<(), Fault> {
    for db in [db, keys.connection()] {
        db.pragma_update(None, "query_only", is_refusing).map_err(refused)?;
    }
    Ok(())
}

/// A panic in a rule is our bug, not the end of the service: it undoes its own work and is told as a fault.
fn run_caught(db: &Connection, keys: &mut KeyRing, work: &mut Work) -> Result<(), Fault> {
    let mut tx = SqliteTx {
        db,
        keys,
        refused: RefCell::default(),
    };
    let ended = catch_unwind(AssertUnwindSafe(|| work(&mut tx)))
        .unwrap_or_else(|_| Err(Fault::Broken("a panic inside a transaction".into())));
    match tx.refused.into_inner() {
        Some(fault) => ended.and(Err(fault)),
        None => ended,
    }
}

fn run_reader(line: &Line, db: &Connection, mut keys: KeyRing) {
    while let Some(jobs) = take_batch(line, 1) {
        for mut job in jobs {
            let result = db
                .execute_batch("BEGIN")
                .map_err(refused)
                .and_then(|()| run_caught(db, &mut keys, &mut job.work));
            if !db.is_autocommit() {
                // Only reads happened: there is nothing a failing rollback could lose.
                let _ = db.execute_batch("ROLLBACK");
            }
            let _ = job.tell.send(result);
        }
    }
}

#[cfg(test)]
mod tests;
