//! A person wants to be told when an application moves on, or no longer.

use sigap_core::application::ApplicationView;
use sigap_core::conversation::dialogue::FollowTold;
use sigap_core::ids::{ApplicationNumber, PersonId};
use sigap_core::limits::FOLLOWS_PER_PERSON_MAX;
use sigap_store::records::FollowRow;
use sigap_store::{Fault, Tx};

use crate::booking_parts::Asker;
use crate::context::Context;
use crate::view_application::view_application;

/// Keeps the wish. It counts as a look-up: who may not see the number hears nothing about it later either.
///
/// # Errors
/// Storage faults only.
pub fn follow_application(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    number: &ApplicationNumber,
) -> Result<FollowTold, Fault> {
    let office = ctx.office.id;
    let view = view_application(tx, ctx, asker.person, number, None)?;
    let stage = match view {
        ApplicationView::NotShown => return Ok(FollowTold::Nothing),
        ApplicationView::Bare(bare) | ApplicationView::Dated(bare, _) | ApplicationView::Full(bare, ..) => {
            if bare.office != office || !bare.stage.moves_by_reports() {
                return Ok(FollowTold::Nothing);
            }
            bare.stage
        }
    };
    let known = tx.list_follows(office, asker.person, FOLLOWS_PER_PERSON_MAX)?;
    let is_known = known.iter().any(|row| row.number == *number);
    if !is_known && known.len() >= FOLLOWS_PER_PERSON_MAX {
        return Ok(FollowTold::TooMany);
    }
    let row = FollowRow {
        person: asker.person,
        number: number.clone(),
        line: asker.number.to_owned(),
        told: stage,
        moved_at: None,
    };
    tx.save_follow(office, &row)?;
    Ok(FollowTold::Kept)
}

/// Forgets the wish about an application, or all of them.
///
/// # Errors
/// Storage faults only.
pub fn unfollow_application(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: Option<&ApplicationNumber>,
) -> Result<(), Fault> {
    let office = ctx.office.id;
    if let Some(number) = number {
        tx.forget_follow(office, person, number)?;
        return Ok(());
    }
    for row in tx.list_follows(office, person, FOLLOWS_PER_PERSON_MAX)? {
        tx.forget_follow(office, person, &row.number)?;
    }
    Ok(())
}
