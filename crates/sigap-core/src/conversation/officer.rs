//! Talking to an officer: what about, a case with a number, and a promise that the office can keep, made by its hours.

use crate::calendar::{self, OfficeStatus};
use crate::cases::CaseKind;
use crate::ids::CaseId;

use super::choice::*;
use super::dialogue::{Answer, Question};
use super::feedback::{keepable, open_case};
use super::hearing::Heard;
use super::menu;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::Place;
use super::turn::{Thought, Turn};

/// Asks what it is about, and says at once when somebody will read it.
pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::OfficerWords);
    promise(
        turn,
        [OFFICER_ASK_OPEN, OFFICER_ASK_CLOSED, OFFICER_ASK],
        Choices::Buttons(vec![OFFICER_SKIP, MENU]),
    )
}

pub(super) fn hear_words(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Thought {
    let words = keepable(turn, heard.raw);
    open(turn, words)
}

/// Opens the case.
pub(super) fn open(turn: &mut Turn<'_>, words: String) -> Thought {
    let (number, files) = open_case(turn, CaseKind::Officer, words, None)?;
    turn.wait_for(Place::Open);
    let choices = Choices::Buttons(vec![HOURS, MENU]);
    Ok(promise(turn, [OFFICER_OPEN, OFFICER_CLOSED, OFFICER_NOTED], choices)
        .with("case", number)
        .with("files", files))
}

/// How the citizen found the answer to a case; none is fine.
pub(super) fn rate(turn: &mut Turn<'_>, case: CaseId, rating: Option<u8>) -> Thought {
    turn.wait_for(Place::Open);
    let Some(rating) = rating else {
        return Ok(menu::enter(turn));
    };
    let number = match turn.ask(|| Question::RateCase { case, rating })? {
        Answer::Case(number) => Arg::Text(number.clone()),
        _ => Arg::Empty,
    };
    Ok(TALK_RATED.say(Choices::Buttons(vec![MENU])).with("case", number))
}

/// Open now: today. Closed: the next opening. Hours unknown: no promise at all.
fn promise(turn: &Turn<'_>, [open, closed, unknown]: [&'static MessageSpec; 3], choices: Choices) -> Reply {
    match calendar::status_at(turn.world.office, turn.world.now) {
        OfficeStatus::Open { until } => {
            // The break is not the end of the day: the promise holds until the doors close.
            let last = calendar::hours_on(turn.world.office, turn.today())
                .last()
                .map_or(until, |span| span.to);
            open.say(choices).with("until", Arg::Clock(last))
        }
        OfficeStatus::Closed {
            reason,
            next: Some((day, time)),
        } => closed
            .say(choices)
            .with("reason", reason.map_or(Arg::Empty, Arg::Text))
            .with("next_day", Arg::Day(day))
            .with("next_time", Arg::Clock(time)),
        OfficeStatus::Closed { next: None, .. } => unknown.say(choices),
    }
}
