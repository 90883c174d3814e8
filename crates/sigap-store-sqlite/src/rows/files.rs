//! Files that people send on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::files::FileState;
use sigap_core::ids::{FileId, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::FileRow;
use sigap_store::stored::{FILE_CONTENT, FILE_PART_CONTENT, StoredFile, file, file_part_key};
use sigap_store::tx::Files;

use crate::transaction::{SqliteTx, limit, place, to_row};

impl SqliteTx<'_> {
    /// The files that can still be opened: of somebody who was erased meanwhile there are none.
    fn open_files(&mut self, office: OfficeId, rows: &[StoredFile]) -> Result<Vec<FileRow>, Fault> {
        let mut files = Vec::with_capacity(rows.len());
        for row in rows {
            let key = row.id.to_be_bytes();
            if let Some(content) =
                self.open_kept(place(office, PersonId(row.person), &key, FILE_CONTENT), &row.content)?
            {
                files.push(file(row, content)?);
            }
        }
        Ok(files)
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredFile> {
    Ok(StoredFile {
        id: row.get(0)?,
        person: row.get(1)?,
        about: row.get(2)?,
        state: row.get(3)?,
        came_at: row.get(4)?,
        due_at: row.get(5)?,
        attempts: row.get(6)?,
        ends_at: row.get(7)?,
        parts: row.get(8)?,
        content: row.get(9)?,
    })
}

impl Files for SqliteTx<'_> {
    fn insert_file(&mut self, office: OfficeId, row: &FileRow) -> Result<(), Fault> {
        let key = row.id.0.to_be_bytes();
        let sealed = self.seal(place(office, row.person, &key, FILE_CONTENT), &row.content)?;
        self.run(
            "INSERT INTO file (office_id, file_id, person_id, about_id, state, came_at, due_at, attempts, ends_at, parts, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![office.0, row.id.0, row.person.0, row.about, row.state.name(), to_row(row.came_at), to_row(row.due_at), i64::from(row.attempts), to_row(row.ends_at), i64::from(row.parts), sealed],
        )?;
        Ok(())
    }

    fn find_file(&mut self, office: OfficeId, id: FileId) -> Result<Option<FileRow>, Fault> {
        let found = self.list(
            "SELECT file_id, person_id, about_id, state, came_at, due_at, attempts, ends_at, parts, content
             FROM file
             WHERE office_id = ?1 AND file_id = ?2",
            params![office.0, id.0],
            stored,
        )?;
        Ok(self.open_files(office, &found)?.pop())
    }

    fn replace_file(&mut self, office: OfficeId, expected: FileState, row: &FileRow) -> Result<bool, Fault> {
        let key = row.id.0.to_be_bytes();
        let sealed = self.seal(place(office, row.person, &key, FILE_CONTENT), &row.content)?;
        let changed = self.run(
            "UPDATE file
             SET about_id = ?4, state = ?5, due_at = ?6, attempts = ?7, ends_at = ?8, parts = ?9, content = ?10
             WHERE office_id = ?1 AND file_id = ?2 AND state = ?3 AND person_id = ?11",
            params![
                office.0,
                row.id.0,
                expected.name(),
                row.about,
                row.state.name(),
                to_row(row.due_at),
                i64::from(row.attempts),
                to_row(row.ends_at),
                i64::from(row.parts),
                sealed,
                row.person.0
            ],
        )?;
        Ok(changed > 0)
    }

    fn list_due_files(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<Vec<FileRow>, Fault> {
        let rows = self.list(
            "SELECT file_id, person_id, about_id, state, came_at, due_at, attempts, ends_at, parts, content
             FROM file
             WHERE office_id = ?1 AND state = 'waiting' AND due_at <= ?2
             ORDER BY due_at, file_id
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            stored,
        )?;
        self.open_files(office, &rows)
    }

    fn list_files_of(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<FileRow>, Fault> {
        let rows = self.list(
            "SELECT file_id, person_id, about_id, state, came_at, due_at, attempts, ends_at, parts, content
             FROM file
             WHERE office_id = ?1 AND person_id = ?2
             ORDER BY file_id DESC
             LIMIT ?3",
            params![office.0, person.0, limit(most)],
            stored,
        )?;
        self.open_files(office, &rows)
    }

    fn list_files_about(&mut self, office: OfficeId, about: i64, most: usize) -> Result<Vec<FileRow>, Fault> {
        let rows = self.list(
            "SELECT file_id, person_id, about_id, state, came_at, due_at, attempts, ends_at, parts, content
             FROM file
             WHERE office_id = ?1 AND about_id = ?2
             ORDER BY file_id
             LIMIT ?3",
            params![office.0, about, limit(most)],
            stored,
        )?;
        self.open_files(office, &rows)
    }

    fn put_file_part(
        &mut self,
        office: OfficeId,
        person: PersonId,
        id: FileId,
        part: u32,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let key = file_part_key(id, part);
        let sealed = self.seal_bytes(place(office, person, &key, FILE_PART_CONTENT), bytes)?;
        self.run(
            "INSERT INTO file_part (office_id, file_id, place, content)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (office_id, file_id, place) DO UPDATE SET content = excluded.content",
            params![office.0, id.0, i64::from(part), sealed],
        )?;
        Ok(())
    }

    fn find_file_part(
        &mut self,
        office: OfficeId,
        person: PersonId,
        id: FileId,
        part: u32,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let sealed: Option<Vec<u8>> = self.find(
            "SELECT content
             FROM file_part
             WHERE office_id = ?1 AND file_id = ?2 AND place = ?3",
            params![office.0, id.0, i64::from(part)],
            |row| row.get(0),
        )?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let key = file_part_key(id, part);
        self.open_kept_bytes(place(office, person, &key, FILE_PART_CONTENT), &sealed)
    }

    fn delete_file(&mut self, office: OfficeId, id: FileId) -> Result<bool, Fault> {
        self.run(
            "DELETE FROM file_part WHERE office_id = ?1 AND file_id = ?2",
            params![office.0, id.0],
        )?;
        let deleted = self.run(
            "DELETE FROM file WHERE office_id = ?1 AND file_id = ?2",
            params![office.0, id.0],
        )?;
        Ok(deleted > 0)
    }
}
