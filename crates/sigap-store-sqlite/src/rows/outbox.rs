//! Owed messages on SQLite: `outbox` keeps what was said, `due` only what still waits or is under way.

use jiff::Timestamp;
use rusqlite::{Row, params};
use sigap_core::ids::{OfficeId, OutboxId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{ClaimedMessage, DeliveryStatus, OutboxRow, OutboxState};
use sigap_store::tx::{Outbox, People};

use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

const CONTENT: &str = "outbox.content";

struct Stored {
    row: OutboxRowHead,
    content: Vec<u8>,
}

struct OutboxRowHead {
    id: OutboxId,
    person: PersonId,
    number: String,
    state: String,
    attempts: u32,
    created_at: i64,
    expires_at: i64,
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        row: OutboxRowHead {
            id: OutboxId(row.get(0)?),
            person: PersonId(row.get(1)?),
            number: row.get(2)?,
            state: row.get(3)?,
            attempts: row.get(4)?,
            created_at: row.get(5)?,
            expires_at: row.get(6)?,
        },
        content: row.get(7)?,
    })
}

impl SqliteTx<'_> {
    fn outbox_row(&mut self, office: OfficeId, stored: Stored) -> Result<OutboxRow, Fault> {
        let Stored { row, content } = stored;
        let message = self.open(
            place(office, row.person, &row.id.0.to_be_bytes(), CONTENT),
            &content,
        )?;
        Ok(OutboxRow {
            id: row.id,
            person: row.person,
            number: row.number,
            state: OutboxState::from_name(&row.state).ok_or(Fault::Unreadable("outbox.state"))?,
            attempts: row.attempts,
            created_at: from_row(row.created_at),
            expires_at: from_row(row.expires_at),
            message,
        })
    }

    /// Rows by id, one look-up each. A join with `due` would say the same, but a parameter that SQLite carries over from
    /// one table to the other makes it plan the statement anew at each bind.
    fn rows_of(&mut self, office: OfficeId, ids: &[OutboxId]) -> Result<Vec<OutboxRow>, Fault> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            rows.extend(self.find_owed(office, *id)?);
        }
        Ok(rows)
    }

    fn end_wait(&self, office: OfficeId, id: OutboxId) -> Result<bool, Fault> {
        let ended = self.run(
            "DELETE FROM due WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, id.0],
        )?;
        Ok(ended == 1)
    }

    fn wait_again(
        &self,
        office: OfficeId,
        id: OutboxId,
        state: OutboxState,
        due_at: Timestamp,
    ) -> Result<(), Fault> {
        let waits = self.run(
            "UPDATE due SET state = ?3, due_at = ?4 WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, id.0, state.name(), to_row(due_at)],
        )?;
        if waits == 1 {
            self.run(
                "UPDATE outbox SET state = ?3 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, id.0, state.name()],
            )?;
        }
        Ok(())
    }
}

impl Outbox for SqliteTx<'_> {
    fn insert_owed(&mut self, office: OfficeId, row: &OutboxRow) -> Result<(), Fault> {
        let sealed = self.seal(
            place(office, row.person, &row.id.0.to_be_bytes(), CONTENT),
            &row.message,
        )?;
        self.run(
            "INSERT INTO outbox (
                 office_id, outbox_id, person_id, number, state, attempts, created_at, expires_at, changed_at, content
             )
             VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?6, ?7, ?6, ?8)",
            params![
                office.0,
                row.id.0,
                row.person.0,
                row.number,
                row.attempts,
                to_row(row.created_at),
                to_row(row.expires_at),
                sealed
            ],
        )?;
        self.run(
            "INSERT INTO due (office_id, outbox_id, person_id, state, due_at)
             VALUES (?1, ?2, ?3, 'queued', ?4)",
            params![office.0, row.id.0, row.person.0, to_row(row.created_at)],
        )?;
        Ok(())
    }

    fn list_mergeable(
        &mut self,
        office: OfficeId,
        person: PersonId,
        most: usize,
    ) -> Result<Vec<OutboxRow>, Fault> {
        let waiting = self.list(
            "SELECT outbox_id
             FROM due INDEXED BY due_person
             WHERE office_id = ?1 AND person_id = ?2 AND state = 'queued'
             ORDER BY outbox_id
             LIMIT ?3",
            params![office.0, person.0, limit(most)],
            |row| row.get(0).map(OutboxId),
        )?;
        let mut rows = self.rows_of(office, &waiting)?;
        rows.retain(|row| row.attempts == 0);
        Ok(rows)
    }

    fn merge_owed(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        into: OutboxId,
    ) -> Result<bool, Fault> {
        let taken = self.run(
            "DELETE FROM due
             WHERE office_id = ?1 AND outbox_id = ?2 AND state = 'queued' AND EXISTS (
                 SELECT 1 FROM outbox AS o WHERE o.office_id = ?1 AND o.outbox_id = ?2 AND o.attempts = 0
             )",
            params![office.0, id.0],
        )?;
        if taken == 1 {
            self.run(
                "UPDATE outbox SET state = 'merged', merged_into = ?3 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, id.0, into.0],
            )?;
        }
        Ok(taken == 1)
    }

    fn list_offices_with_due(&mut self) -> Result<Vec<OfficeId>, Fault> {
        self.list(
            // One look-up an office: a flood at one of them does not make the list slow.
            "WITH RECURSIVE office (id) AS (
                 SELECT MIN(office_id) FROM due
                 UNION ALL
                 SELECT (SELECT MIN(office_id) FROM due WHERE office_id > office.id)
                 FROM office
                 WHERE office.id IS NOT NULL
             )
             SELECT id FROM office WHERE id IS NOT NULL",
            [],
            |row| row.get(0).map(OfficeId),
        )
    }

    fn claim_due(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        settle_at: Timestamp,
        most: usize,
    ) -> Result<Vec<ClaimedMessage>, Fault> {
        let due = self.list(
            "SELECT d.outbox_id
             FROM due AS d
             WHERE d.office_id = ?1 AND d.state = 'queued' AND d.due_at <= ?2 AND NOT EXISTS (
                 SELECT 1 FROM due AS e INDEXED BY due_person
                 WHERE e.office_id = d.office_id AND e.person_id = d.person_id
                     AND (e.outbox_id < d.outbox_id OR e.state <> 'queued')
             )
             ORDER BY d.outbox_id
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            |row| row.get(0).map(OutboxId),
        )?;
        let mut claimed = Vec::with_capacity(due.len());
        for mut row in self.rows_of(office, &due)? {
            row.state = OutboxState::Sending;
            row.attempts += 1;
            self.run(
                "UPDATE due SET state = 'sending', due_at = ?3 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, row.id.0, to_row(settle_at)],
            )?;
            self.run(
                "UPDATE outbox SET state = 'sending', attempts = ?3 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, row.id.0, row.attempts],
            )?;
            let contact = self.find_contact(office, row.person)?.unwrap_or_default();
            claimed.push(ClaimedMessage {
                office,
                row,
                contact,
            });
        }
        Ok(claimed)
    }

    fn list_unsettled(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<OutboxRow>, Fault> {
        let unsettled = self.list(
            "SELECT outbox_id
             FROM due
             WHERE office_id = ?1 AND state IN ('sending', 'unknown') AND due_at <= ?2
             ORDER BY outbox_id
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            |row| row.get(0).map(OutboxId),
        )?;
        self.rows_of(office, &unsettled)
    }

    fn postpone_settling(
        &mut self,
        office: OfficeId,
        settle_at: Timestamp,
    ) -> Result<usize, Fault> {
        self.run(
            "UPDATE due SET due_at = ?2
             WHERE office_id = ?1 AND state IN ('sending', 'unknown') AND due_at < ?2",
            params![office.0, to_row(settle_at)],
        )
    }

    fn mark_accepted(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        message_id: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let key = self.blind("outbox.message", message_id);
        self.end_wait(office, id)?;
        // A status can overtake our own POST's answer: what ranks higher stays.
        self.run(
            "UPDATE outbox
             SET message_key = ?3,
                 state = CASE WHEN state IN ('queued', 'sending', 'unknown') THEN 'accepted' ELSE state END,
                 changed_at = ?4
             WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, id.0, key, to_row(now)],
        )?;
        Ok(())
    }

    fn unclaim(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        not_before: Timestamp,
    ) -> Result<(), Fault> {
        // Only a claim can be undone, and only once: attempts that were made stay counted.
        let undone = self.run(
            "UPDATE outbox SET attempts = attempts - 1
             WHERE office_id = ?1 AND outbox_id = ?2 AND state = 'sending' AND attempts > 0",
            params![office.0, id.0],
        )?;
        if undone == 1 {
            self.wait_again(office, id, OutboxState::Queued, not_before)?;
        }
        Ok(())
    }

    fn put_back(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        not_before: Timestamp,
    ) -> Result<(), Fault> {
        self.wait_again(office, id, OutboxState::Queued, not_before)
    }

    fn resend(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        now: Timestamp,
        most: u32,
    ) -> Result<bool, Fault> {
        let counted = self.run(
            "UPDATE due SET resends = resends + 1
             WHERE office_id = ?1 AND outbox_id = ?2 AND state IN ('sending', 'unknown') AND resends < ?3",
            params![office.0, id.0, most],
        )?;
        if counted == 1 {
            self.wait_again(office, id, OutboxState::Queued, now)?;
        }
        Ok(counted == 1)
    }

    fn mark_unknown(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        settle_at: Timestamp,
    ) -> Result<(), Fault> {
        self.wait_again(office, id, OutboxState::Unknown, settle_at)
    }

    fn give_up(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        state: OutboxState,
        error_code: Option<i64>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        if !matches!(state, OutboxState::Failed | OutboxState::Expired) {
            return Err(Fault::Broken(format!(
                "a message cannot be given up as `{}`",
                state.name()
            )));
        }
        if self.end_wait(office, id)? {
            self.run(
                "UPDATE outbox SET state = ?3, error_code = ?4, changed_at = ?5
                 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, id.0, state.name(), error_code, to_row(now)],
            )?;
        }
        Ok(())
    }

    fn apply_status(&mut self, office: OfficeId, status: &DeliveryStatus) -> Result<bool, Fault> {
        let known: Option<String> = self.find(
            "SELECT state FROM outbox WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, status.id.0],
            |row| row.get(0),
        )?;
        let Some(known) = known.as_deref().and_then(OutboxState::from_name) else {
            return Ok(false);
        };
        if status.state.rank() <= known.rank() {
            return Ok(false);
        }
        self.end_wait(office, status.id)?;
        self.run(
            "UPDATE outbox SET state = ?3, error_code = ?4, changed_at = ?5
             WHERE office_id = ?1 AND outbox_id = ?2",
            params![
                office.0,
                status.id.0,
                status.state.name(),
                status.error_code,
                to_row(status.at)
            ],
        )?;
        Ok(true)
    }

    fn mark_billed(&mut self, office: OfficeId, id: OutboxId) -> Result<bool, Fault> {
        let marked = self.run(
            "UPDATE outbox SET is_billed = 1 WHERE office_id = ?1 AND outbox_id = ?2 AND is_billed = 0",
            params![office.0, id.0],
        )?;
        Ok(marked == 1)
    }

    fn find_owed(&mut self, office: OfficeId, id: OutboxId) -> Result<Option<OutboxRow>, Fault> {
        let row = self.find(
            "SELECT outbox_id, person_id, number, state, attempts, created_at, expires_at, content
             FROM outbox
             WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, id.0],
            stored,
        )?;
        row.map(|row| self.outbox_row(office, row)).transpose()
    }
}
