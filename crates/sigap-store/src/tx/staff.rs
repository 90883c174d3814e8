//! People who work at an office: how they sign in, their sessions, the trail of what they did.

use jiff::Timestamp;
use sigap_core::ids::{CounterName, OfficeId, StaffId};

use crate::fault::Fault;
use crate::records::{ActRow, SessionRow, SignInQuestion, StaffRow};

/// Staff of an office.
pub trait StaffRecords {
    /// Adds somebody; false, and nothing changed, when the address is in use at this office.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_staff(&mut self, office: OfficeId, row: &StaffRow) -> Result<bool, Fault>;

    /// Somebody. Who may go on to change it keeps others from doing so until the transaction ends.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_staff(&mut self, office: OfficeId, id: StaffId) -> Result<Option<StaffRow>, Fault>;

    /// Who signs in under an address.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_staff_by_email(&mut self, office: OfficeId, email: &str) -> Result<Option<StaffId>, Fault>;

    /// Everybody, in the order in which they were added.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_staff(&mut self, office: OfficeId, limit: usize) -> Result<Vec<StaffRow>, Fault>;

    /// Replaces somebody. Id, address and time of adding stay. Nothing happens when there is no such row.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_staff(&mut self, office: OfficeId, row: &StaffRow) -> Result<(), Fault>;

    /// Keeps an enrolment link under the blind index of its token.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_enrolment(
        &mut self,
        office: OfficeId,
        token: &str,
        staff: StaffId,
        expires_at: Timestamp,
    ) -> Result<(), Fault>;

    /// Whose link it is, unless it is used or lapsed.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_enrolment(&mut self, office: OfficeId, token: &str, now: Timestamp) -> Result<Option<StaffId>, Fault>;

    /// Uses a link up: `None` when it is used or lapsed.
    ///
    /// # Errors
    /// Storage faults only.
    fn use_enrolment(&mut self, office: OfficeId, token: &str, now: Timestamp) -> Result<Option<StaffId>, Fault>;

    /// Keeps a question under the blind index of its token, sealed.
    ///
    /// # Errors
    /// Storage faults only; a token that stands already is one.
    fn insert_sign_in_question(&mut self, office: OfficeId, token: &str, row: &SignInQuestion) -> Result<(), Fault>;

    /// Takes the content of a question away, so that it is answered at most once: `None` when there is none of that token, or it is
    /// too old, and then it is gone as well.
    ///
    /// # Errors
    /// Storage faults only.
    fn take_sign_in_question(&mut self, office: OfficeId, token: &str, now: Timestamp)
    -> Result<Option<String>, Fault>;

    /// Removes questions that are too old, and of the others all but the `most` newest by their id; how many.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_sign_in_questions(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<u64, Fault>;

    /// Keeps a session under the blind index of its token.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_session(&mut self, office: OfficeId, token: &str, row: &SessionRow) -> Result<(), Fault>;

    /// The session of a token, whatever its time.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_session(&mut self, office: OfficeId, token: &str) -> Result<Option<SessionRow>, Fault>;

    /// Notes that a session was used, and at which counter.
    ///
    /// # Errors
    /// Storage faults only.
    fn note_session(
        &mut self,
        office: OfficeId,
        token: &str,
        now: Timestamp,
        counter: Option<CounterName>,
    ) -> Result<(), Fault>;

    /// Sessions of somebody, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_sessions(&mut self, office: OfficeId, staff: StaffId, limit: usize) -> Result<Vec<SessionRow>, Fault>;

    /// Ends a session of somebody; false when there is none of that number.
    ///
    /// # Errors
    /// Storage faults only.
    fn end_session(&mut self, office: OfficeId, staff: StaffId, id: i64) -> Result<bool, Fault>;

    /// Adds a line to the trail after the last one, with the hash that covers it; the line's place.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_act(
        &mut self,
        office: OfficeId,
        staff: StaffId,
        at: Timestamp,
        act: &str,
        subject: &str,
    ) -> Result<u64, Fault>;

    /// Lines of the trail from a place on, in order.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_acts(&mut self, office: OfficeId, from: u64, limit: usize) -> Result<Vec<ActRow>, Fault>;

    /// How many lines the trail has.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_acts(&mut self, office: OfficeId) -> Result<u64, Fault>;
}
