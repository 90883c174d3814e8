//! One person who writes from two numbers: an officer says so after having looked at both, and can take it back. The two keep their own
//! conversations, for each phone gets its own answers; whoever helps sees both histories as one.

use sigap_core::ids::PersonId;
use sigap_core::limits::SAME_PERSONS_MAX;
use sigap_core::staff::Right;
use sigap_store::records::CaseEventKind;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::view_cases::{CaseRow, SameView, find};
use crate::work_case::{Deed, note_event};

/// Why two persons were not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameRefusal {
    /// The right is missing.
    Denied,
    /// No such case.
    Unknown,
    /// It is a case of the same person already.
    Same,
    /// There are as many as one person may have.
    TooMany,
}

/// Both sides, to be looked at before somebody says yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The person of the case.
    pub one: SameView,
    /// The person of the other case.
    pub other: SameView,
    /// The number of the other case.
    pub other_case: String,
}

/// The two persons of two cases.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_pair(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &str,
    other: &str,
) -> Result<Result<Pair, SameRefusal>, Fault> {
    let (one, other) = match both(tx, ctx, who, number, other)? {
        Ok(both) => both,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(Ok(Pair {
        one: side(tx, ctx, one.case.person)?,
        other: side(tx, ctx, other.case.person)?,
        other_case: other.case.number,
    }))
}

/// Joins them; it stands in both stories and in the trail.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn join_persons(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &str,
    other: &str,
) -> Result<Result<(), SameRefusal>, Fault> {
    let office = ctx.office.id;
    let (one, other) = match both(tx, ctx, who, number, other)? {
        Ok(both) => both,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // Whoever is the same as one of them is the same as the other.
    let mut all = vec![one.case.person, other.case.person];
    for person in [one.case.person, other.case.person] {
        all.extend(tx.list_same(office, person, SAME_PERSONS_MAX)?);
    }
    all.sort_unstable();
    all.dedup();
    if all.len() > SAME_PERSONS_MAX {
        return Ok(Err(SameRefusal::TooMany));
    }
    for (place, person) in all.iter().enumerate() {
        for other in all.iter().skip(place + 1) {
            tx.ensure_same(office, *person, *other)?;
        }
    }
    note_both(tx, ctx, who, &one, &other, "persons_joined")?;
    Ok(Ok(()))
}

/// Takes it back.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn part_persons(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &str,
    other: PersonId,
) -> Result<Result<(), SameRefusal>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Cases).is_err() {
        return Ok(Err(SameRefusal::Denied));
    }
    let Some(row) = case_of(tx, ctx, number)? else {
        return Ok(Err(SameRefusal::Unknown));
    };
    // It parts from all who were joined: with one of them it was wrong.
    for known in tx.list_same(office, other, SAME_PERSONS_MAX)? {
        tx.forget_same(office, other, known)?;
    }
    story(tx, ctx, who, &row, "≠".to_owned())?;
    tx.insert_act(office, who.staff(), ctx.now, "persons_parted", &row.case.number)?;
    Ok(Ok(()))
}

fn both(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    number: &str,
    other: &str,
) -> Result<Result<(CaseRow, CaseRow), SameRefusal>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Cases).is_err() {
        return Ok(Err(SameRefusal::Denied));
    }
    let (Some(one), Some(other)) = (case_of(tx, ctx, number)?, case_of(tx, ctx, other)?) else {
        return Ok(Err(SameRefusal::Unknown));
    };
    let known = tx.list_same(office, one.case.person, SAME_PERSONS_MAX)?;
    if one.case.person == other.case.person || known.contains(&other.case.person) {
        return Ok(Err(SameRefusal::Same));
    }
    Ok(Ok((one, other)))
}

fn case_of(tx: &mut dyn Tx, ctx: &Context<'_>, number: &str) -> Result<Option<CaseRow>, Fault> {
    match find(tx, ctx, number)? {
        // Who was erased is joined with nobody.
        Some(id) => Ok(tx.find_case(ctx.office.id, id)?.filter(|row| !row.is_erased)),
        None => Ok(None),
    }
}

fn side(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<SameView, Fault> {
    let contact = tx.find_contact(ctx.office.id, person)?.unwrap_or_default();
    Ok(SameView {
        person,
        name: contact.name.unwrap_or_default(),
        phone: contact.phone.unwrap_or_default(),
    })
}

fn note_both(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    one: &CaseRow,
    other: &CaseRow,
    act: &str,
) -> Result<(), Fault> {
    story(tx, ctx, who, one, format!("= {}", other.case.number))?;
    story(tx, ctx, who, other, format!("= {}", one.case.number))?;
    let subject = format!("{} {}", one.case.number, other.case.number);
    tx.insert_act(ctx.office.id, who.staff(), ctx.now, act, &subject)?;
    Ok(())
}

fn story(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer, row: &CaseRow, words: String) -> Result<(), Fault> {
    let deed = Deed {
        staff: Some(who.staff()),
        words,
        ..Deed::plain(CaseEventKind::Linked)
    };
    note_event(tx, ctx, row.case.id, deed)
}
