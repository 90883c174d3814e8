//! Everything that is kept about one person: listed for them, and erased.
//!
//! An erasure has two steps, each a transaction of its own: first the rows (`erase_person`), then the key (`destroy_key`). Between them
//! every row that can be read still has its key; after them nothing can be sealed or opened for this person any more. What was said stays
//! as rows without content, which `erase_messages` empties in portions: they are many, and unreadable since the key is gone.

use jiff::Timestamp;
use sigap_core::ids::{ApplicationNumber, OfficeId, OutboxId, PersonId};

use crate::fault::Fault;
use crate::records::{ErasedRows, GuessKind, IdentityKey, InboxContent, MessageSpan, OutboxRow, VisitRow};

/// What is kept about a person.
pub trait OwnData {
    /// The applications to which the person's phone is bound, the newest binding first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_bound(
        &mut self,
        office: OfficeId,
        person: PersonId,
        limit: usize,
    ) -> Result<Vec<(ApplicationNumber, Timestamp)>, Fault>;

    /// Visits of the person, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_visits_of(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<VisitRow>, Fault>;

    /// What the person sent since then and is kept, the newest first. Reads all messages of the office since then.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_received_of(
        &mut self,
        office: OfficeId,
        person: PersonId,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<(Timestamp, InboxContent)>, Fault>;

    /// What the person was sent or is owed, with ids from `first` on, the newest first. Reads all messages of the office from there on.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_owed_to(
        &mut self,
        office: OfficeId,
        person: PersonId,
        first: OutboxId,
        limit: usize,
    ) -> Result<Vec<OutboxRow>, Fault>;

    /// When the person was met first; `None` for a stranger.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_met_at(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Timestamp>, Fault>;

    /// Takes away all by which the person is found, and empties what is sealed under their key, messages that were answered or sent
    /// excepted. What waits to be sent ends as expired. Rows that are counted stay: bookings, visits, cases with their lines. Whoever
    /// holds the person is waited for. May be repeated.
    ///
    /// # Errors
    /// Storage faults only.
    fn erase_person(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<ErasedRows, Fault>;

    /// Destroys the key of a person for ever, so that copies of the database hold nothing of them either; the key store notes that it was
    /// there. May be repeated. Comes after `erase_person`, in a transaction of its own: what is sealed for this person afterwards is kept
    /// without content.
    ///
    /// # Errors
    /// Storage faults only.
    fn destroy_key(&mut self, office: OfficeId, person: PersonId) -> Result<(), Fault>;

    /// Empties messages of an erased person in a span of the office's messages; how many had content.
    ///
    /// # Errors
    /// Storage faults only.
    fn erase_messages(&mut self, office: OfficeId, person: PersonId, span: MessageSpan) -> Result<u64, Fault>;

    /// Forgets what is remembered of a person and a service, when a visit was last missed at `until` or before, or never; false when there
    /// is nothing, or it has to stay.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_standing(&mut self, key: IdentityKey, service: &str, until: Timestamp) -> Result<bool, Fault>;

    /// Forgets guesses of a kind that were counted before that day (days since 1970 at the office); how many rows.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_guesses(&mut self, office: OfficeId, kind: GuessKind, before: i32) -> Result<u64, Fault>;
}
