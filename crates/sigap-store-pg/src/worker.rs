//! A thread with a session: takes the works of one office, runs them as one transaction, and knows what to do when the
//! server or the way to it gives trouble.
//!
//! Works that wait are committed together. One that fails undoes the whole; then each is run again alone. Alone it is
//! tried again after a conflict and on a new connection after a broken one. When the connection breaks between COMMIT and
//! its answer, the mark that the transaction wrote tells whether it happened: nothing is done twice, nothing reported as
//! undone that was done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use sigap_core::ids::OfficeId;
use sigap_store::Fault;
use sigap_store::store::Work;
use tokio::sync::oneshot;

use crate::key_ring::{KeyRing, KeyTrouble};
use crate::lanes::Lanes;
use crate::session::Session;
use crate::sweep::Sweep;
use crate::transaction::{Access, PgTx, owned};
use crate::trouble::Trouble;

/// Works committed together at most: bounds how long their locks are held.
const BATCH_MAX: usize = 64;
/// Runs of one work that meets conflicts, before its caller is told that the database is busy.
const CONFLICTS_MAX: u32 = 8;
/// Pauses between tries to connect: together about two seconds, so that a restart of the server is hardly noticed and
/// whoever waits for an answer hears in time that there is none.
const RECONNECT_PAUSES_MS: [u64; 7] = [20, 50, 100, 200, 400, 600, 700];
/// The same while the outcome of a commit is not known: about half a minute, a failover to a standby included.
const OUTCOME_PAUSES_MS: [u64; 12] = [0, 50, 200, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000, 5_000];
/// A transaction of many works does not wait for others' rows for longer than this: it would hold many rows meanwhile, and
/// two such transactions could wait for each other. Its works then run alone, with the patience of the connection.
const BEGIN_TOGETHER: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 100";
const BEGIN_ALONE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

const WRITE_MARK: &str = "INSERT INTO commit_mark (office_id, session_id, mark)
     VALUES ($1, $2, $3)
     ON CONFLICT (office_id, session_id) DO UPDATE SET mark = excluded.mark";
/// Waits for a transaction that is still at its end, since it holds the row; and writes, so that with a standby the answer
/// waits for it as a commit does.
const ASK_MARK: &str = "INSERT INTO commit_mark (office_id, session_id, mark, asked)
     VALUES ($1, $2, 0, 1)
     ON CONFLICT (office_id, session_id) DO UPDATE SET asked = commit_mark.asked + 1
     RETURNING mark";

/// A work and who waits for it.
pub(crate) struct Job {
    pub(crate) work: Work,
    pub(crate) tell: oneshot::Sender<Result<(), Fault>>,
}

/// How a transaction ended, when it did not commit.
enum Ended {
    /// A work failed by its own fault.
    Work(Fault),
    /// The server or the way to it; nothing was kept.
    Trouble(Trouble),
    /// The connection broke at the commit; the mark tells.
    Unknown { mark: i64 },
}

pub(crate) struct Worker {
    session: Session,
    keys: KeyRing,
    session_id: i64,
    last_mark: i64,
}

impl Worker {
    pub(crate) fn new(session: Session, keys: KeyRing, session_id: i64) -> Self {
        Self {
            session,
            keys,
            session_id,
            last_mark: 0,
        }
    }

    /// Works until the store closes.
    pub(crate) fn write(mut self, lanes: &Lanes<Job>, sweep: &Sweep) {
        while let Some(mut taken) = lanes.take(BATCH_MAX) {
            let jobs = std::mem::take(&mut taken.works);
            let works = jobs.len();
            self.serve(taken.office, jobs);
            sweep.count(works);
        }
    }

    /// Reads until the store closes.
    pub(crate) fn read(mut self, lanes: &Lanes<Job>) {
        while let Some(mut taken) = lanes.take(1) {
            for mut job in taken.works.drain(..) {
                let result = self.run_read(&mut job.work);
                // Whoever no longer waits does not want to know.
                let _ = job.tell.send(result);
            }
        }
    }

    fn serve(&mut self, office: OfficeId, mut jobs: Vec<Job>) {
        if jobs.len() > 1
            && self.connect().is_ok()
            && let Some(together) = self.commit_all(office, &mut jobs)
        {
            for job in jobs {
                let _ = job.tell.send(together.clone());
            }
            return;
        }
        let mut is_down = false;
        for mut job in jobs {
            // One wait for a server that is away is enough for all of them.
            let result = if is_down {
                Err(Fault::Busy)
            } else {
                self.commit_alone(office, &mut job.work)
            };
            is_down = result.is_err() && !self.session.is_connected();
            let _ = job.tell.send(result);
        }
    }

    /// One transaction around all jobs; how it ended for all of them, or `None` when none of them was kept and each may be
    /// run again alone.
    fn commit_all(&mut self, office: OfficeId, jobs: &mut [Job]) -> Option<Result<(), Fault>> {
        let works = jobs.iter_mut().map(|job| &mut job.work);
        match self.attempt(office, works, BEGIN_TOGETHER) {
            Ok(()) => Some(Ok(())),
            Err(Ended::Unknown { mark }) => match self.find_outcome(office, mark) {
                Some(true) => Some(Ok(())),
                Some(false) => None,
                // All of them may be in the database: run again they might be done twice. As in `commit_alone`.
                None => Some(Err(Fault::Busy)),
            },
            Err(Ended::Work(_) | Ended::Trouble(_)) => None,
        }
    }

    /// A transaction for one work, run again for as long as that can help.
    fn commit_alone(&mut self, office: OfficeId, work: &mut Work) -> Result<(), Fault> {
        let mut conflicts = 0;
        loop {
            self.connect()?;
            match self.attempt(office, std::iter::once(&mut *work), BEGIN_ALONE) {
                Ok(()) => return Ok(()),
                Err(Ended::Work(fault)) => return Err(fault),
                Err(Ended::Unknown { mark }) => match self.find_outcome(office, mark) {
                    Some(true) => return Ok(()),
                    Some(false) => {}
                    // Nobody can tell now. The work carries its own key against being done twice (a message its id), and
                    // whoever asked asks again.
                    None => return Err(Fault::Busy),
                },
                Err(Ended::Trouble(Trouble::Refused(said))) => return Err(Fault::Refused(said)),
                Err(Ended::Trouble(Trouble::Locked)) => return Err(Fault::Busy),
                Err(Ended::Trouble(Trouble::Conflict | Trouble::Lost(_))) => {}
            }
            conflicts += 1;
            if conflicts >= CONFLICTS_MAX {
                return Err(Fault::Busy);
            }
        }
    }

    fn run_read(&mut self, work: &mut Work) -> Result<(), Fault> {
        for _ in 0..CONFLICTS_MAX {
            self.connect()?;
            match self.attempt_read(work) {
                Ok(()) => return Ok(()),
                Err(Ended::Work(fault)) => return Err(fault),
                Err(Ended::Trouble(Trouble::Refused(said))) => return Err(Fault::Refused(said)),
                Err(Ended::Trouble(_) | Ended::Unknown { .. }) => {}
            }
        }
        Err(Fault::Busy)
    }

    /// One try of one transaction.
    fn attempt<'w>(
        &mut self,
        office: OfficeId,
        works: impl Iterator<Item = &'w mut Work>,
        begin: &'static str,
    ) -> Result<(), Ended> {
        let ended = self.run_works(works, begin, Access::Write).and_then(|has_written| {
            if has_written {
                self.commit(office)
            } else {
                self.session.command("COMMIT").map_err(Ended::Trouble)
            }
        });
        if ended.is_err() {
            self.undo();
        }
        ended
    }

    fn attempt_read(&mut self, work: &mut Work) -> Result<(), Ended> {
        let ended = self
            .run_works(std::iter::once(work), BEGIN_READ, Access::Read)
            .map(|_| ());
        self.undo();
        ended
    }

    /// Begins and runs; whether anything was written.
    fn run_works<'w>(
        &mut self,
        works: impl Iterator<Item = &'w mut Work>,
        begin: &'static str,
        access: Access,
    ) -> Result<bool, Ended> {
        self.session.command_later(begin).map_err(Ended::Trouble)?;
        let mut tx = PgTx::new(&mut self.session, &mut self.keys, access);
        for work in works {
            // A panic in a rule is our bug, not the end of the service: it is told as a fault.
            let ended = catch_unwind(AssertUnwindSafe(|| work(&mut tx)))
                .unwrap_or_else(|_| Err(Fault::Broken("a panic inside a transaction".into())));
            if let Some(trouble) = tx.trouble.take() {
                return Err(Ended::Trouble(trouble));
            }
            ended.map_err(Ended::Work)?;
            tx.forget();
        }
        Ok(tx.has_written)
    }

    /// Keys first; then the mark and the commit, sent together.
    fn commit(&mut self, office: OfficeId) -> Result<(), Ended> {
        // What was sent and not yet answered must be done before anything is committed, keys included.
        self.session.settle().map_err(Ended::Trouble)?;
        self.keys.commit_fresh().map_err(|trouble| match trouble {
            KeyTrouble::Trouble(trouble) => Ended::Trouble(trouble),
            KeyTrouble::Fault(fault) => Ended::Work(fault),
        })?;
        self.last_mark += 1;
        let mark = self.last_mark;
        self.session
            .run_later(WRITE_MARK, owned![office.0, self.session_id, mark], None)
            .map_err(Ended::Trouble)?;
        self.session.command("COMMIT").map_err(|trouble| match trouble {
            Trouble::Lost(_) => Ended::Unknown { mark },
            refused => Ended::Trouble(refused),
        })
    }

    fn undo(&mut self) {
        self.keys.forget_fresh();
        if self.session.is_connected() && self.rollback().is_err() {
            // A connection that cannot even roll back is of no use; the server undoes what it had under way.
            self.session.disconnect();
        }
    }

    fn rollback(&mut self) -> Result<(), Trouble> {
        // Writes sent before may still answer with their own troubles: they are undone, whatever they say.
        while self.session.settle().is_err() && self.session.is_connected() {}
        self.session.command("ROLLBACK")
    }

    /// Whether a commit whose answer was lost happened; `None` when the server does not tell in time.
    fn find_outcome(&mut self, office: OfficeId, mark: i64) -> Option<bool> {
        self.session.disconnect();
        for pause in OUTCOME_PAUSES_MS {
            self.session.pause(Duration::from_millis(pause));
            if self.session.connect().is_err() {
                continue;
            }
            let asked = self.session.rows(ASK_MARK, &[&office.0, &self.session_id]);
            match asked.ok().and_then(|rows| rows.first()?.try_get::<_, i64>(0).ok()) {
                Some(found) => return Some(found == mark),
                None => self.session.disconnect(),
            }
        }
        tracing::error!(
            office = office.0,
            "the outcome of a commit is not known: the database does not answer"
        );
        None
    }

    fn connect(&mut self) -> Result<(), Fault> {
        if self.session.connect().is_ok() {
            return Ok(());
        }
        let mut last = Trouble::silence();
        for pause in RECONNECT_PAUSES_MS {
            self.session.pause(Duration::from_millis(pause));
            match self.session.connect() {
                Ok(()) => return Ok(()),
                Err(Trouble::Refused(said)) => return Err(Fault::Refused(said)),
                Err(trouble) => last = trouble,
            }
        }
        if let Trouble::Lost(said) = &last {
            tracing::error!(said, "no connection to the database");
        }
        Err(last.into())
    }
}
