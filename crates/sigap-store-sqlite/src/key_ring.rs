//! Person keys at hand: cached, loaded from the key store, or made new and committed there before anything uses them.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{PersonKey, Sealer};

use crate::connection::refused;

/// Keys kept in memory; at 64 bytes each about 4 MB. A full ring is emptied: the next use loads again.
const CACHED_KEYS_MAX: usize = 50_000;

pub(crate) struct KeyRing {
    db: Connection,
    sealer: Sealer,
    cached: HashMap<(OfficeId, PersonId), PersonKey>,
    fresh: Vec<(OfficeId, PersonId)>,
}

impl KeyRing {
    pub(crate) fn new(db: Connection, sealer: Sealer) -> Self {
        Self {
            db,
            sealer,
            cached: HashMap::new(),
            fresh: Vec::new(),
        }
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Opens one key, so that a service with the wrong master key stops at its start and not at the first citizen.
    pub(crate) fn check_master_key(&self) -> Result<(), Fault> {
        let any: Option<(i64, i64, Vec<u8>)> = self
            .db
            .query_row(
                "SELECT office_id, person_id, wrapped FROM person_key LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .map_err(refused)?;
        let Some((office, person, wrapped)) = any else {
            return Ok(());
        };
        self.sealer
            .unwrap(OfficeId(office), PersonId(person), &wrapped)
            .map(|_| ())
    }

    /// The key of a person, or `None` when it was never made or was destroyed.
    pub(crate) fn find(&mut self, office: OfficeId, person: PersonId) -> Result<Option<PersonKey>, Fault> {
        if let Some(key) = self.cached.get(&(office, person)) {
            return Ok(Some(key.clone()));
        }
        let wrapped: Option<Vec<u8>> = self
            .db
            .prepare_cached("SELECT wrapped FROM person_key WHERE office_id = ?1 AND person_id = ?2")
            .and_then(|mut statement| {
                statement
                    .query_row(params![office.0, person.0], |row| row.get(0))
                    .optional()
            })
            .map_err(refused)?;
        let Some(wrapped) = wrapped else {
            return Ok(None);
        };
        let key = self.sealer.unwrap(office, person, &wrapped)?;
        self.remember(office, person, &key);
        Ok(Some(key))
    }

    /// As `find`; a person without one gets one, committed by `commit_fresh` before the main database commits.
    pub(crate) fn ensure(&mut self, office: OfficeId, person: PersonId) -> Result<PersonKey, Fault> {
        if let Some(key) = self.find(office, person)? {
            return Ok(key);
        }
        let key = self.sealer.new_person_key()?;
        let wrapped = self.sealer.wrap(office, person, &key)?;
        if self.db.is_autocommit() {
            self.db.execute_batch("BEGIN IMMEDIATE").map_err(refused)?;
        }
        self.db
            .prepare_cached("INSERT INTO person_key (office_id, person_id, wrapped) VALUES (?1, ?2, ?3)")
            .and_then(|mut statement| statement.execute(params![office.0, person.0, wrapped]))
            .map_err(refused)?;
        self.remember(office, person, &key);
        self.fresh.push((office, person));
        Ok(key)
    }

    /// Commits the keys made since the last call. Must succeed before the main database commits.
    pub(crate) fn commit_fresh(&mut self) -> Result<(), Fault> {
        if !self.db.is_autocommit()
            && let Err(error) = self.db.execute_batch("COMMIT")
        {
            self.forget_fresh();
            return Err(refused(error));
        }
        self.fresh.clear();
        Ok(())
    }

    /// Drops the keys made since the last commit: the rows they were for did not happen.
    pub(crate) fn forget_fresh(&mut self) {
        if !self.db.is_autocommit() {
            // Nothing can be done about a failing rollback; the connection rolls back when it closes.
            let _ = self.db.execute_batch("ROLLBACK");
        }
        for owner in self.fresh.drain(..) {
            self.cached.remove(&owner);
        }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.db
    }

    fn remember(&mut self, office: OfficeId, person: PersonId, key: &PersonKey) {
        if self.cached.len() >= CACHED_KEYS_MAX {
            self.cached.clear();
        }
        self.cached.insert((office, person), key.clone());
    }
}
