//! One transaction on SQLite: the connection with the key ring, and sealing on the way in and out.

use std::cell::RefCell;

use jiff::Timestamp;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{BlindIndex, Held, Place};

use crate::connection::refused;
use crate::key_ring::KeyRing;

/// What the traits of `sigap-store` are implemented on.
pub(crate) struct SqliteTx<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) keys: &'a mut KeyRing,
    /// The first refusal: it undoes the work, even when the work takes it in.
    pub(crate) refused: RefCell<Option<Fault>>,
}

impl SqliteTx<'_> {
    pub(crate) fn blind(&self, column: &str, value: &str) -> BlindIndex {
        self.keys.sealer().blind(column, value.as_bytes())
    }

    /// Seals a value as JSON under the person's key; nothing for somebody whose key was destroyed.
    pub(crate) fn seal<T: Serialize + ?Sized>(&mut self, place: Place<'_>, value: &T) -> Result<Vec<u8>, Fault> {
        let plain = serde_json::to_vec(value).map_err(|_| Fault::Unreadable(place.column))?;
        self.seal_bytes(place, &plain)
    }

    pub(crate) fn seal_bytes(&mut self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        match self.keys.ensure(place.office, place.person)? {
            Some(key) => self.keys.sealer().seal(&key, place, plain),
            None => Ok(Vec::new()),
        }
    }

    /// What was sealed; `None` when it was erased, by itself or with the key.
    pub(crate) fn open_kept_bytes(&mut self, place: Place<'_>, record: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        if record.is_empty() {
            return Ok(None);
        }
        match self.keys.find(place.office, place.person)? {
            Held::Key(key) => self.keys.sealer().open(&key, place, record).map(Some),
            Held::Destroyed => Ok(None),
            Held::Nothing => Err(Fault::Sealed { column: place.column }),
        }
    }

    /// As `open_kept_bytes`, of a value as JSON.
    pub(crate) fn open_kept<T: DeserializeOwned>(
        &mut self,
        place: Place<'_>,
        record: &[u8],
    ) -> Result<Option<T>, Fault> {
        let plain = self.open_kept_bytes(place, record)?;
        plain
            .map(|plain| serde_json::from_slice(&plain).map_err(|_| Fault::Unreadable(place.column)))
            .transpose()
    }

    /// What a row holds that stays when its person is erased.
    pub(crate) fn open_or_default<T: DeserializeOwned + Default>(
        &mut self,
        place: Place<'_>,
        record: &[u8],
    ) -> Result<T, Fault> {
        Ok(self.open_kept(place, record)?.unwrap_or_default())
    }

    /// What has no use without its words: erased, it is as if the key were lost.
    pub(crate) fn open<T: DeserializeOwned>(&mut self, place: Place<'_>, record: &[u8]) -> Result<T, Fault> {
        self.open_kept(place, record)?
            .ok_or(Fault::Sealed { column: place.column })
    }

    /// Whether this is a read, which must not write.
    pub(crate) fn is_read(&self) -> Result<bool, Fault> {
        self.db
            .pragma_query_value(None, "query_only", |row| row.get(0))
            .map_err(|error| self.note(error))
    }

    /// A read must not destroy a key either.
    pub(crate) fn doom(&mut self, office: OfficeId, person: PersonId) -> Result<(), Fault> {
        if self.is_read()? {
            let fault = Fault::Refused("a read cannot write".into());
            self.refused.borrow_mut().get_or_insert_with(|| fault.clone());
            return Err(fault);
        }
        self.keys.doom(office, person);
        Ok(())
    }

    fn note(&self, error: rusqlite::Error) -> Fault {
        let fault = refused(error);
        self.refused.borrow_mut().get_or_insert_with(|| fault.clone());
        fault
    }

    /// Runs a statement; the number of rows it changed.
    pub(crate) fn run(&self, sql: &str, params: impl Params) -> Result<usize, Fault> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params))
            .map_err(|error| self.note(error))
    }

    pub(crate) fn find<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Fault> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(params, read).optional())
            .map_err(|error| self.note(error))
    }

    /// The first column of the only row.
    pub(crate) fn value<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<T, Fault> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(params, |row| row.get(0)))
            .map_err(|error| self.note(error))
    }

    pub(crate) fn list<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Fault> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map(params, read)?.collect())
            .map_err(|error| self.note(error))
    }
}

/// The place of a value in the row of one office and person.
pub(crate) fn place<'a>(office: OfficeId, person: PersonId, row: &'a [u8], column: &'static str) -> Place<'a> {
    Place {
        office,
        person,
        row,
        column,
    }
}

pub(crate) fn to_row(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Times in the tables were written by us, so they are in range; a damaged one reads as 1970 rather than as a panic.
pub(crate) fn from_row(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(crate) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
