//! A draw from the first step to the last, and every way in which its record could be changed.

use jiff::civil::{date, time};
use proptest::prelude::*;
use serde_json::Value;

use super::sample::{SAMPLE, sample};
use super::*;

const SECRET: Hash = [0x5a; 32];

fn plan() -> DrawPlan {
    let slot = |hour| DrawSlot {
        at: time(hour, 0, 0, 0),
        places: 6,
    };
    DrawPlan {
        office: "jakarta-pusat".into(),
        service: "paspor".into(),
        day: date(2026, 12, 5),
        public_value_source: "closing value of the composite index of the Indonesia Stock Exchange on 1 December 2026"
            .into(),
        slots: vec![slot(8), slot(9), slot(10), slot(13)],
        places_max: Some(22),
    }
}

/// Forty made-up entries, families and single people, with and without wishes and losses.
fn entries() -> Vec<Entry> {
    let entry = |number: u16| Entry {
        id: EntryId(7_301_444_058_112_000 + i64::from(number) * 7_919),
        places: [1, 1, 2, 1, 4, 1, 3, 1, 5, 2][usize::from(number % 10)],
        doubled_weight: [2, 2, 4, 2, 6, 1, 10, 8][usize::from(number % 8)],
        slots: [vec![], vec![3], vec![1, 0], vec![0, 1, 2]][usize::from(number % 4)].clone(),
    };
    (0..40).map(entry).collect()
}

fn drawn() -> Transcript {
    Transcript::committed(plan(), &SECRET)
        .closed(&SECRET, entries())
        .unwrap()
        .given("7.101,55")
        .unwrap()
        .drawn()
        .unwrap()
}

#[test]
fn a_draw_is_replayed_from_its_record_alone() {
    let verified = verify(&Transcript::from_json(&drawn().to_json()).unwrap()).unwrap();
    assert_eq!((verified.entries, verified.people, verified.places), (40, 84, 22));
    assert!(
        verified.places_given <= 22 && verified.places_given > 15,
        "{verified:?}"
    );
    assert!(verified.winners <= 22);
}

#[test]
fn the_record_in_the_program_is_what_it_was() {
    let text = drawn().to_json();
    assert!(
        text == SAMPLE.trim_end(),
        "the form has changed: old records must stay readable\n{text}"
    );
    assert_eq!(sample().unwrap(), drawn());
}

#[test]
fn nothing_is_told_before_its_time() {
    let committed = Transcript::committed(plan(), &SECRET);
    let secret = Hex(SECRET).to_string();
    assert!(!committed.to_json().contains(&secret));
    let closed = committed.closed(&SECRET, entries()).unwrap();
    assert!(closed.to_json().contains(&secret));
    assert_eq!(verify(&closed), Err(Mismatch::Missing("sha256")));
    assert_eq!(Transcript::from_json(&closed.to_json()).unwrap(), closed);
}

#[test]
fn steps_are_taken_in_order_and_once() {
    let committed = Transcript::committed(plan(), &SECRET);
    assert_eq!(committed.clone().given("1"), Err(Mismatch::Missing("root")));
    assert_eq!(committed.clone().drawn(), Err(Mismatch::Missing("secret")));
    assert_eq!(committed.clone().closed(&[0; 32], entries()), Err(Mismatch::Commitment));
    let closed = committed.closed(&SECRET, entries()).unwrap();
    assert_eq!(
        closed.clone().closed(&SECRET, entries()),
        Err(Mismatch::Already("root"))
    );
    assert_eq!(closed.clone().drawn(), Err(Mismatch::Missing("public_value")));
    for value in ["", " \n", "two\nlines", &"9".repeat(201)] {
        assert_eq!(closed.clone().given(value), Err(Mismatch::PublicValue), "{value:?}");
    }
    let given = closed.given(" 7.101,55\n").unwrap();
    assert_eq!(given.clone().given("7.101,56"), Err(Mismatch::Already("public_value")));
    assert_eq!(given.drawn().unwrap(), drawn());
}

#[test]
fn a_draw_without_entries_or_with_one_is_a_draw() {
    for few in [vec![], entries()[..1].to_vec()] {
        let drawn = Transcript::committed(plan(), &SECRET)
            .closed(&SECRET, few.clone())
            .and_then(|closed| closed.given("1"))
            .and_then(Transcript::drawn)
            .unwrap();
        assert_eq!(verify(&drawn).unwrap().winners, few.len());
    }
}

#[test]
fn entries_that_break_the_rules_are_not_drawn() {
    let changes: [fn(&mut Entry); 6] = [
        |entry| entry.places = 0,
        |entry| entry.places = 6,
        |entry| entry.doubled_weight = 0,
        |entry| entry.doubled_weight = 11,
        |entry| entry.slots = vec![4],
        |entry| entry.slots = vec![0; 5],
    ];
    let closed = |entries| Transcript::committed(plan(), &SECRET).closed(&SECRET, entries);
    for change in changes {
        let mut entries = entries();
        change(&mut entries[3]);
        let id = entries[3].id;
        assert_eq!(closed(entries), Err(Mismatch::Entry(id)));
    }
    let mut twice = entries();
    twice.push(twice[5].clone());
    assert_eq!(closed(twice), Err(Mismatch::Entry(entries()[5].id)));
}

#[test]
fn a_plan_without_slots_or_source_is_not_drawn() {
    let without_slots = DrawPlan {
        slots: Vec::new(),
        ..plan()
    };
    let without_source = DrawPlan {
        public_value_source: " ".into(),
        ..plan()
    };
    for plan in [without_slots, without_source] {
        let closed = Transcript::committed(plan, &SECRET).closed(&SECRET, Vec::new());
        assert_eq!(closed, Err(Mismatch::Plan));
    }
}

/// Every record that differs from this one in one value, one left out or one list element.
fn changed_in_one_place(value: &Value) -> Vec<Value> {
    let mut changed = Vec::new();
    match value {
        Value::String(text) => {
            changed.push(Value::String(format!("{text}0")));
            let mut other: Vec<char> = text.chars().collect();
            if let Some(last) = other.last_mut() {
                *last = if *last == '1' { '2' } else { '1' };
            }
            changed.push(Value::String(other.into_iter().collect()));
        }
        Value::Number(number) => changed.push(Value::from(number.as_u64().unwrap() + 1)),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                for other in changed_in_one_place(item) {
                    let mut items = items.clone();
                    items[place] = other;
                    changed.push(Value::Array(items));
                }
                let mut fewer = items.clone();
                fewer.remove(place);
                changed.push(Value::Array(fewer));
            }
            if let [first, second, ..] = items.as_slice() {
                let mut swapped = items.clone();
                (swapped[0], swapped[1]) = (second.clone(), first.clone());
                if swapped != *items {
                    changed.push(Value::Array(swapped));
                }
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                for other in changed_in_one_place(field) {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), other);
                    changed.push(Value::Object(fields));
                }
                let mut fewer = fields.clone();
                fewer.remove(name);
                changed.push(Value::Object(fewer));
            }
            let mut more = fields.clone();
            more.insert("more".into(), Value::from(1));
            changed.push(Value::Object(more));
        }
        Value::Bool(_) | Value::Null => {}
    }
    changed
}

#[test]
fn every_single_change_is_found() {
    let record: Value = serde_json::from_str(SAMPLE).unwrap();
    let changed = changed_in_one_place(&record);
    assert!(changed.len() > 500);
    for change in changed {
        let found = Transcript::from_json(&change.to_string()).map(|transcript| verify(&transcript));
        assert!(!matches!(found, Ok(Ok(_))), "not found: {change}");
    }
}

#[test]
fn a_change_is_found_even_when_the_fingerprint_is_made_anew() {
    let record: Value = serde_json::from_str(SAMPLE).unwrap();
    for change in changed_in_one_place(&record) {
        let Ok(mut transcript) = Transcript::from_json(&change.to_string()) else {
            continue;
        };
        transcript.sha256 = Some(transcript.fingerprint());
        // Leaving out or changing the fingerprint alone is mended by that.
        assert!(
            verify(&transcript).is_err() || transcript == drawn(),
            "not found: {change}"
        );
    }
}

#[test]
fn an_entry_smuggled_in_with_a_new_root_changes_the_draw() {
    // The root is published at the closing; with another one the seed is another, and the told result does not fit.
    let mut forged = drawn();
    forged.entries[0].doubled_weight = 10;
    forged.root = Some(Hex(draw::tree(&forged.entries).root()));
    forged.sha256 = Some(forged.fingerprint());
    assert_eq!(verify(&forged), Err(Mismatch::Result));
}

#[test]
fn each_kind_of_change_has_its_sentence() {
    let sentence = |change: &dyn Fn(&mut Transcript)| {
        let mut changed = drawn();
        change(&mut changed);
        changed.sha256 = Some(changed.fingerprint());
        verify(&changed).unwrap_err().to_string()
    };
    let is = |found: String, expected: &str| assert!(found.contains(expected), "{found}");
    is(sentence(&|record| record.version = 2), "`version` is 2");
    is(
        sentence(&|record| record.plan.slots[0].places += 1),
        "do not fit `commitment`",
    );
    is(
        sentence(&|record| record.secret = Some(Hex([0; 32]))),
        "do not fit `commitment`",
    );
    is(sentence(&|record| record.count = Some(41)), "there are 40 entries");
    is(
        sentence(&|record| record.entries[7].doubled_weight = 3),
        "do not fit `root`",
    );
    is(
        sentence(&|record| record.public_value = Some("7.101,56".into())),
        "`result` is not",
    );
    is(
        sentence(&|record| record.result = None),
        "`result` is not published yet",
    );
    let mut stale = drawn();
    stale.plan.office = "sukabumi".into();
    is(verify(&stale).unwrap_err().to_string(), "`sha256` does not fit");
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let error = Transcript::from_json(&SAMPLE.replace("\"version\": 1", "\"version\": \"one\"")).unwrap_err();
    assert!(error.to_string().contains("line 2"), "{error}");
    assert!(Transcript::from_json(&SAMPLE.replace("\"plan\"", "\"plans\"")).is_err());
    assert!(Transcript::from_json("").is_err());
}

proptest! {
    #[test]
    fn any_draw_can_be_replayed(
        entries in prop::collection::btree_map(any::<i64>(), (1_u16..=5, 1_u8..=10), 0..50),
        places in prop::collection::vec(0_u16..9, 1..8),
        secret: Hash,
        value in "[0-9.,]{1,20}",
    ) {
        let slot = |places| DrawSlot { at: time(8, 0, 0, 0), places };
        let plan = DrawPlan { slots: places.into_iter().map(slot).collect(), places_max: None, ..plan() };
        let entry = |(id, (places, doubled_weight))| Entry { id: EntryId(id), places, doubled_weight, slots: Vec::new() };
        let drawn = Transcript::committed(plan, &secret)
            .closed(&secret, entries.into_iter().map(entry).collect())
            .and_then(|closed| closed.given(&value))
            .and_then(Transcript::drawn)
            .unwrap();
        let again = Transcript::from_json(&drawn.to_json()).unwrap();
        prop_assert_eq!(&again, &drawn);
        let verified = verify(&again).unwrap();
        prop_assert!(verified.places_given <= verified.places);
        prop_assert_eq!(again.drawn().unwrap(), drawn);
    }

    #[test]
    fn no_text_at_all_breaks_the_reader(text: String) {
        prop_assert!(Transcript::from_json(&text).is_err());
    }
}
