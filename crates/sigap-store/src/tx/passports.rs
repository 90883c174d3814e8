//! Finished passports, and whose phones are told of them.

use jiff::civil::Date;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::{PassportRow, PassportState};

/// The shelf of an office.
pub trait Passports {
    /// Keeps a finished passport; false, and nothing changed, when it is known. `key` names the key under which it is sealed.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_passport(&mut self, office: OfficeId, row: &PassportRow, key: PersonId) -> Result<bool, Fault>;

    /// A passport by its application. Who may go on to change it keeps others from doing so until the transaction ends.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_passport(&mut self, office: OfficeId, number: &ApplicationNumber) -> Result<Option<PassportRow>, Fault>;

    /// Replaces a passport when it is in that state; false, and nothing changed, when somebody was first.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_passport(&mut self, office: OfficeId, expected: PassportState, row: &PassportRow)
    -> Result<bool, Fault>;

    /// Passports in a state that were ready on that day or before, the oldest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_passports(
        &mut self,
        office: OfficeId,
        state: PassportState,
        until: Date,
        limit: usize,
    ) -> Result<Vec<PassportRow>, Fault>;

    /// Notes under which of our numbers a bound phone wrote.
    ///
    /// # Errors
    /// Storage faults only.
    fn note_binding_line(
        &mut self,
        office: OfficeId,
        person: PersonId,
        number: &ApplicationNumber,
        line: &str,
    ) -> Result<(), Fault>;

    /// Whose phones are bound to an application, as far as it is known from which of our numbers they are told.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_bound_lines(
        &mut self,
        office: OfficeId,
        number: &ApplicationNumber,
        limit: usize,
    ) -> Result<Vec<(PersonId, String)>, Fault>;
}
