//! What an entrant can check, and what an entrant finds out when the office changed something.

use super::super::hash::plain;
use super::*;

fn entries() -> Vec<Entry> {
    let entry = |id: i64| Entry {
        id: EntryId(id * 1_000),
        places: 1 + u16::try_from(id % 5).unwrap(),
        doubled_weight: 2,
        slots: vec![0, 1],
    };
    draw::sorted((0..37).rev().map(entry).collect())
}

#[test]
fn every_entrant_finds_the_own_entry() {
    let entries = entries();
    let tree = draw::tree(&entries);
    for entry in &entries {
        let proof = prove(&entries, &tree, entry.id).unwrap();
        assert_eq!(proof.entry, *entry);
        let sent = serde_json::to_string(&proof).unwrap();
        let received: Inclusion = serde_json::from_str(&sent).unwrap();
        assert!(received.holds_under(&tree.root()));
    }
    assert_eq!(prove(&entries, &tree, EntryId(999)), None);
}

#[test]
fn whatever_is_changed_is_found() {
    let entries = entries();
    let tree = draw::tree(&entries);
    let proof = prove(&entries, &tree, EntryId(5_000)).unwrap();
    let holds = |change: &dyn Fn(&mut Inclusion)| {
        let mut changed = proof.clone();
        change(&mut changed);
        changed.holds_under(&tree.root())
    };
    assert!(holds(&|_| {}));
    assert!(!holds(&|proof| proof.entry.id = EntryId(5_001)));
    assert!(!holds(&|proof| proof.entry.places += 1));
    assert!(!holds(&|proof| proof.entry.doubled_weight = 1));
    assert!(!holds(&|proof| proof.entry.slots.reverse()));
    assert!(!holds(&|proof| proof.entry.slots.clear()));
    assert!(!holds(&|proof| proof.place += 1));
    assert!(!holds(&|proof| proof.count += 1));
    assert!(!holds(&|proof| proof.path.reverse()));
    assert!(!proof.holds_under(&plain(b"another root")));
}

#[test]
fn who_was_left_out_has_no_proof() {
    let all = entries();
    let before = draw::tree(&all);
    let proof = prove(&all, &before, EntryId(5_000)).unwrap();
    let fewer: Vec<Entry> = all.into_iter().filter(|entry| entry.id != EntryId(5_000)).collect();
    assert!(!proof.holds_under(&draw::tree(&fewer).root()));
}
