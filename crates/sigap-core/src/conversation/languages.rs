//! Choosing the language of the answers, and following the language of the messages.

use sigap_understand::classify::Language as SpokenLanguage;

use crate::language::Language;
use crate::limits::{BUTTONS_MAX, LIST_ROWS_MAX};

use super::choice::*;
use super::menu;
use super::messages::*;
use super::reply::{Choice, Choices, Reply};
use super::state::{LanguageBy, Place};
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
    turn.state.language_by = Some(LanguageBy::Choice);
    turn.state.language_heard = None;
    turn.is_language_followed = false;
    menu::with_menu(turn, LANGUAGE_CHANGED)
}

/// Answers in the language of two messages in a row, when both are sure and nobody has chosen another one. What is too short or
/// too mixed to be sure stands for nothing, and counts neither for nor against.
pub(super) fn follow(turn: &mut Turn<'_>, text: &str) {
    if turn.state.has_chosen_language() {
        return;
    }
    let spoken = turn.world.understanding.language(text);
    if !spoken.is_sure {
        return;
    }
    let language = match spoken.language {
        SpokenLanguage::Indonesian => Language::Id,
        SpokenLanguage::English => Language::En,
        SpokenLanguage::Sundanese => Language::Su,
        SpokenLanguage::Javanese => Language::Jv,
    };
    if language == turn.state.language {
        turn.state.language_heard = None;
    } else if turn.state.language_heard == Some(language) {
        turn.state.language = language;
        turn.state.language_by = Some(LanguageBy::Messages);
        turn.state.language_heard = None;
        turn.is_language_followed = true;
    } else {
        turn.state.language_heard = Some(language);
    }
}

/// Says under the answer that its language has changed, and how it changes back: by words, and by a button where it fits.
pub(super) fn tell_followed(turn: &Turn<'_>, reply: Reply) -> Reply {
    let back = if turn.state.language == Language::Id {
        LANGUAGE
    } else {
        LANGUAGE_ID
    };
    Reply {
        note: Some(LANGUAGE_FOLLOWED.key),
        choices: with(reply.choices, back),
        ..reply
    }
}

/// The choices with one more. In a full message it takes the place of the menu, which a word opens as well.
fn with(mut choices: Choices, choice: Choice) -> Choices {
    match &mut choices {
        Choices::None => choices = Choices::Buttons(vec![choice]),
        Choices::Buttons(buttons) => add(buttons, choice, BUTTONS_MAX),
        Choices::List { sections, .. } => {
            let others: usize = sections.iter().rev().skip(1).map(|(_, rows)| rows.len()).sum();
            if let Some((_, last)) = sections.last_mut() {
                add(last, choice, LIST_ROWS_MAX.saturating_sub(others));
            }
        }
        Choices::Picks { rows, also, .. } => add(also, choice, LIST_ROWS_MAX.saturating_sub(rows.len())),
        Choices::About { .. } | Choices::Link { .. } | Choices::Survey { .. } => {}
    }
    choices
}

fn add(choices: &mut Vec<Choice>, choice: Choice, most: usize) {
    if choices.contains(&choice) {
        return;
    }
    if choices.len() < most {
        choices.push(choice);
    } else if let Some(menu) = choices.iter_mut().find(|known| **known == MENU) {
        *menu = choice;
    }
}

#[cfg(test)]
mod tests;
