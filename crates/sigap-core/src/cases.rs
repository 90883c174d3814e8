//! Cases: what a citizen brought forward and the office owes an answer to.

use serde::{Deserialize, Serialize};

/// What kind of case. Legal deadlines hang on it (content, `[complaint]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Pengaduan.
    Complaint,
    /// Report of a broker or an illegal fee.
    Broker,
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
    /// The name in storage and scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Broker => "broker",
            Self::Appreciation => "appreciation",
            Self::Comment => "comment",
            Self::Officer => "officer",
            Self::Unanswered => "unanswered",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Complaint,
            Self::Broker,
            Self::Appreciation,
            Self::Comment,
            Self::Officer,
            Self::Unanswered,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}
