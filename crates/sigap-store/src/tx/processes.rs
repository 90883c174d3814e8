//! The processes that share this database, so that what one of them leaves behind when it dies is taken over.
//!
//! A process is alive while its count of beats goes on. Who watches measures the silence by a clock of its own: times of
//! two machines are never compared.

use sigap_core::ids::ProcessId;

use crate::fault::Fault;

/// Who is there.
pub trait Processes {
    /// Says that a process is there, for the `beats`th time.
    ///
    /// # Errors
    /// Storage faults only.
    fn beat(&mut self, process: ProcessId, beats: u64) -> Result<(), Fault>;

    /// Processes with their beats so far, the smallest id first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_processes(&mut self, limit: usize) -> Result<Vec<(ProcessId, u64)>, Fault>;

    /// Forgets a process: it stopped, or what it left has been taken over. One that beats again is there again.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_process(&mut self, process: ProcessId) -> Result<(), Fault>;
}
