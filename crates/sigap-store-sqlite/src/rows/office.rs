//! Counters, audit, paid messages and kept webhooks on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{AuditEntry, Backlog};
use sigap_store::tx::OfficeRecords;

use crate::rows::national;
use crate::transaction::{SqliteTx, from_row, limit, place, to_row};

const KEPT_CONTENT: &str = "kept_webhook.content";
/// Kept webhooks belong to no person we know: they are sealed under a key of the office itself.
const OFFICE_ITSELF: PersonId = PersonId(0);

impl OfficeRecords for SqliteTx<'_> {
    fn next_count(&mut self, office: OfficeId, counter: &str) -> Result<u64, Fault> {
        self.value(
            "INSERT INTO office_counter (office_id, name, value)
             VALUES (?1, ?2, 1)
             ON CONFLICT (office_id, name) DO UPDATE SET value = value + 1
             RETURNING value",
            params![office.0, counter],
        )
    }

    fn insert_audit(&mut self, office: OfficeId, entry: &AuditEntry) -> Result<(), Fault> {
        self.run(
            "INSERT INTO audit (office_id, audit_id, at, actor, act, subject)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                office.0,
                entry.id,
                to_row(entry.at),
                entry.actor,
                entry.act,
                entry.subject
            ],
        )?;
        Ok(())
    }

    fn list_audit(&mut self, office: OfficeId, most: usize) -> Result<Vec<AuditEntry>, Fault> {
        self.list(
            "SELECT audit_id, at, actor, act, subject
             FROM audit
             WHERE office_id = ?1
             ORDER BY audit_id DESC
             LIMIT ?2",
            params![office.0, limit(most)],
            |row| {
                Ok(AuditEntry {
                    id: row.get(0)?,
                    at: from_row(row.get(1)?),
                    actor: row.get(2)?,
                    act: row.get(3)?,
                    subject: row.get(4)?,
                })
            },
        )
    }

    fn count_delivered(&mut self, office: OfficeId, number: &str, month: &str, category: &str) -> Result<u64, Fault> {
        self.value(
            "INSERT INTO delivered_count (office_id, number, month, category, messages)
             VALUES (?1, ?2, ?3, ?4, 1)
             ON CONFLICT (office_id, number, month, category) DO UPDATE SET messages = messages + 1
             RETURNING messages",
            params![office.0, number, month, category],
        )
    }

    fn sum_delivered(&mut self, office: OfficeId, number: &str, month: &str, category: &str) -> Result<u64, Fault> {
        let sum = self.find(
            "SELECT messages
             FROM delivered_count
             WHERE office_id = ?1 AND number = ?2 AND month = ?3 AND category = ?4",
            params![office.0, number, month, category],
            |row| row.get(0),
        )?;
        Ok(sum.unwrap_or(0))
    }

    fn list_delivered(
        &mut self,
        office: OfficeId,
        month: &str,
        most: usize,
    ) -> Result<Vec<(String, String, u64)>, Fault> {
        self.list(
            "SELECT number, category, messages
             FROM delivered_count
             WHERE office_id = ?1 AND month = ?2
             ORDER BY number, category
             LIMIT ?3",
            params![office.0, month, limit(most)],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    fn keep_raw(&mut self, office: OfficeId, id: i64, reason: &str, raw: &str, now: Timestamp) -> Result<(), Fault> {
        let sealed = self.seal_bytes(
            place(office, OFFICE_ITSELF, &id.to_be_bytes(), KEPT_CONTENT),
            raw.as_bytes(),
        )?;
        self.run(
            "INSERT INTO kept_webhook (office_id, kept_id, reason, kept_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![office.0, id, reason, to_row(now), sealed],
        )?;
        Ok(())
    }

    fn count_raw(&mut self, office: OfficeId, reason: &str) -> Result<u64, Fault> {
        self.value(
            "SELECT COUNT(*) FROM kept_webhook WHERE office_id = ?1 AND reason = ?2",
            params![office.0, reason],
        )
    }

    fn find_backlog(&mut self) -> Result<Backlog, Fault> {
        let (owed, oldest_owed): (u64, Option<i64>) = self
            .find(national::OWED, [], |row| Ok((row.get(0)?, row.get(1)?)))?
            .unwrap_or_default();
        let (unsent, oldest_unsent): (u64, Option<i64>) = self
            .find(national::UNSENT, [], |row| Ok((row.get(0)?, row.get(1)?)))?
            .unwrap_or_default();
        Ok(Backlog {
            owed,
            oldest_owed_at: oldest_owed.map(from_row),
            unsent,
            oldest_unsent_at: oldest_unsent.map(from_row),
        })
    }
}
