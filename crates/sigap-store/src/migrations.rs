//! Numbered SQL, applied in order, each once, with a checksum against edits after the fact. Engines run what is planned
//! here and keep the names and checksums in their table `migration`.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::fault::Fault;

/// One step of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// Its number and name, `0001_the_line`: the name of its file.
    pub name: &'static str,
    /// What it runs; never changed after release.
    pub sql: &'static str,
}

impl Migration {
    /// What is kept beside the name when it was applied: SHA-256 of the text, in hex.
    #[must_use]
    pub fn checksum(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.sql.as_bytes()))
    }
}

/// The steps still to apply, in their order, to a database in which `known` (names with checksums) are applied.
///
/// # Errors
/// `Fault::Refused` when a step was changed after it was applied, or one is known that this version has not.
pub fn plan<'m>(known: &[(String, String)], all: &'m [Migration]) -> Result<Vec<&'m Migration>, Fault> {
    let mut due = Vec::new();
    for migration in all {
        match known.iter().find(|(name, _)| name == migration.name) {
            Some((_, checksum)) if *checksum == migration.checksum() => {}
            Some(_) => {
                return Err(Fault::Refused(format!(
                    "migration `{}` was changed after it was applied; restore the file it was applied from",
                    migration.name
                )));
            }
            None => due.push(migration),
        }
    }
    if known.iter().any(|(name, _)| all.iter().all(|it| it.name != name)) {
        return Err(Fault::Refused(
            "the database was written by a newer version of sigap; start that one".into(),
        ));
    }
    Ok(due)
}

/// Refuses a database that is not exactly of this version: for programs that read it but do not migrate it.
///
/// # Errors
/// As `plan`, and when a step is still to apply.
pub fn ensure_applied(known: &[(String, String)], all: &[Migration]) -> Result<(), Fault> {
    if plan(known, all)?.is_empty() {
        return Ok(());
    }
    Err(Fault::Refused(
        "the database is not of this version; run `sigap migrate`".into(),
    ))
}

#[cfg(test)]
mod tests;
