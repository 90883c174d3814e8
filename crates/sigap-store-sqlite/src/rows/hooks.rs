//! Partners' addresses and the calls owed to them on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::ids::{HookId, OfficeId};
use sigap_store::Fault;
use sigap_store::records::{HookCall, HookRow};
use sigap_store::stored::{HOOK_CONTENT, OFFICE_ITSELF, StoredHook, StoredHookCall, hook, hook_call};
use sigap_store::tx::Hooks;

use crate::transaction::{SqliteTx, limit, place, to_row};

impl SqliteTx<'_> {
    fn open_hook(&mut self, office: OfficeId, found: StoredHook) -> Result<HookRow, Fault> {
        let at = found.id.to_be_bytes();
        let content = self.open(place(office, OFFICE_ITSELF, &at, HOOK_CONTENT), &found.content)?;
        Ok(hook(found, content))
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredHook> {
    Ok(StoredHook {
        id: row.get(0)?,
        events: row.get(1)?,
        made_at: row.get(2)?,
        heard_at: row.get(3)?,
        failed_at: row.get(4)?,
        failure: row.get(5)?,
        stopped_at: row.get(6)?,
        content: row.get(7)?,
    })
}

fn stored_call(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredHookCall> {
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

impl Hooks for SqliteTx<'_> {
    fn insert_hook(&mut self, office: OfficeId, row: &HookRow) -> Result<(), Fault> {
        let at = row.id.0.to_be_bytes();
        let sealed = self.seal(place(office, OFFICE_ITSELF, &at, HOOK_CONTENT), &row.content)?;
        self.run(
            "INSERT INTO hook (office_id, hook_id, events, made_at, heard_at, failed_at, failure, stopped_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                office.0,
                row.id.0,
                row.events,
                to_row(row.made_at),
                row.heard_at.map(to_row),
                row.failed_at.map(to_row),
                row.failure,
                row.stopped_at.map(to_row),
                sealed
            ],
        )?;
        Ok(())
    }

    fn list_hooks(&mut self, office: OfficeId, most: usize) -> Result<Vec<HookRow>, Fault> {
        let rows = self.list(
            "SELECT hook_id, events, made_at, heard_at, failed_at, failure, stopped_at, content
             FROM hook
             WHERE office_id = ?1
             ORDER BY hook_id
             LIMIT ?2",
            params![office.0, limit(most)],
            stored,
        )?;
        rows.into_iter().map(|row| self.open_hook(office, row)).collect()
    }

    fn change_hook(&mut self, office: OfficeId, row: &HookRow) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE hook
             SET heard_at = ?3, failed_at = ?4, failure = ?5, stopped_at = ?6
             WHERE office_id = ?1 AND hook_id = ?2",
            params![
                office.0,
                row.id.0,
                row.heard_at.map(to_row),
                row.failed_at.map(to_row),
                row.failure,
                row.stopped_at.map(to_row)
            ],
        )?;
        Ok(changed > 0)
    }

    fn delete_hook(&mut self, office: OfficeId, id: HookId) -> Result<bool, Fault> {
        let changed = self.run(
            "DELETE FROM hook WHERE office_id = ?1 AND hook_id = ?2",
            params![office.0, id.0],
        )?;
        Ok(changed > 0)
    }

    fn insert_hook_call(&mut self, office: OfficeId, call: &HookCall) -> Result<(), Fault> {
        self.run(
            "INSERT INTO hook_call (office_id, call_id, hook_id, event, made_at, due_at, attempts, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                office.0,
                call.id,
                call.hook.0,
                call.event,
                to_row(call.made_at),
                to_row(call.due_at),
                call.attempts,
                call.body
            ],
        )?;
        Ok(())
    }

    fn claim_hook_calls(
        &mut self,
        office: OfficeId,
        now: Timestamp,
        until: Timestamp,
        most: usize,
    ) -> Result<Vec<HookCall>, Fault> {
        let due = self.list(
            "SELECT call_id, hook_id, event, made_at, due_at, attempts, body
             FROM hook_call
             WHERE office_id = ?1 AND due_at <= ?2
             ORDER BY due_at, call_id
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            stored_call,
        )?;
        let mut claimed = Vec::new();
        for row in due {
            let mut call = hook_call(row)?;
            // Whoever put it off first has it.
            let changed = self.run(
                "UPDATE hook_call SET due_at = ?4, attempts = attempts + 1
                 WHERE office_id = ?1 AND call_id = ?2 AND due_at = ?3",
                params![office.0, call.id, to_row(call.due_at), to_row(until)],
            )?;
            if changed > 0 {
                call.attempts += 1;
                call.due_at = until;
                claimed.push(call);
            }
        }
        Ok(claimed)
    }

    fn postpone_hook_call(&mut self, office: OfficeId, id: i64, due_at: Timestamp) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE hook_call SET due_at = ?3 WHERE office_id = ?1 AND call_id = ?2",
            params![office.0, id, to_row(due_at)],
        )?;
        Ok(changed > 0)
    }

    fn delete_hook_call(&mut self, office: OfficeId, id: i64) -> Result<bool, Fault> {
        let changed = self.run(
            "DELETE FROM hook_call WHERE office_id = ?1 AND call_id = ?2",
            params![office.0, id],
        )?;
        Ok(changed > 0)
    }

    fn count_hook_calls(&mut self, office: OfficeId) -> Result<u64, Fault> {
        self.value("SELECT COUNT(*) FROM hook_call WHERE office_id = ?1", params![office.0])
    }
}
