//! SQLite as the store of one machine: one writer thread with group commit, personal data sealed, keys in a file of
//! their own that commits first.
//!
//! It holds no rules. Every method of the traits in `sigap-store` is a few lines of SQL in `rows/`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod backup;
mod connection;
mod key_ring;
mod lanes;
mod migrations;
mod raw;
mod rows;
#[cfg(test)]
mod schema;
mod transaction;
mod writer;

pub use backup::{BackupReport, copy_to, restore_from};
pub use connection::sqlite_version;
pub use raw::{RawFile, RawPart, ensure_unused};
pub use writer::{Places, SqliteStore};
