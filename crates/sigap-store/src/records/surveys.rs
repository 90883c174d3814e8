//! Answers to the satisfaction survey. Nothing in them says whose they are.

use sigap_core::survey::Answers;

/// What one visitor answered.
#[derive(Clone, PartialEq, Eq)]
pub struct SurveyRow {
    /// Time-ordered id.
    pub id: i64,
    /// The month at the office, `2026-11`.
    pub month: String,
    /// The line of the visit.
    pub line: String,
    /// The answers.
    pub answers: Answers,
    /// An idea in words, sealed under a key of the office; empty when there is none.
    pub comment: String,
}

impl std::fmt::Debug for SurveyRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SurveyRow")
            .field("id", &self.id)
            .field("month", &self.month)
            .field("line", &self.line)
            .field("answers", &self.answers)
            .finish_non_exhaustive()
    }
}
