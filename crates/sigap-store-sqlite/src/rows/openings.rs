//! Openings and waiting rooms on SQLite.

use jiff::civil::Date;
use rusqlite::params;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{OpeningPhase, OpeningRow, Room};
use sigap_store::stored::OPENING_SECRET;
use sigap_store::tx::Openings;

use crate::transaction::{SqliteTx, place};

/// An opening belongs to no person: it is sealed under a key of the office itself.
const OFFICE_ITSELF: PersonId = PersonId(0);

fn row_name(service: &str, day: Date) -> Vec<u8> {
    format!("{service} {day}").into_bytes()
}

impl Openings for SqliteTx<'_> {
    fn insert_opening(&mut self, office: OfficeId, row: &OpeningRow) -> Result<bool, Fault> {
        let name = row_name(&row.service, row.day);
        let sealed = self.seal(place(office, OFFICE_ITSELF, &name, OPENING_SECRET), &row.secret)?;
        let inserted = self.run(
            "INSERT INTO opening (office_id, service, day, phase, secret, published)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (office_id, service, day) DO NOTHING",
            params![
                office.0,
                row.service,
                row.day.to_string(),
                row.phase.name(),
                sealed,
                row.published
            ],
        )?;
        Ok(inserted > 0)
    }

    fn find_opening(&mut self, office: OfficeId, service: &str, day: Date) -> Result<Option<OpeningRow>, Fault> {
        let found: Option<(String, Vec<u8>, String)> = self.find(
            "SELECT phase, secret, published
             FROM opening
             WHERE office_id = ?1 AND service = ?2 AND day = ?3",
            params![office.0, service, day.to_string()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
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
             SET phase = ?5, published = ?6
             WHERE office_id = ?1 AND service = ?2 AND day = ?3 AND phase = ?4",
            params![
                office.0,
                row.service,
                row.day.to_string(),
                expected.name(),
                row.phase.name(),
                row.published
            ],
        )?;
        Ok(changed > 0)
    }

    fn find_room(&mut self, office: OfficeId, service: &str, day: Date) -> Result<Room, Fault> {
        let found = self.find(
            "SELECT room_before, room_after, room_serving
             FROM opening
             WHERE office_id = ?1 AND service = ?2 AND day = ?3",
            params![office.0, service, day.to_string()],
            |row| {
                Ok(Room {
                    before: row.get(0)?,
                    after: row.get(1)?,
                    serving: row.get(2)?,
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
             WHERE office_id = ?1 AND service = ?2 AND day = ?3 AND person_id = ?4",
            params![office.0, service, day, person.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if let Some(known) = known {
            return Ok(known);
        }
        let ticket: Option<u64> = self.find(
            "UPDATE opening
             SET room_before = room_before + ?4, room_after = room_after + 1 - ?4
             WHERE office_id = ?1 AND service = ?2 AND day = ?3
             RETURNING CASE ?4 WHEN 1 THEN room_before ELSE room_after END - 1",
            params![office.0, service, day, is_before],
            |row| row.get(0),
        )?;
        let ticket = ticket.ok_or_else(|| Fault::Broken("a ticket needs an opening".into()))?;
        self.run(
            "INSERT INTO guest (office_id, service, day, is_before, ticket, person_id, number)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![office.0, service, day, is_before, ticket, person.0, number],
        )?;
        Ok((ticket, is_before))
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
             WHERE office_id = ?1 AND service = ?2 AND day = ?3 AND is_before = ?4 AND ticket = ?5",
            params![office.0, service, day.to_string(), is_before, ticket],
            |row| Ok((row.get(0).map(PersonId)?, row.get(1)?)),
        )
    }

    fn let_in(&mut self, office: OfficeId, service: &str, day: Date, serving: u64) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE opening
             SET room_serving = ?4
             WHERE office_id = ?1 AND service = ?2 AND day = ?3 AND room_serving < ?4",
            params![office.0, service, day.to_string(), serving],
        )?;
        Ok(changed > 0)
    }
}
