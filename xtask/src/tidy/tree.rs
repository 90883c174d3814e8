//! The checkout as tidy sees it: texts by path, and the dependency graph. Rules get this and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use cargo_metadata::{DependencyKind, MetadataCommand, PackageId};

/// Everything a rule may look at.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<String, String>,
    /// Members of the workspace.
    pub(super) crates: Vec<Crate>,
}

/// A member of the workspace and what it leans on. Dev-dependencies do not count: tests may see everything.
#[derive(Debug, Clone, Default)]
pub(super) struct Crate {
    pub(super) name: String,
    /// Crates named in its own `Cargo.toml`.
    pub(super) uses: BTreeSet<String>,
    /// All crates it needs, at any distance.
    pub(super) reaches: BTreeSet<String>,
}

impl Tree {
    /// Reads what git tracks, or would track after `git add`; build results and ignored files are not house matters.
    ///
    /// # Errors
    /// When git or cargo cannot be asked.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let listing = std::process::Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("cannot ask git for the list of files")?;
        anyhow::ensure!(
            listing.status.success(),
            "git cannot list the files of {}",
            root.display()
        );
        let mut files = BTreeMap::new();
        for path in String::from_utf8_lossy(&listing.stdout)
            .split('\0')
            .filter(|path| !path.is_empty())
        {
            // A file deleted but not yet committed is gone; a picture is present but has no text.
            if let Ok(bytes) = std::fs::read(root.join(path)) {
                files.insert(path.to_owned(), String::from_utf8(bytes).unwrap_or_default());
            }
        }
        Ok(Self {
            files,
            crates: read_crates(root)?,
        })
    }

    /// A tree of the given texts, for the tests of rules.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        Self {
            files,
            crates: Vec::new(),
        }
    }

    /// The text at exactly this path.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files, in order of their paths.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// All Rust sources.
    pub(super) fn rust_files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| path.ends_with(".rs"))
    }

    /// Whether a file stands at this path, or a folder with files in it.
    pub(super) fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.files.contains_key(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(found, _)| found.starts_with(&folder))
    }
}

fn read_crates(root: &Path) -> anyhow::Result<Vec<Crate>> {
    let metadata = MetadataCommand::new()
        .current_dir(root)
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .context("cannot ask cargo for the dependency graph")?;
    let names: BTreeMap<&PackageId, String> = metadata
        .packages
        .iter()
        .map(|package| (&package.id, package.name.to_string()))
        .collect();
    let resolve = metadata.resolve.as_ref().context("cargo resolved no dependencies")?;
    let needs: BTreeMap<&PackageId, Vec<&PackageId>> = resolve
        .nodes
        .iter()
        .map(|node| {
            let needed = node
                .deps
                .iter()
                .filter(|dep| {
                    dep.dep_kinds
                        .iter()
                        .any(|kind| kind.kind != DependencyKind::Development)
                })
                .map(|dep| &dep.pkg)
                .collect();
            (&node.id, needed)
        })
        .collect();
    let name_of = |id: &PackageId| names.get(id).cloned().unwrap_or_default();
    metadata
        .workspace_members
        .iter()
        .map(|member| {
            let direct = needs.get(member).cloned().unwrap_or_default();
            let name = name_of(member);
            Ok(Crate {
                reaches: reached(root, &name)?,
                uses: direct.into_iter().map(name_of).collect(),
                name,
            })
        })
        .collect()
}

/// What a crate pulls in when it is built by itself. In a build of the whole workspace features of its neighbours join in: a library
/// that both use may then reach further, without the crate ever asking for it.
fn reached(root: &Path, name: &str) -> anyhow::Result<BTreeSet<String>> {
    let told = Command::new(env!("CARGO"))
        .current_dir(root)
        .args([
            "tree",
            "--locked",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--package",
            name,
        ])
        .output()
        .context("cannot ask cargo what a crate depends on")?;
    anyhow::ensure!(told.status.success(), "cargo cannot tell what `{name}` depends on");
    let lines = String::from_utf8_lossy(&told.stdout).into_owned();
    let names = lines.lines().filter_map(|line| line.split_whitespace().next());
    Ok(names.filter(|found| *found != name).map(str::to_owned).collect())
}
