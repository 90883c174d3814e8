//! Statements over all offices: the only ones that name none. Over several shards they are no snapshot: figures are
//! approximate while others write.

/// Offices that have messages waiting or under way. Reads the index of what waits; a loop from office to office, as SQLite
/// has it, is refused by sharded relatives.
pub(crate) const OFFICES_WITH_DUE: &str = "SELECT office_id
     FROM due
     GROUP BY office_id
     ORDER BY office_id";

/// Replies owed in the whole installation, and since when. A look-up for each row of the short list: joined, the server
/// may think of reading all messages ever received.
pub(crate) const OWED: &str = "SELECT COUNT(*), MIN((
         SELECT i.received_at
         FROM inbox AS i
         WHERE i.office_id = o.office_id AND i.sent_at = o.sent_at AND i.message_key = o.message_key
     ))
     FROM owed AS o";

/// Messages unsent in the whole installation, and since when; looked up in the same way.
pub(crate) const UNSENT: &str = "SELECT COUNT(*), MIN((
         SELECT o.created_at
         FROM outbox AS o
         WHERE o.office_id = d.office_id AND o.outbox_id = d.outbox_id
     ))
     FROM due AS d";

/// Claims a person for a booking; the key lets only one of them be.
pub(crate) const CLAIM: &str = "INSERT INTO person_claim (identity_key, service, office_id, booking_id)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (identity_key, service) DO NOTHING";

/// Who has the claim.
pub(crate) const CLAIMED_BY: &str = "SELECT office_id, booking_id
     FROM person_claim
     WHERE identity_key = $1 AND service = $2";

/// What is remembered of a person and a service.
pub(crate) const STANDING: &str = "SELECT lost, missed_at
     FROM standing
     WHERE identity_key = $1 AND service = $2";

/// One more draw lost.
pub(crate) const STANDING_LOST: &str = "INSERT INTO standing AS known (identity_key, service, lost)
     VALUES ($1, $2, 1)
     ON CONFLICT (identity_key, service) DO UPDATE SET lost = known.lost + 1";

/// Losses count from none again.
pub(crate) const STANDING_WON: &str = "UPDATE standing SET lost = 0
     WHERE identity_key = $1 AND service = $2";

/// A visit was missed.
pub(crate) const STANDING_MISSED: &str = "INSERT INTO standing (identity_key, service, lost, missed_at)
     VALUES ($1, $2, 0, $3)
     ON CONFLICT (identity_key, service) DO UPDATE SET missed_at = excluded.missed_at";

/// It was excused.
pub(crate) const STANDING_EXCUSED: &str = "UPDATE standing SET missed_at = NULL
     WHERE identity_key = $1 AND service = $2";

/// What is remembered of nobody: nothing hangs on it any more.
pub(crate) const STANDING_FORGOTTEN: &str = "DELETE FROM standing
     WHERE identity_key = $1 AND service = $2 AND (missed_at IS NULL OR missed_at <= $3)";
