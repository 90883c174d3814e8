//! The wish to be told when an application moves on: asked for after a status answer, ended the same way, by a tap or in words. One
//! message a change, with what a bare number shows to anybody: stage and office.

use crate::application::BareView;
use crate::ids::ApplicationNumber;

use super::choice::*;
use super::dialogue::{Answer, Effect, FollowTold, Question};
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Reply};
use super::state::Place;
use super::status;
use super::turn::{Thought, Turn};

/// What stands on the second button of a status answer: the wish or its end; another number where no report will ever move it.
pub(super) fn button(turn: &mut Turn<'_>, number: &ApplicationNumber, bare: &BareView) -> Result<Choice, Question> {
    let is_ours = bare.office == turn.world.office.id && bare.stage.moves_by_reports();
    if !is_ours || !turn.is_offered_here(STATUS_FOLLOW) {
        return Ok(STATUS_OTHER);
    }
    let question = || Question::IsFollowed { number: number.clone() };
    Ok(match turn.ask(question)? {
        Answer::Followed(true) => STATUS_UNFOLLOW,
        _ => STATUS_FOLLOW,
    })
}

/// From now on they are told. Without a number in sight it is that of the bound phone, or asked for.
pub(super) fn start(turn: &mut Turn<'_>, left: Place) -> Thought {
    let number = match number_of(left) {
        Some(number) => number,
        None => match turn.ask(|| Question::ViewBound)? {
            Answer::Bound(Some((number, _))) => number.clone(),
            _ => return Ok(status::ask_number(turn)),
        },
    };
    let question = || Question::Follow { number: number.clone() };
    let told = match turn.ask(question)? {
        Answer::Follow(told) => *told,
        _ => FollowTold::Nothing,
    };
    turn.wait_for(Place::StatusShown { number: number.clone() });
    Ok(match told {
        FollowTold::Kept => {
            if turn.state.is_opted_out {
                // Who asks to be told wants to be told.
                turn.state.is_opted_out = false;
                turn.effects.push(Effect::SetOptOut(false));
            }
            FOLLOW_STARTED
                .say(buttons(STATUS_UNFOLLOW))
                .with("number", Arg::ApplicationNumber(number))
        }
        FollowTold::TooMany => FOLLOW_TOO_MANY.say(Choices::Buttons(vec![STATUS_OTHER, MENU])),
        FollowTold::Nothing => FOLLOW_NOTHING.say(Choices::Buttons(vec![STATUS_OTHER, OFFICER, MENU])),
    })
}

/// From now on they are not: about the number in sight, or about any.
pub(super) fn stop(turn: &mut Turn<'_>, left: Place) -> Thought {
    let number = number_of(left);
    let question = || Question::Unfollow { number: number.clone() };
    turn.ask(question)?;
    if let Some(number) = number.clone() {
        turn.wait_for(Place::StatusShown { number });
    }
    Ok(stopped(number))
}

fn stopped(number: Option<ApplicationNumber>) -> Reply {
    match number {
        Some(number) => FOLLOW_STOPPED
            .say(buttons(STATUS_FOLLOW))
            .with("number", Arg::ApplicationNumber(number)),
        None => FOLLOW_STOPPED_ALL.say(Choices::Buttons(vec![STATUS, MENU])),
    }
}

fn buttons(first: Choice) -> Choices {
    Choices::Buttons(vec![first, STATUS_OTHER, MENU])
}

fn number_of(place: Place) -> Option<ApplicationNumber> {
    match place {
        Place::StatusBirth { number } | Place::StatusShown { number } => Some(number),
        _ => None,
    }
}
