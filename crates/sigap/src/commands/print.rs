//! Output of commands: to standard output for what was asked, to standard error for what went wrong.

/// A line of the answer.
#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub(super) fn line(text: &str) {
    println!("{text}");
}

/// A sentence about a failure.
#[expect(clippy::print_stderr, reason = "a command complains on standard error")]
pub(super) fn error(text: &str) {
    eprintln!("{text}");
}
