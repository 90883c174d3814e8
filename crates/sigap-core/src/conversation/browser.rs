//! A browser that shows whose it is by a message from their phone. Page and message show the same small number, and nothing is tied before a
//! yes: whoever was sent a stranger's code sees that something is wrong.

use crate::booking::BookingCode;

use super::choice::*;
use super::dialogue::{Answer, Question};
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::turn::{Thought, Turn};

/// What stands before the code in the message that a page makes.
pub const CODE_MARK: &str = "WEB-";

/// The code in a message, wherever it stands.
pub(super) fn code_in(text: &str) -> Option<BookingCode> {
    let at = text.to_ascii_uppercase().find(CODE_MARK)?;
    let rest = text.get(at + CODE_MARK.len()..)?;
    BookingCode::parse(rest.split_whitespace().next()?)
}

/// Asks before anything is tied.
pub(super) fn ask(turn: &mut Turn<'_>, code: &BookingCode) -> Thought {
    let code = code.as_str().to_owned();
    Ok(match turn.ask(|| Question::FindBrowser { code: code.clone() })? {
        Answer::Browser(Some(check)) => BROWSER_ASK
            .say(Choices::About {
                value: code,
                buttons: vec![BROWSER_TIE, BROWSER_REFUSE],
            })
            .with("check", Arg::Number(i64::from(*check))),
        _ => gone(),
    })
}

/// The yes.
pub(super) fn tie(turn: &mut Turn<'_>) -> Thought {
    let code = turn.value.clone().unwrap_or_default();
    Ok(match turn.ask(|| Question::TieBrowser { code })? {
        Answer::Browser(Some(_)) => BROWSER_TIED.say(Choices::Buttons(vec![MENU])),
        _ => gone(),
    })
}

/// The no: the code is worth nothing from here on.
pub(super) fn refuse(turn: &mut Turn<'_>) -> Thought {
    let code = turn.value.clone().unwrap_or_default();
    turn.ask(|| Question::RefuseBrowser { code })?;
    Ok(BROWSER_REFUSED.say(Choices::Buttons(vec![OFFICER, MENU])))
}

fn gone() -> Reply {
    BROWSER_GONE.say(Choices::Buttons(vec![MENU]))
}

/// In the chat on a page: this can be done only by somebody whose phone is known.
pub(super) fn prove_first(url: &str) -> Reply {
    BROWSER_PROVE.say(Choices::Link {
        label: "prove",
        url: url.to_owned(),
    })
}

#[cfg(test)]
mod tests;
