//! Every promise of `sigap-store` on this engine, each case on fresh ground.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use sigap_store::conformance::{Subject, cases};
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_pg::testing::Ground;

#[test]
fn every_case_holds() {
    let sealer = Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut broken = Vec::new();
    for case in cases() {
        let Some(ground) = Ground::new().unwrap() else { return };
        let store = ground.open(&sealer).unwrap();
        let subject = Subject {
            store: &store,
            wait: &|done| runtime.block_on(done),
        };
        if catch_unwind(AssertUnwindSafe(|| (case.run)(&subject))).is_err() {
            broken.push(case.name);
        }
    }
    assert!(broken.is_empty(), "broken promises: {broken:#?}");
}
