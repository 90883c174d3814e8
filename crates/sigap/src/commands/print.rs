//! Output of commands: to standard output for what was asked, to standard error for what went wrong.

use std::io::Write;

/// A line of the answer. Whoever reads no further, as `head` does, wants no complaint about it.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A sentence about a failure.
pub(super) fn error(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
