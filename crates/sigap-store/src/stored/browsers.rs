//! Rows of citizens' browsers.

use sigap_core::ids::PersonId;

use super::instant;
use crate::records::{BrowserContent, BrowserLine, BrowserRow, LineContent};

/// The blind index of a browser's secret.
pub const BROWSER_TOKEN: &str = "browser.token";
/// The blind index of the code that a message has to bring.
pub const BROWSER_CODE: &str = "browser.code";
/// The sealed column of a browser.
pub const BROWSER_CONTENT: &str = "browser.content";
/// The sealed column of a line.
pub const LINE_CONTENT: &str = "browser_line.content";

/// A row of the table `browser`.
#[derive(Debug, Clone)]
pub struct StoredBrowser {
    /// `person_id`
    pub person: i64,
    /// `proven_id`
    pub proven: Option<i64>,
    /// `proven_at`
    pub proven_at: Option<i64>,
    /// `made_at`
    pub made_at: i64,
    /// `expires_at`
    pub expires_at: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// A browser, with its content opened.
#[must_use]
pub fn browser(row: &StoredBrowser, content: BrowserContent) -> BrowserRow {
    BrowserRow {
        person: PersonId(row.person),
        proven: row.proven.map(PersonId),
        proven_at: row.proven_at.map(instant),
        made_at: instant(row.made_at),
        expires_at: instant(row.expires_at),
        content,
    }
}

/// The columns of a row of `browser_line`: id, when, whose, sealed content.
pub type StoredLine = (i64, i64, i64, Vec<u8>);

/// A line, with its content opened.
#[must_use]
pub fn line(row: &StoredLine, content: LineContent) -> BrowserLine {
    BrowserLine {
        id: row.0,
        said_at: instant(row.1),
        is_ours: row.2 != 0,
        content,
    }
}
