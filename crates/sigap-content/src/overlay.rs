//! What an office changes of its content in a browser: patches by key over its file, as they are kept in the database.
//!
//! A patch holds the fields of a form, not a piece of a file: what they mean for the file is said in one place
//! (`entry/writing.rs`), so that an older overlay is read by the rules of a newer program.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::ids::StaffId;

use crate::entry::EntryKey;

/// The fields of an entry by their names.
pub type Fields = BTreeMap<String, String>;

/// The form in which overlays are kept. A changed meaning is a new number and a reader for this one.
const VERSION: u32 = 1;

/// All changes of one office, whole: each version of its content has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Patches by key.
    pub patches: BTreeMap<EntryKey, Patch>,
}

/// One changed entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// Its fields; `None` when the entry is taken out.
    pub fields: Option<Fields>,
    /// Who changed it last.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// An overlay that no version of this program wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the changes of an office cannot be read")]
pub struct UnreadableOverlay;

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    #[serde(default)]
    patches: BTreeMap<String, Patch>,
}

impl Overlay {
    /// As it is kept.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let stored = Stored {
            version: VERSION,
            patches: self
                .patches
                .iter()
                .map(|(key, patch)| (key.to_string(), patch.clone()))
                .collect(),
        };
        // Maps of texts have no value that JSON lacks.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads what was kept. A key of a kind that this program does not know is left out: it belongs to a newer one.
    ///
    /// # Errors
    /// When no version of this program wrote it.
    pub fn from_stored(stored: &str) -> Result<Self, UnreadableOverlay> {
        let stored: Stored = serde_json::from_str(stored).map_err(|_| UnreadableOverlay)?;
        if stored.version != VERSION {
            return Err(UnreadableOverlay);
        }
        let patches = stored.patches.into_iter();
        Ok(Self {
            patches: patches
                .filter_map(|(key, patch)| Some((EntryKey::parse(&key)?, patch)))
                .collect(),
        })
    }

    /// What an entry is changed to: nothing, its fields, or its end.
    #[must_use]
    pub fn find(&self, key: &EntryKey) -> Option<&Patch> {
        self.patches.get(key)
    }

    /// Keys whose fields differ between two overlays, in order.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<EntryKey> {
        let mut keys: Vec<&EntryKey> = self.patches.keys().chain(other.patches.keys()).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter()
            .filter(|key| fields(self.find(key)) != fields(other.find(key)))
            .cloned()
            .collect()
    }

    /// This draft, which began on `old`, over `new`: what the draft changed stays changed, everything else is as in `new`.
    #[must_use]
    pub fn rebased(&self, old: &Self, new: &Self) -> Self {
        let mut rebased = new.clone();
        for key in self.differences(old) {
            match self.find(&key) {
                Some(patch) => rebased.patches.insert(key, patch.clone()),
                None => rebased.patches.remove(&key),
            };
        }
        rebased
    }

    /// What stands at a key, in one short word: another one after every change of it, and the same for everybody.
    #[must_use]
    pub fn mark(&self, key: &EntryKey) -> String {
        match self.find(key) {
            None => "-".to_owned(),
            Some(patch) => format!("{}.{}", patch.by, patch.at.as_microsecond()),
        }
    }
}

fn fields(patch: Option<&Patch>) -> Option<&Option<Fields>> {
    patch.map(|patch| &patch.fields)
}

#[cfg(test)]
mod tests;
