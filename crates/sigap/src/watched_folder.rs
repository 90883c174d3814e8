//! A folder into which another program, or somebody by hand, puts reports: taken when they have stopped changing, applied, and moved to
//! `done` or to `refused` with a text beside them that says why.
//!
//! The folder is looked at now and then, on the clock that is handed in. A file stays where it is until it was applied as a whole, so a
//! process that dies half-way finds it again, and what was merged already is merged without effect. A file whose bytes were imported before
//! is not imported again, under whichever name it comes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sigap_actions::import_applications::{Actor, ImportSource, fingerprint};
use sigap_actions::ports::{Clock, ReadReports};
use sigap_actions::service::{Imported, Service};
use sigap_core::application::{Report, UnreadableFile};
use sigap_core::ids::OfficeId;
use sigap_core::limits::{REFUSED_ROWS_KEPT_MAX, REPORT_BYTES_MAX};
use tokio::sync::watch;

use crate::import::Reader;

/// Between two looks.
const ROUND: Duration = Duration::from_secs(5);
/// A file that was not changed for so long is whole: exports are written in one go.
const STILL_SECONDS: i64 = 10;
/// Files of a folder that are looked at in a round.
const FILES_PER_ROUND_MAX: usize = 200;
/// Where applied files go.
const DONE: &str = "done";
/// Where the others go.
const REFUSED: &str = "refused";

/// A folder of an office.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Whose reports they are.
    pub office: OfficeId,
    /// Where.
    pub path: PathBuf,
}

/// A file as it was seen last, and since when it looks so.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    length: u64,
    changed: Option<std::time::SystemTime>,
    since: Timestamp,
}

/// Looks at folders.
pub struct Watcher {
    service: Service,
    clock: Arc<dyn Clock>,
    folders: Vec<Folder>,
    seen: HashMap<PathBuf, Seen>,
}

/// Looks until told to stop.
pub async fn run(mut watcher: Watcher, mut stop: watch::Receiver<bool>) {
    if watcher.folders.is_empty() {
        return;
    }
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = rounds.tick() => {}
            _ = stop.changed() => return,
        }
        watcher.round().await;
    }
}

impl Watcher {
    /// Over folders.
    #[must_use]
    pub fn new(service: Service, clock: Arc<dyn Clock>, folders: Vec<Folder>) -> Self {
        Self {
            service,
            clock,
            folders,
            seen: HashMap::new(),
        }
    }

    /// One look at every folder; how many files were moved away.
    pub async fn round(&mut self) -> usize {
        let mut moved = 0;
        for folder in self.folders.clone() {
            match files_of(&folder.path) {
                Ok(files) => {
                    self.seen
                        .retain(|path, _| path.parent() != Some(folder.path.as_path()) || files.contains(path));
                    for file in files {
                        if self.is_whole(&file) {
                            moved += usize::from(self.take(&folder, &file).await);
                        }
                    }
                }
                Err(error) => tracing::error!(
                    folder = %folder.path.display(), office = folder.office.0, %error,
                    "the folder of reports cannot be read; check that it exists and whose it is"
                ),
            }
        }
        moved
    }

    /// Whether a file has stopped changing.
    fn is_whole(&mut self, file: &Path) -> bool {
        let Ok(metadata) = std::fs::metadata(file) else {
            return false;
        };
        let now = self.clock.now();
        let (length, changed) = (metadata.len(), metadata.modified().ok());
        match self.seen.get(file) {
            Some(seen) if seen.length == length && seen.changed == changed => {
                now.duration_since(seen.since).as_secs() >= STILL_SECONDS
            }
            _ => {
                let seen = Seen {
                    length,
                    changed,
                    since: now,
                };
                self.seen.insert(file.to_owned(), seen);
                false
            }
        }
    }

    /// Applies a file and moves it; false when it stays for another try.
    async fn take(&self, folder: &Folder, file: &Path) -> bool {
        let name = name_of(file);
        let read = {
            let file = file.to_owned();
            tokio::task::spawn_blocking(move || read(&file)).await
        };
        let read = match read {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => {
                tracing::error!(folder = %folder.path.display(), %error, "a report cannot be read; it is tried again");
                return false;
            }
            Err(_) => return false,
        };
        let told = match self.apply(folder.office, read).await {
            Ok(told) => told,
            // The database did not answer: the file waits.
            Err(()) => return false,
        };
        if let Err(error) = settle(&folder.path, file, &name, &told, self.clock.now()) {
            tracing::error!(folder = %folder.path.display(), %error, "a report was looked at and cannot be moved");
            return false;
        }
        tracing::info!(
            office = folder.office.0,
            taken = told.is_done,
            "a report came by the folder"
        );
        true
    }

    async fn apply(&self, office: OfficeId, read: Read) -> Result<Told, ()> {
        let (fingerprint, report) = match read {
            Read::TooLarge => return Ok(Told::refused(&UnreadableFile::TooLarge)),
            Read::Unreadable(problem) => return Ok(Told::refused(&problem)),
            Read::Report { fingerprint, report } => (fingerprint, report),
        };
        let note = |fault: &dyn std::fmt::Display| {
            tracing::error!(office = office.0, %fault, "a report could not be applied; it is tried again");
        };
        let is_known = self.service.has_imported(office, fingerprint.clone()).await;
        match is_known.map_err(|fault| note(&fault))? {
            true => Ok(Told {
                is_done: true,
                words: "this very file was imported before; nothing was changed\n".into(),
            }),
            false => {
                let source = ImportSource {
                    report: report.kind,
                    newest_on: report.newest_on(),
                    fingerprint,
                    actor: Actor::Folder,
                };
                let name = report.kind.name();
                let imported = self.service.import_report(office, source, report, false, |_| {}).await;
                imported
                    .map(|imported| Told::done(name, &imported))
                    .map_err(|fault| note(&fault))
            }
        }
    }
}

/// What was found in a file.
enum Read {
    TooLarge,
    Unreadable(UnreadableFile),
    Report { fingerprint: String, report: Report },
}

fn read(file: &Path) -> std::io::Result<Read> {
    if std::fs::metadata(file)?.len() > REPORT_BYTES_MAX as u64 {
        return Ok(Read::TooLarge);
    }
    let bytes = std::fs::read(file)?;
    Ok(match Reader.read(&bytes, &name_of(file), None) {
        Ok(report) => Read::Report {
            fingerprint: fingerprint(&bytes),
            report,
        },
        Err(problem) => Read::Unreadable(problem),
    })
}

/// What became of a file, in words for whoever looks after it.
struct Told {
    is_done: bool,
    words: String,
}

impl Told {
    fn refused(problem: &UnreadableFile) -> Self {
        Self {
            is_done: false,
            words: format!("{problem}\n"),
        }
    }

    fn done(report: &str, imported: &Imported) -> Self {
        let counts = imported.counts;
        let mut words = format!(
            "{report}: {} new, {} moved on, {} unchanged, {} refused\n",
            counts.new, counts.moved, counts.unchanged, counts.refused
        );
        for refused in imported.refused.iter().take(REFUSED_ROWS_KEPT_MAX) {
            words.push_str(&format!("row {}: {}\n", refused.row, refused.why));
        }
        if imported.refused.len() > REFUSED_ROWS_KEPT_MAX {
            words.push_str(&format!(
                "… and {} more refused rows\n",
                imported.refused.len() - REFUSED_ROWS_KEPT_MAX
            ));
        }
        Self { is_done: true, words }
    }
}

/// The text first, then the file: a file without its text would be a riddle, a text without its file is written anew.
fn settle(folder: &Path, file: &Path, name: &str, told: &Told, now: Timestamp) -> std::io::Result<()> {
    let place = folder.join(if told.is_done { DONE } else { REFUSED });
    std::fs::create_dir_all(&place)?;
    // Two files of one name must not cover each other.
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    let target = place.join(format!("{stamp}-{name}"));
    std::fs::write(place.join(format!("{stamp}-{name}.txt")), &told.words)?;
    std::fs::rename(file, target)
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Files in a folder, by name; hidden ones and those of editors and copies under way are passed over.
fn files_of(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_passing = name.starts_with(['.', '~']) || name.ends_with(".part") || name.ends_with(".tmp");
        // A link could lead anywhere: only what lies here is taken.
        if entry.file_type()?.is_file() && !is_passing {
            files.push(entry.path());
        }
    }
    files.sort();
    files.truncate(FILES_PER_ROUND_MAX);
    Ok(files)
}
