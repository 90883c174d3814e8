//! Jobs, links and signals on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::ids::{BookingId, OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::records::{Job, JobKind, LinkKind, LinkRow, Signal, SignalKind};
use sigap_store::stored::LINK_TOKEN;
use sigap_store::tx::Jobs;

use crate::transaction::{SqliteTx, from_row, limit, to_row};

impl Jobs for SqliteTx<'_> {
    fn schedule(&mut self, office: OfficeId, job: &Job) -> Result<(), Fault> {
        self.run(
            "INSERT INTO job (office_id, due_at, kind, subject)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (office_id, due_at, kind, subject) DO NOTHING",
            params![office.0, to_row(job.due_at), job.kind.name(), job.subject],
        )?;
        Ok(())
    }

    fn list_due_jobs(&mut self, office: OfficeId, now: Timestamp, most: usize) -> Result<Vec<Job>, Fault> {
        let rows: Vec<(i64, String, String)> = self.list(
            "SELECT due_at, kind, subject
             FROM job
             WHERE office_id = ?1 AND due_at <= ?2
             ORDER BY due_at, kind, subject
             LIMIT ?3",
            params![office.0, to_row(now), limit(most)],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
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
             WHERE office_id = ?1 AND due_at = ?2 AND kind = ?3 AND subject = ?4",
            params![office.0, to_row(job.due_at), job.kind.name(), job.subject],
        )?;
        Ok(changed > 0)
    }

    fn insert_link(&mut self, office: OfficeId, token: &str, link: &LinkRow) -> Result<(), Fault> {
        let key = self.blind(LINK_TOKEN, token);
        self.run(
            "INSERT INTO link (office_id, token_key, person_id, booking_id, kind, expires_at, used_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                office.0,
                key,
                link.person.0,
                link.booking.0,
                link.kind.name(),
                to_row(link.expires_at),
                link.used_at.map(to_row)
            ],
        )?;
        Ok(())
    }

    fn find_link(&mut self, office: OfficeId, token: &str) -> Result<Option<LinkRow>, Fault> {
        let key = self.blind(LINK_TOKEN, token);
        let found: Option<(i64, i64, String, i64, Option<i64>)> = self.find(
            "SELECT person_id, booking_id, kind, expires_at, used_at
             FROM link
             WHERE office_id = ?1 AND token_key = ?2",
            params![office.0, key],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
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
            "UPDATE link SET used_at = ?3
             WHERE office_id = ?1 AND token_key = ?2 AND used_at IS NULL AND expires_at > ?3",
            params![office.0, key, to_row(now)],
        )?;
        Ok(changed > 0)
    }

    fn insert_signal(&mut self, office: OfficeId, signal: &Signal) -> Result<(), Fault> {
        self.run(
            "INSERT INTO signal (office_id, kind, person_id, day, signal_id, at, count)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (office_id, kind, person_id, day) DO UPDATE
             SET at = MAX(at, excluded.at), count = MAX(count, excluded.count)",
            params![
                office.0,
                signal.kind.name(),
                signal.person.0,
                signal.day,
                signal.id,
                to_row(signal.at),
                signal.count
            ],
        )?;
        Ok(())
    }

    fn list_signals(&mut self, office: OfficeId, since: i32, most: usize) -> Result<Vec<Signal>, Fault> {
        let rows: Vec<(String, i64, i32, i64, i64, u32)> = self.list(
            "SELECT kind, person_id, day, signal_id, at, count
             FROM signal
             WHERE office_id = ?1 AND day >= ?2
             ORDER BY day DESC, signal_id DESC, kind, person_id
             LIMIT ?3",
            params![office.0, since, limit(most)],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )?;
        rows.into_iter()
            .map(|(kind, person, day, id, at, count)| {
                Ok(Signal {
                    id,
                    kind: SignalKind::from_name(&kind).ok_or(Fault::Unreadable("signal.kind"))?,
                    person: PersonId(person),
                    day,
                    at: from_row(at),
                    count,
                })
            })
            .collect()
    }
}
