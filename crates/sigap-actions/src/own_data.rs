//! Everything that is kept about one person at an office, as they see it and take it away. Identifiers are masked: whoever looks over a
//! shoulder, or finds the file, learns no number from it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sigap_core::booking::Visitor;
use sigap_core::calendar::local_date;
use sigap_core::ids::{OutboxId, PersonId, StaffId};
use sigap_core::limits::{
    BROWSERS_MAX, OWN_LINES_MAX, OWN_MESSAGE_DAYS, OWN_MESSAGES_MAX, OWN_ROWS_MAX, SAME_PERSONS_MAX,
};
use sigap_core::person::Contact;
use sigap_store::records::{BookingRow, CaseEvent, CaseEventKind, CaseRow, Standing};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{find_service, language_of, later};
use crate::context::Context;
use crate::noted_files::is_noted;
use crate::ports::Ids;
use crate::talk::told;

/// The version of the form in which the data is taken away. Fields are added, never renamed; a changed meaning is a new version.
pub const SCHEMA: u16 = 1;
/// Acts of the command line stand in the trail under this number, which belongs to nobody.
pub(crate) const COMMAND: StaffId = StaffId(0);

/// Who asks for the data of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// The person, who has shown that the number is theirs.
    Person,
    /// Somebody at the office for a person at the desk: it stands in the trail.
    Desk,
}

/// All that is kept about a person.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnData {
    /// `SCHEMA`.
    pub schema: u16,
    /// Slug of the office; others keep their own.
    pub office: String,
    /// When it was read.
    pub read_at: Timestamp,
    /// When the person was met first.
    pub met_at: Option<Timestamp>,
    /// How the person is known, masked.
    pub identifiers: OwnIdentifiers,
    /// Language of the dialogue.
    pub language: &'static str,
    /// Whether the person asked for no notices.
    pub is_opted_out: bool,
    /// Other numbers of the same person, masked; what is kept under them is asked for there.
    pub other_numbers: Vec<String>,
    /// Bookings, entries, places on waiting lists, past ones too, the newest first.
    pub bookings: Vec<OwnBooking>,
    /// Applications of which this phone hears, or sees more.
    pub applications: Vec<OwnApplication>,
    /// Cases with words and answers, the newest first.
    pub cases: Vec<OwnCase>,
    /// Numbers in the hall, the newest first.
    pub visits: Vec<OwnVisit>,
    /// Files they sent: to officers, and photos of papers.
    pub files: Vec<OwnFile>,
    /// What they gave ahead of visits, the newest first.
    pub intakes: Vec<OwnIntake>,
    /// Messages of the last days, both ways, the newest first. Notices are among them; of a browser, what its chat page shows.
    pub messages: Vec<OwnMessage>,
    /// Days to which `messages` goes back.
    pub message_days: i64,
    /// Browsers that act for this person, or did.
    pub browsers: usize,
    /// What was noted for people to look at, as it is of many bookings under one number.
    pub signals: Vec<OwnSignal>,
    /// True when a list was longer than what is given at once.
    pub is_cut: bool,
    /// What is kept and cannot be given, because nothing leads from a person to it; keys of content.
    pub not_linked: Vec<&'static str>,
}

impl std::fmt::Debug for OwnData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnData(…)")
    }
}

/// How a person is known.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct OwnIdentifiers {
    /// The phone number, but for its ends.
    pub phone: Option<String>,
    /// Whether WhatsApp's id of the person is kept.
    pub has_user_id: bool,
    /// The name the person shows.
    pub name: Option<String>,
    /// The chosen user name.
    pub username: Option<String>,
}

/// A booking.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnBooking {
    /// The code for the desk.
    pub code: String,
    /// The service, by its id.
    pub service: String,
    /// The day at the office.
    pub day: Date,
    /// When it begins, when it has a place.
    pub starts_at: Option<Timestamp>,
    /// How far it is, by its name in storage.
    pub state: &'static str,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who comes.
    pub people: Vec<Visitor>,
    /// How many.
    pub places: u16,
    /// What is remembered of those people and this service, from hashes: the same order.
    pub remembered: Vec<OwnStanding>,
}

/// What is remembered of somebody who was booked for.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OwnStanding {
    /// Whether a hash of the NIK is kept.
    pub is_nik: bool,
    /// Draws lost since the last one won.
    pub draws_lost: u32,
    /// When the person last did not come.
    pub missed_at: Option<Timestamp>,
    /// Until when no place is given because of that.
    pub barred_until: Option<Date>,
}

/// An application.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnApplication {
    /// The sixteen digits, but for the middle.
    pub number: String,
    /// `bound` for a phone that has proved itself, `followed` for one that asked to be told.
    pub way: &'static str,
    /// Since when, of a bound one.
    pub since: Option<Timestamp>,
    /// The stage that was told last, of a followed one.
    pub told: Option<&'static str>,
}

/// A case.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnCase {
    /// Its number.
    pub number: String,
    /// What kind, by its name in storage.
    pub kind: &'static str,
    /// How far it is.
    pub state: &'static str,
    /// When it came.
    pub opened_at: Timestamp,
    /// The day of the first answer by law.
    pub due_on: Option<Date>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// One to five, given with it.
    pub rating: Option<u8>,
    /// One to five, given to the answer.
    pub satisfaction: Option<u8>,
    /// The words with which it came.
    pub words: String,
    /// Its story, in order.
    pub lines: Vec<OwnLine>,
}

/// A line of a case's story.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnLine {
    /// When.
    pub at: Timestamp,
    /// What, by its name in storage.
    pub kind: &'static str,
    /// The words; none for what officers wrote among themselves, which the office shows on request.
    pub words: Option<String>,
}

/// A number in the hall.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnVisit {
    /// The day.
    pub day: Date,
    /// What stood on the ticket.
    pub number: String,
    /// The line.
    pub line: String,
    /// How it ended.
    pub state: &'static str,
    /// Names that were known.
    pub names: Vec<String>,
    /// Whether officers noted something.
    pub has_note: bool,
}

/// A file. Its bytes are not in the list: whoever sent it has it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OwnFile {
    /// When it was sent.
    pub at: Timestamp,
    /// Of which paper it is a photo; nothing for one sent to an officer.
    pub paper: Option<String>,
    /// The name it was sent under.
    pub filename: Option<String>,
    /// How far it is; `noted` while nobody asked for it, and nothing of it is fetched.
    pub state: &'static str,
    /// Its length.
    pub bytes: u64,
    /// When it is erased.
    pub ends_at: Timestamp,
    /// What a machine heard in it.
    pub transcript: Option<String>,
}

/// What was given ahead of a visit.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OwnIntake {
    /// The day of the visit.
    pub day: Date,
    /// Which papers are wanted, by the name of the case.
    pub case: String,
    /// Answers by question; the NIK in full, for it is theirs.
    pub answers: BTreeMap<String, String>,
    /// Papers, and how far each is.
    pub papers: Vec<(String, &'static str)>,
    /// How far it is.
    pub state: &'static str,
}

/// A message.
#[derive(Clone, PartialEq, Serialize)]
pub struct OwnMessage {
    /// When it was sent, or owed.
    pub at: Timestamp,
    /// `person` or `office`.
    pub from: &'static str,
    /// The words; what is not words is named.
    pub words: String,
    /// How far it came, of one of ours.
    pub delivery: Option<&'static str>,
}

/// Something noted for people to look at.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OwnSignal {
    /// Which, by its name in storage.
    pub kind: &'static str,
    /// When it was seen last.
    pub at: Timestamp,
    /// How many.
    pub count: u32,
}

/// What is kept of nobody: no list can be given, and no erasure finds it.
const NOT_LINKED: [&str; 4] = [
    "survey_answers",
    "figures",
    "reports_of_the_issuing_system",
    "other_offices",
];

/// Everything that is kept of a person; `None` for a stranger.
///
/// # Errors
/// Storage faults only.
pub fn view_own_data(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Option<OwnData>, Fault> {
    let office = ctx.office.id;
    let Some(contact) = tx.find_contact(office, person)? else {
        return Ok(None);
    };
    let conversation = tx.find_conversation(office, person)?;
    let rows = tx.list_bookings(office, person, OWN_ROWS_MAX)?;
    let cases = tx.list_cases(office, person, OWN_ROWS_MAX)?;
    let visits = tx.list_visits_of(office, person, OWN_ROWS_MAX)?;
    let (messages, is_cut) = messages(tx, ctx, person)?;
    let is_cut = is_cut || [rows.len(), cases.len(), visits.len()].contains(&OWN_ROWS_MAX);
    let mut bookings = Vec::with_capacity(rows.len());
    for row in rows {
        bookings.push(booking(tx, ctx, row)?);
    }
    let mut told_cases = Vec::with_capacity(cases.len());
    for row in cases {
        told_cases.push(case(tx, ctx, row)?);
    }
    let mut other_numbers = Vec::new();
    for other in tx.list_same(office, person, SAME_PERSONS_MAX)? {
        let contact = tx.find_contact(office, other)?.unwrap_or_default();
        other_numbers.push(contact.phone.as_deref().map(mask_phone).unwrap_or_default());
    }
    Ok(Some(OwnData {
        schema: SCHEMA,
        office: ctx.office.slug.clone(),
        read_at: ctx.now,
        met_at: tx.find_met_at(office, person)?,
        identifiers: identifiers(&contact),
        language: language_of(conversation.as_ref()).code(),
        is_opted_out: tx.has_opted_out(office, person)?,
        other_numbers,
        bookings,
        applications: applications(tx, ctx, person)?,
        cases: told_cases,
        visits: visits
            .into_iter()
            .map(|row| OwnVisit {
                day: row.day,
                number: row.visit.label.to_string(),
                line: row.visit.line,
                state: row.visit.state.name(),
                names: row.content.names,
                has_note: !row.content.note.is_empty(),
            })
            .collect(),
        files: files(tx, ctx, person)?,
        intakes: intakes(tx, ctx, person)?,
        messages,
        message_days: OWN_MESSAGE_DAYS,
        browsers: tx.list_browsers(office, person, BROWSERS_MAX)?.len(),
        signals: signals(tx, ctx, person)?,
        is_cut,
        not_linked: NOT_LINKED.to_vec(),
    }))
}

/// The same as JSON, to be taken away.
///
/// # Errors
/// When it cannot be written, which would be a fault of ours.
pub fn export(data: &OwnData) -> Result<String, Fault> {
    serde_json::to_string_pretty(data).map_err(|_| Fault::Unreadable("own data"))
}

/// The person who writes from a phone number.
///
/// # Errors
/// Storage faults only.
pub fn find_by_phone(tx: &mut dyn Tx, ctx: &Context<'_>, typed: &str) -> Result<Option<PersonId>, Fault> {
    match Contact::of_typed_phone(typed).filter(|contact| contact.phone.is_some()) {
        Some(contact) => tx.find_person(ctx.office.id, &contact),
        None => Ok(None),
    }
}

/// Notes in the trail that the office looked at somebody's data for them.
pub(crate) fn note_desk(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    by: AskedBy,
    act: &str,
    person: PersonId,
) -> Result<(), Fault> {
    if by == AskedBy::Desk {
        tx.insert_act(ctx.office.id, COMMAND, ctx.now, act, &format!("person {person}"))?;
    }
    Ok(())
}

/// A phone number that its owner knows again and nobody else learns.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    mask(phone, 3, 2)
}

/// All but so many characters at the front and at the end; of a short text nothing.
fn mask(text: &str, front: usize, end: usize) -> String {
    let count = text.chars().count();
    let is_short = count < (front + end) * 2;
    text.chars()
        .enumerate()
        .map(|(place, c)| {
            let is_shown = !is_short && (place < front || place + end >= count);
            if is_shown { c } else { '•' }
        })
        .collect()
}

fn identifiers(contact: &Contact) -> OwnIdentifiers {
    OwnIdentifiers {
        phone: contact.phone.as_deref().map(mask_phone),
        has_user_id: contact.bsuid.is_some() || contact.parent_bsuid.is_some(),
        name: contact.name.clone(),
        username: contact.username.clone(),
    }
}

fn booking(tx: &mut dyn Tx, ctx: &Context<'_>, row: BookingRow) -> Result<OwnBooking, Fault> {
    let mut remembered = Vec::new();
    for identity in tx.list_identities(ctx.office.id, row.id)? {
        let standing = tx.find_standing(identity.key, &row.service)?;
        remembered.push(OwnStanding {
            is_nik: identity.is_nik,
            draws_lost: standing.lost,
            missed_at: standing.missed_at,
            barred_until: bar_end(ctx, &row.service, standing)
                .filter(|end| *end > ctx.now)
                .map(|end| local_date(ctx.office, end)),
        });
    }
    Ok(OwnBooking {
        code: row.code.as_str().to_owned(),
        service: row.service,
        day: row.day,
        starts_at: row.starts_at,
        state: row.state.name(),
        made_at: row.created_at,
        people: row.content.people,
        places: row.places,
        remembered,
    })
}

/// When a missed visit hangs over nobody any more.
pub(crate) fn bar_end(ctx: &Context<'_>, service: &str, standing: Standing) -> Option<Timestamp> {
    let days = find_service(ctx, service).map_or(0, |service| i64::from(service.rules.missed_bar_days));
    let missed_at = standing.missed_at.filter(|_| days > 0)?;
    Some(later(missed_at, SignedDuration::from_hours(24 * days)))
}

fn case(tx: &mut dyn Tx, ctx: &Context<'_>, row: CaseRow) -> Result<OwnCase, Fault> {
    let events = tx.list_case_events(ctx.office.id, row.case.id, OWN_LINES_MAX)?;
    Ok(OwnCase {
        number: row.case.number,
        kind: row.case.kind.name(),
        state: row.case.state.name(),
        opened_at: row.case.opened_at,
        due_on: row.case.due_on,
        closed_at: row.case.closed_at,
        rating: row.case.rating,
        satisfaction: row.case.satisfaction,
        words: row.text,
        lines: events.into_iter().map(line).collect(),
    })
}

fn line(event: CaseEvent) -> OwnLine {
    let is_internal = matches!(
        event.kind,
        CaseEventKind::Note | CaseEventKind::Tagged | CaseEventKind::Passed | CaseEventKind::Linked
    );
    OwnLine {
        at: event.at,
        kind: event.kind.name(),
        words: (!is_internal).then_some(event.words),
    }
}

fn applications(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<OwnApplication>, Fault> {
    let bound = tx.list_bound(ctx.office.id, person, OWN_ROWS_MAX)?;
    let followed = tx.list_follows(ctx.office.id, person, OWN_ROWS_MAX)?;
    let bound = bound.into_iter().map(|(number, at)| OwnApplication {
        number: mask(number.as_str(), 4, 4),
        way: "bound",
        since: Some(at),
        told: None,
    });
    let followed = followed.into_iter().map(|row| OwnApplication {
        number: mask(row.number.as_str(), 4, 4),
        way: "followed",
        since: None,
        told: Some(row.told.name()),
    });
    Ok(bound.chain(followed).collect())
}

fn messages(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<(Vec<OwnMessage>, bool), Fault> {
    if tx.find_browser_of(ctx.office.id, person)?.is_some() {
        return said_on_pages(tx, ctx, person);
    }
    let since = ctx
        .now
        .saturating_sub(SignedDuration::from_hours(24 * OWN_MESSAGE_DAYS))
        .unwrap_or(Timestamp::MIN);
    let received = tx.list_received_of(ctx.office.id, person, since, OWN_MESSAGES_MAX)?;
    let first = OutboxId(Ids::first_of(since));
    let sent = tx.list_owed_to(ctx.office.id, person, first, OWN_MESSAGES_MAX)?;
    let is_cut = [received.len(), sent.len()].contains(&OWN_MESSAGES_MAX);
    let received = received.into_iter().map(|(at, content)| OwnMessage {
        at,
        from: "person",
        words: told(&content.message.said),
        delivery: None,
    });
    let sent = sent.into_iter().map(|row| OwnMessage {
        at: row.created_at,
        from: "office",
        words: row.message.body,
        delivery: Some(row.state.name()),
    });
    let mut all: Vec<_> = received.chain(sent).collect();
    all.sort_by_key(|message| std::cmp::Reverse(message.at));
    Ok((all, is_cut))
}

fn files(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<OwnFile>, Fault> {
    let rows = tx.list_files_of(ctx.office.id, person, OWN_ROWS_MAX)?;
    let told = rows.into_iter().map(|row| OwnFile {
        at: row.came_at,
        state: if is_noted(&row) { "noted" } else { row.state.name() },
        paper: row.content.paper,
        filename: row.content.filename,
        bytes: row.content.bytes_count,
        ends_at: row.ends_at,
        transcript: row.content.transcript,
    });
    Ok(told.collect())
}

fn intakes(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<OwnIntake>, Fault> {
    let rows = tx.list_intakes_of(ctx.office.id, person, OWN_ROWS_MAX)?;
    let told = rows.into_iter().map(|row| OwnIntake {
        day: row.day,
        case: row.content.case,
        answers: row.content.answers,
        papers: row
            .content
            .papers
            .into_iter()
            .map(|paper| (paper.id, paper.state.name()))
            .collect(),
        state: row.state.name(),
    });
    Ok(told.collect())
}

/// The chat of a browser, both sides of it: what came from there stands among received messages as well, the answers do not.
fn said_on_pages(tx: &mut dyn Tx, ctx: &Context<'_>, browser: PersonId) -> Result<(Vec<OwnMessage>, bool), Fault> {
    let lines = tx.list_lines(ctx.office.id, browser, 0, OWN_MESSAGES_MAX)?;
    let is_cut = lines.len() == OWN_MESSAGES_MAX;
    let all = lines.into_iter().rev().map(|line| OwnMessage {
        at: line.said_at,
        from: if line.is_ours { "office" } else { "person" },
        words: line.content.words.0,
        delivery: None,
    });
    Ok((all.collect(), is_cut))
}

fn signals(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<Vec<OwnSignal>, Fault> {
    let all = tx.list_signals(ctx.office.id, i32::MIN, OWN_ROWS_MAX)?;
    Ok(all
        .into_iter()
        .filter(|signal| signal.person == person)
        .map(|signal| OwnSignal {
            kind: signal.kind.name(),
            at: signal.at,
            count: signal.count,
        })
        .collect())
}

#[cfg(test)]
mod tests;
