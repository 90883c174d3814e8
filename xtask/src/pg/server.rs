//! A throw-away PostgreSQL server on a socket in a folder of its own. It is started again when it ends, and stopped and
//! removed when its value is dropped or our process ends, however that happens.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::bail;

use super::Care;
use super::keeper::Keeper;
use super::site::{NAME, PORT, Site, is_ready, last_words};

/// A cold disk and a busy machine together take a few seconds.
const READY_MAX: Duration = Duration::from_secs(60);
/// How often a server is looked at. Short enough to be started again before a client has given up.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// Ends one after the other, each before its server had lived for a second: then it is no use to go on.
const QUICK_ENDS_MAX: u32 = 100;
/// An immediate stop takes less than this; after it the server is killed.
const STOP_MAX: Duration = Duration::from_secs(10);
/// A server that runs.
pub(crate) struct Server {
    folder: PathBuf,
    watch: Arc<Mutex<Watch>>,
    supervisor: Option<JoinHandle<()>>,
    keeper: Keeper,
}

/// What the supervisor and the owner of a server tell each other.
#[derive(Default)]
struct Watch {
    server: Option<Child>,
    ends: u32,
    is_stopping: bool,
}

impl Server {
    /// Makes a new server and waits until it takes connections.
    ///
    /// # Errors
    /// When PostgreSQL is missing or does not come up; the sentence says what to type, or holds its last words.
    pub(crate) fn start(care: Care) -> anyhow::Result<Self> {
        let site = Site::choose(care)?;
        let folder = site.folder.clone();
        let keeper = Keeper::start(&folder)?;
        site.fill()?;
        let watch = Arc::new(Mutex::new(Watch::default()));
        let supervisor = thread::spawn({
            let watch = Arc::clone(&watch);
            move || supervise(&site, &watch)
        });
        let server = Self {
            folder,
            watch,
            supervisor: Some(supervisor),
            keeper,
        };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Its address, in the one form that both libpq and tokio-postgres read: the latter counts a port after the question
    /// mark as a second one.
    pub(crate) fn url(&self) -> String {
        let host = percent_encoded(&self.folder.to_string_lossy());
        format!("postgres://{NAME}@{host}:{PORT}/{NAME}")
    }

    /// Comes back only when the server could not be started again.
    pub(crate) fn wait(&self) {
        while self.is_supervised() {
            thread::sleep(LOOK_AGAIN);
        }
    }

    fn is_supervised(&self) -> bool {
        self.supervisor.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    fn wait_until_ready(&self) -> anyhow::Result<()> {
        let started = Instant::now();
        while started.elapsed() < READY_MAX {
            if is_ready(&self.folder) {
                return Ok(());
            }
            if lock(&self.watch).ends > 0 || !self.is_supervised() {
                bail!(
                    "the PostgreSQL server ended at once; it wrote:\n{}",
                    last_words(&self.folder)
                );
            }
            thread::sleep(LOOK_AGAIN);
        }
        bail!(
            "the PostgreSQL server was not ready in time; it wrote:\n{}",
            last_words(&self.folder)
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        lock(&self.watch).is_stopping = true;
        if let Some(supervisor) = self.supervisor.take() {
            // It has no way to panic; if it found one, the keeper still ends the server.
            let _ended = supervisor.join();
        }
        self.keeper.finish();
    }
}

/// Starts the server and starts it again, until it is told to stop or it is no use. All in one thread, because a server ends
/// with the thread that started it.
fn supervise(site: &Site, watch: &Mutex<Watch>) {
    let mut quick_ends = 0;
    while quick_ends < QUICK_ENDS_MAX {
        let started = Instant::now();
        match site.start() {
            Ok(server) => lock(watch).server = Some(server),
            Err(error) => {
                eprintln!("{error:#}");
                return;
            }
        }
        let Some(says) = wait_for_end(watch) else {
            stop(watch);
            return;
        };
        lock(watch).ends += 1;
        quick_ends = if started.elapsed() < Duration::from_secs(1) {
            quick_ends + 1
        } else {
            0
        };
        eprintln!("the PostgreSQL server ended ({says}) and is started again");
        thread::sleep(LOOK_AGAIN);
    }
    eprintln!(
        "the PostgreSQL server ends again and again; it wrote:\n{}",
        last_words(&site.folder)
    );
}

/// How the server ended; `None` when it is to be stopped.
fn wait_for_end(watch: &Mutex<Watch>) -> Option<String> {
    loop {
        let mut state = lock(watch);
        if state.is_stopping {
            return None;
        }
        match state.server.as_mut().map(Child::try_wait) {
            Some(Ok(None)) => {}
            Some(Ok(Some(status))) => return Some(status.to_string()),
            Some(Err(error)) => return Some(error.to_string()),
            None => return Some("it is not there".to_owned()),
        }
        drop(state);
        thread::sleep(LOOK_AGAIN);
    }
}

/// Nothing in it is needed any more, so it gets no time for farewells.
fn stop(watch: &Mutex<Watch>) {
    let Some(mut server) = lock(watch).server.take() else {
        return;
    };
    let started = Instant::now();
    while matches!(server.try_wait(), Ok(None)) {
        if started.elapsed() > STOP_MAX {
            // Fails only when it is gone already.
            let _killed = server.kill();
            let _status = server.wait();
            return;
        }
        // Repeated, because a server that has only just started may not hear it yet. The shell has `kill` built in.
        let _told = Command::new("sh")
            .args(["-c", "kill -QUIT \"$1\"", "sh", &server.id().to_string()])
            .stderr(Stdio::null())
            .status();
        thread::sleep(LOOK_AGAIN);
    }
}

/// What may stand for itself in the host of an address does.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A watch whose holder broke off still says what is.
fn lock(watch: &Mutex<Watch>) -> MutexGuard<'_, Watch> {
    watch.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
