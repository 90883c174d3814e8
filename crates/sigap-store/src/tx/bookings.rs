//! Bookings with their counted quotas, and what makes a person the same person over all offices.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::booking::slots::QuotaUse;
use sigap_core::booking::{BookingCode, BookingState, Identity};
use sigap_core::ids::{BookingId, OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::{BookingIdentity, BookingRow, IdentityKey, ReturnedPlaces, Standing, StandingChange};

/// Booking without overselling: places are counted in rows whose CHECK forbids more than the quota, and nothing is ever
/// decided by counting bookings.
pub trait Bookings {
    /// Takes places of a quota when so many are left under `cap` and the office has not stopped it; false changes nothing.
    /// The row is made with the first place; a later `cap` replaces the known one unless more is taken already.
    ///
    /// # Errors
    /// Storage faults only.
    fn take_places(&mut self, office: OfficeId, quota: &str, cap: u16, places: u16) -> Result<bool, Fault>;

    /// Gives places of a quota back.
    ///
    /// # Errors
    /// Storage faults; `Fault::Broken` when fewer are taken.
    fn give_back_places(&mut self, office: OfficeId, quota: &str, places: u16) -> Result<(), Fault>;

    /// Stops a quota for new bookings with a reason in the office's words, or (`None`) opens it again. What is booked stays.
    ///
    /// # Errors
    /// Storage faults only.
    fn stop_quota(&mut self, office: OfficeId, quota: &str, reason: Option<&str>) -> Result<(), Fault>;

    /// Quotas with names from `from` (inclusive) to `to` (exclusive), by name.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_quotas(
        &mut self,
        office: OfficeId,
        from: &str,
        to: &str,
        limit: usize,
    ) -> Result<Vec<(String, QuotaUse)>, Fault>;

    /// Keeps a new booking; false, and nothing changed, when its code is in use at this office.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_booking(&mut self, office: OfficeId, row: &BookingRow) -> Result<bool, Fault>;

    /// A booking. Who may go on to change it keeps others from doing so until the transaction ends.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_booking(&mut self, office: OfficeId, id: BookingId) -> Result<Option<BookingRow>, Fault>;

    /// The booking of that code at this office.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_booking_by_code(&mut self, office: OfficeId, code: &BookingCode) -> Result<Option<BookingId>, Fault>;

    /// Replaces a booking when it is in that state; false, and nothing changed, when somebody was first. Number, code,
    /// contact, service and time of making stay.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_booking(&mut self, office: OfficeId, expected: BookingState, row: &BookingRow) -> Result<bool, Fault>;

    /// Bookings under a contact, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_bookings(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<BookingRow>, Fault>;

    /// Bookings of a day in one state, by number, after a number: a draw's entries, a waiting list, the visits of a day.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_day(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        state: BookingState,
        after: BookingId,
        limit: usize,
    ) -> Result<Vec<BookingRow>, Fault>;

    /// Bookings and people of a day in one state.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_day(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        state: BookingState,
    ) -> Result<(u64, u64), Fault>;

    /// Places that bookings and returned places hold at an hour: equal to what its quota counts. For checks, not decisions.
    ///
    /// # Errors
    /// Storage faults only.
    fn sum_places(&mut self, office: OfficeId, service: &str, day: Date, starts_at: Timestamp) -> Result<u64, Fault>;

    /// Keeps places that were given back and still count as taken.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_returned(&mut self, office: OfficeId, returned: &ReturnedPlaces) -> Result<(), Fault>;

    /// Takes returned places out, once: `None` when somebody was first.
    ///
    /// # Errors
    /// Storage faults only.
    fn take_returned(&mut self, office: OfficeId, id: i64) -> Result<Option<ReturnedPlaces>, Fault>;

    /// The keyed hash of an identity.
    ///
    /// # Errors
    /// Storage faults only.
    fn identity_key(&mut self, identity: &Identity) -> Result<IdentityKey, Fault>;

    /// Claims a person for a booking of a service, for the whole nation. `None` when it is claimed now, or was by this
    /// booking before; else who has the claim. Two claims of one person at the same time: the later one waits.
    ///
    /// # Errors
    /// Storage faults only.
    fn claim_identity(
        &mut self,
        key: IdentityKey,
        service: &str,
        office: OfficeId,
        booking: BookingId,
    ) -> Result<Option<(OfficeId, BookingId)>, Fault>;

    /// Ends the claim of a booking; nothing happens when another one has it.
    ///
    /// # Errors
    /// Storage faults only.
    fn release_identity(
        &mut self,
        key: IdentityKey,
        service: &str,
        office: OfficeId,
        booking: BookingId,
    ) -> Result<(), Fault>;

    /// Keeps who a booking is for, as hashes; replaces what was known of the same positions.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_identities(
        &mut self,
        office: OfficeId,
        booking: BookingId,
        person: PersonId,
        identities: &[BookingIdentity],
    ) -> Result<(), Fault>;

    /// Who a booking is for, by position.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_identities(&mut self, office: OfficeId, booking: BookingId) -> Result<Vec<BookingIdentity>, Fault>;

    /// Different contacts at this office that booked for somebody of the same name and birth date.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_contacts_alike(&mut self, office: OfficeId, alike: IdentityKey) -> Result<u64, Fault>;

    /// Different people, by name and birth date, for whom a contact booked.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_people_of(&mut self, office: OfficeId, person: PersonId) -> Result<u64, Fault>;

    /// What is remembered of a person and a service; the default when nothing is.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_standing(&mut self, key: IdentityKey, service: &str) -> Result<Standing, Fault>;

    /// Changes what is remembered.
    ///
    /// # Errors
    /// Storage faults only.
    fn change_standing(&mut self, key: IdentityKey, service: &str, change: StandingChange) -> Result<(), Fault>;
}
