//! How the server would run the statements that a session has prepared. For benches, tests and a curious operator.

use tokio_postgres::SimpleQueryMessage;

use crate::session::Session;
use crate::trouble::Trouble;

/// One statement and the server's plan for it, whatever its values are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// The plan as text.
    pub text: String,
}

impl Plan {
    /// Tables that this plan reads from end to end.
    #[must_use]
    pub fn scanned(&self) -> Vec<&str> {
        self.text
            .lines()
            .filter_map(|line| line.split("Seq Scan on ").nth(1)?.split_whitespace().next())
            .collect()
    }
}

/// Plans of everything prepared on this connection that reads or changes tables.
pub(crate) fn explain(session: &mut Session) -> Result<Vec<Plan>, Trouble> {
    session.command("SET plan_cache_mode = force_generic_plan")?;
    let prepared = session.rows_of(
        "SELECT name, statement, CARDINALITY(parameter_types)
         FROM pg_prepared_statements
         WHERE NOT from_sql AND statement NOT LIKE '%pg_prepared_statements%'
         ORDER BY statement",
        &[],
    )?;
    let mut plans = Vec::new();
    for row in prepared {
        let (name, sql): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let count: i32 = row.try_get(2)?;
        // The plan does not depend on the values: it is the one that serves all.
        let values = vec!["NULL"; usize::try_from(count).unwrap_or_default()].join(", ");
        let values = if values.is_empty() {
            values
        } else {
            format!(" ({values})")
        };
        let lines = session.texts(&format!("EXPLAIN EXECUTE \"{name}\"{values}"))?;
        plans.push(Plan { sql, text: lines });
    }
    Ok(plans)
}

/// The first column of all rows, a line each.
pub(crate) fn text_of(messages: &[SimpleQueryMessage]) -> String {
    let mut text = String::new();
    for message in messages {
        if let SimpleQueryMessage::Row(row) = message {
            text.push_str(row.get(0).unwrap_or_default());
            text.push('\n');
        }
    }
    text
}
