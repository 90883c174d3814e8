//! `sigap move`: everything from one database to an empty one on PostgreSQL, compared afterwards. The source is only read.
//!
//! Each step leaves a state from which the same call goes on: chunks arrive whole, the target is marked until the end.

mod progress;

use std::path::Path;

use anyhow::{Context, bail};
use clap::Args;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::copying::{Copied, Verified, copy, verify};
use sigap_store::raw::{RawRows, Value};
use sigap_store::schema::{Table, keys_tables, tables};
use sigap_store::sealing::{Sealer, system_random};
use sigap_store_pg::{RawDatabase, RawPart as PgPart, Target};
use sigap_store_sqlite::{RawFile, RawPart as FilePart, ensure_unused};

use self::progress::Teller;
use super::print;
use crate::config::{Config, Engine};
use crate::keys;

/// What an operator does whose call broke off.
const AGAIN: &str = "the move broke off; call it again, it goes on where it was";

/// From where to where.
#[derive(Args)]
pub(super) struct Addresses {
    /// The database to move, as `database.url` names it.
    #[arg(long, value_name = "URL")]
    from: String,
    /// An empty database on PostgreSQL.
    #[arg(long, value_name = "URL")]
    to: String,
    /// Where the person keys are; without it beside the database, as with `keys.store`.
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
    from_keys: String,
    /// Where they go; without it the database of the same server whose name ends in `_keys`.
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
    to_keys: String,
}

/// A database or a key store on its way: the tables, and where they stand on both sides.
struct Way<'s> {
    tables: Vec<Table>,
    from: &'s mut dyn RawRows,
    to: &'s mut dyn RawRows,
}

/// What is moved, locked against writers until this is dropped.
struct Source {
    /// What tells it from other sources.
    name: String,
    database: Box<dyn RawRows>,
    keys: Box<dyn RawRows>,
}

pub(super) fn run(config: &Config, addresses: &Addresses) -> anyhow::Result<bool> {
    let from = config
        .engine_at(&addresses.from, &addresses.from_keys)
        .context("cannot move from there")?;
    let to = match config.engine_at(&addresses.to, &addresses.to_keys) {
        Ok(Engine::Postgres(places)) => places,
        Ok(Engine::Sqlite(_)) => bail!("a database is moved to PostgreSQL only; `--to` names `postgres://…`"),
        Err(error) => return Err(error.context("cannot move there")),
    };
    let mut source = open_source(&from).context("cannot move from there")?;
    check_master_key(config, &mut *source.keys)?;
    let mut target = Target::claim(&to, &source.name).context("cannot move there")?;
    if target.is_resumed {
        print::line("an earlier move broke off here; it goes on");
    }

    // The keys first: at no time is there a row in the target whose key is not there.
    let mut ways = [
        Way {
            tables: keys_tables()?,
            from: &mut *source.keys,
            to: &mut target.keys,
        },
        Way {
            tables: tables()?,
            from: &mut *source.database,
            to: &mut target.database,
        },
    ];
    let copied = copy_all(&mut ways).context(AGAIN)?;
    print::line(&format!(
        "copied {} rows{}",
        copied.rows,
        match copied.rows_before {
            0 => String::new(),
            before => format!(", {before} were there already"),
        }
    ));
    let verified = verify_all(&mut ways).context(AGAIN)?;
    if !verified.differences.is_empty() {
        for difference in &verified.differences {
            print::error(&format!("sigap: {difference}"));
        }
        print::error("sigap: the copy is not the same; empty both databases of the target, and move once more");
        return Ok(false);
    }
    print::line(&format!("compared {} rows on both sides: all the same", verified.rows));
    target.finish().context(AGAIN)?;
    print::line(
        "next: set `database.url` (and `keys.store`) to the new place, keep the master key where it is, and keep the old \
         database, which was not changed, until you are sure",
    );
    Ok(true)
}

fn open_source(engine: &Engine) -> anyhow::Result<Source> {
    Ok(match engine {
        Engine::Sqlite(places) => {
            ensure_unused(&places.database)?;
            ensure_unused(&places.keys)?;
            Source {
                name: format!("sqlite:{}", whole_path(&places.database)?),
                database: Box::new(RawFile::open_source(&places.database, FilePart::Database)?),
                keys: Box::new(RawFile::open_source(&places.keys, FilePart::Keys)?),
            }
        }
        Engine::Postgres(places) => Source {
            name: places.name(),
            database: Box::new(RawDatabase::open_source(places, PgPart::Database)?),
            keys: Box::new(RawDatabase::open_source(places, PgPart::Keys)?),
        },
    })
}

/// The same from whichever folder the command is called.
fn whole_path(path: &Path) -> anyhow::Result<String> {
    let whole = std::fs::canonicalize(path).with_context(|| format!("cannot find `{}`", path.display()))?;
    Ok(whole.display().to_string())
}

/// Nobody moves data that they cannot read: the configured master key opens the first of the person keys, as at a start of
/// the service.
fn check_master_key(config: &Config, keys: &mut dyn RawRows) -> anyhow::Result<()> {
    let master = keys::read(&config.keys.master)?;
    let sealer = Sealer::new(master, system_random);
    for table in keys_tables()? {
        let rows = keys.read_after(&table, None, 1)?;
        let Some([Value::Integer(office), Value::Integer(person), Value::Bytes(wrapped)]) =
            rows.first().map(Vec::as_slice)
        else {
            continue;
        };
        sealer
            .unwrap(OfficeId(*office), PersonId(*person), wrapped)
            .with_context(|| {
                format!(
                    "the master key `{}` is not the one of this database; put the right one there before you move",
                    config.keys.master.display()
                )
            })?;
    }
    Ok(())
}

fn copy_all(ways: &mut [Way<'_>]) -> anyhow::Result<Copied> {
    let mut all = Copied::default();
    let mut teller = Teller::new("copied")?;
    for way in ways {
        let copied = copy(&way.tables, way.from, way.to, &mut |progress| teller.tell(progress))?;
        all.rows += copied.rows;
        all.rows_before += copied.rows_before;
    }
    Ok(all)
}

fn verify_all(ways: &mut [Way<'_>]) -> anyhow::Result<Verified> {
    let mut all = Verified::default();
    let mut teller = Teller::new("compared")?;
    for way in ways {
        let verified = verify(&way.tables, way.from, way.to, &mut |progress| teller.tell(progress))?;
        all.rows += verified.rows;
        all.differences.extend(verified.differences);
    }
    Ok(all)
}
