//! Who wants to be told when an application moves on.

use jiff::Timestamp;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};

use crate::fault::Fault;
use crate::records::FollowRow;

/// Wishes to be told.
pub trait Follows {
    /// Keeps a wish, or what has become of it.
    ///
    /// # Errors
    /// Storage faults only.
    fn save_follow(&mut self, office: OfficeId, row: &FollowRow) -> Result<(), Fault>;

    /// The wish of a person about an application.
    ///
    /// # Errors
    /// Storage faults only.
    fn find_follow(
        &mut self,
        office: OfficeId,
        person: PersonId,
        number: &ApplicationNumber,
    ) -> Result<Option<FollowRow>, Fault>;

    /// Forgets a wish; false when there was none.
    ///
    /// # Errors
    /// Storage faults only.
    fn forget_follow(&mut self, office: OfficeId, person: PersonId, number: &ApplicationNumber) -> Result<bool, Fault>;

    /// The wishes of a person.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_follows(&mut self, office: OfficeId, person: PersonId, limit: usize) -> Result<Vec<FollowRow>, Fault>;

    /// Notes for everybody who wants to hear of an application that it moved; how many they are. The first time stays.
    ///
    /// # Errors
    /// Storage faults only.
    fn note_moved(&mut self, office: OfficeId, number: &ApplicationNumber, at: Timestamp) -> Result<u64, Fault>;

    /// Wishes about which there is something to tell, the longest waiting first.
    ///
    /// # Errors
    /// Storage faults only.
    fn list_moved(&mut self, office: OfficeId, limit: usize) -> Result<Vec<FollowRow>, Fault>;
}
