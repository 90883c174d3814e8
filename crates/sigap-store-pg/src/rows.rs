//! The storage methods on PostgreSQL, one file an aggregate.

mod applications;
pub(crate) mod conversations;
mod inbox;
mod national;
mod office;
pub(crate) mod outbox;
mod people;
mod processes;
