//! Finished passports on SQLite.

use jiff::civil::Date;
use rusqlite::params;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{PassportContent, PassportRow, PassportState};
use sigap_store::stored::{PASSPORT_CONTENT, StoredPassport, passport};
use sigap_store::tx::Passports;

use crate::transaction::{SqliteTx, limit, place, to_row};

impl SqliteTx<'_> {
    fn seal_passport(&mut self, office: OfficeId, row: &PassportRow, key: PersonId) -> Result<Vec<u8>, Fault> {
        let number = self.number_key(&row.number);
        let content = PassportContent {
            number: row.number.as_str().to_owned(),
            ..row.content.clone()
        };
        self.seal(place(office, key, &number, PASSPORT_CONTENT), &content)
    }

    fn open_passport(&mut self, office: OfficeId, found: StoredPassport) -> Result<PassportRow, Fault> {
        let content = self.open(
            place(office, PersonId(found.person), &found.number_key, PASSPORT_CONTENT),
            &found.content,
        )?;
        passport(found, content)
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredPassport> {
    Ok(StoredPassport {
        number_key: row.get(0)?,
        person: row.get(1)?,
        state: row.get(2)?,
        ready_on: row.get(3)?,
        shelf: row.get(4)?,
        collected_by: row.get(5)?,
        changed_at: row.get(6)?,
        content: row.get(7)?,
    })
}

impl Passports for SqliteTx<'_> {
    fn insert_passport(&mut self, office: OfficeId, row: &PassportRow, key: PersonId) -> Result<bool, Fault> {
        let sealed = self.seal_passport(office, row, key)?;
        let number = self.number_key(&row.number);
        let inserted = self.run(
            "INSERT INTO passport (
                 office_id, number_key, person_id, state, ready_on, shelf, collected_by, changed_at, content
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (office_id, number_key) DO NOTHING",
            params![
                office.0,
                number,
                key.0,
                row.state.name(),
                row.ready_on.to_string(),
                row.shelf,
                row.collected_by,
                to_row(row.changed_at),
                sealed
            ],
        )?;
        Ok(inserted > 0)
    }

    fn find_passport(&mut self, office: OfficeId, number: &ApplicationNumber) -> Result<Option<PassportRow>, Fault> {
        let number = self.number_key(number);
        let found = self.find(
            "SELECT number_key, person_id, state, ready_on, shelf, collected_by, changed_at, content
             FROM passport
             WHERE office_id = ?1 AND number_key = ?2",
            params![office.0, number],
            stored,
        )?;
        found.map(|found| self.open_passport(office, found)).transpose()
    }

    fn replace_passport(
        &mut self,
        office: OfficeId,
        expected: PassportState,
        row: &PassportRow,
    ) -> Result<bool, Fault> {
        let number = self.number_key(&row.number);
        let key = self.find(
            "SELECT person_id FROM passport WHERE office_id = ?1 AND number_key = ?2",
            params![office.0, number],
            |row| row.get(0).map(PersonId),
        )?;
        let Some(key) = key else { return Ok(false) };
        let sealed = self.seal_passport(office, row, key)?;
        let changed = self.run(
            "UPDATE passport
             SET state = ?3, ready_on = ?4, shelf = ?5, collected_by = ?6, changed_at = ?7, content = ?8
             WHERE office_id = ?1 AND number_key = ?2 AND state = ?9",
            params![
                office.0,
                number,
                row.state.name(),
                row.ready_on.to_string(),
                row.shelf,
                row.collected_by,
                to_row(row.changed_at),
                sealed,
                expected.name()
            ],
        )?;
        Ok(changed > 0)
    }

    fn list_passports(
        &mut self,
        office: OfficeId,
        state: PassportState,
        until: Date,
        most: usize,
    ) -> Result<Vec<PassportRow>, Fault> {
        let rows = self.list(
            "SELECT number_key, person_id, state, ready_on, shelf, collected_by, changed_at, content
             FROM passport
             WHERE office_id = ?1 AND state = ?2 AND ready_on <= ?3
             ORDER BY ready_on, number_key
             LIMIT ?4",
            params![office.0, state.name(), until.to_string(), limit(most)],
            stored,
        )?;
        rows.into_iter()
            .map(|found| self.open_passport(office, found))
            .collect()
    }

    fn note_binding_line(
        &mut self,
        office: OfficeId,
        person: PersonId,
        number: &ApplicationNumber,
        line: &str,
    ) -> Result<(), Fault> {
        let number = self.number_key(number);
        self.run(
            "UPDATE binding SET line = ?4 WHERE office_id = ?1 AND person_id = ?2 AND number_key = ?3",
            params![office.0, person.0, number, line],
        )?;
        Ok(())
    }

    fn list_bound_lines(
        &mut self,
        office: OfficeId,
        number: &ApplicationNumber,
        most: usize,
    ) -> Result<Vec<(PersonId, String)>, Fault> {
        let number = self.number_key(number);
        self.list(
            "SELECT person_id, line
             FROM binding
             WHERE office_id = ?1 AND number_key = ?2 AND line IS NOT NULL
             ORDER BY person_id
             LIMIT ?3",
            params![office.0, number, limit(most)],
            |row| Ok((row.get(0).map(PersonId)?, row.get(1)?)),
        )
    }
}
