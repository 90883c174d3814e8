//! The rules of sigap: values in, values out. No clock, no network, no database, no randomness, no `async`.
//!
//! Read the modules in this order; each is one idea of the service.

pub mod ids;
pub mod limits;
pub mod language;
pub mod point;
pub mod office;
pub mod calendar;
pub mod catalogue;
pub mod application;
pub mod person;
pub mod files;
pub mod inbound;
pub mod message;
pub mod cases;
pub mod booking;
pub mod release;
pub mod intake;
pub mod queue;
pub mod staff;
pub mod survey;
pub mod figures;
pub mod notices;
pub mod trail;
pub mod outward;
pub mod conversation;
