//! Appreciation, comments, complaints and reports of brokers: kind, words, a rating where it makes sense, a case number.

use sigap_understand::classify::Intent;
use sigap_understand::values::{Consent, read_values};

use crate::cases::CaseKind;
use crate::limits::FEEDBACK_CHARS_MAX;
use crate::message::FormName;

use super::choice::*;
use super::dialogue::{Answer, Effect, Question};
use super::digits;
use super::hearing::Heard;
use super::menu;
use super::messages::*;
use super::officer;
use super::reply::{Arg, Choices, Reply};
use super::state::{Place, PrivateWords};
use super::turn::{Thought, Turn};

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::FeedbackKind);
    let rows = vec![
        FEEDBACK_APPRECIATION,
        FEEDBACK_COMMENT,
        FEEDBACK_COMPLAINT,
        FEEDBACK_BROKER,
        FEEDBACK_LOST_FILE,
        MENU,
    ];
    FEEDBACK_KIND
        .say(Choices::List {
            button: "choose",
            sections: vec![(None, rows)],
        })
        .or_form(FormName::Feedback)
}

/// Letters of it that are repeated; a message with buttons has little room.
const TOLD_CHARS_SHOWN: usize = 300;
/// Words of a sentence that tells something, and not only that somebody wants to.
const TELLING_WORDS_MIN: usize = 5;

/// Whether a sentence is itself what somebody has to say, so that it need not be written twice.
pub(super) fn is_telling(intent: Option<Intent>, heard: &Heard<'_>) -> bool {
    matches!(intent, Some(Intent::Complaint | Intent::Appreciation))
        && heard.raw.split_whitespace().count() >= TELLING_WORDS_MIN
}

pub(super) fn ask_words(turn: &mut Turn<'_>, kind: CaseKind) -> Reply {
    if let Some(told) = turn.told.take() {
        return check(turn, kind, &told);
    }
    turn.wait_for(Place::FeedbackWords { kind });
    let spec = match kind {
        CaseKind::Appreciation => FEEDBACK_WORDS_APPRECIATION,
        CaseKind::Complaint => FEEDBACK_WORDS_COMPLAINT,
        CaseKind::Broker => FEEDBACK_WORDS_BROKER,
        CaseKind::LostFile => FEEDBACK_WORDS_LOST_FILE,
        CaseKind::Comment | CaseKind::Officer | CaseKind::Unanswered => FEEDBACK_WORDS_COMMENT,
    };
    spec.say(Choices::Buttons(vec![MENU]))
}

/// Nothing is opened by a guess: what was written is shown, and waits for a yes.
fn check(turn: &mut Turn<'_>, kind: CaseKind, told: &str) -> Reply {
    let words = keepable(turn, told);
    let shown: String = words.chars().take(TOLD_CHARS_SHOWN).collect();
    turn.wait_for(Place::FeedbackCheck {
        kind,
        words: PrivateWords(words),
    });
    let name = match kind {
        CaseKind::Appreciation => FEEDBACK_APPRECIATION,
        _ => FEEDBACK_COMPLAINT,
    };
    FEEDBACK_CHECK
        .say(Choices::Buttons(vec![FEEDBACK_KEEP, FEEDBACK_REWRITE, MENU]))
        .with("kind", Arg::Key(format!("choice.{}", name.0)))
        .with("words", Arg::Text(shown))
}

/// A yes or a no to what was shown.
pub(super) fn hear_check(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Option<Thought> {
    let left = turn.state.place.clone();
    match read_values(heard.raw).consent? {
        Consent::Yes => Some(keep(turn, left)),
        Consent::No => Some(rewrite(turn, left)),
    }
}

/// What was shown is the feedback.
pub(super) fn keep(turn: &mut Turn<'_>, left: Place) -> Thought {
    match left {
        Place::FeedbackCheck { kind, words } => go_on(turn, kind, words.0),
        _ => Ok(menu::stale(turn)),
    }
}

/// It is written anew.
pub(super) fn rewrite(turn: &mut Turn<'_>, left: Place) -> Thought {
    match left {
        Place::FeedbackCheck { kind, .. } => Ok(ask_words(turn, kind)),
        _ => Ok(menu::stale(turn)),
    }
}

/// Everything typed here is the citizen's word, keywords and numbers included. A NIK in it is made unreadable.
///
/// Praise and comments may carry a rating; a complaint is taken at once.
pub(super) fn hear_words(turn: &mut Turn<'_>, heard: &Heard<'_>, kind: CaseKind) -> Thought {
    let words = keepable(turn, heard.raw);
    go_on(turn, kind, words)
}

fn go_on(turn: &mut Turn<'_>, kind: CaseKind, words: String) -> Thought {
    if kind.is_legal() {
        return take(turn, kind, words, None);
    }
    turn.wait_for(Place::FeedbackRating {
        kind,
        words: PrivateWords(words),
    });
    let rows = vec![
        FEEDBACK_RATE_1,
        FEEDBACK_RATE_2,
        FEEDBACK_RATE_3,
        FEEDBACK_RATE_4,
        FEEDBACK_RATE_5,
        FEEDBACK_SKIP,
        MENU,
    ];
    Ok(FEEDBACK_RATING.say(Choices::List {
        button: "rating",
        sections: vec![(None, rows)],
    }))
}

/// The rating, or none, after praise or a comment.
pub(super) fn rate(turn: &mut Turn<'_>, left: Place, rating: Option<u8>) -> Thought {
    match left {
        Place::FeedbackRating { kind, words } => take(turn, kind, words.0, rating),
        Place::CaseRating { case } => officer::rate(turn, case, rating),
        _ => Ok(menu::stale(turn)),
    }
}

/// Opens the case and says its number, with the deadlines of the law where it binds the office.
fn take(turn: &mut Turn<'_>, kind: CaseKind, words: String, rating: Option<u8>) -> Thought {
    let (number, files) = open_case(turn, kind, words, rating)?;
    Ok(taken(turn, kind, number).with("files", files))
}

/// Says what came of the form, when its case is one of this person's.
pub(super) fn tell(turn: &mut Turn<'_>, number: &str) -> Thought {
    let told = turn.ask(|| Question::FindCase {
        number: number.to_owned(),
    })?;
    match told {
        Answer::CaseKind(Some((kind, files))) => {
            let (kind, files) = (*kind, come_along(*files));
            Ok(taken(turn, kind, Arg::Text(number.to_owned())).with("files", files))
        }
        _ => Ok(menu::stale(turn)),
    }
}

fn taken(turn: &mut Turn<'_>, kind: CaseKind, number: Arg) -> Reply {
    turn.wait_for(Place::Open);
    let deadlines = &turn.world.catalogue.complaint;
    let first_days = Arg::Number(i64::from(deadlines.first_reply_days));
    let choices = Choices::Buttons(vec![MENU]);
    let reply = match kind {
        CaseKind::Complaint => FEEDBACK_DONE_COMPLAINT
            .say(choices)
            .with("first_days", first_days)
            .with("end_days", Arg::Number(i64::from(deadlines.no_field_check_days)))
            .with("elsewhere", Arg::Text(deadlines.national_channel.clone())),
        CaseKind::Broker => FEEDBACK_DONE_BROKER.say(choices).with("first_days", first_days),
        CaseKind::LostFile => FEEDBACK_DONE_LOST_FILE
            .say(choices)
            .with("first_days", first_days)
            .with("end_days", Arg::Number(i64::from(deadlines.information_days))),
        CaseKind::Appreciation => FEEDBACK_DONE_APPRECIATION.say(choices),
        CaseKind::Comment | CaseKind::Officer | CaseKind::Unanswered => FEEDBACK_DONE_COMMENT.say(choices),
    };
    reply.with("case", number)
}

/// The number of a new case as the citizen sees it, and what is said of the files that come along.
pub(super) fn open_case(
    turn: &mut Turn<'_>,
    kind: CaseKind,
    text: String,
    rating: Option<u8>,
) -> Result<(Arg, Arg), Question> {
    match turn.ask(|| Question::OpenCase { kind, text, rating })? {
        Answer::Opened { number, files } => Ok((Arg::Text(number.clone()), come_along(*files))),
        _ => Ok((Arg::Empty, Arg::Empty)),
    }
}

fn come_along(files: usize) -> Arg {
    match files {
        0 => Arg::Empty,
        files => OFFICER_FILES.phrase(vec![("count", Arg::count(files))]),
    }
}

/// Words fit to be kept: bounded, and without a NIK. With one, the message itself is not stored.
pub(super) fn keepable(turn: &mut Turn<'_>, raw: &str) -> String {
    let (words, held_nik) = keepable_words(raw);
    if held_nik {
        turn.effects.push(Effect::ForgetMessage);
    }
    words
}

/// Words fit to be kept, and whether a NIK was made unreadable in them: for forms, which are no message.
#[must_use]
pub fn keepable_words(raw: &str) -> (String, bool) {
    let end = raw
        .char_indices()
        .nth(FEEDBACK_CHARS_MAX)
        .map_or(raw.len(), |(at, _)| at);
    let words = raw.get(..end).unwrap_or_default();
    match digits::without_nik(words) {
        Some(hidden) => (hidden, true),
        None => (words.to_owned(), false),
    }
}
