//! How to get a place in the queue: through the national application. Booking in this chat is not offered yet, and the
//! old hash commands are told so.

use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

/// Where M-Paspor is downloaded on most phones. The other store's address stands in the text.
const M_PASPOR_URL: &str = "https://play.google.com/store/apps/details?id=id.go.imigrasi.paspor_online";
/// Signs of the old command `#NAME#ddmmyyyy#ddmmyyyy` (2017).
const OLD_COMMAND_PARTS: usize = 3;

pub(super) fn how(turn: &mut Turn<'_>) -> Reply {
    let booking = &turn.world.catalogue.booking;
    QUEUE_HOW
        .say(Choices::Link {
            label: "m_paspor",
            url: M_PASPOR_URL.to_owned(),
        })
        .with("app", Arg::Text(booking.name.clone()))
        .with("former", Arg::Text(booking.former_name.clone()))
}

/// Moving and cancelling happen where the booking was made.
pub(super) fn cancel(turn: &mut Turn<'_>) -> Reply {
    let booking = &turn.world.catalogue.booking;
    QUEUE_CANCEL_INFO
        .say(Choices::Buttons(vec![QUEUE, OFFICER, MENU]))
        .with("app", Arg::Text(booking.name.clone()))
        .with("times", Arg::Number(i64::from(booking.reschedule_max)))
        .with("days", Arg::Number(i64::from(booking.reschedule_within_days)))
}

pub(super) fn old_command(turn: &mut Turn<'_>) -> Reply {
    let booking = &turn.world.catalogue.booking;
    QUEUE_OLD_COMMAND
        .say(Choices::Buttons(vec![QUEUE, SIMPATIK, MENU]))
        .with("app", Arg::Text(booking.name.clone()))
        .with("former", Arg::Text(booking.former_name.clone()))
}

/// Whether a text is the booking command of 2017: a name and two dates between hash signs.
pub(super) fn is_old_booking(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('#') else {
        return false;
    };
    let mut parts = rest.split('#').map(str::trim).filter(|part| !part.is_empty());
    let has_name = parts.next().is_some_and(|name| name.chars().any(char::is_alphabetic));
    has_name
        && parts
            .filter(|part| part.bytes().any(|byte| byte.is_ascii_digit()))
            .count()
            + 1
            >= OLD_COMMAND_PARTS
}
