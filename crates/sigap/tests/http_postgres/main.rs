//! Level 4 once more, with the service on PostgreSQL: every test of `tests/http` that meets a database.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

pub(crate) const IS_ON_POSTGRES: bool = true;

#[path = "../http/world.rs"]
mod world;
#[path = "../http/scripts.rs"]
mod scripts;
#[path = "../http/faults.rs"]
mod faults;
#[path = "../http/redelivery.rs"]
mod redelivery;
#[path = "../http/bad_input.rs"]
mod bad_input;
#[path = "../http/late.rs"]
mod late;
#[path = "../http/identities.rs"]
mod identities;
#[path = "../http/owed.rs"]
mod owed;
#[path = "../http/bursts.rs"]
mod bursts;
#[path = "../http/statuses.rs"]
mod statuses;
#[path = "../http/privacy.rs"]
mod privacy;
#[path = "../http/import.rs"]
mod import;
#[path = "../http/bookings.rs"]
mod bookings;
#[path = "../http/cases.rs"]
mod cases;
#[path = "../http/console.rs"]
mod console;
#[path = "../http/intakes.rs"]
mod intakes;
#[path = "../http/desk_bookings.rs"]
mod desk_bookings;
#[path = "../http/passkeys.rs"]
mod passkeys;
#[path = "../http/provider.rs"]
mod provider;
#[path = "../http/institution.rs"]
mod institution;
#[path = "../http/reports.rs"]
mod reports;
#[path = "../http/folder.rs"]
mod folder;
#[path = "../http/notices.rs"]
mod notices;
#[path = "../http/surveys.rs"]
mod surveys;
#[path = "../http/forms.rs"]
mod forms;
#[path = "../http/programs.rs"]
mod programs;
#[path = "../http/figures.rs"]
mod figures;
#[path = "../http/guide.rs"]
mod guide;
#[path = "../http/contents.rs"]
mod contents;
#[path = "../http/unclear.rs"]
mod unclear;
#[path = "../http/app.rs"]
mod app;
