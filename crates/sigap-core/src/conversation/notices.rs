//! Notices that come unasked: stopped by *STOP*, begun again by *MULAI*. Answers to questions always come.

use super::choice::*;
use super::dialogue::Effect;
use super::messages::*;
use super::reply::{Choices, Reply};
use super::turn::Turn;

pub(super) fn stop(turn: &mut Turn<'_>) -> Reply {
    turn.state.is_opted_out = true;
    turn.effects.push(Effect::SetOptOut(true));
    NOTICES_STOPPED.say(Choices::Buttons(vec![NOTICES_START, MENU]))
}

pub(super) fn start(turn: &mut Turn<'_>) -> Reply {
    turn.state.is_opted_out = false;
    turn.effects.push(Effect::SetOptOut(false));
    NOTICES_STARTED.say(Choices::Buttons(vec![NOTICES_STOP, MENU]))
}
