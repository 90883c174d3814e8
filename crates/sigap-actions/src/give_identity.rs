//! The NIK of each person, given in the form behind a link that was sent: checked for shape, kept as a keyed hash only.

use sigap_core::booking::identity::NikProblem;
use sigap_core::booking::{BookingRefusal, BookingState, BookingView, Identity, Nik, Visitor};
use sigap_core::calendar::local_date;
use sigap_core::ids::PersonId;
use sigap_core::language::Language;
use sigap_core::limits::WRONG_NIKS_PER_DAY_MAX;
use sigap_store::records::{BookingIdentity, BookingRow, GuessKind, LinkKind, LinkRow};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{barred_until, claim_all, end, find_service, has_run_out, language_of, release_all};
use crate::confirm_booking::confirm;
use crate::context::Context;
use crate::enter_opening::complete_entry;
use crate::send_notice::{Notice, owe_notice};
use crate::view_application::day_number;

/// What a link that was sent shows.
#[derive(Debug, Clone, PartialEq)]
pub struct FormView {
    /// The booking.
    pub booking: BookingView,
    /// Whether the NIK can be given now.
    pub is_open: bool,
    /// The language of who booked.
    pub language: Language,
}

/// Why the form is shown again, or not any more.
#[derive(Debug, Clone, PartialEq)]
pub enum FormRefusal {
    /// No such link, or it is too old.
    NoLink,
    /// It was sent already.
    Used,
    /// The place was held too short a time.
    Lapsed,
    /// What is wrong with the NIK of each person, by position.
    Niks(Vec<(usize, NikProblem)>),
    /// Two people have the same NIK.
    Twice,
    /// The rules say no.
    Booking(BookingRefusal),
}

/// What the link is about.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_form(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Result<FormView, FormRefusal>, Fault> {
    let (link, row) = match open(tx, ctx, token)? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let language = language_of(tx.find_conversation(ctx.office.id, row.person)?.as_ref());
    Ok(Ok(FormView {
        language,
        is_open: is_open(ctx, &link, &row),
        booking: crate::booking_parts::view(ctx, &row),
    }))
}

/// Takes the NIKs, one for each person in their order. What was waiting for them goes on: a held place is booked, an entry
/// stands. The citizen is written to.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn give_identity(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    token: &str,
    niks: &[String],
) -> Result<Result<BookingView, FormRefusal>, Fault> {
    let (link, row) = match open(tx, ctx, token)? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if link.used_at.is_some() {
        return Ok(Err(FormRefusal::Used));
    }
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(Err(FormRefusal::Booking(BookingRefusal::NoService)));
    };
    if !is_open(ctx, &link, &row) {
        if has_run_out(&row, ctx.now) {
            end(tx, ctx, service, row, BookingState::Lapsed)?;
        }
        return Ok(Err(FormRefusal::Lapsed));
    }
    let read = match read_all(&row.content.people, niks) {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if has_tried_too_often(tx, ctx, row.person)? {
        return Ok(Err(FormRefusal::Booking(BookingRefusal::Helpdesk)));
    }
    let identities = identities(tx, &row.content.people, read)?;
    if let Some(until) = barred_until(tx, ctx, service, &identities)? {
        return Ok(Err(FormRefusal::Booking(BookingRefusal::Barred { until })));
    }
    release_all(tx, ctx, &row)?;
    if let Err(refusal) = claim_all(tx, ctx, service, row.id, row.person, &identities)? {
        // Whether somebody is booked is told to whoever holds that person's NIK: a few times a day, not to a guesser.
        let today = day_number(local_date(ctx.office, ctx.now));
        tx.count_guess(ctx.office.id, GuessKind::Nik, &row.person.to_string(), "clash", today)?;
        return Ok(Err(FormRefusal::Booking(refusal)));
    }
    tx.save_identities(ctx.office.id, row.id, row.person, &identities)?;
    if !tx.use_link(ctx.office.id, token, ctx.now)? {
        return Err(Fault::Busy);
    }
    go_on(tx, ctx, row)
}

fn go_on(tx: &mut dyn Tx, ctx: &Context<'_>, row: BookingRow) -> Result<Result<BookingView, FormRefusal>, Fault> {
    let Some(service) = find_service(ctx, &row.service) else {
        return Ok(Err(FormRefusal::Booking(BookingRefusal::NoService)));
    };
    let mut known = row;
    known.content.needs_nik = false;
    let state = known.state;
    if !tx.replace_booking(ctx.office.id, state, &known)? {
        return Err(Fault::Busy);
    }
    let owner = known.clone();
    let result = if known.starts_at.is_some() {
        confirm(tx, ctx, known)?
    } else {
        complete_entry(tx, ctx, service, known)?
    };
    let view = match result {
        Ok(view) => view,
        // Nothing that was checked a moment ago in this transaction can have changed, but for the closing of a draw.
        Err(refusal) => return Ok(Err(FormRefusal::Booking(refusal))),
    };
    let notice = match view.state {
        BookingState::Booked => Some(Notice::Booked(view.clone())),
        BookingState::Entered => Some(Notice::Entered(view.clone())),
        BookingState::Waiting => Some(Notice::Waiting(view.clone())),
        // An offer is told by itself.
        _ => None,
    };
    if let Some(notice) = notice {
        owe_notice(tx, ctx, &owner, notice)?;
    }
    Ok(Ok(view))
}

fn open(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Result<(LinkRow, BookingRow), FormRefusal>, Fault> {
    let Some(link) = tx
        .find_link(ctx.office.id, token)?
        .filter(|link| link.kind == LinkKind::Identity)
    else {
        return Ok(Err(FormRefusal::NoLink));
    };
    // The person is held, so that a message under way and the form never change one booking at the same time.
    tx.hold_person(ctx.office.id, link.person)?;
    Ok(match tx.find_booking(ctx.office.id, link.booking)? {
        Some(row) => Ok((link, row)),
        None => Err(FormRefusal::NoLink),
    })
}

fn is_open(ctx: &Context<'_>, link: &LinkRow, row: &BookingRow) -> bool {
    link.used_at.is_none()
        && link.expires_at > ctx.now
        && row.state == BookingState::Held
        && row.content.needs_nik
        && !has_run_out(row, ctx.now)
}

fn read_all(people: &[Visitor], niks: &[String]) -> Result<Vec<Nik>, FormRefusal> {
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for (position, visitor) in people.iter().enumerate() {
        let typed = niks.get(position).map_or("", String::as_str);
        match Nik::parse(typed, visitor.born_on) {
            Ok(nik) => read.push(nik),
            Err(problem) => problems.push((position, problem)),
        }
    }
    if !problems.is_empty() {
        return Err(FormRefusal::Niks(problems));
    }
    let is_twice = read
        .iter()
        .enumerate()
        .any(|(at, nik)| read.iter().skip(at + 1).any(|other| other == nik));
    if is_twice { Err(FormRefusal::Twice) } else { Ok(read) }
}

fn has_tried_too_often(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<bool, Fault> {
    let today = day_number(local_date(ctx.office, ctx.now));
    let (_, clashes) = tx.sum_guesses(ctx.office.id, GuessKind::Nik, &person.to_string(), today)?;
    Ok(clashes >= WRONG_NIKS_PER_DAY_MAX)
}

fn identities(tx: &mut dyn Tx, people: &[Visitor], niks: Vec<Nik>) -> Result<Vec<BookingIdentity>, Fault> {
    niks.into_iter()
        .zip(people)
        .zip(0..)
        .map(|((nik, visitor), position)| {
            Ok(BookingIdentity {
                position,
                key: tx.identity_key(&Identity::Nik(nik))?,
                alike: tx.identity_key(&Identity::Alike(visitor.clone()))?,
                is_nik: true,
            })
        })
        .collect()
}
