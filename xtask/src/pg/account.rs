//! Whom a throw-away server runs as: ourselves, or somebody with fewer rights when we are root, whom PostgreSQL refuses.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::{apt, program};

/// Users without rights, the one made for it first.
const USERS: &[&str] = &["postgres", "nobody"];

/// A user and group by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Owner {
    user: u32,
    group: u32,
}

/// Starts programs as the right user.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// Another than ourselves.
    owner: Option<Owner>,
    has_setpriv: bool,
}

impl Account {
    /// # Errors
    /// When we are root and there is no way to be somebody else.
    pub(super) fn choose() -> anyhow::Result<Self> {
        let has_setpriv = program::is_installed("setpriv");
        if !apt::has_root() {
            return Ok(Self {
                owner: None,
                has_setpriv,
            });
        }
        if !has_setpriv {
            bail!("PostgreSQL refuses root, and `setpriv` is missing: install `util-linux`, then run this again");
        }
        let owner = USERS
            .iter()
            .find_map(|name| {
                Some(Owner {
                    user: number_of("-u", name)?,
                    group: number_of("-g", name)?,
                })
            })
            .context("PostgreSQL refuses root, and there is neither a user `postgres` nor `nobody`")?;
        Ok(Self {
            owner: Some(owner),
            has_setpriv,
        })
    }

    /// Makes a folder that only this user and root may enter. A folder that is there already is an error: it could be
    /// somebody's trap.
    pub(super) fn make_folder(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir(folder)?;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        match self.owner {
            Some(owner) => std::os::unix::fs::chown(folder, Some(owner.user), Some(owner.group)),
            None => Ok(()),
        }
    }

    /// A program to be run as this user. It ends with the thread that starts it, where the system can do that.
    pub(super) fn command(&self, path: &Path) -> Command {
        if !self.has_setpriv {
            return Command::new(path);
        }
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "QUIT"]);
        if let Some(owner) = self.owner {
            command.args(["--reuid", &owner.user.to_string()]);
            command.args(["--regid", &owner.group.to_string()]);
            command.arg("--clear-groups");
        }
        command.arg("--").arg(path);
        command
    }
}

fn number_of(which: &str, user: &str) -> Option<u32> {
    let output = Command::new("id")
        .args([which, user])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}
