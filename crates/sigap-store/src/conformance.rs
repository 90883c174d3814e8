//! The promises of the storage traits as cases: each written once, listed once, run on every engine.
//!
//! A case names the methods it `covers`; `cargo xtask tidy` fails when a method is covered by none.

use std::sync::{Arc, Mutex};

use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::store::{Done, Store};
use crate::tx::Tx;

/// One promise.
pub struct Case {
    /// A sentence of behaviour.
    pub name: &'static str,
    /// Methods whose promise it checks.
    pub covers: &'static [&'static str],
    /// Checks it on a fresh store; panics when the promise is broken.
    pub run: fn(&Subject<'_>),
}

/// A fresh store under test, with a way to wait for it.
pub struct Subject<'a> {
    /// The store.
    pub store: &'a dyn Store,
    /// Waits for a result; the engine's tests bring the runtime.
    pub wait: &'a dyn Fn(Done<'_>) -> Result<(), Fault>,
}

impl Subject<'_> {
    /// Runs a transaction.
    ///
    /// # Errors
    /// As the transaction.
    pub fn write<T: Send + 'static>(
        &self,
        office: OfficeId,
        run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.run(run, |work| self.store.write(office, work))
    }

    /// Runs a read.
    ///
    /// # Errors
    /// As the read.
    pub fn read<T: Send + 'static>(
        &self,
        run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.run(run, |work| self.store.read(work))
    }

    fn run<'s, T: Send + 'static>(
        &'s self,
        mut run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
        enqueue: impl FnOnce(crate::store::Work) -> Done<'s>,
    ) -> Result<T, Fault> {
        let slot = Arc::new(Mutex::new(None));
        let filled = Arc::clone(&slot);
        let done = enqueue(Box::new(move |tx| {
            let value = run(tx)?;
            if let Ok(mut slot) = filled.lock() {
                *slot = Some(value);
            }
            Ok(())
        }));
        (self.wait)(done)?;
        slot.lock().ok().and_then(|mut slot| slot.take()).ok_or(Fault::Closed)
    }
}

/// All cases, by aggregate.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    [].into_iter()
}
