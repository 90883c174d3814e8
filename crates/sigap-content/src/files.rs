//! The content folder as a set of texts by path, whether embedded in the program or read from a folder beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use crate::error::ContentError;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// Levels of folders that are read. The deepest file of the repository lies at level two.
const FOLDER_DEPTH_MAX: usize = 4;

/// All files by their path below the content folder, with `/` between the parts.
#[derive(Debug, Default, Clone)]
pub(crate) struct Files {
    texts: BTreeMap<String, Cow<'static, str>>,
}

impl Files {
    /// The content this program was built with.
    pub(crate) fn embedded() -> Result<Self, ContentError> {
        let mut files = Self::default();
        let mut folders = vec![&EMBEDDED];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if is_content(&path) {
                    let text = file
                        .contents_utf8()
                        .ok_or_else(|| ContentError::invalid(&path, "it is not UTF-8"))?;
                    files.texts.insert(path, Cow::Borrowed(text));
                }
            }
        }
        Ok(files)
    }

    /// Lays the files of a folder over these: same path, other words.
    pub(crate) fn overlay(&mut self, folder: &Path) -> Result<(), ContentError> {
        let mut folders: Vec<(PathBuf, String, usize)> = vec![(folder.to_owned(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = folders.pop() {
            let unreadable = |source| ContentError::Read {
                path: folder.clone(),
                source,
            };
            for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                let path = entry.path();
                let unreadable = |source| ContentError::Read {
                    path: path.clone(),
                    source,
                };
                if path.is_dir() {
                    if depth < FOLDER_DEPTH_MAX {
                        folders.push((path, format!("{name}/"), depth + 1));
                    }
                } else if is_content(&name) {
                    let text = std::fs::read_to_string(&path).map_err(unreadable)?;
                    self.texts.insert(name, Cow::Owned(text));
                }
            }
        }
        Ok(())
    }

    /// A hash of all paths and texts: 32 hex digits are enough to tell versions apart.
    pub(crate) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (path, text) in &self.texts {
            for part in [path.as_str(), text.as_ref()] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        let bytes = hash.finalize();
        bytes.iter().take(16).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Puts one file in place, for samples and for trying things out.
    pub(crate) fn set(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_owned(), Cow::Owned(text.to_owned()));
    }

    /// The text of one file that has to be there.
    pub(crate) fn get(&self, path: &str) -> Result<&str, ContentError> {
        self.find(path)
            .ok_or_else(|| ContentError::Missing { file: path.to_owned() })
    }

    /// The text of one file.
    pub(crate) fn find(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(Cow::as_ref)
    }

    /// The files right in a folder with that ending, as (path, stem, text), by path.
    pub(crate) fn list<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> + 'a {
        self.texts.iter().filter_map(move |(path, text)| {
            let stem = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(ending)?;
            (!stem.contains('/')).then_some((path.as_str(), stem, text.as_ref()))
        })
    }
}

fn is_content(path: &str) -> bool {
    path.ends_with(".toml") || path.ends_with(".csv")
}

#[cfg(test)]
mod tests;
