//! The steps of a special opening's release: commit, close, draw, let in, offer. Each happens once, whichever process runs it.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::{Opening, Release, Service};
use sigap_core::calendar::local_date;
use sigap_core::release::hash::Hash;
use sigap_store::records::{Job, JobKind, OpeningPhase, OpeningRow, OpeningSecret};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{find_service, later, start_of};
use crate::context::Context;
use crate::draw_opening::{carry_out, close_entries, draw, first_transcript};
use crate::offer_list::offer_to_list;
use crate::open_room::let_in_more;
use crate::run_jobs::opening_subject;

/// Between two steps of a room that lets people in, of a list that is offered places, and between two looks for a public
/// value.
const STEP: SignedDuration = SignedDuration::from_secs(60);
/// Between two parts of a result that is carried out.
const NEXT_PART: SignedDuration = SignedDuration::from_millis(1);

/// What everybody may read of an opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedOpening {
    /// The service.
    pub service: String,
    /// The day.
    pub day: Date,
    /// How far it is.
    pub phase: OpeningPhase,
    /// How it is released.
    pub release: Release,
    /// The transcript so far, as JSON; empty for releases that have none.
    pub transcript: String,
}

/// Makes openings of the content known: their secret is drawn and, for a draw, its commitment published, before anybody can
/// enter. How many were new.
///
/// # Errors
/// Storage faults only.
pub fn ensure_openings(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<usize, Fault> {
    let today = local_date(ctx.office, ctx.now);
    let mut new = 0;
    for service in &ctx.office.services {
        for opening in service.openings.iter().filter(|opening| opening.date >= today) {
            if tx.find_opening(ctx.office.id, &service.id, opening.date)?.is_some() {
                continue;
            }
            let seed: Hash = ctx.random()?;
            let list: Hash = ctx.random()?;
            let row = OpeningRow {
                service: service.id.clone(),
                day: opening.date,
                phase: OpeningPhase::Committed,
                secret: OpeningSecret {
                    seed: data_encoding::HEXLOWER.encode(&seed),
                    list: data_encoding::HEXLOWER.encode(&list),
                },
                published: first_transcript(ctx, service, opening, &seed),
            };
            if tx.insert_opening(ctx.office.id, &row)? {
                new += 1;
                if let Some(first) = first_step(&opening.release) {
                    schedule(tx, ctx, service, opening.date, start_of(ctx, first))?;
                }
            }
        }
    }
    Ok(new)
}

/// Takes the next step of an opening, if its time has come, and puts the one after it on the timetable.
///
/// # Errors
/// Storage faults only.
pub fn run_opening(tx: &mut dyn Tx, ctx: &Context<'_>, service: &str, day: Date) -> Result<(), Fault> {
    let Some((service, opening)) =
        find_service(ctx, service).and_then(|service| Some((service, service.opening_on(day)?)))
    else {
        return Ok(());
    };
    let Some(row) = tx.find_opening(ctx.office.id, &service.id, day)? else {
        return Ok(());
    };
    match next_step(tx, ctx, service, opening, &row)? {
        Some(at) => schedule(tx, ctx, service, day, at),
        None => Ok(()),
    }
}

/// Does what is due and says when there is more to do.
fn next_step(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    opening: &Opening,
    row: &OpeningRow,
) -> Result<Option<Timestamp>, Fault> {
    let due = |at: DateTime| start_of(ctx, at) <= ctx.now;
    match &opening.release {
        Release::FirstCome { .. } => Ok(None),
        Release::Shuffled { opens_at, .. } if !due(*opens_at) => Ok(Some(start_of(ctx, *opens_at))),
        Release::Shuffled { per_minute, .. } => {
            let goes_on = let_in_more(tx, ctx, service, opening.date, *per_minute, row)?;
            Ok(goes_on.then(|| later(ctx.now, STEP)))
        }
        Release::WaitingList { offers_at, .. } if !due(*offers_at) => Ok(Some(start_of(ctx, *offers_at))),
        Release::WaitingList { .. } => {
            let goes_on = offer_to_list(tx, ctx, service, opening.date, row)?;
            Ok(goes_on.then(|| later(ctx.now, NEXT_PART)))
        }
        Release::Draw {
            closes_at, drawn_at, ..
        } => match row.phase {
            OpeningPhase::Committed if !due(*closes_at) => Ok(Some(start_of(ctx, *closes_at))),
            OpeningPhase::Committed => {
                close_entries(tx, ctx, service, opening.date, row)?;
                Ok(Some(start_of(ctx, *drawn_at)))
            }
            OpeningPhase::Closed if !due(*drawn_at) => Ok(Some(start_of(ctx, *drawn_at))),
            // Without its public value a draw waits: nobody can make up for it.
            OpeningPhase::Closed => {
                let is_drawn = draw(tx, ctx, row)?;
                Ok(Some(later(ctx.now, if is_drawn { NEXT_PART } else { STEP })))
            }
            OpeningPhase::Released => {
                let goes_on = carry_out(tx, ctx, service, opening.date, row)?;
                Ok(goes_on.then(|| later(ctx.now, NEXT_PART)))
            }
        },
    }
}

fn first_step(release: &Release) -> Option<DateTime> {
    match release {
        Release::FirstCome { .. } => None,
        Release::Shuffled { opens_at, .. } => Some(*opens_at),
        Release::Draw { closes_at, .. } => Some(*closes_at),
        Release::WaitingList { offers_at, .. } => Some(*offers_at),
    }
}

fn schedule(tx: &mut dyn Tx, ctx: &Context<'_>, service: &Service, day: Date, due_at: Timestamp) -> Result<(), Fault> {
    tx.schedule(
        ctx.office.id,
        &Job {
            due_at,
            kind: JobKind::Open,
            subject: opening_subject(&service.id, day),
        },
    )
}

/// The secret bytes of an opening.
pub(crate) fn seed_of(row: &OpeningRow) -> Result<Hash, Fault> {
    bytes_of(&row.secret.seed)
}

/// The bytes that order the waiting list of an opening.
pub(crate) fn list_key_of(row: &OpeningRow) -> Result<Hash, Fault> {
    bytes_of(&row.secret.list)
}

fn bytes_of(hex: &str) -> Result<Hash, Fault> {
    data_encoding::HEXLOWER
        .decode(hex.as_bytes())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(Fault::Unreadable("opening.secret"))
}

/// What everybody may read of the openings that the content names.
///
/// # Errors
/// Storage faults only.
pub fn view_openings(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<PublishedOpening>, Fault> {
    let mut published = Vec::new();
    for service in &ctx.office.services {
        for opening in &service.openings {
            if let Some(row) = tx.find_opening(ctx.office.id, &service.id, opening.date)? {
                published.push(PublishedOpening {
                    service: row.service,
                    day: row.day,
                    phase: row.phase,
                    release: opening.release.clone(),
                    transcript: row.published,
                });
            }
        }
    }
    let today = local_date(ctx.office, ctx.now);
    // What is to come first, the nearest day before the others; then what is over.
    published.sort_by_key(|opening| {
        (
            opening.day < today,
            (opening.day - today).abs().get_days(),
            opening.service.clone(),
        )
    });
    Ok(published)
}
