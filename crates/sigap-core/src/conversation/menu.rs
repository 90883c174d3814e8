//! The menu: what this line is, what it is not, and what it can do. One list message; its last row opens the second.

use super::booking;
use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Reply};
use super::state::Place;
use super::turn::Turn;

/// The first list: what most people come for. Nine rows and the one that opens the second list.
const FIRST: [(&str, &[Choice]); 2] = [
    ("passport", &[STATUS, REQUIREMENTS, FEES, PAYMENT, PICKUP, QUEUE]),
    ("office", &[HOURS, FEEDBACK, OFFICER, MORE]),
];

/// The second list.
const SECOND: [(&str, &[Choice]); 2] = [
    ("service", &[PRIORITY, SIMPATIK, HELPDESK, DURATION, PAYMENT_PROBLEM]),
    ("line", &[BIND, ENCRYPTION, LANGUAGE, HELP, MENU]),
];

/// The first time with all warnings, later without.
pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::Open);
    let spec = if turn.state.is_greeted { MENU_MAIN } else { MENU_WELCOME };
    turn.state.is_greeted = true;
    spec.say(list(turn, &FIRST))
}

pub(super) fn more(turn: &mut Turn<'_>) -> Reply {
    MENU_MORE.say(list(turn, &SECOND))
}

/// *Batal*, *kembali*, *0*: says that something ended only when something was under way.
pub(super) fn back(turn: &mut Turn<'_>, left: &Place) -> Reply {
    if left.is_idle() {
        enter(turn)
    } else {
        with_menu(turn, MENU_CANCELLED)
    }
}

/// After long silence in the middle of something.
pub(super) fn restarted(turn: &mut Turn<'_>) -> Reply {
    with_menu(turn, MENU_RESTARTED)
}

/// A button of a message that is too old.
pub(super) fn stale(turn: &mut Turn<'_>) -> Reply {
    with_menu(turn, MENU_STALE)
}

/// A message that brings the first list along.
pub(super) fn with_menu(turn: &mut Turn<'_>, spec: &'static MessageSpec) -> Reply {
    turn.wait_for(Place::Open);
    spec.say(list(turn, &FIRST))
}

/// This office does not offer that.
pub(super) fn not_here(turn: &mut Turn<'_>, choice: Choice) -> Reply {
    turn.wait_for(Place::Open);
    let mut key = String::from("choice.");
    key.push_str(choice.0);
    MENU_NOT_HERE
        .say(Choices::Buttons(vec![OFFICER, MENU]))
        .with("topic", Arg::Key(key))
}

fn list(turn: &Turn<'_>, sections: &[(&'static str, &[Choice])]) -> Choices {
    let sections = sections
        .iter()
        .map(|(title, rows)| {
            let rows = rows
                .iter()
                .copied()
                // Where the office gives places itself, its own booking stands first; M-Paspor is told there.
                .map(|row| {
                    if row == QUEUE && booking::is_given_here(turn) {
                        BOOKING
                    } else {
                        row
                    }
                })
                .filter(|row| turn.is_offered_here(*row))
                .collect::<Vec<_>>();
            (Some(*title), rows)
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    Choices::List {
        button: "menu",
        sections,
    }
}
