//! Statements over all offices: the only ones that name none. Over several shards they are no snapshot: figures are
//! approximate while others write.

/// Offices that have messages waiting or under way. Reads the index of what waits; a loop from office to office, as SQLite
/// has it, is refused by sharded relatives.
pub(crate) const OFFICES_WITH_DUE: &str = "SELECT office_id
     FROM due
     GROUP BY office_id
     ORDER BY office_id";

/// Replies owed in the whole installation, and since when.
pub(crate) const OWED: &str = "SELECT COUNT(*), MIN(i.received_at)
     FROM owed AS o
     JOIN inbox AS i
         ON i.office_id = o.office_id AND i.sent_at = o.sent_at AND i.message_key = o.message_key";

/// Messages unsent in the whole installation, and since when.
pub(crate) const UNSENT: &str = "SELECT COUNT(*), MIN(o.created_at)
     FROM due AS d
     JOIN outbox AS o ON o.office_id = d.office_id AND o.outbox_id = d.outbox_id";
