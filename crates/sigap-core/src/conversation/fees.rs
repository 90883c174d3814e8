//! What a passport costs today, and how long it takes.

use jiff::civil::Date;

use crate::catalogue::{Fee, FeeKind};

use super::choice::*;
use super::messages::*;
use super::payment::{caution, source_words};
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

pub(super) fn list(turn: &mut Turn<'_>) -> Reply {
    let today = turn.today();
    let fees = || turn.world.catalogue.fees_on(today);
    let prices = |is_passport: bool| -> Vec<Arg> {
        let fees = fees().filter(|fee| (fee.kind == FeeKind::Passport) == is_passport);
        fees.map(|fee| price(fee, today)).collect()
    };
    let Some(newest) = fees().max_by_key(|fee| fee.from) else {
        return FEES_UNKNOWN.say(Choices::Buttons(vec![OFFICER, MENU]));
    };
    let is_confirmed = fees().all(Fee::is_confirmed);
    FEES_LIST
        .say(Choices::Buttons(vec![REQUIREMENTS, PAYMENT, MENU]))
        .with("passports", Arg::Lines(prices(true)))
        .with("others", FEES_OTHERS.lines("fees", prices(false)))
        .with(
            "caution",
            caution(is_confirmed, fees().any(|fee| fee.is_stale_on(today))),
        )
        .with("since", Arg::Day(newest.from))
        .with("source", source_words(&newest.source))
}

pub(super) fn duration(turn: &mut Turn<'_>) -> Reply {
    let issue = &turn.world.catalogue.issue;
    DURATION_INFO
        .say(Choices::Buttons(vec![STATUS, REQUIREMENTS_FAST, MENU]))
        .with("days", Arg::Number(i64::from(issue.work_days)))
        .with("papers_days", Arg::Number(i64::from(issue.complete_papers_days)))
        .with("source", source_words(&issue.source))
}

/// A line of a price list: what, and how much; instead of a figure nobody vouches for any more, the advice to ask.
pub(super) fn price(fee: &Fee, today: Date) -> Arg {
    let mut key = String::from("fee.");
    key.push_str(&fee.code);
    let amount = if fee.is_stale_on(today) {
        OFFICER_CONFIRM.words()
    } else {
        Arg::Rupiah(fee.rupiah)
    };
    Arg::Pair(Box::new(Arg::Key(key)), Box::new(amount))
}
