//! Statements over all offices: the only ones that name none. National figures are approximate while others write.

/// Offices that have messages waiting or under way. One look-up an office: a flood at one of them does not make the list
/// slow.
pub(crate) const OFFICES_WITH_DUE: &str = "WITH RECURSIVE office (id) AS (
     SELECT MIN(office_id) FROM due
     UNION ALL
     SELECT (SELECT MIN(office_id) FROM due WHERE office_id > office.id)
     FROM office
     WHERE office.id IS NOT NULL
 )
 SELECT id FROM office WHERE id IS NOT NULL";

/// Replies owed in the whole installation, and since when.
pub(crate) const OWED: &str = "SELECT COUNT(*), MIN(i.received_at)
 FROM owed AS o
 JOIN inbox AS i
     ON i.office_id = o.office_id AND i.sent_at = o.sent_at AND i.message_key = o.message_key";

/// Messages unsent in the whole installation, and since when.
pub(crate) const UNSENT: &str = "SELECT COUNT(*), MIN(o.created_at)
 FROM due AS d
 JOIN outbox AS o ON o.office_id = d.office_id AND o.outbox_id = d.outbox_id";

/// Claims a person for a booking; the key lets only one of them be.
pub(crate) const CLAIM: &str = "INSERT INTO person_claim (identity_key, service, office_id, booking_id)
 VALUES (?1, ?2, ?3, ?4)
 ON CONFLICT (identity_key, service) DO NOTHING";

/// Who has the claim.
pub(crate) const CLAIMED_BY: &str = "SELECT office_id, booking_id
 FROM person_claim
 WHERE identity_key = ?1 AND service = ?2";

/// What is remembered of a person and a service.
pub(crate) const STANDING: &str = "SELECT lost, missed_at
 FROM standing
 WHERE identity_key = ?1 AND service = ?2";

/// One more draw lost.
pub(crate) const STANDING_LOST: &str = "INSERT INTO standing (identity_key, service, lost)
 VALUES (?1, ?2, 1)
 ON CONFLICT (identity_key, service) DO UPDATE SET lost = lost + 1";

/// Losses count from none again.
pub(crate) const STANDING_WON: &str = "UPDATE standing SET lost = 0
 WHERE identity_key = ?1 AND service = ?2";

/// A visit was missed.
pub(crate) const STANDING_MISSED: &str = "INSERT INTO standing (identity_key, service, lost, missed_at)
 VALUES (?1, ?2, 0, ?3)
 ON CONFLICT (identity_key, service) DO UPDATE SET missed_at = excluded.missed_at";

/// It was excused.
pub(crate) const STANDING_EXCUSED: &str = "UPDATE standing SET missed_at = NULL
 WHERE identity_key = ?1 AND service = ?2";

/// What is remembered of nobody: nothing hangs on it any more.
pub(crate) const STANDING_FORGOTTEN: &str = "DELETE FROM standing
 WHERE identity_key = ?1 AND service = ?2 AND (missed_at IS NULL OR missed_at <= ?3)";
