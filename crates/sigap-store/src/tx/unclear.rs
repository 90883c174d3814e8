//! Messages that were not understood, for whoever teaches the assistant.

use jiff::civil::Date;
use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::records::UnclearRow;

/// Such messages of an office.
pub trait Unclear {
    /// Keeps a message. Of two with one id the first stays.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_unclear(&mut self, office: OfficeId, row: &UnclearRow) -> Result<(), Fault>;

    /// How many of a day are kept.
    ///
    /// # Errors
    /// Storage faults only.
    fn count_unclear(&mut self, office: OfficeId, day: Date) -> Result<u64, Fault>;

    /// Those that are kept, the newest day first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_unclear(&mut self, office: OfficeId, limit: usize) -> Result<Vec<UnclearRow>, Fault>;

    /// Takes one out; false when it is not there.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_unclear(&mut self, office: OfficeId, id: i64) -> Result<bool, Fault>;

    /// Takes those of earlier days out; how many they were.
    ///
    /// # Errors
    /// Storage faults only.
    fn delete_unclear_before(&mut self, office: OfficeId, day: Date) -> Result<u64, Fault>;
}
