//! What must hold when everything is over.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use anyhow::Context;
use jiff::civil::{Date, Time};
use sigap_content::Content;
use sigap_core::booking::{BookingCode, BookingState};
use sigap_core::ids::BookingId;
use sigap_store::read;

use crate::people::Heard;
use crate::program::Settings;
use crate::{OFFICE, SERVICE};

/// Rows read at once.
const ROWS_MAX: usize = 100_000;

/// Counts; all but the first three should be zero or as told.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    places: u64,
    rows: u64,
    taken: u64,
    held: u64,
    /// People with more than one booking.
    twice: u64,
    /// Codes that stand twice.
    equal_codes: u64,
    /// Acknowledged to somebody and not there, or not theirs.
    missing: u64,
    /// People without any usable answer.
    lost: u64,
    /// Places by bookings less places by the counter.
    apart: u64,
    wants_all: bool,
}

impl Counted {
    pub(crate) fn failed(&self) -> u64 {
        let too_few = if self.wants_all && self.rows != self.places {
            1
        } else {
            0
        };
        self.twice
            + self.equal_codes
            + self.missing
            + self.lost
            + self.apart
            + self.rows.saturating_sub(self.places)
            + self.taken.saturating_sub(self.places)
            + too_few
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "places {}, booked rows {}, taken {}, still held {}\nbooked twice {}, equal codes {}, acknowledged and missing {}, without an answer {}, counter apart {}",
            self.places,
            self.rows,
            self.taken,
            self.held,
            self.twice,
            self.equal_codes,
            self.missing,
            self.lost,
            self.apart
        )
    }
}

pub(crate) async fn count(settings: &Settings, day: Date, places: u16, heard: &Heard) -> anyhow::Result<Counted> {
    let content = Content::from_dir(settings.folder.join("content"))?;
    let office = content.office_by_slug(OFFICE).context("the office is there")?;
    let id = office.id;
    let store = settings.database.open(&settings.folder)?;
    let starts_at = office.zone.to_timestamp(day.to_datetime(Time::constant(9, 0, 0, 0)))?;
    let (booked, held, quotas, sum) = read(&*store, move |tx| {
        let list =
            |tx: &mut dyn sigap_store::Tx, state| tx.list_day(id, SERVICE, day, state, BookingId(i64::MIN), ROWS_MAX);
        Ok((
            list(tx, BookingState::Booked)?,
            list(tx, BookingState::Held)?,
            tx.list_quotas(id, SERVICE, "pickuq", ROWS_MAX)?,
            tx.sum_places(id, SERVICE, day, starts_at)?,
        ))
    })
    .await?;
    let taken: u64 = quotas.iter().map(|(_, used)| u64::from(used.taken)).sum();
    let names: BTreeSet<&str> = booked
        .iter()
        .flat_map(|row| row.content.people.iter().map(|visitor| visitor.name.as_str()))
        .collect();
    let codes: HashSet<&str> = booked.iter().map(|row| row.code.as_str()).collect();
    let missing = heard
        .codes
        .values()
        .filter(|code| !BookingCode::parse(code).is_some_and(|code| codes.contains(code.as_str())))
        .count();
    Ok(Counted {
        places: u64::from(places),
        rows: booked.len() as u64,
        taken,
        held: held.len() as u64,
        twice: (booked.len() - names.len()) as u64,
        equal_codes: (booked.len() - codes.len()) as u64,
        missing: missing as u64,
        lost: heard.lost,
        apart: sum.abs_diff(taken),
        wants_all: heard.refused > 0,
    })
}
