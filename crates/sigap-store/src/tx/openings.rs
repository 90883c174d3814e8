//! Special openings: how far their release is, and their waiting rooms.

use jiff::civil::Date;
use sigap_core::ids::{OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::{OpeningPhase, OpeningRow, Room};

/// Openings and waiting rooms.
pub trait Openings {
    /// Keeps an opening; false, and nothing changed, when it is known.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_opening(&mut self, office: OfficeId, row: &OpeningRow) -> Result<bool, Fault>;

    /// The opening of a service on a day.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_opening(&mut self, office: OfficeId, service: &str, day: Date) -> Result<Option<OpeningRow>, Fault>;

    /// Takes an opening to its next phase with what is published then; false, and nothing changed, when it is not in the
    /// phase `expected` any more.
    ///
    /// # Errors
    /// Storage faults only.
    fn advance_opening(&mut self, office: OfficeId, expected: OpeningPhase, row: &OpeningRow) -> Result<bool, Fault>;

    /// The integers of the waiting room of a known opening.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_room(&mut self, office: OfficeId, service: &str, day: Date) -> Result<Room, Fault>;

    /// Gives a person a ticket of the room, once: the known one again when the person has one. Tickets count from 0, those
    /// before the hour and those after it each for themselves; `is_before` says which kind it is.
    ///
    /// # Errors
    /// Storage faults; `Fault::Broken` when the opening is not known.
    fn take_ticket(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        person: PersonId,
        number: &str,
        is_before: bool,
    ) -> Result<(u64, bool), Fault>;

    /// Who has a ticket, and our number under which they wrote.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_guest(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        ticket: u64,
        is_before: bool,
    ) -> Result<Option<(PersonId, String)>, Fault>;

    /// Lets in everybody up to that place in line; false, and nothing changed, when as many or more are in.
    ///
    /// # Errors
    /// Storage faults only.
    fn let_in(&mut self, office: OfficeId, service: &str, day: Date, serving: u64) -> Result<bool, Fault>;
}
