//! The small closed list of ways in which storage fails, and whether trying again can help.

use thiserror::Error;

/// Why a transaction did not happen. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Somebody else was writing; try again.
    #[error("the database is busy")]
    Busy,
    /// The disk or the server refused; try again later, an operator should look.
    #[error("the database refused: {0}")]
    Refused(String),
    /// A sealed value did not open: wrong key, wrong row, or changed bytes.
    #[error("a sealed value of `{column}` does not open: is this the right master key?")]
    Sealed {
        /// The column whose value did not open.
        column: &'static str,
    },
    /// A stored form that no version of this program wrote.
    #[error("a stored value of `{0}` cannot be read by this version")]
    Unreadable(&'static str),
    /// The function run inside the transaction broke off: our bug. The message is kept as owed.
    #[error("a step broke off: {0}")]
    Broken(String),
    /// The store is closing down.
    #[error("the store is closing")]
    Closed,
}

impl Fault {
    /// True when the same work may succeed a moment later without anybody's help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy | Self::Refused(_) | Self::Closed)
    }
}
