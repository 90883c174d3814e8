//! Rows of what waits come and go, and the dead ones stay in the way of each claim until they are cleared. The server does that
//! once a minute at best (`autovacuum_naptime`); at 500 messages a second a claim then steps over tens of thousands. So each
//! process clears the few small tables itself, after so many works.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::session::Session;

/// Works between two times. A thousand messages leave about five thousand dead rows: a few milliseconds of clearing.
const EVERY: usize = 1_000;
/// The tables in which rows live for seconds, or are changed with each work. Who comes while another process clears leaves it
/// at that.
const CLEAR: &str = "VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON) due, owed, job, quota";

/// Counts works and says when to clear.
pub(crate) struct Sweep {
    works: AtomicUsize,
    ask: SyncSender<()>,
}

impl Sweep {
    /// The counter, and where it asks.
    pub(crate) fn new() -> (Self, Receiver<()>) {
        let (ask, asked) = sync_channel(1);
        let works = AtomicUsize::new(0);
        (Self { works, ask }, asked)
    }

    /// So many works were committed.
    pub(crate) fn count(&self, works: usize) {
        let before = self.works.fetch_add(works, Ordering::Relaxed);
        if before / EVERY != before.wrapping_add(works) / EVERY {
            // One that is under way is enough.
            let _ = self.ask.try_send(());
        }
    }
}

/// Clears whenever it is asked, until the store closes. A server that is away, or a table in use, is nothing to tell: it is
/// tried again after as many works.
pub(crate) fn clear(mut session: Session, asked: &Receiver<()>) {
    while asked.recv().is_ok() {
        if session.connect().and_then(|()| session.command(CLEAR)).is_err() {
            session.disconnect();
        }
    }
}
