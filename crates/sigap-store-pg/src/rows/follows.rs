//! Wishes to be told on PostgreSQL.

use jiff::Timestamp;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::FollowRow;
use sigap_store::stored::{FOLLOW_NUMBER, StoredFollow, follow};
use sigap_store::tx::Follows;
use tokio_postgres::{Error, Row};

use crate::transaction::{PgTx, limit, place, to_row};

impl PgTx<'_> {
    fn open_follow(&mut self, office: OfficeId, found: StoredFollow) -> Result<Option<FollowRow>, Fault> {
        let number = self.open_kept(
            place(office, PersonId(found.person), &found.number_key, FOLLOW_NUMBER),
            &found.number_content,
        )?;
        number.map(|number| follow(found, number)).transpose()
    }
}

fn stored(row: &Row) -> Result<StoredFollow, Error> {
    Ok(StoredFollow {
        person: row.try_get(0)?,
        number_key: row.try_get(1)?,
        line: row.try_get(2)?,
        told: row.try_get(3)?,
        moved_at: row.try_get(4)?,
        number_content: row.try_get(5)?,
    })
}

impl Follows for PgTx<'_> {
    fn save_follow(&mut self, office: OfficeId, row: &FollowRow) -> Result<(), Fault> {
        let number = self.number_key(&row.number);
        let sealed = self.seal(place(office, row.person, &number, FOLLOW_NUMBER), &row.number)?;
        self.run(
            "INSERT INTO follow (office_id, person_id, number_key, line, told, moved_at, number_content)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (office_id, person_id, number_key) DO UPDATE
             SET line = excluded.line, told = excluded.told, moved_at = excluded.moved_at",
            &[
                &office.0,
                &row.person.0,
                &&number[..],
                &row.line,
                &row.told.name(),
                &row.moved_at.map(to_row),
                &sealed,
            ],
        )?;
        Ok(())
    }

    fn find_follow(
        &mut self,
        office: OfficeId,
        person: PersonId,
        number: &ApplicationNumber,
    ) -> Result<Option<FollowRow>, Fault> {
        let number = self.number_key(number);
        let found = self.find(
            "SELECT person_id, number_key, line, told, moved_at, number_content
             FROM follow
             WHERE office_id = $1 AND person_id = $2 AND number_key = $3",
            &[&office.0, &person.0, &&number[..]],
            stored,
        )?;
        match found {
            Some(found) => self.open_follow(office, found),
            None => Ok(None),
        }
    }

    fn forget_follow(&mut self, office: OfficeId, person: PersonId, number: &ApplicationNumber) -> Result<bool, Fault> {
        let number = self.number_key(number);
        let forgotten = self.run(
            "DELETE FROM follow WHERE office_id = $1 AND person_id = $2 AND number_key = $3",
            &[&office.0, &person.0, &&number[..]],
        )?;
        Ok(forgotten > 0)
    }

    fn list_follows(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<FollowRow>, Fault> {
        let rows = self.list(
            "SELECT person_id, number_key, line, told, moved_at, number_content
             FROM follow
             WHERE office_id = $1 AND person_id = $2
             ORDER BY number_key
             LIMIT $3",
            &[&office.0, &person.0, &limit(most)],
            stored,
        )?;
        rows.into_iter()
            .filter_map(|found| self.open_follow(office, found).transpose())
            .collect()
    }

    fn note_moved(&mut self, office: OfficeId, number: &ApplicationNumber, at: Timestamp) -> Result<u64, Fault> {
        let number = self.number_key(number);
        self.run(
            "UPDATE follow SET moved_at = $3 WHERE office_id = $1 AND number_key = $2 AND moved_at IS NULL",
            &[&office.0, &&number[..], &to_row(at)],
        )
    }

    fn list_moved(&mut self, office: OfficeId, most: usize) -> Result<Vec<FollowRow>, Fault> {
        let rows = self.list(
            "SELECT person_id, number_key, line, told, moved_at, number_content
             FROM follow
             WHERE office_id = $1 AND moved_at IS NOT NULL
             ORDER BY moved_at, person_id, number_key
             LIMIT $2",
            &[&office.0, &limit(most)],
            stored,
        )?;
        rows.into_iter()
            .filter_map(|found| self.open_follow(office, found).transpose())
            .collect()
    }
}
