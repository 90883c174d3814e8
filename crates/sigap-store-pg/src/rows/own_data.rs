//! What is kept about one person on PostgreSQL. An erasure reads some tables of the office whole: it is rare, and no index is paid for it
//! with every row.

use jiff::Timestamp;
use sigap_core::ids::{ApplicationNumber, FileId, OfficeId, OutboxId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{
    ErasedRows, GuessKind, IdentityKey, InboxContent, MessageSpan, OutboxRow, OutboxState, SignalKind, VisitRow,
};
use sigap_store::tx::{Browsers, Cases, Files, OwnData};

use crate::rows::{hall, national, outbox};
use crate::transaction::{PgTx, from_row, limit, place, to_row};

const BOUND_NUMBER: &str = "binding.number_content";
const INBOX_CONTENT: &str = "inbox.content";
/// Ties of a person to others: more than one may have.
const TIES_MAX: usize = 100;

impl PgTx<'_> {
    /// Ends what waits to be sent, and empties it.
    fn end_waiting(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<u64, Fault> {
        let waiting: Vec<i64> = self.list(
            "WITH gone AS (
                 DELETE FROM due
                 WHERE office_id = $1 AND person_id = $2
                 RETURNING office_id, outbox_id, attempts
             )
             INSERT INTO delivery (office_id, outbox_id, state, attempts, changed_at)
             SELECT office_id, outbox_id, $3, attempts, $4
             FROM gone
             RETURNING outbox_id",
            &[&office.0, &person.0, &OutboxState::Expired.name(), &to_row(now)],
            |row| row.try_get(0),
        )?;
        self.run(
            "UPDATE outbox SET content = ''::BYTEA WHERE office_id = $1 AND outbox_id = ANY($2)",
            &[&office.0, &waiting],
        )?;
        let owed: Vec<(i64, Vec<u8>)> = self.list(
            "SELECT o.sent_at, o.message_key
             FROM owed AS o
             CROSS JOIN LATERAL (
                 SELECT m.person_id
                 FROM inbox AS m
                 WHERE m.office_id = $1 AND m.sent_at = o.sent_at AND m.message_key = o.message_key
                 OFFSET 0
             ) AS i
             WHERE o.office_id = $1 AND i.person_id = $2",
            &[&office.0, &person.0],
            |row| Ok((row.try_get(0)?, row.try_get(1)?)),
        )?;
        for (sent_at, key) in &owed {
            self.run(
                "UPDATE inbox SET content = NULL, state = 'silent'
                 WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
                &[&office.0, sent_at, key],
            )?;
            self.run(
                "DELETE FROM owed
                 WHERE office_id = $1 AND sent_at = $2 AND message_key = $3",
                &[&office.0, sent_at, key],
            )?;
        }
        let held = self.run(
            "DELETE FROM held_notice WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
        )?;
        Ok(held + (waiting.len() + owed.len()) as u64)
    }

    /// Takes away what leads to a person: identifiers, proofs, wishes, addresses, hashes, ties.
    fn erase_ways(&mut self, office: OfficeId, person: PersonId) -> Result<ErasedRows, Fault> {
        let mut erased = ErasedRows {
            identifiers: self.run(
                "DELETE FROM identity WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            bindings: self.run(
                "DELETE FROM binding
                 WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            follows: self.run(
                "DELETE FROM follow
                 WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            conversations: self.run(
                "DELETE FROM conversation WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            identities: self.run(
                "DELETE FROM booking_identity WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            tickets: self.run(
                "DELETE FROM guest WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            ..ErasedRows::default()
        };
        let of_bookings = self.run(
            "DELETE FROM link WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
        )?;
        let of_visits = self.run(
            "DELETE FROM visit_token
             WHERE office_id = $1 AND visit_id IN (
                 SELECT visit_id FROM visit WHERE office_id = $1 AND person_id = $2
             )",
            &[&office.0, &person.0],
        )?;
        erased.links = of_bookings + of_visits;
        for kind in SignalKind::ALL {
            erased.signals += self.run(
                "DELETE FROM signal WHERE office_id = $1 AND kind = $2 AND person_id = $3",
                &[&office.0, &kind.name(), &person.0],
            )?;
        }
        for other in self.list_same(office, person, TIES_MAX)? {
            self.forget_same(office, person, other)?;
            erased.ties += 1;
        }
        Ok(erased)
    }
}

impl OwnData for PgTx<'_> {
    fn list_bound(
        &mut self,
        office: OfficeId,
        person: PersonId,
        most: usize,
    ) -> Result<Vec<(ApplicationNumber, Timestamp)>, Fault> {
        let rows: Vec<(Vec<u8>, Vec<u8>, i64)> = self.list(
            "SELECT number_key, number_content, bound_at
             FROM binding
             WHERE office_id = $1 AND person_id = $2
             ORDER BY bound_at DESC, number_key
             LIMIT $3",
            &[&office.0, &person.0, &limit(most)],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)),
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
             WHERE office_id = $1 AND person_id = $2
             ORDER BY visit_id DESC
             LIMIT $3",
            &[&office.0, &person.0, &limit(most)],
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
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = self.list(
            "SELECT sent_at, message_key, content
             FROM inbox
             WHERE office_id = $1 AND sent_at >= $3 AND person_id = $2 AND content IS NOT NULL
             ORDER BY sent_at DESC, message_key DESC
             LIMIT $4",
            &[&office.0, &person.0, &to_row(since), &limit(most)],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)),
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
        let rows = self.list(
            "SELECT o.outbox_id, COALESCE(d.state, e.state), COALESCE(d.attempts, e.attempts), o.person_id, o.number,
                 o.created_at, o.expires_at, o.content
             FROM outbox AS o
             LEFT JOIN due AS d ON d.office_id = $1 AND d.outbox_id = o.outbox_id
             LEFT JOIN delivery AS e ON e.office_id = $1 AND e.outbox_id = o.outbox_id
             WHERE o.office_id = $1 AND o.outbox_id >= $3 AND o.person_id = $2 AND LENGTH(o.content) > 0
             ORDER BY o.outbox_id DESC
             LIMIT $4",
            &[&office.0, &person.0, &first.0, &limit(most)],
            outbox::stored,
        )?;
        rows.into_iter()
            .map(|row| self.outbox_row(office, row, Self::open_or_default))
            .collect()
    }

    fn find_met_at(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Timestamp>, Fault> {
        self.find(
            "SELECT created_at FROM person WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
            |row| row.try_get(0).map(from_row),
        )
    }

    fn erase_person(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<ErasedRows, Fault> {
        self.ahead = None;
        // The row is the lock on all that is theirs: whoever waits for it finds nobody.
        self.run(
            "DELETE FROM person WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
        )?;
        self.delete_browser(office, person)?;
        let waiting = self.end_waiting(office, person, now)?;
        let ways = self.erase_ways(office, person)?;
        // By their ids, one by one: on tables that the server does not know yet it enters by whichever index begins with the office.
        let cases: Vec<i64> = self.list(
            "SELECT case_id FROM office_case WHERE office_id = $1 AND person_id = $2 ORDER BY case_id",
            &[&office.0, &person.0],
            |row| row.try_get(0),
        )?;
        let visits: Vec<i64> = self.list(
            "SELECT visit_id FROM visit WHERE office_id = $1 AND person_id = $2 ORDER BY visit_id",
            &[&office.0, &person.0],
            |row| row.try_get(0),
        )?;
        for case in &cases {
            self.run(
                "UPDATE office_case SET content = ''::BYTEA, line = '', is_talk = 0, version = version + 1
                 WHERE office_id = $1 AND case_id = $2",
                &[&office.0, case],
            )?;
        }
        let files: Vec<i64> = self.list(
            "SELECT file_id FROM file WHERE office_id = $1 AND person_id = $2 ORDER BY file_id",
            &[&office.0, &person.0],
            |row| row.try_get(0),
        )?;
        for file in &files {
            self.delete_file(office, FileId(*file))?;
        }
        for visit in &visits {
            self.run(
                "UPDATE visit SET content = ''::BYTEA WHERE office_id = $1 AND visit_id = $2",
                &[&office.0, visit],
            )?;
        }
        Ok(ErasedRows {
            waiting,
            bookings: self.run(
                "UPDATE booking SET content = ''::BYTEA WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            case_lines: self.run(
                "UPDATE case_event SET content = ''::BYTEA
                 WHERE office_id = $1 AND case_id = ANY($2)",
                &[&office.0, &cases],
            )?,
            cases: cases.len() as u64,
            visits: visits.len() as u64,
            files: files.len() as u64,
            intakes: self.run(
                "DELETE FROM intake WHERE office_id = $1 AND person_id = $2",
                &[&office.0, &person.0],
            )?,
            ..ways
        })
    }

    fn destroy_key(&mut self, office: OfficeId, person: PersonId) -> Result<(), Fault> {
        self.doom(office, person)
    }

    fn erase_messages(&mut self, office: OfficeId, person: PersonId, span: MessageSpan) -> Result<u64, Fault> {
        let received = self.run(
            "UPDATE inbox SET content = NULL
             WHERE office_id = $1 AND sent_at >= $3 AND sent_at < $4 AND person_id = $2 AND content IS NOT NULL",
            &[&office.0, &person.0, &to_row(span.from), &to_row(span.until)],
        )?;
        let sent = self.run(
            "UPDATE outbox SET content = ''::BYTEA
             WHERE office_id = $1 AND outbox_id >= $3 AND outbox_id < $4 AND person_id = $2 AND LENGTH(content) > 0",
            &[&office.0, &person.0, &span.first.0, &span.end.0],
        )?;
        Ok(received + sent)
    }

    fn forget_standing(&mut self, key: IdentityKey, service: &str, until: Timestamp) -> Result<bool, Fault> {
        let forgotten = self.run(national::STANDING_FORGOTTEN, &[&&key.0[..], &service, &to_row(until)])?;
        Ok(forgotten > 0)
    }

    fn forget_guesses(&mut self, office: OfficeId, kind: GuessKind, before: i32) -> Result<u64, Fault> {
        self.run(
            "DELETE FROM guess WHERE office_id = $1 AND kind = $2 AND day < $3",
            &[&office.0, &kind.name(), &i64::from(before)],
        )
    }
}
