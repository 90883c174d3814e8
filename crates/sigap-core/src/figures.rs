//! Figures of an office: what is counted of a day, how days become months and years, and what may be shown to everybody.
//!
//! `totals.rs` is what is kept of a day, `histogram.rs` how long people waited, `summary.rs` reads both, `period.rs` says which days,
//! `shown.rs` what everybody may see. A figure that was not kept is `None`, never nought.

pub mod histogram;
pub mod period;
pub mod shown;
pub mod summary;
pub mod totals;

pub use histogram::{Bound, Histogram};
pub use period::{Part, Period};
pub use summary::{OpenCases, Summary};
pub use totals::{Class, End, FirstAnswer, Totals, VisitOfDay};
