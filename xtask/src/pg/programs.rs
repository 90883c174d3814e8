//! Finds the programs of a PostgreSQL server: Debian keeps each version in a folder of its own, outside the path.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Older servers are not supported (docs/storage.md).
const VERSION_MIN: u32 = 15;

/// Where Debian and its relatives keep a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// `initdb` and `postgres` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Programs {
    folder: PathBuf,
    version: u32,
}

impl Programs {
    /// The path of one of them.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn are_there(&self) -> bool {
        self.version >= VERSION_MIN && ["initdb", "postgres"].iter().all(|name| self.path(name).is_file())
    }
}

impl fmt::Display for Programs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "version {} in {}", self.version, self.folder.display())
    }
}

/// The newest in Debian's folders, else the first on the path.
pub(super) fn find() -> Option<Programs> {
    newest_in(Path::new(DEBIAN)).or_else(|| first_on(&std::env::var_os("PATH")?))
}

fn newest_in(folder: &Path) -> Option<Programs> {
    std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some(Programs {
                version: entry.file_name().to_str()?.parse().ok()?,
                folder: entry.path().join("bin"),
            })
        })
        .filter(Programs::are_there)
        .max_by_key(|programs| programs.version)
}

fn first_on(path: &OsString) -> Option<Programs> {
    std::env::split_paths(path)
        .filter_map(|folder| {
            let output = Command::new(folder.join("postgres"))
                .arg("--version")
                .stdin(Stdio::null())
                .output()
                .ok()?;
            Some(Programs {
                version: version_in(&String::from_utf8_lossy(&output.stdout))?,
                folder,
            })
        })
        .find(Programs::are_there)
}

/// The first number in `postgres (PostgreSQL) 17.2 (Debian 17.2-1)`.
fn version_in(line: &str) -> Option<u32> {
    let rest = line.split_once("(PostgreSQL) ")?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
