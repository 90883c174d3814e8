//! Files that people send: how far one is, and why it is not kept. Bytes are fetched after the turn.

use serde::{Deserialize, Serialize};

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// It was sent, and its bytes are still to be fetched or looked through.
    Waiting,
    /// Its bytes are kept.
    Kept,
    /// They never will be.
    Refused,
}

impl FileState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Kept, Self::Refused];

    /// The word in storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Refused => "refused",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRefusal {
    /// It is larger than what is taken.
    TooLarge,
    /// Its first bytes show a kind that is not taken, or none.
    WrongKind,
    /// It carries malicious code.
    Infected,
    /// The channel had it no more, or gave another one than it announced.
    Gone,
}

impl FileRefusal {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::TooLarge, Self::WrongKind, Self::Infected, Self::Gone];

    /// The word in storage and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::WrongKind => "wrong_kind",
            Self::Infected => "infected",
            Self::Gone => "gone",
        }
    }
}

/// What an officer's browser may do with a kind: show it as a picture, play it, or only save it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileUse {
    /// A picture.
    Picture,
    /// A sound.
    Sound,
    /// A film.
    Film,
    /// Anything else is saved, never opened in the page.
    Save,
}

/// The kinds that are taken, by their first bytes, and what is done with each. Everything else is refused: an office file may
/// carry macros, and nobody at a counter can tell.
const TAKEN: [(&str, FileUse); 11] = [
    ("image/jpeg", FileUse::Picture),
    ("image/png", FileUse::Picture),
    ("image/webp", FileUse::Picture),
    ("application/pdf", FileUse::Save),
    ("audio/ogg", FileUse::Sound),
    ("audio/amr", FileUse::Save),
    ("audio/mpeg", FileUse::Sound),
    ("audio/aac", FileUse::Sound),
    ("audio/mp4", FileUse::Sound),
    ("video/mp4", FileUse::Film),
    ("video/3gpp", FileUse::Save),
];

/// What is done with a kind; `None` when it is not taken.
#[must_use]
pub fn use_of(mime_type: &str) -> Option<FileUse> {
    TAKEN.iter().find(|(kind, _)| *kind == mime_type).map(|(_, used)| *used)
}

/// The kind as it may be written into a header: only the words of the table, never what somebody sent.
#[must_use]
pub fn header_of(mime_type: &str) -> &'static str {
    TAKEN
        .iter()
        .find(|(kind, _)| *kind == mime_type)
        .map_or("application/octet-stream", |(kind, _)| *kind)
}

/// What stands after the dot when such a file is saved.
#[must_use]
pub fn ending_of(mime_type: &str) -> &'static str {
    match mime_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "application/pdf" => "pdf",
        "audio/ogg" => "ogg",
        "audio/amr" => "amr",
        "audio/mpeg" => "mp3",
        "audio/aac" => "aac",
        "audio/mp4" => "m4a",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests;
