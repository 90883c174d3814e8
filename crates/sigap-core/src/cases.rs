//! Cases: what a citizen brought forward and the office owes an answer to; who has it, until when, and what may be done with it.

pub mod praise;
pub mod tags;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::{OfficeStatus, add_working_days, hours_on, local_date, next_opening, status_at};
use crate::catalogue::ComplaintDeadlines;
use crate::ids::{CaseId, PersonId, StaffId};
use crate::office::Office;

/// Ready answers that every office has, by the name of their words, until it changes or removes one.
pub const READY_ANSWERS: [&str; 6] = ["greeting", "papers", "visit", "checking", "number", "thanks"];

/// What kind of case. Legal deadlines hang on it (content, `[complaint]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Pengaduan.
    Complaint,
    /// Report of a broker or an illegal fee.
    Broker,
    /// Papers that the office had and cannot find, or an application that stands still because of it.
    LostFile,
    /// Apresiasi.
    Appreciation,
    /// Saran or comment.
    Comment,
    /// The citizen asked for an officer.
    Officer,
    /// Our own failure: a message that could not be answered by the program.
    Unanswered,
}

impl CaseKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Complaint,
        Self::Broker,
        Self::LostFile,
        Self::Appreciation,
        Self::Comment,
        Self::Officer,
        Self::Unanswered,
    ];

    /// The name in storage and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Broker => "broker",
            Self::LostFile => "lost_file",
            Self::Appreciation => "appreciation",
            Self::Comment => "comment",
            Self::Officer => "officer",
            Self::Unanswered => "unanswered",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the law binds the office to an answer and to an end.
    #[must_use]
    pub const fn is_legal(self) -> bool {
        matches!(self, Self::Complaint | Self::Broker | Self::LostFile)
    }

    /// Whether somebody waits in the chat for a person.
    #[must_use]
    pub const fn is_talk(self) -> bool {
        matches!(self, Self::Officer | Self::Unanswered)
    }
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseState {
    /// Nobody has it.
    Open,
    /// An officer has it, and nobody else answers.
    Taken,
    /// Ended.
    Closed,
}

impl CaseState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Taken, Self::Closed];

    /// The word in storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Closed => "closed",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A case without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What the citizen sees, e.g. `JP-2611-0042`; unique in the office.
    pub number: String,
    /// What kind.
    pub kind: CaseKind,
    /// Who brought it.
    pub person: PersonId,
    /// Our number under which the person wrote; empty when it came by another way.
    pub line: String,
    /// One to five, when given with praise or a comment.
    pub rating: Option<u8>,
    /// When.
    pub opened_at: Timestamp,
    /// The day of the first answer by law, when the kind has one.
    pub due_on: Option<Date>,
    /// The day of the end by law, when the kind has one.
    pub end_on: Option<Date>,
    /// Until when something is owed next; `None` when nothing is.
    pub owed_at: Option<Timestamp>,
    /// How far it is.
    pub state: CaseState,
    /// Who has it.
    pub staff: Option<StaffId>,
    /// Since when words of the citizen wait for an answer.
    pub heard_at: Option<Timestamp>,
    /// The first answer.
    pub answered_at: Option<Timestamp>,
    /// The end.
    pub closed_at: Option<Timestamp>,
    /// One to five: how the citizen found the answer.
    pub satisfaction: Option<u8>,
    /// When it went to the head of the office because a day had passed.
    pub escalated_at: Option<Timestamp>,
    /// Whether what the person writes goes to the officer and not to the assistant.
    pub is_talk: bool,
}

/// What an officer does with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseDeed {
    /// Take it: from now on nobody else answers.
    Take,
    /// Answer the citizen.
    Answer,
    /// Let the assistant answer the person again.
    GiveBack,
    /// End it.
    Close,
    /// Go on with an ended case.
    Reopen,
    /// Somebody has to look into it on the spot: the law gives more time.
    FieldCheck,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseRefusal {
    /// It is ended.
    Closed,
    /// It is not ended.
    NotClosed,
    /// Another officer has it.
    Taken(StaffId),
    /// Take it first.
    NotTaken,
    /// The law wants an answer first.
    Unanswered,
    /// The person does not talk with an officer now.
    NoTalk,
    /// The law gives this kind no time for that.
    NoDeadline,
}

impl Case {
    /// A case that comes now.
    #[must_use]
    pub const fn new(id: CaseId, number: String, kind: CaseKind, person: PersonId, now: Timestamp) -> Self {
        Self {
            id,
            number,
            kind,
            person,
            line: String::new(),
            rating: None,
            opened_at: now,
            due_on: None,
            end_on: None,
            owed_at: None,
            state: CaseState::Open,
            staff: None,
            heard_at: Some(now),
            answered_at: None,
            closed_at: None,
            satisfaction: None,
            escalated_at: None,
            is_talk: false,
        }
    }

    /// Whether `who` may do it; the head of the office may also take a case from a colleague.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, deed: CaseDeed, who: StaffId, is_head: bool) -> Result<(), CaseRefusal> {
        let is_closed = self.state == CaseState::Closed;
        if deed == CaseDeed::Reopen {
            return if is_closed { Ok(()) } else { Err(CaseRefusal::NotClosed) };
        }
        if is_closed {
            return Err(CaseRefusal::Closed);
        }
        let other = self.staff.filter(|staff| *staff != who);
        if deed == CaseDeed::Take {
            return match other {
                Some(other) if !is_head => Err(CaseRefusal::Taken(other)),
                _ => Ok(()),
            };
        }
        match (self.staff, other) {
            (_, Some(other)) => return Err(CaseRefusal::Taken(other)),
            (None, _) => return Err(CaseRefusal::NotTaken),
            (Some(_), None) => {}
        }
        match deed {
            CaseDeed::Close if self.kind.is_legal() && self.answered_at.is_none() => Err(CaseRefusal::Unanswered),
            CaseDeed::GiveBack if !self.is_talk => Err(CaseRefusal::NoTalk),
            CaseDeed::FieldCheck if self.end_on.is_none() => Err(CaseRefusal::NoDeadline),
            _ => Ok(()),
        }
    }

    /// Until when something is owed next: to a talk an answer by the promise, by law a first answer and then an end.
    #[must_use]
    pub fn next_owed(&self, office: &Office) -> Option<Timestamp> {
        if self.state == CaseState::Closed {
            return None;
        }
        let end_of = |day: Date| {
            let midnight = day.tomorrow().ok()?.to_datetime(Time::midnight());
            office.zone.to_timestamp(midnight).ok()
        };
        if self.kind.is_talk() {
            return self.heard_at.and_then(|heard| promise(office, heard));
        }
        match self.answered_at {
            None => self.due_on.and_then(end_of),
            Some(_) => self.end_on.and_then(end_of),
        }
    }

    /// How pressing it is.
    #[must_use]
    pub fn urgency(&self, now: Timestamp) -> Urgency {
        match self.owed_at {
            None => Urgency::None,
            Some(at) if at <= now => Urgency::Late,
            Some(at) if at.duration_since(now) <= SOON => Urgency::Soon,
            Some(_) => Urgency::InTime,
        }
    }
}

/// A case that is owed something within so long is pressing.
pub const SOON: SignedDuration = SignedDuration::from_hours(24);

/// How pressing a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing is owed.
    None,
    /// There is time.
    InTime,
    /// Within a day.
    Soon,
    /// The time has passed.
    Late,
}

impl Urgency {
    /// The word in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::InTime => "in_time",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }
}

/// What the office promises to somebody who asks for an officer: the same day while it is open, else the next day on which it is. The
/// chat says the same (`conversation/officer.rs`). `None` when its hours are not known.
#[must_use]
pub fn promise(office: &Office, now: Timestamp) -> Option<Timestamp> {
    let day = match status_at(office, now) {
        OfficeStatus::Open { .. } => local_date(office, now),
        OfficeStatus::Closed { .. } => next_opening(office, now)?.0,
    };
    let closes = hours_on(office, day).last()?.to;
    office.zone.to_timestamp(day.to_datetime(closes)).ok()
}

/// The days of the law for a case that comes on `day`: of the first answer and of the end.
#[must_use]
pub fn deadlines(
    office: &Office,
    days: &ComplaintDeadlines,
    kind: CaseKind,
    day: Date,
) -> (Option<Date>, Option<Date>) {
    let after = |count| add_working_days(office, day, count);
    match kind {
        CaseKind::Complaint | CaseKind::Broker => (after(days.first_reply_days), after(days.no_field_check_days)),
        // Where a file is, is a request for information.
        CaseKind::LostFile => (after(days.first_reply_days), after(days.information_days)),
        CaseKind::Officer | CaseKind::Unanswered => (after(days.information_days), None),
        CaseKind::Appreciation | CaseKind::Comment => (None, None),
    }
}

/// The day of the end when somebody has to look into it on the spot.
#[must_use]
pub fn field_check_end(office: &Office, days: &ComplaintDeadlines, opened: Date) -> Option<Date> {
    add_working_days(office, opened, days.field_check_days)
}

#[cfg(test)]
mod tests;
