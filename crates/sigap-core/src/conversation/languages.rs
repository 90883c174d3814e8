//! Choosing the language of the answers.

use crate::language::Language;

use super::choice::*;
use super::menu;
use super::messages::*;
use super::reply::{Choices, Reply};
use super::state::Place;
use super::turn::Turn;

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::Language);
    let rows = vec![LANGUAGE_ID, LANGUAGE_EN, LANGUAGE_SU, LANGUAGE_JV, MENU];
    LANGUAGE_CHOOSE.say(Choices::List {
        button: "language",
        sections: vec![(None, rows)],
    })
}

/// From this reply on.
pub(super) fn change(turn: &mut Turn<'_>, language: Language) -> Reply {
    turn.state.language = language;
    menu::with_menu(turn, LANGUAGE_CHANGED)
}
