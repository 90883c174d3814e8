//! What an office owes and did: counters, the audit trail, paid messages, webhooks kept as they came.

use jiff::Timestamp;
use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::records::{AuditEntry, Backlog};

/// Records of an office.
pub trait OfficeRecords {
    /// The next value of a counter of this office, from 1 on. Undone with the transaction.
    ///
    /// # Errors
    /// Storage faults only.
    fn next_count(&mut self, office: OfficeId, counter: &str) -> Result<u64, Fault>;

    /// Adds a line to the audit trail.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_audit(&mut self, office: OfficeId, entry: &AuditEntry) -> Result<(), Fault>;

    /// The newest lines of the audit trail.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_audit(&mut self, office: OfficeId, limit: usize) -> Result<Vec<AuditEntry>, Fault>;

    /// Counts one delivered message of a pricing category in a month (`2026-11`, the account's zone); the new count.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_delivered(&mut self, office: OfficeId, number: &str, month: &str, category: &str) -> Result<u64, Fault>;

    /// Messages of a category delivered in a month.
    ///
    /// # Errors
    /// Storage faults only.
    fn sum_delivered(&mut self, office: OfficeId, number: &str, month: &str, category: &str) -> Result<u64, Fault>;

    /// Everything delivered in a month: number, category, messages; by number and category.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_delivered(
        &mut self,
        office: OfficeId,
        month: &str,
        limit: usize,
    ) -> Result<Vec<(String, String, u64)>, Fault>;

    /// Keeps a webhook, or a part of one, as it came: sealed, for people to look at.
    ///
    /// # Errors
    /// Storage faults only.
    fn keep_raw(&mut self, office: OfficeId, id: i64, reason: &str, raw: &str, now: Timestamp) -> Result<(), Fault>;

    /// How many webhooks were kept for this reason.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_raw(&mut self, office: OfficeId, reason: &str) -> Result<u64, Fault>;

    /// What waits in the whole installation.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_backlog(&mut self) -> Result<Backlog, Fault>;
}
