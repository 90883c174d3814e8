//! Figures on PostgreSQL. A server without statistics takes any index that begins with the office: orders and inner selects lead it to the
//! right one.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::cases::CaseKind;
use sigap_core::figures::{FirstAnswer, OpenCases, Part, VisitOfDay};
use sigap_core::ids::OfficeId;
use sigap_core::queue::VisitState;
use sigap_store::Fault;
use sigap_store::stored::day as day_of;
use sigap_store::tx::Figures;

use crate::transaction::{PgTx, count, from_row, limit, owned, to_row};

impl Figures for PgTx<'_> {
    fn replace_day_figures(&mut self, office: OfficeId, day: Date, figures: &[(String, u64)]) -> Result<(), Fault> {
        self.run_later(
            "DELETE FROM day_figure WHERE office_id = $1 AND day = $2",
            owned![office.0, day.to_string()],
        )?;
        for (name, value) in figures {
            let value = i64::try_from(*value).unwrap_or(i64::MAX);
            self.run_later(
                "INSERT INTO day_figure (office_id, day, name, count)
                 VALUES ($1, $2, $3, $4)",
                owned![office.0, day.to_string(), name.clone(), value],
            )?;
        }
        Ok(())
    }

    fn sum_day_figures(
        &mut self,
        office: OfficeId,
        from: Date,
        to: Date,
        part: Part,
        most: usize,
    ) -> Result<Vec<(String, String, u64)>, Fault> {
        let chars = i32::try_from(part.chars()).unwrap_or(i32::MAX);
        self.list(
            "SELECT SUBSTR(day, 1, $4) AS part, name, SUM(count)::BIGINT
             FROM day_figure
             WHERE office_id = $1 AND day >= $2 AND day < $3
             GROUP BY part, name
             ORDER BY part, name
             LIMIT $5",
            &[&office.0, &from.to_string(), &to.to_string(), &chars, &limit(most)],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, count(row.try_get(2)?))),
        )
    }

    fn find_last_figures(&mut self, office: OfficeId) -> Result<Option<Date>, Fault> {
        let found: Option<String> = self.find(
            "SELECT day FROM day_figure WHERE office_id = $1 ORDER BY day DESC LIMIT 1",
            &[&office.0],
            |row| row.try_get(0),
        )?;
        found.map(|text| day_of(&text, "day_figure.day")).transpose()
    }

    fn find_first_visit(&mut self, office: OfficeId) -> Result<Option<Date>, Fault> {
        let found: Option<String> = self.find(
            "SELECT day FROM visit WHERE office_id = $1 ORDER BY day LIMIT 1",
            &[&office.0],
            |row| row.try_get(0),
        )?;
        found.map(|text| day_of(&text, "visit.day")).transpose()
    }

    fn find_first_message(&mut self, office: OfficeId) -> Result<Option<Timestamp>, Fault> {
        let found: Option<i64> = self.find(
            "SELECT sent_at FROM inbox WHERE office_id = $1 AND sent_at > 0 ORDER BY sent_at LIMIT 1",
            &[&office.0],
            |row| row.try_get(0),
        )?;
        Ok(found.map(from_row))
    }

    fn list_visits_of_day(&mut self, office: OfficeId, day: Date, most: usize) -> Result<Vec<VisitOfDay>, Fault> {
        let rows: Vec<(String, String, bool, bool, i64, Option<i64>)> = self.list(
            "SELECT v.line, v.state, v.priority_group IS NOT NULL, v.booking_id IS NOT NULL, v.since_at, (
                 SELECT MIN(e.at)
                 FROM visit_event e
                 WHERE e.office_id = $1 AND e.visit_id = v.visit_id AND e.kind = 'call'
             )
             FROM visit v
             WHERE v.office_id = $1 AND v.day = $2
             ORDER BY v.state, v.line, v.visit_id
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
                ))
            },
        )?;
        rows.into_iter()
            .map(|(line, state, has_priority, is_booked, since, called_at)| {
                Ok(VisitOfDay {
                    line,
                    state: VisitState::from_name(&state).ok_or(Fault::Unreadable("visit.state"))?,
                    has_priority,
                    is_booked,
                    since: from_row(since),
                    called_at: called_at.map(from_row),
                })
            })
            .collect()
    }

    fn count_writers(&mut self, office: OfficeId, from: Timestamp, to: Timestamp) -> Result<(u64, u64), Fault> {
        let found = self.find(
            "SELECT COUNT(*), COUNT(DISTINCT person_id)
             FROM inbox
             WHERE office_id = $1 AND sent_at >= $2 AND sent_at < $3 AND state <> 'silent'",
            &[&office.0, &to_row(from), &to_row(to)],
            |row| Ok((count(row.try_get(0)?), count(row.try_get(1)?))),
        )?;
        Ok(found.unwrap_or_default())
    }

    fn count_handed_over(&mut self, office: OfficeId, from: i64, to: i64) -> Result<u64, Fault> {
        let found = self.find(
            "SELECT COUNT(*)
             FROM (
                 SELECT c.person_id
                 FROM office_case c
                 WHERE c.office_id = $1 AND c.case_id >= $2 AND c.case_id < $3 AND c.kind IN ('officer', 'unanswered')
                 UNION
                 SELECT e.person_id
                 FROM case_event e
                 WHERE e.office_id = $1 AND e.event_id >= $2 AND e.event_id < $3 AND e.kind = 'heard'
             ) AS people",
            &[&office.0, &from, &to],
            |row| Ok(count(row.try_get(0)?)),
        )?;
        Ok(found.unwrap_or_default())
    }

    fn count_cases_opened(&mut self, office: OfficeId, from: i64, to: i64) -> Result<Vec<(CaseKind, u64)>, Fault> {
        let rows: Vec<(String, u64)> = self.list(
            "SELECT kind, COUNT(*)
             FROM office_case
             WHERE office_id = $1 AND case_id >= $2 AND case_id < $3
             GROUP BY kind
             ORDER BY kind",
            &[&office.0, &from, &to],
            |row| Ok((row.try_get(0)?, count(row.try_get(1)?))),
        )?;
        rows.into_iter()
            .map(|(kind, count)| Ok((kind_of(&kind)?, count)))
            .collect()
    }

    fn list_first_answers(
        &mut self,
        office: OfficeId,
        from: i64,
        to: i64,
        most: usize,
    ) -> Result<Vec<FirstAnswer>, Fault> {
        let rows: Vec<(String, i64, i64, Option<String>)> = self.list(
            "SELECT c.kind, c.opened_at, e.at, c.due_on
             FROM case_event e
             CROSS JOIN LATERAL (
                 SELECT k.kind, k.opened_at, k.due_on, k.answered_at
                 FROM office_case k
                 WHERE k.office_id = $1 AND k.case_id = e.case_id
                 LIMIT 1
             ) AS c
             WHERE e.office_id = $1 AND e.event_id >= $2 AND e.event_id < $3 AND e.kind = 'answered' AND c.answered_at = e.at
             ORDER BY e.event_id
             LIMIT $4",
            &[&office.0, &from, &to, &limit(most)],
            |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?)),
        )?;
        rows.into_iter()
            .map(|(kind, opened_at, answered_at, due_on)| {
                Ok(FirstAnswer {
                    kind: kind_of(&kind)?,
                    opened_at: from_row(opened_at),
                    answered_at: from_row(answered_at),
                    due_on: due_on.map(|text| day_of(&text, "office_case.due_on")).transpose()?,
                })
            })
            .collect()
    }

    fn count_open_cases(&mut self, office: OfficeId, now: Timestamp) -> Result<Vec<OpenCases>, Fault> {
        let rows: Vec<(String, u64, u64)> = self.list(
            "SELECT kind, COUNT(*), SUM(CASE WHEN owed_at <= $2 THEN 1 ELSE 0 END)::BIGINT
             FROM (
                 SELECT kind, owed_at
                 FROM office_case
                 WHERE office_id = $1 AND is_closed = 0
                 ORDER BY owed_at, case_id
                 OFFSET 0
             ) AS cases
             GROUP BY kind
             ORDER BY kind",
            &[&office.0, &to_row(now)],
            |row| Ok((row.try_get(0)?, count(row.try_get(1)?), count(row.try_get(2)?))),
        )?;
        rows.into_iter()
            .map(|(kind, open, late)| {
                let kind = kind_of(&kind)?;
                Ok(OpenCases { kind, open, late })
            })
            .collect()
    }

    fn list_delivered_months(&mut self, office: OfficeId, from: &str, to: &str) -> Result<Vec<(String, u64)>, Fault> {
        self.list(
            "SELECT category, SUM(messages)::BIGINT
             FROM delivered_count
             WHERE office_id = $1 AND month >= $2 AND month <= $3
             GROUP BY category
             ORDER BY category",
            &[&office.0, &from, &to],
            |row| Ok((row.try_get(0)?, count(row.try_get(1)?))),
        )
    }
}

fn kind_of(name: &str) -> Result<CaseKind, Fault> {
    CaseKind::from_name(name).ok_or(Fault::Unreadable("office_case.kind"))
}
