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
