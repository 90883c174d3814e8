//! What is kept about one person on SQLite. An erasure reads some tables of the office whole: it is rare, and no index is paid for it with
//! every row.

use jiff::Timestamp;
use rusqlite::{Params, params};
use sigap_core::ids::{ApplicationNumber, OfficeId, OutboxId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{
    ErasedRows, GuessKind, IdentityKey, InboxContent, MessageSpan, OutboxRow, OutboxState, SignalKind, VisitRow,
};
use sigap_store::sealing::BlindIndex;
use sigap_store::tx::{Browsers, Cases, Outbox, OwnData};

use crate::rows::{hall, national};
use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

const BOUND_NUMBER: &str = "binding.number_content";
const INBOX_CONTENT: &str = "inbox.content";
/// Ties of a person to others: more than one may have.
const TIES_MAX: usize = 100;

impl SqliteTx<'_> {
    fn erase(&self, sql: &str, params: impl Params) -> Result<u64, Fault> {
        self.run(sql, params).map(|rows| rows as u64)
    }

    /// Ends what waits to be sent, and empties it.
    fn end_waiting(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<u64, Fault> {
        let who = params![office.0, person.0];
        let waiting: Vec<i64> = self.list(
            "SELECT outbox_id FROM due INDEXED BY due_person WHERE office_id = ?1 AND person_id = ?2",
            who,
            |row| row.get(0),
        )?;
        for id in &waiting {
            self.run(
                "UPDATE outbox SET content = x'' WHERE office_id = ?1 AND outbox_id = ?2",
                params![office.0, id],
            )?;
            self.give_up(office, OutboxId(*id), OutboxState::Expired, None, now)?;
        }
        let owed: Vec<(i64, BlindIndex)> = self.list(
            "SELECT o.sent_at, o.message_key
             FROM owed AS o
             JOIN inbox AS i
                 ON i.office_id = o.office_id AND i.sent_at = o.sent_at AND i.message_key = o.message_key
             WHERE o.office_id = ?1 AND i.person_id = ?2",
            who,
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (sent_at, key) in &owed {
            self.run(
                "UPDATE inbox SET content = NULL, state = 'silent'
                 WHERE office_id = ?1 AND sent_at = ?2 AND message_key = ?3",
                params![office.0, sent_at, key],
            )?;
            self.run(
                "DELETE FROM owed WHERE office_id = ?1 AND sent_at = ?2 AND message_key = ?3",
                params![office.0, sent_at, key],
            )?;
        }
        let held = self.erase("DELETE FROM held_notice WHERE office_id = ?1 AND person_id = ?2", who)?;
        Ok(held + (waiting.len() + owed.len()) as u64)
    }

    /// Takes away what leads to a person: identifiers, proofs, wishes, addresses, hashes, ties.
    fn erase_ways(&mut self, office: OfficeId, person: PersonId) -> Result<ErasedRows, Fault> {
        let who = params![office.0, person.0];
        let mut erased = ErasedRows {
            identifiers: self.erase("DELETE FROM identity WHERE office_id = ?1 AND person_id = ?2", who)?,
            bindings: self.erase("DELETE FROM binding WHERE office_id = ?1 AND person_id = ?2", who)?,
            follows: self.erase("DELETE FROM follow WHERE office_id = ?1 AND person_id = ?2", who)?,
            conversations: self.erase("DELETE FROM conversation WHERE office_id = ?1 AND person_id = ?2", who)?,
            identities: self.erase(
                "DELETE FROM booking_identity WHERE office_id = ?1 AND person_id = ?2",
                who,
            )?,
            tickets: self.erase("DELETE FROM guest WHERE office_id = ?1 AND person_id = ?2", who)?,
            ..ErasedRows::default()
        };
        erased.links = self.erase("DELETE FROM link WHERE office_id = ?1 AND person_id = ?2", who)?
            + self.erase(
                "DELETE FROM visit_token
                 WHERE office_id = ?1 AND visit_id IN (
                     SELECT visit_id FROM visit WHERE office_id = ?1 AND person_id = ?2
                 )",
                who,
            )?;
        for kind in SignalKind::ALL {
            erased.signals += self.erase(
                "DELETE FROM signal WHERE office_id = ?1 AND kind = ?2 AND person_id = ?3",
                params![office.0, kind.name(), person.0],
            )?;
        }
        for other in self.list_same(office, person, TIES_MAX)? {
            self.forget_same(office, person, other)?;
            erased.ties += 1;
        }
        Ok(erased)
    }
}

impl OwnData for SqliteTx<'_> {
    fn list_bound(
        &mut self,
        office: OfficeId,
        person: PersonId,
        most: usize,
    ) -> Result<Vec<(ApplicationNumber, Timestamp)>, Fault> {
        let rows: Vec<(BlindIndex, Vec<u8>, i64)> = self.list(
            "SELECT number_key, number_content, bound_at
             FROM binding
             WHERE office_id = ?1 AND person_id = ?2
             ORDER BY bound_at DESC, number_key
             LIMIT ?3",
            params![office.0, person.0, limit(most)],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let mut bound = Vec::with_capacity(rows.len());
        for (key, sealed, at) in rows {
            let number = self.open_kept(place(office, person, &key, BOUND_NUMBER), &sealed)?;
            bound.extend(number.map(|number| (number, from_row(at))));
        }
        Ok(bound)
    }

    fn list_visits_of(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<VisitRow>, Fault> {
        let rows = self.list(
            "SELECT visit_id, day, letter, number, line, state, since_at, free_at, percent, priority_group, counter,
                 calls, called_at, person_id, booking_id, is_near_told, content
             FROM visit
             WHERE office_id = ?1 AND person_id = ?2
             ORDER BY visit_id DESC
             LIMIT ?3",
            params![office.0, person.0, limit(most)],
            hall::stored,
        )?;
        rows.into_iter().map(|found| self.open_visit(office, found)).collect()
    }

    fn list_received_of(
        &mut self,
        office: OfficeId,
        person: PersonId,
        since: Timestamp,
        most: usize,
    ) -> Result<Vec<(Timestamp, InboxContent)>, Fault> {
        let rows: Vec<(i64, BlindIndex, Vec<u8>)> = self.list(
            "SELECT sent_at, message_key, content
             FROM inbox
             WHERE office_id = ?1 AND sent_at >= ?3 AND person_id = ?2 AND content IS NOT NULL
             ORDER BY sent_at DESC, message_key DESC
             LIMIT ?4",
            params![office.0, person.0, to_row(since), limit(most)],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let mut received = Vec::with_capacity(rows.len());
        for (at, key, sealed) in rows {
            let content = self.open_kept(place(office, person, &key, INBOX_CONTENT), &sealed)?;
            received.extend(content.map(|content| (from_row(at), content)));
        }
        Ok(received)
    }

    fn list_owed_to(
        &mut self,
        office: OfficeId,
        person: PersonId,
        first: OutboxId,
        most: usize,
    ) -> Result<Vec<OutboxRow>, Fault> {
        let ids: Vec<OutboxId> = self.list(
            "SELECT outbox_id
             FROM outbox
             WHERE office_id = ?1 AND outbox_id >= ?3 AND person_id = ?2 AND LENGTH(content) > 0
             ORDER BY outbox_id DESC
             LIMIT ?4",
            params![office.0, person.0, first.0, limit(most)],
            |row| row.get(0).map(OutboxId),
        )?;
        self.rows_of(office, &ids)
    }

    fn find_met_at(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Timestamp>, Fault> {
        self.find(
            "SELECT created_at FROM person WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
            |row| row.get(0).map(from_row),
        )
    }

    fn erase_person(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<ErasedRows, Fault> {
        let who = params![office.0, person.0];
        self.run("DELETE FROM person WHERE office_id = ?1 AND person_id = ?2", who)?;
        self.delete_browser(office, person)?;
        let waiting = self.end_waiting(office, person, now)?;
        let ways = self.erase_ways(office, person)?;
        self.run(
            "DELETE FROM file_part
             WHERE office_id = ?1 AND file_id IN (
                 SELECT file_id FROM file WHERE office_id = ?1 AND person_id = ?2
             )",
            who,
        )?;
        Ok(ErasedRows {
            waiting,
            files: self.erase("DELETE FROM file WHERE office_id = ?1 AND person_id = ?2", who)?,
            intakes: self.erase("DELETE FROM intake WHERE office_id = ?1 AND person_id = ?2", who)?,
            bookings: self.erase(
                "UPDATE booking SET content = x'' WHERE office_id = ?1 AND person_id = ?2",
                who,
            )?,
            case_lines: self.erase(
                "UPDATE case_event SET content = x''
                 WHERE office_id = ?1 AND case_id IN (
                     SELECT case_id FROM office_case WHERE office_id = ?1 AND person_id = ?2
                 )",
                who,
            )?,
            cases: self.erase(
                "UPDATE office_case SET content = x'', line = '', is_talk = 0, version = version + 1
                 WHERE office_id = ?1 AND person_id = ?2",
                who,
            )?,
            visits: self.erase(
                "UPDATE visit SET content = x'' WHERE office_id = ?1 AND person_id = ?2",
                who,
            )?,
            ..ways
        })
    }

    fn destroy_key(&mut self, office: OfficeId, person: PersonId) -> Result<(), Fault> {
        self.doom(office, person)
    }

    fn erase_messages(&mut self, office: OfficeId, person: PersonId, span: MessageSpan) -> Result<u64, Fault> {
        let received = self.erase(
            "UPDATE inbox SET content = NULL
             WHERE office_id = ?1 AND sent_at >= ?3 AND sent_at < ?4 AND person_id = ?2 AND content IS NOT NULL",
            params![office.0, person.0, to_row(span.from), to_row(span.until)],
        )?;
        let sent = self.erase(
            "UPDATE outbox SET content = x''
             WHERE office_id = ?1 AND outbox_id >= ?3 AND outbox_id < ?4 AND person_id = ?2 AND LENGTH(content) > 0",
            params![office.0, person.0, span.first.0, span.end.0],
        )?;
        Ok(received + sent)
    }

    fn forget_standing(&mut self, key: IdentityKey, service: &str, until: Timestamp) -> Result<bool, Fault> {
        let forgotten = self.run(national::STANDING_FORGOTTEN, params![key.0, service, to_row(until)])?;
        Ok(forgotten > 0)
    }

    fn forget_guesses(&mut self, office: OfficeId, kind: GuessKind, before: i32) -> Result<u64, Fault> {
        self.erase(
            "DELETE FROM guess WHERE office_id = ?1 AND kind = ?2 AND day < ?3",
            params![office.0, kind.name(), before],
        )
    }
}
