//! How to pay: billing code, where, until when, and what to do when a payment is not recorded. No fee is ever paid here.

use crate::catalogue::PaymentChannel;

use super::choice::*;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

pub(super) fn how(turn: &mut Turn<'_>) -> Reply {
    let payment = &turn.world.catalogue.payment;
    let channels = |is_confirmed: bool| -> Vec<Arg> {
        let channels = payment
            .channels
            .iter()
            .filter(|channel| channel.is_confirmed == is_confirmed);
        channels.map(channel_words).collect()
    };
    PAYMENT_HOW
        .say(Choices::Buttons(vec![FEES, PAYMENT_PROBLEM, MENU]))
        .with("channels", Arg::Lines(channels(true)))
        .with("unconfirmed", PAYMENT_UNCONFIRMED.lines("channels", channels(false)))
        .with("hours", Arg::Number(i64::from(payment.valid_hours_m_paspor)))
        .with("days", Arg::Number(i64::from(payment.valid_days_counter)))
        .with("digits", Arg::Number(i64::from(payment.code_digits)))
        .with("source", source_words(&payment.source))
}

pub(super) fn problem(_turn: &mut Turn<'_>) -> Reply {
    PAYMENT_PROBLEM_INFO.say(Choices::Buttons(vec![STATUS, OFFICER, MENU]))
}

fn channel_words(channel: &PaymentChannel) -> Arg {
    let mut key = String::from("channel.");
    key.push_str(&channel.id);
    Arg::Key(key)
}

/// "Please confirm with the office": when a fact has to be looked at again, or was never confirmed.
pub(super) fn caution(is_confirmed: bool, is_stale: bool) -> Arg {
    if is_stale {
        OFFICER_CONFIRM_NOTE.words()
    } else if is_confirmed {
        Arg::Empty
    } else {
        REQUIREMENTS_CAUTION.words()
    }
}

/// The name of a source for citizens.
pub(super) fn source_words(source: &str) -> Arg {
    let mut key = String::from("source.");
    key.push_str(source);
    Arg::Key(key)
}
