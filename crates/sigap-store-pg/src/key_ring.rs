//! Person keys at hand: cached for the whole process, loaded from the key store, or made new and committed there before
//! the transaction that needs them commits; and destroyed there, which leaves a row without bytes.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;
use sigap_store::sealing::{Held, PersonKey, Sealer};

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

    fn forget(&self, owner: Owner) {
        self.keys().remove(&owner);
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
    /// To be destroyed with the transaction under way.
    doomed: BTreeSet<Owner>,
}

impl KeyRing {
    pub(crate) fn new(session: Session, sealer: Sealer, cache: KeyCache) -> Self {
        Self {
            session,
            sealer,
            cache,
            fresh: HashMap::new(),
            doomed: BTreeSet::new(),
        }
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Opens one key, so that a service with the wrong master key stops at its start and not at the first citizen.
    pub(crate) fn check_master_key(&mut self) -> Result<(), Fault> {
        self.session.connect()?;
        let rows = self.session.rows(
            "SELECT office_id, person_id, wrapped FROM person_key WHERE LENGTH(wrapped) > 0 LIMIT 1",
            &[],
        )?;
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

    /// What there is of a person's key.
    pub(crate) fn find(&mut self, office: OfficeId, person: PersonId) -> Result<Held, KeyTrouble> {
        let owner = (office, person);
        if self.doomed.contains(&owner) {
            return Ok(Held::Destroyed);
        }
        if let Some(key) = self.fresh.get(&owner) {
            return Ok(Held::Key(key.clone()));
        }
        if let Some(key) = self.cache.find(owner) {
            return Ok(Held::Key(key));
        }
        self.session.connect()?;
        let rows = self.session.rows(
            "SELECT wrapped FROM person_key WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
        )?;
        let wrapped: Option<Vec<u8>> = match rows.first() {
            Some(row) => Some(row.try_get(0).map_err(Trouble::from)?),
            None => None,
        };
        let held = Held::from_row(&self.sealer, office, person, wrapped.as_deref())?;
        if let Held::Key(key) = &held {
            self.cache.remember(owner, key.clone());
        }
        Ok(held)
    }

    /// The key to seal with, made when there was never one and committed by `commit_fresh` before the main database commits; `None` for
    /// somebody whose key was destroyed.
    pub(crate) fn ensure(&mut self, office: OfficeId, person: PersonId) -> Result<Option<PersonKey>, KeyTrouble> {
        match self.find(office, person)? {
            Held::Key(key) => return Ok(Some(key)),
            Held::Destroyed => return Ok(None),
            Held::Nothing => {}
        }
        let key = self.sealer.new_person_key()?;
        self.fresh.insert((office, person), key.clone());
        Ok(Some(key))
    }

    /// Destroys a key with the next commit.
    pub(crate) fn doom(&mut self, office: OfficeId, person: PersonId) {
        self.doomed.insert((office, person));
        self.fresh.remove(&(office, person));
    }

    /// Destroys the doomed keys, in one order for all processes.
    fn destroy_doomed(&mut self) -> Result<(), KeyTrouble> {
        if self.doomed.is_empty() {
            return Ok(());
        }
        let (offices, people): (Vec<i64>, Vec<i64>) =
            self.doomed.iter().map(|(office, person)| (office.0, person.0)).unzip();
        self.session.connect()?;
        self.session.run(
            "INSERT INTO person_key (office_id, person_id, wrapped)
             SELECT office_id, person_id, ''::BYTEA
             FROM UNNEST($1::BIGINT[], $2::BIGINT[]) AS doomed (office_id, person_id)
             ON CONFLICT (office_id, person_id) DO UPDATE SET wrapped = excluded.wrapped",
            &[&offices, &people],
        )?;
        for owner in std::mem::take(&mut self.doomed) {
            self.cache.forget(owner);
        }
        // The old row is dead and still there. A server that has no time for that now clears it away by itself later.
        let _ = self.session.command("VACUUM (SKIP_LOCKED) person_key");
        Ok(())
    }

    /// Commits the keys made since the last call, all in one statement, and destroys the doomed ones. Must succeed before the main
    /// database commits. When another process made a key for one of the same persons in the meantime, that one counts and this is a
    /// conflict.
    pub(crate) fn commit_fresh(&mut self) -> Result<(), KeyTrouble> {
        self.destroy_doomed()?;
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

    /// Drops the keys made since the last commit, and spares the doomed ones: the rows they were for did not happen.
    pub(crate) fn forget_fresh(&mut self) {
        self.fresh.clear();
        self.doomed.clear();
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
