//! Where somebody stands in the hall today: asked by whoever has a number, answered with people before and clock times.

use super::choice::*;
use super::dialogue::{Answer, Question};
use super::messages::*;
use super::reply::{Arg, Choices};
use super::turn::{Thought, Turn};
use crate::queue::VisitState;

pub(super) fn enter(turn: &mut Turn<'_>) -> Thought {
    let place = match turn.ask(|| Question::ViewPlace)? {
        Answer::Place(Some(place)) => place,
        _ => return Ok(POSITION_NONE.say(Choices::Buttons(vec![POSITION, BOOKING_MINE, MENU]))),
    };
    let number = Arg::Text(place.label.to_string());
    let link = Choices::Link {
        label: "position",
        url: place.url.clone(),
    };
    Ok(match (place.state, place.counter) {
        (VisitState::Waiting, _) => {
            let (from, to) = place
                .times
                .map_or((Arg::Empty, Arg::Empty), |(from, to)| (Arg::Hour(from), Arg::Clock(to)));
            POSITION_WAITING
                .say(link)
                .with("number", number)
                .with("ahead", Arg::Number(i64::from(place.ahead)))
                .with("from", from)
                .with("to", to)
        }
        (VisitState::Called, Some(counter)) => POSITION_CALLED
            .say(link)
            .with("number", number)
            .with("counter", Arg::Number(i64::from(counter.number()))),
        (VisitState::Called | VisitState::Held, _) => POSITION_HELD.say(link).with("number", number),
        (VisitState::Missed, _) => POSITION_MISSED.say(link).with("number", number),
        (VisitState::Done | VisitState::Left, _) => POSITION_OVER
            .say(Choices::Buttons(vec![FEEDBACK, QUEUE, MENU]))
            .with("number", number),
    })
}
