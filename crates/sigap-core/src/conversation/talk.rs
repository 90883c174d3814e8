//! What is said around a talk with an officer. The talk itself is between two people; the assistant keeps silent.

use jiff::Timestamp;

use crate::calendar::{self, OfficeStatus};
use crate::inbound::Said;
use crate::office::Office;

use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};

/// The officer's words to the citizen; in a talk with the way back to the assistant.
#[must_use]
pub fn says(case: &str, office: &Office, words: &str, is_talk: bool) -> Reply {
    let spec = if is_talk { TALK_SAYS_OPEN } else { TALK_SAYS };
    of(spec, case, Choices::None)
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

/// Whether the words mean: back to the assistant. Only the word itself, and the button of that name.
#[must_use]
pub fn means_assistant(said: &Said) -> bool {
    match said {
        Said::Text(text) => text.trim().trim_matches(['*', '.']).eq_ignore_ascii_case("menu"),
        Said::Choice(name) => name == MENU.0,
        _ => false,
    }
}
