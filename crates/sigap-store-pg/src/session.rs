//! One session with a server, used by one thread: statements prepared once, writes sent without waiting for each answer.
//!
//! A write whose count nobody asks for is put on the wire and its answer read later (pipelining): over a network that is
//! one way there and back less for each. The server works through them in order, so a later read sees them; an error of
//! one of them ends the transaction and is told at the next read or at the commit, whichever comes first. Reads that will
//! be asked for can be sent ahead in the same way.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::TryStreamExt;
use sigap_store::Fault;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

use crate::connection::{Door, check_server};
use crate::trouble::Trouble;

/// How long one call may take as we see it. Longer than the server's own time-outs, so that this one means a server or a
/// network that says nothing at all. The connection is then dropped without a cancel request: a cancelled wait for a
/// standby would report success for a commit that only one machine has.
const CALL_MAX: Duration = Duration::from_secs(20);
/// Writes under way at once; then their answers are waited for, so that neither side's buffers grow without end.
const UNDER_WAY_MAX: usize = 512;

/// A value to be sent later.
pub(crate) type Owned = Box<dyn ToSql + Sync + Send>;

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, tokio_postgres::Error>> + Send>>;

/// Where the rows of a read sent ahead are put when they come.
type Slot = Arc<Mutex<Option<Result<Vec<Row>, Trouble>>>>;

/// A read sent ahead.
pub(crate) struct Ahead(Slot);

/// What was sent and is not answered yet.
enum UnderWay {
    /// A write, and the number of rows that whoever sent it took for granted.
    Write {
        answer: Answer<u64>,
        expected: Option<u64>,
    },
    Read {
        answer: Answer<Vec<Row>>,
        slot: Slot,
    },
}

impl UnderWay {
    /// Looks whether the answer is there; then says what trouble it tells, if any.
    fn look(&mut self, cx: &mut Context<'_>) -> Poll<Option<Trouble>> {
        match self {
            Self::Write { answer, expected } => answer.as_mut().poll(cx).map(|ended| match ended {
                // Somebody else was faster.
                Ok(count) if expected.is_some_and(|expected| expected != count) => Some(Trouble::Conflict),
                Ok(_) => None,
                Err(error) => Some(error.into()),
            }),
            Self::Read { answer, slot } => answer.as_mut().poll(cx).map(|rows| {
                *lock(slot) = Some(rows.map_err(Trouble::from));
                None
            }),
        }
    }
}

/// A slot is only ever used by the session's own thread.
fn lock(slot: &Slot) -> MutexGuard<'_, Option<Result<Vec<Row>, Trouble>>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A live connection.
struct Link {
    client: Arc<Client>,
    task: JoinHandle<()>,
    statements: HashMap<&'static str, Statement>,
    /// In the order in which they were sent, which is the order of the answers.
    under_way: VecDeque<UnderWay>,
    /// The first trouble with one of them; told by the next call that waits.
    trouble: Option<Trouble>,
}

impl Link {
    /// Takes in the answers that are there, in their order. The driver reads no further while an answer of several parts
    /// is not taken in; so whoever waits for a later one must take in all before it.
    fn take_in(&mut self, cx: &mut Context<'_>) {
        while let Some(first) = self.under_way.front_mut() {
            let Poll::Ready(trouble) = first.look(cx) else { return };
            self.under_way.pop_front();
            if let Some(trouble) = trouble {
                self.trouble.get_or_insert(trouble);
            }
        }
    }
}

impl Drop for Link {
    /// Closes the socket at once: waiting for the answers of a server that is gone would take for ever.
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) struct Session {
    runtime: Runtime,
    door: Door,
    link: Option<Link>,
    patience: Duration,
}

impl Session {
    /// A session that connects when it is first used.
    pub(crate) fn new(door: Door) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::Refused(error.to_string()))?;
        Ok(Self {
            runtime,
            door,
            link: None,
            patience: CALL_MAX,
        })
    }

    /// Waits longer for one answer than a service may: for tests that fill a database.
    #[cfg(feature = "testing")]
    pub(crate) fn be_patient(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// Makes sure of a connection.
    pub(crate) fn connect(&mut self) -> Result<(), Trouble> {
        if self.link.as_ref().is_some_and(|link| !link.client.is_closed()) {
            return Ok(());
        }
        self.link = None;
        let door = &self.door;
        let connected = self.runtime.block_on(async {
            tokio::time::timeout(CALL_MAX, async {
                let (client, task) = door.connect().await?;
                check_server(&client).await?;
                Ok((client, task))
            })
            .await
            .unwrap_or_else(|_| Err(Trouble::silence()))
        });
        let (client, task) = connected?;
        self.link = Some(Link {
            client: Arc::new(client),
            task,
            statements: HashMap::new(),
            under_way: VecDeque::new(),
            trouble: None,
        });
        Ok(())
    }

    /// Drops the connection: what it had under way is the server's to undo.
    pub(crate) fn disconnect(&mut self) {
        self.link = None;
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.link.is_some()
    }

    /// Waits a little before the next try to connect.
    #[expect(
        clippy::disallowed_methods,
        reason = "a server that restarts needs its time; nothing tells us when it is back"
    )]
    pub(crate) fn pause(&self, pause: Duration) {
        if !pause.is_zero() {
            self.runtime.block_on(async { tokio::time::sleep(pause).await });
        }
    }

    /// Runs statements without values, as `BEGIN`, without waiting for the answer.
    pub(crate) fn command_later(&mut self, sql: &'static str) -> Result<(), Trouble> {
        let client = self.client()?;
        self.send(UnderWay::Write {
            answer: Box::pin(async move { client.batch_execute(sql).await.map(|()| 0) }),
            expected: None,
        })
    }

    /// Runs statements without values, and everything before them, to the end.
    pub(crate) fn command(&mut self, sql: &str) -> Result<(), Trouble> {
        let client = self.client()?;
        self.wait(async move { client.batch_execute(sql).await })
    }

    /// Sends a write whose count nobody asks for. When a count is expected and another one comes, somebody else was faster:
    /// that is a conflict.
    pub(crate) fn run_later(
        &mut self,
        sql: &'static str,
        values: Vec<Owned>,
        expected: Option<u64>,
    ) -> Result<(), Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        self.send(UnderWay::Write {
            answer: Box::pin(async move { client.execute_raw(&statement, values).await }),
            expected,
        })
    }

    /// Sends a read whose rows are taken later, with `take`, or never.
    pub(crate) fn read_ahead(&mut self, sql: &'static str, values: Vec<Owned>) -> Result<Ahead, Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        let slot = Slot::default();
        self.send(UnderWay::Read {
            answer: Box::pin(async move { client.query_raw(&statement, values).await?.try_collect().await }),
            slot: Arc::clone(&slot),
        })?;
        Ok(Ahead(slot))
    }

    /// The rows of a read sent ahead.
    pub(crate) fn take(&mut self, ahead: Ahead) -> Result<Vec<Row>, Trouble> {
        // The answers before it come first, and with it often what was sent behind it.
        self.wait_with(|_, _| match *lock(&ahead.0) {
            Some(_) => Poll::Ready(Ok(())),
            None => Poll::Pending,
        })?;
        let rows = lock(&ahead.0).take();
        rows.unwrap_or_else(|| Err(Trouble::Lost("no connection to the database".into())))
    }

    /// Runs a write; the number of rows it changed.
    pub(crate) fn run(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<u64, Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        self.wait(async move { client.execute(&statement, values).await })
    }

    /// Runs a statement and takes in its rows.
    pub(crate) fn rows(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        self.wait(async move { client.query(&statement, values).await })
    }

    /// Rows of a statement that is written at run time from names of `schema.txt` or of the server's own catalogue.
    pub(crate) fn rows_of(&mut self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Trouble> {
        let client = self.client()?;
        self.wait(async move { client.query(sql, values).await })
    }

    /// The answer of a statement without values, as text.
    pub(crate) fn texts(&mut self, sql: &str) -> Result<String, Trouble> {
        let client = self.client()?;
        let messages = self.wait(async move { client.simple_query(sql).await })?;
        Ok(crate::plans::text_of(&messages))
    }

    /// Waits for the answers of everything sent so far; the first error is the one that counts.
    pub(crate) fn settle(&mut self) -> Result<(), Trouble> {
        match &self.link {
            Some(link) if !link.under_way.is_empty() || link.trouble.is_some() => self.wait_with(|link, _| {
                if link.under_way.is_empty() {
                    Poll::Ready(Ok(()))
                } else {
                    Poll::Pending
                }
            }),
            _ => Ok(()),
        }
    }

    fn client(&self) -> Result<Arc<Client>, Trouble> {
        match &self.link {
            Some(link) => Ok(Arc::clone(&link.client)),
            None => Err(Trouble::Lost("no connection to the database".into())),
        }
    }

    fn prepared(&mut self, sql: &'static str) -> Result<Statement, Trouble> {
        if let Some(statement) = self.link.as_ref().and_then(|link| link.statements.get(sql)) {
            return Ok(statement.clone());
        }
        let client = self.client()?;
        let statement = self.wait(async move { client.prepare(sql).await })?;
        if let Some(link) = &mut self.link {
            link.statements.insert(sql, statement.clone());
        }
        Ok(statement)
    }

    /// The first look at an answer is what puts its request on the wire's line.
    fn send(&mut self, mut sent: UnderWay) -> Result<(), Trouble> {
        let Some(link) = &mut self.link else {
            return Err(Trouble::Lost("no connection to the database".into()));
        };
        match sent.look(&mut Context::from_waker(Waker::noop())) {
            // Nothing is answered at once; what could not be sent fails at once.
            Poll::Ready(Some(trouble)) => return Err(trouble),
            Poll::Ready(None) => {}
            Poll::Pending => link.under_way.push_back(sent),
        }
        if link.under_way.len() >= UNDER_WAY_MAX {
            self.settle()?;
        }
        Ok(())
    }

    /// Waits for one answer, and so for all before it.
    fn wait<T>(&mut self, answer: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Trouble> {
        let mut answer = std::pin::pin!(answer);
        // Looked at before it is waited for, so that its request stands in line.
        self.wait_with(|_, cx| answer.as_mut().poll(cx))
    }

    /// Waits until `look` is content, but not for ever. A trouble with anything sent before comes first: it is why the rest
    /// failed.
    fn wait_with<T>(
        &mut self,
        mut look: impl FnMut(&Link, &mut Context<'_>) -> Poll<Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Trouble> {
        let patience = self.patience;
        let Some(link) = &mut self.link else {
            return Err(Trouble::Lost("no connection to the database".into()));
        };
        let ended = self.runtime.block_on(async {
            let all = std::future::poll_fn(|cx| {
                let ended = look(link, cx);
                link.take_in(cx);
                // What was taken in may be what is waited for.
                if ended.is_pending() { look(link, cx) } else { ended }
            });
            tokio::time::timeout(patience, all).await
        });
        let ended = match (link.trouble.take(), ended) {
            (Some(trouble), _) => Err(trouble),
            (None, Ok(ended)) => ended.map_err(Trouble::from),
            (None, Err(_)) => Err(Trouble::silence()),
        };
        if matches!(ended, Err(Trouble::Lost(_))) {
            self.link = None;
        }
        ended
    }
}
