//! One session with a server, used by one thread: statements prepared once, writes sent without waiting for each answer.
//!
//! A write whose count nobody asks for is put on the wire and its answer read later (pipelining): over a network that is
//! one way there and back less for each. The server works through them in order, so a later read sees them; an error of
//! one of them ends the transaction and is told at the next read or at the commit, whichever comes first. Reads that will
//! be asked for can be sent ahead in the same way.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
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

/// A write whose answer is not read yet, and the number of rows that whoever sent it took for granted.
struct UnderWay {
    answer: Answer<u64>,
    expected: Option<u64>,
}

/// A read sent ahead.
pub(crate) struct Ahead(Answer<Vec<Row>>);

/// A live connection.
struct Link {
    client: Arc<Client>,
    task: JoinHandle<()>,
    statements: HashMap<&'static str, Statement>,
    under_way: VecDeque<UnderWay>,
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
        })
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
        self.send(
            Box::pin(async move { client.batch_execute(sql).await.map(|()| 0) }),
            None,
        )
    }

    /// Runs statements without values, and everything before them, to the end.
    pub(crate) fn command(&mut self, sql: &str) -> Result<(), Trouble> {
        let client = self.client()?;
        let ended = self.wait(async move { client.batch_execute(sql).await });
        self.settle()?;
        ended
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
        self.send(
            Box::pin(async move { client.execute_raw(&statement, values).await }),
            expected,
        )
    }

    /// Sends a read whose rows are taken later, with `take`, or never.
    pub(crate) fn read_ahead(&mut self, sql: &'static str, values: Vec<Owned>) -> Result<Ahead, Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        let mut rows: Answer<Vec<Row>> =
            Box::pin(async move { client.query_raw(&statement, values).await?.try_collect().await });
        Ok(match rows.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(ended) => {
                let ended = ended?;
                Ahead(Box::pin(async move { Ok(ended) }))
            }
            Poll::Pending => Ahead(rows),
        })
    }

    /// The rows of a read sent ahead.
    pub(crate) fn take(&mut self, ahead: Ahead) -> Result<Vec<Row>, Trouble> {
        let ended = self.wait(ahead.0);
        self.settle()?;
        ended
    }

    /// Runs a write; the number of rows it changed.
    pub(crate) fn run(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<u64, Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        let ended = self.wait(async move { client.execute(&statement, values).await });
        self.settle()?;
        ended
    }

    /// Runs a statement and takes in its rows.
    pub(crate) fn rows(&mut self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Trouble> {
        let statement = self.prepared(sql)?;
        let client = self.client()?;
        let ended = self.wait(async move { client.query(&statement, values).await });
        self.settle()?;
        ended
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
        while let Some(sent) = self.link.as_mut().and_then(|link| link.under_way.pop_front()) {
            let count = self.wait(sent.answer)?;
            if sent.expected.is_some_and(|expected| expected != count) {
                return Err(Trouble::Conflict);
            }
        }
        Ok(())
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
        let prepared = self.wait(async move { client.prepare(sql).await });
        // An earlier write that failed is why this failed too.
        if prepared.is_err() {
            self.settle()?;
        }
        let statement = prepared?;
        if let Some(link) = &mut self.link {
            link.statements.insert(sql, statement.clone());
        }
        Ok(statement)
    }

    /// The first look at the answer is what puts the request on the wire's line.
    fn send(&mut self, mut answer: Answer<u64>, expected: Option<u64>) -> Result<(), Trouble> {
        match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(ended) => {
                ended?;
            }
            Poll::Pending => {
                if let Some(link) = &mut self.link {
                    link.under_way.push_back(UnderWay { answer, expected });
                    if link.under_way.len() >= UNDER_WAY_MAX {
                        self.settle()?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Waits for one answer, but not for ever.
    fn wait<T>(&mut self, answer: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Trouble> {
        let ended = self
            .runtime
            .block_on(async { tokio::time::timeout(CALL_MAX, answer).await });
        let trouble = match ended {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => Trouble::from(error),
            Err(_) => Trouble::silence(),
        };
        if matches!(trouble, Trouble::Lost(_)) {
            self.link = None;
        }
        Err(trouble)
    }
}
