//! The office that is looked at: weeks of visits behind it, a hall full of people, tickets for the days to come, figures counted.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use sigap_actions::ports::{Clock, Ids, Links, Wake};
use sigap_actions::service::{Ports, Service};
use sigap_content::{Content, sample};
use sigap_core::booking::{BookingCode, BookingState, Visitor};
use sigap_core::calendar::local_date;
use sigap_core::conversation::step;
use sigap_core::ids::{BookingId, CounterName, PersonId, ProcessId, StaffId, VisitId};
use sigap_core::office::Office;
use sigap_core::person::Contact;
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_store::records::{BookingContent, BookingRow, LinkKind, LinkRow, VisitContent, VisitEvent, VisitRow};
use sigap_store::{Fault, Store, Tx, write};
use sigap_testkit::chance::SeededChance;

/// Days with visits, today among them: the month that is told to everybody is over and whole.
pub(crate) const DAYS: i64 = 62;
/// A full office serves so many people a day; today as many again wait.
pub(crate) const VISITS_A_DAY: i64 = 200;
/// Tickets written in one transaction.
const TOGETHER: i64 = 250;
const LINE: (&str, char) = ("pickup", 'C');

pub(crate) fn ticket_token(who: i64) -> String {
    format!("tiket{who}")
}

pub(crate) fn waiting_token(who: i64) -> String {
    format!("menunggu{who}")
}

pub(crate) fn done_token(who: i64) -> String {
    format!("selesai{who}")
}

/// The content with the office that gives places, in a folder as an operator keeps it; its file as `changed` leaves it.
pub(crate) fn write_content(
    folder: &Path,
    changed: impl Fn(String) -> anyhow::Result<String>,
) -> anyhow::Result<Content> {
    let embedded = Content::embedded()?;
    let office = embedded.office_by_slug(sample::OFFICE).context("the office is there")?;
    let offices = folder.join("content").join("offices");
    std::fs::create_dir_all(&offices)?;
    let text = sample::office_file(local_date(office, RealClock.now()))?;
    std::fs::write(offices.join(format!("{}.toml", sample::OFFICE)), changed(text)?)?;
    Ok(Content::from_dir(folder.join("content"))?)
}

struct RealClock;

impl Clock for RealClock {
    #[expect(clippy::disallowed_methods, reason = "a tool on the real clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Nobody sends here.
struct Silence;

impl Wake for Silence {
    fn wake(&self) {}
}

/// Writes everything, and has the days counted as the service does at night.
pub(crate) async fn fill(store: Arc<dyn Store>, content: Content, tickets: i64) -> anyhow::Result<()> {
    let now = RealClock.now();
    let office = content.office_by_slug(sample::OFFICE).context("the office is there")?;
    let (id, today) = (office.id, local_date(office, now));
    for back in 0..DAYS {
        let (place, day) = (office.clone(), today.checked_sub(back.days())?);
        write(&*store, id, move |tx| come(tx, &place, day, now, back == 0)).await?;
    }
    for from in (0..tickets).step_by(usize::try_from(TOGETHER)?) {
        let (place, to) = (office.clone(), tickets.min(from + TOGETHER));
        write(&*store, id, move |tx| {
            (from..to).try_for_each(|who| book(tx, &place, today, now, who))
        })
        .await?;
    }
    let ports = Ports {
        clock: Arc::new(RealClock),
        ids: Arc::new(Ids::new(ProcessId(1))),
        wake: Arc::new(Silence),
        chance: Arc::new(SeededChance::new(1)),
        links: Arc::new(Links::new("https://sigap.example")),
    };
    let service = Service::new(store, Arc::new(content), ports, step);
    service.ensure_openings(id).await?;
    service.ensure_figures(id).await?;
    while service.run_jobs(id).await? > 0 {}
    Ok(())
}

/// A day of visits that are over; today as many again who wait.
fn come(tx: &mut dyn Tx, office: &Office, day: Date, now: Timestamp, is_today: bool) -> Result<(), Fault> {
    let opens = office
        .zone
        .to_timestamp(day.to_datetime(Time::constant(8, 0, 0, 0)))
        .unwrap_or(Timestamp::MIN);
    // Whatever the time of the run, nobody comes later than now.
    let opens = opens.min(now - SignedDuration::from_hours(6));
    for number in 0..VISITS_A_DAY {
        let since = opens + SignedDuration::from_mins(number);
        let token = if is_today {
            done_token(number)
        } else {
            format!("{day} {number}")
        };
        visit(tx, office, day, since, number, token, VisitState::Done)?;
        if is_today {
            let since = now - SignedDuration::from_secs(VISITS_A_DAY - number);
            let label = number + VISITS_A_DAY;
            visit(
                tx,
                office,
                day,
                since,
                label,
                waiting_token(number),
                VisitState::Waiting,
            )?;
        }
    }
    Ok(())
}

fn visit(
    tx: &mut dyn Tx,
    office: &Office,
    day: Date,
    since: Timestamp,
    number: i64,
    token: String,
    state: VisitState,
) -> Result<(), Fault> {
    let is_done = state == VisitState::Done;
    let called_at = since + SignedDuration::from_secs(number * 7_919 % 3_600);
    let of_office = number << 10;
    let visit = Visit {
        id: VisitId(Ids::first_of(since) + of_office),
        label: TicketLabel {
            letter: LINE.1,
            number: u32::try_from(number + 1).unwrap_or(u32::MAX),
        },
        line: LINE.0.into(),
        state,
        since,
        free_at: None,
        percent: 100,
        group: None,
        counter: CounterName::new(4).filter(|_| is_done),
        calls: u8::from(is_done),
        called_at: is_done.then_some(called_at),
        person: None,
        booking: None,
    };
    let mut events = vec![(1, "arrived", since)];
    if is_done {
        events.push((2, "call", called_at));
        events.push((3, "finish", called_at + SignedDuration::from_mins(4)));
    }
    for (place, kind, at) in events {
        let event = VisitEvent {
            id: Ids::first_of(at) + of_office + place,
            visit: visit.id,
            label: visit.label,
            at,
            kind: kind.into(),
            line: LINE.0.into(),
            counter: visit.counter,
            staff: Some(StaffId(1)),
        };
        tx.insert_visit_event(office.id, &event)?;
    }
    let row = VisitRow {
        visit,
        day,
        is_near_told: false,
        token: token.clone(),
        content: VisitContent {
            token,
            ..VisitContent::default()
        },
    };
    tx.insert_visit(office.id, &row)?;
    Ok(())
}

/// A booked visit of one of the next days, with its ticket.
fn book(tx: &mut dyn Tx, office: &Office, today: Date, now: Timestamp, who: i64) -> Result<(), Fault> {
    let contact = Contact {
        phone: Some(format!("62811{who:08}")),
        name: Some(format!("Warga {who}")),
        ..Contact::default()
    };
    let person = tx.ensure_person(office.id, &contact, PersonId(who + 1), now)?;
    let day = today.checked_add((1 + who % 20).days()).unwrap_or(today);
    let hour = Time::constant(10, 0, 0, 0);
    let booking = BookingId(Ids::first_of(now) + (who << 10));
    let mut random = [0; 16];
    random[8..].copy_from_slice(
        &(who + 1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.cast_signed())
            .to_be_bytes(),
    );
    let row = BookingRow {
        id: booking,
        code: BookingCode::from_random(random),
        person,
        service: LINE.0.into(),
        day,
        starts_at: office.zone.to_timestamp(day.to_datetime(hour)).ok(),
        places: 1,
        state: BookingState::Booked,
        moves: 0,
        until: None,
        created_at: now,
        content: BookingContent {
            people: vec![Visitor {
                name: format!("Warga {who}"),
                born_on: jiff::civil::date(1990, 2, 1),
            }],
            needs_nik: false,
            approval: None,
            token: Some(ticket_token(who)),
            number: crate::NUMBERS[0].0.into(),
            booked_by: None,
        },
    };
    tx.insert_booking(office.id, &row)?;
    let link = LinkRow {
        person,
        booking,
        kind: LinkKind::Ticket,
        expires_at: now + SignedDuration::from_hours(24 * 60),
        used_at: None,
    };
    tx.insert_link(office.id, &ticket_token(who), &link)?;
    Ok(())
}
