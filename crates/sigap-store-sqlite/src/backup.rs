//! Consistent copies of both files while the service runs, and putting them back.
//!
//! Order matters: the database first, the keys after it, so that every row of the copy finds its key. Copies are
//! plain files; the database is useless without the keys, and both without the master key.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use sigap_store::Fault;

use crate::connection::refused;
use crate::writer::Places;

/// All pages in one step: a reader of a log file holds up no writer, while a copy in parts starts again after each write.
const ALL_PAGES: i32 = -1;
/// Name of the database inside a backup folder.
const DATABASE: &str = "sigap.db";
/// Name of the key store inside a backup folder.
const KEYS: &str = "sigap.keys.db";

/// What a copy holds, after it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    /// Files written.
    pub files: [PathBuf; 2],
    /// Bytes of both.
    pub bytes: u64,
    /// Received messages in it.
    pub messages: u64,
    /// Person keys in it.
    pub keys: u64,
}

/// Copies both files into a folder and checks the copies.
///
/// # Errors
/// When a file cannot be read or written, the folder already holds a backup, or a copy fails its check.
pub fn copy_to(places: &Places, folder: &Path) -> Result<BackupReport, Fault> {
    std::fs::create_dir_all(folder).map_err(|error| broken(folder, &error))?;
    let targets = [folder.join(DATABASE), folder.join(KEYS)];
    if let Some(existing) = targets.iter().find(|path| path.exists()) {
        return Err(Fault::Refused(format!(
            "`{}` exists already; name an empty folder",
            existing.display()
        )));
    }
    copy(&places.database, &targets[0])?;
    copy(&places.keys, &targets[1])?;
    report(targets)
}

/// Puts a copy back in place of files that do not exist.
///
/// # Errors
/// When the copy fails its check, or a database is in the way.
pub fn restore_from(folder: &Path, places: &Places) -> Result<BackupReport, Fault> {
    let sources = [folder.join(DATABASE), folder.join(KEYS)];
    for source in &sources {
        check(source)?;
    }
    let targets = [places.database.clone(), places.keys.clone()];
    if let Some(existing) = targets.iter().find(|path| path.exists()) {
        return Err(Fault::Refused(format!(
            "`{}` is in the way; stop sigap and move it aside, nothing is overwritten",
            existing.display()
        )));
    }
    for (source, target) in sources.iter().zip(&targets) {
        copy(source, target)?;
    }
    report(targets)
}

fn report(files: [PathBuf; 2]) -> Result<BackupReport, Fault> {
    let (database, keys) = (check(&files[0])?, check(&files[1])?);
    let count = |db: &Connection, sql: &str| db.query_row(sql, [], |row| row.get(0)).map_err(refused);
    let bytes = files
        .iter()
        .filter_map(|path| path.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    Ok(BackupReport {
        bytes,
        messages: count(&database, "SELECT COUNT(*) FROM inbox")?,
        keys: count(&keys, "SELECT COUNT(*) FROM person_key WHERE LENGTH(wrapped) > 0")?,
        files,
    })
}

fn read_only(path: &Path) -> Result<Connection, Fault> {
    if !path.is_file() {
        return Err(Fault::Refused(format!("`{}` is not there", path.display())));
    }
    // Opened for writing so that a log left beside the file is read too; nothing is written.
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(refused)?;
    db.busy_timeout(Duration::from_secs(10)).map_err(refused)?;
    Ok(db)
}

fn copy(source: &Path, target: &Path) -> Result<(), Fault> {
    let source = read_only(source)?;
    let mut copy = Connection::open(target).map_err(refused)?;
    copy.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
    let backup = Backup::new(&source, &mut copy).map_err(refused)?;
    let outcome = backup.step(ALL_PAGES).map_err(refused)?;
    drop(backup);
    if outcome != StepResult::Done {
        return Err(Fault::Busy);
    }
    copy.close().map_err(|(_, error)| refused(error))
}

fn check(path: &Path) -> Result<Connection, Fault> {
    let db = read_only(path)?;
    let verdict: String = db
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(refused)?;
    if verdict == "ok" {
        Ok(db)
    } else {
        Err(Fault::Refused(format!(
            "`{}` is damaged; take an older copy",
            path.display()
        )))
    }
}

fn broken(path: &Path, error: &std::io::Error) -> Fault {
    Fault::Refused(format!("cannot write `{}`: {error}", path.display()))
}
