//! One call of a storage method as a value, so that the same call can be made on two stores, and its outcome as text.
//!
//! How to add a storage method: a variant, its arm in `run` and its line in `KINDS`, all in the file of its aggregate;
//! a question there when it shows something that no other method does.

use std::fmt::{self, Debug};

use serde::Serialize;
use sigap_core::ids::OfficeId;

use super::space::{Reach, Space};
use super::{
    api_keys, applications, bookings, browsers, cases, contents, conversations, figures, files, follows, hall, hooks,
    inbox, intakes, jobs, notices, office, openings, outbox, own_data, passports, people, processes, reports, staff,
    surveys, unclear,
};
use crate::fault::Fault;
use crate::tx::Tx;

/// A call with all its arguments, at an office.
#[derive(Clone)]
pub(super) struct Op {
    pub(super) method: &'static str,
    pub(super) office: OfficeId,
    pub(super) call: Call,
}

/// A call, by aggregate.
#[derive(Debug, Clone)]
pub(super) enum Call {
    People(people::Call),
    Inbox(inbox::Call),
    Conversations(conversations::Call),
    Outbox(outbox::Call),
    Applications(applications::Call),
    Office(office::Call),
    Processes(processes::Call),
    Bookings(bookings::Call),
    Browsers(browsers::Call),
    Files(files::Call),
    Intakes(intakes::Call),
    Openings(openings::Call),
    Jobs(jobs::Call),
    Hall(hall::Call),
    Staff(staff::Call),
    Passports(passports::Call),
    Cases(cases::Call),
    Surveys(surveys::Call),
    Unclear(unclear::Call),
    Contents(contents::Call),
    Reports(reports::Call),
    Follows(follows::Call),
    Figures(figures::Call),
    ApiKeys(api_keys::Call),
    Hooks(hooks::Call),
    Notices(notices::Call),
    OwnData(own_data::Call),
}

/// The parts of storage that are seen together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aggregate {
    People,
    Inbox,
    Conversations,
    Outbox,
    Applications,
    Office,
    Processes,
    Bookings,
    Browsers,
    Files,
    Intakes,
    Openings,
    Jobs,
    Hall,
    Staff,
    Passports,
    Cases,
    Surveys,
    Unclear,
    Contents,
    Reports,
    Follows,
    Figures,
    ApiKeys,
    Hooks,
    Notices,
    OwnData,
}

impl Aggregate {
    pub(super) const ALL: [Self; 27] = [
        Self::People,
        Self::Inbox,
        Self::Conversations,
        Self::Outbox,
        Self::Applications,
        Self::Office,
        Self::Processes,
        Self::Bookings,
        Self::Browsers,
        Self::Files,
        Self::Intakes,
        Self::Openings,
        Self::Jobs,
        Self::Hall,
        Self::Staff,
        Self::Passports,
        Self::Cases,
        Self::Surveys,
        Self::Unclear,
        Self::Contents,
        Self::Reports,
        Self::Follows,
        Self::Figures,
        Self::ApiKeys,
        Self::Hooks,
        Self::Notices,
        Self::OwnData,
    ];

    /// The storage methods of this aggregate.
    pub(super) fn kinds(self) -> &'static [Kind] {
        match self {
            Self::People => people::KINDS,
            Self::Inbox => inbox::KINDS,
            Self::Conversations => conversations::KINDS,
            Self::Outbox => outbox::KINDS,
            Self::Applications => applications::KINDS,
            Self::Office => office::KINDS,
            Self::Processes => processes::KINDS,
            Self::Bookings => bookings::KINDS,
            Self::Browsers => browsers::KINDS,
            Self::Files => files::KINDS,
            Self::Intakes => intakes::KINDS,
            Self::Openings => openings::KINDS,
            Self::Jobs => jobs::KINDS,
            Self::Hall => hall::KINDS,
            Self::Staff => staff::KINDS,
            Self::Passports => passports::KINDS,
            Self::Cases => cases::KINDS,
            Self::Surveys => surveys::KINDS,
            Self::Unclear => unclear::KINDS,
            Self::Contents => contents::KINDS,
            Self::Reports => reports::KINDS,
            Self::Follows => follows::KINDS,
            Self::Figures => figures::KINDS,
            Self::ApiKeys => api_keys::KINDS,
            Self::Hooks => hooks::KINDS,
            Self::Notices => notices::KINDS,
            Self::OwnData => own_data::KINDS,
        }
    }
}

impl Call {
    pub(super) fn aggregate(&self) -> Aggregate {
        match self {
            Self::People(_) => Aggregate::People,
            Self::Inbox(_) => Aggregate::Inbox,
            Self::Conversations(_) => Aggregate::Conversations,
            Self::Outbox(_) => Aggregate::Outbox,
            Self::Applications(_) => Aggregate::Applications,
            Self::Office(_) => Aggregate::Office,
            Self::Processes(_) => Aggregate::Processes,
            Self::Bookings(_) => Aggregate::Bookings,
            Self::Browsers(_) => Aggregate::Browsers,
            Self::Files(_) => Aggregate::Files,
            Self::Intakes(_) => Aggregate::Intakes,
            Self::Openings(_) => Aggregate::Openings,
            Self::Jobs(_) => Aggregate::Jobs,
            Self::Hall(_) => Aggregate::Hall,
            Self::Staff(_) => Aggregate::Staff,
            Self::Passports(_) => Aggregate::Passports,
            Self::Cases(_) => Aggregate::Cases,
            Self::Surveys(_) => Aggregate::Surveys,
            Self::Unclear(_) => Aggregate::Unclear,
            Self::Contents(_) => Aggregate::Contents,
            Self::Reports(_) => Aggregate::Reports,
            Self::Follows(_) => Aggregate::Follows,
            Self::Figures(_) => Aggregate::Figures,
            Self::ApiKeys(_) => Aggregate::ApiKeys,
            Self::Hooks(_) => Aggregate::Hooks,
            Self::Notices(_) => Aggregate::Notices,
            Self::OwnData(_) => Aggregate::OwnData,
        }
    }
}

/// What a method does to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: a read may call it.
    Reads,
    /// It writes whatever it finds: a read is refused.
    Writes,
    /// Whether it writes or locks depends on what it finds, or on the engine.
    MayWrite,
}

/// A storage method and how its calls are drawn.
pub(super) struct Kind {
    pub(super) method: &'static str,
    /// How often, beside the others.
    pub(super) weight: u64,
    pub(super) effect: Effect,
    /// The rows it touches.
    pub(super) reach: Reach,
    pub(super) draw: fn(&mut Space) -> Call,
}

impl Kind {
    const fn new(method: &'static str, weight: u64, effect: Effect, draw: fn(&mut Space) -> Call) -> Self {
        Self {
            method,
            weight,
            effect,
            reach: Reach::Office,
            draw,
        }
    }

    pub(super) const fn reads(method: &'static str, weight: u64, draw: fn(&mut Space) -> Call) -> Self {
        Self::new(method, weight, Effect::Reads, draw)
    }

    pub(super) const fn writes(method: &'static str, weight: u64, draw: fn(&mut Space) -> Call) -> Self {
        Self::new(method, weight, Effect::Writes, draw)
    }

    pub(super) const fn may_write(method: &'static str, weight: u64, draw: fn(&mut Space) -> Call) -> Self {
        Self::new(method, weight, Effect::MayWrite, draw)
    }

    /// Every row it touches belongs to the person it is about.
    pub(super) const fn of_a_person(self) -> Self {
        Self {
            reach: Reach::Person,
            ..self
        }
    }

    /// It touches rows of all offices.
    pub(super) const fn of_the_nation(self) -> Self {
        Self {
            reach: Reach::Nation,
            ..self
        }
    }
}

/// All storage methods.
pub(super) fn kinds() -> impl Iterator<Item = &'static Kind> {
    Aggregate::ALL.into_iter().flat_map(Aggregate::kinds)
}

impl fmt::Debug for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "office {}: {:?}", self.office, self.call)
    }
}

impl Op {
    pub(super) fn run(&self, tx: &mut dyn Tx) -> Result<String, Fault> {
        let office = self.office;
        match &self.call {
            Call::People(call) => call.run(office, tx),
            Call::Inbox(call) => call.run(office, tx),
            Call::Conversations(call) => call.run(office, tx),
            Call::Outbox(call) => call.run(office, tx),
            Call::Applications(call) => call.run(office, tx),
            Call::Office(call) => call.run(office, tx),
            Call::Processes(call) => call.run(tx),
            Call::Bookings(call) => call.run(office, tx),
            Call::Browsers(call) => call.run(office, tx),
            Call::Files(call) => call.run(office, tx),
            Call::Intakes(call) => call.run(office, tx),
            Call::Openings(call) => call.run(office, tx),
            Call::Jobs(call) => call.run(office, tx),
            Call::Hall(call) => call.run(office, tx),
            Call::Staff(call) => call.run(office, tx),
            Call::Passports(call) => call.run(office, tx),
            Call::Cases(call) => call.run(office, tx),
            Call::Surveys(call) => call.run(office, tx),
            Call::Unclear(call) => call.run(office, tx),
            Call::Contents(call) => call.run(office, tx),
            Call::Reports(call) => call.run(office, tx),
            Call::Follows(call) => call.run(office, tx),
            Call::Figures(call) => call.run(office, tx),
            Call::ApiKeys(call) => call.run(office, tx),
            Call::Hooks(call) => call.run(office, tx),
            Call::Notices(call) => call.run(office, tx),
            Call::OwnData(call) => call.run(office, tx),
        }
    }
}

/// A value that prints itself in full.
pub(super) fn plain(value: impl Debug) -> String {
    format!("{value:?}")
}

/// A value whose `Debug` prints dots. All of them are made up here, so they may be shown.
pub(super) fn revealed(value: impl Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}
