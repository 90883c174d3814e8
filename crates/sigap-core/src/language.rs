//! The languages a citizen may choose.

use serde::{Deserialize, Serialize};

/// A language of the texts. Indonesian is complete and the fallback of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
    /// Basa Sunda.
    Su,
    /// Basa Jawa.
    Jv,
}

impl Language {
    /// All of them, in the order of the language list.
    pub const ALL: [Self; 4] = [Self::Id, Self::En, Self::Su, Self::Jv];
    /// Those in which a template can be submitted to Meta: its list of languages has neither Sundanese nor Javanese (unverified,
    /// November 2026), and these are the two in which no text may be missing.
    pub const OF_TEMPLATES: [Self; 2] = [Self::Id, Self::En];

    /// The language of a template, or of a page, for a reader of this one.
    #[must_use]
    pub const fn of_template(self) -> Self {
        match self {
            Self::En => Self::En,
            Self::Id | Self::Su | Self::Jv => Self::Id,
        }
    }

    /// The two-letter code (ISO 639-1), also the folder name under `content/texts`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
            Self::Su => "su",
            Self::Jv => "jv",
        }
    }

    /// Where to look when a text is missing: Sundanese and Javanese readers read Indonesian.
    #[must_use]
    pub const fn fallback(self) -> Option<Self> {
        match self {
            Self::Id => None,
            Self::En | Self::Su | Self::Jv => Some(Self::Id),
        }
    }
}
