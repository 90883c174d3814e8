//! Dialogue states on SQLite.

use rusqlite::params;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::ConversationRow;
use sigap_store::tx::Conversations;

use crate::transaction::{SqliteTx, from_row, place, to_row};

const STATE: &str = "conversation.state";

impl Conversations for SqliteTx<'_> {
    fn find_conversation(&mut self, office: OfficeId, person: PersonId) -> Result<Option<ConversationRow>, Fault> {
        let row: Option<(Vec<u8>, i64)> = self.find(
            "SELECT state, last_inbound_at FROM conversation WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let Some((state, last_inbound_at)) = row else {
            return Ok(None);
        };
        let Some(state) = self.open_kept_bytes(place(office, person, &[], STATE), &state)? else {
            return Ok(None);
        };
        Ok(Some(ConversationRow {
            state: String::from_utf8(state).map_err(|_| Fault::Unreadable(STATE))?,
            last_inbound_at: from_row(last_inbound_at),
        }))
    }

    fn save_conversation(
        &mut self,
        office: OfficeId,
        person: PersonId,
        conversation: &ConversationRow,
    ) -> Result<(), Fault> {
        let sealed = self.seal_bytes(place(office, person, &[], STATE), conversation.state.as_bytes())?;
        self.run(
            "INSERT INTO conversation (office_id, person_id, state, last_inbound_at)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (office_id, person_id) DO UPDATE
             SET state = excluded.state, last_inbound_at = MAX(last_inbound_at, excluded.last_inbound_at)",
            params![office.0, person.0, sealed, to_row(conversation.last_inbound_at)],
        )?;
        Ok(())
    }
}
