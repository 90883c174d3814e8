//! Tells cargo that the embedded content belongs to this crate: a new or changed file there builds it again.
#![allow(
    clippy::print_stdout,
    reason = "cargo reads a build script's directives from its output"
)]

fn main() {
    println!("cargo::rerun-if-changed=../../content");
}
