//! Owed messages on PostgreSQL: `outbox` keeps what was said, `due` what still waits or is under way, `delivery` how the
//! rest ended. What one process claims or settles, others skip.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, OutboxId, PersonId, ProcessId};
use sigap_core::limits::MERGE_MAX;
use sigap_core::message::OutboundMessage;
use sigap_core::person::Contact;
use sigap_store::Fault;
use sigap_store::records::{ClaimedMessage, DeliveryStatus, OutboxRow, OutboxState};
use sigap_store::sealing::Place;
use sigap_store::tx::Outbox;
use tokio_postgres::{Error, Row};

use crate::rows::national;
use crate::transaction::{Access, PgTx, from_row, limit, owned, place, small, to_row};

const CONTENT: &str = "outbox.content";
const CONTACT: &str = "person.contact";
/// What waits for a person and may still be merged.
pub(crate) const LIST_MERGEABLE: &str =
    "SELECT d.outbox_id, d.state, d.attempts, o.person_id, o.number, o.created_at, o.expires_at, o.content
     FROM due AS d
     JOIN outbox AS o ON o.office_id = d.office_id AND o.outbox_id = d.outbox_id
     WHERE d.office_id = $1 AND d.person_id = $2 AND d.state = 'queued' AND d.attempts = 0
     ORDER BY d.outbox_id
     LIMIT $3";
/// Due whatever the clock says: were it the time of writing, a clock that is set back would hold messages up.
const AT_ONCE: i64 = i64::MIN;

/// A message with where it is.
pub(super) struct Stored {
    id: OutboxId,
    state: String,
    attempts: u32,
    person: PersonId,
    number: String,
    created_at: i64,
    expires_at: i64,
    content: Vec<u8>,
}

/// `outbox_id, state, attempts, person_id, number, created_at, expires_at, content`.
pub(super) fn stored(row: &Row) -> Result<Stored, Error> {
    Ok(Stored {
        id: OutboxId(row.try_get(0)?),
        state: row.try_get(1)?,
        attempts: small(row.try_get(2)?),
        person: PersonId(row.try_get(3)?),
        number: row.try_get(4)?,
        created_at: row.try_get(5)?,
        expires_at: row.try_get(6)?,
        content: row.try_get(7)?,
    })
}

/// What is written when a message leaves `due`.
#[derive(Default)]
struct Ending {
    changed_at: Option<Timestamp>,
    merged_into: Option<OutboxId>,
    error_code: Option<i64>,
}

impl PgTx<'_> {
    /// What is to be sent needs its words, what is looked up may have been erased: `open` says which.
    pub(super) fn outbox_row(
        &mut self,
        office: OfficeId,
        stored: Stored,
        open: impl FnOnce(&mut Self, Place<'_>, &[u8]) -> Result<OutboundMessage, Fault>,
    ) -> Result<OutboxRow, Fault> {
        let state = OutboxState::from_name(&stored.state).ok_or(Fault::Unreadable("outbox state"))?;
        let message = open(
            self,
            place(office, stored.person, &stored.id.0.to_be_bytes(), CONTENT),
            &stored.content,
        )?;
        Ok(OutboxRow {
            id: stored.id,
            person: stored.person,
            number: stored.number,
            state,
            attempts: stored.attempts,
            created_at: from_row(stored.created_at),
            expires_at: from_row(stored.expires_at),
            message,
        })
    }

    /// Where a message is, kept from others until this transaction ends. It may move from `due` to `delivery` between the
    /// two looks, never back.
    fn hold_state(&mut self, office: OfficeId, id: OutboxId) -> Result<Option<OutboxState>, Fault> {
        let mut found: Option<String> = self.find(
            "SELECT state FROM due WHERE office_id = $1 AND outbox_id = $2 FOR UPDATE",
            &[&office.0, &id.0],
            |row| row.try_get(0),
        )?;
        if found.is_none() {
            found = self.find(
                "SELECT state FROM delivery WHERE office_id = $1 AND outbox_id = $2 FOR UPDATE",
                &[&office.0, &id.0],
                |row| row.try_get(0),
            )?;
        }
        found
            .map(|state| OutboxState::from_name(&state).ok_or(Fault::Unreadable("outbox state")))
            .transpose()
    }

    /// Moves a message from `due` to `delivery`, if it is in `due`. One statement, so that nobody sees it in both or in
    /// neither, and its first half takes the row's lock.
    fn end_wait(&mut self, office: OfficeId, id: OutboxId, state: OutboxState, ending: &Ending) -> Result<(), Fault> {
        self.ahead = None;
        self.run_later(
            "WITH gone AS (
                 DELETE FROM due
                 WHERE office_id = $1 AND outbox_id = $2
                 RETURNING office_id, outbox_id, attempts
             )
             INSERT INTO delivery (office_id, outbox_id, state, attempts, changed_at, merged_into, error_code)
             SELECT office_id, outbox_id, $3, attempts, $4, $5, $6
             FROM gone",
            owned![
                office.0,
                id.0,
                state.name(),
                ending.changed_at.map(to_row),
                ending.merged_into.map(|into| into.0),
                ending.error_code
            ],
        )
    }

    fn wait_again(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        state: OutboxState,
        due_at: Timestamp,
    ) -> Result<(), Fault> {
        self.ahead = None;
        self.run_later(
            "UPDATE due SET state = $4, due_at = $5
             WHERE office_id = $1 AND outbox_id = $2 AND process_id = $3",
            owned![office.0, id.0, process.0, state.name(), to_row(due_at)],
        )
    }

    /// The words and addresses of messages just claimed, in the order of their ids. Those that nobody can read are ended.
    fn open_claimed(
        &mut self,
        office: OfficeId,
        ids: &[i64],
        now: Timestamp,
    ) -> Result<Vec<(OutboxRow, Contact)>, Fault> {
        let rows = self.list(
            "SELECT d.outbox_id, d.state, d.attempts, o.person_id, o.number, o.created_at, o.expires_at, o.content,
                 p.contact
             FROM due AS d
             JOIN outbox AS o ON o.office_id = d.office_id AND o.outbox_id = d.outbox_id
             LEFT JOIN person AS p ON p.office_id = o.office_id AND p.person_id = o.person_id
             WHERE d.office_id = $1 AND d.outbox_id = ANY($2)
             ORDER BY d.outbox_id",
            &[&office.0, &ids],
            |row| Ok((stored(row)?, row.try_get::<_, Option<Vec<u8>>>(8)?)),
        )?;
        let mut claimed = Vec::with_capacity(rows.len());
        for (stored, contact) in rows {
            let (id, person) = (stored.id, stored.person);
            let opened = self.outbox_row(office, stored, Self::open).and_then(|row| {
                let contact = contact
                    .map(|sealed| self.open(place(office, person, &[], CONTACT), &sealed))
                    .transpose()?;
                Ok((row, contact.unwrap_or_default()))
            });
            match opened {
                Ok(opened) => claimed.push(opened),
                // Words that nobody can read any more end here: they must not hold up everybody else's.
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) => {
                    self.give_up_unread(office, id, now)?;
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(claimed)
    }

    /// Ends a message whose words nobody can read; a claim counts as an attempt.
    fn give_up_unread(&mut self, office: OfficeId, id: OutboxId, now: Timestamp) -> Result<(), Fault> {
        if self.access == Access::Read {
            return Ok(());
        }
        self.give_up(office, id, OutboxState::Failed, None, now)
    }
}

impl Outbox for PgTx<'_> {
    fn insert_owed(&mut self, office: OfficeId, row: &OutboxRow) -> Result<(), Fault> {
        self.ahead = None;
        let sealed = self.seal(
            place(office, row.person, &row.id.0.to_be_bytes(), CONTENT),
            &row.message,
        )?;
        self.run_later(
            "INSERT INTO outbox (office_id, outbox_id, person_id, number, created_at, expires_at, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            owned![
                office.0,
                row.id.0,
                row.person.0,
                row.number.clone(),
                to_row(row.created_at),
                to_row(row.expires_at),
                sealed
            ],
        )?;
        self.run_later(
            "INSERT INTO due (office_id, outbox_id, person_id, state, due_at, attempts)
             VALUES ($1, $2, $3, 'queued', $4, $5)",
            owned![office.0, row.id.0, row.person.0, AT_ONCE, i64::from(row.attempts)],
        )
    }

    fn list_mergeable(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<OutboxRow>, Fault> {
        let ahead = self
            .ahead_of(office, person)
            .and_then(|ahead| ahead.mergeable.take())
            .filter(|_| most <= MERGE_MAX);
        let mut rows = self.list_ahead(ahead, LIST_MERGEABLE, &[&office.0, &person.0, &limit(most)], stored)?;
        rows.truncate(most);
        rows.into_iter()
            .map(|row| self.outbox_row(office, row, Self::open_or_default))
            .collect()
    }

    fn merge_owed(&mut self, office: OfficeId, id: OutboxId, into: OutboxId) -> Result<bool, Fault> {
        let may_merge = self.find(
            "SELECT 1
             FROM due
             WHERE office_id = $1 AND outbox_id = $2 AND state = 'queued' AND attempts = 0
             FOR UPDATE",
            &[&office.0, &id.0],
            |_| Ok(()),
        )?;
        if may_merge.is_none() {
            return Ok(false);
        }
        let ending = Ending {
            merged_into: Some(into),
            ..Ending::default()
        };
        self.end_wait(office, id, OutboxState::Merged, &ending)?;
        Ok(true)
    }

    fn list_offices_with_due(&mut self) -> Result<Vec<OfficeId>, Fault> {
        self.list(national::OFFICES_WITH_DUE, &[], |row| row.try_get(0).map(OfficeId))
    }

    fn claim_due(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        settle_at: Timestamp,
        process: ProcessId,
        most: usize,
    ) -> Result<Vec<ClaimedMessage>, Fault> {
        self.ahead = None;
        // Asked before anything is locked: most looks find nothing, and a look that locks nothing need not commit.
        let ids: Vec<i64> = self.list(
            "SELECT d.outbox_id
             FROM due AS d
             WHERE d.office_id = $1 AND d.state = 'queued' AND d.due_at <= $2 AND NOT EXISTS (
                 SELECT 1 FROM due AS e
                 WHERE e.office_id = d.office_id AND e.person_id = d.person_id
                     AND (e.outbox_id < d.outbox_id OR e.state <> 'queued')
             )
             ORDER BY d.outbox_id
             LIMIT $3
             FOR UPDATE OF d SKIP LOCKED",
            &[&office.0, &to_row(now), &limit(most)],
            |row| row.try_get(0),
        )?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.run_later(
            "UPDATE due SET state = 'sending', due_at = $3, attempts = attempts + 1, process_id = $4
             WHERE office_id = $1 AND outbox_id = ANY($2)",
            owned![office.0, ids.clone(), to_row(settle_at), process.0],
        )?;
        let opened = self.open_claimed(office, &ids, now)?;
        Ok(opened
            .into_iter()
            .map(|(row, contact)| ClaimedMessage { office, row, contact })
            .collect())
    }

    fn list_unsettled(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<Vec<OutboxRow>, Fault> {
        // What another process settles in this moment is its affair.
        let sql = match self.access {
            Access::Read => {
                "SELECT d.outbox_id, d.state, d.attempts, o.person_id, o.number, o.created_at, o.expires_at, o.content
                 FROM due AS d
                 JOIN outbox AS o ON o.office_id = d.office_id AND o.outbox_id = d.outbox_id
                 WHERE d.office_id = $1 AND d.state IN ('sending', 'unknown') AND d.due_at <= $2
                 ORDER BY d.outbox_id
                 LIMIT $3"
            }
            Access::Write => {
                "SELECT d.outbox_id, d.state, d.attempts, o.person_id, o.number, o.created_at, o.expires_at, o.content
                 FROM due AS d
                 JOIN outbox AS o ON o.office_id = d.office_id AND o.outbox_id = d.outbox_id
                 WHERE d.office_id = $1 AND d.state IN ('sending', 'unknown') AND d.due_at <= $2
                 ORDER BY d.outbox_id
                 LIMIT $3
                 FOR UPDATE OF d SKIP LOCKED"
            }
        };
        let unsettled = self.list(sql, &[&office.0, &to_row(now), &limit(most)], stored)?;
        let mut rows = Vec::with_capacity(unsettled.len());
        for stored in unsettled {
            let id = stored.id;
            match self.outbox_row(office, stored, Self::open) {
                Ok(row) => rows.push(row),
                // As in `claim_due`; a read has no hand to end it, and passes it over.
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) => self.give_up_unread(office, id, now)?,
                Err(fault) => return Err(fault),
            }
        }
        Ok(rows)
    }

    fn postpone_settling(&mut self, office: OfficeId, settle_at: Timestamp) -> Result<usize, Fault> {
        self.ahead = None;
        self.run(
            "UPDATE due SET due_at = $2
             WHERE office_id = $1 AND state IN ('sending', 'unknown') AND due_at < $2",
            &[&office.0, &to_row(settle_at)],
        )
        .map(|moved| usize::try_from(moved).unwrap_or(usize::MAX))
    }

    fn take_over(&mut self, office: OfficeId, process: ProcessId, settle_at: Timestamp) -> Result<usize, Fault> {
        self.ahead = None;
        self.run(
            "UPDATE due SET due_at = LEAST(due_at, $3)
             WHERE office_id = $1 AND process_id = $2 AND state IN ('sending', 'unknown')",
            &[&office.0, &process.0, &to_row(settle_at)],
        )
        .map(|moved| usize::try_from(moved).unwrap_or(usize::MAX))
    }

    fn mark_accepted(&mut self, office: OfficeId, id: OutboxId, message_id: &str, now: Timestamp) -> Result<(), Fault> {
        let key = self.blind("outbox.message", message_id).to_vec();
        let ending = Ending {
            changed_at: Some(now),
            ..Ending::default()
        };
        // When a status overtook our own POST's answer, the message stands in `delivery` already and what the status said
        // ranks higher; only the id is new.
        self.end_wait(office, id, OutboxState::Accepted, &ending)?;
        self.run_later(
            "UPDATE delivery SET message_key = $3 WHERE office_id = $1 AND outbox_id = $2",
            owned![office.0, id.0, key],
        )
    }

    fn unclaim(
        &mut self,
        office: OfficeId,
        id: OutboxId,
        process: ProcessId,
        not_before: Timestamp,
    ) -> Result<(), Fault> {
        self.ahead = None;
        // Only a claim can be undone, and only once: attempts that were made stay counted.
        self.run_later(
            "UPDATE due SET state = 'queued', due_at = $4, attempts = attempts - 1
             WHERE office_id = $1 AND outbox_id = $2 AND process_id = $3 AND state = 'sending' AND attempts > 0",
            owned![office.0, id.0, process.0, to_row(not_before)],
        )
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
        self.ahead = None;
        let counted = self.run(
            "UPDATE due SET state = 'queued', due_at = $3, resends = resends + 1
             WHERE office_id = $1 AND outbox_id = $2 AND state IN ('sending', 'unknown') AND resends < $4",
            &[&office.0, &id.0, &to_row(now), &i64::from(most)],
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
        self.end_wait(office, id, state, &ending)
    }

    fn apply_status(&mut self, office: OfficeId, status: &DeliveryStatus) -> Result<bool, Fault> {
        let Some(known) = self.hold_state(office, status.id)? else {
            return Ok(false);
        };
        if status.state.rank() <= known.rank() {
            return Ok(false);
        }
        if matches!(known, OutboxState::Queued | OutboxState::Sending | OutboxState::Unknown) {
            let ending = Ending {
                changed_at: Some(status.at),
                error_code: status.error_code,
                ..Ending::default()
            };
            self.end_wait(office, status.id, status.state, &ending)?;
        } else {
            self.run_later(
                "UPDATE delivery SET state = $3, error_code = $4, changed_at = $5
                 WHERE office_id = $1 AND outbox_id = $2",
                owned![
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
            "UPDATE delivery SET is_billed = 1 WHERE office_id = $1 AND outbox_id = $2 AND is_billed = 0",
            &[&office.0, &id.0],
        )?;
        Ok(marked == 1)
    }

    fn find_owed(&mut self, office: OfficeId, id: OutboxId) -> Result<Option<OutboxRow>, Fault> {
        let found = self.find(
            "SELECT o.outbox_id, COALESCE(d.state, e.state), COALESCE(d.attempts, e.attempts), o.person_id, o.number,
                 o.created_at, o.expires_at, o.content
             FROM outbox AS o
             LEFT JOIN due AS d ON d.office_id = o.office_id AND d.outbox_id = o.outbox_id
             LEFT JOIN delivery AS e ON e.office_id = o.office_id AND e.outbox_id = o.outbox_id
             WHERE o.office_id = $1 AND o.outbox_id = $2",
            &[&office.0, &id.0],
            stored,
        )?;
        found
            .map(|row| self.outbox_row(office, row, Self::open_or_default))
            .transpose()
    }
}
