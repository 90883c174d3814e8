use super::*;

#[test]
fn every_intent_is_found_by_its_label_and_stands_in_its_column() {
    assert_eq!(Intent::all().count(), INTENTS);
    for (column, intent) in Intent::all().enumerate() {
        assert_eq!(Intent::find(intent.name()), Some(intent));
        assert_eq!(intent.column(), column);
    }
    assert_eq!(Intent::find("visa"), None);
}

#[test]
fn every_label_is_defined_for_those_who_label() {
    let page = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../content/understanding/",
        "intents.md"
    ));
    for intent in Intent::all() {
        assert!(page.contains(intent.name()), "`{}` is not in intents.md", intent.name());
    }
}
