//! The satisfaction survey as the edges call it.

use jiff::civil::Date;
use sigap_core::ids::OfficeId;
use sigap_core::survey::Answers;
use sigap_store::Fault;

use super::Service;
use crate::authority::Officer;
use crate::survey::{Sent, SurveyState, SurveyView, answer_survey, view_answers, view_survey};

impl Service {
    /// Whether the visit of a ticket may be answered about; `None` for an address that is none.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_survey(&self, office: OfficeId, token: String) -> Result<Option<SurveyState>, Fault> {
        self.look(office, move |tx, ctx| view_survey(tx, ctx, &token)).await
    }

    /// Keeps answers, once for a visit; `None` for an address that is none.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn answer_survey(
        &self,
        office: OfficeId,
        token: String,
        answers: Answers,
        comment: String,
    ) -> Result<Option<Sent>, Fault> {
        self.act(office, move |tx, ctx| {
            answer_survey(tx, ctx, &token, &answers, &comment)
        })
        .await
    }

    /// The answers of a month; `None` without the right.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_answers(
        &self,
        office: OfficeId,
        who: Officer,
        month: Option<Date>,
    ) -> Result<Option<SurveyView>, Fault> {
        self.look(office, move |tx, ctx| view_answers(tx, ctx, &who, month))
            .await
    }
}
