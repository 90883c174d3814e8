//! How messages are protected, told truthfully: WhatsApp encrypts up to Meta's service, the office can read.

use super::choice::*;
use super::messages::*;
use super::reply::{Choices, Reply};
use super::turn::Turn;

pub(super) fn enter(_turn: &mut Turn<'_>) -> Reply {
    ENCRYPTION_INFO.say(Choices::Buttons(vec![MENU]))
}
