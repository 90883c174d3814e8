//! Where help with registering is. The place is a fact of the office.

use super::choice::*;
use super::messages::*;
use super::reply::{Choices, Reply};
use super::turn::Turn;

pub(super) fn enter(_turn: &mut Turn<'_>) -> Reply {
    HELPDESK_INFO.say(Choices::Buttons(vec![QUEUE, OFFICER, MENU]))
}
