//! Received messages on PostgreSQL.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{InboxContent, InboxRow, InboxState, MessageKey};
use sigap_store::sealing::BlindIndex;
use sigap_store::tx::Inbox;
use tokio_postgres::{Error, Row};

use crate::transaction::{PgTx, from_row, limit, owned, place, small, to_row};

const CONTENT: &str = "inbox.content";
const INSERT: &str = "INSERT INTO inbox (
         office_id, sent_at, message_key, person_id, number, state, attempts, received_at, content
     )
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (office_id, sent_at, message_key) DO NOTHING";

struct Stored {
    sent_at: i64,
    message_key: Vec<u8>,
    person: PersonId,
    state: String,
    attempts: u32,
    received_at: i64,
    content: Option<Vec<u8>>,
}

fn stored(row: &Row) -> Result<Stored, Error> {
    Ok(Stored {
        sent_at: row.try_get(0)?,
        message_key: row.try_get(1)?,
        person: PersonId(row.try_get(2)?),
        state: row.try_get(3)?,
        attempts: small(row.try_get(4)?),
        received_at: row.try_get(5)?,
        content: row.try_get(6)?,
    })
}

impl PgTx<'_> {
    fn message_key(&self, number: &str, message_id: &str) -> BlindIndex {
        self.blind("inbox.message", &format!("{number}\0{message_id}"))
    }

    /// `key` is what the row was found by; a row without content cannot tell its own message id.
    fn inbox_row(
        &mut self,
        office: OfficeId,
        stored: Stored,
        key: Option<MessageKey>,
    ) -> Result<Option<InboxRow>, Fault> {
        let content: Option<InboxContent> = match stored.content {
            Some(content) => self.open_kept(place(office, stored.person, &stored.message_key, CONTENT), &content)?,
            None => None,
        };
        let Some(key) = key.or_else(|| content.as_ref().map(|content| MessageKey::from(&content.message))) else {
            return Ok(None);
        };
        Ok(Some(InboxRow {
            person: stored.person,
            key: MessageKey {
                sent_at: from_row(stored.sent_at),
                ..key
            },
            state: InboxState::from_name(&stored.state).ok_or(Fault::Unreadable("inbox.state"))?,
            attempts: stored.attempts,
            received_at: from_row(stored.received_at),
            content,
        }))
    }

    /// Keeps the list of owed messages in step with a state that was just written.
    fn list_if_owed(
        &mut self,
        office: OfficeId,
        sent_at: Timestamp,
        message_key: &BlindIndex,
        state: InboxState,
    ) -> Result<(), Fault> {
        let place = owned![office.0, to_row(sent_at), message_key.to_vec()];
        if state == InboxState::Owed {
            self.run_later(
                "INSERT INTO owed (office_id, sent_at, message_key)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (office_id, sent_at, message_key) DO NOTHING",
                place,
            )
        } else {
            self.run_later(
                "DELETE FROM owed WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
                place,
            )
        }
    }
}

impl Inbox for PgTx<'_> {
    fn has_received(&mut self, office: OfficeId, key: &MessageKey) -> Result<bool, Fault> {
        let message_key = self.message_key(&key.number, &key.message_id);
        let found = self.find(
            "SELECT 1 FROM inbox WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
            &[&office.0, &to_row(key.sent_at), &&message_key[..]],
            |_| Ok(()),
        )?;
        self.unseen = found.is_none().then_some((office, to_row(key.sent_at), message_key));
        Ok(found.is_some())
    }

    fn insert_received(&mut self, office: OfficeId, row: &InboxRow) -> Result<bool, Fault> {
        let message_key = self.message_key(&row.key.number, &row.key.message_id);
        let content = match &row.content {
            Some(content) => Some(self.seal(place(office, row.person, &message_key, CONTENT), content)?),
            None => None,
        }
        .filter(|sealed| !sealed.is_empty());
        let sent_at = to_row(row.key.sent_at);
        if self.unseen.take() == Some((office, sent_at, message_key)) && row.state != InboxState::Owed {
            // This transaction has looked: it is not there, unless another process keeps it in this very moment.
            self.run_expecting(
                1,
                INSERT,
                owned![
                    office.0,
                    sent_at,
                    message_key.to_vec(),
                    row.person.0,
                    row.key.number.clone(),
                    row.state.name(),
                    i64::from(row.attempts),
                    to_row(row.received_at),
                    content
                ],
            )?;
            return Ok(true);
        }
        let inserted = self.run(
            INSERT,
            &[
                &office.0,
                &sent_at,
                &&message_key[..],
                &row.person.0,
                &row.key.number,
                &row.state.name(),
                &i64::from(row.attempts),
                &to_row(row.received_at),
                &content,
            ],
        )?;
        if inserted == 1 && row.state == InboxState::Owed && content.is_some() {
            self.list_if_owed(office, row.key.sent_at, &message_key, row.state)?;
        }
        Ok(inserted == 1)
    }

    fn settle_received(
        &mut self,
        office: OfficeId,
        key: &MessageKey,
        state: InboxState,
        attempts: u32,
    ) -> Result<bool, Fault> {
        let message_key = self.message_key(&key.number, &key.message_id);
        let changed = self.run(
            "UPDATE inbox SET state = $4, attempts = $5
             WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
            &[
                &office.0,
                &to_row(key.sent_at),
                &&message_key[..],
                &state.name(),
                &i64::from(attempts),
            ],
        )?;
        if changed == 1 {
            self.list_if_owed(office, key.sent_at, &message_key, state)?;
        }
        Ok(changed == 1)
    }

    fn list_owed(&mut self, office: OfficeId, most: usize) -> Result<Vec<InboxRow>, Fault> {
        // OFFSET 0 keeps the order of the two: from the few that are owed to the messages, never the other way.
        let rows = self.list(
            "SELECT i.sent_at, i.message_key, i.person_id, i.state, i.attempts, i.received_at, i.content
             FROM owed AS o
             CROSS JOIN LATERAL (
                 SELECT m.sent_at, m.message_key, m.person_id, m.state, m.attempts, m.received_at, m.content
                 FROM inbox AS m
                 WHERE m.office_id = $1 AND m.sent_at = o.sent_at AND m.message_key = o.message_key
                 OFFSET 0
             ) AS i
             WHERE o.office_id = $1 AND i.content IS NOT NULL
             ORDER BY o.sent_at, o.message_key
             LIMIT $2",
            &[&office.0, &limit(most)],
            stored,
        )?;
        let mut owed = Vec::with_capacity(rows.len());
        for row in rows {
            match self.inbox_row(office, row, None) {
                Ok(row) => owed.extend(row),
                // Words that nobody can read any more must not hold up the ones behind them.
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(owed)
    }

    fn find_received(
        &mut self,
        office: OfficeId,
        number: &str,
        message_id: &str,
        since: Timestamp,
    ) -> Result<Option<InboxRow>, Fault> {
        let message_key = self.message_key(number, message_id);
        let row = self.find(
            "SELECT sent_at, message_key, person_id, state, attempts, received_at, content
             FROM inbox
             WHERE office_id = $1 AND sent_at >= $2 AND message_key = $3
             ORDER BY sent_at
             LIMIT 1",
            &[&office.0, &to_row(since), &&message_key[..]],
            stored,
        )?;
        match row {
            Some(row) => {
                let key = MessageKey {
                    number: number.to_owned(),
                    message_id: message_id.to_owned(),
                    sent_at: from_row(row.sent_at),
                };
                self.inbox_row(office, row, Some(key))
            }
            None => Ok(None),
        }
    }

    fn replace_content(
        &mut self,
        office: OfficeId,
        key: &MessageKey,
        content: Option<&InboxContent>,
    ) -> Result<bool, Fault> {
        let message_key = self.message_key(&key.number, &key.message_id);
        let person = self.find(
            "SELECT person_id FROM inbox WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
            &[&office.0, &to_row(key.sent_at), &&message_key[..]],
            |row| row.try_get(0).map(PersonId),
        )?;
        let Some(person) = person else {
            return Ok(false);
        };
        let sealed = match content {
            Some(content) => Some(self.seal(place(office, person, &message_key, CONTENT), content)?),
            None => None,
        }
        .filter(|sealed| !sealed.is_empty());
        let is_erased = sealed.is_none();
        let changed = self.run(
            "UPDATE inbox
             SET content = $4, state = CASE WHEN $4::BYTEA IS NULL AND state = 'owed' THEN 'silent' ELSE state END
             WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
            &[&office.0, &to_row(key.sent_at), &&message_key[..], &sealed],
        )?;
        if is_erased {
            self.list_if_owed(office, key.sent_at, &message_key, InboxState::Silent)?;
        }
        Ok(changed == 1)
    }
}
