//! Binding this phone to an application, once, with the slip code that the counter printed. The store judges the code;
//! wrong, used, lapsed and tried too often look the same.

use super::choice::*;
use super::dialogue::{Answer, Question};
use super::hearing::Heard;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::Place;
use super::turn::{Thought, Turn};
use crate::application::{ApplicationView, SlipCode};

pub(super) fn enter(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::BindCode);
    BIND_ASK_CODE.say(Choices::Buttons(vec![STATUS_OTHER, MENU]))
}

/// Where a code is waited for, anything of the right shape is one.
pub(super) fn hear_code(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Option<Thought> {
    let code = SlipCode::parse(heard.raw).or_else(|| code_after_words(heard.raw))?;
    Some(bind(turn, code))
}

/// A code that says by itself that it is one: eight characters with letters and digits mixed, whole or as four and four.
pub(super) fn code_alone(text: &str) -> Option<SlipCode> {
    if let Some(code) = code_after_words(text) {
        return Some(code);
    }
    let code = SlipCode::parse(text)?;
    let is_mixed = |part: &str| {
        part.bytes().any(|byte| byte.is_ascii_digit()) && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let mut parts = text.split([' ', '-']).filter(|part| !part.is_empty());
    let is_code = match (parts.next(), parts.next(), parts.next()) {
        (Some(whole), None, _) => is_mixed(whole),
        (Some(left), Some(right), None) => {
            left.len() == SlipCode::CHARS / 2
                && right.len() == SlipCode::CHARS / 2
                && (is_mixed(left) || is_mixed(right))
        }
        _ => false,
    };
    is_code.then_some(code)
}

/// *kode AB12-CD34*, *kode slip AB12CD34*, *hubungkan AB12 CD34*.
fn code_after_words(text: &str) -> Option<SlipCode> {
    let mut rest = text.trim();
    let mut has_word = false;
    while let Some((word, after)) = rest.split_once([' ', ':']) {
        if !["kode", "slip", "code", "hubungkan", "ikat", "bind", "saya"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        {
            break;
        }
        has_word = true;
        rest = after.trim_start();
    }
    if has_word { SlipCode::parse(rest) } else { None }
}

pub(super) fn bind(turn: &mut Turn<'_>, code: SlipCode) -> Thought {
    match turn.ask(|| Question::Bind { code })? {
        Answer::Bound(Some((number, view))) => {
            turn.wait_for(Place::Open);
            let stage = match view {
                ApplicationView::NotShown => Arg::Empty,
                ApplicationView::Bare(bare) | ApplicationView::Dated(bare, _) | ApplicationView::Full(bare, ..) => {
                    Arg::Stage(bare.stage)
                }
            };
            Ok(BIND_DONE
                .say(Choices::Buttons(vec![STATUS, MENU]))
                .with("number", Arg::ApplicationNumber(number.clone()))
                .with("stage", stage))
        }
        _ => {
            turn.wait_for(Place::BindCode);
            Ok(BIND_REFUSED.say(Choices::Buttons(vec![HELPDESK, OFFICER, MENU])))
        }
    }
}

#[cfg(test)]
mod tests;
