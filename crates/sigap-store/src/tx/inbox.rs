//! Received messages: the key against answering twice, and what is still owed.

use jiff::Timestamp;
use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::records::{InboxContent, InboxRow, InboxState, MessageKey};

/// Keeping received messages.
pub trait Inbox {
    /// Whether this message was kept before.
    ///
    /// # Errors
    /// Storage faults only.
    fn has_received(&mut self, office: OfficeId, key: &MessageKey) -> Result<bool, Fault>;

    /// Keeps a message; false when it was kept before, and then nothing is changed.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_received(&mut self, office: OfficeId, row: &InboxRow) -> Result<bool, Fault>;

    /// Writes what became of a kept message; false when there is none.
    ///
    /// # Errors
    /// Storage faults only.
    fn settle_received(
        &mut self,
        office: OfficeId,
        key: &MessageKey,
        state: InboxState,
        attempts: u32,
    ) -> Result<bool, Fault>;

    /// Messages whose reply is owed, oldest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_owed(&mut self, office: OfficeId, limit: usize) -> Result<Vec<InboxRow>, Fault>;

    /// The kept message with this channel id, sent at or after `since`; its content is `None` once it was erased.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_received(
        &mut self,
        office: OfficeId,
        number: &str,
        message_id: &str,
        since: Timestamp,
    ) -> Result<Option<InboxRow>, Fault>;

    /// Replaces the content, or erases it (`None`); false when there is no such message. A message without content is
    /// owed no answer any more.
    ///
    /// # Errors
    /// Storage faults only.
    fn replace_content(
        &mut self,
        office: OfficeId,
        key: &MessageKey,
        content: Option<&InboxContent>,
    ) -> Result<bool, Fault>;
}
