//! Cases: what citizens brought forward, who has it, and its story.

use sigap_core::ids::{CaseId, OfficeId, PersonId, StaffId};

use crate::fault::Fault;
use crate::records::{CaseEvent, CaseRow, Praise};

/// Cases of an office.
pub trait Cases {
    /// Opens a case. Id and number are its own.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_case(&mut self, office: OfficeId, row: &CaseRow) -> Result<(), Fault>;

    /// A case. Who may go on to change it keeps others from doing so until the transaction ends.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_case(&mut self, office: OfficeId, id: CaseId) -> Result<Option<CaseRow>, Fault>;

    /// The case of that number.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_case_by_number(&mut self, office: OfficeId, number: &str) -> Result<Option<CaseId>, Fault>;

    /// The case to which what a person writes goes, when an officer talks with them; the newest.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_talk(&mut self, office: OfficeId, person: PersonId) -> Result<Option<CaseId>, Fault>;

    /// Replaces a case when its version is still that of `row`, and counts the version on; false, and nothing changed, when somebody
    /// was first. Id, number, kind, person, rating, words and the time it was opened stay.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_case(&mut self, office: OfficeId, row: &CaseRow) -> Result<bool, Fault>;

    /// Cases of a person, newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_cases(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<CaseRow>, Fault>;

    /// Cases that are not ended: what is owed first comes first, those to which nothing is owed last, the oldest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_open_cases(&mut self, office: OfficeId, limit: usize) -> Result<Vec<CaseRow>, Fault>;

    /// As `list_open_cases`, of those that bear a tag.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_tagged_cases(&mut self, office: OfficeId, tag: &str, limit: usize) -> Result<Vec<CaseRow>, Fault>;

    /// Ended cases, the newest end first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_closed_cases(&mut self, office: OfficeId, limit: usize) -> Result<Vec<CaseRow>, Fault>;

    /// Adds a line to the story of a case; false when there is no such case.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_case_event(&mut self, office: OfficeId, event: &CaseEvent) -> Result<bool, Fault>;

    /// The story of a case, its newest lines in order.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_case_events(&mut self, office: OfficeId, case: CaseId, limit: usize) -> Result<Vec<CaseEvent>, Fault>;

    /// Lines of all stories of the office after one: it grows with every change of a case.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_case_events(&mut self, office: OfficeId, after: i64) -> Result<u64, Fault>;

    /// Notes that two persons are one and the same, from either side; may be repeated.
    ///
    /// # Errors
    /// Storage faults only.
    fn ensure_same(&mut self, office: OfficeId, one: PersonId, other: PersonId) -> Result<(), Fault>;

    /// They are two again; false when they were.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_same(&mut self, office: OfficeId, one: PersonId, other: PersonId) -> Result<bool, Fault>;

    /// Persons who are the same as this one, by their ids.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_same(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<PersonId>, Fault>;

    /// Passes praise on; false when it was before.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_praise(&mut self, office: OfficeId, praise: &Praise) -> Result<bool, Fault>;

    /// Praise of an officer, the newest case first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_praises(&mut self, office: OfficeId, staff: StaffId, limit: usize) -> Result<Vec<Praise>, Fault>;
}
