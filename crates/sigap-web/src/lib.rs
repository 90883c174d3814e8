//! The HTTP edge: webhook, health, metrics, the pages that links in the chat lead to, the office's console and the hall's display.
//! Handlers are thin; every read and write goes through `sigap-actions`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod api;
pub mod app;
pub(crate) mod assets;
pub(crate) mod booking_words;
pub mod console;
pub(crate) mod figures;
pub mod forms;
pub mod hall;
pub mod health;
pub mod metrics;
pub mod pages;
pub mod numbers;
pub(crate) mod qr_picture;
pub mod report_reader;
pub(crate) mod robots;
pub mod routes;
pub(crate) mod settings;
pub mod ticket_code;
pub mod toll;
pub mod webhook;

/// Where the style of every page stands, for pages that are made elsewhere.
#[must_use]
pub fn style_url() -> &'static str {
    assets::GAYA.url()
}

pub use metrics::Metrics;
pub use numbers::Numbers;
pub use routes::{AppState, router};
