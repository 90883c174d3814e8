//! Reads uploaded reports off the threads that serve requests, a few at a time: a large one takes seconds and a hundred megabytes.

use std::sync::Arc;
use std::time::Duration;

use sigap_actions::ports::ReadReports;
use sigap_core::application::{Report, ReportKind, UnreadableFile};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Reports that one process takes in at a time.
const READ_AT_ONCE_MAX: usize = 2;
/// How long somebody waits for a turn.
const TURN: Duration = Duration::from_secs(20);

/// The reader, and whose turn it is.
pub struct ReportReader {
    reader: Arc<dyn ReadReports>,
    turns: Arc<Semaphore>,
}

/// The right to take a report in. Taken before its bytes are, so that those who wait cost no memory.
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl ReportReader {
    /// Over a reader.
    #[must_use]
    pub fn new(reader: Arc<dyn ReadReports>) -> Self {
        Self {
            reader,
            turns: Arc::new(Semaphore::new(READ_AT_ONCE_MAX)),
        }
    }

    /// Waits for a turn; `None` when too many others are before.
    pub(crate) async fn turn(&self) -> Option<Turn> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let permit = tokio::time::timeout(TURN, turn).await.ok()?.ok()?;
        Some(Turn { _permit: permit })
    }

    /// Reads a report; the bytes come back with it.
    pub(crate) async fn read(
        &self,
        _turn: &Turn,
        bytes: Vec<u8>,
        file: String,
        kind: Option<ReportKind>,
    ) -> (Vec<u8>, Result<Report, UnreadableFile>) {
        let reader = Arc::clone(&self.reader);
        let read = tokio::task::spawn_blocking(move || {
            let report = reader.read(&bytes, &file, kind);
            (bytes, report)
        });
        // A reader that panics has met a file that nobody can read.
        read.await.unwrap_or((Vec::new(), Err(UnreadableFile::Damaged)))
    }
}
