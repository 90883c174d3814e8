//! The store itself: it runs functions as transactions.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use sigap_core::ids::OfficeId;

use crate::fault::Fault;
use crate::tx::Tx;

/// A transaction as a function: no effects but through `tx`, since it may be run again after a conflict.
pub type Work = Box<dyn FnMut(&mut dyn Tx) -> Result<(), Fault> + Send>;

/// The result that is waited for.
pub type Done<'a> = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'a>>;

/// A storage engine.
pub trait Store: Send + Sync {
    /// Runs `work` as one transaction, together with others that wait; resolves after the commit reached the disk. An
    /// error, or a panic inside, undoes this work alone. Offices take turns: `office` names whose line it stands in.
    ///
    /// What the database refuses undoes the work, even when the work takes the error in. It may be told later than by the
    /// call that caused it, at the latest here; what calls answered until then counts for nothing.
    fn write(&self, office: OfficeId, work: Work) -> Done<'_>;

    /// Runs `work` on a snapshot. Writes are refused.
    fn read(&self, work: Work) -> Done<'_>;
}

/// Runs a function that returns a value as one transaction.
///
/// # Errors
/// The fault of the function, of the commit, or of a store that is closing.
pub async fn write<T, F>(store: &dyn Store, office: OfficeId, run: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
{
    let (work, result) = returning(run);
    store.write(office, work).await?;
    taken(&result)
}

/// Runs a function that returns a value on a snapshot.
///
/// # Errors
/// As `write`.
pub async fn read<T, F>(store: &dyn Store, run: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
{
    let (work, result) = returning(run);
    store.read(work).await?;
    taken(&result)
}

fn returning<T, F>(mut run: F) -> (Work, Arc<Mutex<Option<T>>>)
where
    T: Send + 'static,
    F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
{
    let result = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&result);
    let work: Work = Box::new(move |tx| {
        let value = run(tx)?;
        // The last run counts: after a conflict the function runs again.
        if let Ok(mut slot) = slot.lock() {
            *slot = Some(value);
        }
        Ok(())
    });
    (work, result)
}

fn taken<T>(result: &Mutex<Option<T>>) -> Result<T, Fault> {
    result.lock().ok().and_then(|mut slot| slot.take()).ok_or(Fault::Closed)
}
