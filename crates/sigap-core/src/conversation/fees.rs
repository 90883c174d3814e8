//! What a passport costs today, and how long it takes.

use crate::catalogue::{Fee, FeeKind};

use super::choice::*;
use super::messages::*;
use super::payment::{caution_unless, source_words};
use super::reply::{Arg, Choices, Reply};
use super::turn::Turn;

pub(super) fn list(turn: &mut Turn<'_>) -> Reply {
    let today = turn.today();
    let fees = || turn.world.catalogue.fees_on(today);
    let passports: Vec<Arg> = fees().filter(|fee| fee.kind == FeeKind::Passport).map(price).collect();
    let others: Vec<Arg> = fees().filter(|fee| fee.kind != FeeKind::Passport).map(price).collect();
    let Some(newest) = fees().max_by_key(|fee| fee.from) else {
        return FEES_UNKNOWN.say(Choices::Buttons(vec![OFFICER, MENU]));
    };
    let is_confirmed = fees().all(Fee::is_confirmed);
    FEES_LIST
        .say(Choices::Buttons(vec![REQUIREMENTS, PAYMENT, MENU]))
        .with("passports", Arg::Lines(passports))
        .with("others", FEES_OTHERS.lines("fees", others))
        .with("caution", caution_unless(is_confirmed))
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

/// A line of a price list: what, and how much.
pub(super) fn price(fee: &Fee) -> Arg {
    let mut key = String::from("fee.");
    key.push_str(&fee.code);
    Arg::Pair(Box::new(Arg::Key(key)), Box::new(Arg::Rupiah(fee.rupiah)))
}
