//! Where things stand in the checkout. Paths only; reads nothing.

use std::path::{Path, PathBuf};

/// The folder of the root `Cargo.toml`. Fixed when xtask is compiled, which cargo does anew in every checkout.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Where cargo puts what it builds. Respects `CARGO_TARGET_DIR`.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// An empty folder for one run, under the target folder, so that it goes with `cargo clean`.
///
/// # Errors
/// When an older one cannot be removed or the new one not be made.
pub(crate) fn fresh_folder(name: &str) -> std::io::Result<PathBuf> {
    let folder = target().join("xtask").join(name);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
