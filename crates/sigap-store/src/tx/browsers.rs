//! Citizens' browsers and the chat on a page.

use sigap_core::ids::{OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::{BrowserLine, BrowserRow};

/// Browsers, found by the blind index of the secret in their cookie.
pub trait Browsers {
    /// Keeps a new browser.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_browser(&mut self, office: OfficeId, token: &str, row: &BrowserRow) -> Result<(), Fault>;

    /// The browser with this secret, whatever its time.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_browser(&mut self, office: OfficeId, token: &str) -> Result<Option<BrowserRow>, Fault>;

    /// The browser that is this person.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_browser_of(&mut self, office: OfficeId, person: PersonId) -> Result<Option<BrowserRow>, Fault>;

    /// The browser that shows this code, whatever its time.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_browser_by_code(&mut self, office: OfficeId, code: &str) -> Result<Option<BrowserRow>, Fault>;

    /// Replaces a browser but for its secret and when it came; false when it is gone.
    ///
    /// # Errors
    /// Storage faults; `Fault::Refused` when another browser shows the same code.
    fn change_browser(&mut self, office: OfficeId, row: &BrowserRow) -> Result<bool, Fault>;

    /// Forgets a browser and what was said in it; false when there was none.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_browser(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault>;

    /// Browsers that a contact has shown to be theirs, by number.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_browsers(&mut self, office: OfficeId, proven: PersonId, limit: usize) -> Result<Vec<BrowserRow>, Fault>;

    /// Keeps what was said in a browser.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_line(&mut self, office: OfficeId, browser: PersonId, line: &BrowserLine) -> Result<(), Fault>;

    /// The newest lines after a line, the oldest of them first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_lines(
        &mut self,
        office: OfficeId,
        browser: PersonId,
        after: i64,
        limit: usize,
    ) -> Result<Vec<BrowserLine>, Fault>;
}
