//! Messages that were not understood on PostgreSQL.

use jiff::civil::Date;
use sigap_core::ids::OfficeId;
use sigap_store::Fault;
use sigap_store::records::UnclearRow;
use sigap_store::stored::{OFFICE_ITSELF, UNCLEAR_CONTENT, day as day_of};
use sigap_store::tx::Unclear;

use crate::transaction::{PgTx, limit, place};

impl Unclear for PgTx<'_> {
    fn insert_unclear(&mut self, office: OfficeId, row: &UnclearRow) -> Result<(), Fault> {
        let at = row.id.to_be_bytes();
        let sealed = self.seal(place(office, OFFICE_ITSELF, &at, UNCLEAR_CONTENT), &row.content)?;
        self.run(
            "INSERT INTO unclear_message (office_id, message_id, day, content)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (office_id, message_id) DO NOTHING",
            &[&office.0, &row.id, &row.day.to_string(), &sealed],
        )?;
        Ok(())
    }

    fn count_unclear(&mut self, office: OfficeId, day: Date) -> Result<u64, Fault> {
        let count = self.find(
            "SELECT COUNT(*) FROM unclear_message WHERE office_id = $1 AND day = $2",
            &[&office.0, &day.to_string()],
            |row| row.try_get::<_, i64>(0),
        )?;
        Ok(u64::try_from(count.unwrap_or(0)).unwrap_or(0))
    }

    fn list_unclear(&mut self, office: OfficeId, most: usize) -> Result<Vec<UnclearRow>, Fault> {
        let rows = self.list(
            "SELECT message_id, day, content
             FROM unclear_message
             WHERE office_id = $1
             ORDER BY message_id DESC
             LIMIT $2",
            &[&office.0, &limit(most)],
            |row| {
                Ok((
                    row.try_get::<_, i64>(0)?,
                    row.try_get::<_, String>(1)?,
                    row.try_get::<_, Vec<u8>>(2)?,
                ))
            },
        )?;
        rows.into_iter()
            .map(|(id, day, sealed)| {
                let at = id.to_be_bytes();
                Ok(UnclearRow {
                    id,
                    day: day_of(&day, "unclear_message.day")?,
                    content: self.open(place(office, OFFICE_ITSELF, &at, UNCLEAR_CONTENT), &sealed)?,
                })
            })
            .collect()
    }

    fn delete_unclear(&mut self, office: OfficeId, id: i64) -> Result<bool, Fault> {
        let deleted = self.run(
            "DELETE FROM unclear_message WHERE office_id = $1 AND message_id = $2",
            &[&office.0, &id],
        )?;
        Ok(deleted > 0)
    }

    fn delete_unclear_before(&mut self, office: OfficeId, day: Date) -> Result<u64, Fault> {
        let deleted = self.run(
            "DELETE FROM unclear_message WHERE office_id = $1 AND day < $2",
            &[&office.0, &day.to_string()],
        )?;
        Ok(deleted)
    }
}
