//! Which processes are there, on SQLite.

use rusqlite::params;
use sigap_core::ids::ProcessId;
use sigap_store::Fault;
use sigap_store::tx::Processes;

use crate::transaction::{SqliteTx, limit};

impl Processes for SqliteTx<'_> {
    fn beat(&mut self, process: ProcessId, beats: u64) -> Result<(), Fault> {
        self.run(
            "INSERT INTO process (process_id, beats)
             VALUES (?1, ?2)
             ON CONFLICT (process_id) DO UPDATE SET beats = excluded.beats",
            params![process.0, beats],
        )?;
        Ok(())
    }

    fn list_processes(&mut self, most: usize) -> Result<Vec<(ProcessId, u64)>, Fault> {
        self.list(
            "SELECT process_id, beats
             FROM process
             ORDER BY process_id
             LIMIT ?1",
            params![limit(most)],
            |row| Ok((ProcessId(row.get(0)?), row.get(1)?)),
        )
    }

    fn forget_process(&mut self, process: ProcessId) -> Result<(), Fault> {
        self.run("DELETE FROM process WHERE process_id = ?1", params![process.0])?;
        Ok(())
    }
}
