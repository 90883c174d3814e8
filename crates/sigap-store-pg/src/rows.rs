//! The storage methods on PostgreSQL, one file an aggregate.

mod api_keys;
mod applications;
mod bookings;
mod browsers;
mod cases;
mod contents;
pub(crate) mod conversations;
mod figures;
mod files;
mod follows;
mod hall;
mod hooks;
mod inbox;
mod intakes;
mod jobs;
mod national;
mod notices;
mod office;
mod openings;
pub(crate) mod outbox;
mod own_data;
mod passports;
mod people;
mod processes;
mod reports;
mod staff;
mod surveys;
