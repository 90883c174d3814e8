use super::*;

fn vocabulary() -> Vocabulary {
    use crate::language::Language::Id;
    let entry =
        |choice: Choice, phrases: &[&str]| (Id, choice.0, phrases.iter().map(|&words| words.to_owned()).collect());
    Vocabulary::new([
        entry(REQUIREMENTS, &["syarat", "persyaratan"]),
        entry(REQUIREMENTS_NEW, &["paspor baru", "paspor pertama"]),
        entry(REQUIREMENTS_ADULT, &["dewasa (17+)"]),
        entry(REQUIREMENTS_ORDINARY, &["perjalanan biasa"]),
        entry(REQUIREMENTS_CHILD, &["paspor anak"]),
        entry(REQUIREMENTS_CHILD_FIRST, &["paspor pertama"]),
        entry(REQUIREMENTS_LOST, &["paspor hilang"]),
        entry(REQUIREMENTS_LOST_DISASTER, &["karena bencana", "banjir"]),
        entry(REQUIREMENTS_FAST, &["selesai sehari"]),
        entry(MENU, &["menu"]),
    ])
    .unwrap()
}

#[track_caller]
fn check(words: &str, expected: Option<Choice>) {
    assert_eq!(by_way(&vocabulary(), &Heard::read(words).words), expected, "{words}");
}

#[test]
fn a_whole_way_in_one_sentence_is_taken() {
    check("syarat paspor hilang karena bencana", Some(REQUIREMENTS_LOST_DISASTER));
    check("persyaratan paspor hilang banjir", Some(REQUIREMENTS_LOST_DISASTER));
    check(
        "syarat paspor baru dewasa 17 perjalanan biasa",
        Some(REQUIREMENTS_ORDINARY),
    );
    check("syarat selesai sehari", Some(REQUIREMENTS_FAST));
    // The same words mean another thing after another answer.
    check("syarat paspor anak paspor pertama", Some(REQUIREMENTS_CHILD_FIRST));
}

#[test]
fn half_a_way_and_other_sentences_are_heard_as_ever() {
    for words in [
        "",
        "syarat",
        "syarat paspor hilang",
        "syarat paspor pertama",
        "paspor hilang karena bencana",
        "syarat paspor hilang karena bencana besok",
        "syarat paspor hilang menu",
    ] {
        check(words, None);
    }
    check(&format!("syarat {}", "paspor hilang ".repeat(2_000)), None);
}

#[test]
fn there_is_a_way_to_every_answer_and_it_begins_with_the_topic() {
    let ours = crate::conversation::choice::all().filter(|choice| choice.topic() == REQUIREMENTS.0);
    for choice in ours {
        let way = way_to(choice);
        assert_eq!(way.first(), Some(&REQUIREMENTS), "{}", choice.0);
        assert_eq!(way.last(), Some(&choice), "{}", choice.0);
        assert!(way.len() <= QUESTIONS_MAX, "{}", choice.0);
    }
    assert_eq!(way_to(FEES), Vec::new());
    assert_eq!(
        way_to(REQUIREMENTS_LOST_DISASTER),
        [REQUIREMENTS, REQUIREMENTS_LOST, REQUIREMENTS_LOST_DISASTER]
    );
}
