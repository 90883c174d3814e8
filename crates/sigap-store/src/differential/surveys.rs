//! Calls about the satisfaction survey.

use sigap_core::ids::OfficeId;
use sigap_core::survey::Answers;

use super::op::{self, Kind, plain};
use crate::fault::Fault;
use crate::records::SurveyRow;
use crate::tx::Tx;

const MONTHS: [&str; 2] = ["2026-11", "2026-12"];

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertSurvey {
        token: i64,
        id: i64,
        month: &'static str,
        line: &'static str,
        answers: Answers,
        comment: &'static str,
    },
    HasSurvey {
        token: i64,
    },
    SumSurveys {
        month: &'static str,
    },
    ListSurveyComments {
        month: &'static str,
        limit: usize,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::may_write("insert_survey", 6, |s| {
        let answer = s.chance.pick(&[None, Some(1), Some(4)]);
        let mut answers = [answer; 9];
        answers[3] = s.chance.pick(&[None, Some(2), Some(3)]);
        Call::InsertSurvey {
            token: s.id(),
            id: s.id(),
            month: s.chance.pick(&MONTHS),
            line: s.word(),
            answers,
            comment: s.text(),
        }
        .into()
    }),
    Kind::reads("has_survey", 2, |s| Call::HasSurvey { token: s.id() }.into()),
    Kind::reads("sum_surveys", 2, |s| {
        Call::SumSurveys {
            month: s.chance.pick(&MONTHS),
        }
        .into()
    }),
    Kind::reads("list_survey_comments", 2, |s| {
        Call::ListSurveyComments {
            month: s.chance.pick(&MONTHS),
            limit: s.limit(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Surveys(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertSurvey {
                token,
                id,
                month,
                line,
                answers,
                comment,
            } => {
                let row = SurveyRow {
                    id,
                    month: month.into(),
                    line: line.into(),
                    answers,
                    comment: comment.into(),
                };
                tx.insert_survey(office, &token.to_string(), &row).map(plain)
            }
            Self::HasSurvey { token } => tx.has_survey(office, &token.to_string()).map(plain),
            Self::SumSurveys { month } => tx.sum_surveys(office, month).map(plain),
            Self::ListSurveyComments { month, limit } => tx.list_survey_comments(office, month, limit).map(plain),
        }
    }
}

/// Every sum and every idea.
pub(super) fn questions() -> Vec<op::Call> {
    let of_months = MONTHS.into_iter().flat_map(|month| {
        [
            Call::SumSurveys { month },
            Call::ListSurveyComments { month, limit: 200 },
        ]
    });
    of_months.map(Into::into).collect()
}
