//! The HTTP edge: webhook, health, metrics. Handlers are thin; every read and write goes through `sigap-actions`.
//!
//! Citizen pages, console and display are not here yet; this crate is where they will live.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod health;
pub mod metrics;
pub mod numbers;
pub mod routes;
pub mod webhook;

pub use metrics::Metrics;
pub use numbers::Numbers;
pub use routes::{AppState, router};
