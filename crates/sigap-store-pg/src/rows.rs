//! The storage methods on PostgreSQL, one file an aggregate.

mod applications;
mod bookings;
mod cases;
pub(crate) mod conversations;
mod hall;
mod inbox;
mod jobs;
mod national;
mod office;
mod openings;
pub(crate) mod outbox;
mod passports;
mod people;
mod processes;
mod staff;
