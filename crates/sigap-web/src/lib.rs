//! The HTTP edge: webhook, health, metrics, and the few pages that links in the chat lead to: the NIK form, the ticket, the
//! waiting room, published draws. Handlers are thin; every read and write goes through `sigap-actions`.
//!
//! Console, display and the citizens' whole app are not here yet; this crate is where they will live.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod health;
pub mod metrics;
pub mod pages;
pub mod numbers;
pub mod routes;
pub mod ticket_code;
pub mod webhook;

pub use metrics::Metrics;
pub use numbers::Numbers;
pub use routes::{AppState, router};
