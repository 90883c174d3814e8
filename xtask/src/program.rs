//! Runs other programs: shows their output as it comes, keeps a copy to count in, and ends them when their time is up.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::workspace;

/// How often a running program is looked at. Short enough not to be felt, long enough not to cost.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// How a program ended and what it wrote, standard output and errors in the order they came.
#[derive(Debug)]
pub(crate) struct Ended {
    /// It ended by itself with exit code 0.
    pub(crate) is_success: bool,
    /// Why not, in words.
    pub(crate) reason: String,
    /// Everything it wrote.
    pub(crate) output: String,
}

/// A program to be run in the root of the checkout. It gets no standard input: nothing may wait for a key.
pub(crate) struct Program {
    command: Command,
    shown: String,
    time_max: Duration,
    in_own_group: bool,
}

impl Program {
    /// `words` are the program and its arguments.
    pub(crate) fn new<S: AsRef<OsStr>>(program: S, arguments: &[&str]) -> Self {
        let mut command = Command::new(program.as_ref());
        command
            .args(arguments)
            .current_dir(workspace::root())
            .stdin(Stdio::null());
        // In a terminal the children stay in our process group, so that Ctrl-C reaches them all.
        // Without one they get their own, so that a step that hangs can be ended with its grandchildren.
        let in_own_group = is_unattended();
        if in_own_group {
            command.process_group(0);
        }
        let name = Path::new(program.as_ref())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let shown = std::iter::once(name.as_str())
            .chain(arguments.iter().copied())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            command,
            shown,
            time_max: Duration::from_secs(3600),
            in_own_group,
        }
    }

    /// Sets an environment variable for the program.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in this folder of the checkout instead of its root.
    pub(crate) fn in_folder(mut self, folder: &str) -> Self {
        self.command.current_dir(workspace::root().join(folder));
        self
    }

    /// After this long the program is ended and counts as failed. One hour unless told.
    pub(crate) fn time_max(mut self, time_max: Duration) -> Self {
        self.time_max = time_max;
        self
    }

    /// The command line as a person would type it.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// Runs to the end, showing the output as it comes.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(crate) fn run(mut self) -> anyhow::Result<Ended> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let started = Instant::now();
        let mut child = self
            .command
            .spawn()
            .with_context(|| format!("cannot start `{}`", self.shown))?;
        let (line_out, lines) = mpsc::channel();
        let readers = [
            follow(child.stdout.take(), line_out.clone()),
            follow(child.stderr.take(), line_out),
        ];
        let mut output = String::new();
        let mut is_late = false;
        let status = loop {
            match lines.recv_timeout(LOOK_AGAIN) {
                Ok(line) => keep(&mut output, &line),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                // Both pipes are closed: the end is near, and waiting for it costs nothing.
                Err(mpsc::RecvTimeoutError::Disconnected) => thread::sleep(LOOK_AGAIN),
            }
            if let Some(status) = child.try_wait().context("cannot wait for a program")? {
                break status;
            }
            if !is_late && started.elapsed() > self.time_max {
                is_late = true;
                end(&mut child, self.in_own_group);
            }
        };
        // What is still in the pipes. A daemon left behind could hold them open for ever: two seconds are enough.
        let last_words = Instant::now();
        while last_words.elapsed() < Duration::from_secs(2) {
            match lines.recv_timeout(LOOK_AGAIN) {
                Ok(line) => keep(&mut output, &line),
                Err(mpsc::RecvTimeoutError::Timeout) if readers.iter().flatten().all(JoinHandle::is_finished) => {
                    break;
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        let reason = if is_late {
            format!("`{}` was ended after {} s", self.shown, self.time_max.as_secs())
        } else {
            format!("`{}` ended with {status}", self.shown)
        };
        Ok(Ended {
            is_success: status.success() && !is_late,
            reason,
            output,
        })
    }

    /// Starts a service that stays in the background, and waits until `ready` finds what it looks for in a line.
    ///
    /// # Errors
    /// When it cannot be started, ends early, or says nothing of the kind within `time_max`.
    pub(crate) fn start<T>(mut self, ready: impl Fn(&str) -> Option<T>) -> anyhow::Result<(Service, T)> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let started = Instant::now();
        let mut child = self
            .command
            .spawn()
            .with_context(|| format!("cannot start `{}`", self.shown))?;
        let (line_out, lines) = mpsc::channel();
        // The readers go on emptying the pipes for as long as the service lives, so that it never blocks on them.
        follow(child.stdout.take(), line_out.clone());
        follow(child.stderr.take(), line_out);
        let service = Service {
            child,
            in_own_group: self.in_own_group,
        };
        let mut output = String::new();
        while started.elapsed() < self.time_max {
            match lines.recv_timeout(LOOK_AGAIN) {
                Ok(line) => {
                    if let Some(found) = ready(&line) {
                        return Ok((service, found));
                    }
                    output.push_str(&line);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    anyhow::bail!("`{}` ended before it was ready; it wrote:\n{output}", self.shown)
                }
            }
        }
        anyhow::bail!("`{}` was not ready in time; it wrote:\n{output}", self.shown)
    }
}

/// A program in the background. It is ended when this value is dropped.
pub(crate) struct Service {
    child: Child,
    in_own_group: bool,
}

impl Drop for Service {
    fn drop(&mut self) {
        end(&mut self.child, self.in_own_group);
        // Collects the exit status so that no zombie stays; whether it was kind does not matter any more.
        let _status = self.child.wait();
    }
}

/// Nobody sits at a terminal: the environment says `CI=true`.
pub(crate) fn is_unattended() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Whether a program of this name can be started.
pub(crate) fn is_installed(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn end(child: &mut Child, in_own_group: bool) {
    if in_own_group {
        // The minus sign means the whole group. A failure leaves the direct kill below.
        let _group = Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", child.id())])
            .stderr(Stdio::null())
            .status();
    }
    // Fails only when the child is gone already.
    let _direct = child.kill();
}

fn follow(pipe: Option<impl Read + Send + 'static>, line_out: mpsc::Sender<String>) -> Option<JoinHandle<()>> {
    let pipe = pipe?;
    Some(thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            // Nobody listens any more: keep emptying the pipe, the program must not block on it.
            let _unheard = line_out.send(String::from_utf8_lossy(&bytes).into_owned());
            bytes.clear();
        }
    }))
}

fn keep(output: &mut String, line: &str) {
    let mut screen = std::io::stdout().lock();
    // A closed screen (`… | head`) is no reason to stop checking.
    let _shown = screen.write_all(line.as_bytes()).and_then(|()| screen.flush());
    output.push_str(line);
}

#[cfg(test)]
mod tests;
