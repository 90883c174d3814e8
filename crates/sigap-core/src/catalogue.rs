//! What the law and the offices ask of applicants, as dated facts: fees, papers, cases, payment, pick-up, deadlines.
//!
//! The rows are content (`content/catalogue/*.toml`); here are their shapes and the few rules that need no clock. Words for
//! citizens are not here: they stand in the texts under `fee.{code}`, `document.{id}`, `case.{id}`, `stage.{name}`.
//! Every row names its source and the day from which it holds; a row nobody has confirmed stays marked as such.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::application::Stage;
use crate::intake::{Form, IntakeRules};
use crate::notices::NoticeCatalogue;
use crate::notices::budget::Pricing;
use crate::office::PriorityGroup;
use crate::survey::SurveyRules;

/// The source of a row for which no source is known. Such a row is a guess to be checked with an office.
pub const UNVERIFIED: &str = "unverified";

/// All facts of the service. One office may see a copy with its own rules applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// The day on which a person last went through the rows.
    pub checked: Date,
    /// Where the facts come from, by the short name that rows use.
    pub sources: BTreeMap<String, String>,
    /// Fees of all times; `fees_on` gives those in force.
    pub fees: Vec<Fee>,
    /// Names of all papers that cases and pick-up ask for.
    pub documents: Vec<String>,
    /// Situations of applicants with the papers each needs.
    pub cases: Vec<Case>,
    /// How long the issue of a passport takes.
    pub issue: IssueTime,
    /// How fees are paid.
    pub payment: Payment,
    /// The national application through which ordinary visits are booked.
    pub booking: NationalBooking,
    /// How a finished passport is collected.
    pub pickup: Pickup,
    /// What proves each stage.
    pub stages: Vec<StageRow>,
    /// Groups that need no booking, where the office has no list of its own.
    pub priority: Vec<PriorityRow>,
    /// Services beside the ordinary counter.
    pub services: Vec<Service>,
    /// Deadlines for complaints.
    pub complaint: ComplaintDeadlines,
    /// The spreadsheets that the issuing system exports.
    pub reports: IssuingReports,
    /// The satisfaction survey.
    pub survey: SurveyRules,
    /// What people are told without having asked.
    pub notices: NoticeCatalogue,
    /// What Meta charges for messages.
    pub pricing: Pricing,
    /// What is asked ahead of visits.
    pub intake: IntakeRules,
}

impl Catalogue {
    /// The fees in force and offered on that day, in the order of the catalogue.
    pub fn fees_on(&self, date: Date) -> impl Iterator<Item = &Fee> {
        self.fees
            .iter()
            .filter(move |fee| fee.is_offered && fee.is_in_force_on(date))
    }

    /// The fee of that code in force and offered on that day.
    #[must_use]
    pub fn fee_on(&self, code: &str, date: Date) -> Option<&Fee> {
        self.fees_on(date).find(|fee| fee.code == code)
    }

    /// The case of that name.
    #[must_use]
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == id)
    }

    /// What is wanted ahead of a visit in the case of that name; of one that is not known only the questions.
    #[must_use]
    pub fn intake_form(&self, case: &str) -> Form {
        self.intake.form(self.case(case))
    }

    /// The passports that this case may choose from on that day.
    pub fn products_of(&self, case: &Case, date: Date) -> impl Iterator<Item = &Fee> {
        self.fees_on(date).filter(|fee| case.products.contains(&fee.code))
    }

    /// What an applicant pays in all, in rupiah: passport, same-day surcharge and penalty together.
    ///
    /// `None` when one of the parts has no fee in force on that day, or one that has to be looked at again: a sum with a hole in it is never shown.
    #[must_use]
    pub fn total_on(&self, case: &Case, product: &str, date: Date) -> Option<i64> {
        if !case.products.iter().any(|code| code == product) {
            return None;
        }
        let parts = [Some(product), case.surcharge.as_deref(), case.penalty.as_deref()];
        parts.into_iter().flatten().try_fold(0_i64, |sum, code| {
            let fee = self.fee_on(code, date).filter(|fee| !fee.is_stale_on(date))?;
            sum.checked_add(fee.rupiah)
        })
    }

    /// The service of that name.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }
}

/// How well a row is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One weak source, or sources that differ.
    Low,
    /// One dated source.
    Medium,
    /// Law text, an office's own page, or two sources that do not depend on each other.
    High,
}

/// A price with the time in which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// `EP10`, `LOST` …
    pub code: String,
    /// What is paid for.
    pub kind: FeeKind,
    /// Rupiah, never negative.
    pub rupiah: i64,
    /// How long the passport is valid at most, in years; `None` for what is not a passport.
    pub years: Option<u8>,
    /// Pages of the book.
    pub pages: Option<u8>,
    /// True for a passport with a chip.
    #[serde(default)]
    pub is_electronic: bool,
    /// True when only people of 17 or more, or married ones, may choose it.
    #[serde(default)]
    pub is_for_adults: bool,
    /// False for a product that an office has to switch on by its own rules.
    #[serde(default = "yes")]
    pub is_offered: bool,
    /// First day on which it holds.
    pub from: Date,
    /// True when only the year of `from` has a source.
    #[serde(default)]
    pub is_from_approximate: bool,
    /// First day on which it holds no more.
    pub until: Option<Date>,
    /// From this day on nobody vouches for it until somebody has looked at it again.
    pub check_again_on: Option<Date>,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors: what to know, where sources differ.
    pub note: Option<String>,
}

impl Fee {
    /// Whether the price holds on that day.
    #[must_use]
    pub fn is_in_force_on(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }

    /// Whether it may be shown without the advice to ask the office first.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        is_confirmed(&self.source, self.confidence)
    }

    /// Whether its day to be looked at again has come: the figure is then not told any more.
    #[must_use]
    pub fn is_stale_on(&self, date: Date) -> bool {
        self.check_again_on.is_some_and(|day| day <= date)
    }
}

/// What a fee is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// A passport book.
    Passport,
    /// A travel document in lieu of a passport (SPLP).
    TravelLetter,
    /// On top, for same-day service.
    Surcharge,
    /// On top, for a lost or damaged book.
    Penalty,
}

/// A situation of an applicant: which papers, which way, which products.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// `baru_dewasa`, `hilang` …; its title stands in the texts under `case.{id}`.
    pub id: String,
    /// How one applies.
    pub online: HowToApply,
    /// Papers everybody in this case brings, in the order of the checklist.
    pub documents: Vec<String>,
    /// Papers only for those who have them or whom they concern.
    #[serde(default)]
    pub if_any: Vec<String>,
    /// Codes of the passports to choose from.
    pub products: Vec<String>,
    /// Working days from the interview to the passport; `None` when no time can be promised.
    pub work_days: Option<u8>,
    /// Fee code paid on top because a book is lost or damaged.
    pub penalty: Option<String>,
    /// Fee code paid on top for speed.
    pub surcharge: Option<String>,
    /// True when the child itself has to be there.
    #[serde(default)]
    pub child_must_come: bool,
    /// Cases to which this one (same-day service) is limited; empty means no limit.
    #[serde(default)]
    pub only_for: Vec<String>,
    /// The case to use when `documents` do not fit (an old passport from before 2009 or from abroad).
    pub else_case: Option<String>,
    /// From this day on nobody vouches for it until somebody has looked at it again.
    pub check_again_on: Option<Date>,
    /// First day on which these papers are asked for.
    pub from: Date,
    /// True when only the year of `from` has a source.
    #[serde(default)]
    pub is_from_approximate: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors: what to know, where sources differ.
    pub note: Option<String>,
}

impl Case {
    /// Whether it may be shown without the advice to ask the office first.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        is_confirmed(&self.source, self.confidence)
    }

    /// Whether its day to be looked at again has come: its papers are then told with the advice to ask first.
    #[must_use]
    pub fn is_stale_on(&self, date: Date) -> bool {
        self.check_again_on.is_some_and(|day| day <= date)
    }
}

/// How one applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum HowToApply {
    /// Booked in the national application M-Paspor.
    #[serde(rename = "m_paspor")]
    MPaspor,
    /// At the counter only.
    #[serde(rename = "walk_in")]
    WalkIn,
    /// An examination (BAP) at the office comes first.
    #[serde(rename = "bap")]
    Bap,
}

/// How long the issue takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueTime {
    /// Working days from the interview on.
    pub work_days: u8,
    /// Days in which missing papers have to follow.
    pub complete_papers_days: u8,
    /// Working days from the examination (BAP) to the photo.
    pub bap_photo_after_work_days: u8,
    /// Hours until a new application shows up in the office's reports.
    pub sync_hours: u8,
    /// First day on which it holds.
    pub from: Date,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// How fees are paid: a billing code, never cash to staff.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Digits of a billing code.
    pub code_digits: u8,
    /// Hours a code from M-Paspor can be paid.
    pub valid_hours_m_paspor: u16,
    /// Days a code from the counter can be paid.
    pub valid_days_counter: u16,
    /// Where one pays.
    pub channels: Vec<PaymentChannel>,
    /// Why a paid fee is lost, by name; words under `loss.{id}`.
    pub losses: Vec<String>,
    /// First day on which it holds.
    pub from: Date,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// A place to pay; its name and steps stand in the texts under `channel.{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentChannel {
    /// `atm`, `teller` …
    pub id: String,
    /// False when nobody has checked the steps on the menu of this channel.
    pub is_confirmed: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
}

/// Rules of the national application for ordinary visits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalBooking {
    /// Its name, *M-Paspor*.
    pub name: String,
    /// The name of the one before it, as citizens still say it: *APAPO*.
    pub former_name: String,
    /// How often a paid visit may be moved.
    pub reschedule_max: u8,
    /// Days from the first date within which the new date must lie.
    pub reschedule_within_days: u8,
    /// First day on which it holds.
    pub from: Date,
    /// True when only the year and month of `from` have a source.
    #[serde(default)]
    pub is_from_approximate: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// How a finished passport is collected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pickup {
    /// Days after issue until the passport is cancelled.
    pub days_kept: u16,
    /// Who may collect, with which papers.
    pub by: Vec<PickupBy>,
    /// First day on which it holds.
    pub from: Date,
    /// True when only the year of `from` has a source.
    #[serde(default)]
    pub is_from_approximate: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

impl Pickup {
    /// The last day on which a passport issued on that day can be collected.
    #[must_use]
    pub fn last_day(&self, issued_on: Date) -> Option<Date> {
        issued_on
            .checked_add(jiff::Span::new().days(i64::from(self.days_kept)))
            .ok()
    }
}

/// One kind of person who may collect a passport.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PickupBy {
    /// `pemohon`, `satu_kk`, `orang_lain`, `anak`; words under `pickup_by.{id}`.
    pub id: String,
    /// Papers to bring, words under `document.{id}`.
    pub bring: Vec<String>,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
}

/// What the issuing system calls a stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRow {
    /// The stage.
    pub stage: Stage,
    /// The spreadsheet that proves it.
    pub report: Option<String>,
    /// Words met in reports and on other offices' screens.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// A group that needs no booking, with the reason to believe so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PriorityRow {
    /// The group; words under `priority.{id}`.
    #[serde(flatten)]
    pub group: PriorityGroup,
    /// True when offices have it unless they say otherwise.
    pub is_default: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// A service beside the ordinary counter; words under `service.{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// `simpatik`, `eazy`, `percepatan`, `pos`, `helpdesk`.
    pub id: String,
    /// Cases it serves; empty means all.
    #[serde(default)]
    pub only_for: Vec<String>,
    /// People in a group, at least.
    pub group_min: Option<u16>,
    /// People in a group, at most.
    pub group_max: Option<u16>,
    /// First day on which it is known to hold.
    pub from: Date,
    /// True when only the year of `from` has a source.
    #[serde(default)]
    pub is_from_approximate: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// Until when a complaint must be answered, in working days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintDeadlines {
    /// To the first answer.
    pub first_reply_days: u16,
    /// To the answer of a question for information.
    pub information_days: u16,
    /// To the end, when nothing has to be looked into on the spot.
    pub no_field_check_days: u16,
    /// To the end, when something has.
    pub field_check_days: u16,
    /// Where to go when the office does not answer: *SP4N-LAPOR! (lapor.go.id)*.
    pub national_channel: String,
    /// First day on which it holds.
    pub from: Date,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// The spreadsheets of the issuing system: what they are called and how their columns are headed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuingReports {
    /// Titles of the reports, in order of progress.
    pub reports: Vec<String>,
    /// The head stands within this many rows.
    pub header_rows_max: u8,
    /// Headings by field.
    pub columns: BTreeMap<String, Vec<String>>,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// Whether a row with that source and confidence may be shown without a reservation.
#[must_use]
pub fn is_confirmed(source: &str, confidence: Confidence) -> bool {
    source != UNVERIFIED && confidence > Confidence::Low
}

const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests;
