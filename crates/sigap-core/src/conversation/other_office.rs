//! Somebody asks here for another office: said plainly, with where to ask, instead of an answer that would be wrong.

use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Reply};
use super::turn::Turn;
use super::vocabulary::Wish;
use super::wanted;

/// What to say when the words name another office and ask for what differs from office to office, or for nothing else.
pub(super) fn asked_for(turn: &Turn<'_>, text: &str, wish: Wish) -> Option<Reply> {
    let choice = match wish {
        Wish::One(choice) if depends_on_office(choice) => Some(choice),
        Wish::Perhaps(choice) if depends_on_office(choice) => Some(choice),
        Wish::None | Wish::Strange => None,
        Wish::One(_) | Wish::Perhaps(_) | Wish::Two(..) => return None,
    };
    let other = wanted::other_office(text, turn.world.office, turn.world.offices)?;
    let here = choice.filter(|choice| choice.shape() != Shape::Unseen && turn.is_offered_here(*choice));
    Some(
        OTHER_OFFICE_INFO
            .say(Choices::Buttons(here.into_iter().chain([MENU, OFFICER]).collect()))
            .with("own", Arg::Office(turn.world.office.id))
            .with("other", Arg::Office(other.id))
            .with("whatsapp", told(other.whatsapp.as_ref()))
            .with("phone", told(other.phone.as_ref()))
            .with("site", told(other.site.as_ref())),
    )
}

/// A fact of an office as it is, or nothing: then its line is left out.
pub(super) fn told(fact: Option<&String>) -> Arg {
    fact.map_or(Arg::Empty, |fact| Arg::Text(fact.clone()))
}

fn depends_on_office(choice: Choice) -> bool {
    [HOURS, BOOKING, QUEUE, SIMPATIK, HELPDESK]
        .iter()
        .any(|known| known.topic() == choice.topic())
}
