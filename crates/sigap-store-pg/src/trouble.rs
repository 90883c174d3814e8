//! What a server or the way to it may answer instead of a result, told apart by what helps against it.
//!
//! Told by SQLSTATE alone: words and constraint names differ between PostgreSQL and its sharded relatives. The words that
//! are passed on are the message; the detail may hold values and is left out.

use sigap_store::Fault;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Why a statement, or a whole transaction, did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Two transactions stood in each other's way and the server ended this one: run it again.
    Conflict,
    /// Somebody else kept a row for longer than we wait.
    Locked,
    /// The connection is gone or of no use: connect again.
    Lost(String),
    /// The server will not do it, now or ever.
    Refused(String),
}

impl Trouble {
    /// No answer within the time a call may take. The server may still be at work on it.
    pub(crate) fn silence() -> Self {
        Self::Lost("the database did not answer in time".into())
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let Some(answer) = error.as_db_error() else {
            // Ours to send, but not fit to be sent (a text with a zero byte, say): the connection is as good as before.
            return match root_of(&error) {
                // The words of the operating system, or of what looks at certificates.
                Some(cause) => Self::Lost(format!("no connection to the database: {cause}")),
                None if error.is_closed() => Self::Lost("the connection to the database broke".into()),
                None => Self::Refused(error.to_string()),
            };
        };
        let state = answer.code();
        if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(state) {
            return Self::Conflict;
        }
        // A statement that took longer than its time-out waited for somebody, or for a disk.
        if [SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED].contains(state) {
            return Self::Locked;
        }
        let said = format!("{} (SQLSTATE {})", answer.message(), state.code());
        let is_lost = [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::TOO_MANY_CONNECTIONS,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        ]
        .contains(state);
        if is_lost || state.code().starts_with("08") {
            return Self::Lost(said);
        }
        Self::Refused(said)
    }
}

/// What lies at the root of a failure to read, write or connect; nothing for any other error.
fn root_of(error: &Error) -> Option<String> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<std::io::Error>() {
            return Some(error.to_string());
        }
        cause = error.source();
    }
    None
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Conflict | Trouble::Locked | Trouble::Lost(_) => Self::Busy,
            Trouble::Refused(said) => Self::Refused(said),
        }
    }
}
