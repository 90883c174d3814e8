//! The engine on a real server: opening again, broken connections, locks, a full disk, migrations, plans.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod commits;
mod migrations;
mod plans;
mod proxy;
mod reopen;
mod troubles;

use sigap_core::ids::OfficeId;
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store::{Fault, Store, Tx};

const HERE: OfficeId = OfficeId(1);

fn sealer(byte: &str) -> Sealer {
    Sealer::new(MasterKey::from_hex(&byte.repeat(32)).unwrap(), system_random)
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn write<T: Send + 'static>(
    store: &dyn Store,
    run: impl FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    wait(sigap_store::write(store, HERE, run))
}

fn count(store: &dyn Store) -> Result<u64, Fault> {
    write(store, |tx| tx.next_count(HERE, "works"))
}
