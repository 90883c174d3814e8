//! Intakes on PostgreSQL.

use jiff::civil::Date;
use sigap_core::ids::{BookingId, IntakeId, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::IntakeRow;
use sigap_store::stored::{INTAKE_CONTENT, StoredIntake, intake};
use sigap_store::tx::Intakes;
use tokio_postgres::{Error, Row};

use crate::transaction::{PgTx, limit, place, to_row};

impl PgTx<'_> {
    /// The intakes that can still be opened: of somebody who was erased meanwhile there are none.
    fn open_intakes(&mut self, office: OfficeId, rows: &[StoredIntake]) -> Result<Vec<IntakeRow>, Fault> {
        let mut intakes = Vec::with_capacity(rows.len());
        for row in rows {
            let key = row.id.to_be_bytes();
            let place = place(office, PersonId(row.person), &key, INTAKE_CONTENT);
            if let Some(content) = self.open_kept(place, &row.content)? {
                intakes.push(intake(row, content)?);
            }
        }
        Ok(intakes)
    }
}

fn stored(row: &Row) -> Result<StoredIntake, Error> {
    Ok(StoredIntake {
        id: row.try_get(0)?,
        person: row.try_get(1)?,
        booking: row.try_get(2)?,
        place: row.try_get(3)?,
        day: row.try_get(4)?,
        state: row.try_get(5)?,
        changed_at: row.try_get(6)?,
        version: row.try_get(7)?,
        content: row.try_get(8)?,
    })
}

impl Intakes for PgTx<'_> {
    fn insert_intake(&mut self, office: OfficeId, row: &IntakeRow) -> Result<(), Fault> {
        let key = row.id.0.to_be_bytes();
        let sealed = self.seal(place(office, row.person, &key, INTAKE_CONTENT), &row.content)?;
        self.run(
            "INSERT INTO intake (office_id, intake_id, person_id, booking_id, place, day, state, changed_at, version, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[&office.0, &row.id.0, &row.person.0, &row.booking.0, &i64::from(row.place), &row.day.to_string(), &row.state.name(), &to_row(row.changed_at), &row.version, &sealed],
        )?;
        Ok(())
    }

    fn find_intake(&mut self, office: OfficeId, id: IntakeId) -> Result<Option<IntakeRow>, Fault> {
        let found = self.list(
            "SELECT intake_id, person_id, booking_id, place, day, state, changed_at, version, content
             FROM intake
             WHERE office_id = $1 AND intake_id = $2",
            &[&office.0, &id.0],
            stored,
        )?;
        Ok(self.open_intakes(office, &found)?.pop())
    }

    fn find_intake_of(&mut self, office: OfficeId, booking: BookingId, person: u8) -> Result<Option<IntakeRow>, Fault> {
        let found = self.list(
            "SELECT intake_id, person_id, booking_id, place, day, state, changed_at, version, content
             FROM intake
             WHERE office_id = $1 AND booking_id = $2 AND place = $3",
            &[&office.0, &booking.0, &i64::from(person)],
            stored,
        )?;
        Ok(self.open_intakes(office, &found)?.pop())
    }

    fn replace_intake(&mut self, office: OfficeId, row: &IntakeRow) -> Result<bool, Fault> {
        let key = row.id.0.to_be_bytes();
        let sealed = self.seal(place(office, row.person, &key, INTAKE_CONTENT), &row.content)?;
        let changed = self.run(
            "UPDATE intake
             SET day = $4, state = $5, changed_at = $6, content = $7, version = version + 1
             WHERE office_id = $1 AND intake_id = $2 AND version = $3 AND person_id = $8",
            &[
                &office.0,
                &row.id.0,
                &row.version,
                &row.day.to_string(),
                &row.state.name(),
                &to_row(row.changed_at),
                &sealed,
                &row.person.0,
            ],
        )?;
        Ok(changed > 0)
    }

    fn list_intakes(&mut self, office: OfficeId, day: Date, most: usize) -> Result<Vec<IntakeRow>, Fault> {
        let rows = self.list(
            "SELECT intake_id, person_id, booking_id, place, day, state, changed_at, version, content
             FROM intake
             WHERE office_id = $1 AND day = $2
             ORDER BY intake_id
             LIMIT $3",
            &[&office.0, &day.to_string(), &limit(most)],
            stored,
        )?;
        self.open_intakes(office, &rows)
    }

    fn list_intakes_of(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<IntakeRow>, Fault> {
        let rows = self.list(
            "SELECT intake_id, person_id, booking_id, place, day, state, changed_at, version, content
             FROM intake
             WHERE office_id = $1 AND person_id = $2
             ORDER BY intake_id DESC
             LIMIT $3",
            &[&office.0, &person.0, &limit(most)],
            stored,
        )?;
        self.open_intakes(office, &rows)
    }

    fn delete_intake(&mut self, office: OfficeId, id: IntakeId) -> Result<bool, Fault> {
        let deleted = self.run(
            "DELETE FROM intake WHERE office_id = $1 AND intake_id = $2",
            &[&office.0, &id.0],
        )?;
        Ok(deleted > 0)
    }
}
