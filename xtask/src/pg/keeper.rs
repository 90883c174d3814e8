//! What leaves nothing behind: a small shell beside us that removes a server when we end.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

/// Holds the pipe whose end `keeper.sh` waits for. It has a process group of its own: Ctrl-C is not meant for it.
pub(super) struct Keeper(Child);

impl Keeper {
    pub(super) fn start(folder: &Path) -> anyhow::Result<Self> {
        let keeper = Command::new("sh")
            .args(["-c", include_str!("keeper.sh"), "sh"])
            .arg(folder)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("cannot start `sh`")?;
        Ok(Self(keeper))
    }

    /// Lets it do its work now, and waits for that.
    pub(super) fn finish(&mut self) {
        drop(self.0.stdin.take());
        // It has nothing to report.
        let _status = self.0.wait();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.finish();
    }
}
