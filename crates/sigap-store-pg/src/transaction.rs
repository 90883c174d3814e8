//! One transaction on PostgreSQL: a session with the key ring, and sealing on the way in and out.
//!
//! The first trouble with the server ends the transaction: PostgreSQL runs nothing more in it. It is remembered, so that
//! the work fails even when it takes the error in, and so that the worker knows whether running it again can help.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{BlindIndex, Held, Place};
use tokio_postgres::types::{FromSql, ToSql};
use tokio_postgres::{Error, Row};

use crate::key_ring::{KeyRing, KeyTrouble};
use crate::session::{Ahead, Owned, Session};
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
    /// What will be asked about the person held last.
    pub(crate) ahead: Option<PersonAhead>,
    /// The message that was looked for last and not found.
    pub(crate) unseen: Option<(OfficeId, i64, BlindIndex)>,
}

/// Reads about a person that a turn asks for after it has held the person; sent with the lock, so that all come back
/// together. Each is gone once it is taken, and when something it reads is written.
pub(crate) struct PersonAhead {
    pub(crate) office: OfficeId,
    pub(crate) person: PersonId,
    pub(crate) conversation: Option<Ahead>,
    pub(crate) mergeable: Option<Ahead>,
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

impl<'a> PgTx<'a> {
    pub(crate) fn new(session: &'a mut Session, keys: &'a mut KeyRing, access: Access) -> Self {
        Self {
            session,
            keys,
            access,
            trouble: None,
            has_written: false,
            ahead: None,
            unseen: None,
        }
    }

    pub(crate) fn blind(&self, column: &str, value: &str) -> BlindIndex {
        self.keys.sealer().blind(column, value.as_bytes())
    }

    /// Seals a value as JSON under the person's key; nothing for somebody whose key was destroyed.
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
        match self.key(key)? {
            Some(key) => self.keys.sealer().seal(&key, place, plain),
            None => Ok(Vec::new()),
        }
    }

    /// What was sealed; `None` when it was erased, by itself or with the key.
    pub(crate) fn open_kept_bytes(&mut self, place: Place<'_>, record: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.refuse_in_trouble()?;
        if record.is_empty() {
            return Ok(None);
        }
        let held = self.keys.find(place.office, place.person);
        match self.key(held)? {
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

    /// Destroys a key with the commit.
    pub(crate) fn doom(&mut self, office: OfficeId, person: PersonId) -> Result<(), Fault> {
        self.refuse_in_trouble()?;
        if self.access == Access::Read {
            return Err(Fault::Refused("a read cannot write".into()));
        }
        self.has_written = true;
        self.ahead = None;
        self.keys.doom(office, person);
        Ok(())
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
        self.send(sql, values, None)
    }

    /// As `run_later`, of a write that changes so many rows unless another process was faster: then the work is undone and
    /// run again.
    pub(crate) fn run_expecting(&mut self, expected: u64, sql: &'static str, values: Vec<Owned>) -> Result<(), Fault> {
        self.send(sql, values, Some(expected))
    }

    fn send(&mut self, sql: &'static str, values: Vec<Owned>, expected: Option<u64>) -> Result<(), Fault> {
        self.refuse_in_trouble()?;
        self.has_written = true;
        let ended = self.session.run_later(sql, values, expected);
        self.note(ended)
    }

    /// Sends a read ahead of its question.
    pub(crate) fn read_ahead(&mut self, sql: &'static str, values: Vec<Owned>) -> Result<Ahead, Fault> {
        self.refuse_in_trouble()?;
        let sent = self.session.read_ahead(sql, values);
        self.note(sent)
    }

    /// The rows of a read sent ahead, or of the same read now.
    pub(crate) fn list_ahead<T>(
        &mut self,
        ahead: Option<Ahead>,
        sql: &'static str,
        values: Values<'_>,
        read: impl Fn(&Row) -> Result<T, Error>,
    ) -> Result<Vec<T>, Fault> {
        let Some(ahead) = ahead else {
            return self.list(sql, values, read);
        };
        self.refuse_in_trouble()?;
        let rows = self.session.take(ahead);
        let rows = self.note(rows)?;
        read_all(&rows, read)
    }

    /// What was sent ahead about this person, if anything was.
    pub(crate) fn ahead_of(&mut self, office: OfficeId, person: PersonId) -> Option<&mut PersonAhead> {
        self.ahead
            .as_mut()
            .filter(|ahead| ahead.office == office && ahead.person == person)
    }

    /// Forgets what was sent ahead: it may be changed now, or belongs to another work.
    pub(crate) fn forget(&mut self) {
        self.ahead = None;
        self.unseen = None;
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
        read_all(&rows, read)
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

fn read_all<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T, Error>) -> Result<Vec<T>, Fault> {
    rows.iter()
        .map(|row| read(row).map_err(|error| Fault::Refused(error.to_string())))
        .collect()
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
