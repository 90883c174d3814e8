//! The storage methods on PostgreSQL, one file an aggregate.

mod applications;
mod conversations;
mod inbox;
mod national;
mod office;
mod outbox;
mod people;
mod processes;
