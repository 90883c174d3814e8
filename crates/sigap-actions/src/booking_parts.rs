//! What the use cases of booking share: the view of a row, codes and links, places taken and given back, claims.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::slots::{self, PlannedSlot};
use sigap_core::booking::{BookingCode, BookingRefusal, BookingState, BookingView, Identity, Service, Visitor};
use sigap_core::calendar::local_date;
use sigap_core::conversation::state::State;
use sigap_core::ids::{BookingId, PersonId};
use sigap_core::language::Language;
use sigap_core::limits::FREE_DAYS_MAX;
use sigap_core::release::hidden::hidden_for;
use sigap_store::records::{
    AuditEntry, BookingIdentity, BookingRow, ConversationRow, IdentityKey, Job, JobKind, LinkKind, LinkRow,
    ReturnedPlaces,
};
use sigap_store::{Fault, Tx};

use crate::context::Context;
use crate::give_intake::forget_intakes;

/// Times a code is drawn anew when it is in use: with ten thousand live codes of 6.6 × 10¹¹ two hits in a row are a fault.
const CODE_TRIES: usize = 4;
/// How long a ticket's page stays after the visit.
const TICKET_DAYS_AFTER: i64 = 30;

/// Who asks: a person of the office, under one of our numbers.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The person.
    pub person: PersonId,
    /// The business number that was written to.
    pub number: &'a str,
}

/// The service of that id at this office.
pub(crate) fn find_service<'a>(ctx: &Context<'a>, id: &str) -> Option<&'a Service> {
    ctx.office.services.iter().find(|service| service.id == id)
}

/// The language in which somebody talks with the office.
pub(crate) fn language_of(known: Option<&ConversationRow>) -> Language {
    known
        .and_then(|known| State::from_stored(&known.state).ok())
        .unwrap_or_default()
        .language
}

/// The row as its owner sees it.
pub(crate) fn view(ctx: &Context<'_>, row: &BookingRow) -> BookingView {
    let at = row.starts_at.map(|at| ctx.office.zone.to_datetime(at));
    let url = row.content.token.as_ref().map(|token| {
        if row.content.needs_nik {
            ctx.links.identity(&ctx.office.slug, token)
        } else {
            ctx.links.ticket(&ctx.office.slug, token)
        }
    });
    BookingView {
        id: row.id,
        office: ctx.office.id,
        code: row.code.clone(),
        service: row.service.clone(),
        day: row.day,
        at,
        people: row.content.people.clone(),
        state: row.state,
        until: row.until,
        moves: row.moves,
        url,
        needs_nik: row.content.needs_nik,
        approval: row.content.approval,
    }
}

/// Keeps a new booking under a code that nobody else at the office has.
pub(crate) fn insert_with_code(tx: &mut dyn Tx, ctx: &Context<'_>, row: &mut BookingRow) -> Result<(), Fault> {
    for _ in 0..CODE_TRIES {
        row.code = BookingCode::from_random(ctx.random()?);
        if tx.insert_booking(ctx.office.id, row)? {
            return Ok(());
        }
    }
    Err(Fault::Broken("no free booking code was drawn".into()))
}

/// A new secret for an address: 128 random bits.
pub(crate) fn new_token(ctx: &Context<'_>) -> Result<String, Fault> {
    let random: [u8; 16] = ctx.random()?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&random))
}

/// Gives the row a link of that kind under a new token.
pub(crate) fn link(tx: &mut dyn Tx, ctx: &Context<'_>, row: &mut BookingRow, kind: LinkKind) -> Result<(), Fault> {
    let token = new_token(ctx)?;
    let expires_at = match kind {
        LinkKind::Identity => row.until.unwrap_or(ctx.now),
        LinkKind::Ticket | LinkKind::Reference => {
            let visit = row
                .starts_at
                .unwrap_or_else(|| start_of(ctx, row.day.to_datetime(jiff::civil::Time::MAX)));
            later(visit, SignedDuration::from_hours(24 * TICKET_DAYS_AFTER))
        }
    };
    let known = LinkRow {
        person: row.person,
        booking: row.id,
        kind,
        expires_at,
        used_at: None,
    };
    tx.insert_link(ctx.office.id, &token, &known)?;
    row.content.token = Some(token);
    Ok(())
}

/// Takes the places of an hour from all its quotas, or none: false when one of them has too few.
pub(crate) fn take(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    at: DateTime,
    slot: PlannedSlot,
    places: u16,
) -> Result<bool, Fault> {
    let quotas = slots::quotas(service, at, slot);
    for (number, quota) in quotas.iter().enumerate() {
        if !tx.take_places(ctx.office.id, &quota.name, quota.cap, places)? {
            for taken in quotas.iter().take(number) {
                tx.give_back_places(ctx.office.id, &taken.name, places)?;
            }
            return Ok(false);
        }
    }
    Ok(true)
}

/// Gives the places of an hour back to everybody, at once.
pub(crate) fn give_back(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    at: DateTime,
    places: u16,
) -> Result<(), Fault> {
    // The plan may have changed since: what counts is which quotas the places were taken from, and their names have not.
    let slot = PlannedSlot {
        time: at.time(),
        places,
    };
    for quota in slots::quotas(service, at, slot) {
        tx.give_back_places(ctx.office.id, &quota.name, places)?;
    }
    Ok(())
}

/// Gives the places of a booking back the way its kind asks for: a hold on an ordinary day at once; an offer that was not
/// taken to the next on the waiting list; everything else hidden for a random while and then to the waiting list first, so
/// that nobody can cancel and book again for somebody else.
pub(crate) fn return_places(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: &BookingRow,
) -> Result<(), Fault> {
    let Some(starts_at) = row.starts_at else {
        return Ok(());
    };
    let at = ctx.office.zone.to_datetime(starts_at);
    let is_ordinary = !service.needs_nik && service.opening_on(row.day).is_none();
    if row.state == BookingState::Held && is_ordinary {
        return give_back(tx, ctx, service, at, row.places);
    }
    let returned = ReturnedPlaces {
        id: ctx.new_id(),
        service: service.id.clone(),
        day: row.day,
        starts_at,
        places: row.places,
    };
    tx.insert_returned(ctx.office.id, &returned)?;
    // While somebody waits the place cannot be steered to anybody, so it need not be hidden first.
    let (waiting, _) = tx.count_day(ctx.office.id, &service.id, row.day, BookingState::Waiting)?;
    let due_at = if row.state == BookingState::Offered && waiting > 0 {
        ctx.now
    } else {
        later(ctx.now, hidden_for(ctx.random()?))
    };
    tx.schedule(
        ctx.office.id,
        &Job {
            due_at,
            kind: JobKind::Reveal,
            subject: returned.id.to_string(),
        },
    )
}

/// The identities of people under a contact, without NIK.
pub(crate) fn named_identities(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    people: &[Visitor],
) -> Result<Vec<BookingIdentity>, Fault> {
    let contact = tx.find_contact(ctx.office.id, person)?.unwrap_or_default();
    let contact = contact
        .phone
        .or(contact.bsuid)
        .unwrap_or_else(|| format!("{} {person}", ctx.office.id));
    people
        .iter()
        .zip(0..)
        .map(|(visitor, position)| {
            let named = Identity::Named {
                visitor: visitor.clone(),
                contact: contact.clone(),
            };
            Ok(BookingIdentity {
                position,
                key: tx.identity_key(&named)?,
                alike: tx.identity_key(&Identity::Alike(visitor.clone()))?,
                is_nik: false,
            })
        })
        .collect()
}

/// Claims everybody for a booking, or nobody.
///
/// # Errors
/// Storage faults; the refusal is a value and says who is booked already.
pub(crate) fn claim_all(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    booking: BookingId,
    person: PersonId,
    identities: &[BookingIdentity],
) -> Result<Result<(), BookingRefusal>, Fault> {
    let mut keys: Vec<IdentityKey> = identities.iter().map(|identity| identity.key).collect();
    // In one order everywhere, so that two families with a common member never wait for each other.
    keys.sort_unstable();
    for (number, key) in keys.iter().enumerate() {
        let Some(holder) = claim(tx, ctx, service, booking, *key)? else {
            continue;
        };
        for claimed in keys.iter().take(number) {
            tx.release_identity(*claimed, &service.id, ctx.office.id, booking)?;
        }
        let (office, known) = holder;
        let is_own = office == ctx.office.id && tx.find_booking(office, known)?.is_some_and(|row| row.person == person);
        return Ok(Err(BookingRefusal::HasOne {
            office: Some(office),
            is_own,
        }));
    }
    Ok(Ok(()))
}

fn claim(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    booking: BookingId,
    key: IdentityKey,
) -> Result<Option<(sigap_core::ids::OfficeId, BookingId)>, Fault> {
    let Some(holder) = tx.claim_identity(key, &service.id, ctx.office.id, booking)? else {
        return Ok(None);
    };
    // A hold here that has run out and was not cleared away yet stands in nobody's way.
    if holder.0 == ctx.office.id
        && let Some(row) = tx.find_booking(holder.0, holder.1)?
        && has_run_out(&row, ctx.now)
    {
        end(tx, ctx, service, row, BookingState::Lapsed)?;
        return tx.claim_identity(key, &service.id, ctx.office.id, booking);
    }
    Ok(Some(holder))
}

/// Whether a hold or an offer got no answer in time.
pub(crate) fn has_run_out(row: &BookingRow, now: Timestamp) -> bool {
    matches!(row.state, BookingState::Held | BookingState::Offered) && row.until.is_some_and(|until| until <= now)
}

/// Ends a live booking: its places go back, its people are free again. False when somebody ended it before.
pub(crate) fn end(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    row: BookingRow,
    state: BookingState,
) -> Result<bool, Fault> {
    let ended = BookingRow {
        state,
        until: None,
        ..row.clone()
    };
    if !tx.replace_booking(ctx.office.id, row.state, &ended)? {
        return Ok(false);
    }
    release_all(tx, ctx, &row)?;
    if row.state == BookingState::Booked {
        forget_intakes(tx, ctx, row.id)?;
    }
    if row.state.holds_places() {
        return_places(tx, ctx, service, &row)?;
    }
    Ok(true)
}

/// Ends the claims of a booking.
pub(crate) fn release_all(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BookingRow) -> Result<(), Fault> {
    for identity in tx.list_identities(ctx.office.id, row.id)? {
        tx.release_identity(identity.key, &row.service, ctx.office.id, row.id)?;
    }
    Ok(())
}

/// Until when one of these people is barred because nobody came last time; `None` when nobody is.
pub(crate) fn barred_until(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    identities: &[BookingIdentity],
) -> Result<Option<jiff::civil::Date>, Fault> {
    let days = i64::from(service.rules.missed_bar_days);
    if days == 0 {
        return Ok(None);
    }
    let mut latest = None;
    for identity in identities {
        let Some(missed_at) = tx.find_standing(identity.key, &service.id)?.missed_at else {
            continue;
        };
        let until = local_date(ctx.office, later(missed_at, SignedDuration::from_hours(24 * days)));
        latest = latest.max(Some(until));
    }
    Ok(latest.filter(|until| *until > local_date(ctx.office, ctx.now)))
}

/// Puts the time-out of a hold or an offer on the timetable.
pub(crate) fn schedule_lapse(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BookingRow) -> Result<(), Fault> {
    let Some(until) = row.until else {
        return Ok(());
    };
    tx.schedule(
        ctx.office.id,
        &Job {
            due_at: until,
            kind: JobKind::Lapse,
            subject: row.id.to_string(),
        },
    )
}

/// A line in the audit trail about a booking, by its number.
pub(crate) fn audit(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    actor: &str,
    act: &str,
    booking: BookingId,
) -> Result<(), Fault> {
    tx.insert_audit(
        ctx.office.id,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: actor.into(),
            act: act.into(),
            subject: format!("booking {booking}"),
        },
    )
}

/// The instant of a moment at the office; in a gap of summer time, which Indonesia has not, the one after it.
pub(crate) fn start_of(ctx: &Context<'_>, at: DateTime) -> Timestamp {
    ctx.office.zone.to_timestamp(at).unwrap_or(Timestamp::MAX)
}

/// So much later, at most the end of time.
pub(crate) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Quotas of a service from a day on, as many days as may be looked at, by name.
pub(crate) fn quota_uses(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    service: &Service,
    from: jiff::civil::Date,
) -> Result<std::collections::BTreeMap<String, slots::QuotaUse>, Fault> {
    let days = i64::try_from(FREE_DAYS_MAX).unwrap_or(i64::MAX);
    let to = from
        .checked_add(jiff::ToSpan::days(days))
        .unwrap_or(jiff::civil::Date::MAX);
    let limit = FREE_DAYS_MAX * (sigap_core::limits::SLOTS_PER_DAY_MAX + 1);
    let rows = tx.list_quotas(
        ctx.office.id,
        &slots::day_quota(service, from),
        &slots::day_quota(service, to),
        limit,
    )?;
    Ok(rows.into_iter().collect())
}
