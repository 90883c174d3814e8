//! What people mean by what they write: values in, values out. No clock, no network, no files but those built in.
//!
//! This crate knows sentences, not conversations: menu digits, buttons and what a state of the dialogue asks for come
//! before it, and what follows from an intent is decided elsewhere. [`classify`] says what a writer wants, [`values`]
//! reads everything else that a sentence says: days, hours, numbers, names.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod classify;
pub mod spelling;
pub mod values;
