//! What comes without words: photos, sound, places, cards, kinds nobody knows. The dialogue stays where it is. A file is noted for a while in
//! case an officer is asked for; nothing looks at it before.

use crate::inbound::{Media, MediaKind};
use crate::limits::FILE_NOTED_MINUTES_TOLD;

use super::choice::*;
use super::courtesy;
use super::dialogue::{Answer, FileTold, Question};
use super::messages::*;
use super::nearest::{at_own, own_choices};
use super::reply::{Arg, Choices, Reply};
use super::state::Place;
use super::turn::Turn;

/// Notes a file that nobody has asked for. It is not fetched before an officer is.
pub(super) fn note(turn: &mut Turn<'_>, media: &Media) -> Result<FileTold, Question> {
    if media.kind == MediaKind::Sticker {
        return Ok(FileTold::NotTaken);
    }
    let is_writing = matches!(
        turn.state.place,
        Place::OfficerWords | Place::FeedbackWords { .. } | Place::FeedbackCheck { .. } | Place::FeedbackRating { .. }
    );
    let told = turn.ask(|| {
        if is_writing {
            Question::NoteFile(media.clone())
        } else {
            Question::GiveFile(media.clone())
        }
    })?;
    Ok(match told {
        Answer::File(told) => told.clone(),
        _ => FileTold::NotTaken,
    })
}

/// A file without words: what becomes of it, and that one press hands it to an officer.
pub(super) fn media(turn: &mut Turn<'_>, kind: MediaKind, told: FileTold) -> Reply {
    let spec = match (&turn.state.place, kind, told) {
        (Place::FeedbackWords { .. }, _, FileTold::NotTaken) => return FEEDBACK_WORDS_NEEDED.say(buttons()),
        (Place::FeedbackWords { .. }, ..) => return FEEDBACK_FILE_CAME.say(Choices::Buttons(vec![MENU])),
        (_, MediaKind::Sticker, _) => return courtesy::pictures_only(turn, ""),
        (_, _, FileTold::NotTaken) => return WORDLESS_NOT_TAKEN.say(buttons()),
        (_, _, FileTold::Joined { case }) => {
            return WORDLESS_JOINED
                .say(Choices::Buttons(vec![MENU]))
                .with("case", Arg::Text(case));
        }
        (Place::OfficerWords, ..) => return OFFICER_FILE_CAME.say(Choices::Buttons(vec![OFFICER_SKIP, MENU])),
        (_, MediaKind::Image, _) => WORDLESS_IMAGE,
        (_, MediaKind::Document, _) => WORDLESS_DOCUMENT,
        (_, MediaKind::Audio, _) => WORDLESS_AUDIO,
        (_, MediaKind::Video, _) => WORDLESS_VIDEO,
    };
    spec.say(Choices::Buttons(vec![OFFICER, MENU]))
        .with("minutes", Arg::Number(FILE_NOTED_MINUTES_TOLD))
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
