//! The promises of the storage traits as cases: each written once, listed once, run on every engine.
//!
//! A case names the methods it `covers`; `cargo xtask tidy` fails when a method is covered by none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a broken promise panics: this is test support"
)]

mod api_keys;
mod applications;
mod bookings;
mod browsers;
mod cases;
mod contents;
mod conversations;
mod exercise;
mod figures;
mod filled;
mod files;
mod follows;
mod hall;
mod hooks;
mod inbox;
mod intakes;
mod jobs;
mod notices;
mod office;
mod openings;
mod outbox;
mod own_data;
mod passports;
mod people;
mod processes;
mod raw;
mod reopen;
mod reports;
mod samples;
mod semantics;
mod staff;
mod surveys;
mod unclear;

pub use exercise::{exercise_all, exercise_reads};
pub use filled::{check_filled, migration_data};
pub use raw::check_raw_rows;
pub use reopen::{REOPEN_CASES, ReopenCase, Site};

use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::store::{Done, Store, Work};
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

/// A function for `write_together`.
pub type Part<T> = Box<dyn FnMut(&mut dyn Tx) -> Result<T, Fault> + Send>;

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
        let (work, result) = returning(run);
        (self.wait)(self.store.write(office, work))?;
        taken(&result)
    }

    /// Runs a read.
    ///
    /// # Errors
    /// As the read.
    pub fn read<T: Send + 'static>(
        &self,
        run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (work, result) = returning(run);
        (self.wait)(self.store.read(work))?;
        taken(&result)
    }

    /// Hands in many transactions before it waits for the first, so that an engine may commit them together.
    pub fn write_together<T: Send + 'static>(&self, parts: Vec<(OfficeId, Part<T>)>) -> Vec<Result<T, Fault>> {
        let (dones, results): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .map(|(office, run)| {
                let (work, result) = returning(run);
                (self.store.write(office, work), result)
            })
            .unzip();
        let outcomes = Mutex::new(Vec::new());
        let all: Done<'_> = Box::pin(async {
            let ended = join_all(dones).await;
            *outcomes.lock().unwrap() = ended;
            Ok(())
        });
        (self.wait)(all).unwrap();
        let outcomes = outcomes.into_inner().unwrap();
        outcomes
            .into_iter()
            .zip(results)
            .map(|(outcome, result)| outcome.and_then(|()| taken(&result)))
            .collect()
    }
}

fn returning<T: Send + 'static>(
    mut run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
) -> (Work, Arc<Mutex<Option<T>>>) {
    let result = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&result);
    let work: Work = Box::new(move |tx| {
        let value = run(tx)?;
        *slot.lock().unwrap() = Some(value);
        Ok(())
    });
    (work, result)
}

fn taken<T>(result: &Mutex<Option<T>>) -> Result<T, Fault> {
    result.lock().unwrap().take().ok_or(Fault::Closed)
}

/// All cases, by aggregate.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    [
        people::CASES,
        inbox::CASES,
        conversations::CASES,
        outbox::CASES,
        own_data::CASES,
        applications::CASES,
        bookings::CASES,
        browsers::CASES,
        files::CASES,
        intakes::CASES,
        openings::CASES,
        jobs::CASES,
        hall::CASES,
        staff::CASES,
        passports::CASES,
        cases::CASES,
        surveys::CASES,
        unclear::CASES,
        figures::CASES,
        notices::CASES,
        contents::CASES,
        reports::CASES,
        follows::CASES,
        api_keys::CASES,
        hooks::CASES,
        office::CASES,
        processes::CASES,
        semantics::CASES,
    ]
    .into_iter()
    .flatten()
}
