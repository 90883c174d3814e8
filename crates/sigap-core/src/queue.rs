//! The queue in the hall: who is called next, and how long the others have to wait. Everything an office may set is handed in.
//!
//! `hall.rs` is what an office says of its hall, `arrival.rs` what counts for somebody who comes, `visit.rs` how far a visit is and what
//! may be done with it; `credit.rs` orders those who wait, `band.rs` says how long one waits behind so many, `outlook.rs` behind whom one stands.

pub mod arrival;
pub mod band;
pub mod credit;
pub mod hall;
pub mod outlook;
pub mod spoken;
pub mod visit;

pub use hall::{Counter, Hall, HallRules, Line};
pub use visit::{TicketLabel, Visit, VisitState};
