//! Rows of bookings, visits and staff as both engines read them, before what is sealed is opened.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::application::Stage;
use sigap_core::booking::{BookingCode, BookingState};
use sigap_core::ids::{ApiKeyId, ApplicationNumber, BookingId, CounterName, PersonId, StaffId, UploadId, VisitId};
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Role;
use sigap_core::trail::{Act, Link};

use crate::fault::Fault;
use crate::records::{
    ActRow, ApiKeyRow, BookingContent, BookingRow, CallRow, DeskRow, FollowRow, ImportRun, PassportContent,
    PassportRow, PassportState, StaffContent, StaffRow, UploadContent, UploadRow, UploadState, VisitContent,
    VisitEvent, VisitRow, WaitingRow,
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
/// The blind index of a program's key.
pub const API_KEY: &str = "api_key.key";
/// The sealed column of somebody who works at an office.
pub const STAFF_CONTENT: &str = "staff.content";
/// The blind index of the address they sign in with.
pub const STAFF_EMAIL: &str = "staff.email";
/// The blind index of an enrolment link.
pub const ENROLMENT_TOKEN: &str = "enrolment.token";
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

/// A row of the table `upload`.
#[derive(Debug, Clone)]
pub struct StoredUpload {
    /// `upload_id`
    pub id: i64,
    /// `staff_id`
    pub staff: i64,
    /// `state`
    pub state: String,
    /// `made_at`
    pub made_at: i64,
    /// `ends_at`
    pub ends_at: i64,
    /// `parts`
    pub parts: i64,
    /// `done`
    pub done: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// An uploaded report, with its content opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn upload(row: StoredUpload, content: UploadContent) -> Result<UploadRow, Fault> {
    Ok(UploadRow {
        id: UploadId(row.id),
        staff: StaffId(row.staff),
        state: UploadState::from_name(&row.state).ok_or(Fault::Unreadable("upload.state"))?,
        made_at: instant(row.made_at),
        ends_at: instant(row.ends_at),
        parts: small(row.parts, "upload.parts")?,
        done: small(row.done, "upload.done")?,
        content,
    })
}

/// The identity of a part among the parts of its office, as it is authenticated.
#[must_use]
pub fn upload_part_key(id: UploadId, part: u32) -> Vec<u8> {
    [&id.0.to_be_bytes()[..], &part.to_be_bytes()[..]].concat()
}

/// A row of the table `import_run`.
#[derive(Debug, Clone)]
pub struct StoredImport {
    /// `import_id`
    pub id: i64,
    /// `report`
    pub report: String,
    /// `imported_at`
    pub at: i64,
    /// `rows_new`, `rows_moved`, `rows_unchanged`, `rows_refused`
    pub counts: [i64; 4],
    /// `actor`
    pub actor: Option<String>,
    /// `newest_on`
    pub newest_on: Option<String>,
}

/// A past import.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn import(row: StoredImport) -> Result<ImportRun, Fault> {
    let [new, moved, unchanged, refused] = row.counts;
    let count = |value| small(value, "import_run.rows");
    Ok(ImportRun {
        id: row.id,
        report: row.report,
        at: instant(row.at),
        counts: [count(new)?, count(moved)?, count(unchanged)?, count(refused)?],
        actor: row.actor.unwrap_or_default(),
        newest_on: row
            .newest_on
            .map(|text| day(&text, "import_run.newest_on"))
            .transpose()?,
    })
}

/// A row of the table `follow`.
#[derive(Debug, Clone)]
pub struct StoredFollow {
    /// `person_id`
    pub person: i64,
    /// `number_key`
    pub number_key: Vec<u8>,
    /// `line`
    pub line: String,
    /// `told`
    pub told: String,
    /// `moved_at`
    pub moved_at: Option<i64>,
    /// `number_content`, sealed
    pub number_content: Vec<u8>,
}

/// A wish to be told, with its number opened.
///
/// # Errors
/// When a column holds what no version wrote.
pub fn follow(row: StoredFollow, number: ApplicationNumber) -> Result<FollowRow, Fault> {
    Ok(FollowRow {
        person: PersonId(row.person),
        number,
        line: row.line,
        told: Stage::from_name(&row.told).ok_or(Fault::Unreadable("follow.told"))?,
        moved_at: row.moved_at.map(instant),
    })
}

/// The columns of a row of `api_key`: id, label, made, taken back.
pub type StoredApiKey = (i64, String, i64, Option<i64>);

/// A program's key.
#[must_use]
pub fn api_key(row: StoredApiKey) -> ApiKeyRow {
    let (id, label, made_at, revoked_at) = row;
    ApiKeyRow {
        id: ApiKeyId(id),
        label,
        made_at: instant(made_at),
        revoked_at: revoked_at.map(instant),
    }
}
