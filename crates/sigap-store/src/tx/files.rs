//! Files that people send, and their bytes in parts.

use jiff::Timestamp;
use sigap_core::files::FileState;
use sigap_core::ids::{FileId, OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::FileRow;

/// Files of an office. Of somebody who was erased there are none.
pub trait Files {
    /// Keeps a file.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_file(&mut self, office: OfficeId, row: &FileRow) -> Result<(), Fault>;

    /// The file of this number.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_file(&mut self, office: OfficeId, id: FileId) -> Result<Option<FileRow>, Fault>;

    /// Replaces a file that is in the expected state, but for whose it is and when it came; false when it is not, or is gone.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_file(&mut self, office: OfficeId, expected: FileState, row: &FileRow) -> Result<bool, Fault>;

    /// Files that wait and are due, the longest due first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_due_files(&mut self, office: OfficeId, now: Timestamp, limit: usize) -> Result<Vec<FileRow>, Fault>;

    /// Files of a person, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_files_of(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<FileRow>, Fault>;

    /// Files of a case or an intake, the oldest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_files_about(&mut self, office: OfficeId, about: i64, limit: usize) -> Result<Vec<FileRow>, Fault>;

    /// Keeps a part of a file's bytes, in place of the one that is there.
    ///
    /// # Errors
    /// Storage faults only.
    fn put_file_part(
        &mut self,
        office: OfficeId,
        person: PersonId,
        id: FileId,
        place: u32,
        bytes: &[u8],
    ) -> Result<(), Fault>;

    /// A part of a file's bytes.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_file_part(
        &mut self,
        office: OfficeId,
        person: PersonId,
        id: FileId,
        place: u32,
    ) -> Result<Option<Vec<u8>>, Fault>;

    /// Forgets a file with its bytes; false when there was none.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_file(&mut self, office: OfficeId, id: FileId) -> Result<bool, Fault>;
}
