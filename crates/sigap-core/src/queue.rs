//! The queue in the hall: who is called next, and how long the others have to wait. Everything an office may set is handed in.

pub mod band;
pub mod credit;
