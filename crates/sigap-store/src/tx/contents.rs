//! What an office changes of its content, version by version.

use sigap_core::ids::{ContentScriptId, ContentVersionId, OfficeId};

use crate::fault::Fault;
use crate::records::{ContentScriptRow, ContentVersionHead, ContentVersionRow};

/// Versions of content, and conversations to try them with.
pub trait Contents {
    /// Keeps a new version.
    ///
    /// # Errors
    /// Storage faults only; two versions of one edition are refused.
    fn insert_content_version(&mut self, office: OfficeId, row: &ContentVersionRow) -> Result<(), Fault>;

    /// The version of that id.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_content_version(
        &mut self,
        office: OfficeId,
        id: ContentVersionId,
    ) -> Result<Option<ContentVersionRow>, Fault>;

    /// The newest version that is a draft or waits for approval.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_content_pending(&mut self, office: OfficeId) -> Result<Option<ContentVersionRow>, Fault>;

    /// The version that citizens read: the one of the highest edition.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_content_published(&mut self, office: OfficeId) -> Result<Option<ContentVersionRow>, Fault>;

    /// The highest edition; cheap enough to ask each second.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_content_edition(&mut self, office: OfficeId) -> Result<Option<u32>, Fault>;

    /// Versions without what is in them, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_content_versions(&mut self, office: OfficeId, limit: usize) -> Result<Vec<ContentVersionHead>, Fault>;

    /// Replaces a version whose revision is the expected one; false when somebody changed it meanwhile, or it is gone.
    ///
    /// # Errors
    /// Storage faults only; two versions of one edition are refused.
    fn replace_content_version(
        &mut self,
        office: OfficeId,
        expected: u32,
        row: &ContentVersionRow,
    ) -> Result<bool, Fault>;

    /// Keeps a new conversation.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_content_script(&mut self, office: OfficeId, row: &ContentScriptRow) -> Result<(), Fault>;

    /// Replaces a conversation whose revision is the expected one; false when somebody changed it meanwhile, or it is gone.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_content_script(
        &mut self,
        office: OfficeId,
        expected: u32,
        row: &ContentScriptRow,
    ) -> Result<bool, Fault>;

    /// Forgets a conversation; false when there is none.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_content_script(&mut self, office: OfficeId, id: ContentScriptId) -> Result<bool, Fault>;

    /// Conversations of an office in the order in which they were made.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_content_scripts(&mut self, office: OfficeId, limit: usize) -> Result<Vec<ContentScriptRow>, Fault>;
}
