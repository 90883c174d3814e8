//! What is said around a talk with an officer. The talk itself is between two people; the assistant keeps silent.

use jiff::Timestamp;

use crate::calendar::{self, OfficeStatus};
use crate::files::FileRefusal;
use crate::inbound::Said;
use crate::office::Office;

use super::browser;
use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Reply};

/// What an officer may put under an answer. The assistant answers to it, also during a talk: nothing has to be typed.
pub const BUTTONS: [Choice; 3] = [REQUIREMENTS, PAYMENT, PICKUP];

/// Lists of papers that an officer may send: each is the end of the guided question.
pub const PAPERS: [Choice; 15] = [
    REQUIREMENTS_ORDINARY,
    REQUIREMENTS_UMRAH,
    REQUIREMENTS_WORK,
    REQUIREMENTS_CHILD_FIRST,
    REQUIREMENTS_CHILD_REPLACE,
    REQUIREMENTS_CHILD_DUAL,
    REQUIREMENTS_EXPIRED,
    REQUIREMENTS_FULL,
    REQUIREMENTS_OLD,
    REQUIREMENTS_LOST_ORDINARY,
    REQUIREMENTS_LOST_DISASTER,
    REQUIREMENTS_DAMAGED_ORDINARY,
    REQUIREMENTS_DAMAGED_DISASTER,
    REQUIREMENTS_DATA,
    REQUIREMENTS_FAST,
];

/// Whether a tap during a talk is for the assistant: one of its topics in which everything is tapped.
#[must_use]
pub fn is_for_assistant(said: &Said) -> bool {
    let Said::Choice(name) = said else { return false };
    let (name, _) = Choice::split(name);
    BUTTONS.iter().any(|button| {
        name.strip_prefix(button.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Whether somebody shows in the middle of a talk whose browser it is: the assistant answers, and it is none of the officer's business.
#[must_use]
pub fn is_proof(said: &Said) -> bool {
    match said {
        Said::Text(text) => browser::code_in(text).is_some(),
        Said::Choice(name) => [BROWSER_TIE, BROWSER_REFUSE]
            .iter()
            .any(|choice| Choice::split(name).0 == choice.0),
        _ => false,
    }
}

/// A file that was sent in a talk is not kept, and why.
#[must_use]
pub fn file_refused(case: &str, why: FileRefusal) -> Reply {
    TALK_FILE_REFUSED
        .say(Choices::None)
        .with("case", Arg::Text(case.to_owned()))
        .with("why", Arg::Key(format!("intake.refused_{}", why.name())))
}

/// The officer's words to the citizen; in a talk with the way back to the assistant. At most three buttons.
#[must_use]
pub fn says(case: &str, office: &Office, words: &str, is_talk: bool, buttons: Vec<Choice>) -> Reply {
    let spec = if is_talk { TALK_SAYS_OPEN } else { TALK_SAYS };
    let choices = if buttons.is_empty() {
        Choices::None
    } else {
        Choices::Buttons(buttons)
    };
    of(spec, case, choices)
        .with("office", Arg::Text(office.short.clone()))
        .with("words", Arg::Text(words.to_owned()))
}

/// Somebody wrote to an officer while the office is closed; `None` while it is open.
#[must_use]
pub fn away(office: &Office, now: Timestamp, case: &str) -> Option<Reply> {
    match calendar::status_at(office, now) {
        OfficeStatus::Closed {
            reason,
            next: Some((day, time)),
        } => Some(
            of(TALK_AWAY, case, Choices::None)
                .with("reason", reason.map_or(Arg::Empty, Arg::Text))
                .with("next_day", Arg::Day(day))
                .with("next_time", Arg::Clock(time)),
        ),
        OfficeStatus::Open { .. } | OfficeStatus::Closed { next: None, .. } => None,
    }
}

/// The citizen went back to the assistant.
#[must_use]
pub fn left(case: &str) -> Reply {
    of(TALK_LEFT, case, Choices::None)
}

/// The officer gave the talk back to the assistant.
#[must_use]
pub fn given_back(case: &str) -> Reply {
    of(TALK_BACK, case, Choices::Buttons(vec![MENU, OFFICER]))
}

/// The case is ended; how was the answer?
#[must_use]
pub fn ended(case: &str) -> Reply {
    let rows = vec![
        FEEDBACK_RATE_5,
        FEEDBACK_RATE_4,
        FEEDBACK_RATE_3,
        FEEDBACK_RATE_2,
        FEEDBACK_RATE_1,
        FEEDBACK_SKIP,
    ];
    let choices = Choices::List {
        button: "rating",
        sections: vec![(None, rows)],
    };
    of(TALK_ENDED, case, choices)
}

/// Asks somebody whose window is closed to write, so that the answer can be sent.
#[must_use]
pub fn waits(case: &str, office: &Office) -> Reply {
    of(NOTICE_OFFICER_WAITS, case, Choices::None).with("office", Arg::Text(office.short.clone()))
}

fn of(spec: &'static MessageSpec, case: &str, choices: Choices) -> Reply {
    spec.say(choices).with("case", Arg::Text(case.to_owned()))
}

/// Whether it is a filled form: never meant for the officer, who must not see how somebody rated a visit.
#[must_use]
pub const fn is_form(said: &Said) -> bool {
    matches!(said, Said::Form(_) | Said::Survey(_) | Said::Done(_))
}

/// Whether the words mean: back to the assistant. Only the word itself, and the button of that name.
#[must_use]
pub fn means_assistant(said: &Said) -> bool {
    match said {
        Said::Text(text) => text.trim().trim_matches(['*', '.']).eq_ignore_ascii_case("menu"),
        Said::Choice(name) => name == MENU.0,
        _ => false,
    }
}
