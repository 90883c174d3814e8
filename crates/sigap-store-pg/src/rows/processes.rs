//! Which processes are there, on PostgreSQL.

use sigap_core::ids::ProcessId;
use sigap_store::Fault;
use sigap_store::tx::Processes;

use crate::transaction::{PgTx, count, limit, owned};

impl Processes for PgTx<'_> {
    fn beat(&mut self, process: ProcessId, beats: u64) -> Result<(), Fault> {
        let beats = i64::try_from(beats).unwrap_or(i64::MAX);
        self.run_later(
            "INSERT INTO process (process_id, beats)
             VALUES ($1, $2)
             ON CONFLICT (process_id) DO UPDATE SET beats = excluded.beats",
            owned![process.0, beats],
        )
    }

    fn list_processes(&mut self, most: usize) -> Result<Vec<(ProcessId, u64)>, Fault> {
        self.list(
            "SELECT process_id, beats
             FROM process
             ORDER BY process_id
             LIMIT $1",
            &[&limit(most)],
            |row| Ok((ProcessId(row.try_get(0)?), count(row.try_get(1)?))),
        )
    }

    fn forget_process(&mut self, process: ProcessId) -> Result<(), Fault> {
        self.run_later("DELETE FROM process WHERE process_id = $1", owned![process.0])
    }
}
