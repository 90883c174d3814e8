//! People and the identifiers they write from. One person may have several; two persons are never merged silently.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_core::person::Contact;

use crate::fault::Fault;

/// Finding and keeping persons of an office.
pub trait People {
    /// The person behind these identifiers: by user id, else by parent id, else by phone.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_person(&mut self, office: OfficeId, contact: &Contact) -> Result<Option<PersonId>, Fault>;

    /// As `find_person`; a stranger is kept under `new_id` with a key of their own. Identifiers not seen before are
    /// attached to the person found; an identifier that belongs to somebody else stays there. Another user id than the one
    /// known may be a new owner of the phone number: bindings of the person end. The person is held, as by `hold_person`.
    ///
    /// # Errors
    /// Storage faults only.
    fn ensure_person(
        &mut self,
        office: OfficeId,
        contact: &Contact,
        new_id: PersonId,
        now: Timestamp,
    ) -> Result<PersonId, Fault>;

    /// Keeps a person to this transaction: another one that holds or ensures the same person waits until this one has
    /// ended, and then sees what it did. False for a stranger, whom nobody can hold.
    ///
    /// # Errors
    /// Storage faults only; `Fault::Busy` when the wait was too long.
    fn hold_person(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault>;

    /// How the person wrote last.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_contact(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Contact>, Fault>;

    /// Moves a person to new identifiers (new phone number, new user id): the dialogue goes along, proofs do not:
    /// bindings of the person end. Returns the person when one was found under the previous identifiers.
    ///
    /// # Errors
    /// Storage faults only.
    fn move_person(
        &mut self,
        office: OfficeId,
        previous: &Contact,
        current: &Contact,
        now: Timestamp,
    ) -> Result<Option<PersonId>, Fault>;

    /// No notices any more, or again.
    ///
    /// # Errors
    /// Storage faults only.
    fn set_opt_out(&mut self, office: OfficeId, person: PersonId, is_opted_out: bool) -> Result<(), Fault>;

    /// Whether the person asked for no notices.
    ///
    /// # Errors
    /// Storage faults only.
    fn has_opted_out(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault>;
}
