//! Uploaded reports that wait to be applied, as storage gives and takes them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sigap_core::application::{ReportKind, ReportRow, RowProblem, RowRefusal};
use sigap_core::ids::{ApiKeyId, StaffId, UploadId};

/// How far an uploaded report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UploadState {
    /// Its rows are still being kept.
    Arriving,
    /// Somebody looks at what it would change.
    Waiting,
    /// Its rows are merged, part by part.
    Applying,
    /// All of them are merged.
    Applied,
}

impl UploadState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Arriving, Self::Waiting, Self::Applying, Self::Applied];

    /// The word in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arriving => "arriving",
            Self::Waiting => "waiting",
            Self::Applying => "applying",
            Self::Applied => "applied",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// An uploaded report, without its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadRow {
    /// Time-ordered id.
    pub id: UploadId,
    /// Who uploaded it.
    pub staff: StaffId,
    /// How far it is.
    pub state: UploadState,
    /// When it came.
    pub made_at: Timestamp,
    /// When it is forgotten.
    pub ends_at: Timestamp,
    /// Parts that its rows were kept in.
    pub parts: u32,
    /// How many of them are merged.
    pub done: u32,
    /// The sealed part.
    pub content: UploadContent,
}

/// The sealed part. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadContent {
    /// The name of the file: people write what they like into it.
    pub file: String,
    /// Which report it is.
    pub report: ReportKind,
    /// The newest day in it.
    #[serde(default)]
    pub newest_on: Option<Date>,
    /// A fingerprint of the file, hexadecimal.
    #[serde(default)]
    pub fingerprint: String,
    /// Rows that could be read.
    #[serde(default)]
    pub rows: u32,
    /// Rows that could not.
    #[serde(default)]
    pub unreadable: u32,
    /// What they would change, as counted when the file came.
    #[serde(default)]
    pub preview: UploadCounts,
    /// What they did change, as far as they are merged.
    #[serde(default)]
    pub counts: UploadCounts,
    /// Rows that are not taken, the first of them.
    #[serde(default)]
    pub refused: Vec<RefusedRow>,
}

impl std::fmt::Debug for UploadContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UploadContent(…)")
    }
}

/// Rows by what becomes of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadCounts {
    /// Not known before.
    pub new: u32,
    /// The stage rises, or facts come.
    pub moved: u32,
    /// Nothing new.
    pub unchanged: u32,
    /// Not taken, readable or not.
    pub refused: u32,
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Its number in the file, counted from one.
    pub row: u32,
    /// Why.
    pub why: Why,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It cannot be read.
    Problem(RowProblem),
    /// It cannot be right beside what is on file.
    Refusal(RowRefusal),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Problem(problem) => problem.fmt(f),
            Self::Refusal(refusal) => refusal.fmt(f),
        }
    }
}

/// Rows of a report with their numbers in the file: what one transaction merges.
pub type UploadPart = Vec<(u32, ReportRow)>;

/// A key with which a program of the office reaches us; the key itself is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// Time-ordered id.
    pub id: ApiKeyId,
    /// What it is for, in the office's words.
    pub label: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// What it may do, words with a space between.
    pub scopes: String,
    /// Requests within an hour.
    pub per_hour: u32,
}
