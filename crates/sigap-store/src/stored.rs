//! Rows of bookings, visits and staff as both engines read them, before what is sealed is opened.

mod browsers;
mod contents;
mod files;
mod hooks;
mod intakes;
mod notices;
mod reports;

pub use browsers::*;
pub use contents::*;
pub use files::*;
pub use hooks::*;
pub use intakes::*;
pub use notices::*;
pub use reports::*;

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::booking::{BookingCode, BookingState};
use sigap_core::cases::{Case, CaseKind, CaseState};
use sigap_core::ids::{ApplicationNumber, BookingId, CaseId, CounterName, OutboxId, PersonId, StaffId, VisitId};
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Role;
use sigap_core::survey::{ELEMENTS, Tally};
use sigap_core::trail::{Act, Link};

use crate::fault::Fault;
use crate::records::{
    ActRow, BookingContent, BookingRow, CallRow, CaseEvent, CaseEventKind, CaseRow, DeskRow, PassportContent,
    PassportRow, PassportState, StaffContent, StaffRow, VisitContent, VisitEvent, VisitRow, WaitingRow,
};

/// The sealed column of a booking.
pub const BOOKING_CONTENT: &str = "booking.content";
/// The sealed column of an opening.
pub const OPENING_SECRET: &str = "opening.secret";
/// The blind index of a link's token.
pub const LINK_TOKEN: &str = "link.token";
/// The blind index of an identity.
pub const PERSON_IDENTITY: &str = "person.identity";

/// The sealed column of a visit.
pub const VISIT_CONTENT: &str = "visit.content";
/// The blind index of a visit's token.
pub const VISIT_TOKEN: &str = "visit.token";
/// The sealed idea of a visitor.
pub const SURVEY_CONTENT: &str = "survey_answer.content";
/// The blind index of the ticket whose visit was answered about; another one than that of the visit itself.
pub const SURVEY_TOKEN: &str = "survey_answer.token";
/// The sealed words of a message that was not understood.
pub const UNCLEAR_CONTENT: &str = "unclear_message.content";
/// The sealed words of a case.
pub const CASE_CONTENT: &str = "office_case.content";
/// The sealed words of a line of its story.
pub const CASE_EVENT_CONTENT: &str = "case_event.content";
/// The sealed column of a finished passport.
pub const PASSPORT_CONTENT: &str = "passport.content";
/// The sealed column of an uploaded report.
pub const UPLOAD_CONTENT: &str = "upload.content";
/// The sealed column of a part of one.
pub const UPLOAD_PART_CONTENT: &str = "upload_part.content";
/// The blind index of an imported file.
pub const IMPORT_FILE: &str = "import_run.file";
/// The sealed number of an application about which somebody is told.
pub const FOLLOW_NUMBER: &str = "follow.number_content";
/// The sealed column of a partner's address.
pub const HOOK_CONTENT: &str = "hook.content";
/// The blind index of a program's key.
pub const API_KEY: &str = "api_key.key";
/// The sealed column of somebody who works at an office.
pub const STAFF_CONTENT: &str = "staff.content";
/// The blind index of the address they sign in with.
pub const STAFF_EMAIL: &str = "staff.email";
/// The blind index of an enrolment link.
pub const ENROLMENT_TOKEN: &str = "enrolment.token";
/// The blind index of a question on the way to a sign-in.
pub const QUESTION_TOKEN: &str = "sign_in_question.token";
/// The sealed column of such a question.
pub const QUESTION_CONTENT: &str = "sign_in_question.content";
/// The blind index of a session.
pub const SESSION_TOKEN: &str = "session.token";
/// The sealed name of a session's device.
pub const SESSION_DEVICE: &str = "session.content";
/// What belongs to no person we know is sealed under a key of the office itself.
pub const OFFICE_ITSELF: PersonId = PersonId(0);

/// A row of the table `booking`.
#[derive(Debug, Clone)]
pub struct StoredBooking {
    /// `booking_id`
    pub id: i64,
    /// `code`
    pub code: String,
    /// `person_id`
    pub person: i64,
    /// `service`
    pub service: String,
    /// `day`
    pub day: String,
    /// `starts_at`
    pub starts_at: Option<i64>,
    /// `places`
    pub places: i64,
    /// `state`
    pub state: String,
    /// `moves`
    pub moves: i64,
    /// `until_at`
    pub until: Option<i64>,
    /// `created_at`
    pub created_at: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

impl StoredBooking {
    /// The contact under whose key the content is sealed.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        PersonId(self.person)
    }

    /// The booking, with its content opened.
    ///
    /// # Errors
    /// When a column holds what no version wrote.
    pub fn into_row(self, content: BookingContent) -> Result<BookingRow, Fault> {
        Ok(BookingRow {
            id: BookingId(self.id),
            code: BookingCode::parse(&self.code).ok_or(Fault::Unreadable("booking.code"))?,
            person: PersonId(self.person),
            service: self.service,
            day: day(&self.day, "booking.day")?,
            starts_at: self.starts_at.map(instant),
            places: u16::try_from(self.places).map_err(|_| Fault::Unreadable("booking.places"))?,
            state: BookingState::from_name(&self.state).ok_or(Fault::Unreadable("booking.state"))?,
            moves: u8::try_from(self.moves).map_err(|_| Fault::Unreadable("booking.moves"))?,
            until: self.until.map(instant),
            created_at: instant(self.created_at),
            content,
        })
    }
}

/// A day as it stands in the tables.
///
/// # Errors
/// When it is none.
pub fn day(text: &str, column: &'static str) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::Unreadable(column))
}

/// Times in the tables were written by us, so they are in range; a damaged one reads as 1970 rather than as a panic.
fn instant(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn letter(text: &str, column: &'static str) -> Result<char, Fault> {
    text.chars().next().ok_or(Fault::Unreadable(column))
}

fn small<T: TryFrom<i64>>(value: i64, column: &'static str) -> Result<T, Fault> {
    T::try_from(value).map_err(|_| Fault::Unreadable(column))
}

fn counter(value: Option<i64>, column: &'static str) -> Result<Option<CounterName>, Fault> {
    value
        .map(|value| {
            let name = u8::try_from(value).ok().and_then(CounterName::new);
            name.ok_or(Fault::Unreadable(column))
        })
        .transpose()
}

/// A row of the table `visit`.
#[derive(Debug, Clone)]
pub struct StoredVisit {
    /// `visit_id`
    pub id: i64,
    /// `day`
    pub day: String,
    /// `letter`
    pub letter: String,
    /// `number`
    pub number: i64,
    /// `line`
    pub line: String,
    /// `state`
    pub state: String,
    /// `since_at`
    pub since_at: i64,
    /// `free_at`
    pub free_at: Option<i64>,
    /// `percent`
    pub percent: i64,
    /// `priority_group`
    pub group: Option<String>,
    /// `counter`
    pub counter: Option<i64>,
    /// `calls`
    pub calls: i64,
    /// `called_at`
    pub called_at: Option<i64>,
    /// `person_id`
    pub person: i64,
    /// `booking_id`
    pub booking: Option<i64>,
    /// `is_near_told`
    pub is_near_told: bool,
    /// `content`, sealed
    pub content: Vec<u8>,
}

impl StoredVisit {
    /// Under whose key the content is sealed.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        PersonId(self.person)
    }

    /// The visit, with its content opened.
    ///
    /// # Errors
    /// When a column holds what no version wrote.
    pub fn into_row(self, content: VisitContent) -> Result<VisitRow, Fault> {
        Ok(VisitRow {
            visit: Visit {
                id: VisitId(self.id),
                label: TicketLabel {
                    letter: letter(&self.letter, "visit.letter")?,
                    number: small(self.number, "visit.number")?,
                },
                line: self.line,
                state: VisitState::from_name(&self.state).ok_or(Fault::Unreadable("visit.state"))?,
                since: instant(self.since_at),
                free_at: self.free_at.map(instant),
                percent: small(self.percent, "visit.percent")?,
                group: self.group,
                counter: counter(self.counter, "visit.counter")?,
                calls: small(self.calls, "visit.calls")?,
                called_at: self.called_at.map(instant),
                person: (self.person != OFFICE_ITSELF.0).then_some(PersonId(self.person)),
                booking: self.booking.map(BookingId),
            },
            day: day(&self.day, "visit.day")?,
            is_near_told: self.is_near_told,
            token: content.token.clone(),
            content,
        })
    }
}

/// The columns of a row of `visit` that the order of a line needs: id, letter, number, line, since, percent, free, group.
pub type StoredWaiting = (i64, String, i64, String, i64, i64, Option<i64>, Option<String>);

/// Somebody who waits.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn waiting(row: StoredWaiting) -> Result<WaitingRow, Fault> {
    let (id, of, number, line, since, percent, free_at, group) = row;
    Ok(WaitingRow {
        id: VisitId(id),
        label: TicketLabel {
            letter: letter(&of, "visit.letter")?,
            number: small(number, "visit.number")?,
        },
        line,
        since: instant(since),
        percent: small(percent, "visit.percent")?,
        free_at: free_at.map(instant),
        group,
    })
}

/// The columns of a call: event, time, letter, number, line, counter.
pub type StoredCall = (i64, i64, String, i64, String, i64);

/// A call.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn call(row: StoredCall) -> Result<CallRow, Fault> {
    let (id, at, of, number, line, place) = row;
    Ok(CallRow {
        id,
        at: instant(at),
        label: TicketLabel {
            letter: letter(&of, "visit.letter")?,
            number: small(number, "visit.number")?,
        },
        line,
        counter: counter(Some(place), "visit_event.counter")?.ok_or(Fault::Unreadable("visit_event.counter"))?,
    })
}

/// The columns of an event: id, time, kind, line, counter, staff, letter, number.
pub type StoredEvent = (i64, i64, String, String, Option<i64>, Option<i64>, String, i64);

/// An event of a visit.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn visit_event(visit: VisitId, row: StoredEvent) -> Result<VisitEvent, Fault> {
    let (id, at, kind, line, place, staff, of, number) = row;
    Ok(VisitEvent {
        id,
        visit,
        label: TicketLabel {
            letter: letter(&of, "visit_event.letter")?,
            number: small(number, "visit_event.number")?,
        },
        at: instant(at),
        kind,
        line,
        counter: counter(place, "visit_event.counter")?,
        staff: staff.map(StaffId),
    })
}

/// A counter at which somebody works: number, staff, open, since.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn desk(day: Date, row: (i64, i64, bool, i64)) -> Result<DeskRow, Fault> {
    let (place, staff, is_open, since) = row;
    Ok(DeskRow {
        counter: counter(Some(place), "desk.counter")?.ok_or(Fault::Unreadable("desk.counter"))?,
        day,
        staff: StaffId(staff),
        is_open,
        since: instant(since),
    })
}

/// A counter of a session.
///
/// # Errors
/// When the column holds what no version wrote.
pub fn session_counter(value: Option<i64>) -> Result<Option<CounterName>, Fault> {
    counter(value, "session.counter")
}

/// Roles as they stand in the table: names with a space between.
#[must_use]
pub fn roles_text(roles: &[Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    names.join(" ")
}

/// The columns of a row of `staff`: id, roles, active, failed, locked until, created, content.
pub type StoredStaff = (i64, String, bool, i64, Option<i64>, i64, Vec<u8>);

/// Somebody who works at an office, with the content opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn staff(row: StoredStaff, content: StaffContent) -> Result<StaffRow, Fault> {
    let (id, roles, is_active, failed, locked_until, created_at, _) = row;
    Ok(StaffRow {
        id: StaffId(id),
        roles: roles
            .split_whitespace()
            .map(|name| Role::from_name(name).ok_or(Fault::Unreadable("staff.roles")))
            .collect::<Result<_, _>>()?,
        is_active,
        failed: small(failed, "staff.failed")?,
        locked_until: locked_until.map(instant),
        created_at: instant(created_at),
        content,
    })
}

/// The columns of a line of the trail: place, time, staff, act, subject, hash.
pub type StoredAct = (i64, i64, i64, String, String, Vec<u8>);

/// A line of the trail.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn act(row: StoredAct) -> Result<ActRow, Fault> {
    let (place, at, staff, act, subject, hash) = row;
    let line = Act {
        place: small(place, "act.place")?,
        at: instant(at),
        staff: StaffId(staff),
        act,
        subject,
    };
    Ok((line, as_link(&hash)?))
}

/// A hash of the trail.
///
/// # Errors
/// When the column holds no hash.
pub fn as_link(hash: &[u8]) -> Result<Link, Fault> {
    hash.try_into().map_err(|_| Fault::Unreadable("act.hash"))
}

/// Answers added up: people, the counts of the elements, their sums.
///
/// # Errors
/// When a number is below zero.
pub fn tally(numbers: &[i64; 1 + 2 * ELEMENTS]) -> Result<Tally, Fault> {
    let mut tally = Tally::default();
    let mut numbers = numbers.iter().map(|number| small(*number, "survey_answer"));
    let mut next = || numbers.next().unwrap_or(Ok(0));
    tally.people = next()?;
    for count in &mut tally.counts {
        *count = next()?;
    }
    for sum in &mut tally.sums {
        *sum = next()?;
    }
    Ok(tally)
}

/// A row of the table `office_case`.
#[derive(Debug, Clone)]
pub struct StoredCase {
    /// `case_id`
    pub id: i64,
    /// `number`
    pub number: String,
    /// `kind`
    pub kind: String,
    /// `person_id`
    pub person: i64,
    /// `line`
    pub line: String,
    /// `rating`
    pub rating: Option<i64>,
    /// `opened_at`
    pub opened_at: i64,
    /// `due_on`
    pub due_on: Option<String>,
    /// `end_on`
    pub end_on: Option<String>,
    /// `owed_at`
    pub owed_at: i64,
    /// `state`
    pub state: String,
    /// `staff_id`
    pub staff: Option<i64>,
    /// `heard_at`
    pub heard_at: Option<i64>,
    /// `answered_at`
    pub answered_at: Option<i64>,
    /// `closed_at`
    pub closed_at: Option<i64>,
    /// `satisfaction`
    pub satisfaction: Option<i64>,
    /// `escalated_at`
    pub escalated_at: Option<i64>,
    /// `is_talk`
    pub is_talk: bool,
    /// `version`
    pub version: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
    /// `tags`
    pub tags: String,
}

/// In `office_case.owed_at` when nothing is owed: it sorts last.
const NOTHING_OWED: i64 = i64::MAX;

/// The column `owed_at`.
#[must_use]
pub fn owed(at: Option<Timestamp>) -> i64 {
    at.map_or(NOTHING_OWED, Timestamp::as_microsecond)
}

/// A case, with its words opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn case(row: StoredCase, text: Option<String>) -> Result<CaseRow, Fault> {
    let on = |text: Option<String>, column| text.map(|text| day(&text, column)).transpose();
    let rate = |value: Option<i64>, column| value.map(|value| small(value, column)).transpose();
    Ok(CaseRow {
        case: Case {
            id: CaseId(row.id),
            number: row.number,
            kind: CaseKind::from_name(&row.kind).ok_or(Fault::Unreadable("office_case.kind"))?,
            person: PersonId(row.person),
            line: row.line,
            rating: rate(row.rating, "office_case.rating")?,
            opened_at: instant(row.opened_at),
            due_on: on(row.due_on, "office_case.due_on")?,
            end_on: on(row.end_on, "office_case.end_on")?,
            owed_at: (row.owed_at != NOTHING_OWED).then(|| instant(row.owed_at)),
            state: CaseState::from_name(&row.state).ok_or(Fault::Unreadable("office_case.state"))?,
            staff: row.staff.map(StaffId),
            heard_at: row.heard_at.map(instant),
            answered_at: row.answered_at.map(instant),
            closed_at: row.closed_at.map(instant),
            satisfaction: rate(row.satisfaction, "office_case.satisfaction")?,
            escalated_at: row.escalated_at.map(instant),
            is_talk: row.is_talk,
        },
        is_erased: text.is_none(),
        text: text.unwrap_or_default(),
        tags: row
            .tags
            .split(',')
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect(),
        version: row.version,
    })
}

/// The column `tags`.
#[must_use]
pub fn tags(tags: &[String]) -> String {
    tags.join(",")
}

/// The columns of a row of `case_event`: id, case, person, time, kind, staff, outbox, content.
pub type StoredCaseEvent = (i64, i64, i64, i64, String, Option<i64>, Option<i64>, Vec<u8>);

/// A line of a case's story, with its words opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn case_event(row: StoredCaseEvent, words: String) -> Result<CaseEvent, Fault> {
    let (id, case, _, at, kind, staff, outbox, _) = row;
    Ok(CaseEvent {
        id,
        case: CaseId(case),
        at: instant(at),
        kind: CaseEventKind::from_name(&kind).ok_or(Fault::Unreadable("case_event.kind"))?,
        staff: staff.map(StaffId),
        outbox: outbox.map(OutboxId),
        words,
    })
}

/// A row of the table `passport`.
#[derive(Debug, Clone)]
pub struct StoredPassport {
    /// `number_key`
    pub number_key: Vec<u8>,
    /// `person_id`: under whose key it is sealed
    pub person: i64,
    /// `state`
    pub state: String,
    /// `ready_on`
    pub ready_on: String,
    /// `shelf`
    pub shelf: String,
    /// `collected_by`
    pub collected_by: Option<String>,
    /// `changed_at`
    pub changed_at: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// A finished passport, with its content opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn passport(row: StoredPassport, content: PassportContent) -> Result<PassportRow, Fault> {
    Ok(PassportRow {
        number: ApplicationNumber::parse(&content.number).ok_or(Fault::Unreadable("passport.content"))?,
        state: PassportState::from_name(&row.state).ok_or(Fault::Unreadable("passport.state"))?,
        ready_on: day(&row.ready_on, "passport.ready_on")?,
        shelf: row.shelf,
        collected_by: row.collected_by,
        changed_at: instant(row.changed_at),
        content,
    })
}
