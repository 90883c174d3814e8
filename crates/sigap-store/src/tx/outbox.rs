//! Messages owed to people, from the moment they are owed until the last status about them.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, OutboxId, PersonId, ProcessId};

use crate::fault::Fault;
use crate::records::{ClaimedMessage, DeliveryStatus, OutboxRow, OutboxState};

/// Owing, claiming and settling messages.
pub trait Outbox {
    /// Owes a message; it is due at once, whatever the clocks of other processes say.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_owed(&mut self, office: OfficeId, row: &OutboxRow) -> Result<(), Fault>;

    /// Messages to this person that wait and were not attempted yet, oldest first: they may still be merged.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_mergeable(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<OutboxRow>, Fault>;

    /// Takes a waiting message out of the line: its words go out inside `into`. False when it does not wait any more or
    /// was attempted: then a copy of it may be under way.
    ///
    /// # Errors
    /// Storage faults only.
    fn merge_owed(&mut self, office: OfficeId, id: OutboxId, into: OutboxId) -> Result<bool, Fault>;

    /// Offices that have messages waiting or under way.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_offices_with_due(&mut self) -> Result<Vec<OfficeId>, Fault>;

    /// Claims due messages of an office, oldest first, at most one a person and none while another one to the same
    /// person is under way. Each is written as `sending` by this process, with its attempt counted, before it is
    /// returned; it comes due for settling at `settle_at` if nothing is heard. Two processes never claim the same message.
    ///
    /// # Errors
    /// Storage faults only.
    fn claim_due(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        settle_at: Timestamp,
        process: ProcessId,
        limit: usize,
    ) -> Result<Vec<ClaimedMessage>, Fault>;

    /// Messages `sending` or `unknown` whose time to settle has come: their process died, or Meta never said.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_unsettled(&mut self, office: OfficeId, now: Timestamp, limit: usize) -> Result<Vec<OutboxRow>, Fault>;

    /// Gives every message under way (`sending`, `unknown`) until `settle_at` at least to be settled by its status; how
    /// many it moved. A process that starts asks for it: statuses that nobody took while it was away still come.
    ///
    /// # Errors
    /// Storage faults only.
    fn postpone_settling(&mut self, office: OfficeId, settle_at: Timestamp) -> Result<usize, Fault>;

    /// What a process that fell silent has under way is settled at `settle_at` at the latest; how many messages that are.
    ///
    /// # Errors
    /// Storage faults only.
    fn take_over(&mut self, office: OfficeId, process: ProcessId, settle_at: Timestamp) -> Result<usize, Fault>;

    /// Meta answered 200 with this message id. The person's next message may go.
    ///
    /// # Errors
    /// Storage faults only.
    fn mark_accepted(&mut self, office: OfficeId, id: OutboxId, message_id: &str, now: Timestamp) -> Result<(), Fault>;

    /// Not attempted after all: as before the claim, and due again at `not_before`. Nothing happens to a message that is
    /// not `sending` by this process: another one may have taken it over.
    ///
    /// # Errors
    /// Storage faults only.
    fn unclaim(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    ) -> Result<(), Fault>;

    /// Not sent this time; due again at `not_before`. Nothing happens to a message that this process did not claim last.
    ///
    /// # Errors
    /// Storage faults only.
    fn put_back(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    ) -> Result<(), Fault>;

    /// Nobody said what became of it: due again at `now`. False, and nothing changed, when it was sent again `most` times
    /// for this reason already; attempts that certainly did not go out do not count here.
    ///
    /// # Errors
    /// Storage faults only.
    fn resend(&mut self, office: OfficeId, id: OutboxId, now: Timestamp, most: u32) -> Result<bool, Fault>;

    /// The outcome is not known; it is settled by a status, or looked at again at `settle_at`. Nothing happens to a message
    /// that this process did not claim last.
    ///
    /// # Errors
    /// Storage faults only.
    fn mark_unknown(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        settle_at: Timestamp,
    ) -> Result<(), Fault>;

    /// Ends a message: `Failed` or `Expired` (anything else is refused as `Fault::Broken`), with Meta's code if it had one.
    ///
    /// # Errors
    /// Storage faults only.
    fn give_up(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        state: OutboxState,
        error_code: Option<i64>,
        now: Timestamp,
    ) -> Result<(), Fault>;

    /// Writes a status if it ranks higher than what is known; true when it did. Any status ends the wait for an outcome.
    ///
    /// # Errors
    /// Storage faults only.
    fn apply_status(&mut self, office: OfficeId, status: &DeliveryStatus) -> Result<bool, Fault>;

    /// Notes that a message which left is paid for; true the first time, so that statuses in any order count it once.
    ///
    /// # Errors
    /// Storage faults only.
    fn mark_billed(&mut self, office: OfficeId, id: OutboxId) -> Result<bool, Fault>;

    /// One row, whatever its state.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_owed(&mut self, office: OfficeId, id: OutboxId) -> Result<Option<OutboxRow>, Fault>;
}
