//! Keys with which programs of an office reach us.

use jiff::Timestamp;
use sigap_core::ids::{ApiKeyId, OfficeId};

use crate::fault::Fault;
use crate::records::ApiKeyRow;

/// Keys of an office.
pub trait ApiKeys {
    /// Keeps a new key; of the key itself only a blind index is stored.
    ///
    /// # Errors
    /// Storage faults only.
    fn insert_api_key(&mut self, office: OfficeId, row: &ApiKeyRow, key: &str) -> Result<(), Fault>;

    /// The row of a key, taken back or not.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_api_key(&mut self, office: OfficeId, key: &str) -> Result<Option<ApiKeyRow>, Fault>;

    /// Keys of an office, the newest first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_api_keys(&mut self, office: OfficeId, limit: usize) -> Result<Vec<ApiKeyRow>, Fault>;

    /// Takes a key back; false when there is none, or it was taken back before.
    ///
    /// # Errors
    /// Storage faults only.
    fn revoke_api_key(&mut self, office: OfficeId, id: ApiKeyId, at: Timestamp) -> Result<bool, Fault>;
}
