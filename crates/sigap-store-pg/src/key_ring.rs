//! Person keys at hand: cached for the whole process, loaded from the key store, or made new and committed there before
//! the transaction that needs them commits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{PersonKey, Sealer};

use crate::session::Session;
use crate::trouble::Trouble;

/// Keys kept in memory; at 64 bytes each about 4 MB. A full cache is emptied: the next use loads again.
const CACHED_KEYS_MAX: usize = 50_000;

type Owner = (OfficeId, PersonId);

/// Keys that are in the key store for certain, shared by all sessions of a process.
#[derive(Clone, Default)]
pub(crate) struct KeyCache(Arc<Mutex<HashMap<Owner, PersonKey>>>);

impl KeyCache {
    fn find(&self, owner: Owner) -> Option<PersonKey> {
        self.keys().get(&owner).cloned()
    }

    fn remember(&self, owner: Owner, key: PersonKey) {
        let mut keys = self.keys();
        if keys.len() >= CACHED_KEYS_MAX {
            keys.clear();
        }
        keys.insert(owner, key);
    }

    /// A poisoned cache still holds whole keys.
    fn keys(&self) -> std::sync::MutexGuard<'_, HashMap<Owner, PersonKey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys as one session sees them.
pub(crate) struct KeyRing {
    session: Session,
    sealer: Sealer,
    cache: KeyCache,
    /// Made in the transaction under way, not yet in the key store.
    fresh: HashMap<Owner, PersonKey>,
}

impl KeyRing {
    pub(crate) fn new(session: Session, sealer: Sealer, cache: KeyCache) -> Self {
        Self {
            session,
            sealer,
            cache,
            fresh: HashMap::new(),
        }
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Opens one key, so that a service with the wrong master key stops at its start and not at the first citizen.
    pub(crate) fn check_master_key(&mut self) -> Result<(), Fault> {
        self.session.connect()?;
        let rows = self
            .session
            .rows("SELECT office_id, person_id, wrapped FROM person_key LIMIT 1", &[])?;
        let Some(row) = rows.first() else {
            return Ok(());
        };
        let read =
            || -> Result<(i64, i64, Vec<u8>), Trouble> { Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)) };
        let (office, person, wrapped) = read()?;
        self.sealer
            .unwrap(OfficeId(office), PersonId(person), &wrapped)
            .map(|_| ())
    }

    /// The key of a person, or `None` when it was never made or was destroyed.
    pub(crate) fn find(&mut self, office: OfficeId, person: PersonId) -> Result<Option<PersonKey>, KeyTrouble> {
        let owner = (office, person);
        if let Some(key) = self.fresh.get(&owner) {
            return Ok(Some(key.clone()));
        }
        if let Some(key) = self.cache.find(owner) {
            return Ok(Some(key));
        }
        self.session.connect()?;
        let rows = self.session.rows(
            "SELECT wrapped FROM person_key WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
        )?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let wrapped: Vec<u8> = row.try_get(0).map_err(Trouble::from)?;
        let key = self.sealer.unwrap(office, person, &wrapped)?;
        self.cache.remember(owner, key.clone());
        Ok(Some(key))
    }

    /// As `find`; a person without one gets one, committed by `commit_fresh` before the main database commits.
    pub(crate) fn ensure(&mut self, office: OfficeId, person: PersonId) -> Result<PersonKey, KeyTrouble> {
        if let Some(key) = self.find(office, person)? {
            return Ok(key);
        }
        let key = self.sealer.new_person_key()?;
        self.fresh.insert((office, person), key.clone());
        Ok(key)
    }

    /// Commits the keys made since the last call, all in one statement. Must succeed before the main database commits. When
    /// another process made a key for one of the same persons in the meantime, that one counts and this is a conflict.
    pub(crate) fn commit_fresh(&mut self) -> Result<(), KeyTrouble> {
        if self.fresh.is_empty() {
            return Ok(());
        }
        let mut owners: Vec<Owner> = self.fresh.keys().copied().collect();
        // One order for all processes, so that two of them never wait for each other.
        owners.sort_unstable();
        let (mut offices, mut people, mut wrapped) = (Vec::new(), Vec::new(), Vec::new());
        for (office, person) in &owners {
            let Some(key) = self.fresh.get(&(*office, *person)) else {
                continue;
            };
            offices.push(office.0);
            people.push(person.0);
            wrapped.push(self.sealer.wrap(*office, *person, key)?);
        }
        self.session.connect()?;
        let kept = self.session.run(
            "INSERT INTO person_key (office_id, person_id, wrapped)
             SELECT office_id, person_id, wrapped
             FROM UNNEST($1::BIGINT[], $2::BIGINT[], $3::BYTEA[]) AS fresh (office_id, person_id, wrapped)
             ON CONFLICT (office_id, person_id) DO NOTHING",
            &[&offices, &people, &wrapped],
        )?;
        if usize::try_from(kept).ok() != Some(owners.len()) {
            self.fresh.clear();
            return Err(KeyTrouble::Trouble(Trouble::Conflict));
        }
        for (owner, key) in self.fresh.drain() {
            self.cache.remember(owner, key);
        }
        Ok(())
    }

    /// Drops the keys made since the last commit: the rows they were for did not happen.
    pub(crate) fn forget_fresh(&mut self) {
        self.fresh.clear();
    }
}

/// What may go wrong with keys: the way to the store, or the key itself.
#[derive(Debug)]
pub(crate) enum KeyTrouble {
    Trouble(Trouble),
    Fault(Fault),
}

impl From<Trouble> for KeyTrouble {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Fault> for KeyTrouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
