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
