//! Answers to the satisfaction survey on SQLite.

use rusqlite::params;
use sigap_core::ids::OfficeId;
use sigap_core::survey::{ELEMENTS, Tally};
use sigap_store::Fault;
use sigap_store::records::SurveyRow;
use sigap_store::stored::{OFFICE_ITSELF, SURVEY_CONTENT, SURVEY_TOKEN, tally};
use sigap_store::tx::Surveys;

use crate::transaction::{SqliteTx, limit, place};

impl Surveys for SqliteTx<'_> {
    fn insert_survey(&mut self, office: OfficeId, token: &str, row: &SurveyRow) -> Result<bool, Fault> {
        let token = self.blind(SURVEY_TOKEN, token);
        let sealed = if row.comment.is_empty() {
            None
        } else {
            let at = row.id.to_be_bytes();
            Some(self.seal(place(office, OFFICE_ITSELF, &at, SURVEY_CONTENT), &row.comment)?)
        };
        let [u1, u2, u3, u4, u5, u6, u7, u8, u9] = row.answers;
        let inserted = self.run(
            "INSERT INTO survey_answer (
                 office_id, token_key, answer_id, month, line, u1, u2, u3, u4, u5, u6, u7, u8, u9, content, has_comment
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
             ON CONFLICT (office_id, token_key) DO NOTHING",
            params![
                office.0,
                token,
                row.id,
                row.month,
                row.line,
                u1,
                u2,
                u3,
                u4,
                u5,
                u6,
                u7,
                u8,
                u9,
                sealed,
                !row.comment.is_empty()
            ],
        )?;
        Ok(inserted > 0)
    }

    fn has_survey(&mut self, office: OfficeId, token: &str) -> Result<bool, Fault> {
        let token = self.blind(SURVEY_TOKEN, token);
        let found = self.find(
            "SELECT answer_id FROM survey_answer WHERE office_id = ?1 AND token_key = ?2",
            params![office.0, token],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(found.is_some())
    }

    fn sum_surveys(&mut self, office: OfficeId, month: &str) -> Result<Vec<(String, Tally)>, Fault> {
        let rows = self.list(
            "SELECT line, COUNT(*), COUNT(u1), COUNT(u2), COUNT(u3), COUNT(u4), COUNT(u5), COUNT(u6), COUNT(u7), COUNT(u8), COUNT(u9),
                 COALESCE(SUM(u1), 0), COALESCE(SUM(u2), 0), COALESCE(SUM(u3), 0), COALESCE(SUM(u4), 0), COALESCE(SUM(u5), 0), COALESCE(SUM(u6), 0), COALESCE(SUM(u7), 0), COALESCE(SUM(u8), 0), COALESCE(SUM(u9), 0)
             FROM survey_answer
             WHERE office_id = ?1 AND month = ?2
             GROUP BY line
             ORDER BY line",
            params![office.0, month],
            |row| {
                let mut numbers = [0_i64; 1 + 2 * ELEMENTS];
                for (place, number) in numbers.iter_mut().enumerate() {
                    *number = row.get(place + 1)?;
                }
                Ok((row.get::<_, String>(0)?, numbers))
            },
        )?;
        rows.into_iter()
            .map(|(line, numbers)| Ok((line, tally(&numbers)?)))
            .collect()
    }

    fn list_survey_comments(&mut self, office: OfficeId, month: &str, most: usize) -> Result<Vec<String>, Fault> {
        let rows = self.list(
            "SELECT answer_id, content
             FROM survey_answer
             WHERE office_id = ?1 AND month = ?2 AND has_comment = 1
             ORDER BY answer_id DESC
             LIMIT ?3",
            params![office.0, month, limit(most)],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)),
        )?;
        rows.into_iter()
            .map(|(id, sealed)| self.open(place(office, OFFICE_ITSELF, &id.to_be_bytes(), SURVEY_CONTENT), &sealed))
            .collect()
    }
}
