//! Uploaded reports on SQLite.

use rusqlite::params;
use sigap_core::ids::{OfficeId, UploadId};
use sigap_store::Fault;
use sigap_store::records::{UploadPart, UploadRow, UploadState};
use sigap_store::stored::{OFFICE_ITSELF, StoredUpload, UPLOAD_CONTENT, UPLOAD_PART_CONTENT, upload, upload_part_key};
use sigap_store::tx::Reports;

use crate::transaction::{SqliteTx, limit, place, to_row};

impl SqliteTx<'_> {
    fn seal_upload(&mut self, office: OfficeId, row: &UploadRow) -> Result<Vec<u8>, Fault> {
        let key = row.id.0.to_be_bytes();
        self.seal(place(office, OFFICE_ITSELF, &key, UPLOAD_CONTENT), &row.content)
    }

    fn open_upload(&mut self, office: OfficeId, found: StoredUpload) -> Result<UploadRow, Fault> {
        let key = found.id.to_be_bytes();
        let content = self.open(place(office, OFFICE_ITSELF, &key, UPLOAD_CONTENT), &found.content)?;
        upload(found, content)
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredUpload> {
    Ok(StoredUpload {
        id: row.get(0)?,
        staff: row.get(1)?,
        state: row.get(2)?,
        made_at: row.get(3)?,
        ends_at: row.get(4)?,
        parts: row.get(5)?,
        done: row.get(6)?,
        content: row.get(7)?,
    })
}

impl Reports for SqliteTx<'_> {
    fn insert_upload(&mut self, office: OfficeId, row: &UploadRow) -> Result<(), Fault> {
        let sealed = self.seal_upload(office, row)?;
        self.run(
            "INSERT INTO upload (
                 office_id, upload_id, staff_id, state, made_at, ends_at, parts, done, content
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                office.0,
                row.id.0,
                row.staff.0,
                row.state.name(),
                to_row(row.made_at),
                to_row(row.ends_at),
                i64::from(row.parts),
                i64::from(row.done),
                sealed
            ],
        )?;
        Ok(())
    }

    fn insert_upload_part(
        &mut self,
        office: OfficeId,
        id: UploadId,
        part: u32,
        rows: &UploadPart,
    ) -> Result<(), Fault> {
        let key = upload_part_key(id, part);
        let sealed = self.seal(place(office, OFFICE_ITSELF, &key, UPLOAD_PART_CONTENT), rows)?;
        self.run(
            "INSERT INTO upload_part (office_id, upload_id, place, content)
             VALUES (?1, ?2, ?3, ?4)",
            params![office.0, id.0, i64::from(part), sealed],
        )?;
        Ok(())
    }

    fn find_upload(&mut self, office: OfficeId, id: UploadId) -> Result<Option<UploadRow>, Fault> {
        let found = self.find(
            "SELECT upload_id, staff_id, state, made_at, ends_at, parts, done, content
             FROM upload
             WHERE office_id = ?1 AND upload_id = ?2",
            params![office.0, id.0],
            stored,
        )?;
        found.map(|found| self.open_upload(office, found)).transpose()
    }

    fn replace_upload(&mut self, office: OfficeId, expected: UploadState, row: &UploadRow) -> Result<bool, Fault> {
        let sealed = self.seal_upload(office, row)?;
        let changed = self.run(
            "UPDATE upload
             SET state = ?3, ends_at = ?4, parts = ?5, done = ?6, content = ?7
             WHERE office_id = ?1 AND upload_id = ?2 AND state = ?8",
            params![
                office.0,
                row.id.0,
                row.state.name(),
                to_row(row.ends_at),
                i64::from(row.parts),
                i64::from(row.done),
                sealed,
                expected.name()
            ],
        )?;
        Ok(changed > 0)
    }

    fn take_upload_part(&mut self, office: OfficeId, id: UploadId, part: u32) -> Result<Option<UploadPart>, Fault> {
        let sealed: Option<Vec<u8>> = self.find(
            "DELETE FROM upload_part
             WHERE office_id = ?1 AND upload_id = ?2 AND place = ?3
             RETURNING content",
            params![office.0, id.0, i64::from(part)],
            |row| row.get(0),
        )?;
        let key = upload_part_key(id, part);
        sealed
            .map(|sealed| self.open(place(office, OFFICE_ITSELF, &key, UPLOAD_PART_CONTENT), &sealed))
            .transpose()
    }

    fn list_uploads(&mut self, office: OfficeId, most: usize) -> Result<Vec<UploadRow>, Fault> {
        let rows = self.list(
            "SELECT upload_id, staff_id, state, made_at, ends_at, parts, done, content
             FROM upload
             WHERE office_id = ?1
             ORDER BY upload_id DESC
             LIMIT ?2",
            params![office.0, limit(most)],
            stored,
        )?;
        rows.into_iter().map(|found| self.open_upload(office, found)).collect()
    }

    fn delete_upload(&mut self, office: OfficeId, id: UploadId) -> Result<bool, Fault> {
        self.run(
            "DELETE FROM upload_part WHERE office_id = ?1 AND upload_id = ?2",
            params![office.0, id.0],
        )?;
        let deleted = self.run(
            "DELETE FROM upload WHERE office_id = ?1 AND upload_id = ?2",
            params![office.0, id.0],
        )?;
        Ok(deleted > 0)
    }
}
