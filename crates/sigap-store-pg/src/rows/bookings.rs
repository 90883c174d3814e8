//! Bookings, quotas, claims and standings on PostgreSQL.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::booking::slots::QuotaUse;
use sigap_core::booking::{BookingCode, BookingState, Identity};
use sigap_core::ids::{BookingId, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{BookingIdentity, BookingRow, IdentityKey, ReturnedPlaces, Standing, StandingChange};
use sigap_store::stored::{BOOKING_CONTENT, PERSON_IDENTITY, StoredBooking, day};
use sigap_store::tx::Bookings;
use tokio_postgres::{Error, Row};

use crate::rows::national;
use crate::transaction::{Access, PgTx, count, from_row, limit, owned, place, small, to_row};

fn stored(row: &Row) -> Result<StoredBooking, Error> {
    Ok(StoredBooking {
        id: row.try_get(0)?,
        code: row.try_get(1)?,
        person: row.try_get(2)?,
        service: row.try_get(3)?,
        day: row.try_get(4)?,
        starts_at: row.try_get(5)?,
        places: row.try_get(6)?,
        state: row.try_get(7)?,
        moves: row.try_get(8)?,
        until: row.try_get(9)?,
        created_at: row.try_get(10)?,
        content: row.try_get(11)?,
    })
}

/// Sixteen bytes as they stand in the tables; damaged ones match nobody.
fn key(bytes: &[u8]) -> IdentityKey {
    IdentityKey(bytes.try_into().unwrap_or_default())
}

impl PgTx<'_> {
    fn opened(&mut self, office: OfficeId, stored: StoredBooking) -> Result<BookingRow, Fault> {
        let id = stored.id.to_be_bytes();
        let content = self.open_or_default(place(office, stored.person(), &id, BOOKING_CONTENT), &stored.content)?;
        stored.into_row(content)
    }

    fn sealed(&mut self, office: OfficeId, row: &BookingRow) -> Result<Vec<u8>, Fault> {
        let id = row.id.0.to_be_bytes();
        self.seal(place(office, row.person, &id, BOOKING_CONTENT), &row.content)
    }
}

impl Bookings for PgTx<'_> {
    fn take_places(&mut self, office: OfficeId, quota: &str, cap: u16, places: u16) -> Result<bool, Fault> {
        let changed = self.run(
            "INSERT INTO quota AS known (office_id, quota, cap, taken)
             SELECT $1::BIGINT, $2::TEXT, $3::BIGINT, $4::BIGINT
             WHERE $4::BIGINT <= $3::BIGINT
             ON CONFLICT (office_id, quota) DO UPDATE
             SET taken = known.taken + excluded.taken, cap = excluded.cap
             WHERE known.taken + excluded.taken <= excluded.cap AND known.stopped IS NULL",
            &[&office.0, &quota, &i64::from(cap), &i64::from(places)],
        )?;
        Ok(changed > 0)
    }

    fn give_back_places(&mut self, office: OfficeId, quota: &str, places: u16) -> Result<(), Fault> {
        let changed = self.run(
            "UPDATE quota SET taken = taken - $3
             WHERE office_id = $1 AND quota = $2 AND taken >= $3",
            &[&office.0, &quota, &i64::from(places)],
        )?;
        if changed == 0 {
            return Err(Fault::Broken("more places were given back than taken".into()));
        }
        Ok(())
    }

    fn stop_quota(&mut self, office: OfficeId, quota: &str, reason: Option<&str>) -> Result<(), Fault> {
        self.run_later(
            "INSERT INTO quota (office_id, quota, cap, taken, stopped)
             VALUES ($1, $2, 0, 0, $3)
             ON CONFLICT (office_id, quota) DO UPDATE SET stopped = excluded.stopped",
            owned![office.0, quota.to_owned(), reason.map(str::to_owned)],
        )
    }

    fn list_quotas(
        &mut self,
        office: OfficeId,
        from: &str,
        to: &str,
        most: usize,
    ) -> Result<Vec<(String, QuotaUse)>, Fault> {
        self.list(
            "SELECT quota, taken, stopped
             FROM quota
             WHERE office_id = $1 AND quota >= $2 AND quota < $3
             ORDER BY quota
             LIMIT $4",
            &[&office.0, &from, &to, &limit(most)],
            |row| {
                Ok((
                    row.try_get(0)?,
                    QuotaUse {
                        taken: small(row.try_get(1)?),
                        stopped: row.try_get(2)?,
                    },
                ))
            },
        )
    }

    fn insert_booking(&mut self, office: OfficeId, row: &BookingRow) -> Result<bool, Fault> {
        let sealed = self.sealed(office, row)?;
        let inserted = self.run(
            "INSERT INTO booking (
                 office_id, booking_id, code, person_id, service, day, starts_at, places, state, moves, until_at,
                 created_at, content
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (office_id, code) DO NOTHING",
            &[
                &office.0,
                &row.id.0,
                &row.code.as_str(),
                &row.person.0,
                &row.service,
                &row.day.to_string(),
                &row.starts_at.map(to_row),
                &i64::from(row.places),
                &row.state.name(),
                &i64::from(row.moves),
                &row.until.map(to_row),
                &to_row(row.created_at),
                &sealed,
            ],
        )?;
        Ok(inserted > 0)
    }

    fn find_booking(&mut self, office: OfficeId, id: BookingId) -> Result<Option<BookingRow>, Fault> {
        // Whoever may go on to change it keeps others from doing so meanwhile.
        let sql = match self.access {
            Access::Read => {
                "SELECT booking_id, code, person_id, service, day, starts_at, places, state, moves, until_at, created_at,
                     content
                 FROM booking
                 WHERE office_id = $1 AND booking_id = $2"
            }
            Access::Write => {
                "SELECT booking_id, code, person_id, service, day, starts_at, places, state, moves, until_at, created_at,
                     content
                 FROM booking
                 WHERE office_id = $1 AND booking_id = $2
                 FOR UPDATE"
            }
        };
        let found = self.find(sql, &[&office.0, &id.0], stored)?;
        found.map(|found| self.opened(office, found)).transpose()
    }

    fn find_booking_by_code(&mut self, office: OfficeId, code: &BookingCode) -> Result<Option<BookingId>, Fault> {
        self.find(
            "SELECT booking_id FROM booking WHERE office_id = $1 AND code = $2",
            &[&office.0, &code.as_str()],
            |row| row.try_get(0).map(BookingId),
        )
    }

    fn replace_booking(&mut self, office: OfficeId, expected: BookingState, row: &BookingRow) -> Result<bool, Fault> {
        let sealed = self.sealed(office, row)?;
        let changed = self.run(
            "UPDATE booking
             SET day = $3, starts_at = $4, places = $5, state = $6, moves = $7, until_at = $8, content = $9
             WHERE office_id = $1 AND booking_id = $2 AND state = $10",
            &[
                &office.0,
                &row.id.0,
                &row.day.to_string(),
                &row.starts_at.map(to_row),
                &i64::from(row.places),
                &row.state.name(),
                &i64::from(row.moves),
                &row.until.map(to_row),
                &sealed,
                &expected.name(),
            ],
        )?;
        Ok(changed > 0)
    }

    fn list_bookings(&mut self, office: OfficeId, person: PersonId, most: usize) -> Result<Vec<BookingRow>, Fault> {
        let rows = self.list(
            "SELECT booking_id, code, person_id, service, day, starts_at, places, state, moves, until_at, created_at,
                 content
             FROM booking
             WHERE office_id = $1 AND person_id = $2
             ORDER BY booking_id DESC
             LIMIT $3",
            &[&office.0, &person.0, &limit(most)],
            stored,
        )?;
        rows.into_iter().map(|row| self.opened(office, row)).collect()
    }

    fn list_day(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        state: BookingState,
        after: BookingId,
        most: usize,
    ) -> Result<Vec<BookingRow>, Fault> {
        let rows = self.list(
            "SELECT booking_id, code, person_id, service, day, starts_at, places, state, moves, until_at, created_at,
                 content
             FROM booking
             WHERE office_id = $1 AND service = $2 AND day = $3 AND booking_id > $5 AND state = $4
             ORDER BY booking_id
             LIMIT $6",
            &[
                &office.0,
                &service,
                &day.to_string(),
                &state.name(),
                &after.0,
                &limit(most),
            ],
            stored,
        )?;
        rows.into_iter().map(|row| self.opened(office, row)).collect()
    }

    fn count_day(
        &mut self,
        office: OfficeId,
        service: &str,
        day: Date,
        state: BookingState,
    ) -> Result<(u64, u64), Fault> {
        let counted = self.find(
            "SELECT COUNT(*), COALESCE(SUM(places), 0)::BIGINT
             FROM booking
             WHERE office_id = $1 AND service = $2 AND day = $3 AND state = $4",
            &[&office.0, &service, &day.to_string(), &state.name()],
            |row| Ok((count(row.try_get(0)?), count(row.try_get(1)?))),
        )?;
        Ok(counted.unwrap_or_default())
    }

    fn sum_places(&mut self, office: OfficeId, service: &str, day: Date, starts_at: Timestamp) -> Result<u64, Fault> {
        let day = day.to_string();
        let booked: i64 = self.value(
            "SELECT COALESCE(SUM(places), 0)::BIGINT
             FROM booking
             WHERE office_id = $1 AND service = $2 AND day = $3 AND starts_at = $4
                 AND state IN ('held', 'offered', 'booked', 'attended', 'missed')",
            &[&office.0, &service, &day, &to_row(starts_at)],
        )?;
        let returned: i64 = self.value(
            "SELECT COALESCE(SUM(places), 0)::BIGINT
             FROM returned
             WHERE office_id = $1 AND service = $2 AND day = $3 AND starts_at = $4",
            &[&office.0, &service, &day, &to_row(starts_at)],
        )?;
        Ok(count(booked) + count(returned))
    }

    fn insert_returned(&mut self, office: OfficeId, returned: &ReturnedPlaces) -> Result<(), Fault> {
        self.run_later(
            "INSERT INTO returned (office_id, returned_id, service, day, starts_at, places)
             VALUES ($1, $2, $3, $4, $5, $6)",
            owned![
                office.0,
                returned.id,
                returned.service.clone(),
                returned.day.to_string(),
                to_row(returned.starts_at),
                i64::from(returned.places)
            ],
        )
    }

    fn take_returned(&mut self, office: OfficeId, id: i64) -> Result<Option<ReturnedPlaces>, Fault> {
        self.has_written = true;
        let taken: Option<(String, String, i64, i64)> = self.find(
            "DELETE FROM returned
             WHERE office_id = $1 AND returned_id = $2
             RETURNING service, day, starts_at, places",
            &[&office.0, &id],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?)),
        )?;
        taken
            .map(|(service, text, starts_at, places)| {
                Ok(ReturnedPlaces {
                    id,
                    service,
                    day: day(&text, "returned.day")?,
                    starts_at: from_row(starts_at),
                    places: u16::try_from(places).map_err(|_| Fault::Unreadable("returned.places"))?,
                })
            })
            .transpose()
    }

    fn identity_key(&mut self, identity: &Identity) -> Result<IdentityKey, Fault> {
        Ok(IdentityKey(self.blind(PERSON_IDENTITY, &identity.hashed_text())))
    }

    fn claim_identity(
        &mut self,
        key: IdentityKey,
        service: &str,
        office: OfficeId,
        booking: BookingId,
    ) -> Result<Option<(OfficeId, BookingId)>, Fault> {
        let claimed = self.run(national::CLAIM, &[&&key.0[..], &service, &office.0, &booking.0])?;
        if claimed > 0 {
            return Ok(None);
        }
        let holder = self.find(national::CLAIMED_BY, &[&&key.0[..], &service], |row| {
            Ok((row.try_get(0).map(OfficeId)?, row.try_get(1).map(BookingId)?))
        })?;
        match holder {
            Some(holder) => Ok(Some(holder).filter(|holder| *holder != (office, booking))),
            // It was there and was given up in between: run again, this work finds it free.
            None => Err(self.conflict()),
        }
    }

    fn release_identity(
        &mut self,
        key: IdentityKey,
        service: &str,
        office: OfficeId,
        booking: BookingId,
    ) -> Result<(), Fault> {
        self.run_later(
            "DELETE FROM person_claim
             WHERE identity_key = $1 AND service = $2 AND office_id = $3 AND booking_id = $4",
            owned![key.0.to_vec(), service.to_owned(), office.0, booking.0],
        )
    }

    fn save_identities(
        &mut self,
        office: OfficeId,
        booking: BookingId,
        person: PersonId,
        identities: &[BookingIdentity],
    ) -> Result<(), Fault> {
        for identity in identities {
            self.run_later(
                "INSERT INTO booking_identity (
                     office_id, booking_id, position, person_id, identity_key, alike_key, is_nik
                 )
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (office_id, booking_id, position) DO UPDATE
                 SET identity_key = excluded.identity_key, alike_key = excluded.alike_key, is_nik = excluded.is_nik",
                owned![
                    office.0,
                    booking.0,
                    i64::from(identity.position),
                    person.0,
                    identity.key.0.to_vec(),
                    identity.alike.0.to_vec(),
                    i64::from(identity.is_nik)
                ],
            )?;
        }
        Ok(())
    }

    fn list_identities(&mut self, office: OfficeId, booking: BookingId) -> Result<Vec<BookingIdentity>, Fault> {
        self.list(
            "SELECT position, identity_key, alike_key, is_nik
             FROM booking_identity
             WHERE office_id = $1 AND booking_id = $2
             ORDER BY position",
            &[&office.0, &booking.0],
            |row| {
                Ok(BookingIdentity {
                    position: u8::try_from(row.try_get::<_, i64>(0)?).unwrap_or(u8::MAX),
                    key: key(row.try_get(1)?),
                    alike: key(row.try_get(2)?),
                    is_nik: row.try_get::<_, i64>(3)? != 0,
                })
            },
        )
    }

    fn count_contacts_alike(&mut self, office: OfficeId, alike: IdentityKey) -> Result<u64, Fault> {
        self.value(
            "SELECT COUNT(DISTINCT person_id) FROM booking_identity WHERE office_id = $1 AND alike_key = $2",
            &[&office.0, &&alike.0[..]],
        )
        .map(count)
    }

    fn count_people_of(&mut self, office: OfficeId, person: PersonId) -> Result<u64, Fault> {
        self.value(
            "SELECT COUNT(DISTINCT alike_key) FROM booking_identity WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
        )
        .map(count)
    }

    fn find_standing(&mut self, key: IdentityKey, service: &str) -> Result<Standing, Fault> {
        let found = self.find(national::STANDING, &[&&key.0[..], &service], |row| {
            Ok(Standing {
                lost: small(row.try_get(0)?),
                missed_at: row.try_get::<_, Option<i64>>(1)?.map(from_row),
            })
        })?;
        Ok(found.unwrap_or_default())
    }

    fn change_standing(&mut self, key: IdentityKey, service: &str, change: StandingChange) -> Result<(), Fault> {
        let (key, service) = (key.0.to_vec(), service.to_owned());
        match change {
            StandingChange::Lost => self.run_later(national::STANDING_LOST, owned![key, service]),
            StandingChange::Won => self.run_later(national::STANDING_WON, owned![key, service]),
            StandingChange::Missed(at) => self.run_later(national::STANDING_MISSED, owned![key, service, to_row(at)]),
            StandingChange::Excused => self.run_later(national::STANDING_EXCUSED, owned![key, service]),
        }
    }
}
