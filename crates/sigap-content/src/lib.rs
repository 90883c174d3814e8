//! Everything citizens read, as data: texts, offices, catalogue, vocabulary. Reads and checks `content/` and turns a message
//! key with arguments into words.
//!
//! ```text
//! content/texts/{id,en,su,jv}/{topic}.toml   [name] text = """…"""     the key is topic.name
//! content/offices/register.csv, {slug}.toml  what an office is and says of itself
//! content/offices/points.csv                 where offices are on the map
//! content/catalogue/*.toml, holidays.csv     dated facts with sources
//! content/vocabulary/{language}.toml         words that lead to choices
//! ```
//!
//! # How to add a text
//! 1. Its key in `sigap_core::conversation::messages` with the names of its arguments.
//! 2. `[name] text = "…"` in `content/texts/id/{topic}.toml`, then in `en`.
//! 3. `sigap content check` says what is too long, missing or not plain.
//!
//! # How an office changes its content in a browser
//! `overlay` are its changes, `entry` what can be changed, `layering` puts them over the files.
//!
//! # How to give an office its own words
//! `[texts.id]` with `"topic.name" = "…"` in `content/offices/{slug}.toml`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod catalogue_files;
pub mod check;
mod content;
pub mod entry;
mod error;
mod files;
mod fit;
pub mod format;
pub mod lesson;
pub mod limits;
pub mod notices;
mod layering;
mod office_file;
mod offices;
pub mod overlay;
mod points;
mod render;
pub mod sample;
mod hall_file;
mod service_file;
mod template;
mod texts;
mod understanding;
mod vocabulary_files;

pub use check::Unplain;
pub use content::Content;
pub use error::ContentError;
pub use layering::{BrokenPatch, Layered, ToCheck};
