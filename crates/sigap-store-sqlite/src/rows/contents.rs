//! Versions of content and conversations that try them on SQLite.

use rusqlite::params;
use sigap_core::ids::{ContentScriptId, ContentVersionId, OfficeId};
use sigap_store::Fault;
use sigap_store::records::{ContentScriptRow, ContentVersionHead, ContentVersionRow};
use sigap_store::stored::{StoredScript, StoredVersion, edition, script, version};
use sigap_store::tx::Contents;

use crate::transaction::{SqliteTx, limit, to_row};

fn head(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredVersion> {
    Ok(StoredVersion {
        id: row.get(0)?,
        state: row.get(1)?,
        edition: row.get(2)?,
        revision: row.get(3)?,
        author: row.get(4)?,
        approver: row.get(5)?,
        made_at: row.get(6)?,
        changed_at: row.get(7)?,
        published_at: row.get(8)?,
        base: row.get(9)?,
    })
}

fn stored_script(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredScript> {
    Ok(StoredScript {
        id: row.get(0)?,
        revision: row.get(1)?,
        author: row.get(2)?,
        changed_at: row.get(3)?,
        content: row.get(4)?,
    })
}

fn whole(found: Option<(StoredVersion, String)>) -> Result<Option<ContentVersionRow>, Fault> {
    found
        .map(|(head, content)| {
            Ok(ContentVersionRow {
                head: version(head)?,
                content,
            })
        })
        .transpose()
}

impl Contents for SqliteTx<'_> {
    fn insert_content_version(&mut self, office: OfficeId, row: &ContentVersionRow) -> Result<(), Fault> {
        let head = &row.head;
        self.run(
            "INSERT INTO content_version (
                 office_id, version_id, state, edition, revision, author_id, approver_id, made_at, changed_at, published_at, base, content
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![office.0, head.id.0, head.state.name(), head.edition.map(i64::from), i64::from(head.revision), head.author.0, head.approver.map(|staff| staff.0), to_row(head.made_at), to_row(head.changed_at), head.published_at.map(to_row), head.base, row.content],
        )?;
        Ok(())
    }

    fn find_content_version(
        &mut self,
        office: OfficeId,
        id: ContentVersionId,
    ) -> Result<Option<ContentVersionRow>, Fault> {
        let found = self.find(
            "SELECT version_id, state, edition, revision, author_id, approver_id, made_at, changed_at, published_at, base, content
             FROM content_version
             WHERE office_id = ?1 AND version_id = ?2",
            params![office.0, id.0],
            |row| Ok((head(row)?, row.get(10)?)),
        )?;
        whole(found)
    }

    fn find_content_pending(&mut self, office: OfficeId) -> Result<Option<ContentVersionRow>, Fault> {
        let found = self.find(
            "SELECT version_id, state, edition, revision, author_id, approver_id, made_at, changed_at, published_at, base, content
             FROM content_version
             WHERE office_id = ?1 AND state IN ('draft', 'submitted')
             ORDER BY version_id DESC
             LIMIT 1",
            params![office.0],
            |row| Ok((head(row)?, row.get(10)?)),
        )?;
        whole(found)
    }

    fn find_content_published(&mut self, office: OfficeId) -> Result<Option<ContentVersionRow>, Fault> {
        let found = self.find(
            "SELECT version_id, state, edition, revision, author_id, approver_id, made_at, changed_at, published_at, base, content
             FROM content_version
             WHERE office_id = ?1 AND edition IS NOT NULL
             ORDER BY edition DESC
             LIMIT 1",
            params![office.0],
            |row| Ok((head(row)?, row.get(10)?)),
        )?;
        whole(found)
    }

    fn find_content_edition(&mut self, office: OfficeId) -> Result<Option<u32>, Fault> {
        let found = self.find(
            "SELECT edition
             FROM content_version
             WHERE office_id = ?1 AND edition IS NOT NULL
             ORDER BY edition DESC
             LIMIT 1",
            params![office.0],
            |row| row.get::<_, i64>(0),
        )?;
        found.map(edition).transpose()
    }

    fn list_content_versions(&mut self, office: OfficeId, most: usize) -> Result<Vec<ContentVersionHead>, Fault> {
        let rows = self.list(
            "SELECT version_id, state, edition, revision, author_id, approver_id, made_at, changed_at, published_at, base
             FROM content_version
             WHERE office_id = ?1
             ORDER BY version_id DESC
             LIMIT ?2",
            params![office.0, limit(most)],
            head,
        )?;
        rows.into_iter().map(version).collect()
    }

    fn replace_content_version(
        &mut self,
        office: OfficeId,
        expected: u32,
        row: &ContentVersionRow,
    ) -> Result<bool, Fault> {
        let head = &row.head;
        let changed = self.run(
            "UPDATE content_version
             SET state = ?3, edition = ?4, revision = ?5, author_id = ?6, approver_id = ?7, changed_at = ?8,
                 published_at = ?9, base = ?10, content = ?11
             WHERE office_id = ?1 AND version_id = ?2 AND revision = ?12",
            params![
                office.0,
                head.id.0,
                head.state.name(),
                head.edition.map(i64::from),
                i64::from(head.revision),
                head.author.0,
                head.approver.map(|staff| staff.0),
                to_row(head.changed_at),
                head.published_at.map(to_row),
                head.base,
                row.content,
                i64::from(expected)
            ],
        )?;
        Ok(changed > 0)
    }

    fn insert_content_script(&mut self, office: OfficeId, row: &ContentScriptRow) -> Result<(), Fault> {
        self.run(
            "INSERT INTO content_script (office_id, script_id, revision, author_id, changed_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                office.0,
                row.id.0,
                i64::from(row.revision),
                row.author.0,
                to_row(row.changed_at),
                row.content
            ],
        )?;
        Ok(())
    }

    fn replace_content_script(
        &mut self,
        office: OfficeId,
        expected: u32,
        row: &ContentScriptRow,
    ) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE content_script
             SET revision = ?3, author_id = ?4, changed_at = ?5, content = ?6
             WHERE office_id = ?1 AND script_id = ?2 AND revision = ?7",
            params![
                office.0,
                row.id.0,
                i64::from(row.revision),
                row.author.0,
                to_row(row.changed_at),
                row.content,
                i64::from(expected)
            ],
        )?;
        Ok(changed > 0)
    }

    fn delete_content_script(&mut self, office: OfficeId, id: ContentScriptId) -> Result<bool, Fault> {
        let deleted = self.run(
            "DELETE FROM content_script WHERE office_id = ?1 AND script_id = ?2",
            params![office.0, id.0],
        )?;
        Ok(deleted > 0)
    }

    fn list_content_scripts(&mut self, office: OfficeId, most: usize) -> Result<Vec<ContentScriptRow>, Fault> {
        let rows = self.list(
            "SELECT script_id, revision, author_id, changed_at, content
             FROM content_script
             WHERE office_id = ?1
             ORDER BY script_id
             LIMIT ?2",
            params![office.0, limit(most)],
            stored_script,
        )?;
        rows.into_iter().map(script).collect()
    }
}
