//! Figures: what is counted of a day from its rows, and the totals of days that are over. None of it opens what is sealed.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::cases::CaseKind;
use sigap_core::figures::{FirstAnswer, OpenCases, Part, VisitOfDay};
use sigap_core::ids::OfficeId;

use crate::fault::Fault;

/// Figures of an office.
pub trait Figures {
    /// Keeps the totals of a day; all that was kept of it before is gone.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_day_figures(&mut self, office: OfficeId, day: Date, figures: &[(String, u64)]) -> Result<(), Fault>;

    /// Totals from a day on, before another, added up by part (`2026-11-26` or `2026-11`) and name, in the order of both.
    ///
    /// # Errors
    /// Storage faults only.
    fn sum_day_figures(
        &mut self,
        office: OfficeId,
        from: Date,
        to: Date,
        part: Part,
        limit: usize,
    ) -> Result<Vec<(String, String, u64)>, Fault>;

    /// The newest day whose totals are kept.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_last_figures(&mut self, office: OfficeId) -> Result<Option<Date>, Fault>;

    /// The first day on which somebody came to the hall.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_first_visit(&mut self, office: OfficeId) -> Result<Option<Date>, Fault>;

    /// When the oldest message was sent.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_first_message(&mut self, office: OfficeId) -> Result<Option<Timestamp>, Fault>;

    /// Visits of a day, by the names of their states, then by line and number.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_visits_of_day(&mut self, office: OfficeId, day: Date, limit: usize) -> Result<Vec<VisitOfDay>, Fault>;

    /// Messages sent from a moment on, before another, and people who sent them; what needs no answer is left out.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_writers(&mut self, office: OfficeId, from: Timestamp, to: Timestamp) -> Result<(u64, u64), Fault>;

    /// People whose words went to an officer: who asked for one, whom the program could not answer, or who went on in a talk. `from`
    /// and `to` (not included) are ids of cases and of lines in their stories.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_handed_over(&mut self, office: OfficeId, from: i64, to: i64) -> Result<u64, Fault>;

    /// Cases with ids from one on, before another, by the names of their kinds.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_cases_opened(&mut self, office: OfficeId, from: i64, to: i64) -> Result<Vec<(CaseKind, u64)>, Fault>;

    /// First answers whose lines in the stories have ids from one on, before another, in their order.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_first_answers(
        &mut self,
        office: OfficeId,
        from: i64,
        to: i64,
        limit: usize,
    ) -> Result<Vec<FirstAnswer>, Fault>;

    /// Cases that are not ended, by the names of their kinds: how many there are, and how many are owed something that should have
    /// come by now.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_open_cases(&mut self, office: OfficeId, now: Timestamp) -> Result<Vec<OpenCases>, Fault>;

    /// Paid messages delivered from a month to another, both included, by category.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_delivered_months(&mut self, office: OfficeId, from: &str, to: &str) -> Result<Vec<(String, u64)>, Fault>;
}
