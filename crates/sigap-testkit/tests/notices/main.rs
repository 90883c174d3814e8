//! Notices with their real use cases on a real store: by approved template or not at all, by day, not too many, within the budget; and the
//! templates themselves, from the wish of an officer to Meta's word.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod sending;
mod templates;
mod world;
