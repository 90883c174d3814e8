//! An office as the rules see it: where it is, when it is open, what it does. All of it is content; nothing here is code.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::booking::Service;
use crate::conversation::reply::Choice;
use crate::ids::OfficeId;
use crate::point::Point;
use crate::queue::Hall;

/// One immigration office (or service unit) with the facts its citizens ask for.
///
/// Built by `sigap-content` from the register and `content/offices/{slug}.toml`. Fields that no source confirms are
/// `None`: the dialogue then says that the office has not confirmed them, and never guesses.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Stable number.
    pub id: OfficeId,
    /// Stable name in addresses and commands, e.g. `jakarta-pusat`.
    pub slug: String,
    /// Full name, e.g. *Kantor Imigrasi Kelas I Non TPI Jakarta Pusat*.
    pub name: String,
    /// Short name, e.g. *Kanim Jakarta Pusat*.
    pub short: String,
    /// A label (*Kelas I Non TPI*); nothing may depend on it.
    pub class: String,
    /// Town.
    pub city: String,
    /// Province.
    pub province: String,
    /// `WIB`, `WITA` or `WIT`, shown beside every time.
    pub zone_name: String,
    /// The zone itself, e.g. `Asia/Jakarta`.
    pub zone: jiff::tz::TimeZone,
    /// Street address.
    pub address: Option<String>,
    /// False while the address has only an unconfirmed source; then the citizen is asked to check it.
    pub is_address_confirmed: bool,
    /// Where it is, or the town it is in; `None` for units that are not named as the nearest office, and where nobody knows.
    pub point: Option<OfficePoint>,
    /// Telephone.
    pub phone: Option<String>,
    /// The verified WhatsApp number, as people write it: `0811-8539-333`.
    pub whatsapp: Option<String>,
    /// The office's page on `.go.id`.
    pub site: Option<String>,
    /// Where officers open the national application with what was given here; `None` where it is not known.
    pub handover: Option<String>,
    /// Name of this line, e.g. *SIGAP*.
    pub line_name: String,
    /// Opening hours by weekday.
    pub hours: OpeningHours,
    /// Days that differ from the week: closed with a reason, or open with hours of their own.
    pub exceptions: BTreeMap<Date, DayException>,
    /// Groups that need no booking here.
    pub priority: Vec<PriorityGroup>,
    /// True when the groups have to be looked at again: people are then sent to an officer instead of being told of them.
    pub is_priority_stale: bool,
    /// What can be booked here.
    pub services: Vec<Service>,
    /// How people queue in its hall; `None` where sigap does not run the hall.
    pub hall: Option<Hall>,
    /// Topics this office does not offer, by choice name.
    pub without: Vec<String>,
    /// Short facts that texts of this office may use, by name (`helpdesk_place`, `simpatik_when` …), per language code.
    pub facts: BTreeMap<String, BTreeMap<String, String>>,
    /// Ready answers of its officers, in order, by the name of their words (`canned.{name}`, `console.canned_{name}`).
    pub answers: Vec<String>,
    /// Whether what citizens read is published only by somebody who did not write it.
    pub needs_four_eyes: bool,
}

impl Office {
    /// Whether a choice, and the topic it belongs to, are among what this office does.
    #[must_use]
    pub fn offers(&self, choice: Choice) -> bool {
        !self
            .without
            .iter()
            .any(|name| name == choice.0 || name == choice.topic())
    }
}

/// Where an office is on the map, and how well that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficePoint {
    /// The place.
    pub at: Point,
    /// What lies there.
    pub of: PointOf,
}

/// What a point of an office was taken of. Nothing nearer than this is told of a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointOf {
    /// The town: the office is somewhere in it.
    City,
    /// The district, village or airport that its address names.
    District,
    /// Its own door, as the office says.
    Building,
}

/// Opening hours of the days Monday to Sunday; an empty day is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OpeningHours {
    /// Index 0 is Monday. Each day is a list of spans in order (a break is a gap between two).
    pub week: [Vec<Span>; 7],
    /// True when the office itself has confirmed them; else citizens see "please confirm".
    pub is_confirmed: bool,
}

/// From (inclusive) to (exclusive) on one day, office time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Opens.
    pub from: Time,
    /// Closes.
    pub to: Time,
}

/// A day unlike its weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayException {
    /// Closed, and why, in words for citizens.
    Closed {
        /// E.g. *Hari Raya Natal*.
        reason: String,
        /// True while the decree's date is an estimate.
        is_estimated: bool,
    },
    /// Open at these hours although the weekday is not (or at other hours).
    Open {
        /// When.
        spans: Vec<Span>,
        /// Why, for citizens: *Paspor simpatik*.
        reason: String,
    },
}

/// A group that may come without booking (ramah HAM).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityGroup {
    /// `lansia`, `disabilitas`, `hamil`, `menyusui`, `balita`, `sakit`.
    pub id: String,
    /// From this age on, in years.
    pub age_from: Option<u8>,
    /// Below this age, in years.
    pub age_below: Option<u8>,
}
