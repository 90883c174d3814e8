//! The master key's file: read, or made once for a new database, for its owner's eyes alone.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use sigap_store::sealing::{MasterKey, system_random};

/// Reads the key.
///
/// # Errors
/// When the file is absent, unreadable, or holds no 64 hex characters.
pub fn read(path: &Path) -> anyhow::Result<MasterKey> {
    let text = std::fs::read_to_string(path).with_context(|| {
        format!(
            "cannot read the master key `{}` (setting `keys.master`)",
            path.display()
        )
    })?;
    MasterKey::from_hex(&text).with_context(|| {
        format!(
            "`{}` does not hold 64 hex characters; put the right key file there",
            path.display()
        )
    })
}

/// Reads the key; for a database that does not exist yet it may be made.
///
/// # Errors
/// As `read`; and when a database exists without its key: a new key could open nothing in it.
pub fn ensure(path: &Path, database: &Path) -> anyhow::Result<MasterKey> {
    if path.exists() {
        return read(path);
    }
    if database.exists() {
        bail!(
            "the database `{}` exists but its master key `{}` does not; bring the key back from the safe",
            database.display(),
            path.display()
        );
    }
    make(path)
}

/// Makes a key for a database that holds nothing yet.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn make(path: &Path) -> anyhow::Result<MasterKey> {
    let key = MasterKey::generate(system_random)?;
    write_new(path, &format!("{}\n", key.to_hex()))
        .with_context(|| format!("cannot write the master key `{}`", path.display()))?;
    tracing::warn!(path = %path.display(), "a new master key was made; keep a copy in a safe place");
    Ok(key)
}

/// Writes a secret into a file that does not exist yet, for its owner's eyes alone.
///
/// # Errors
/// When the file exists or cannot be written.
pub(crate) fn write_new(path: &Path, secret: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(secret.as_bytes())?;
    // A key that is lost in a power cut takes everything sealed since with it.
    file.sync_all()
}
