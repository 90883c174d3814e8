//! Dialogue states on PostgreSQL. Who changes one holds the person.

use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::ConversationRow;
use sigap_store::tx::Conversations;

use crate::transaction::{PgTx, from_row, owned, place, to_row};

const STATE: &str = "conversation.state";
/// The dialogue of a person.
pub(crate) const FIND: &str = "SELECT state, last_inbound_at FROM conversation WHERE office_id = $1 AND person_id = $2";

impl Conversations for PgTx<'_> {
    fn find_conversation(&mut self, office: OfficeId, person: PersonId) -> Result<Option<ConversationRow>, Fault> {
        let ahead = self
            .ahead_of(office, person)
            .and_then(|ahead| ahead.conversation.take());
        let rows: Vec<(Vec<u8>, i64)> = self.list_ahead(ahead, FIND, &[&office.0, &person.0], |row| {
            Ok((row.try_get(0)?, row.try_get(1)?))
        })?;
        let Some((state, last_inbound_at)) = rows.into_iter().next() else {
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
        self.ahead = None;
        let sealed = self.seal_bytes(place(office, person, &[], STATE), conversation.state.as_bytes())?;
        self.run_later(
            "INSERT INTO conversation AS known (office_id, person_id, state, last_inbound_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (office_id, person_id) DO UPDATE
             SET state = excluded.state, last_inbound_at = GREATEST(known.last_inbound_at, excluded.last_inbound_at)",
            owned![office.0, person.0, sealed, to_row(conversation.last_inbound_at)],
        )
    }
}
