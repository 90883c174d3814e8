//! The hall on PostgreSQL.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::ids::{BookingId, CounterName, OfficeId, PersonId, VisitId};
use sigap_core::queue::{TicketLabel, VisitState};
use sigap_store::Fault;
use sigap_store::records::{CallRow, DeskRow, NearRow, VisitContent, VisitEvent, VisitRow, WaitingRow};
use sigap_store::stored::{OFFICE_ITSELF, StoredVisit, VISIT_CONTENT, VISIT_TOKEN, call, desk, visit_event, waiting};
use sigap_store::tx::HallRecords;

use tokio_postgres::{Error, Row};

use crate::transaction::{Access, PgTx, count, limit, place, small, to_row};

impl PgTx<'_> {
    fn seal_visit(&mut self, office: OfficeId, row: &VisitRow) -> Result<Vec<u8>, Fault> {
        let content = VisitContent {
            token: row.token.clone(),
            ..row.content.clone()
        };
        let person = row.visit.person.unwrap_or(OFFICE_ITSELF);
        self.seal(
            place(office, person, &row.visit.id.0.to_be_bytes(), VISIT_CONTENT),
            &content,
        )
    }

    pub(super) fn open_visit(&mut self, office: OfficeId, found: StoredVisit) -> Result<VisitRow, Fault> {
        let key = found.id.to_be_bytes();
        let content = self.open_or_default(place(office, found.person(), &key, VISIT_CONTENT), &found.content)?;
        found.into_row(content)
    }
}

pub(super) fn stored(row: &Row) -> Result<StoredVisit, Error> {
    Ok(StoredVisit {
        id: row.try_get(0)?,
        day: row.try_get(1)?,
        letter: row.try_get(2)?,
        number: row.try_get(3)?,
        line: row.try_get(4)?,
        state: row.try_get(5)?,
        since_at: row.try_get(6)?,
        free_at: row.try_get(7)?,
        percent: row.try_get(8)?,
        group: row.try_get(9)?,
        counter: row.try_get(10)?,
        calls: row.try_get(11)?,
        called_at: row.try_get(12)?,
        person: row.try_get(13)?,
        booking: row.try_get(14)?,
        is_near_told: row.try_get::<_, i64>(15)? != 0,
        content: row.try_get(16)?,
    })
}

fn number(counter: Option<CounterName>) -> Option<i64> {
    counter.map(|counter| i64::from(counter.number()))
}

impl HallRecords for PgTx<'_> {
    fn insert_visit(&mut self, office: OfficeId, row: &VisitRow) -> Result<(), Fault> {
        let sealed = self.seal_visit(office, row)?;
        let token = self.blind(VISIT_TOKEN, &row.token);
        let visit = &row.visit;
        self.run(
            "INSERT INTO visit (
                 office_id, visit_id, day, letter, number, line, state, since_at, free_at, percent, priority_group,
                 counter, calls, called_at, person_id, booking_id, is_near_told, told_ahead, content
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, NULL, $18)",
            &[
                &office.0,
                &visit.id.0,
                &row.day.to_string(),
                &visit.label.letter.to_string(),
                &i64::from(visit.label.number),
                &visit.line,
                &visit.state.name(),
                &to_row(visit.since),
                &visit.free_at.map(to_row),
                &i64::from(visit.percent),
                &visit.group,
                &number(visit.counter),
                &i64::from(visit.calls),
                &visit.called_at.map(to_row),
                &visit.person.unwrap_or(OFFICE_ITSELF).0,
                &visit.booking.map(|booking| booking.0),
                &i64::from(row.is_near_told),
                &sealed,
            ],
        )?;
        self.run(
            "INSERT INTO visit_token (office_id, token_key, visit_id)
             VALUES ($1, $2, $3)",
            &[&office.0, &&token[..], &visit.id.0],
        )?;
        Ok(())
    }

    fn find_visit(&mut self, office: OfficeId, id: VisitId) -> Result<Option<VisitRow>, Fault> {
        // Whoever may go on to change it keeps others from doing so meanwhile.
        let sql = match self.access {
            Access::Read => {
                "SELECT visit_id, day, letter, number, line, state, since_at, free_at, percent, priority_group, counter,
                 calls, called_at, person_id, booking_id, is_near_told, content
                 FROM visit
                 WHERE office_id = $1 AND visit_id = $2"
            }
            Access::Write => {
                "SELECT visit_id, day, letter, number, line, state, since_at, free_at, percent, priority_group, counter,
                 calls, called_at, person_id, booking_id, is_near_told, content
                 FROM visit
                 WHERE office_id = $1 AND visit_id = $2
                 FOR UPDATE"
            }
        };
        let found = self.find(sql, &[&office.0, &id.0], stored)?;
        found.map(|found| self.open_visit(office, found)).transpose()
    }

    fn find_visit_by_token(&mut self, office: OfficeId, token: &str) -> Result<Option<VisitId>, Fault> {
        let key = self.blind(VISIT_TOKEN, token);
        self.find(
            "SELECT visit_id FROM visit_token WHERE office_id = $1 AND token_key = $2",
            &[&office.0, &&key[..]],
            |row| row.try_get(0).map(VisitId),
        )
    }

    fn find_visit_by_label(
        &mut self,
        office: OfficeId,
        day: Date,
        label: TicketLabel,
    ) -> Result<Option<VisitId>, Fault> {
        self.find(
            "SELECT visit_id FROM visit WHERE office_id = $1 AND day = $2 AND letter = $3 AND number = $4",
            &[
                &office.0,
                &day.to_string(),
                &label.letter.to_string(),
                &i64::from(label.number),
            ],
            |row| row.try_get(0).map(VisitId),
        )
    }

    fn find_visit_of_booking(
        &mut self,
        office: OfficeId,
        day: Date,
        booking: BookingId,
    ) -> Result<Option<VisitId>, Fault> {
        self.find(
            "SELECT visit_id
             FROM visit
             WHERE office_id = $1 AND day = $2 AND booking_id = $3
             ORDER BY visit_id DESC
             LIMIT 1",
            &[&office.0, &day.to_string(), &booking.0],
            |row| row.try_get(0).map(VisitId),
        )
    }

    fn find_last_visit(&mut self, office: OfficeId, person: PersonId) -> Result<Option<VisitId>, Fault> {
        self.find(
            "SELECT visit_id
             FROM visit
             WHERE office_id = $1 AND person_id = $2
             ORDER BY visit_id DESC
             LIMIT 1",
            &[&office.0, &person.0],
            |row| row.try_get(0).map(VisitId),
        )
    }

    fn call_next(
        &mut self,
        office: OfficeId,
        day: Date,
        lines: &[&str],
        counter: CounterName,
        now: Timestamp,
    ) -> Result<Option<VisitId>, Fault> {
        self.has_written = true;
        self.find(
            "UPDATE visit
             SET state = 'called', counter = $4, calls = calls + 1, called_at = $5, free_at = NULL
             WHERE office_id = $1 AND visit_id = (
                 SELECT visit_id
                 FROM visit
                 WHERE office_id = $1 AND day = $2 AND state IN ('waiting', 'held')
                     AND line = ANY($3)
                     AND (free_at IS NULL OR free_at <= $5)
                 ORDER BY GREATEST($5::BIGINT - since_at, 0) * percent DESC, since_at, number, visit_id
                 LIMIT 1
                 FOR UPDATE SKIP LOCKED
             )
             RETURNING visit_id",
            &[
                &office.0,
                &day.to_string(),
                &lines,
                &i64::from(counter.number()),
                &to_row(now),
            ],
            |row| row.try_get(0).map(VisitId),
        )
    }

    fn replace_visit(&mut self, office: OfficeId, expected: VisitState, row: &VisitRow) -> Result<bool, Fault> {
        let sealed = self.seal_visit(office, row)?;
        let visit = &row.visit;
        let changed = self.run(
            "UPDATE visit
             SET line = $3, state = $4, since_at = $5, free_at = $6, percent = $7, priority_group = $8,
                 counter = $9, calls = $10, called_at = $11, booking_id = $12, is_near_told = $13, content = $14
             WHERE office_id = $1 AND visit_id = $2 AND state = $15",
            &[
                &office.0,
                &visit.id.0,
                &visit.line,
                &visit.state.name(),
                &to_row(visit.since),
                &visit.free_at.map(to_row),
                &i64::from(visit.percent),
                &visit.group,
                &number(visit.counter),
                &i64::from(visit.calls),
                &visit.called_at.map(to_row),
                &visit.booking.map(|booking| booking.0),
                &i64::from(row.is_near_told),
                &sealed,
                &expected.name(),
            ],
        )?;
        Ok(changed > 0)
    }

    fn list_waiting(&mut self, office: OfficeId, day: Date, most: usize) -> Result<Vec<WaitingRow>, Fault> {
        let rows = self.list(
            "SELECT visit_id, letter, number, line, since_at, percent, free_at, priority_group
             FROM visit
             WHERE office_id = $1 AND day = $2 AND state IN ('waiting', 'held')
             ORDER BY letter, number
             LIMIT $3",
            &[&office.0, &day.to_string(), &limit(most)],
            |row| {
                Ok((
                    row.try_get(0)?,
                    row.try_get(1)?,
                    row.try_get(2)?,
                    row.try_get(3)?,
                    row.try_get(4)?,
                    row.try_get(5)?,
                    row.try_get(6)?,
                    row.try_get(7)?,
                ))
            },
        )?;
        rows.into_iter().map(waiting).collect()
    }

    fn list_next(
        &mut self,
        office: OfficeId,
        day: Date,
        line: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<NearRow>, Fault> {
        self.list(
            "SELECT visit_id, person_id, is_near_told
             FROM visit
             WHERE office_id = $1 AND day = $2 AND state IN ('waiting', 'held') AND line = $3
                 AND (free_at IS NULL OR free_at <= $4)
             ORDER BY GREATEST($4::BIGINT - since_at, 0) * percent DESC, since_at, number, visit_id
             LIMIT $5",
            &[&office.0, &day.to_string(), &line, &to_row(now), &limit(most)],
            |row| {
                let person: i64 = row.try_get(1)?;
                Ok(NearRow {
                    id: row.try_get(0).map(VisitId)?,
                    person: (person != OFFICE_ITSELF.0).then_some(PersonId(person)),
                    is_near_told: row.try_get::<_, i64>(2)? != 0,
                })
            },
        )
    }

    fn list_visits(
        &mut self,
        office: OfficeId,
        day: Date,
        state: VisitState,
        most: usize,
    ) -> Result<Vec<VisitRow>, Fault> {
        let rows = self.list(
            "SELECT visit_id, day, letter, number, line, state, since_at, free_at, percent, priority_group, counter,
                 calls, called_at, person_id, booking_id, is_near_told, content
             FROM visit
             WHERE office_id = $1 AND day = $2 AND state = $3
             ORDER BY letter, number
             LIMIT $4",
            &[&office.0, &day.to_string(), &state.name(), &limit(most)],
            stored,
        )?;
        rows.into_iter().map(|found| self.open_visit(office, found)).collect()
    }

    fn count_visits(&mut self, office: OfficeId, day: Date) -> Result<Vec<(String, VisitState, u64)>, Fault> {
        let rows: Vec<(String, String, i64)> = self.list(
            "SELECT line, state, COUNT(*)
             FROM visit
             WHERE office_id = $1 AND day = $2
             GROUP BY line, state
             ORDER BY line, state",
            &[&office.0, &day.to_string()],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)),
        )?;
        rows.into_iter()
            .map(|(line, state, counted)| {
                let state = VisitState::from_name(&state).ok_or(Fault::Unreadable("visit.state"))?;
                Ok((line, state, count(counted)))
            })
            .collect()
    }

    fn tell_ahead(&mut self, office: OfficeId, id: VisitId, ahead: u32) -> Result<u32, Fault> {
        self.has_written = true;
        let told: Option<i64> = self.find(
            "UPDATE visit
             SET told_ahead = LEAST(COALESCE(told_ahead, $3), $3)
             WHERE office_id = $1 AND visit_id = $2
             RETURNING told_ahead",
            &[&office.0, &id.0, &i64::from(ahead)],
            |row| row.try_get(0),
        )?;
        Ok(told.map_or(ahead, small))
    }

    fn note_near_told(&mut self, office: OfficeId, id: VisitId) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE visit SET is_near_told = 1 WHERE office_id = $1 AND visit_id = $2 AND is_near_told = 0",
            &[&office.0, &id.0],
        )?;
        Ok(changed > 0)
    }

    fn insert_visit_event(&mut self, office: OfficeId, event: &VisitEvent) -> Result<(), Fault> {
        self.run(
            "INSERT INTO visit_event (
                 office_id, event_id, visit_id, letter, number, at, kind, line, counter, staff_id
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                &office.0,
                &event.id,
                &event.visit.0,
                &event.label.letter.to_string(),
                &i64::from(event.label.number),
                &to_row(event.at),
                &event.kind,
                &event.line,
                &number(event.counter),
                &event.staff.map(|staff| staff.0),
            ],
        )?;
        Ok(())
    }

    fn list_visit_events(&mut self, office: OfficeId, id: VisitId, most: usize) -> Result<Vec<VisitEvent>, Fault> {
        let rows = self.list(
            "SELECT event_id, at, kind, line, counter, staff_id, letter, number
             FROM visit_event
             WHERE office_id = $1 AND visit_id = $2
             ORDER BY event_id
             LIMIT $3",
            &[&office.0, &id.0, &limit(most)],
            |row| {
                Ok((
                    row.try_get(0)?,
                    row.try_get(1)?,
                    row.try_get(2)?,
                    row.try_get(3)?,
                    row.try_get(4)?,
                    row.try_get(5)?,
                    row.try_get(6)?,
                    row.try_get(7)?,
                ))
            },
        )?;
        rows.into_iter().map(|row| visit_event(id, row)).collect()
    }

    fn count_visit_events(&mut self, office: OfficeId, after: i64) -> Result<u64, Fault> {
        self.value(
            "SELECT COUNT(*) FROM visit_event WHERE office_id = $1 AND event_id > $2",
            &[&office.0, &after],
        )
        .map(count)
    }

    fn list_calls(&mut self, office: OfficeId, after: i64, most: usize) -> Result<Vec<CallRow>, Fault> {
        let rows = self.list(
            "SELECT event_id, at, letter, number, line, counter
             FROM visit_event
             WHERE office_id = $1 AND event_id > $2 AND kind IN ('call', 'recall')
             ORDER BY event_id DESC
             LIMIT $3",
            &[&office.0, &after, &limit(most)],
            |row| {
                Ok((
                    row.try_get(0)?,
                    row.try_get(1)?,
                    row.try_get(2)?,
                    row.try_get(3)?,
                    row.try_get(4)?,
                    row.try_get(5)?,
                ))
            },
        )?;
        rows.into_iter().map(call).collect()
    }

    fn insert_service_time(
        &mut self,
        office: OfficeId,
        line: &str,
        hour: u8,
        event: i64,
        seconds: u32,
    ) -> Result<(), Fault> {
        self.run(
            "INSERT INTO service_time (office_id, line, hour, event_id, seconds)
             VALUES ($1, $2, $3, $4, $5)",
            &[&office.0, &line, &i64::from(hour), &event, &i64::from(seconds)],
        )?;
        Ok(())
    }

    fn list_service_times(&mut self, office: OfficeId, line: &str, hour: u8, most: usize) -> Result<Vec<u32>, Fault> {
        self.list(
            "SELECT seconds
             FROM service_time
             WHERE office_id = $1 AND line = $2 AND hour = $3
             ORDER BY event_id DESC
             LIMIT $4",
            &[&office.0, &line, &i64::from(hour), &limit(most)],
            |row| row.try_get(0).map(small),
        )
    }

    fn save_desk(&mut self, office: OfficeId, row: &DeskRow) -> Result<(), Fault> {
        self.run(
            "INSERT INTO desk (office_id, counter, day, staff_id, is_open, since_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (office_id, counter) DO UPDATE
             SET day = excluded.day, staff_id = excluded.staff_id, is_open = excluded.is_open,
                 since_at = excluded.since_at",
            &[
                &office.0,
                &i64::from(row.counter.number()),
                &row.day.to_string(),
                &row.staff.0,
                &i64::from(row.is_open),
                &to_row(row.since),
            ],
        )?;
        Ok(())
    }

    fn list_desks(&mut self, office: OfficeId, day: Date) -> Result<Vec<DeskRow>, Fault> {
        let rows = self.list(
            "SELECT counter, staff_id, is_open, since_at
             FROM desk
             WHERE office_id = $1 AND day = $2
             ORDER BY counter",
            &[&office.0, &day.to_string()],
            |row| {
                Ok((
                    row.try_get(0)?,
                    row.try_get(1)?,
                    row.try_get::<_, i64>(2)? != 0,
                    row.try_get(3)?,
                ))
            },
        )?;
        rows.into_iter().map(|row| desk(day, row)).collect()
    }

    fn close_desk(&mut self, office: OfficeId, counter: CounterName) -> Result<(), Fault> {
        self.run(
            "DELETE FROM desk WHERE office_id = $1 AND counter = $2",
            &[&office.0, &i64::from(counter.number())],
        )?;
        Ok(())
    }

    fn use_tap(&mut self, office: OfficeId, day: Date, tap: &str) -> Result<bool, Fault> {
        let inserted = self.run(
            "INSERT INTO tap (office_id, day, tap)
             VALUES ($1, $2, $3)
             ON CONFLICT (office_id, day, tap) DO NOTHING",
            &[&office.0, &day.to_string(), &tap],
        )?;
        Ok(inserted > 0)
    }

    fn forget_taps(&mut self, office: OfficeId, before: Date) -> Result<u64, Fault> {
        let forgotten = self.run(
            "DELETE FROM tap WHERE office_id = $1 AND day < $2",
            &[&office.0, &before.to_string()],
        )?;
        Ok(forgotten)
    }
}
