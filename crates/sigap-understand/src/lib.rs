//! Understanding of what citizens write, as a pure function: text in, values out. No clock, no chance, no files, no network.
//!
//! [`values`] reads everything a sentence says besides what its writer wants: days, hours, numbers, names.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod values;
