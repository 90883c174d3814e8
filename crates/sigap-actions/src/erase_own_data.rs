//! Erasing a person: what keeps it waiting, what would be lost, the way there, and the receipt.
//!
//! Two transactions. The first gives back, ends and empties rows; the second destroys the key and is a job, so that a process that dies in
//! between leaves it on the timetable. Messages are emptied by further steps of the same job: without the key nobody can read them.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::json;
use sigap_core::booking::{BookingState, rules};
use sigap_core::calendar::local_date;
use sigap_core::cases::{CaseKind, CaseState};
use sigap_core::ids::{OutboxId, PersonId};
use sigap_core::limits::{ERASED_DAYS_PER_STEP, ERASURES_PER_DAY_MAX, OWN_ROWS_MAX};
use sigap_core::outward::Event;
use sigap_store::records::{
    AuditEntry, BookingRow, CaseEventKind, CaseRow, ErasedRows, GuessKind, IdentityKey, Job, JobKind, MessageSpan,
};
use sigap_store::{Fault, Tx};

use crate::announce::announce;
use crate::booking_parts::{end, find_service, has_run_out, later, release_all, view};
use crate::browsers::end_browsers_of;
use crate::cancel_booking::cancel;
use crate::context::Context;
use crate::hall_parts::today;
use crate::own_data::{AskedBy, bar_end, note_desk};
use crate::ports::Ids;
use crate::view_application::day_number;
use crate::work_case::{Deed, save};

/// Whether the person has seen what would be lost, and said yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// They ask for the first time: nothing is erased.
    Asked,
    /// They said yes.
    Given,
}

/// What would be lost. Shown before anybody says yes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Losses {
    /// Bookings, entries and places on lists that would be given back: code, service, day.
    pub bookings: Vec<(String, String, Date)>,
    /// Cases that would end without an answer: number and kind.
    pub cases: Vec<(String, &'static str)>,
    /// Draws lost, which give weight in the next one.
    pub draws_lost: u32,
    /// Applications of which the phone would hear no more.
    pub applications: usize,
}

/// Why nobody was erased, each with its next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EraseRefusal {
    /// Nothing is kept of this person.
    Unknown,
    /// The person waits in the hall or is served: after the visit.
    InHall {
        /// What stands on the ticket.
        number: String,
    },
    /// A visit has begun and nobody knows yet whether they came: after that moment.
    VisitNow {
        /// The code of the booking.
        code: String,
        /// When it is known.
        until: Option<Timestamp>,
    },
    /// Somebody was erased under this contact today: tomorrow.
    TooSoon,
    /// First the person has to see what would be lost.
    Unconfirmed(Losses),
}

/// What stays, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Kept {
    /// Rows without names and words, because they are counted: bookings, visits, cases, messages.
    Counts,
    /// That somebody was erased, without who.
    Trail,
    /// What the reports of the issuing system say of applications: the office has it by law.
    Applications,
    /// A missed visit, as a hash, until no place is refused for it any more.
    MissedVisit {
        /// The service.
        service: String,
        /// The last day.
        until: Date,
    },
    /// A hash of the contact, for the limit of a day.
    DayLimit,
    /// Copies for an emergency, until they are replaced: unreadable without the key.
    Backups,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// When.
    pub at: Timestamp,
    /// Bookings that were given back.
    pub given_back: usize,
    /// Cases that were ended.
    pub ended_cases: usize,
    /// What was erased.
    pub erased: ErasedRows,
    /// What stays, and why.
    pub kept: Vec<Kept>,
}

/// Erases a person, when nothing keeps it waiting and they have said yes. The job destroys the key; whoever calls does it at once.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn erase_own_data(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    by: AskedBy,
    consent: Consent,
) -> Result<Result<(Receipt, Job), EraseRefusal>, Fault> {
    let office = ctx.office.id;
    if !tx.hold_person(office, person)? {
        return Ok(Err(EraseRefusal::Unknown));
    }
    let Some(contact) = tx.find_contact(office, person)? else {
        return Ok(Err(EraseRefusal::Unknown));
    };
    let subject = contact
        .phone
        .or(contact.bsuid)
        .or(contact.parent_bsuid)
        // A browser that is nobody's has none of them.
        .unwrap_or_else(|| person.to_string());
    let day = day_number(today(ctx));
    let (_, erased_today) = tx.sum_guesses(office, GuessKind::Erasure, &subject, day)?;
    if erased_today >= ERASURES_PER_DAY_MAX {
        return Ok(Err(EraseRefusal::TooSoon));
    }
    let visits = tx.list_visits_of(office, person, OWN_ROWS_MAX)?;
    if let Some(row) = visits
        .into_iter()
        .find(|row| row.day == today(ctx) && row.visit.state.is_open())
    {
        return Ok(Err(EraseRefusal::InHall {
            number: row.visit.label.to_string(),
        }));
    }
    let bookings = tx.list_bookings(office, person, OWN_ROWS_MAX)?;
    let live: Vec<BookingRow> = bookings.iter().filter(|row| row.state.is_live()).cloned().collect();
    for row in &live {
        if rules::may_cancel(ctx.office, &view(ctx, row), ctx.now).is_err() {
            let code = row.code.as_str().to_owned();
            return Ok(Err(EraseRefusal::VisitNow {
                code,
                until: known_at(ctx, row),
            }));
        }
    }
    let open: Vec<CaseRow> = tx
        .list_cases(office, person, OWN_ROWS_MAX)?
        .into_iter()
        .filter(|row| row.case.state != CaseState::Closed)
        .collect();
    if consent == Consent::Asked {
        let losses = losses(tx, ctx, person, (&bookings, &live, &open))?;
        return Ok(Err(EraseRefusal::Unconfirmed(losses)));
    }
    let (given_back, ended_cases) = (live.len(), open.len());
    for row in live {
        give_back(tx, ctx, row)?;
    }
    for row in open {
        end_case(tx, ctx, row)?;
    }
    let mut kept = vec![
        Kept::Counts,
        Kept::Trail,
        Kept::Applications,
        Kept::DayLimit,
        Kept::Backups,
    ];
    kept.extend(forget_standings(tx, ctx, &bookings)?);
    let met_at = tx.find_met_at(office, person)?.unwrap_or(ctx.now);
    tx.count_guess(office, GuessKind::Erasure, &subject, "", day)?;
    end_browsers_of(tx, ctx, person)?;
    tx.delete_browser(office, person)?;
    let erased = tx.erase_person(office, person, ctx.now)?;
    let job = Job {
        due_at: ctx.now,
        kind: JobKind::Erase,
        subject: Step::Key { person, met_at }.subject(),
    };
    tx.schedule(office, &job)?;
    let actor = match by {
        AskedBy::Person => "citizen",
        AskedBy::Desk => "desk",
    };
    tx.insert_audit(
        office,
        &AuditEntry {
            id: ctx.new_id(),
            at: ctx.now,
            actor: actor.into(),
            act: "person_erased".into(),
            subject: format!("person {person}"),
        },
    )?;
    note_desk(tx, ctx, by, "person_erased", person)?;
    let receipt = Receipt {
        at: ctx.now,
        given_back,
        ended_cases,
        erased,
        kept,
    };
    Ok(Ok((receipt, job)))
}

/// When it is known of a visit whether anybody came.
fn known_at(ctx: &Context<'_>, row: &BookingRow) -> Option<Timestamp> {
    let service = find_service(ctx, &row.service)?;
    rules::missed_at(ctx.office, &service.rules, ctx.office.zone.to_datetime(row.starts_at?))
}

fn losses(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    (all, live, open): (&[BookingRow], &[BookingRow], &[CaseRow]),
) -> Result<Losses, Fault> {
    let office = ctx.office.id;
    let mut draws_lost = 0;
    for (key, service) in standings(tx, ctx, all)? {
        draws_lost += tx.find_standing(key, &service)?.lost;
    }
    let bound = tx.list_bound(office, person, OWN_ROWS_MAX)?.len();
    let followed = tx.list_follows(office, person, OWN_ROWS_MAX)?.len();
    let cases = open.iter().filter(|row| row.case.kind != CaseKind::Appreciation);
    Ok(Losses {
        bookings: live
            .iter()
            .map(|row| (row.code.as_str().to_owned(), row.service.clone(), row.day))
            .collect(),
        cases: cases
            .map(|row| (row.case.number.clone(), row.case.kind.name()))
            .collect(),
        draws_lost,
        applications: bound.max(followed),
    })
}

/// Gives a booking back the way its owner would. Of a service that the office has no more only the row is left to end.
fn give_back(tx: &mut dyn Tx, ctx: &Context<'_>, row: BookingRow) -> Result<(), Fault> {
    let Some(service) = find_service(ctx, &row.service) else {
        let ended = BookingRow {
            state: BookingState::Cancelled,
            until: None,
            ..row.clone()
        };
        if !tx.replace_booking(ctx.office.id, row.state, &ended)? {
            return Err(Fault::Busy);
        }
        return release_all(tx, ctx, &row);
    };
    if has_run_out(&row, ctx.now) {
        return end(tx, ctx, service, row, BookingState::Lapsed).map(|_| ());
    }
    match cancel(tx, ctx, row, "citizen")? {
        Ok(_) => Ok(()),
        // It could a moment ago, in this transaction.
        Err(_) => Err(Fault::Busy),
    }
}

/// Ends a case that nobody can be answered about any more. What the law counts of it stays.
fn end_case(tx: &mut dyn Tx, ctx: &Context<'_>, mut row: CaseRow) -> Result<(), Fault> {
    let number = row.case.number.clone();
    row.case.state = CaseState::Closed;
    row.case.closed_at = Some(ctx.now);
    row.case.is_talk = false;
    row.case.heard_at = None;
    save(tx, ctx, row, Deed::plain(CaseEventKind::Closed))?;
    announce(tx, ctx, Event::CaseClosed, || json!({ "case": number }))
}

/// Of whom something may be remembered, and for which service; each once.
fn standings(tx: &mut dyn Tx, ctx: &Context<'_>, rows: &[BookingRow]) -> Result<Vec<(IdentityKey, String)>, Fault> {
    let mut all = Vec::new();
    for row in rows {
        for identity in tx.list_identities(ctx.office.id, row.id)? {
            all.push((identity.key, row.service.clone()));
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Forgets what is remembered of those who were booked for. A missed visit for which places are refused stays until that ends: nobody gets
/// around it by an erasure.
fn forget_standings(tx: &mut dyn Tx, ctx: &Context<'_>, rows: &[BookingRow]) -> Result<Vec<Kept>, Fault> {
    let mut kept = Vec::new();
    for (key, service) in standings(tx, ctx, rows)? {
        let standing = tx.find_standing(key, &service)?;
        let bar = bar_end(ctx, &service, standing).filter(|end| *end > ctx.now);
        let (Some(end), Some(missed_at)) = (bar, standing.missed_at) else {
            tx.forget_standing(key, &service, ctx.now)?;
            continue;
        };
        let job = Job {
            due_at: end,
            kind: JobKind::Unbar,
            subject: format!(
                "{} {} {service}",
                data_encoding::HEXLOWER.encode(&key.0),
                missed_at.as_microsecond()
            ),
        };
        tx.schedule(ctx.office.id, &job)?;
        kept.push(Kept::MissedVisit {
            service,
            until: local_date(ctx.office, end),
        });
    }
    Ok(kept)
}

/// The bar has ended: the hash of somebody who was erased goes too, unless they missed another visit since.
///
/// # Errors
/// Storage faults only.
pub(crate) fn forget_missed(tx: &mut dyn Tx, subject: &str) -> Result<(), Fault> {
    let mut parts = subject.splitn(3, ' ');
    let key = parts
        .next()
        .and_then(|hex| data_encoding::HEXLOWER.decode(hex.as_bytes()).ok())
        .and_then(|bytes| bytes.try_into().ok());
    let missed_at = parts
        .next()
        .and_then(|at| at.parse().ok())
        .and_then(|at| Timestamp::from_microsecond(at).ok());
    let (Some(key), Some(missed_at), Some(service)) = (key, missed_at, parts.next()) else {
        return Ok(());
    };
    tx.forget_standing(IdentityKey(key), service, missed_at).map(|_| ())
}

/// What is left to do of an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Destroy the key.
    Key {
        /// Whose.
        person: PersonId,
        /// Their first message is not much older.
        met_at: Timestamp,
    },
    /// Empty messages from then on.
    Messages {
        /// Whose.
        person: PersonId,
        /// From when on.
        from: Timestamp,
    },
}

impl Step {
    fn subject(self) -> String {
        match self {
            Self::Key { person, met_at } => format!("key {person} {}", met_at.as_microsecond()),
            Self::Messages { person, from } => format!("messages {person} {}", from.as_microsecond()),
        }
    }

    fn read(subject: &str) -> Option<Self> {
        let mut parts = subject.split(' ');
        let (word, person, at) = (parts.next()?, parts.next()?, parts.next()?);
        let person = PersonId(person.parse().ok()?);
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        match word {
            "key" => Some(Self::Key { person, met_at: at }),
            "messages" => Some(Self::Messages { person, from: at }),
            _ => None,
        }
    }
}

/// The next step of an erasure: the key first, then the messages, some days of the office at a time. May be repeated.
///
/// # Errors
/// Storage faults only.
pub(crate) fn erase_step(tx: &mut dyn Tx, ctx: &Context<'_>, subject: &str) -> Result<(), Fault> {
    let office = ctx.office.id;
    let days = |count| SignedDuration::from_hours(24 * count);
    let next = match Step::read(subject) {
        None => return Ok(()),
        Some(Step::Key { person, met_at }) => {
            tx.destroy_key(office, person)?;
            // Clocks differ, and a message may have been under way for days.
            let from = met_at.saturating_sub(days(8)).unwrap_or(Timestamp::UNIX_EPOCH);
            Step::Messages { person, from }
        }
        Some(Step::Messages { person, from }) => {
            let until = later(from, days(ERASED_DAYS_PER_STEP));
            let span = MessageSpan {
                from,
                until,
                first: OutboxId(Ids::first_of(from)),
                end: OutboxId(Ids::first_of(until)),
            };
            tx.erase_messages(office, person, span)?;
            if until > later(ctx.now, days(1)) {
                return Ok(());
            }
            Step::Messages { person, from: until }
        }
    };
    let job = Job {
        due_at: ctx.now,
        kind: JobKind::Erase,
        subject: next.subject(),
    };
    tx.schedule(office, &job)
}

#[cfg(test)]
mod tests;
