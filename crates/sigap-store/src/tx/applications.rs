//! Passport applications, who is bound to them, and the counters against guessing.

use jiff::Timestamp;
use sigap_core::application::Application;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::{GuessKind, ImportRun};

/// Applications and proofs.
pub trait Applications {
    /// The application of that number at this office.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_application(&mut self, office: OfficeId, number: &ApplicationNumber) -> Result<Option<Application>, Fault>;

    /// Saves an application under its number; `new_id` keys it when it is new.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_application(&mut self, application: &Application, new_id: PersonId) -> Result<(), Fault>;

    /// Says for the whole nation which office has this number; the first one stays.
    ///
    /// # Errors
    /// Storage faults only.
    fn place_application(&mut self, number: &ApplicationNumber, office: OfficeId) -> Result<(), Fault>;

    /// The office that has this number, anywhere in the installation.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_place(&mut self, number: &ApplicationNumber) -> Result<Option<OfficeId>, Fault>;

    /// How many applications an office has on file.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_applications(&mut self, office: OfficeId) -> Result<u64, Fault>;

    /// Keeps a record of an import. `fingerprint` tells the file from others; only its blind index is stored, none when it is empty.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_import(&mut self, office: OfficeId, run: &ImportRun, fingerprint: &str) -> Result<(), Fault>;

    /// Past imports, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_imports(&mut self, office: OfficeId, limit: usize) -> Result<Vec<ImportRun>, Fault>;

    /// Whether a file with that fingerprint was imported as a whole.
    ///
    /// # Errors
    /// Storage faults only.
    fn has_imported(&mut self, office: OfficeId, fingerprint: &str) -> Result<bool, Fault>;

    /// When the office imported last.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_last_import(&mut self, office: OfficeId) -> Result<Option<Timestamp>, Fault>;

    /// Keeps a slip code for an application; only its blind index is stored. Codes given earlier stay good.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_slip_code(
        &mut self,
        office: OfficeId,
        code: &str,
        number: &ApplicationNumber,
        expires_at: Timestamp,
    ) -> Result<(), Fault>;

    /// Uses a slip code up: its application number, or `None` when the code is unknown, used or lapsed.
    ///
    /// # Errors
    /// Storage faults only.
    fn use_slip_code(
        &mut self,
        office: OfficeId,
        code: &str,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Option<ApplicationNumber>, Fault>;

    /// Binds a person's phone to an application.
    ///
    /// # Errors
    /// Storage faults only.
    fn bind_person(
        &mut self,
        office: OfficeId,
        person: PersonId,
        number: &ApplicationNumber,
        now: Timestamp,
    ) -> Result<(), Fault>;

    /// Whether this person's phone is bound to this application.
    ///
    /// # Errors
    /// Storage faults only.
    fn is_bound(&mut self, office: OfficeId, person: PersonId, number: &ApplicationNumber) -> Result<bool, Fault>;

    /// The application the person was bound to last.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_bound(&mut self, office: OfficeId, person: PersonId) -> Result<Option<ApplicationNumber>, Fault>;

    /// Counts one guess by `subject` about `detail` on a day (days since 1970 at the office).
    ///
    /// # Errors
    /// Storage faults only.
    fn count_guess(
        &mut self,
        office: OfficeId,
        kind: GuessKind,
        subject: &str,
        detail: &str,
        day: i32,
    ) -> Result<(), Fault>;

    /// Different details guessed by this subject, and guesses in all, from day `since` on.
    ///
    /// # Errors
    /// Storage faults only.
    fn sum_guesses(
        &mut self,
        office: OfficeId,
        kind: GuessKind,
        subject: &str,
        since: i32,
    ) -> Result<(u32, u32), Fault>;
}
