use super::super::choice::{MENU, STATUS};
use super::*;

fn everything() -> State {
    State {
        language: Language::Su,
        place: Place::FeedbackRating {
            kind: CaseKind::Complaint,
            words: PrivateWords("antre lama".into()),
        },
        offered: Offered::from_choices([STATUS, MENU]),
        last_heard_at: Some("2026-12-01T02:15:00Z".parse().unwrap()),
        misses: 1,
        is_greeted: true,
        is_opted_out: true,
        recent: vec![Exchange {
            said: PrivateWords("antre lama".into()),
            answered: PrivateWords("Terima kasih".into()),
        }],
        last_message: Some(PrivateWords("wamid.1".into())),
        language_by: Some(LanguageBy::Messages),
        language_heard: Some(Language::En),
    }
}

/// The snapshot: what version 1 looks like in the database. Change it only together with the version.
const VERSION_1: &str = concat!(
    r#"{"v":1,"language":"su","place":{"at":"feedback_rating","kind":"complaint","words":"antre lama"},"#,
    r#""offered":["status","menu"],"last_heard_at":"2026-12-01T02:15:00Z","misses":1,"#,
    r#""is_greeted":true,"is_opted_out":true}"#
);

#[test]
fn the_stored_form_of_version_1_stays_as_it_is() {
    let bare = State {
        recent: Vec::new(),
        last_message: None,
        language_by: None,
        language_heard: None,
        ..everything()
    };
    assert_eq!(bare.to_stored(), VERSION_1);
    assert_eq!(State::from_stored(VERSION_1).unwrap(), bare);
}

#[test]
fn what_was_added_later_stands_at_the_end() {
    let more = concat!(
        r#","recent":[{"said":"antre lama","answered":"Terima kasih"}],"last_message":"wamid.1","#,
        r#""language_by":"messages","language_heard":"en"}"#
    );
    let stored = everything().to_stored();
    assert_eq!(stored.strip_prefix(VERSION_1.trim_end_matches('}')), Some(more));
    assert_eq!(State::from_stored(&stored).unwrap(), everything());
}

#[test]
fn a_first_contact_is_stored_in_few_bytes() {
    let stored = State::default().to_stored();
    assert_eq!(stored, r#"{"v":1,"language":"id"}"#);
    assert_eq!(State::from_stored(&stored).unwrap(), State::default());
}

#[test]
fn every_place_survives_storing() {
    let number = ApplicationNumber::parse("1179000000123456").unwrap();
    for place in [
        Place::Open,
        Place::StatusNumber,
        Place::StatusBirth { number: number.clone() },
        Place::StatusShown { number },
        Place::Requirements,
        Place::Pickup,
        Place::FeedbackKind,
        Place::FeedbackWords { kind: CaseKind::Broker },
        Place::OfficerWords,
        Place::BindCode,
        Place::Language,
    ] {
        let state = State {
            place,
            ..State::default()
        };
        assert_eq!(State::from_stored(&state.to_stored()).unwrap(), state);
    }
}

#[test]
fn choices_of_another_version_are_left_out() {
    let state = State::from_stored(r#"{"v":1,"offered":["status","gone.long_ago","menu"]}"#).unwrap();
    assert_eq!(state.offered, Offered::from_choices([STATUS, MENU]));
}

#[test]
fn what_is_not_a_state_is_refused() {
    for stored in [
        "",
        "{}",
        "null",
        "[]",
        r#"{"v":"one"}"#,
        r#"{"v":1,"place":{"at":"nowhere"}}"#,
        "\0",
    ] {
        assert!(
            matches!(State::from_stored(stored), Err(StateError::Unreadable(_))),
            "{stored}"
        );
    }
    assert!(matches!(
        State::from_stored(r#"{"v":9}"#),
        Err(StateError::UnknownVersion(9))
    ));
    assert!(matches!(
        State::from_stored(r#"{"v":0}"#),
        Err(StateError::UnknownVersion(0))
    ));
}

#[test]
fn words_and_numbers_of_a_person_do_not_print() {
    let number = ApplicationNumber::parse("1179000000123456").unwrap();
    let printed = format!("{:?} {:?}", everything(), Place::StatusBirth { number });
    assert!(
        !printed.contains("antre lama") && !printed.contains("1179"),
        "{printed}"
    );
}

#[test]
fn the_last_exchanges_are_remembered_without_proofs() {
    let mut state = State::default();
    let number = ApplicationNumber::parse("1179000000123456").unwrap();
    state.remember(&Place::Open, "halo", "\n*Selamat datang*\nPilih layanan.");
    state.remember(&Place::StatusBirth { number }, "12-03-1990", "Dicetak");
    state.remember(&Place::BindCode, "ABCD-1234", &"a".repeat(500));
    let told: Vec<_> = state
        .recent
        .iter()
        .map(|one| (one.said.0.as_str(), one.answered.0.len()))
        .collect();
    assert_eq!(told, [("halo", 14), ("…", 7), ("…", EXCHANGE_CHARS_MAX)]);
    for turn in 0..9 {
        state.remember(&Place::Open, &turn.to_string(), "");
    }
    let said: Vec<_> = state.recent.iter().map(|one| one.said.0.as_str()).collect();
    assert_eq!(said, ["4", "5", "6", "7", "8"]);
    assert_eq!(State::from_stored(&state.to_stored()).unwrap(), state);
    assert!(!format!("{state:?}").contains("Selamat"));
}

#[test]
fn who_chose_the_language_is_known_of_older_talks() {
    let chosen = |stored: &str| State::from_stored(stored).unwrap().has_chosen_language();
    assert!(chosen(r#"{"v":1,"language":"su"}"#));
    assert!(!chosen(r#"{"v":1,"language":"id"}"#));
    assert!(chosen(r#"{"v":1,"language":"id","language_by":"choice"}"#));
    assert!(!chosen(
        r#"{"v":1,"language":"en","language_by":"messages","language_heard":"id"}"#
    ));
}
