//! What people mean by what they write: values in, values out. No clock, no network, no files but those built in.
//!
//! This crate knows sentences, not conversations: menu digits, buttons and what a state of the dialogue asks for come
//! before it, and what follows from an intent is decided elsewhere.

pub mod classify;
