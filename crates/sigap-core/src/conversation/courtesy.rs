//! Short answers of good manners: thanks, help, rude words, brokers, what other offices do, pictures without words.

use super::choice::*;
use super::menu;
use super::messages::*;
use super::reply::{Choices, Reply};
use super::turn::Turn;

pub(super) fn thanks(_turn: &mut Turn<'_>) -> Reply {
    THANKS_WELCOME.say(Choices::Buttons(vec![FEEDBACK_APPRECIATION, MENU]))
}

pub(super) fn help(_turn: &mut Turn<'_>) -> Reply {
    HELP_INFO.say(Choices::Buttons(vec![MENU, OFFICER, LANGUAGE]))
}

/// Rude words get a calm answer and a way to be heard.
pub(super) fn calm(_turn: &mut Turn<'_>) -> Reply {
    ABUSE_CALM.say(Choices::Buttons(vec![OFFICER, FEEDBACK_COMPLAINT, MENU]))
}

/// Visa, KTP, driving licences: not here.
pub(super) fn elsewhere(_turn: &mut Turn<'_>) -> Reply {
    ELSEWHERE_INFO.say(Choices::Buttons(vec![MENU, OFFICER]))
}

/// What no office of ours does, by the look of it. It counts as not understood: it may have been for us all the same.
pub(super) fn strange(turn: &mut Turn<'_>) -> Reply {
    turn.state.misses = turn.state.misses.saturating_add(1);
    ELSEWHERE_INFO.say(Choices::Buttons(vec![MENU, OFFICER]))
}

/// Somebody offers or asks for a way around the queue.
pub(super) fn broker(_turn: &mut Turn<'_>) -> Reply {
    BROKER_WARNING.say(Choices::Buttons(vec![FEEDBACK_BROKER, QUEUE, MENU]))
}

/// Pictures or marks without a word. A thumb up needs no more than a friendly word.
pub(super) fn pictures_only(turn: &mut Turn<'_>, text: &str) -> Reply {
    if !turn.state.is_greeted {
        return menu::enter(turn);
    }
    if text
        .chars()
        .any(|c| matches!(c, '👍' | '🙏' | '❤' | '😊' | '👌' | '🤝'))
    {
        return thanks(turn);
    }
    WORDLESS_EMOJI.say(Choices::Buttons(vec![MENU, OFFICER]))
}
