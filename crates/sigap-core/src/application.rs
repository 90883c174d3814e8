//! A passport application as the office's reports tell it, and what of it may be shown to whom.
//!
//! How reports move it stands in [`progress`], who may see what in [`proof`], the code that binds a phone in
//! [`slip_code`]. Nothing here knows where a report came from or where an application is kept.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationNumber, OfficeId};

pub mod problems;
pub mod progress;
pub mod proof;
pub mod report;
pub mod slip_code;

pub use problems::{MissingColumns, RowProblem, UnreadableFile};
pub use progress::{Import, Merge, RowRefusal, merge};
pub use proof::{Proof, view};
pub use report::{Report, ReportKind, ReportRow};
pub use slip_code::SlipCode;

/// How far an application is. Order is progress; `Held` and `Refused` stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Permohonan masuk.
    Submitted,
    /// Menunggu pembayaran (M-Paspor).
    AwaitingPaymentOnline,
    /// Wawancara dan foto selesai.
    Interviewed,
    /// Menunggu pembayaran after the visit.
    AwaitingPayment,
    /// Verifikasi dan adjudikasi (unverified).
    Adjudication,
    /// Alokasi blangko.
    Allocated,
    /// Pencetakan.
    Printing,
    /// Siap diambil.
    Ready,
    /// Sudah diambil.
    Collected,
    /// Dibatalkan, not collected in time.
    Cancelled,
    /// Ditunda: kurang berkas.
    Held,
    /// Ditolak.
    Refused,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Self; 12] = [
        Self::Submitted,
        Self::AwaitingPaymentOnline,
        Self::Interviewed,
        Self::AwaitingPayment,
        Self::Adjudication,
        Self::Allocated,
        Self::Printing,
        Self::Ready,
        Self::Collected,
        Self::Cancelled,
        Self::Held,
        Self::Refused,
    ];

    /// The name in content, storage and chat scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::AwaitingPaymentOnline => "awaiting_payment_online",
            Self::Interviewed => "interviewed",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Adjudication => "adjudication",
            Self::Allocated => "allocated",
            Self::Printing => "printing",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Held => "held",
            Self::Refused => "refused",
        }
    }

    /// True for what only an officer's act can set; no report moves an application out of it.
    #[must_use]
    pub const fn is_set_by_officer(self) -> bool {
        matches!(self, Self::Collected | Self::Cancelled | Self::Held | Self::Refused)
    }

    /// Whether a report can still move an application that is so far. From the shelf on only the counter does.
    #[must_use]
    pub const fn moves_by_reports(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::AwaitingPaymentOnline
                | Self::Interviewed
                | Self::AwaitingPayment
                | Self::Adjudication
                | Self::Allocated
                | Self::Printing
        )
    }

    /// The stage of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// What is known of one application: the stored form, sealed as a whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The number under the barcode.
    pub number: ApplicationNumber,
    /// The office that handles it.
    pub office: OfficeId,
    /// How far it is.
    pub stage: Stage,
    /// The applicant's name as printed in the reports.
    pub name: Option<String>,
    /// The kind of application as printed in the reports.
    pub kind: Option<String>,
    /// Day of application.
    pub applied_on: Option<Date>,
    /// Birth date; only the last of the four reports carries it.
    pub born_on: Option<Date>,
    /// The stages that reports have proved, in order of stage, each with the earliest day known: the day the report
    /// states, or else the day of the import. An import day is therefore never too early, but may be late.
    #[serde(default)]
    pub proved: Vec<(Stage, Date)>,
    /// Day of issue as the report states it; never guessed from an import, because the days for pick-up count from it.
    #[serde(default)]
    pub issued_on: Option<Date>,
    /// 15-digit billing code, when known.
    #[serde(default)]
    pub billing_code: Option<String>,
    /// The import (or officer's act) that changed it last: every answer says how old the data is.
    pub updated_at: Timestamp,
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application")
            .field("office", &self.office)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

/// What one asker may see of one application. Built by the store of proofs, shown by the dialogue.
///
/// Tiers (docs/privacy.md): a bare number shows stage and office; with the birth date also dates
/// and the next step; name and billing code only to a bound phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicationView {
    /// No such number, or the asker has used up the tries, or the second proof failed: one and the same answer.
    NotShown,
    /// Stage and office.
    Bare(BareView),
    /// Stage, office, dates.
    Dated(BareView, Dates),
    /// Everything, to the bound phone.
    Full(BareView, Dates, PersonalView),
}

/// For anybody who has the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareView {
    /// How far.
    pub stage: Stage,
    /// Which office.
    pub office: OfficeId,
    /// When the office last loaded its reports.
    pub data_at: Option<Timestamp>,
    /// True when a birth date is on file, so that it can serve as second proof.
    pub can_be_proved: bool,
}

/// For whoever also knows the birth date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Day of application.
    pub applied_on: Option<Date>,
    /// The proved stages in order, each with the earliest day known.
    pub proved: Vec<(Stage, Date)>,
    /// Day of issue: the pick-up days count from here. `None` when no report has stated it: then no last day may be
    /// promised, for a day of import can lie after the day of issue.
    pub ready_on: Option<Date>,
}

/// For the bound phone only.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalView {
    /// The applicant's name.
    pub name: Option<String>,
    /// 15 digits.
    pub billing_code: Option<String>,
}

impl fmt::Debug for PersonalView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalView(…)")
    }
}

#[cfg(test)]
mod tests;
