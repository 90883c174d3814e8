//! What sigap keeps, as traits: transactions are functions, personal data is sealed at this border.
//!
//! How to add a storage method: 1. the method in the trait of its aggregate (`tx/*.rs`) with a promise in its comment;
//! 2. both engines; 3. a conformance case that lists it in `covers`; 4. `cargo xtask tidy` tells when one is missing.
//!
//! This crate knows no driver and no runtime. The engines are `sigap-store-sqlite` and, from the second step on,
//! `sigap-store-pg`; both seal with [`sealing`] and pass the `conformance` cases (a feature).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[cfg(feature = "conformance")]
pub mod conformance;
pub mod copying;
#[cfg(feature = "conformance")]
pub mod differential;
pub mod fault;
pub mod migrations;
pub mod raw;
pub mod records;
pub mod schema;
pub mod sealing;
pub mod store;
pub mod stored;
pub mod tx;

pub use fault::Fault;

pub use store::{Store, read, write};
pub use tx::Tx;
