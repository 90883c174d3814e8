//! Reports that came over the network and wait to be applied.

use sigap_core::ids::{OfficeId, UploadId};

use crate::fault::Fault;
use crate::records::{UploadPart, UploadRow, UploadState};

/// Uploaded reports of an office.
pub trait Reports {
    /// Keeps an uploaded report; its parts are kept one by one.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_upload(&mut self, office: OfficeId, row: &UploadRow) -> Result<(), Fault>;

    /// Keeps a part of an uploaded report.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_upload_part(
        &mut self,
        office: OfficeId,
        id: UploadId,
        place: u32,
        rows: &UploadPart,
    ) -> Result<(), Fault>;

    /// An uploaded report. Who may go on to change it keeps others from doing so until the transaction ends.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_upload(&mut self, office: OfficeId, id: UploadId) -> Result<Option<UploadRow>, Fault>;

    /// Replaces an uploaded report when it is in that state; false, and nothing changed, when somebody was first.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_upload(&mut self, office: OfficeId, expected: UploadState, row: &UploadRow) -> Result<bool, Fault>;

    /// Takes a part out: who merges it must be the only one.
    ///
    /// # Errors
    /// Storage faults only.
    fn take_upload_part(&mut self, office: OfficeId, id: UploadId, place: u32) -> Result<Option<UploadPart>, Fault>;

    /// Uploaded reports, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_uploads(&mut self, office: OfficeId, limit: usize) -> Result<Vec<UploadRow>, Fault>;

    /// Forgets an uploaded report with its parts; false when there was none.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_upload(&mut self, office: OfficeId, id: UploadId) -> Result<bool, Fault>;
}
