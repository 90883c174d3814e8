//! The target of a move: empty before it, marked while it is under way, so that a move that broke off is taken up by the
//! same source only, and no service starts on half of the rows.

use sigap_store::Fault;
use sigap_store::schema::Table;

use crate::connection::Places;
use crate::raw::{RawDatabase, RawPart};
use crate::session::Session;
use crate::store::migrate;

/// The mark is a table of its own, gone when the move is finished. Its one row has the key 1, so that of two moves that
/// begin at once one is refused.
const CREATE: &str = "CREATE TABLE IF NOT EXISTS moving (
     place BIGINT NOT NULL PRIMARY KEY,
     source TEXT COLLATE \"C\" NOT NULL
 )";
const IS_MARKED: &str = "SELECT 1 WHERE to_regclass('moving') IS NOT NULL";
const FIND: &str = "SELECT source FROM moving WHERE place = 1";
const MARK: &str = "INSERT INTO moving (place, source) VALUES (1, $1)";
const UNMARK: &str = "DROP TABLE moving";

/// Both databases of a place to which rows are moved.
pub struct Target {
    /// The main database.
    pub database: RawDatabase,
    /// The key store.
    pub keys: RawDatabase,
    /// Whether a move from the same source broke off here.
    pub is_resumed: bool,
}

impl Target {
    /// Migrates a place and marks it as the target of a move from `source`. Sees no service that may be running on it.
    ///
    /// # Errors
    /// When it holds rows that no unfinished move from the same source brought, belongs to a newer version, or cannot be
    /// reached.
    pub fn claim(places: &Places, source: &str) -> Result<Self, Fault> {
        let mut database = RawDatabase::connect(&RawPart::Database.door(places)?)?;
        let mut keys = RawDatabase::connect(&RawPart::Keys.door(places)?)?;
        let marked = find_mark(&mut database)?;
        match &marked {
            Some(marked) if marked == source => {}
            Some(marked) => {
                return Err(Fault::Refused(format!(
                    "a move from `{marked}` to this database is not finished; finish that one, or empty the database"
                )));
            }
            // Before it is migrated: the database of somebody else is left as it is.
            None => {
                ensure_empty(&mut database, &RawPart::Database.tables()?)?;
                ensure_empty(&mut keys, &RawPart::Keys.tables()?)?;
            }
        }
        migrate(places)?;
        if marked.is_none() {
            database.command(CREATE)?;
            database.query(MARK, &[&source])?;
        }
        Ok(Self {
            database,
            keys,
            is_resumed: marked.is_some(),
        })
    }

    /// Ends the move: the server counts anew what it has, so that the service finds it prepared, and the mark goes.
    ///
    /// # Errors
    /// When the server refuses; then the move is not finished, and may be called again.
    pub fn finish(mut self) -> Result<(), Fault> {
        for (side, part) in [(&mut self.database, RawPart::Database), (&mut self.keys, RawPart::Keys)] {
            for table in part.tables()? {
                side.command(&format!("ANALYZE {}", table.name))?;
            }
        }
        self.database.command(UNMARK)
    }
}

/// Refuses a database that a move has not finished filling.
pub(crate) fn ensure_move_finished(session: &mut Session) -> Result<(), Fault> {
    if session.rows(IS_MARKED, &[])?.is_empty() {
        return Ok(());
    }
    Err(Fault::Refused(
        "a move to this database is not finished; run `sigap move` again".into(),
    ))
}

fn find_mark(database: &mut RawDatabase) -> Result<Option<String>, Fault> {
    if database.query(IS_MARKED, &[])?.is_empty() {
        return Ok(None);
    }
    let rows = database.query(FIND, &[])?;
    let marked = rows.first().map(|row| row.try_get(0)).transpose();
    marked.map_err(|_| Fault::Refused("the table `moving` of the database is none of ours".into()))
}

fn ensure_empty(side: &mut RawDatabase, tables: &[Table]) -> Result<(), Fault> {
    for table in tables {
        if side.has_rows(table)? {
            return Err(Fault::Refused(format!(
                "the target is not empty: its table `{}` has rows; create an empty database and move there",
                table.name
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
