//! What a person may see of an application: the tiers of proof, and limits that make guessing useless.
//!
//! Limits: docs/privacy.md. Unknown, wrong and locked end in one and the same view, after the same reads; a lock closes
//! only the path of number and birth date, never the bound phone's, or lock-out would be a weapon.

use jiff::civil::Date;
use sigap_core::application::ApplicationView;
use sigap_core::application::proof::{Proof, view};
use sigap_core::calendar::local_date;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};
use sigap_core::limits::{
    BIRTH_DATE_NUMBERS_PER_DAY_MAX, LOOK_UPS_PER_DAY_MAX, WRONG_PROOFS_MAX, WRONG_PROOFS_PER_DAY_MAX,
};
use sigap_store::records::GuessKind;
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// The view of `person` on `number`.
///
/// # Errors
/// Storage faults only.
pub fn view_application(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &ApplicationNumber,
    born_on: Option<Date>,
) -> Result<ApplicationView, Fault> {
    let here = ctx.office.id;
    let today = local_date(ctx.office, ctx.now);
    let is_bound = tx.is_bound(here, person, number)?;
    let place = tx.find_place(number)?.unwrap_or(here);
    let application = tx.find_application(place, number)?;
    let data_at = tx.find_last_import(place)?;
    let proof = match born_on {
        _ if is_bound => Proof::Bound,
        Some(born_on) => Proof::BirthDate(born_on),
        None => Proof::Bare,
    };
    let shown = view(application.as_ref(), proof, data_at);
    if is_bound {
        return Ok(shown);
    }
    let is_locked = count_and_check(tx, here, person, number, proof, &shown, day_number(today))?;
    Ok(if is_locked { ApplicationView::NotShown } else { shown })
}

/// The application the person's phone is bound to, with everything on file.
///
/// # Errors
/// Storage faults only.
pub fn view_bound(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
) -> Result<Option<(ApplicationNumber, ApplicationView)>, Fault> {
    let Some(number) = tx.find_bound(ctx.office.id, person)? else {
        return Ok(None);
    };
    let view = view_application(tx, ctx, person, &number, None)?;
    Ok(Some((number, view)))
}

/// Counts this try and says whether the path is closed: for the person by look-ups, for the number by wrong proofs, for
/// the birth date by different numbers tried with it (a leaked date meets many numbers).
fn count_and_check(
    tx: &mut dyn Tx,
    office: OfficeId,
    person: PersonId,
    number: &ApplicationNumber,
    proof: Proof,
    shown: &ApplicationView,
    day: i32,
) -> Result<bool, Fault> {
    let asker = person.to_string();
    tx.count_guess(office, GuessKind::LookUp, &asker, number.as_str(), day)?;
    let (numbers_today, _) = tx.sum_guesses(office, GuessKind::LookUp, &asker, day)?;
    let mut is_locked = numbers_today > LOOK_UPS_PER_DAY_MAX;
    if let Proof::BirthDate(born_on) = proof {
        let date = born_on.to_string();
        let (_, wrong_today) = tx.sum_guesses(office, GuessKind::WrongProof, number.as_str(), day)?;
        let (_, wrong_ever) = tx.sum_guesses(office, GuessKind::WrongProof, number.as_str(), i32::MIN)?;
        tx.count_guess(office, GuessKind::BirthDate, &date, number.as_str(), day)?;
        let (numbers_of_date, _) = tx.sum_guesses(office, GuessKind::BirthDate, &date, day)?;
        is_locked |= wrong_today >= WRONG_PROOFS_PER_DAY_MAX
            || wrong_ever >= WRONG_PROOFS_MAX
            || numbers_of_date > BIRTH_DATE_NUMBERS_PER_DAY_MAX;
        if matches!(shown, ApplicationView::NotShown) {
            tx.count_guess(office, GuessKind::WrongProof, number.as_str(), &asker, day)?;
        }
    }
    Ok(is_locked)
}

/// Days since 1970 of a day at the office.
pub(crate) fn day_number(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).map_or(0, |span| span.get_days())
}
