//! Owed messages on SQLite: `outbox` keeps what was said, `due` what still waits or is under way, `delivery` how the
//! rest ended. The large sealed rows are written once; all that changes is small.

use jiff::Timestamp;
use rusqlite::{Row, params};
use sigap_core::ids::{OfficeId, OutboxId, PersonId, ProcessId};
use sigap_core::message::OutboundMessage;
use sigap_store::Fault;
use sigap_store::records::{ClaimedMessage, DeliveryStatus, OutboxRow, OutboxState};
use sigap_store::sealing::Place;
use sigap_store::tx::Outbox;

use crate::rows::national;
use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

const CONTENT: &str = "outbox.content";
/// Due whatever the clock says: were it the time of writing, a clock that is set back would hold messages up.
const AT_ONCE: i64 = i64::MIN;

struct Said {
    person: PersonId,
    number: String,
    created_at: i64,
    expires_at: i64,
    content: Vec<u8>,
}

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
    Ok(Said {
        person: PersonId(row.get(0)?),
        number: row.get(1)?,
        created_at: row.get(2)?,
        expires_at: row.get(3)?,
        content: row.get(4)?,
    })
}

/// Where a message is, and its attempts.
fn progress(row: &Row<'_>) -> rusqlite::Result<(String, u32)> {
    Ok((row.get(0)?, row.get(1)?))
}

/// What is written when a message leaves `due`.
#[derive(Default)]
struct Ending<'a> {
    changed_at: Option<Timestamp>,
    merged_into: Option<OutboxId>,
    message_key: Option<&'a [u8]>,
    error_code: Option<i64>,
}

impl SqliteTx<'_> {
    /// Rows by id, one look-up each.
    pub(super) fn rows_of(&mut self, office: OfficeId, ids: &[OutboxId]) -> Result<Vec<OutboxRow>, Fault> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            rows.extend(self.find_owed(office, *id)?);
        }
        Ok(rows)
    }

    /// What is to be sent needs its words, what is looked up may have been erased: `open` says which.
    fn outbox_row(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        (state, attempts): (OutboxState, u32),
        open: impl FnOnce(&mut Self, Place<'_>, &[u8]) -> Result<OutboundMessage, Fault>,
    ) -> Result<Option<OutboxRow>, Fault> {
        let row = self.find(
            "SELECT person_id, number, created_at, expires_at, content
             FROM outbox
             WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, id.0],
            said,
        )?;
        let Some(row) = row else { return Ok(None) };
        let message = open(
            self,
            place(office, row.person, &id.0.to_be_bytes(), CONTENT),
            &row.content,
        )?;
        Ok(Some(OutboxRow {
            id,
            person: row.person,
            number: row.number,
            state,
            attempts,
            created_at: from_row(row.created_at),
            expires_at: from_row(row.expires_at),
            message,
        }))
    }

    fn find_progress(&self, office: OfficeId, id: OutboxId) -> Result<Option<(OutboxState, u32)>, Fault> {
        let waiting = self.find(
            "SELECT state, attempts FROM due WHERE office_id = ?1 AND outbox_id = ?2",
            params![office.0, id.0],
            progress,
        )?;
        let found = match waiting {
            Some(waiting) => Some(waiting),
            None => self.find(
                "SELECT state, attempts FROM delivery WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, id.0],
                progress,
            )?,
        };
        found
            .map(|(state, attempts)| {
                let state = OutboxState::from_name(&state).ok_or(Fault::Unreadable("outbox state"))?;
                Ok((state, attempts))
            })
            .transpose()
    }

    /// Moves a message from `due` to `delivery`; false when it did not wait any more.
    fn end_wait(&self, office: OfficeId, id: OutboxId, state: OutboxState, ending: &Ending<'_>) -> Result<bool, Fault> {
        let attempts: Option<u32> = self.find(
            "DELETE FROM due WHERE office_id = ?1 AND outbox_id = ?2 RETURNING attempts",
            params![office.0, id.0],
            |row| row.get(0),
        )?;
        let Some(attempts) = attempts else {
            return Ok(false);
        };
        self.run(
            "INSERT INTO delivery (
                 office_id, outbox_id, state, attempts, changed_at, merged_into, message_key, error_code
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                office.0,
                id.0,
                state.name(),
                attempts,
                ending.changed_at.map(to_row),
                ending.merged_into.map(|into| into.0),
                ending.message_key,
                ending.error_code
            ],
        )?;
        Ok(true)
    }

    fn wait_again(
        &self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        state: OutboxState,
        due_at: Timestamp,
    ) -> Result<(), Fault> {
        self.run(
            "UPDATE due SET state = ?4, due_at = ?5
             WHERE office_id = ?1 AND outbox_id = ?2 AND process_id = ?3",
            params![office.0, id.0, process.0, state.name(), to_row(due_at)],
        )?;
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
            "INSERT INTO outbox (office_id, outbox_id, person_id, number, created_at, expires_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                office.0,
                row.id.0,
                row.person.0,
                row.number,
                to_row(row.created_at),
                to_row(row.expires_at),
                sealed
            ],
        )?;
        self.run(
            "INSERT INTO due (office_id, outbox_id, person_id, state, due_at, attempts)
             VALUES (?1, ?2, ?3, 'queued', ?4, ?5)",
            params![office.0, row.id.0, row.person.0, AT_ONCE, row.attempts],
        )?;
        Ok(())
    }

    fn list_mergeable(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<OutboxRow>, Fault> {
        // Sorted here: ORDER BY beside bound values makes SQLite plan the statement anew whenever they change, a tenth
        // of a turn's time (measured), and a person has hardly ever more than one message waiting.
        let mut waiting = self.list(
            "SELECT outbox_id
             FROM due INDEXED BY due_person
             WHERE office_id = ?1 AND person_id = ?2 AND state = 'queued' AND attempts = 0",
            params![office.0, person.0],
            |row| row.get(0).map(OutboxId),
        )?;
        waiting.sort_unstable();
        waiting.truncate(most);
        self.rows_of(office, &waiting)
    }

    fn merge_owed(&mut self, office: OfficeId, id: OutboxId, into: OutboxId) -> Result<bool, Fault> {
        let may_merge = self.find(
            "SELECT 1 FROM due WHERE office_id = ?1 AND outbox_id = ?2 AND state = 'queued' AND attempts = 0",
            params![office.0, id.0],
            |_| Ok(()),
        )?;
        if may_merge.is_none() {
            return Ok(false);
        }
        let ending = Ending {
            merged_into: Some(into),
            ..Ending::default()
        };
        self.end_wait(office, id, OutboxState::Merged, &ending)
    }

    fn list_offices_with_due(&mut self) -> Result<Vec<OfficeId>, Fault> {
        self.list(national::OFFICES_WITH_DUE, [], |row| row.get(0).map(OfficeId))
    }

    fn claim_due(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        settle_at: Timestamp,
        process: ProcessId,
        most: usize,
    ) -> Result<Vec<ClaimedMessage>, Fault> {
        let due = self.list(
            "SELECT d.outbox_id, d.attempts
             FROM due AS d
             WHERE d.office_id = ?1 AND d.state = 'queued' AND d.due_at <= ?2 AND NOT EXISTS (
                 SELECT 1 FROM due AS e INDEXED BY due_person
                 WHERE e.office_id = d.office_id AND e.person_id = d.person_id
                     AND (e.outbox_id < d.outbox_id OR e.state <> 'queued')
             )
             ORDER BY d.outbox_id
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            |row| Ok((OutboxId(row.get(0)?), row.get::<_, u32>(1)?)),
        )?;
        let mut claimed = Vec::with_capacity(due.len());
        for (id, attempts) in due {
            let opened = self
                .outbox_row(office, id, (OutboxState::Sending, attempts + 1), Self::open)
                .and_then(|row| {
                    let Some(row) = row else { return Ok(None) };
                    let contact = self.contact_to_write(office, row.person)?;
                    Ok(Some((row, contact)))
                });
            let (row, contact) = match opened {
                Ok(Some(opened)) => opened,
                Ok(None) => continue,
                // Words that nobody can read any more end here: they must not hold up everybody else's.
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) => {
                    self.run(
                        "UPDATE due SET attempts = ?3 WHERE office_id = ?1 AND outbox_id = ?2",
                        params![office.0, id.0, attempts + 1],
                    )?;
                    self.give_up(office, id, OutboxState::Failed, None, now)?;
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            self.run(
                "UPDATE due SET state = 'sending', due_at = ?3, attempts = ?4, process_id = ?5
                 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, row.id.0, to_row(settle_at), row.attempts, process.0],
            )?;
            claimed.push(ClaimedMessage { office, row, contact });
        }
        Ok(claimed)
    }

    fn list_unsettled(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<Vec<OutboxRow>, Fault> {
        let unsettled = self.list(
            "SELECT outbox_id
             FROM due
             WHERE office_id = ?1 AND state IN ('sending', 'unknown') AND due_at <= ?2
             ORDER BY outbox_id
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            |row| row.get(0).map(OutboxId),
        )?;
        let mut rows = Vec::with_capacity(unsettled.len());
        for id in unsettled {
            let progress = self.find_progress(office, id)?;
            let opened = progress.map(|progress| self.outbox_row(office, id, progress, Self::open));
            match opened.transpose() {
                Ok(row) => rows.extend(row.flatten()),
                // As in `claim_due`; a read has no hand to end it, and passes it over.
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) if self.is_read()? => {}
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) => {
                    self.give_up(office, id, OutboxState::Failed, None, now)?;
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(rows)
    }

    fn postpone_settling(&mut self, office: OfficeId, settle_at: Timestamp) -> Result<usize, Fault> {
        self.run(
            "UPDATE due SET due_at = ?2
             WHERE office_id = ?1 AND state IN ('sending', 'unknown') AND due_at < ?2",
            params![office.0, to_row(settle_at)],
        )
    }

    fn take_over(&mut self, office: OfficeId, process: ProcessId, settle_at: Timestamp) -> Result<usize, Fault> {
        self.run(
            "UPDATE due SET due_at = MIN(due_at, ?3)
             WHERE office_id = ?1 AND process_id = ?2 AND state IN ('sending', 'unknown')",
            params![office.0, process.0, to_row(settle_at)],
        )
    }

    fn mark_accepted(&mut self, office: OfficeId, id: OutboxId, message_id: &str, now: Timestamp) -> Result<(), Fault> {
        let key = self.blind("outbox.message", message_id);
        let ending = Ending {
            changed_at: Some(now),
            message_key: Some(&key),
            ..Ending::default()
        };
        if !self.end_wait(office, id, OutboxState::Accepted, &ending)? {
            // A status overtook our own POST's answer: what it said ranks higher and stays.
            self.run(
                "UPDATE delivery SET message_key = ?3 WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, id.0, key],
            )?;
        }
        Ok(())
    }

    fn unclaim(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    ) -> Result<(), Fault> {
        // Only a claim can be undone, and only once: attempts that were made stay counted.
        self.run(
            "UPDATE due SET state = 'queued', due_at = ?4, attempts = attempts - 1
             WHERE office_id = ?1 AND outbox_id = ?2 AND process_id = ?3 AND state = 'sending' AND attempts > 0",
            params![office.0, id.0, process.0, to_row(not_before)],
        )?;
        Ok(())
    }

    fn put_back(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    ) -> Result<(), Fault> {
        self.wait_again(office, id, process, OutboxState::Queued, not_before)
    }

    fn resend(&mut self, office: OfficeId, id: OutboxId, now: Timestamp, most: u32) -> Result<bool, Fault> {
        let counted = self.run(
            "UPDATE due SET state = 'queued', due_at = ?3, resends = resends + 1
             WHERE office_id = ?1 AND outbox_id = ?2 AND state IN ('sending', 'unknown') AND resends < ?4",
            params![office.0, id.0, to_row(now), most],
        )?;
        Ok(counted == 1)
    }

    fn mark_unknown(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        settle_at: Timestamp,
    ) -> Result<(), Fault> {
        self.wait_again(office, id, process, OutboxState::Unknown, settle_at)
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
        let ending = Ending {
            changed_at: Some(now),
            error_code,
            ..Ending::default()
        };
        self.end_wait(office, id, state, &ending)?;
        Ok(())
    }

    fn apply_status(&mut self, office: OfficeId, status: &DeliveryStatus) -> Result<bool, Fault> {
        let Some((known, _)) = self.find_progress(office, status.id)? else {
            return Ok(false);
        };
        if status.state.rank() <= known.rank() {
            return Ok(false);
        }
        let ending = Ending {
            changed_at: Some(status.at),
            error_code: status.error_code,
            ..Ending::default()
        };
        if !self.end_wait(office, status.id, status.state, &ending)? {
            self.run(
                "UPDATE delivery SET state = ?3, error_code = ?4, changed_at = ?5
                 WHERE office_id = ?1 AND outbox_id = ?2",
                params![
                    office.0,
                    status.id.0,
                    status.state.name(),
                    status.error_code,
                    to_row(status.at)
                ],
            )?;
        }
        Ok(true)
    }

    fn mark_billed(&mut self, office: OfficeId, id: OutboxId) -> Result<bool, Fault> {
        let marked = self.run(
            "UPDATE delivery SET is_billed = 1 WHERE office_id = ?1 AND outbox_id = ?2 AND is_billed = 0",
            params![office.0, id.0],
        )?;
        Ok(marked == 1)
    }

    fn find_owed(&mut self, office: OfficeId, id: OutboxId) -> Result<Option<OutboxRow>, Fault> {
        match self.find_progress(office, id)? {
            Some(progress) => self.outbox_row(office, id, progress, Self::open_or_default),
            None => Ok(None),
        }
    }
}
