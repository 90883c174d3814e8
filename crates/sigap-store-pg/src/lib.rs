//! PostgreSQL as the store of many machines: a pool of sessions, one transaction an office at a time in each process,
//! personal data sealed, keys in a database of their own that commits first.
//!
//! It holds no rules. Every method of the traits in `sigap-store` is a few lines of SQL in `rows/`. Whatever is decided
//! from what a transaction read is either locked by it or written with a condition: the isolation level is READ COMMITTED,
//! which sharded relatives of PostgreSQL keep as well.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod connection;
mod distribution;
mod key_ring;
mod lanes;
mod migrations;
mod moving;
mod plans;
mod raw;
mod rows;
#[cfg(test)]
mod schema;
mod session;
mod store;
mod sweep;
#[cfg(feature = "testing")]
pub mod testing;
mod transaction;
mod trouble;
mod worker;

pub use connection::{Places, ServerFacts};
pub use moving::Target;
pub use plans::Plan;
pub use raw::{RawDatabase, RawPart};
pub use store::{PgStore, has_keys, migrate, server_facts};
