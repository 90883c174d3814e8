//! Person keys at hand: cached, loaded from the key store, or made new and committed there before anything uses them; and destroyed
//! there, which leaves a row without bytes.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, OptionalExtension, params};
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{Held, PersonKey, Sealer};

use crate::connection::refused;

/// Keys kept in memory; at 64 bytes each about 4 MB. A full ring is emptied: the next use loads again.
const CACHED_KEYS_MAX: usize = 50_000;

pub(crate) struct KeyRing {
    db: Connection,
    sealer: Sealer,
    cached: HashMap<(OfficeId, PersonId), PersonKey>,
    fresh: Vec<(OfficeId, PersonId)>,
    /// To be destroyed with the next commit.
    doomed: Vec<(OfficeId, PersonId)>,
    /// Counts destroyed keys over all rings of a store, and how many this one has heard of.
    destroyed: Arc<AtomicU64>,
    heard: u64,
}

impl KeyRing {
    pub(crate) fn new(db: Connection, sealer: Sealer) -> Self {
        Self {
            db,
            sealer,
            cached: HashMap::new(),
            fresh: Vec::new(),
            doomed: Vec::new(),
            destroyed: Arc::default(),
            heard: 0,
        }
    }

    /// The same ring, hearing of keys that others of the store destroy.
    pub(crate) fn sharing(self, destroyed: &Arc<AtomicU64>) -> Self {
        Self {
            destroyed: Arc::clone(destroyed),
            ..self
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
                "SELECT office_id, person_id, wrapped FROM person_key WHERE LENGTH(wrapped) > 0 LIMIT 1",
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

    /// What there is of a person's key.
    pub(crate) fn find(&mut self, office: OfficeId, person: PersonId) -> Result<Held, Fault> {
        let destroyed = self.destroyed.load(Ordering::Acquire);
        if self.heard != destroyed {
            self.heard = destroyed;
            self.cached.clear();
        }
        if self.doomed.contains(&(office, person)) {
            return Ok(Held::Destroyed);
        }
        if let Some(key) = self.cached.get(&(office, person)) {
            return Ok(Held::Key(key.clone()));
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
        let held = Held::from_row(&self.sealer, office, person, wrapped.as_deref())?;
        if let Held::Key(key) = &held {
            self.remember(office, person, key);
        }
        Ok(held)
    }

    /// The key to seal with, made when there was never one and committed by `commit_fresh` before the main database commits; `None` for
    /// somebody whose key was destroyed.
    pub(crate) fn ensure(&mut self, office: OfficeId, person: PersonId) -> Result<Option<PersonKey>, Fault> {
        match self.find(office, person)? {
            Held::Key(key) => return Ok(Some(key)),
            Held::Destroyed => return Ok(None),
            Held::Nothing => {}
        }
        let key = self.sealer.new_person_key()?;
        let wrapped = self.sealer.wrap(office, person, &key)?;
        self.begin()?;
        self.db
            .prepare_cached("INSERT INTO person_key (office_id, person_id, wrapped) VALUES (?1, ?2, ?3)")
            .and_then(|mut statement| statement.execute(params![office.0, person.0, wrapped]))
            .map_err(refused)?;
        self.remember(office, person, &key);
        self.fresh.push((office, person));
        Ok(Some(key))
    }

    /// Destroys a key with the next commit.
    pub(crate) fn doom(&mut self, office: OfficeId, person: PersonId) {
        self.doomed.push((office, person));
        self.cached.remove(&(office, person));
    }

    /// How many keys are to be destroyed, for `spare`.
    pub(crate) fn count_doomed(&self) -> usize {
        self.doomed.len()
    }

    /// Lets live those that were doomed after so many: the work that wanted it is undone.
    pub(crate) fn spare(&mut self, after: usize) {
        self.doomed.truncate(after);
    }

    fn begin(&self) -> Result<(), Fault> {
        if self.db.is_autocommit() {
            self.db.execute_batch("BEGIN IMMEDIATE").map_err(refused)?;
        }
        Ok(())
    }

    fn destroy_doomed(&self) -> Result<(), Fault> {
        for (office, person) in &self.doomed {
            self.begin()?;
            self.db
                .prepare_cached(
                    "INSERT INTO person_key (office_id, person_id, wrapped)
                     VALUES (?1, ?2, x'')
                     ON CONFLICT (office_id, person_id) DO UPDATE SET wrapped = excluded.wrapped",
                )
                .and_then(|mut statement| statement.execute(params![office.0, person.0]))
                .map_err(refused)?;
        }
        Ok(())
    }

    /// Commits the keys made since the last call, and destroys the doomed ones. Must succeed before the main database commits.
    pub(crate) fn commit_fresh(&mut self) -> Result<(), Fault> {
        let committed = self.destroy_doomed().and_then(|()| {
            if self.db.is_autocommit() {
                return Ok(());
            }
            self.db.execute_batch("COMMIT").map_err(refused)
        });
        if let Err(fault) = committed {
            self.forget_fresh();
            return Err(fault);
        }
        self.fresh.clear();
        if !self.doomed.is_empty() {
            self.doomed.clear();
            self.destroyed.fetch_add(1, Ordering::Release);
            // The log still holds the page as it was. A reader in the way leaves that to the next checkpoint.
            let _ = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
        Ok(())
    }

    /// Drops the keys made since the last commit, and spares the doomed ones: the rows they were for did not happen.
    pub(crate) fn forget_fresh(&mut self) {
        if !self.db.is_autocommit() {
            // Nothing can be done about a failing rollback; the connection rolls back when it closes.
            let _ = self.db.execute_batch("ROLLBACK");
        }
        for owner in self.fresh.drain(..) {
            self.cached.remove(&owner);
        }
        self.doomed.clear();
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
