//! Notices of an office: its templates at Meta, its decisions, counts by month, and what waits for the morning.

use jiff::Timestamp;
use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::records::{HeldNotice, PlanRow, TemplateRow};

/// Records of notices.
pub trait Notices {
    /// Keeps a template; false, and nothing kept, when its revision is not the next one: somebody else changed it meanwhile.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_template(&mut self, office: OfficeId, row: &TemplateRow) -> Result<bool, Fault>;

    /// One template.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_template(
        &mut self,
        office: OfficeId,
        account: &str,
        name: &str,
        language: &str,
    ) -> Result<Option<TemplateRow>, Fault>;

    /// The templates of an office, by account, name and language.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_templates(&mut self, office: OfficeId, limit: usize) -> Result<Vec<TemplateRow>, Fault>;

    /// Keeps what an office decided; false, and nothing kept, when its revision is not the next one.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_notice_plan(&mut self, office: OfficeId, row: &PlanRow) -> Result<bool, Fault>;

    /// What an office decided.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_notice_plan(&mut self, office: OfficeId) -> Result<Option<PlanRow>, Fault>;

    /// Counts what became of one notice in a month (`2026-11`, the office's zone); the new count.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_notice(&mut self, office: OfficeId, month: &str, notice: &str, outcome: &str) -> Result<u64, Fault>;

    /// The counts of a month: notice, outcome, how many; by notice and outcome.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_notice_counts(
        &mut self,
        office: OfficeId,
        month: &str,
        limit: usize,
    ) -> Result<Vec<(String, String, u64)>, Fault>;

    /// Keeps a notice until the morning.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_held_notice(&mut self, office: OfficeId, held: &HeldNotice) -> Result<(), Fault>;

    /// Takes notices whose time has come, the longest waiting first; they are kept no more. What nobody can open any more, because the
    /// person was erased, is thrown away on the way and counts against the limit.
    ///
    /// # Errors
    /// Storage faults only.
    fn take_held_notices(&mut self, office: OfficeId, now: Timestamp, limit: usize) -> Result<Vec<HeldNotice>, Fault>;
}
