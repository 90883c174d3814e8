//! A throw-away PostgreSQL server on a socket in a folder of its own. It is started again when it ends, and stopped and
//! removed when its value is dropped or our process ends, however that happens.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::account::Account;
use super::{Care, Programs, programs};

/// The folder is the server's own, so that this number needs to be no other's.
const PORT: u16 = 5432;
/// Name of the user who may do everything in it, and of the database.
const NAME: &str = "sigap";
/// The address of a socket is at most 107 bytes long (`sun_path` of unix(7)).
const SOCKET_PATH_MAX: usize = 107;
/// A cold disk and a busy machine together take a few seconds.
const READY_MAX: Duration = Duration::from_secs(60);
/// How often a server is looked at. Short enough to be started again before a client has given up.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// Ends one after the other, each before its server had lived for a second: then it is no use to go on.
const QUICK_ENDS_MAX: u32 = 100;
/// An immediate stop takes less than this; after it the server is killed.
const STOP_MAX: Duration = Duration::from_secs(10);
/// Lines of the server's log in an error.
const LAST_WORDS_MAX: usize = 20;

/// What the tests do at once, each with sessions of its own.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "max_connections=200",
    "log_min_messages=error",
    "log_checkpoints=off",
];
const QUICK: &[&str] = &["fsync=off", "full_page_writes=off", "synchronous_commit=on"];
const DURABLE: &[&str] = &["fsync=on", "shared_buffers=512MB", "max_wal_size=4GB"];

/// Orders of letters, the best first: one that is not that of the bytes shows what depends on it.
const LOCALES: &[&[&str]] = &[
    &["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=id"],
    &["--locale=en_US.UTF-8"],
    &["--locale=C.UTF-8"],
];

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
        let programs = programs::find().context(
            "no PostgreSQL server of version 15 or newer: type `cargo xtask setup`, or name one in \
             `SIGAP_TEST_POSTGRES_URL`",
        )?;
        let account = Account::choose()?;
        let folder = make_folder(&account, care)?;
        let keeper = Keeper::start(&folder)?;
        let site = Site {
            folder: folder.clone(),
            programs,
            account,
            care,
        };
        site.make_cluster()?;
        site.make_database()?;
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

/// Everything that is needed to start a server, and to start it again.
struct Site {
    folder: PathBuf,
    programs: Programs,
    account: Account,
    care: Care,
}

impl Site {
    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// One of the server's programs, in a folder that its user may enter.
    fn command(&self, name: &str) -> Command {
        let mut command = self.account.command(&self.programs.path(name));
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    fn make_cluster(&self) -> anyhow::Result<()> {
        let mut says = String::new();
        for locale in LOCALES {
            let output = self
                .command("initdb")
                .arg("--pgdata")
                .arg(self.data())
                .args(["--username", NAME, "--auth=trust", "--encoding=UTF8"])
                .args(["--no-sync", "--no-instructions"])
                .args(*locale)
                .output()
                .context("cannot start `initdb`")?;
            if output.status.success() {
                return Ok(());
            }
            says = String::from_utf8_lossy(&output.stderr).into_owned();
        }
        bail!("`initdb` did not succeed; it wrote:\n{says}")
    }

    /// In a session without a server: no client program is needed, and nobody sees the server before the database is there.
    fn make_database(&self) -> anyhow::Result<()> {
        let mut session = self
            .command("postgres")
            .args(["--single", "-c", "exit_on_error=on", "-D"])
            .arg(self.data())
            .arg("postgres")
            .stdin(Stdio::piped())
            .stdout(self.log()?)
            .stderr(self.log()?)
            .spawn()
            .context("cannot start `postgres`")?;
        if let Some(mut input) = session.stdin.take() {
            // When nobody reads, the exit status below tells.
            let _written = input.write_all(format!("CREATE DATABASE {NAME};\n").as_bytes());
        }
        if !session.wait().context("cannot wait for `postgres`")?.success() {
            bail!(
                "the database could not be made; `postgres` wrote:\n{}",
                last_words(&self.folder)
            );
        }
        Ok(())
    }

    fn start(&self) -> anyhow::Result<Child> {
        let care = match self.care {
            Care::Quick => QUICK,
            Care::Durable => DURABLE,
        };
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data());
        command.arg("-k").arg(&self.folder);
        command.args(["-p", &PORT.to_string()]);
        for setting in SETTINGS.iter().chain(care) {
            command.args(["-c", setting]);
        }
        // A group of its own: Ctrl-C is meant for us, and the server is ended in order afterwards.
        command.process_group(0).stdout(self.log()?).stderr(self.log()?);
        command.spawn().context("cannot start `postgres`")
    }

    fn log(&self) -> anyhow::Result<File> {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(log_path(&self.folder))
            .context("cannot write the log of the PostgreSQL server")
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

/// A small program that outlives us by a moment and leaves nothing behind (`keeper.sh`).
struct Keeper(Child);

impl Keeper {
    fn start(folder: &Path) -> anyhow::Result<Self> {
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
    fn finish(&mut self) {
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

/// A folder that is nobody else's. What is to be durable goes where disks are for certain: `/tmp` may be memory.
fn make_folder(account: &Account, care: Care) -> anyhow::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let on_disk = Path::new("/var/tmp");
    let parent = if care == Care::Durable && on_disk.is_dir() {
        on_disk.to_path_buf()
    } else {
        std::env::temp_dir()
    };
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = parent.join(format!("sigap-pg-{}-{next}", std::process::id()));
        let socket = folder.join(format!(".s.PGSQL.{PORT}"));
        if socket.as_os_str().len() > SOCKET_PATH_MAX {
            bail!(
                "`{}` is too long a path for a socket: set TMPDIR to a shorter one",
                folder.display()
            );
        }
        match account.make_folder(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            other => {
                return other
                    .map(|()| folder)
                    .context("cannot make a folder for the PostgreSQL server");
            }
        }
    }
}

/// The server writes its state in the eighth line of this file, as `pg_ctl` reads it.
fn is_ready(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("data/postmaster.pid"))
        .is_ok_and(|text| text.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
}

fn log_path(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

fn last_words(folder: &Path) -> String {
    let log = std::fs::read(log_path(folder)).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let lines: Vec<&str> = log.lines().collect();
    let first = lines.len().saturating_sub(LAST_WORDS_MAX);
    lines.get(first..).unwrap_or_default().join("\n")
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
