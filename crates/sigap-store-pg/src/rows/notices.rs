//! Notices on PostgreSQL.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{HeldNotice, PlanRow, TemplateRow};
use sigap_store::stored::{HELD_CONTENT, StoredTemplate, json_of, notice_plan, notice_template};
use sigap_store::tx::Notices;
use tokio_postgres::{Error, Row};

use crate::transaction::{PgTx, count, from_row, limit, place, to_row};

fn stored(row: &Row) -> Result<StoredTemplate, Error> {
    Ok(StoredTemplate {
        account: row.try_get(0)?,
        name: row.try_get(1)?,
        language: row.try_get(2)?,
        revision: row.try_get(3)?,
        facts: row.try_get(4)?,
    })
}

impl Notices for PgTx<'_> {
    fn save_template(&mut self, office: OfficeId, row: &TemplateRow) -> Result<bool, Fault> {
        let saved = self.run(
            "INSERT INTO notice_template (office_id, account, name, language, revision, facts)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (office_id, account, name, language) DO UPDATE
             SET revision = excluded.revision, facts = excluded.facts
             WHERE notice_template.revision = excluded.revision - 1",
            &[
                &office.0,
                &row.account,
                &row.name,
                &row.language,
                &row.revision,
                &json_of(&row.facts)?,
            ],
        )?;
        Ok(saved > 0)
    }

    fn find_template(
        &mut self,
        office: OfficeId,
        account: &str,
        name: &str,
        language: &str,
    ) -> Result<Option<TemplateRow>, Fault> {
        let found = self.find(
            "SELECT account, name, language, revision, facts
             FROM notice_template
             WHERE office_id = $1 AND account = $2 AND name = $3 AND language = $4",
            &[&office.0, &account, &name, &language],
            stored,
        )?;
        found.map(notice_template).transpose()
    }

    fn list_templates(&mut self, office: OfficeId, most: usize) -> Result<Vec<TemplateRow>, Fault> {
        let rows = self.list(
            "SELECT account, name, language, revision, facts
             FROM notice_template
             WHERE office_id = $1
             ORDER BY account, name, language
             LIMIT $2",
            &[&office.0, &limit(most)],
            stored,
        )?;
        rows.into_iter().map(notice_template).collect()
    }

    fn save_notice_plan(&mut self, office: OfficeId, row: &PlanRow) -> Result<bool, Fault> {
        let saved = self.run(
            "INSERT INTO notice_plan (office_id, revision, plan)
             VALUES ($1, $2, $3)
             ON CONFLICT (office_id) DO UPDATE
             SET revision = excluded.revision, plan = excluded.plan
             WHERE notice_plan.revision = excluded.revision - 1",
            &[&office.0, &row.revision, &json_of(&row.plan)?],
        )?;
        Ok(saved > 0)
    }

    fn find_notice_plan(&mut self, office: OfficeId) -> Result<Option<PlanRow>, Fault> {
        let found = self.find(
            "SELECT revision, plan FROM notice_plan WHERE office_id = $1",
            &[&office.0],
            |row| Ok((row.try_get(0)?, row.try_get::<_, String>(1)?)),
        )?;
        found.map(|(revision, plan)| notice_plan(revision, &plan)).transpose()
    }

    fn count_notice(&mut self, office: OfficeId, month: &str, notice: &str, outcome: &str) -> Result<u64, Fault> {
        let counted = self.written(
            "INSERT INTO notice_count (office_id, month, notice, outcome, notices)
             VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT (office_id, month, notice, outcome) DO UPDATE SET notices = notice_count.notices + 1
             RETURNING notices",
            &[&office.0, &month, &notice, &outcome],
        )?;
        Ok(count(counted))
    }

    fn list_notice_counts(
        &mut self,
        office: OfficeId,
        month: &str,
        most: usize,
    ) -> Result<Vec<(String, String, u64)>, Fault> {
        self.list(
            "SELECT notice, outcome, notices
             FROM notice_count
             WHERE office_id = $1 AND month = $2
             ORDER BY notice, outcome
             LIMIT $3",
            &[&office.0, &month, &limit(most)],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, count(row.try_get(2)?))),
        )
    }

    fn insert_held_notice(&mut self, office: OfficeId, held: &HeldNotice) -> Result<(), Fault> {
        let at = held.id.to_be_bytes();
        let sealed = self.seal(place(office, held.person, &at, HELD_CONTENT), &held.content)?;
        self.run(
            "INSERT INTO held_notice (office_id, due_at, held_id, person_id, content)
             VALUES ($1, $2, $3, $4, $5)",
            &[&office.0, &to_row(held.due_at), &held.id, &held.person.0, &sealed],
        )?;
        Ok(())
    }

    fn take_held_notices(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<Vec<HeldNotice>, Fault> {
        let due = self.list(
            "SELECT due_at, held_id, person_id, content
             FROM held_notice
             WHERE office_id = $1 AND due_at <= $2
             ORDER BY due_at, held_id
             LIMIT $3",
            &[&office.0, &to_row(now), &limit(most)],
            |row| {
                Ok((
                    row.try_get::<_, i64>(0)?,
                    row.try_get::<_, i64>(1)?,
                    PersonId(row.try_get(2)?),
                    row.try_get::<_, Vec<u8>>(3)?,
                ))
            },
        )?;
        let mut taken = Vec::with_capacity(due.len());
        for (due_at, id, person, sealed) in due {
            self.run(
                "DELETE FROM held_notice WHERE office_id = $1 AND due_at = $2 AND held_id = $3",
                &[&office.0, &due_at, &id],
            )?;
            match self.open(place(office, person, &id.to_be_bytes(), HELD_CONTENT), &sealed) {
                Ok(content) => taken.push(HeldNotice {
                    id,
                    due_at: from_row(due_at),
                    person,
                    content,
                }),
                Err(Fault::Sealed { .. } | Fault::Unreadable(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(taken)
    }
}
