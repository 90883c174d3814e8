//! Staff, their sessions and their trail on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::ids::{CounterName, OfficeId, PersonId, StaffId};
use sigap_core::staff::Scope;
use sigap_core::trail::{self, Act};
use sigap_store::Fault;
use sigap_store::records::{ActRow, SessionRow, SignInQuestion, StaffRow};
use sigap_store::stored::{
    ENROLMENT_TOKEN, OFFICE_ITSELF, QUESTION_CONTENT, QUESTION_TOKEN, SESSION_DEVICE, SESSION_TOKEN, STAFF_CONTENT,
    STAFF_EMAIL, StoredStaff, act, as_link, roles_text, session_counter, staff,
};
use sigap_store::tx::{OfficeRecords, StaffRecords};

use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

/// The counter from which the places of the trail come.
const ACTS: &str = "acts";

/// Staff have a key of their own: forgetting it forgets them.
const fn key_of(id: StaffId) -> PersonId {
    PersonId(id.0)
}

impl SqliteTx<'_> {
    fn seal_staff(&mut self, office: OfficeId, row: &StaffRow) -> Result<Vec<u8>, Fault> {
        let key = row.id.0.to_be_bytes();
        self.seal(place(office, key_of(row.id), &key, STAFF_CONTENT), &row.content)
    }

    fn open_staff(&mut self, office: OfficeId, found: StoredStaff) -> Result<StaffRow, Fault> {
        let id = StaffId(found.0);
        let key = id.0.to_be_bytes();
        let content = self.open(place(office, key_of(id), &key, STAFF_CONTENT), &found.6)?;
        staff(found, content)
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredStaff> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
    ))
}

struct StoredSession {
    id: i64,
    staff: i64,
    scope: String,
    counter: Option<i64>,
    created_at: i64,
    seen_at: i64,
    ends_at: i64,
    content: Vec<u8>,
}

fn stored_session(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredSession> {
    Ok(StoredSession {
        id: row.get(0)?,
        staff: row.get(1)?,
        scope: row.get(2)?,
        counter: row.get(3)?,
        created_at: row.get(4)?,
        seen_at: row.get(5)?,
        ends_at: row.get(6)?,
        content: row.get(7)?,
    })
}

impl SqliteTx<'_> {
    fn open_session(&mut self, office: OfficeId, found: StoredSession) -> Result<SessionRow, Fault> {
        let who = StaffId(found.staff);
        let key = found.id.to_be_bytes();
        Ok(SessionRow {
            id: found.id,
            staff: who,
            scope: Scope::from_name(&found.scope).ok_or(Fault::Unreadable("session.scope"))?,
            counter: session_counter(found.counter)?,
            created_at: from_row(found.created_at),
            seen_at: from_row(found.seen_at),
            ends_at: from_row(found.ends_at),
            device: self.open(place(office, key_of(who), &key, SESSION_DEVICE), &found.content)?,
        })
    }
}

impl StaffRecords for SqliteTx<'_> {
    fn insert_staff(&mut self, office: OfficeId, row: &StaffRow) -> Result<bool, Fault> {
        let sealed = self.seal_staff(office, row)?;
        let email = self.blind(STAFF_EMAIL, &row.content.email);
        let inserted = self.run(
            "INSERT INTO staff (
                 office_id, staff_id, email_key, roles, is_active, failed, locked_until, created_at, content
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (office_id, email_key) DO NOTHING",
            params![
                office.0,
                row.id.0,
                email,
                roles_text(&row.roles),
                row.is_active,
                row.failed,
                row.locked_until.map(to_row),
                to_row(row.created_at),
                sealed
            ],
        )?;
        Ok(inserted > 0)
    }

    fn find_staff(&mut self, office: OfficeId, id: StaffId) -> Result<Option<StaffRow>, Fault> {
        let found = self.find(
            "SELECT staff_id, roles, is_active, failed, locked_until, created_at, content
             FROM staff
             WHERE office_id = ?1 AND staff_id = ?2",
            params![office.0, id.0],
            stored,
        )?;
        found.map(|found| self.open_staff(office, found)).transpose()
    }

    fn find_staff_by_email(&mut self, office: OfficeId, email: &str) -> Result<Option<StaffId>, Fault> {
        let key = self.blind(STAFF_EMAIL, email);
        self.find(
            "SELECT staff_id FROM staff WHERE office_id = ?1 AND email_key = ?2",
            params![office.0, key],
            |row| row.get(0).map(StaffId),
        )
    }

    fn list_staff(&mut self, office: OfficeId, most: usize) -> Result<Vec<StaffRow>, Fault> {
        let rows = self.list(
            "SELECT staff_id, roles, is_active, failed, locked_until, created_at, content
             FROM staff
             WHERE office_id = ?1
             ORDER BY staff_id
             LIMIT ?2",
            params![office.0, limit(most)],
            stored,
        )?;
        rows.into_iter().map(|found| self.open_staff(office, found)).collect()
    }

    fn replace_staff(&mut self, office: OfficeId, row: &StaffRow) -> Result<(), Fault> {
        let sealed = self.seal_staff(office, row)?;
        self.run(
            "UPDATE staff
             SET roles = ?3, is_active = ?4, failed = ?5, locked_until = ?6, content = ?7
             WHERE office_id = ?1 AND staff_id = ?2",
            params![
                office.0,
                row.id.0,
                roles_text(&row.roles),
                row.is_active,
                row.failed,
                row.locked_until.map(to_row),
                sealed
            ],
        )?;
        Ok(())
    }

    fn insert_enrolment(
        &mut self,
        office: OfficeId,
        token: &str,
        staff: StaffId,
        expires_at: Timestamp,
    ) -> Result<(), Fault> {
        let key = self.blind(ENROLMENT_TOKEN, token);
        self.run(
            "INSERT INTO enrolment (office_id, token_key, staff_id, expires_at, used_at)
             VALUES (?1, ?2, ?3, ?4, NULL)",
            params![office.0, key, staff.0, to_row(expires_at)],
        )?;
        Ok(())
    }

    fn find_enrolment(&mut self, office: OfficeId, token: &str, now: Timestamp) -> Result<Option<StaffId>, Fault> {
        let key = self.blind(ENROLMENT_TOKEN, token);
        self.find(
            "SELECT staff_id
             FROM enrolment
             WHERE office_id = ?1 AND token_key = ?2 AND used_at IS NULL AND expires_at > ?3",
            params![office.0, key, to_row(now)],
            |row| row.get(0).map(StaffId),
        )
    }

    fn use_enrolment(&mut self, office: OfficeId, token: &str, now: Timestamp) -> Result<Option<StaffId>, Fault> {
        let key = self.blind(ENROLMENT_TOKEN, token);
        self.find(
            "UPDATE enrolment
             SET used_at = ?3
             WHERE office_id = ?1 AND token_key = ?2 AND used_at IS NULL AND expires_at > ?3
             RETURNING staff_id",
            params![office.0, key, to_row(now)],
            |row| row.get(0).map(StaffId),
        )
    }

    fn insert_sign_in_question(&mut self, office: OfficeId, token: &str, row: &SignInQuestion) -> Result<(), Fault> {
        let key = self.blind(QUESTION_TOKEN, token);
        let sealed = self.seal(place(office, OFFICE_ITSELF, &key, QUESTION_CONTENT), &row.content)?;
        self.run(
            "INSERT INTO sign_in_question (office_id, token_key, question_id, until_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![office.0, key, row.id, to_row(row.until), sealed],
        )?;
        Ok(())
    }

    fn take_sign_in_question(
        &mut self,
        office: OfficeId,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<String>, Fault> {
        let key = self.blind(QUESTION_TOKEN, token);
        let taken: Option<(i64, Vec<u8>)> = self.find(
            "DELETE FROM sign_in_question
             WHERE office_id = ?1 AND token_key = ?2
             RETURNING until_at, content",
            params![office.0, key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        taken
            .filter(|(until, _)| *until > to_row(now))
            .map(|(_, sealed)| self.open(place(office, OFFICE_ITSELF, &key, QUESTION_CONTENT), &sealed))
            .transpose()
    }

    fn forget_sign_in_questions(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<u64, Fault> {
        let forgotten = self.run(
            "DELETE FROM sign_in_question
             WHERE office_id = ?1 AND (until_at <= ?2 OR question_id <= (
                 SELECT question_id
                 FROM sign_in_question
                 WHERE office_id = ?1
                 ORDER BY question_id DESC
                 LIMIT 1 OFFSET ?3
             ))",
            params![office.0, to_row(now), limit(most)],
        )?;
        Ok(forgotten as u64)
    }

    fn insert_session(&mut self, office: OfficeId, token: &str, row: &SessionRow) -> Result<(), Fault> {
        let key = self.blind(SESSION_TOKEN, token);
        let name = row.id.to_be_bytes();
        let device = self.seal(place(office, key_of(row.staff), &name, SESSION_DEVICE), &row.device)?;
        self.run(
            "INSERT INTO session (
                 office_id, token_key, session_id, staff_id, scope, counter, created_at, seen_at, ends_at, content
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                office.0,
                key,
                row.id,
                row.staff.0,
                row.scope.name(),
                row.counter.map(CounterName::number),
                to_row(row.created_at),
                to_row(row.seen_at),
                to_row(row.ends_at),
                device
            ],
        )?;
        Ok(())
    }

    fn find_session(&mut self, office: OfficeId, token: &str) -> Result<Option<SessionRow>, Fault> {
        let key = self.blind(SESSION_TOKEN, token);
        let found = self.find(
            "SELECT session_id, staff_id, scope, counter, created_at, seen_at, ends_at, content
             FROM session
             WHERE office_id = ?1 AND token_key = ?2",
            params![office.0, key],
            stored_session,
        )?;
        found.map(|found| self.open_session(office, found)).transpose()
    }

    fn note_session(
        &mut self,
        office: OfficeId,
        token: &str,
        now: Timestamp,
        counter: Option<CounterName>,
    ) -> Result<(), Fault> {
        let key = self.blind(SESSION_TOKEN, token);
        self.run(
            "UPDATE session SET seen_at = ?3, counter = ?4 WHERE office_id = ?1 AND token_key = ?2",
            params![office.0, key, to_row(now), counter.map(CounterName::number)],
        )?;
        Ok(())
    }

    fn list_sessions(&mut self, office: OfficeId, staff: StaffId, most: usize) -> Result<Vec<SessionRow>, Fault> {
        let rows = self.list(
            "SELECT session_id, staff_id, scope, counter, created_at, seen_at, ends_at, content
             FROM session
             WHERE office_id = ?1 AND staff_id = ?2
             ORDER BY session_id DESC
             LIMIT ?3",
            params![office.0, staff.0, limit(most)],
            stored_session,
        )?;
        rows.into_iter().map(|found| self.open_session(office, found)).collect()
    }

    fn end_session(&mut self, office: OfficeId, staff: StaffId, id: i64) -> Result<bool, Fault> {
        let changed = self.run(
            "DELETE FROM session WHERE office_id = ?1 AND staff_id = ?2 AND session_id = ?3",
            params![office.0, staff.0, id],
        )?;
        Ok(changed > 0)
    }

    fn insert_act(
        &mut self,
        office: OfficeId,
        staff: StaffId,
        at: Timestamp,
        act: &str,
        subject: &str,
    ) -> Result<u64, Fault> {
        let line = Act {
            place: self.next_count(office, ACTS)?,
            at,
            staff,
            act: act.to_owned(),
            subject: subject.to_owned(),
        };
        let before: Option<Vec<u8>> = self.find(
            "SELECT hash FROM act WHERE office_id = ?1 AND place = ?2",
            params![office.0, line.place - 1],
            |row| row.get(0),
        )?;
        let before = before.map_or(Ok(trail::START), |hash| as_link(&hash))?;
        self.run(
            "INSERT INTO act (office_id, place, at, staff_id, act, subject, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                office.0,
                line.place,
                to_row(at),
                staff.0,
                line.act,
                line.subject,
                trail::link(&before, office, &line)
            ],
        )?;
        Ok(line.place)
    }

    fn list_acts(&mut self, office: OfficeId, from: u64, most: usize) -> Result<Vec<ActRow>, Fault> {
        let rows = self.list(
            "SELECT place, at, staff_id, act, subject, hash
             FROM act
             WHERE office_id = ?1 AND place >= ?2
             ORDER BY place
             LIMIT ?3",
            params![office.0, from, limit(most)],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )?;
        rows.into_iter().map(act).collect()
    }

    fn count_acts(&mut self, office: OfficeId) -> Result<u64, Fault> {
        let last = self.find(
            "SELECT place FROM act WHERE office_id = ?1 ORDER BY place DESC LIMIT 1",
            params![office.0],
            |row| row.get(0),
        )?;
        Ok(last.unwrap_or_default())
    }
}
