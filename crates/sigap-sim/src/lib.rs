//! Load, and the seeded simulation of how scarce places are released. Never shipped; the figures of `docs/performance.md`
//! and `docs/fairness.md` come from here.

pub mod release;
