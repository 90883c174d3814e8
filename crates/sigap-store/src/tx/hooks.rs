//! Partners that are called when something happens.

use jiff::Timestamp;
use sigap_core::ids::{HookId, OfficeId};

use crate::fault::Fault;
use crate::records::{HookCall, HookRow};

/// Addresses of partners, and calls owed to them.
pub trait Hooks {
    /// Keeps a new address.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_hook(&mut self, office: OfficeId, row: &HookRow) -> Result<(), Fault>;

    /// The addresses of an office, the oldest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_hooks(&mut self, office: OfficeId, limit: usize) -> Result<Vec<HookRow>, Fault>;

    /// Changes what became of an address: heard, failed, stopped; false when there is none. The rest of it stays.
    ///
    /// # Errors
    /// Storage faults only.
    fn change_hook(&mut self, office: OfficeId, row: &HookRow) -> Result<bool, Fault>;

    /// Forgets an address; false when there is none.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_hook(&mut self, office: OfficeId, id: HookId) -> Result<bool, Fault>;

    /// Owes a call.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_hook_call(&mut self, office: OfficeId, call: &HookCall) -> Result<(), Fault>;

    /// Takes calls that are due, the longest due first: each counts one more attempt, and nobody else takes it before `until`.
    ///
    /// # Errors
    /// Storage faults only.
    fn claim_hook_calls(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<HookCall>, Fault>;

    /// Puts a call off; false when there is none.
    ///
    /// # Errors
    /// Storage faults only.
    fn postpone_hook_call(&mut self, office: OfficeId, id: i64, due_at: Timestamp) -> Result<bool, Fault>;

    /// Forgets a call: it was heard, or is given up; false when there is none.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_hook_call(&mut self, office: OfficeId, id: i64) -> Result<bool, Fault>;

    /// Calls that are owed.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_hook_calls(&mut self, office: OfficeId) -> Result<u64, Fault>;
}
