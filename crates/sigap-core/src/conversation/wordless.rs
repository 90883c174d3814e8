//! What comes without words: photos, sound, places, cards, kinds nobody knows. The dialogue stays where it is.

use crate::inbound::MediaKind;

use super::choice::*;
use super::courtesy;
use super::messages::*;
use super::nearest::{at_own, own_choices};
use super::reply::{Choices, Reply};
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

/// A place without coordinates is answered with where this office is; `nearest` answers those that have some.
pub(super) fn location(turn: &mut Turn<'_>) -> Reply {
    at_own(turn, WORDLESS_LOCATION.say(own_choices()))
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
