//! Binding a phone to an application by the slip code that the counter printed.

use sigap_core::application::ApplicationView;
use sigap_core::application::slip_code::SlipCode;
use sigap_core::calendar::local_date;
use sigap_core::ids::ApplicationNumber;
use sigap_core::limits::WRONG_SLIP_CODES_PER_DAY_MAX;
use sigap_store::records::{AuditEntry, GuessKind};
use sigap_store::{Fault, Tx};

use crate::booking_parts::Asker;
use crate::context::Context;
use crate::view_application::{day_number, view_application};

/// Uses the code up and binds. `None` for a wrong, used or lapsed code and for somebody who tried too often: one answer.
///
/// # Errors
/// Storage faults only.
pub fn bind_phone(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    code: &SlipCode,
) -> Result<Option<(ApplicationNumber, ApplicationView)>, Fault> {
    let (office, person) = (ctx.office.id, asker.person);
    let today = day_number(local_date(ctx.office, ctx.now));
    let who = person.to_string();
    let (_, wrong_today) = tx.sum_guesses(office, GuessKind::SlipCode, &who, today)?;
    let number = if wrong_today < WRONG_SLIP_CODES_PER_DAY_MAX {
        tx.use_slip_code(office, code.as_str(), person, ctx.now)?
    } else {
        None
    };
    let Some(number) = number else {
        tx.count_guess(office, GuessKind::SlipCode, &who, "wrong", today)?;
        return Ok(None);
    };
    tx.bind_person(office, person, &number, ctx.now)?;
    tx.note_binding_line(office, person, &number, asker.number)?;
    tx.insert_audit(
        office,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: "citizen".into(),
            act: "phone_bound".into(),
            subject: format!("person {person}"),
        },
    )?;
    let view = view_application(tx, ctx, person, &number, None)?;
    Ok(Some((number, view)))
}
