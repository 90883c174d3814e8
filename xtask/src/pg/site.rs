//! Where a throw-away server stands: its folder, its cluster and database, and the settings it is started with.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, bail};

use super::account::Account;
use super::{Care, Programs, programs};

/// The folder is the server's own, so that this number needs to be no other's.
pub(super) const PORT: u16 = 5432;
/// Name of the user who may do everything in it, and of the database.
pub(super) const NAME: &str = "sigap";
/// The address of a socket is at most 107 bytes long (`sun_path` of unix(7)).
const SOCKET_PATH_MAX: usize = 107;
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

/// Everything that is needed to start a server, and to start it again.
pub(super) struct Site {
    pub(super) folder: PathBuf,
    programs: Programs,
    account: Account,
    care: Care,
}

impl Site {
    /// An empty folder on this machine.
    ///
    /// # Errors
    /// When PostgreSQL is missing or nobody may run it; the sentence says what to type.
    pub(super) fn choose(care: Care) -> anyhow::Result<Self> {
        let programs = programs::find().context(
            "no PostgreSQL server of version 15 or newer: type `cargo xtask setup`, or name one in \
             `SIGAP_TEST_POSTGRES_URL`",
        )?;
        let account = Account::choose()?;
        Ok(Self {
            folder: make_folder(&account, care)?,
            programs,
            account,
            care,
        })
    }

    /// Makes the files of a server, with an empty database.
    ///
    /// # Errors
    /// When one of PostgreSQL's programs fails; its last words are in the error.
    pub(super) fn fill(&self) -> anyhow::Result<()> {
        self.make_cluster()?;
        self.make_database()
    }

    /// Starts the server.
    ///
    /// # Errors
    /// When its program cannot be started; how it ends is told by the child.
    pub(super) fn start(&self) -> anyhow::Result<Child> {
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

    fn log(&self) -> anyhow::Result<File> {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(log_path(&self.folder))
            .context("cannot write the log of the PostgreSQL server")
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
pub(super) fn is_ready(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("data/postmaster.pid"))
        .is_ok_and(|text| text.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
}

fn log_path(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

pub(super) fn last_words(folder: &Path) -> String {
    let log = std::fs::read(log_path(folder)).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let lines: Vec<&str> = log.lines().collect();
    let first = lines.len().saturating_sub(LAST_WORDS_MAX);
    lines.get(first..).unwrap_or_default().join("\n")
}
