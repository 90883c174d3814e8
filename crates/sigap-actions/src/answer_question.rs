//! Answers what the engine asks in the middle of a turn, from the same transaction.

use sigap_core::conversation::dialogue::{Answer, Question};
use sigap_core::ids::PersonId;
use sigap_store::{Fault, Tx};

use crate::bind_phone::bind_phone;
use crate::context::Context;
use crate::open_case::open_case;
use crate::view_application::{view_application, view_bound};

/// The answer to one question of `person`'s turn.
///
/// # Errors
/// Storage faults only.
pub fn answer_question(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    question: &Question,
) -> Result<Answer, Fault> {
    Ok(match question {
        Question::ViewApplication { number, born_on } => {
            Answer::View(view_application(tx, ctx, person, number, *born_on)?)
        }
        Question::ViewBound => Answer::Bound(view_bound(tx, ctx, person)?),
        Question::Bind { code } => Answer::Bound(bind_phone(tx, ctx, person, code)?),
        Question::OpenCase { kind, text, rating } => Answer::Case(open_case(tx, ctx, person, *kind, text, *rating)?),
    })
}
