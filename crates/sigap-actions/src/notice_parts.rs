//! What the use cases about notices share: the office's rules, the month, the money, the counts.

use sigap_core::limits::DELIVERED_KINDS_MAX;
use sigap_core::notices::budget::{Money, Spending};
use sigap_core::notices::{NoticePlan, Outcome, Rules};
use sigap_store::records::PlanRow;
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// What the office decided.
pub(crate) fn plan_of(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<PlanRow, Fault> {
    Ok(tx.find_notice_plan(ctx.office.id)?.unwrap_or_default())
}

/// Changes what the office decided.
pub(crate) fn change_plan(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    change: impl FnOnce(&mut NoticePlan),
) -> Result<(), Fault> {
    let mut row = plan_of(tx, ctx)?;
    change(&mut row.plan);
    row.revision += 1;
    if tx.save_notice_plan(ctx.office.id, &row)? {
        Ok(())
    } else {
        Err(Fault::Busy)
    }
}

/// The plan over what holds everywhere.
pub(crate) fn rules<'a>(ctx: &Context<'a>, plan: &'a NoticePlan) -> Rules<'a> {
    Rules {
        catalogue: &ctx.content.catalogue_of(ctx.office.id).notices,
        plan,
    }
}

/// The month at the office: `2026-11`.
pub(crate) fn month_of(ctx: &Context<'_>) -> String {
    ctx.office.zone.to_datetime(ctx.now).strftime("%Y-%m").to_string()
}

/// Counts what became of a notice.
pub(crate) fn count(tx: &mut dyn Tx, ctx: &Context<'_>, notice: &str, outcome: Outcome) -> Result<(), Fault> {
    tx.count_notice(ctx.office.id, &month_of(ctx), notice, outcome.name())
        .map(|_| ())
}

/// The counts of this month: notice, outcome, how many.
pub(crate) fn counts(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<(String, Outcome, u64)>, Fault> {
    let kinds = ctx.content.catalogue_of(ctx.office.id).notices.kinds.len();
    let rows = tx.list_notice_counts(ctx.office.id, &month_of(ctx), (kinds + 1) * Outcome::ALL.len())?;
    Ok(rows
        .into_iter()
        .filter_map(|(notice, outcome, many)| Some((notice, Outcome::from_name(&outcome)?, many)))
        .collect())
}

/// The money of this month.
pub(crate) fn money(tx: &mut dyn Tx, ctx: &Context<'_>, rules: Rules<'_>) -> Result<Money, Fault> {
    let delivered = tx.list_delivered(ctx.office.id, &month_of(ctx), DELIVERED_KINDS_MAX)?;
    let counts = counts(tx, ctx)?;
    let sum = |wanted| {
        let fitting = counts.iter().filter(|(_, outcome, _)| *outcome == wanted);
        fitting.map(|(_, _, many)| many).sum()
    };
    let spending = Spending {
        delivered,
        owed: sum(Outcome::Paid),
        failed: sum(Outcome::Failed),
    };
    let pricing = &ctx.content.catalogue_of(ctx.office.id).pricing;
    Ok(spending.money(pricing, rules.budget_rupiah()))
}
