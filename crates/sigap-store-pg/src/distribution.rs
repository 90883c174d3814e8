//! How the tables are spread over a sharded PostgreSQL, when the server is one (docs/storage.md). On any other server
//! nothing of this runs.

use sigap_store::Fault;

use crate::session::Session;

/// Tables of an office lie together on the shard of their `office_id`; what is unique in the nation lies by its own key.
/// `process` is small and belongs to no office: every node has a copy.
const DISTRIBUTE: &[(&str, &str)] = &[
    ("person", "office_id"),
    ("identity", "office_id"),
    ("inbox", "office_id"),
    ("owed", "office_id"),
    ("conversation", "office_id"),
    ("outbox", "office_id"),
    ("due", "office_id"),
    ("delivery", "office_id"),
    ("application", "office_id"),
    ("import_run", "office_id"),
    ("upload", "office_id"),
    ("upload_part", "office_id"),
    ("follow", "office_id"),
    ("api_key", "office_id"),
    ("hook", "office_id"),
    ("hook_call", "office_id"),
    ("slip_code", "office_id"),
    ("binding", "office_id"),
    ("guess", "office_id"),
    ("office_counter", "office_id"),
    ("office_case", "office_id"),
    ("case_event", "office_id"),
    ("same_person", "office_id"),
    ("praise", "office_id"),
    ("audit", "office_id"),
    ("delivered_count", "office_id"),
    ("kept_webhook", "office_id"),
    ("commit_mark", "office_id"),
    ("quota", "office_id"),
    ("booking", "office_id"),
    ("booking_identity", "office_id"),
    ("returned", "office_id"),
    ("opening", "office_id"),
    ("guest", "office_id"),
    ("job", "office_id"),
    ("link", "office_id"),
    ("signal", "office_id"),
    ("passport", "office_id"),
    ("visit", "office_id"),
    ("visit_event", "office_id"),
    ("visit_token", "office_id"),
    ("service_time", "office_id"),
    ("desk", "office_id"),
    ("tap", "office_id"),
    ("staff", "office_id"),
    ("survey_answer", "office_id"),
    ("unclear_message", "office_id"),
    ("day_figure", "office_id"),
    ("content_version", "office_id"),
    ("content_script", "office_id"),
    ("browser", "office_id"),
    ("browser_line", "office_id"),
    ("file", "office_id"),
    ("file_part", "office_id"),
    ("intake", "office_id"),
    ("enrolment", "office_id"),
    ("sign_in_question", "office_id"),
    ("session", "office_id"),
    ("act", "office_id"),
    ("notice_template", "office_id"),
    ("notice_plan", "office_id"),
    ("notice_count", "office_id"),
    ("held_notice", "office_id"),
    ("application_place", "number_key"),
    ("person_claim", "identity_key"),
    ("standing", "identity_key"),
];
const REFERENCE: &[&str] = &["process"];
/// All office tables lie together with this one.
const FIRST: &str = "person";

/// Distributes what is not distributed yet, when the server has the extension; how many tables.
pub(crate) fn distribute(session: &mut Session) -> Result<usize, Fault> {
    let has_extension = session.rows("SELECT 1 FROM pg_extension WHERE extname = 'citus'", &[])?;
    if has_extension.is_empty() {
        return Ok(0);
    }
    let mut distributed = 0;
    for (table, column) in DISTRIBUTE {
        if is_distributed(session, table)? {
            continue;
        }
        let together = if *table == FIRST || *column != "office_id" {
            "none"
        } else {
            FIRST
        };
        session.command(&format!(
            "SELECT create_distributed_table('{table}', '{column}', colocate_with => '{together}')"
        ))?;
        distributed += 1;
    }
    for table in REFERENCE {
        if !is_distributed(session, table)? {
            session.command(&format!("SELECT create_reference_table('{table}')"))?;
            distributed += 1;
        }
    }
    Ok(distributed)
}

fn is_distributed(session: &mut Session, table: &str) -> Result<bool, Fault> {
    let rows = session.rows(
        "SELECT 1 FROM pg_dist_partition WHERE logicalrelid = $1::TEXT::REGCLASS",
        &[&table],
    )?;
    Ok(!rows.is_empty())
}

#[cfg(test)]
mod tests;
