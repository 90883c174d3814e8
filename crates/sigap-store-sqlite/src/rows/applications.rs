//! Applications, bindings, slip codes and guess counters on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::application::Application;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{GuessKind, ImportRun};
use sigap_store::sealing::BlindIndex;
use sigap_store::stored::{IMPORT_FILE, StoredImport, import};
use sigap_store::tx::Applications;

use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

const CONTENT: &str = "application.content";
const SLIP_NUMBER: &str = "slip_code.number_content";
const BOUND_NUMBER: &str = "binding.number_content";

impl SqliteTx<'_> {
    pub(super) fn number_key(&self, number: &ApplicationNumber) -> BlindIndex {
        self.blind("application.number", number.as_str())
    }

    /// The key holder of an application: an id of its own, since the applicant may never write to us.
    fn find_holder(&self, office: OfficeId, key: &BlindIndex) -> Result<Option<PersonId>, Fault> {
        self.find(
            "SELECT person_id FROM application WHERE office_id = ?1 AND number_key = ?2",
            params![office.0, key],
            |row| row.get(0).map(PersonId),
        )
    }
}

impl Applications for SqliteTx<'_> {
    fn find_application(&mut self, office: OfficeId, number: &ApplicationNumber) -> Result<Option<Application>, Fault> {
        let key = self.number_key(number);
        let row: Option<(i64, Vec<u8>)> = self.find(
            "SELECT person_id, content FROM application WHERE office_id = ?1 AND number_key = ?2",
            params![office.0, key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        row.map(|(holder, content)| self.open(place(office, PersonId(holder), &key, CONTENT), &content))
            .transpose()
    }

    fn save_application(&mut self, application: &Application, new_id: PersonId) -> Result<(), Fault> {
        let office = application.office;
        let key = self.number_key(&application.number);
        let holder = self.find_holder(office, &key)?.unwrap_or(new_id);
        let sealed = self.seal(place(office, holder, &key, CONTENT), application)?;
        self.run(
            "INSERT INTO application (office_id, number_key, person_id, stage, updated_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (office_id, number_key) DO UPDATE
             SET stage = excluded.stage, updated_at = excluded.updated_at, content = excluded.content",
            params![
                office.0,
                key,
                holder.0,
                application.stage.name(),
                to_row(application.updated_at),
                sealed
            ],
        )?;
        Ok(())
    }

    fn place_application(&mut self, number: &ApplicationNumber, office: OfficeId) -> Result<(), Fault> {
        let key = self.number_key(number);
        self.run(
            "INSERT INTO application_place (number_key, office_id)
             VALUES (?1, ?2)
             ON CONFLICT (number_key) DO NOTHING",
            params![key, office.0],
        )?;
        Ok(())
    }

    fn find_place(&mut self, number: &ApplicationNumber) -> Result<Option<OfficeId>, Fault> {
        let key = self.number_key(number);
        self.find(
            "SELECT office_id FROM application_place WHERE number_key = ?1",
            params![key],
            |row| row.get(0).map(OfficeId),
        )
    }

    fn count_applications(&mut self, office: OfficeId) -> Result<u64, Fault> {
        self.value(
            "SELECT COUNT(*) FROM application WHERE office_id = ?1",
            params![office.0],
        )
    }

    fn insert_import(&mut self, office: OfficeId, run: &ImportRun, fingerprint: &str) -> Result<(), Fault> {
        let file = (!fingerprint.is_empty()).then(|| self.blind(IMPORT_FILE, fingerprint));
        let [new, moved, unchanged, refused] = run.counts;
        self.run(
            "INSERT INTO import_run (
                 office_id, import_id, report, imported_at, rows_new, rows_moved, rows_unchanged, rows_refused,
                 actor, newest_on, file_key
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                office.0,
                run.id,
                run.report,
                to_row(run.at),
                new,
                moved,
                unchanged,
                refused,
                run.actor,
                run.newest_on.map(|day| day.to_string()),
                file
            ],
        )?;
        Ok(())
    }

    fn list_imports(&mut self, office: OfficeId, most: usize) -> Result<Vec<ImportRun>, Fault> {
        let rows = self.list(
            "SELECT import_id, report, imported_at, rows_new, rows_moved, rows_unchanged, rows_refused, actor, newest_on
             FROM import_run
             WHERE office_id = ?1
             ORDER BY import_id DESC
             LIMIT ?2",
            params![office.0, limit(most)],
            |row| {
                Ok(StoredImport {
                    id: row.get(0)?,
                    report: row.get(1)?,
                    at: row.get(2)?,
                    counts: [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?],
                    actor: row.get(7)?,
                    newest_on: row.get(8)?,
                })
            },
        )?;
        rows.into_iter().map(import).collect()
    }

    fn has_imported(&mut self, office: OfficeId, fingerprint: &str) -> Result<bool, Fault> {
        let file = self.blind(IMPORT_FILE, fingerprint);
        let found = self.find(
            "SELECT 1 FROM import_run WHERE office_id = ?1 AND file_key = ?2 LIMIT 1",
            params![office.0, file],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn find_last_import(&mut self, office: OfficeId) -> Result<Option<Timestamp>, Fault> {
        let at: Option<i64> = self.value(
            "SELECT MAX(imported_at) FROM import_run WHERE office_id = ?1",
            params![office.0],
        )?;
        Ok(at.map(from_row))
    }

    fn insert_slip_code(
        &mut self,
        office: OfficeId,
        code: &str,
        number: &ApplicationNumber,
        expires_at: Timestamp,
    ) -> Result<(), Fault> {
        let holder = self
            .find_holder(office, &self.number_key(number))?
            .ok_or_else(|| Fault::Broken("a slip code needs an application on file".into()))?;
        let code_key = self.blind("slip_code.code", code);
        let sealed = self.seal(place(office, holder, &code_key, SLIP_NUMBER), number)?;
        self.run(
            "INSERT INTO slip_code (office_id, code_key, number_content, person_id, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![office.0, code_key, sealed, holder.0, to_row(expires_at)],
        )?;
        Ok(())
    }

    fn use_slip_code(
        &mut self,
        office: OfficeId,
        code: &str,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Option<ApplicationNumber>, Fault> {
        let code_key = self.blind("slip_code.code", code);
        let used = self.run(
            "UPDATE slip_code SET used_at = ?3, used_by = ?4
             WHERE office_id = ?1 AND code_key = ?2 AND used_at IS NULL AND expires_at > ?3",
            params![office.0, code_key, to_row(now), person.0],
        )?;
        if used == 0 {
            return Ok(None);
        }
        let row: Option<(i64, Vec<u8>)> = self.find(
            "SELECT person_id, number_content FROM slip_code WHERE office_id = ?1 AND code_key = ?2",
            params![office.0, code_key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        row.map(|(holder, sealed)| self.open(place(office, PersonId(holder), &code_key, SLIP_NUMBER), &sealed))
            .transpose()
    }

    fn bind_person(
        &mut self,
        office: OfficeId,
        person: PersonId,
        number: &ApplicationNumber,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let key = self.number_key(number);
        let sealed = self.seal(place(office, person, &key, BOUND_NUMBER), number)?;
        self.run(
            "INSERT INTO binding (office_id, person_id, number_key, bound_at, number_content)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (office_id, person_id, number_key) DO UPDATE SET bound_at = excluded.bound_at",
            params![office.0, person.0, key, to_row(now), sealed],
        )?;
        Ok(())
    }

    fn is_bound(&mut self, office: OfficeId, person: PersonId, number: &ApplicationNumber) -> Result<bool, Fault> {
        let key = self.number_key(number);
        let found = self.find(
            "SELECT 1 FROM binding WHERE office_id = ?1 AND person_id = ?2 AND number_key = ?3",
            params![office.0, person.0, key],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn find_bound(&mut self, office: OfficeId, person: PersonId) -> Result<Option<ApplicationNumber>, Fault> {
        let row: Option<(BlindIndex, Vec<u8>)> = self.find(
            "SELECT number_key, number_content
             FROM binding
             WHERE office_id = ?1 AND person_id = ?2
             ORDER BY bound_at DESC, number_key
             LIMIT 1",
            params![office.0, person.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        match row {
            Some((key, sealed)) => self.open_kept(place(office, person, &key, BOUND_NUMBER), &sealed),
            None => Ok(None),
        }
    }

    fn count_guess(
        &mut self,
        office: OfficeId,
        kind: GuessKind,
        subject: &str,
        detail: &str,
        day: i32,
    ) -> Result<(), Fault> {
        let subject_key = self.blind("guess.subject", subject);
        let detail_key = self.blind("guess.detail", detail);
        self.run(
            "INSERT INTO guess (office_id, kind, subject_key, day, detail_key, tries)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)
             ON CONFLICT (office_id, kind, subject_key, day, detail_key) DO UPDATE SET tries = tries + 1",
            params![office.0, kind.name(), subject_key, day, detail_key],
        )?;
        Ok(())
    }

    fn sum_guesses(
        &mut self,
        office: OfficeId,
        kind: GuessKind,
        subject: &str,
        since: i32,
    ) -> Result<(u32, u32), Fault> {
        let subject_key = self.blind("guess.subject", subject);
        let sums = self.find(
            "SELECT COUNT(DISTINCT detail_key), COALESCE(SUM(tries), 0)
             FROM guess
             WHERE office_id = ?1 AND kind = ?2 AND subject_key = ?3 AND day >= ?4",
            params![office.0, kind.name(), subject_key, since],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(sums.unwrap_or_default())
    }
}
