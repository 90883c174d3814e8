//! The database under test, a file or a server: how the settings name it, and what it holds when everything is over.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use rusqlite::{Connection, OpenFlags};
use sigap_store::Store;
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_pg::testing::{Ground, SERVER};
use sigap_store_sqlite::{Places, SqliteStore};

/// Where it is.
pub(crate) enum Database {
    File(PathBuf),
    Server(Box<Ground>),
}

impl Database {
    /// A file in a folder that has none.
    pub(crate) fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("sigap.db");
        anyhow::ensure!(
            !path.exists(),
            "`{}` is there already; the figures of two runs cannot be told apart, so name an empty folder",
            path.display()
        );
        Ok(Self::File(path))
    }

    /// Fresh ground on the server of the tests. Its master key, which a service makes for a file only, is made here.
    pub(crate) fn on_server(folder: &Path) -> anyhow::Result<Self> {
        let ground = Ground::new()?.with_context(|| format!("`--postgres` needs a server in {SERVER}"))?;
        std::fs::write(master_key(folder), MasterKey::generate(system_random)?.to_hex())?;
        Ok(Self::Server(Box::new(ground)))
    }

    /// One of both, with its master key, for a tool that writes into it before a service does.
    pub(crate) fn to_fill(folder: &Path, is_on_server: bool) -> anyhow::Result<Self> {
        if is_on_server {
            return Self::on_server(folder);
        }
        std::fs::write(master_key(folder), MasterKey::generate(system_random)?.to_hex())?;
        Self::in_folder(folder)
    }

    /// The sections of the settings file that name it.
    pub(crate) fn settings(&self) -> String {
        match self {
            Self::File(path) => format!("[database]\nurl = \"sqlite:{}\"\n\n", path.display()),
            Self::Server(ground) => {
                let [database, _] = ground.urls();
                format!("[database]\nurl = \"{database}\"\n\n")
            }
        }
    }

    /// The address of its key store, when it has one of its own.
    pub(crate) fn keys(&self) -> String {
        match self {
            Self::File(_) => String::new(),
            Self::Server(ground) => ground.urls()[1].clone(),
        }
    }

    /// The first column of each row, as text; for statements that both engines read alike.
    pub(crate) fn lines(&self, sql: &str) -> anyhow::Result<Vec<String>> {
        match self {
            Self::File(path) => {
                let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
                let mut statement = db.prepare(sql)?;
                let lines = statement.query_map([], |row| row.get(0))?;
                Ok(lines.collect::<Result<_, _>>()?)
            }
            Self::Server(ground) => Ok(ground.sql(sql)?.lines().map(str::to_owned).collect()),
        }
    }

    /// Opens it as the service does.
    pub(crate) fn open(&self, folder: &Path) -> anyhow::Result<Arc<dyn Store>> {
        let master = MasterKey::from_hex(&std::fs::read_to_string(master_key(folder))?);
        let sealer = Sealer::new(master.context("the master key is damaged")?, system_random);
        Ok(match self {
            Self::File(path) => {
                let places = Places {
                    database: path.clone(),
                    keys: path.with_extension("keys.db"),
                };
                Arc::new(SqliteStore::open(&places, &sealer)?)
            }
            Self::Server(ground) => Arc::new(ground.open(&sealer)?),
        })
    }
}

pub(crate) fn master_key(folder: &Path) -> PathBuf {
    folder.join("sigap.master.key")
}
