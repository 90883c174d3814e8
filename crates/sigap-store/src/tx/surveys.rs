//! Answers to the satisfaction survey: one for a visit, found again by nobody.

use sigap_core::ids::OfficeId;
use sigap_core::survey::Tally;

use crate::fault::Fault;
use crate::records::SurveyRow;

/// Answers of an office.
pub trait Surveys {
    /// Keeps what was answered about the visit of a ticket; false, and nothing kept, when it was answered before. Only the blind index of
    /// the token is kept: nobody can go from an answer to a visit.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_survey(&mut self, office: OfficeId, token: &str, row: &SurveyRow) -> Result<bool, Fault>;

    /// Whether the visit of a ticket was answered about.
    ///
    /// # Errors
    /// Storage faults only.
    fn has_survey(&mut self, office: OfficeId, token: &str) -> Result<bool, Fault>;

    /// Answers of a month, added up by line.
    ///
    /// # Errors
    /// Storage faults only.
    fn sum_surveys(&mut self, office: OfficeId, month: &str) -> Result<Vec<(String, Tally)>, Fault>;

    /// Ideas of a month in words, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_survey_comments(&mut self, office: OfficeId, month: &str, limit: usize) -> Result<Vec<String>, Fault>;
}
