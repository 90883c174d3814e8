//! The server is killed and starts again in the middle of load, as often as the load lasts: what was acknowledged is there,
//! and nothing is there twice. A test of its own, since every other one would notice.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use sigap_core::ids::OfficeId;
use sigap_store::records::AuditEntry;
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store::{Fault, write};
use sigap_store_pg::testing::{Ground, restarts};

/// How often the server dies.
const DEATHS: usize = 3;
/// Writers at once, each in an office of its own.
const WRITERS: i64 = 6;
/// Works that each writer sees acknowledged between two deaths.
const WORKS: usize = 40;

#[test]
fn acknowledged_works_survive_a_server_that_dies_under_load() {
    if !restarts() {
        return;
    }
    let Some(ground) = Ground::new().unwrap() else { return };
    let sealer = Sealer::new(MasterKey::generate(system_random).unwrap(), system_random);
    let store = ground.open(&sealer).unwrap();
    let is_over = AtomicBool::new(false);
    let (tell, told) = std::sync::mpsc::channel();
    let acknowledged: Vec<Vec<i64>> = std::thread::scope(|scope| {
        let writers: Vec<_> = (1..=WRITERS)
            .map(|office| {
                let (store, is_over, tell) = (&store, &is_over, tell.clone());
                scope.spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                    let (mut kept, mut next) = (Vec::new(), 0);
                    while !is_over.load(Ordering::Relaxed) {
                        next += 1;
                        let id = next;
                        let ended = runtime.block_on(write(store, OfficeId(office), move |tx| {
                            tx.next_count(OfficeId(office), "works")?;
                            tx.insert_audit(OfficeId(office), &entry(id))
                        }));
                        match ended {
                            Ok(()) => {
                                kept.push(id);
                                tell.send(()).unwrap();
                            }
                            Err(fault) => assert_eq!(fault, Fault::Busy),
                        }
                    }
                    kept
                })
            })
            .collect();
        for death in 0..=DEATHS {
            for _ in 0..WORKS * writers.len() {
                told.recv().unwrap();
            }
            if death < DEATHS {
                ground.crash_server();
            }
        }
        is_over.store(true, Ordering::Relaxed);
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let rows = ground
        .sql("SELECT office_id || ' ' || audit_id || ' ' || COUNT(*) FROM audit GROUP BY office_id, audit_id")
        .unwrap();
    let mut found = BTreeMap::new();
    for row in rows.lines() {
        let numbers: Vec<i64> = row.split(' ').map(|number| number.parse().unwrap()).collect();
        assert_eq!(numbers[2], 1);
        *found.entry(numbers[0]).or_insert(0) += 1;
        found.insert(numbers[0] * 1_000_000 + numbers[1], 1);
    }
    for (office, kept) in (1..).zip(&acknowledged) {
        for id in kept {
            assert!(
                found.contains_key(&(office * 1_000_000 + id)),
                "office {office}, work {id} is lost"
            );
        }
        // Each row stands for one count: a work that was run again was not done twice.
        let counted = ground
            .sql(&format!("SELECT value FROM office_counter WHERE office_id = {office}"))
            .unwrap();
        assert_eq!(counted.trim().parse(), Ok(found[&office]), "office {office}");
    }
}

fn entry(id: i64) -> AuditEntry {
    AuditEntry {
        id,
        at: Timestamp::UNIX_EPOCH,
        actor: "test".into(),
        act: "worked".into(),
        subject: String::new(),
    }
}
