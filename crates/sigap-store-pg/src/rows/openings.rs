//! Openings and waiting rooms on PostgreSQL.

use jiff::civil::Date;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{OpeningPhase, OpeningRow, Room};
use sigap_store::stored::OPENING_SECRET;
use sigap_store::tx::Openings;

use crate::transaction::{PgTx, count, owned, place};

/// An opening belongs to no person: it is sealed under a key of the office itself.
const OFFICE_ITSELF: PersonId = PersonId(0);

fn row_name(service: &str, day: Date) -> Vec<u8> {
    format!("{service} {day}").into_bytes()
}

/// Tickets and places in line are counted up from 0 by us.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Openings for PgTx<'_> {
    fn insert_opening(&mut self, office: OfficeId, row: &OpeningRow) -> Result<bool, Fault> {
        let name = row_name(&row.service, row.day);
        let sealed = self.seal(place(office, OFFICE_ITSELF, &name, OPENING_SECRET), &row.secret)?;
        let inserted = self.run(
            "INSERT INTO opening (office_id, service, day, phase, secret, published)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (office_id, service, day) DO NOTHING",
            &[
                &office.0,
                &row.service,
                &row.day.to_string(),
                &row.phase.name(),
                &sealed,
                &row.published,
            ],
        )?;
        Ok(inserted > 0)
    }

    fn find_opening(&mut self, office: OfficeId, service: &str, day: Date) -> Result<Option<OpeningRow>, Fault> {
        let found: Option<(String, Vec<u8>, String)> = self.find(
            "SELECT phase, secret, published
             FROM opening
             WHERE office_id = $1 AND service = $2 AND day = $3",
            &[&office.0, &service, &day.to_string()],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)),
        )?;
        let name = row_name(service, day);
        found
            .map(|(phase, secret, published)| {
                Ok(OpeningRow {
                    service: service.to_owned(),
                    day,
                    phase: OpeningPhase::from_name(&phase).ok_or(Fault::Unreadable("opening.phase"))?,
                    secret: self.open(place(office, OFFICE_ITSELF, &name, OPENING_SECRET), &secret)?,
                    published,
                })
            })
            .transpose()
    }

    fn advance_opening(&mut self, office: OfficeId, expected: OpeningPhase, row: &OpeningRow) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE opening
             SET phase = $5, published = $6
             WHERE office_id = $1 AND service = $2 AND day = $3 AND phase = $4",
            &[
                &office.0,
                &row.service,
                &row.day.to_string(),
                &expected.name(),
                &row.phase.name(),
                &row.published,
            ],
        )?;
        Ok(changed > 0)
    }

    fn find_room(&mut self, office: OfficeId, service: &str, day: Date) -> Result<Room, Fault> {
        let found = self.find(
            "SELECT room_before, room_after, room_serving
             FROM opening
             WHERE office_id = $1 AND service = $2 AND day = $3",
            &[&office.0, &service, &day.to_string()],
            |row| {
                Ok(Room {
                    before: count(row.try_get(0)?),
                    after: count(row.try_get(1)?),
                    serving: count(row.try_get(2)?),
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    fn take_ticket(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        person: PersonId,
        number: &str,
        is_before: bool,
    ) -> Result<(u64, bool), Fault> {
        let day = day.to_string();
        let known = self.find(
            "SELECT ticket, is_before
             FROM guest
             WHERE office_id = $1 AND service = $2 AND day = $3 AND person_id = $4",
            &[&office.0, &service, &day, &person.0],
            |row| Ok((count(row.try_get(0)?), row.try_get::<_, i64>(1)? != 0)),
        )?;
        if let Some(known) = known {
            return Ok(known);
        }
        self.has_written = true;
        let ticket: Option<i64> = self.find(
            "UPDATE opening
             SET room_before = room_before + $4::BIGINT, room_after = room_after + 1 - $4::BIGINT
             WHERE office_id = $1 AND service = $2 AND day = $3
             RETURNING CASE WHEN $4::BIGINT = 1 THEN room_before ELSE room_after END - 1",
            &[&office.0, &service, &day, &i64::from(is_before)],
            |row| row.try_get(0),
        )?;
        let ticket = ticket.ok_or_else(|| Fault::Broken("a ticket needs an opening".into()))?;
        // Two messages of one person at two processes: the later one finds the ticket of the earlier one when it is run again.
        self.run_expecting(
            1,
            "INSERT INTO guest (office_id, service, day, is_before, ticket, person_id, number)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (office_id, service, day, person_id) DO NOTHING",
            owned![
                office.0,
                service.to_owned(),
                day,
                i64::from(is_before),
                ticket,
                person.0,
                number.to_owned()
            ],
        )?;
        Ok((count(ticket), is_before))
    }

    fn find_guest(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        ticket: u64,
        is_before: bool,
    ) -> Result<Option<(PersonId, String)>, Fault> {
        self.find(
            "SELECT person_id, number
             FROM guest
             WHERE office_id = $1 AND service = $2 AND day = $3 AND is_before = $4 AND ticket = $5",
            &[
                &office.0,
                &service,
                &day.to_string(),
                &i64::from(is_before),
                &signed(ticket),
            ],
            |row| Ok((row.try_get(0).map(PersonId)?, row.try_get(1)?)),
        )
    }

    fn let_in(&mut self, office: OfficeId, service: &str, day: Date, serving: u64) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE opening
             SET room_serving = $4
             WHERE office_id = $1 AND service = $2 AND day = $3 AND room_serving < $4",
            &[&office.0, &service, &day.to_string(), &signed(serving)],
        )?;
        Ok(changed > 0)
    }
}
