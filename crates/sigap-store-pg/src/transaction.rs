//! One transaction on PostgreSQL: a session with the key ring, and sealing on the way in and out.
//!
//! The first trouble with the server ends the transaction: PostgreSQL runs nothing more in it. It is remembered, so that
//! the work fails even when it takes the error in, and so that the worker knows whether running it again can help.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{BlindIndex, Place};
use tokio_postgres::types::{FromSql, ToSql};
use tokio_postgres::{Error, Row};

use crate::key_ring::{KeyRing, KeyTrouble};
use crate::session::{Owned, Session};
use crate::trouble::Trouble;

/// Whether a transaction may write. A read takes no locks and sees one picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// What the traits of `sigap-store` are implemented on.
pub(crate) struct PgTx<'a> {
    pub(crate) session: &'a mut Session,
    pub(crate) keys: &'a mut KeyRing,
    pub(crate) access: Access,
    pub(crate) trouble: Option<Trouble>,
    pub(crate) has_written: bool,
}

/// Values of a statement that is sent now.
pub(crate) type Values<'v> = &'v [&'v (dyn ToSql + Sync)];

/// Values of a statement whose answer is read later.
macro_rules! owned {
    ($($value:expr),* $(,)?) => {
        vec![$(Box::new($value) as $crate::session::Owned),*]
    };
}
pub(crate) use owned;

impl PgTx<'_> {
    pub(crate) fn blind(&self, column: &str, value: &str) -> BlindIndex {
        self.keys.sealer().blind(column, value.as_bytes())
    }

    /// Seals a value as JSON under the person's key.
    pub(crate) fn seal<T: Serialize + ?Sized>(&mut self, place: Place<'_>, value: &T) -> Result<Vec<u8>, Fault> {
        let plain = serde_json::to_vec(value).map_err(|_| Fault::Unreadable(place.column))?;
        self.seal_bytes(place, &plain)
    }

    pub(crate) fn seal_bytes(&mut self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        self.refuse_in_trouble()?;
        if self.access == Access::Read {
            return Err(Fault::Refused("a read cannot write".into()));
        }
        let key = self.keys.ensure(place.office, place.person);
        let key = self.key(key)?;
        self.keys.sealer().seal(&key, place, plain)
    }

    pub(crate) fn open_bytes(&mut self, place: Place<'_>, record: &[u8]) -> Result<Vec<u8>, Fault> {
        self.refuse_in_trouble()?;
        let key = self.keys.find(place.office, place.person);
        let key = self.key(key)?.ok_or(Fault::Sealed { column: place.column })?;
        self.keys.sealer().open(&key, place, record)
    }

    pub(crate) fn open<T: DeserializeOwned>(&mut self, place: Place<'_>, record: &[u8]) -> Result<T, Fault> {
        let plain = self.open_bytes(place, record)?;
        serde_json::from_slice(&plain).map_err(|_| Fault::Unreadable(place.column))
    }

    /// Runs a write; the number of rows it changed.
    pub(crate) fn run(&mut self, sql: &'static str, values: Values<'_>) -> Result<u64, Fault> {
        self.refuse_in_trouble()?;
        self.has_written = true;
        let ended = self.session.run(sql, values);
        self.note(ended)
    }

    /// Sends a write whose count nobody asks for; a trouble with it is told by a later statement or by the commit.
    pub(crate) fn run_later(&mut self, sql: &'static str, values: Vec<Owned>) -> Result<(), Fault> {
        if self.access == Access::Read {
            // A read waits for the refusal.
            let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| &**value as &(dyn ToSql + Sync)).collect();
            return self.run(sql, &values).map(|_| ());
        }
        self.refuse_in_trouble()?;
        self.has_written = true;
        let ended = self.session.run_later(sql, values);
        self.note(ended)
    }

    pub(crate) fn find<T>(
        &mut self,
        sql: &'static str,
        values: Values<'_>,
        read: impl Fn(&Row) -> Result<T, Error>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.list(sql, values, read)?.into_iter().next())
    }

    /// The first column of the only row.
    pub(crate) fn value<T: for<'r> FromSql<'r>>(&mut self, sql: &'static str, values: Values<'_>) -> Result<T, Fault> {
        self.find(sql, values, |row| row.try_get(0))?
            .ok_or_else(|| Fault::Broken("a statement that gives one row gave none".into()))
    }

    /// As `value`, of a statement that writes.
    pub(crate) fn written<T: for<'r> FromSql<'r>>(
        &mut self,
        sql: &'static str,
        values: Values<'_>,
    ) -> Result<T, Fault> {
        self.has_written = true;
        self.value(sql, values)
    }

    pub(crate) fn list<T>(
        &mut self,
        sql: &'static str,
        values: Values<'_>,
        read: impl Fn(&Row) -> Result<T, Error>,
    ) -> Result<Vec<T>, Fault> {
        self.refuse_in_trouble()?;
        let rows = self.session.rows(sql, values);
        let rows = self.note(rows)?;
        rows.iter()
            .map(|row| read(row).map_err(|error| Fault::Refused(error.to_string())))
            .collect()
    }

    /// What was read has been overtaken by another process: the work is undone and run again.
    pub(crate) fn conflict(&mut self) -> Fault {
        self.trouble.get_or_insert(Trouble::Conflict);
        Fault::Busy
    }

    fn refuse_in_trouble(&self) -> Result<(), Fault> {
        match &self.trouble {
            Some(trouble) => Err(trouble.clone().into()),
            None => Ok(()),
        }
    }

    fn note<T>(&mut self, ended: Result<T, Trouble>) -> Result<T, Fault> {
        ended.map_err(|trouble| {
            self.trouble.get_or_insert(trouble.clone());
            trouble.into()
        })
    }

    fn key<T>(&mut self, found: Result<T, KeyTrouble>) -> Result<T, Fault> {
        match found {
            Ok(found) => Ok(found),
            Err(KeyTrouble::Fault(fault)) => Err(fault),
            Err(KeyTrouble::Trouble(trouble)) => self.note(Err(trouble)),
        }
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

/// Counts are written by us and never negative; a damaged one reads as none.
pub(crate) fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

/// As `count`, for small ones.
pub(crate) fn small(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}
