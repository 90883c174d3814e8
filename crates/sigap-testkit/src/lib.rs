//! Tools for tests and benches: chat scripts and what runs them. A dev-dependency only; nothing here ships.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod chance;
pub mod processor;
pub mod script;
pub mod staff;
