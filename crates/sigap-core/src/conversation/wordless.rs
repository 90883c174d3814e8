//! What comes without words: photos, sound, places, cards, kinds nobody knows. The dialogue stays where it is.

use crate::inbound::MediaKind;

use super::choice::*;
use super::courtesy;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::Place;
use super::turn::Turn;

pub(super) fn media(turn: &mut Turn<'_>, kind: MediaKind) -> Reply {
    if matches!(turn.state.place, Place::FeedbackWords { .. }) {
        return FEEDBACK_WORDS_NEEDED.say(buttons());
    }
    match kind {
        MediaKind::Image => WORDLESS_IMAGE.say(buttons()),
        MediaKind::Document => WORDLESS_DOCUMENT.say(buttons()),
        MediaKind::Audio => WORDLESS_AUDIO.say(buttons()),
        MediaKind::Video => WORDLESS_VIDEO.say(buttons()),
        MediaKind::Sticker => courtesy::pictures_only(turn, ""),
    }
}

/// A place is answered with where the office is. The nearest one is not told: nobody has given us the coordinates of offices.
pub(super) fn location(turn: &mut Turn<'_>) -> Reply {
    let office = turn.world.office;
    WORDLESS_LOCATION
        .say(Choices::Buttons(vec![HOURS, MENU]))
        .with("office", Arg::Office(office.id))
        .with("address", office.address.clone().map_or(Arg::Empty, Arg::Text))
}

pub(super) fn contact(_turn: &mut Turn<'_>) -> Reply {
    WORDLESS_CONTACT.say(buttons())
}

pub(super) fn unsupported(_turn: &mut Turn<'_>) -> Reply {
    WORDLESS_UNSUPPORTED.say(buttons())
}

fn buttons() -> Choices {
    Choices::Buttons(vec![MENU, OFFICER])
}
