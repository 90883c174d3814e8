//! Level 4: the whole service over HTTP, with the emulator as Meta and a clock that tests turn. No test sleeps.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod world;

/// The same suite runs on PostgreSQL from `tests/http_postgres`.
pub(crate) const IS_ON_POSTGRES: bool = false;

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
mod bookings;
mod cases;
mod console;
mod desk_bookings;
mod intakes;
mod passkeys;
mod provider;
mod institution;
mod reports;
mod folder;
mod noted_files;
mod notices;
mod surveys;
mod unclear;
mod forms;
mod programs;
mod figures;
mod citizens;
mod guide;
mod contents;
mod app;
mod search_engines;
