//! Load, and the seeded simulations of how scarce places are released and how a hall waits. Never shipped; the figures of
//! `docs/performance.md` and `docs/fairness.md` come from here.

pub mod hall;
pub mod release;
