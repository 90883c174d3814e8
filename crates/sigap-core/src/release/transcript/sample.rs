//! A draw with made-up entries whose record is kept in the program: a later version that would replay it otherwise is
//! found before it touches a true one.

use serde_json::error::Error;

use super::Transcript;

/// The record as it was first made.
pub const SAMPLE: &str = include_str!("sample.json");

/// The record, read.
///
/// # Errors
/// When this program does not read its own record any more.
pub fn sample() -> Result<Transcript, Error> {
    Transcript::from_json(SAMPLE)
}
