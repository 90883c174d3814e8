//! Citizens' browsers on SQLite.

use rusqlite::params;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{BrowserLine, BrowserRow};
use sigap_store::stored::{
    BROWSER_CODE, BROWSER_CONTENT, BROWSER_TOKEN, LINE_CONTENT, StoredBrowser, StoredLine, browser, line,
};
use sigap_store::tx::Browsers;

use crate::transaction::{SqliteTx, limit, place, to_row};

impl SqliteTx<'_> {
    fn open_browser(&mut self, office: OfficeId, found: &StoredBrowser) -> Result<BrowserRow, Fault> {
        let place = place(office, PersonId(found.person), &[], BROWSER_CONTENT);
        let content = self.open_or_default(place, &found.content)?;
        Ok(browser(found, content))
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredBrowser> {
    Ok(StoredBrowser {
        person: row.get(0)?,
        proven: row.get(1)?,
        proven_at: row.get(2)?,
        made_at: row.get(3)?,
        expires_at: row.get(4)?,
        content: row.get(5)?,
    })
}

impl Browsers for SqliteTx<'_> {
    fn insert_browser(&mut self, office: OfficeId, token: &str, row: &BrowserRow) -> Result<(), Fault> {
        let token = self.blind(BROWSER_TOKEN, token);
        let code = row.content.code.as_ref().map(|code| self.blind(BROWSER_CODE, code));
        let sealed = self.seal(place(office, row.person, &[], BROWSER_CONTENT), &row.content)?;
        self.run(
            "INSERT INTO browser (office_id, person_id, token_key, code_key, proven_id, proven_at, made_at, expires_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                office.0,
                row.person.0,
                token,
                code,
                row.proven.map(|proven| proven.0),
                row.proven_at.map(to_row),
                to_row(row.made_at),
                to_row(row.expires_at),
                sealed
            ],
        )?;
        Ok(())
    }

    fn find_browser(&mut self, office: OfficeId, token: &str) -> Result<Option<BrowserRow>, Fault> {
        let token = self.blind(BROWSER_TOKEN, token);
        let found = self.find(
            "SELECT person_id, proven_id, proven_at, made_at, expires_at, content
             FROM browser
             WHERE office_id = ?1 AND token_key = ?2",
            params![office.0, token],
            stored,
        )?;
        found.map(|found| self.open_browser(office, &found)).transpose()
    }

    fn find_browser_of(&mut self, office: OfficeId, person: PersonId) -> Result<Option<BrowserRow>, Fault> {
        let found = self.find(
            "SELECT person_id, proven_id, proven_at, made_at, expires_at, content
             FROM browser
             WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
            stored,
        )?;
        found.map(|found| self.open_browser(office, &found)).transpose()
    }

    fn find_browser_by_code(&mut self, office: OfficeId, code: &str) -> Result<Option<BrowserRow>, Fault> {
        let code = self.blind(BROWSER_CODE, code);
        let found = self.find(
            "SELECT person_id, proven_id, proven_at, made_at, expires_at, content
             FROM browser
             WHERE office_id = ?1 AND code_key = ?2",
            params![office.0, code],
            stored,
        )?;
        found.map(|found| self.open_browser(office, &found)).transpose()
    }

    fn change_browser(&mut self, office: OfficeId, row: &BrowserRow) -> Result<bool, Fault> {
        let code = row.content.code.as_ref().map(|code| self.blind(BROWSER_CODE, code));
        let sealed = self.seal(place(office, row.person, &[], BROWSER_CONTENT), &row.content)?;
        let changed = self.run(
            "UPDATE browser SET code_key = ?3, proven_id = ?4, proven_at = ?5, expires_at = ?6, content = ?7
             WHERE office_id = ?1 AND person_id = ?2",
            params![
                office.0,
                row.person.0,
                code,
                row.proven.map(|proven| proven.0),
                row.proven_at.map(to_row),
                to_row(row.expires_at),
                sealed
            ],
        )?;
        Ok(changed > 0)
    }

    fn delete_browser(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault> {
        self.run(
            "DELETE FROM browser_line WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
        )?;
        let changed = self.run(
            "DELETE FROM browser WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
        )?;
        Ok(changed > 0)
    }

    fn list_browsers(&mut self, office: OfficeId, proven: PersonId, most: usize) -> Result<Vec<BrowserRow>, Fault> {
        let rows = self.list(
            "SELECT person_id, proven_id, proven_at, made_at, expires_at, content
             FROM browser
             WHERE office_id = ?1 AND proven_id = ?2
             ORDER BY person_id
             LIMIT ?3",
            params![office.0, proven.0, limit(most)],
            stored,
        )?;
        rows.iter().map(|found| self.open_browser(office, found)).collect()
    }

    fn insert_line(&mut self, office: OfficeId, browser: PersonId, line: &BrowserLine) -> Result<(), Fault> {
        let at = line.id.to_be_bytes();
        let sealed = self.seal(place(office, browser, &at, LINE_CONTENT), &line.content)?;
        self.run(
            "INSERT INTO browser_line (office_id, person_id, line_id, said_at, is_ours, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                office.0,
                browser.0,
                line.id,
                to_row(line.said_at),
                i64::from(line.is_ours),
                sealed
            ],
        )?;
        Ok(())
    }

    fn list_lines(
        &mut self,
        office: OfficeId,
        browser: PersonId,
        after: i64,
        most: usize,
    ) -> Result<Vec<BrowserLine>, Fault> {
        let mut rows: Vec<StoredLine> = self.list(
            "SELECT line_id, said_at, is_ours, content
             FROM browser_line
             WHERE office_id = ?1 AND person_id = ?2 AND line_id > ?3
             ORDER BY line_id DESC
             LIMIT ?4",
            params![office.0, browser.0, after, limit(most)],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        rows.reverse();
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let at = row.0.to_be_bytes();
            // Written for somebody who was erased: without content.
            if let Some(content) = self.open_kept(place(office, browser, &at, LINE_CONTENT), &row.3)? {
                lines.push(line(row, content));
            }
        }
        Ok(lines)
    }
}
