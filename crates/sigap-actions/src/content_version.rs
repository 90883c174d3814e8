//! What is kept in a version of an office's content: its changes, who wrote them, and what was said about them.

use serde::{Deserialize, Serialize};
use sigap_content::overlay::Overlay;
use sigap_core::ids::StaffId;
use sigap_store::records::ContentVersionRow;
use sigap_store::{Fault, Tx};

use crate::context::Context;

/// The form in which a version is kept.
const VERSION: u32 = 1;

/// What a version holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VersionContent {
    /// All changes of the office, whole.
    pub overlay: Overlay,
    /// Who changed something since the version before: none of them approves it where four eyes are wanted.
    pub editors: Vec<StaffId>,
    /// What its author says to whoever approves it.
    pub note: String,
    /// Why it was given back.
    pub returned: String,
    /// The edition whose changes it takes up again.
    pub restored: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    /// A form of its own (`sigap_content::overlay`).
    overlay: String,
    #[serde(default)]
    editors: Vec<StaffId>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    returned: String,
    #[serde(default)]
    restored: Option<u32>,
}

impl VersionContent {
    /// As it is kept.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let stored = Stored {
            version: VERSION,
            overlay: self.overlay.to_stored(),
            editors: self.editors.clone(),
            note: self.note.clone(),
            returned: self.returned.clone(),
            restored: self.restored,
        };
        // Texts and numbers have no value that JSON lacks.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// When no version of this program wrote it.
    pub fn from_stored(stored: &str) -> Result<Self, Fault> {
        let broken = || Fault::Unreadable("content_version.content");
        let stored: Stored = serde_json::from_str(stored).map_err(|_| broken())?;
        if stored.version != VERSION {
            return Err(broken());
        }
        Ok(Self {
            overlay: Overlay::from_stored(&stored.overlay).map_err(|_| broken())?,
            editors: stored.editors,
            note: stored.note,
            returned: stored.returned,
            restored: stored.restored,
        })
    }
}

/// The changes that citizens read, and those that wait.
#[derive(Debug, Clone, Default)]
pub(crate) struct Versions {
    /// The published ones; empty when nothing was published yet, or when what was cannot be read.
    pub(crate) published: Overlay,
    /// The highest edition.
    pub(crate) edition: u32,
    /// What waits, with its row.
    pub(crate) pending: Option<(ContentVersionRow, VersionContent)>,
}

impl Versions {
    /// Both versions of an office.
    ///
    /// # Errors
    /// Storage faults, and a draft that cannot be read.
    pub(crate) fn find(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Self, Fault> {
        let office = ctx.office.id;
        let published = tx.find_content_published(office)?;
        let pending = tx.find_content_pending(office)?;
        Ok(Self {
            edition: published.as_ref().and_then(|row| row.head.edition).unwrap_or_default(),
            published: published
                .and_then(|row| VersionContent::from_stored(&row.content).ok())
                .unwrap_or_default()
                .overlay,
            pending: pending
                .map(|row| {
                    let content = VersionContent::from_stored(&row.content)?;
                    Ok::<_, Fault>((row, content))
                })
                .transpose()?,
        })
    }

    /// The changes as the editor shows them: those that wait, or the published ones.
    pub(crate) fn draft(&self) -> &Overlay {
        self.pending
            .as_ref()
            .map_or(&self.published, |(_, content)| &content.overlay)
    }
}

#[cfg(test)]
mod tests;
