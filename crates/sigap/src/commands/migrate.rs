//! `sigap migrate`: creates the database or brings it to this version.

use sigap_store_pg::Places;

use super::print;
use crate::app;
use crate::config::{Config, Engine};
use crate::keys;

pub(super) fn run(config: &Config) -> anyhow::Result<bool> {
    match config.engine()? {
        Engine::Sqlite(places) => {
            // A file is migrated whenever it is opened: nobody else can have it open in another version.
            let (_store, _) = app::open_store(config)?;
            print::line(&format!("sqlite:{} is up to date", places.database.display()));
        }
        Engine::Postgres(places) => {
            for step in migrate(config, &places)? {
                print::line(&format!("applied {step}"));
            }
            print::line("the database and its key store are up to date");
        }
    }
    Ok(true)
}

/// Migrates, and makes the master key of a database that holds no person key yet.
pub(super) fn migrate(config: &Config, places: &Places) -> anyhow::Result<Vec<String>> {
    let applied = sigap_store_pg::migrate(places)?;
    if !config.keys.master.exists() && !sigap_store_pg::has_keys(places)? {
        keys::make(&config.keys.master)?;
    }
    // With the wrong master key the service would not start: better told now.
    drop(app::open_store(config)?);
    Ok(applied)
}
