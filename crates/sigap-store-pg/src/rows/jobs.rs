//! Jobs, links and signals on PostgreSQL.

use jiff::Timestamp;
use sigap_core::ids::{BookingId, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{Job, JobKind, LinkKind, LinkRow, Signal, SignalKind};
use sigap_store::stored::LINK_TOKEN;
use sigap_store::tx::Jobs;

use crate::transaction::{PgTx, from_row, limit, owned, small, to_row};

impl Jobs for PgTx<'_> {
    fn schedule(&mut self, office: OfficeId, job: &Job) -> Result<(), Fault> {
        self.run_later(
            "INSERT INTO job (office_id, due_at, kind, subject)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (office_id, due_at, kind, subject) DO NOTHING",
            owned![office.0, to_row(job.due_at), job.kind.name(), job.subject.clone()],
        )
    }

    fn list_due_jobs(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<Vec<Job>, Fault> {
        let rows: Vec<(i64, String, String)> = self.list(
            "SELECT due_at, kind, subject
             FROM job
             WHERE office_id = $1 AND due_at <= $2
             ORDER BY due_at, kind, subject
             LIMIT $3",
            &[&office.0, &to_row(now), &limit(most)],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)),
        )?;
        rows.into_iter()
            .map(|(due_at, kind, subject)| {
                Ok(Job {
                    due_at: from_row(due_at),
                    kind: JobKind::from_name(&kind).ok_or(Fault::Unreadable("job.kind"))?,
                    subject,
                })
            })
            .collect()
    }

    fn finish_job(&mut self, office: OfficeId, job: &Job) -> Result<bool, Fault> {
        let changed = self.run(
            "DELETE FROM job
             WHERE office_id = $1 AND due_at = $2 AND kind = $3 AND subject = $4",
            &[&office.0, &to_row(job.due_at), &job.kind.name(), &job.subject],
        )?;
        Ok(changed > 0)
    }

    fn insert_link(&mut self, office: OfficeId, token: &str, link: &LinkRow) -> Result<(), Fault> {
        let key = self.blind(LINK_TOKEN, token);
        self.run_later(
            "INSERT INTO link (office_id, token_key, person_id, booking_id, kind, expires_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            owned![
                office.0,
                key.to_vec(),
                link.person.0,
                link.booking.0,
                link.kind.name(),
                to_row(link.expires_at),
                link.used_at.map(to_row)
            ],
        )
    }

    fn find_link(&mut self, office: OfficeId, token: &str) -> Result<Option<LinkRow>, Fault> {
        let key = self.blind(LINK_TOKEN, token);
        let found: Option<(i64, i64, String, i64, Option<i64>)> = self.find(
            "SELECT person_id, booking_id, kind, expires_at, used_at
             FROM link
             WHERE office_id = $1 AND token_key = $2",
            &[&office.0, &&key[..]],
            |row| {
                Ok((
                    row.try_get(0)?,
                    row.try_get(1)?,
                    row.try_get(2)?,
                    row.try_get(3)?,
                    row.try_get(4)?,
                ))
            },
        )?;
        found
            .map(|(person, booking, kind, expires_at, used_at)| {
                Ok(LinkRow {
                    person: PersonId(person),
                    booking: BookingId(booking),
                    kind: LinkKind::from_name(&kind).ok_or(Fault::Unreadable("link.kind"))?,
                    expires_at: from_row(expires_at),
                    used_at: used_at.map(from_row),
                })
            })
            .transpose()
    }

    fn use_link(&mut self, office: OfficeId, token: &str, now: Timestamp) -> Result<bool, Fault> {
        let key = self.blind(LINK_TOKEN, token);
        let changed = self.run(
            "UPDATE link SET used_at = $3
             WHERE office_id = $1 AND token_key = $2 AND used_at IS NULL AND expires_at > $3",
            &[&office.0, &&key[..], &to_row(now)],
        )?;
        Ok(changed > 0)
    }

    fn insert_signal(&mut self, office: OfficeId, signal: &Signal) -> Result<(), Fault> {
        self.run_later(
            "INSERT INTO signal AS known (office_id, kind, person_id, day, signal_id, at, count)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (office_id, kind, person_id, day) DO UPDATE
             SET at = GREATEST(known.at, excluded.at), count = GREATEST(known.count, excluded.count)",
            owned![
                office.0,
                signal.kind.name(),
                signal.person.0,
                i64::from(signal.day),
                signal.id,
                to_row(signal.at),
                i64::from(signal.count)
            ],
        )
    }

    fn list_signals(&mut self, office: OfficeId, since: i32, most: usize) -> Result<Vec<Signal>, Fault> {
        let rows: Vec<(String, i64, i64, i64, i64, i64)> = self.list(
            "SELECT kind, person_id, day, signal_id, at, count
             FROM signal
             WHERE office_id = $1 AND day >= $2
             ORDER BY day DESC, signal_id DESC, kind, person_id
             LIMIT $3",
            &[&office.0, &i64::from(since), &limit(most)],
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
        rows.into_iter()
            .map(|(kind, person, day, id, at, count)| {
                Ok(Signal {
                    id,
                    kind: SignalKind::from_name(&kind).ok_or(Fault::Unreadable("signal.kind"))?,
                    person: PersonId(person),
                    day: i32::try_from(day).map_err(|_| Fault::Unreadable("signal.day"))?,
                    at: from_row(at),
                    count: small(count),
                })
            })
            .collect()
    }
}
