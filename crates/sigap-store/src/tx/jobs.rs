//! What is to be done later: jobs by time, links that were sent, signals for people to look at.

use jiff::Timestamp;
use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::records::{Job, LinkRow, Signal};

/// Jobs, links and signals.
pub trait Jobs {
    /// Puts a job on the timetable; the same one twice is one.
    ///
    /// # Errors
    /// Storage faults only.
    fn schedule(&mut self, office: OfficeId, job: &Job) -> Result<(), Fault>;

    /// Jobs whose time has come, the most overdue first; kind and subject decide between equals.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_due_jobs(&mut self, office: OfficeId, now: Timestamp, limit: usize) -> Result<Vec<Job>, Fault>;

    /// Takes a job off the timetable, to be done in the same transaction; false when another process did.
    ///
    /// # Errors
    /// Storage faults only.
    fn finish_job(&mut self, office: OfficeId, job: &Job) -> Result<bool, Fault>;

    /// Keeps a link under the blind index of its token.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_link(&mut self, office: OfficeId, token: &str, link: &LinkRow) -> Result<(), Fault>;

    /// The link of a token, whatever its time.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_link(&mut self, office: OfficeId, token: &str) -> Result<Option<LinkRow>, Fault>;

    /// Uses a link up: false when it is used or lapsed.
    ///
    /// # Errors
    /// Storage faults only.
    fn use_link(&mut self, office: OfficeId, token: &str, now: Timestamp) -> Result<bool, Fault>;

    /// Keeps a signal; the row of the same kind, contact and day takes over the larger count and the later time.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_signal(&mut self, office: OfficeId, signal: &Signal) -> Result<(), Fault>;

    /// Signals from a day on, the newest first, numbers deciding between equals.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_signals(&mut self, office: OfficeId, since: i32, limit: usize) -> Result<Vec<Signal>, Fault>;
}
