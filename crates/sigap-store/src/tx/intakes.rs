//! What people of a booking give ahead of their visit.

use jiff::civil::Date;
use sigap_core::ids::{BookingId, IntakeId, OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::IntakeRow;

/// Intakes of an office. Of somebody who was erased there are none.
pub trait Intakes {
    /// Keeps a new intake.
    ///
    /// # Errors
    /// Storage faults; `Fault::Refused` when that person of the booking has one.
    fn insert_intake(&mut self, office: OfficeId, row: &IntakeRow) -> Result<(), Fault>;

    /// The intake of this number.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_intake(&mut self, office: OfficeId, id: IntakeId) -> Result<Option<IntakeRow>, Fault>;

    /// The intake of one of a booking's people.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_intake_of(&mut self, office: OfficeId, booking: BookingId, place: u8) -> Result<Option<IntakeRow>, Fault>;

    /// Replaces day, state, time and content of the version that was read; false when it was changed since, or is gone.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_intake(&mut self, office: OfficeId, row: &IntakeRow) -> Result<bool, Fault>;

    /// Intakes of a day, by number.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_intakes(&mut self, office: OfficeId, day: Date, limit: usize) -> Result<Vec<IntakeRow>, Fault>;

    /// Intakes of a person, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_intakes_of(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<IntakeRow>, Fault>;

    /// Forgets an intake; false when there was none. Its files are forgotten by themselves.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_intake(&mut self, office: OfficeId, id: IntakeId) -> Result<bool, Fault>;
}
