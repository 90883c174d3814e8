//! The dialogue state of each person, hot and small.

use sigap_core::ids::{OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::ConversationRow;

/// Loading and saving dialogues.
pub trait Conversations {
    /// The dialogue so far; `None` for a stranger.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_conversation(&mut self, office: OfficeId, person: PersonId) -> Result<Option<ConversationRow>, Fault>;

    /// Saves the dialogue. The time of the last message never goes back.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_conversation(
        &mut self,
        office: OfficeId,
        person: PersonId,
        conversation: &ConversationRow,
    ) -> Result<(), Fault>;
}
