//! The trail of what staff did, page by page, with a look at its chain.

use sigap_core::ids::StaffId;
use sigap_core::limits::{ACTS_PER_PAGE, STAFF_MAX};
use sigap_core::staff::Right;
use sigap_core::trail::{Act, Chain, Follower};
use sigap_store::{Fault, Tx};

use crate::authority::{Denied, Officer};
use crate::context::Context;

/// A page of the trail, the newest line first.
#[derive(Debug, Clone, PartialEq)]
pub struct TrailPage {
    /// Its lines.
    pub lines: Vec<Act>,
    /// Names of those who stand in them.
    pub names: Vec<(StaffId, String)>,
    /// Lines of the whole trail.
    pub total: u64,
    /// The place before which the next older page ends; `None` on the oldest.
    pub older: Option<u64>,
}

/// A page that ends before a place, or the newest.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_trail(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    before: Option<u64>,
) -> Result<Result<TrailPage, Denied>, Fault> {
    if let Err(denied) = who.require(ctx.office.id, Right::Trail) {
        return Ok(Err(denied));
    }
    let total = tx.count_acts(ctx.office.id)?;
    let before = before.unwrap_or(u64::MAX).min(total + 1);
    let from = before.saturating_sub(ACTS_PER_PAGE as u64).max(1);
    let most = usize::try_from(before - from).unwrap_or(ACTS_PER_PAGE);
    let mut lines: Vec<Act> = tx
        .list_acts(ctx.office.id, from, most)?
        .into_iter()
        .map(|(act, _)| act)
        .collect();
    lines.reverse();
    let names = tx.list_staff(ctx.office.id, STAFF_MAX)?;
    Ok(Ok(TrailPage {
        names: names.into_iter().map(|row| (row.id, row.content.name)).collect(),
        older: (from > 1).then_some(from),
        lines,
        total,
    }))
}

/// Lines read at once while the chain is followed.
const CHUNK: usize = 1_000;

/// Follows the chain of an office from its first line.
///
/// # Errors
/// Storage faults only.
pub fn verify_trail(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Chain, Fault> {
    let office = ctx.office.id;
    let mut follower = Follower::new(office);
    let mut from = 0;
    loop {
        let lines = tx.list_acts(office, from, CHUNK)?;
        for (act, hash) in &lines {
            follower.follow(act, hash);
        }
        match lines.last() {
            Some((last, _)) if lines.len() == CHUNK => from = last.place + 1,
            _ => return Ok(follower.end()),
        }
    }
}
