//! Counters against guessing are of a day, or of a month: what is older counts nowhere and is forgotten, once a day. Wrong proofs for an
//! application stay, since their number in all is bounded.

use sigap_store::records::GuessKind;
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::hall_parts::today;
use crate::view_application::day_number;

/// Kinds that count within a day.
const OF_A_DAY: [GuessKind; 6] = [
    GuessKind::LookUp,
    GuessKind::BirthDate,
    GuessKind::SlipCode,
    GuessKind::Hold,
    GuessKind::Nik,
    GuessKind::Erasure,
];
/// Days for which notices to one person are remembered: their bound is of a month.
const NOTICE_DAYS: i32 = 62;

/// Forgets what counts nowhere any more.
///
/// # Errors
/// Storage faults only.
pub(crate) fn forget_counters(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(), Fault> {
    let day = day_number(today(ctx));
    for kind in OF_A_DAY {
        tx.forget_guesses(ctx.office.id, kind, day)?;
    }
    tx.forget_guesses(ctx.office.id, GuessKind::Notice, day - NOTICE_DAYS)
        .map(|_| ())
}
