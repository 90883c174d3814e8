//! The satisfaction survey: answered once for a visit, under the address of its ticket or in a form inside the chat; read by month,
//! without anybody's name.

use jiff::civil::Date;
use sigap_core::conversation::dialogue::SurveyTold;
use sigap_core::ids::PersonId;
use sigap_core::inbound::FilledSurvey;
use sigap_core::limits::{SURVEY_COMMENT_CHARS_MAX, SURVEY_COMMENTS_SHOWN_MAX};
use sigap_core::queue::{Visit, VisitState};
use sigap_core::staff::Right;
use sigap_core::survey::{Answers, Tally};
use sigap_store::records::SurveyRow;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::hall_parts::today;
use crate::ports::Ids;

/// Whether a visit may be answered about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyState {
    /// Yes.
    Open,
    /// It was not served yet.
    NotYet,
    /// It was answered about.
    Answered,
}

/// What became of answers that were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// They are kept.
    Kept,
    /// None of the questions was answered.
    Nothing,
    /// They are not taken now.
    Refused(SurveyState),
}

/// A month's answers.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyView {
    /// The month, by its first day.
    pub month: Date,
    /// By line.
    pub lines: Vec<(String, Tally)>,
    /// All together.
    pub all: Tally,
    /// Ideas in words, those of the newest day first.
    pub comments: Vec<String>,
}

/// Whether the visit of a ticket may be answered about; `None` for an address that is none.
///
/// # Errors
/// Storage faults only.
pub fn view_survey(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<SurveyState>, Fault> {
    Ok(find(tx, ctx, token)?.map(|(state, _)| state))
}

/// Keeps what was filled in inside the chat, when it is about a visit of this person.
///
/// # Errors
/// Storage faults only.
pub(crate) fn keep_filled(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    filled: &FilledSurvey,
) -> Result<SurveyTold, Fault> {
    let token = filled.token.as_str();
    // The form comes back by the chat it was sent to: from anybody else it was passed on or made up.
    match find(tx, ctx, token)? {
        Some((_, visit)) if visit.person == Some(person) => {}
        _ => return Ok(SurveyTold::Unknown),
    }
    Ok(match answer_survey(tx, ctx, token, &filled.answers, &filled.comment)? {
        Some(Sent::Kept) => SurveyTold::Kept,
        Some(Sent::Nothing) => SurveyTold::Nothing {
            url: ctx.links.survey(&ctx.office.slug, token),
        },
        Some(Sent::Refused(SurveyState::NotYet)) => SurveyTold::NotYet,
        Some(Sent::Refused(SurveyState::Answered | SurveyState::Open)) => SurveyTold::Again,
        None => SurveyTold::Unknown,
    })
}

/// The state of the survey, and the visit.
fn find(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<(SurveyState, Visit)>, Fault> {
    let office = ctx.office.id;
    let row = match tx.find_visit_by_token(office, token)? {
        Some(id) => tx.find_visit(office, id)?,
        None => None,
    };
    let Some(row) = row else { return Ok(None) };
    let state = if row.visit.state != VisitState::Done {
        SurveyState::NotYet
    } else if tx.has_survey(office, token)? {
        SurveyState::Answered
    } else {
        SurveyState::Open
    };
    Ok(Some((state, row.visit)))
}

/// Keeps answers, once for a visit; `None` for an address that is none.
///
/// # Errors
/// Storage faults only.
pub fn answer_survey(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    token: &str,
    answers: &Answers,
    comment: &str,
) -> Result<Option<Sent>, Fault> {
    let Some((state, visit)) = find(tx, ctx, token)? else {
        return Ok(None);
    };
    if state != SurveyState::Open {
        return Ok(Some(Sent::Refused(state)));
    }
    if answers.iter().all(Option::is_none) {
        return Ok(Some(Sent::Nothing));
    }
    let row = SurveyRow {
        id: timeless_id(ctx)?,
        month: month_name(today(ctx)),
        line: visit.line,
        answers: *answers,
        comment: comment.trim().chars().take(SURVEY_COMMENT_CHARS_MAX).collect(),
    };
    Ok(Some(if tx.insert_survey(ctx.office.id, token, &row)? {
        Sent::Kept
    } else {
        Sent::Refused(SurveyState::Answered)
    }))
}

/// The answers of a month; the present one when none is named. `None` without the right.
///
/// # Errors
/// Storage faults only.
pub fn view_answers(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    month: Option<Date>,
) -> Result<Option<SurveyView>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Figures).is_err() {
        return Ok(None);
    }
    let month = month.unwrap_or_else(|| today(ctx)).first_of_month();
    let name = month_name(month);
    let lines = tx.sum_surveys(office, &name)?;
    Ok(Some(SurveyView {
        month,
        all: lines.iter().fold(Tally::default(), |all, (_, tally)| all.join(tally)),
        lines,
        comments: tx.list_survey_comments(office, &name, SURVEY_COMMENTS_SHOWN_MAX)?,
    }))
}

/// An id of today that tells no time of day. An ordinary one would be that of the message that brought the answers, to the
/// microsecond, and lead from them to a person.
pub(crate) fn timeless_id(ctx: &Context<'_>) -> Result<i64, Fault> {
    let midnight = today(ctx).at(0, 0, 0, 0);
    let start = ctx.office.zone.to_timestamp(midnight).unwrap_or(ctx.now);
    Ok(Ids::any_of_day(start, u64::from_be_bytes(ctx.random()?)))
}

/// `2026-11`.
fn month_name(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}
