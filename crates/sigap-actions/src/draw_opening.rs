//! The draw of a special opening: entries are closed and told, the public value is mixed in, the result is carried out.
//!
//! The result is decided in one transaction, with the transcript that anybody can replay. It is carried out in parts, so
//! that nobody waits for a whole draw; each part finds by the state of the entries what is left to do.

use jiff::SignedDuration;
use jiff::civil::Date;
use sigap_core::booking::{BookingState, Opening, Release, Service, slots};
use sigap_core::ids::BookingId;
use sigap_core::limits::{DRAWN_HOURS, ENTRIES_MAX, ENTRIES_PER_STEP_MAX};
use sigap_core::release::draw::{Drawn, Entry, EntryId, Past, doubled_weight_of_party};
use sigap_core::release::hash::Hash;
use sigap_core::release::transcript::{DrawPlan, DrawSlot, Mismatch, Transcript};
use sigap_store::records::{BookingRow, Job, JobKind, OpeningPhase, OpeningRow, StandingChange};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{audit, find_service, later, start_of, take, view};
use crate::context::Context;
use crate::offer_places::{closes_for_offers, offer_until};
use crate::run_jobs::opening_subject;
use crate::run_opening::seed_of;
use crate::send_notice::{Notice, owe_notice};

/// Why a public value was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawRefusal {
    /// No such draw at this office.
    NoDraw,
    /// Entries are still open: a value that is known now could be used by whoever enters.
    NotClosed,
    /// A value was given; it cannot be changed.
    Given,
    /// No characters, or more than a line.
    Unreadable,
}

/// What is published before the first entry; nothing for releases that are no draw.
pub(crate) fn first_transcript(ctx: &Context<'_>, service: &Service, opening: &Opening, seed: &Hash) -> String {
    let Release::Draw { public_value, .. } = &opening.release else {
        return String::new();
    };
    let planned = slots::planned(ctx.office, service, opening.date).unwrap_or_default();
    let plan = DrawPlan {
        office: ctx.office.slug.clone(),
        service: service.id.clone(),
        day: opening.date,
        public_value_source: public_value.clone(),
        slots: planned
            .iter()
            .map(|slot| DrawSlot {
                at: slot.time,
                places: slot.places,
            })
            .collect(),
        places_max: opening.day_places,
    };
    Transcript::committed(plan, seed).to_json()
}

/// Closes entries: number, weights and root are told, and the secret, before the public value exists.
pub(crate) fn close_entries(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    day: Date,
    row: &OpeningRow,
) -> Result<(), Fault> {
    let mut entries = Vec::new();
    let mut after = BookingId(i64::MIN);
    loop {
        let part = tx.list_day(
            ctx.office.id,
            &service.id,
            day,
            BookingState::Entered,
            after,
            ENTRIES_PER_STEP_MAX,
        )?;
        let Some(last) = part.last() else { break };
        after = last.id;
        for entered in &part {
            entries.push(Entry {
                id: EntryId(entered.id.0),
                places: entered.places,
                doubled_weight: weight(tx, ctx, entered)?,
                slots: Vec::new(),
            });
        }
        if entries.len() >= ENTRIES_MAX {
            return Err(Fault::Broken("a draw has more entries than its bound".into()));
        }
    }
    let closed = OpeningRow {
        phase: OpeningPhase::Closed,
        published: read(row)?.closed(&seed_of(row)?, entries).map_err(broken)?.to_json(),
        ..row.clone()
    };
    if !tx.advance_opening(ctx.office.id, OpeningPhase::Committed, &closed)? {
        return Err(Fault::Busy);
    }
    audit(tx, ctx, "system", "draw_closed", BookingId(0))
}

fn weight(tx: &mut dyn Tx, ctx: &Context<'_>, entered: &BookingRow) -> Result<u8, Fault> {
    let mut members = Vec::new();
    for identity in tx.list_identities(ctx.office.id, entered.id)? {
        let standing = tx.find_standing(identity.key, &entered.service)?;
        members.push(Past {
            lost: standing.lost,
            has_missed: standing.missed_at.is_some(),
        });
    }
    Ok(doubled_weight_of_party(members))
}

fn broken(mismatch: Mismatch) -> Fault {
    Fault::Broken(mismatch.to_string())
}

/// Takes the public value as it was published, once.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn give_public_value(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &str,
    day: Date,
    value: &str,
) -> Result<Result<(), DrawRefusal>, Fault> {
    let is_draw = find_service(ctx, service)
        .and_then(|service| service.opening_on(day))
        .is_some_and(|opening| matches!(opening.release, Release::Draw { .. }));
    let Some(row) = tx.find_opening(ctx.office.id, service, day)?.filter(|_| is_draw) else {
        return Ok(Err(DrawRefusal::NoDraw));
    };
    match row.phase {
        OpeningPhase::Committed => return Ok(Err(DrawRefusal::NotClosed)),
        OpeningPhase::Released => return Ok(Err(DrawRefusal::Given)),
        OpeningPhase::Closed => {}
    }
    let transcript = match read(&row)?.given(value) {
        Ok(transcript) => transcript,
        Err(Mismatch::Already(_)) => return Ok(Err(DrawRefusal::Given)),
        Err(_) => return Ok(Err(DrawRefusal::Unreadable)),
    };
    let given = OpeningRow {
        published: transcript.to_json(),
        ..row
    };
    if !tx.advance_opening(ctx.office.id, OpeningPhase::Closed, &given)? {
        return Err(Fault::Busy);
    }
    audit(tx, ctx, "command", "draw_value_given", BookingId(0))?;
    // The draw need not wait for the next look.
    let drawn_at = find_service(ctx, service)
        .and_then(|service| service.opening_on(day))
        .and_then(|opening| match &opening.release {
            Release::Draw { drawn_at, .. } => Some(start_of(ctx, *drawn_at)),
            _ => None,
        });
    tx.schedule(
        ctx.office.id,
        &Job {
            due_at: drawn_at.unwrap_or(ctx.now).max(ctx.now),
            kind: JobKind::Open,
            subject: opening_subject(service, day),
        },
    )?;
    Ok(Ok(()))
}

/// Draws. False while the public value is missing.
pub(crate) fn draw(tx: &mut dyn Tx, ctx: &Context<'_>, row: &OpeningRow) -> Result<bool, Fault> {
    let transcript = read(row)?;
    if transcript.public_value.is_none() {
        return Ok(false);
    }
    let drawn = transcript.drawn().map_err(broken)?;
    let released = OpeningRow {
        phase: OpeningPhase::Released,
        published: drawn.to_json(),
        ..row.clone()
    };
    if !tx.advance_opening(ctx.office.id, OpeningPhase::Closed, &released)? {
        return Err(Fault::Busy);
    }
    audit(tx, ctx, "system", "draw_made", BookingId(0))?;
    Ok(true)
}

/// Carries a part of the result out: offers to those who won, the waiting list for the others. True while more is left.
pub(crate) fn carry_out(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    day: Date,
    row: &OpeningRow,
) -> Result<bool, Fault> {
    let result = read(row)?.result.unwrap_or_default();
    let part = tx.list_day(
        ctx.office.id,
        &service.id,
        day,
        BookingState::Entered,
        BookingId(i64::MIN),
        ENTRIES_PER_STEP_MAX,
    )?;
    let goes_on = part.len() == ENTRIES_PER_STEP_MAX;
    for entered in part {
        carry_out_one(tx, ctx, service, &result, entered)?;
    }
    Ok(goes_on)
}

fn carry_out_one(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    result: &Drawn,
    entered: BookingRow,
) -> Result<(), Fault> {
    let planned = slots::planned(ctx.office, service, entered.day).unwrap_or_default();
    let slot = result
        .winners
        .iter()
        .find(|winner| winner.id.0 == entered.id.0)
        .and_then(|winner| planned.get(usize::from(winner.slot)).copied());
    if let Some(slot) = slot {
        let at = entered.day.to_datetime(slot.time);
        if take(tx, ctx, service, at, slot, entered.places)? {
            remember(tx, ctx, &entered, StandingChange::Won)?;
            let starts_at = start_of(ctx, at);
            let until = later(ctx.now, SignedDuration::from_hours(DRAWN_HOURS));
            let until = until.min(closes_for_offers(service, starts_at));
            offer_until(tx, ctx, entered, starts_at, until)?;
            return Ok(());
        }
        // The office has lowered the quota since: who won stands on the list like the others, and hears so.
    }
    remember(tx, ctx, &entered, StandingChange::Lost)?;
    let waiting = BookingRow {
        state: BookingState::Waiting,
        ..entered
    };
    if tx.replace_booking(ctx.office.id, BookingState::Entered, &waiting)? {
        let seen = view(ctx, &waiting);
        owe_notice(tx, ctx, &waiting, Notice::NotDrawn(seen))?;
    }
    Ok(())
}

fn remember(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BookingRow, change: StandingChange) -> Result<(), Fault> {
    for identity in tx.list_identities(ctx.office.id, row.id)? {
        tx.change_standing(identity.key, &row.service, change)?;
    }
    Ok(())
}

fn read(row: &OpeningRow) -> Result<Transcript, Fault> {
    Transcript::from_json(&row.published).map_err(|_| Fault::Unreadable("opening.published"))
}
