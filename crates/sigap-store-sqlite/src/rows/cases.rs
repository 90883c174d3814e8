//! Cases on SQLite.

use rusqlite::params;
use sigap_core::cases::CaseState;
use sigap_core::ids::{CaseId, OfficeId, PersonId, StaffId};
use sigap_store::Fault;
use sigap_store::records::{CaseEvent, CaseRow, Praise};
use sigap_store::stored::{
    CASE_CONTENT, CASE_EVENT_CONTENT, StoredCase, StoredCaseEvent, case, case_event, owed, tags,
};
use sigap_store::tx::Cases;

use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

impl SqliteTx<'_> {
    fn open_case(&mut self, office: OfficeId, found: StoredCase) -> Result<CaseRow, Fault> {
        let person = PersonId(found.person);
        let text = self.open_kept(
            place(office, person, &found.id.to_be_bytes(), CASE_CONTENT),
            &found.content,
        )?;
        case(found, text)
    }

    fn open_cases(&mut self, office: OfficeId, found: Vec<StoredCase>) -> Result<Vec<CaseRow>, Fault> {
        found.into_iter().map(|found| self.open_case(office, found)).collect()
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredCase> {
    Ok(StoredCase {
        id: row.get(0)?,
        number: row.get(1)?,
        kind: row.get(2)?,
        person: row.get(3)?,
        line: row.get(4)?,
        rating: row.get(5)?,
        opened_at: row.get(6)?,
        due_on: row.get(7)?,
        end_on: row.get(8)?,
        owed_at: row.get(9)?,
        state: row.get(10)?,
        staff: row.get(11)?,
        heard_at: row.get(12)?,
        answered_at: row.get(13)?,
        closed_at: row.get(14)?,
        satisfaction: row.get(15)?,
        escalated_at: row.get(16)?,
        is_talk: row.get(17)?,
        version: row.get(18)?,
        content: row.get(19)?,
        tags: row.get(20)?,
    })
}

impl Cases for SqliteTx<'_> {
    fn insert_case(&mut self, office: OfficeId, row: &CaseRow) -> Result<(), Fault> {
        let sealed = self.seal(
            place(office, row.case.person, &row.case.id.0.to_be_bytes(), CASE_CONTENT),
            &row.text,
        )?;
        self.run(
            "INSERT INTO office_case (
                 office_id, case_id, number, kind, person_id, line, rating, opened_at, due_on,
                 end_on, owed_at, state, staff_id, heard_at, answered_at, closed_at,
                 satisfaction, escalated_at, is_talk, version, content, is_closed, tags
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",
            params![
                office.0,
                row.case.id.0,
                row.case.number,
                row.case.kind.name(),
                row.case.person.0,
                row.case.line,
                row.case.rating,
                to_row(row.case.opened_at),
                row.case.due_on.map(|day| day.to_string()),
                row.case.end_on.map(|day| day.to_string()),
                owed(row.case.owed_at),
                row.case.state.name(),
                row.case.staff.map(|staff| staff.0),
                row.case.heard_at.map(to_row),
                row.case.answered_at.map(to_row),
                row.case.closed_at.map(to_row),
                row.case.satisfaction,
                row.case.escalated_at.map(to_row),
                row.case.is_talk,
                row.version,
                sealed,
                row.case.state == CaseState::Closed,
                tags(&row.tags)
            ],
        )?;
        Ok(())
    }

    fn find_case(&mut self, office: OfficeId, id: CaseId) -> Result<Option<CaseRow>, Fault> {
        let found = self.find(
            "SELECT case_id, number, kind, person_id, line, rating, opened_at, due_on,
                 end_on, owed_at, state, staff_id, heard_at, answered_at, closed_at,
                 satisfaction, escalated_at, is_talk, version, content, tags
             FROM office_case
             WHERE office_id = ?1 AND case_id = ?2",
            params![office.0, id.0],
            stored,
        )?;
        found.map(|found| self.open_case(office, found)).transpose()
    }

    fn find_case_by_number(&mut self, office: OfficeId, number: &str) -> Result<Option<CaseId>, Fault> {
        self.find(
            "SELECT case_id FROM office_case WHERE office_id = ?1 AND number = ?2",
            params![office.0, number],
            |row| row.get(0).map(CaseId),
        )
    }

    fn find_talk(&mut self, office: OfficeId, person: PersonId) -> Result<Option<CaseId>, Fault> {
        self.find(
            "SELECT case_id
             FROM office_case
             WHERE office_id = ?1 AND person_id = ?2 AND is_talk = 1
             ORDER BY case_id DESC
             LIMIT 1",
            params![office.0, person.0],
            |row| row.get(0).map(CaseId),
        )
    }

    fn replace_case(&mut self, office: OfficeId, row: &CaseRow) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE office_case
             SET line = ?4, due_on = ?5, end_on = ?6, owed_at = ?7,
                 state = ?8, staff_id = ?9, heard_at = ?10, answered_at = ?11,
                 closed_at = ?12, satisfaction = ?13, escalated_at = ?14, is_talk = ?15, is_closed = ?16, tags = ?17,
                 version = version + 1
             WHERE office_id = ?1 AND case_id = ?2 AND version = ?3",
            params![
                office.0,
                row.case.id.0,
                row.version,
                row.case.line,
                row.case.due_on.map(|day| day.to_string()),
                row.case.end_on.map(|day| day.to_string()),
                owed(row.case.owed_at),
                row.case.state.name(),
                row.case.staff.map(|staff| staff.0),
                row.case.heard_at.map(to_row),
                row.case.answered_at.map(to_row),
                row.case.closed_at.map(to_row),
                row.case.satisfaction,
                row.case.escalated_at.map(to_row),
                row.case.is_talk,
                row.case.state == CaseState::Closed,
                tags(&row.tags)
            ],
        )?;
        Ok(changed > 0)
    }

    fn list_cases(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<CaseRow>, Fault> {
        let rows = self.list(
            "SELECT case_id, number, kind, person_id, line, rating, opened_at, due_on,
                 end_on, owed_at, state, staff_id, heard_at, answered_at, closed_at,
                 satisfaction, escalated_at, is_talk, version, content, tags
             FROM office_case
             WHERE office_id = ?1 AND person_id = ?2
             ORDER BY case_id DESC
             LIMIT ?3",
            params![office.0, person.0, limit(most)],
            stored,
        )?;
        self.open_cases(office, rows)
    }

    fn list_open_cases(&mut self, office: OfficeId, most: usize) -> Result<Vec<CaseRow>, Fault> {
        let rows = self.list(
            "SELECT case_id, number, kind, person_id, line, rating, opened_at, due_on,
                 end_on, owed_at, state, staff_id, heard_at, answered_at, closed_at,
                 satisfaction, escalated_at, is_talk, version, content, tags
             FROM office_case
             WHERE office_id = ?1 AND is_closed = 0
             ORDER BY owed_at, case_id
             LIMIT ?2",
            params![office.0, limit(most)],
            stored,
        )?;
        self.open_cases(office, rows)
    }

    fn list_tagged_cases(&mut self, office: OfficeId, tag: &str, most: usize) -> Result<Vec<CaseRow>, Fault> {
        let rows = self.list(
            "SELECT case_id, number, kind, person_id, line, rating, opened_at, due_on,
                 end_on, owed_at, state, staff_id, heard_at, answered_at, closed_at,
                 satisfaction, escalated_at, is_talk, version, content, tags
             FROM office_case
             WHERE office_id = ?1 AND is_closed = 0 AND instr(',' || tags || ',', ',' || ?3 || ',') > 0
             ORDER BY owed_at, case_id
             LIMIT ?2",
            params![office.0, limit(most), tag],
            stored,
        )?;
        self.open_cases(office, rows)
    }

    fn list_closed_cases(&mut self, office: OfficeId, most: usize) -> Result<Vec<CaseRow>, Fault> {
        let rows = self.list(
            "SELECT case_id, number, kind, person_id, line, rating, opened_at, due_on,
                 end_on, owed_at, state, staff_id, heard_at, answered_at, closed_at,
                 satisfaction, escalated_at, is_talk, version, content, tags
             FROM office_case
             WHERE office_id = ?1 AND is_closed = 1
             ORDER BY closed_at DESC, case_id DESC
             LIMIT ?2",
            params![office.0, limit(most)],
            stored,
        )?;
        self.open_cases(office, rows)
    }

    fn insert_case_event(&mut self, office: OfficeId, event: &CaseEvent) -> Result<bool, Fault> {
        let person = self.find(
            "SELECT person_id FROM office_case WHERE office_id = ?1 AND case_id = ?2",
            params![office.0, event.case.0],
            |row| row.get(0).map(PersonId),
        )?;
        let Some(person) = person else { return Ok(false) };
        let sealed = self.seal(
            place(office, person, &event.id.to_be_bytes(), CASE_EVENT_CONTENT),
            &event.words,
        )?;
        self.run(
            "INSERT INTO case_event (office_id, event_id, case_id, person_id, at, kind, staff_id, outbox_id, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                office.0,
                event.id,
                event.case.0,
                person.0,
                to_row(event.at),
                event.kind.name(),
                event.staff.map(|staff| staff.0),
                event.outbox.map(|outbox| outbox.0),
                sealed
            ],
        )?;
        Ok(true)
    }

    fn list_case_events(&mut self, office: OfficeId, id: CaseId, most: usize) -> Result<Vec<CaseEvent>, Fault> {
        let rows: Vec<StoredCaseEvent> = self.list(
            "SELECT event_id, case_id, person_id, at, kind, staff_id, outbox_id, content
             FROM case_event
             WHERE office_id = ?1 AND case_id = ?2
             ORDER BY event_id DESC
             LIMIT ?3",
            params![office.0, id.0, limit(most)],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                    row.get(7)?,
                ))
            },
        )?;
        rows.into_iter()
            .rev()
            .map(|row| {
                let words = self.open_or_default(
                    place(office, PersonId(row.2), &row.0.to_be_bytes(), CASE_EVENT_CONTENT),
                    &row.7,
                )?;
                case_event(row, words)
            })
            .collect()
    }

    fn count_case_events(&mut self, office: OfficeId, after: i64) -> Result<u64, Fault> {
        self.value(
            "SELECT COUNT(*) FROM case_event WHERE office_id = ?1 AND event_id > ?2",
            params![office.0, after],
        )
    }

    fn ensure_same(&mut self, office: OfficeId, one: PersonId, other: PersonId) -> Result<(), Fault> {
        for (person, other) in [(one, other), (other, one)] {
            self.run(
                "INSERT INTO same_person (office_id, person_id, other_id)
                 VALUES (?1, ?2, ?3)
                 ON CONFLICT (office_id, person_id, other_id) DO NOTHING",
                params![office.0, person.0, other.0],
            )?;
        }
        Ok(())
    }

    fn forget_same(&mut self, office: OfficeId, one: PersonId, other: PersonId) -> Result<bool, Fault> {
        let mut changed = 0;
        for (person, other) in [(one, other), (other, one)] {
            changed += self.run(
                "DELETE FROM same_person WHERE office_id = ?1 AND person_id = ?2 AND other_id = ?3",
                params![office.0, person.0, other.0],
            )?;
        }
        Ok(changed > 0)
    }

    fn list_same(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<PersonId>, Fault> {
        self.list(
            "SELECT other_id
             FROM same_person
             WHERE office_id = ?1 AND person_id = ?2
             ORDER BY other_id
             LIMIT ?3",
            params![office.0, person.0, limit(most)],
            |row| row.get(0).map(PersonId),
        )
    }

    fn insert_praise(&mut self, office: OfficeId, praise: &Praise) -> Result<bool, Fault> {
        let changed = self.run(
            "INSERT INTO praise (office_id, staff_id, case_id, passed_at)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (office_id, staff_id, case_id) DO NOTHING",
            params![office.0, praise.staff.0, praise.case.0, to_row(praise.passed_at)],
        )?;
        Ok(changed > 0)
    }

    fn list_praises(&mut self, office: OfficeId, staff: StaffId, most: usize) -> Result<Vec<Praise>, Fault> {
        self.list(
            "SELECT case_id, passed_at
             FROM praise
             WHERE office_id = ?1 AND staff_id = ?2
             ORDER BY case_id DESC
             LIMIT ?3",
            params![office.0, staff.0, limit(most)],
            |row| {
                Ok(Praise {
                    staff,
                    case: CaseId(row.get(0)?),
                    passed_at: from_row(row.get(1)?),
                })
            },
        )
    }
}
