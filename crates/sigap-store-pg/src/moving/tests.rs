//! A target is empty or marked by the same source, and no service starts on it before the end.

use sigap_store::sealing::{MasterKey, Sealer, system_random};

use super::*;
use crate::testing::{Ground, server};

#[track_caller]
fn check_refused(ground: &Ground, source: &str, word: &str) {
    match Target::claim(ground.places(), source).map(|_| ()) {
        Err(Fault::Refused(why)) => assert!(why.contains(word), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_move_is_taken_up_by_its_own_source_and_ends_once() {
    let Some(url) = server() else { return };
    let ground = Ground::bare(&url).unwrap();
    let sealer = Sealer::new(MasterKey::from_hex(&"5a".repeat(32)).unwrap(), system_random);
    assert!(!Target::claim(ground.places(), "sqlite:a").unwrap().is_resumed);
    ground
        .sql("INSERT INTO process (process_id, beats) VALUES (1, 1)")
        .unwrap();
    check_refused(&ground, "sqlite:b", "a move from `sqlite:a`");
    let closed = ground.open(&sealer).map(|_| ());
    assert!(
        matches!(&closed, Err(Fault::Refused(why)) if why.contains("sigap move")),
        "{closed:?}"
    );
    let target = Target::claim(ground.places(), "sqlite:a").unwrap();
    assert!(target.is_resumed);
    target.finish().unwrap();
    ground.open(&sealer).unwrap();
    check_refused(&ground, "sqlite:a", "its table `process` has rows");
}

#[test]
fn a_place_with_rows_is_left_as_it_is() {
    let Some(url) = server() else { return };
    let ground = Ground::bare(&url).unwrap();
    ground
        .sql("CREATE TABLE person (name TEXT); INSERT INTO person (name) VALUES ('somebody else''s')")
        .unwrap();
    check_refused(&ground, "sqlite:a", "its table `person` has rows");
    let tables = ground.sql("SELECT relname FROM pg_class WHERE relnamespace = current_schema()::TEXT::REGNAMESPACE");
    assert_eq!(tables.unwrap(), "person\n");

    let ground = Ground::new().unwrap().unwrap();
    ground
        .keys_sql("INSERT INTO person_key (office_id, person_id, wrapped) VALUES (1, 1, '\\x00')")
        .unwrap();
    check_refused(&ground, "sqlite:a", "its table `person_key` has rows");
}
