//! The program: settings, wiring, sub-commands. The only place that knows which engine runs, which clock ticks and
//! where chance comes from. It holds no rules.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod app;
pub mod chance;
pub mod clock;
pub mod commands;
pub mod config;
pub mod courier;
pub mod file_clerk;
pub mod scanner;
pub mod transcriber;
pub mod housekeeping;
pub mod import;
pub mod keys;
mod neighbours;
pub mod partner_calls;
pub mod read_marks;
pub mod sender;
pub mod template_clerk;
pub mod flows;
pub mod watched_folder;
