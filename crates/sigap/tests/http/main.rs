//! Level 4: the whole service over HTTP, with the emulator as Meta and a clock that tests turn. No test sleeps.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod world;

mod scripts;
mod faults;
mod redelivery;
mod bad_input;
mod late;
mod identities;
mod owed;
mod bursts;
mod statuses;
mod privacy;
mod import;
mod fairness;
