use jiff::Timestamp;
use sigap_core::ids::StaffId;

use super::*;

fn patch(words: &str, by: i64) -> Patch {
    Patch {
        fields: Some(Fields::from([("id".to_owned(), words.to_owned())])),
        by: StaffId(by),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn overlay(patches: &[(&str, &str)]) -> Overlay {
    let patches = patches
        .iter()
        .map(|(key, words)| (EntryKey::parse(key).unwrap(), patch(words, 1)));
    Overlay {
        patches: patches.collect(),
    }
}

#[test]
fn what_is_kept_is_read_again() {
    let mut kept = overlay(&[("text/menu.main", "halo {{\n\"dunia\""), ("fee/EP10", "x")]);
    let removed = Patch {
        fields: None,
        ..patch("", 2)
    };
    kept.patches
        .insert(EntryKey::parse("holiday/2026-12-24").unwrap(), removed);
    assert_eq!(Overlay::from_stored(&kept.to_stored()), Ok(kept));
}

/// A stored form that version 1 wrote stays readable.
#[test]
fn the_first_stored_form_is_still_read() {
    let stored = r#"{"version":1,"patches":{
        "text/menu.main":{"fields":{"id":"Halo"},"by":7,"at":"2026-11-26T01:00:00Z"},
        "fact/helpdesk_place":{"fields":null,"by":7,"at":"2026-11-26T01:00:00Z"},
        "weather/tomorrow":{"fields":{},"by":7,"at":"2026-11-26T01:00:00Z"}}}"#;
    let read = Overlay::from_stored(stored).unwrap();
    let keys: Vec<String> = read.patches.keys().map(ToString::to_string).collect();
    assert_eq!(
        keys,
        ["text/menu.main", "fact/helpdesk_place"],
        "a kind of a newer version is left out"
    );
    assert_eq!(Overlay::from_stored(r#"{"version":2}"#), Err(UnreadableOverlay));
    assert_eq!(Overlay::from_stored("halo"), Err(UnreadableOverlay));
}

#[test]
fn a_draft_over_another_base_keeps_what_it_changed() {
    let old = overlay(&[("text/a.a", "lama"), ("text/b.b", "lama"), ("text/c.c", "lama")]);
    let mut draft = old.clone();
    draft
        .patches
        .insert(EntryKey::parse("text/a.a").unwrap(), patch("konsep", 2));
    draft.patches.remove(&EntryKey::parse("text/c.c").unwrap());
    let new = overlay(&[
        ("text/a.a", "baru"),
        ("text/b.b", "baru"),
        ("text/c.c", "baru"),
        ("text/d.d", "baru"),
    ]);
    let expected = overlay(&[("text/a.a", "konsep"), ("text/b.b", "baru"), ("text/d.d", "baru")]);
    assert_eq!(draft.rebased(&old, &new).differences(&expected), []);
    assert_eq!(old.rebased(&old, &new), new);
}

#[test]
fn only_other_fields_are_a_difference() {
    let one = overlay(&[("text/a.a", "x")]);
    let mut other = one.clone();
    let key = EntryKey::parse("text/a.a").unwrap();
    other.patches.insert(key.clone(), patch("x", 9));
    assert_eq!(one.differences(&other), []);
    assert_ne!(one.mark(&key), other.mark(&key));
    other.patches.insert(key.clone(), patch("y", 9));
    assert_eq!(one.differences(&other), [key]);
}

#[test]
fn keys_are_names_and_nothing_else() {
    for bad in ["text", "text/", "weather/x", "text/../x", "text/a b", "holiday/2026/12"] {
        assert_eq!(EntryKey::parse(bad), None, "{bad}");
    }
    assert_eq!(EntryKey::parse("fee/EP10").unwrap().to_string(), "fee/EP10");
}
