//! The hall: visits, what happened to them, who works at which counter.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::ids::{BookingId, CounterName, OfficeId, PersonId, VisitId};
use sigap_core::queue::{TicketLabel, VisitState};

use crate::fault::Fault;
use crate::records::{CallRow, DeskRow, NearRow, VisitEvent, VisitRow, WaitingRow};

/// The hall of an office.
pub trait HallRecords {
    /// Keeps a new visit. Label and token are its own.
    ///
    /// # Errors
    /// Storage faults; `Fault::Refused` for a label or token that is in use.
    fn insert_visit(&mut self, office: OfficeId, row: &VisitRow) -> Result<(), Fault>;

    /// A visit. Who may go on to change it keeps others from doing so until the transaction ends.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_visit(&mut self, office: OfficeId, id: VisitId) -> Result<Option<VisitRow>, Fault>;

    /// The visit of a ticket's token.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_visit_by_token(&mut self, office: OfficeId, token: &str) -> Result<Option<VisitId>, Fault>;

    /// The visit of that label on that day.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_visit_by_label(
        &mut self,
        office: OfficeId,
        day: Date,
        label: TicketLabel,
    ) -> Result<Option<VisitId>, Fault>;

    /// The newest visit of a booking on a day.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_visit_of_booking(
        &mut self,
        office: OfficeId,
        day: Date,
        booking: BookingId,
    ) -> Result<Option<VisitId>, Fault>;

    /// The newest visit of a person.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_last_visit(&mut self, office: OfficeId, person: PersonId) -> Result<Option<VisitId>, Fault>;

    /// Calls whoever of these lines is next by credit to a counter, in one statement: two counters never get the same person, and
    /// none goes without while somebody waits. Whoever is held is passed over until `free_at`.
    ///
    /// # Errors
    /// Storage faults only.
    fn call_next(
        &mut self,
        office: OfficeId,
        day: Date,
        lines: &[&str],
        counter: CounterName,
        now: Timestamp,
    ) -> Result<Option<VisitId>, Fault>;

    /// Replaces a visit when it is in that state; false, and nothing changed, when somebody was first. Id, label, day, person and
    /// token stay.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_visit(&mut self, office: OfficeId, expected: VisitState, row: &VisitRow) -> Result<bool, Fault>;

    /// Who waits or is held, by number.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_waiting(&mut self, office: OfficeId, day: Date, limit: usize) -> Result<Vec<WaitingRow>, Fault>;

    /// Who is called next in a line, the first one first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_next(
        &mut self,
        office: OfficeId,
        day: Date,
        line: &str,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<NearRow>, Fault>;

    /// Visits of a day in one state, by number.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_visits(
        &mut self,
        office: OfficeId,
        day: Date,
        state: VisitState,
        limit: usize,
    ) -> Result<Vec<VisitRow>, Fault>;

    /// Visits of a day, by line and state.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_visits(&mut self, office: OfficeId, day: Date) -> Result<Vec<(String, VisitState, u64)>, Fault>;

    /// Lowers what a visit was told of people before it, and gives the lowest that was told: it never rises.
    ///
    /// # Errors
    /// Storage faults only.
    fn tell_ahead(&mut self, office: OfficeId, id: VisitId, ahead: u32) -> Result<u32, Fault>;

    /// Notes that somebody was told that the turn is near; false when it was noted before.
    ///
    /// # Errors
    /// Storage faults only.
    fn note_near_told(&mut self, office: OfficeId, id: VisitId) -> Result<bool, Fault>;

    /// Keeps what happened.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_visit_event(&mut self, office: OfficeId, event: &VisitEvent) -> Result<(), Fault>;

    /// What happened to a visit, in order.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_visit_events(&mut self, office: OfficeId, id: VisitId, limit: usize) -> Result<Vec<VisitEvent>, Fault>;

    /// Events of an office after one. It grows with every change of the hall, in whichever order transactions commit; the newest event
    /// does not tell: one that began earlier may commit later.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_visit_events(&mut self, office: OfficeId, after: i64) -> Result<u64, Fault>;

    /// Calls after an event, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_calls(&mut self, office: OfficeId, after: i64, limit: usize) -> Result<Vec<CallRow>, Fault>;

    /// Keeps how long a service took that began in this hour of the day.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_service_time(
        &mut self,
        office: OfficeId,
        line: &str,
        hour: u8,
        event: i64,
        seconds: u32,
    ) -> Result<(), Fault>;

    /// How long services of a line took in this hour of the day, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_service_times(&mut self, office: OfficeId, line: &str, hour: u8, limit: usize) -> Result<Vec<u32>, Fault>;

    /// Opens a counter or changes who works there.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_desk(&mut self, office: OfficeId, row: &DeskRow) -> Result<(), Fault>;

    /// Counters of a day, by number, those in a break as well.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_desks(&mut self, office: OfficeId, day: Date) -> Result<Vec<DeskRow>, Fault>;

    /// Closes a counter.
    ///
    /// # Errors
    /// Storage faults only.
    fn close_desk(&mut self, office: OfficeId, counter: CounterName) -> Result<(), Fault>;

    /// Takes a tap once: false when it was carried out before.
    ///
    /// # Errors
    /// Storage faults only.
    fn use_tap(&mut self, office: OfficeId, day: Date, tap: &str) -> Result<bool, Fault>;

    /// Forgets taps of days before one; how many.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_taps(&mut self, office: OfficeId, before: Date) -> Result<u64, Fault>;
}
