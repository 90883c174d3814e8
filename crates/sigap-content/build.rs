//! Tells cargo that the embedded content belongs to this crate, and trains the model that understands free text from it:
//! the same sentences give the same model, so that no weights have to be kept in the repository.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script by its environment, and reads directives from its output"
)]

use std::error::Error;
use std::path::PathBuf;

use sigap_understand::classify::{Model, SEED, Training};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../../content");
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    let model = Model::train(&Training::embedded()?, SEED);
    std::fs::write(folder.join("understanding.bin"), model.to_bytes())?;
    Ok(())
}
