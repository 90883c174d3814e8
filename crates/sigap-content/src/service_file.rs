//! The shape of `[[service]]` in an office's file: what can be booked there, when, and by which rules.

use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;
use sigap_core::booking::service::SlotPlan;
use sigap_core::booking::{BookingRules, Opening, Release, Service};
use sigap_core::limits::PARTY_MAX;

use crate::office_file::SpanText;

/// A service that can be booked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceFile {
    /// Its words stand in `texts/*/service.toml` under this name.
    pub(crate) id: String,
    /// Length of a slot.
    pub(crate) slot_minutes: u16,
    /// What is given on ordinary weekdays.
    #[serde(default)]
    pub(crate) week: Vec<WeekFile>,
    /// Days with rules of their own.
    #[serde(default)]
    pub(crate) opening: Vec<OpeningFile>,
    /// True where places are scarce.
    #[serde(default)]
    pub(crate) needs_nik: bool,
    /// What differs from `[booking_rules]` of `default.toml`.
    #[serde(default)]
    pub(crate) rules: RulesFile,
    pub(crate) is_confirmed: bool,
    pub(crate) source: String,
    pub(crate) from: Date,
    #[serde(default)]
    #[allow(dead_code, reason = "kept for editors who read the file")]
    pub(crate) note: Option<String>,
}

/// Hours and places of some weekdays: either `places` for each slot, or a roster that they follow from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WeekFile {
    /// `monday` …
    pub(crate) days: Vec<WeekdayName>,
    pub(crate) hours: Vec<SpanText>,
    pub(crate) places: Option<u16>,
    pub(crate) roster: Option<RosterFile>,
}

/// Counters and their speed: `places = floor(target × counters × slot ÷ minutes a person)`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RosterFile {
    pub(crate) counters: u16,
    pub(crate) minutes_per_person: u16,
    pub(crate) target_percent: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WeekdayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A special day. Its times are the office's.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpeningFile {
    pub(crate) date: Date,
    pub(crate) hours: Vec<SpanText>,
    /// People in each slot.
    pub(crate) places: u16,
    /// People on the whole day, when fewer.
    #[serde(default)]
    pub(crate) day_places: Option<u16>,
    pub(crate) release: ReleaseName,
    pub(crate) opens_at: DateTime,
    #[serde(default)]
    pub(crate) closes_at: Option<DateTime>,
    #[serde(default)]
    pub(crate) drawn_at: Option<DateTime>,
    #[serde(default)]
    pub(crate) public_value: Option<String>,
    #[serde(default)]
    pub(crate) per_minute: Option<u16>,
    #[serde(default)]
    pub(crate) offers_at: Option<DateTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReleaseName {
    FirstCome,
    Shuffled,
    Draw,
    WaitingList,
}

/// Rules, each of them optional: what is not said here stands in `default.toml`, where all of them stand.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulesFile {
    horizon_days: Option<u16>,
    opens_time: Option<Time>,
    close_minutes: Option<u16>,
    party_max: Option<u8>,
    people_per_contact_max: Option<u8>,
    moves_max: Option<u8>,
    change_days_before: Option<u8>,
    early_minutes: Option<u16>,
    late_minutes: Option<u16>,
    marks_attendance: Option<bool>,
    missed_bar_days: Option<u16>,
    adult_age: Option<u8>,
    /// Where the rules come from; for editors.
    #[allow(dead_code, reason = "kept for editors who read the file")]
    source: Option<String>,
    #[allow(dead_code, reason = "kept for editors who read the file")]
    from: Option<Date>,
    #[allow(dead_code, reason = "kept for editors who read the file")]
    is_confirmed: Option<bool>,
    #[allow(dead_code, reason = "kept for editors who read the file")]
    note: Option<String>,
}

impl RulesFile {
    /// These rules over the defaults.
    ///
    /// # Errors
    /// The first rule that stands in neither.
    fn over(&self, default: &Self) -> Result<BookingRules, String> {
        fn rule<T: Copy>(own: Option<T>, default: Option<T>, name: &str) -> Result<T, String> {
            own.or(default)
                .ok_or_else(|| format!("`{name}` is missing; write it under [booking_rules] in offices/default.toml"))
        }
        Ok(BookingRules {
            horizon_days: rule(self.horizon_days, default.horizon_days, "horizon_days")?,
            opens_time: rule(self.opens_time, default.opens_time, "opens_time")?,
            close_minutes: rule(self.close_minutes, default.close_minutes, "close_minutes")?,
            party_max: rule(self.party_max, default.party_max, "party_max")?,
            people_per_contact_max: rule(
                self.people_per_contact_max,
                default.people_per_contact_max,
                "people_per_contact_max",
            )?,
            moves_max: rule(self.moves_max, default.moves_max, "moves_max")?,
            change_days_before: rule(
                self.change_days_before,
                default.change_days_before,
                "change_days_before",
            )?,
            early_minutes: rule(self.early_minutes, default.early_minutes, "early_minutes")?,
            late_minutes: rule(self.late_minutes, default.late_minutes, "late_minutes")?,
            marks_attendance: rule(self.marks_attendance, default.marks_attendance, "marks_attendance")?,
            missed_bar_days: rule(self.missed_bar_days, default.missed_bar_days, "missed_bar_days")?,
            adult_age: rule(self.adult_age, default.adult_age, "adult_age")?,
        })
    }
}

impl ServiceFile {
    /// The service as the rules see it.
    ///
    /// # Errors
    /// What is missing or contradicts itself, in one sentence.
    pub(crate) fn service(&self, default: &RulesFile) -> Result<Service, String> {
        let of = |what: String| format!("service `{}`: {what}", self.id);
        if self.slot_minutes == 0 {
            return Err(of("`slot_minutes` is 0".into()));
        }
        let mut week: [Vec<SlotPlan>; 7] = Default::default();
        for row in &self.week {
            let plan = row.plan(self.slot_minutes).map_err(of)?;
            for day in &row.days {
                if let Some(hours) = week.get_mut(*day as usize) {
                    hours.extend(plan.iter().copied());
                }
            }
        }
        let rules = self.rules.over(default).map_err(of)?;
        if usize::from(rules.party_max) > PARTY_MAX || rules.party_max == 0 {
            return Err(of(format!("`party_max` must be from 1 to {PARTY_MAX}")));
        }
        let openings = self
            .opening
            .iter()
            .map(|opening| opening.opening().map_err(of))
            .collect::<Result<Vec<Opening>, String>>()?;
        for (place, opening) in openings.iter().enumerate() {
            if openings.iter().skip(place + 1).any(|other| other.date == opening.date) {
                return Err(of(format!("two openings on {}", opening.date)));
            }
        }
        Ok(Service {
            id: self.id.clone(),
            slot_minutes: self.slot_minutes,
            week,
            openings,
            rules,
            needs_nik: self.needs_nik,
            is_confirmed: self.is_confirmed,
        })
    }
}

impl WeekFile {
    fn plan(&self, slot_minutes: u16) -> Result<Vec<SlotPlan>, String> {
        let places = match (self.places, self.roster) {
            (Some(places), None) => places,
            (None, Some(roster)) => SlotPlan::places_of_roster(
                roster.target_percent,
                roster.counters,
                slot_minutes,
                roster.minutes_per_person,
            ),
            (Some(_), Some(_)) => return Err("write `places` or `roster`, not both".into()),
            (None, None) => return Err("write `places` or `roster`".into()),
        };
        Ok(crate::office_file::spans(&self.hours)
            .into_iter()
            .map(|span| SlotPlan { span, places })
            .collect())
    }
}

impl OpeningFile {
    fn opening(&self) -> Result<Opening, String> {
        let missing = |name: &str| format!("opening {}: `{name}` is missing", self.date);
        let opens_at = self.opens_at;
        let release = match self.release {
            ReleaseName::FirstCome => Release::FirstCome { opens_at },
            ReleaseName::Shuffled => Release::Shuffled {
                opens_at,
                per_minute: self.per_minute.ok_or_else(|| missing("per_minute"))?,
            },
            ReleaseName::Draw => Release::Draw {
                opens_at,
                closes_at: self.closes_at.ok_or_else(|| missing("closes_at"))?,
                drawn_at: self.drawn_at.ok_or_else(|| missing("drawn_at"))?,
                public_value: self.public_value.clone().ok_or_else(|| missing("public_value"))?,
            },
            ReleaseName::WaitingList => Release::WaitingList {
                opens_at,
                offers_at: self.offers_at.ok_or_else(|| missing("offers_at"))?,
            },
        };
        let is_in_order = match &release {
            Release::Draw {
                closes_at, drawn_at, ..
            } => opens_at < *closes_at && closes_at < drawn_at && drawn_at.date() < self.date,
            Release::WaitingList { offers_at, .. } => opens_at < *offers_at && offers_at.date() < self.date,
            Release::FirstCome { .. } | Release::Shuffled { .. } => opens_at.date() < self.date,
        };
        if !is_in_order {
            return Err(format!(
                "opening {}: its times must come one after the other and before the day",
                self.date
            ));
        }
        let plan = crate::office_file::spans(&self.hours)
            .into_iter()
            .map(|span| SlotPlan {
                span,
                places: self.places,
            })
            .collect();
        Ok(Opening {
            date: self.date,
            plan,
            day_places: self.day_places,
            release,
        })
    }
}
