//! Opening a case: a number the citizen can name, a deadline from the law, a line in the audit trail.

use jiff::civil::Date;
use sigap_core::calendar::{add_working_days, local_date};
use sigap_core::cases::CaseKind;
use sigap_core::ids::{CaseId, PersonId};
use sigap_store::records::{AuditEntry, NewCase};
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// Opens a case and returns its number, `JP-2611-0042`: initials of the office, year and month, count.
///
/// # Errors
/// Storage faults only.
pub fn open_case(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    kind: CaseKind,
    text: &str,
    rating: Option<u8>,
) -> Result<String, Fault> {
    let office = ctx.office.id;
    let today = local_date(ctx.office, ctx.now);
    let month = format!("{:02}{:02}", today.year() % 100, today.month());
    let count = tx.next_count(office, &format!("case {month}"))?;
    let number = format!("{}-{month}-{count:04}", initials(&ctx.office.slug));
    let case = NewCase {
        id: CaseId(ctx.new_id()),
        number: number.clone(),
        kind,
        person,
        text: text.to_owned(),
        rating,
        opened_at: ctx.now,
        due_on: due_on(ctx, kind, today),
    };
    tx.insert_case(office, &case)?;
    tx.insert_audit(
        office,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: "citizen".into(),
            act: "case_opened".into(),
            subject: format!("case {number} ({})", kind.name()),
        },
    )?;
    Ok(number)
}

/// The day of the first reply by law; thanks and ideas have none.
fn due_on(ctx: &Context<'_>, kind: CaseKind, today: Date) -> Option<Date> {
    let days = &ctx.content.catalogue().complaint;
    match kind {
        CaseKind::Complaint | CaseKind::Broker => add_working_days(ctx.office, today, days.first_reply_days),
        CaseKind::Officer | CaseKind::Unanswered => add_working_days(ctx.office, today, days.information_days),
        CaseKind::Appreciation | CaseKind::Comment => None,
    }
}

fn initials(slug: &str) -> String {
    slug.split('-')
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .take(4)
        .collect()
}
