use std::collections::BTreeSet;

use super::*;

#[test]
fn the_built_in_sentences_can_be_read_and_cover_every_intent() {
    let training = Training::embedded().unwrap();
    assert!(training.rows.len() > first_seeds().unwrap() + 800);
    for intent in Intent::all() {
        let count = training.rows.iter().filter(|row| row.intent == intent).count();
        assert!(count >= 20, "{count} sentences for `{}`", intent.name());
    }
}

#[test]
fn no_sentence_is_learned_twice() {
    let training = Training::embedded().unwrap();
    let mut seen = BTreeSet::new();
    for row in &training.rows {
        assert!(seen.insert(row.text.to_lowercase()), "`{}` stands twice", row.text);
    }
}

#[test]
fn no_sentence_to_measure_with_is_learned() {
    let small = |row: Row| row.text.to_lowercase();
    let measured: BTreeSet<String> = held_out().unwrap().into_iter().map(small).collect();
    let development = development().unwrap().into_iter().map(small);
    let learned: BTreeSet<String> = Training::embedded().unwrap().rows.into_iter().map(small).collect();
    assert_eq!(measured.intersection(&learned).collect::<Vec<_>>(), [""; 0]);
    // `train.tsv` came with the development set, and shares some words of one breath with it.
    let more: BTreeSet<String> = read(MORE).unwrap().into_iter().map(small).collect();
    for text in development {
        assert!(!more.contains(&text), "`{text}` is for measuring");
    }
}

#[test]
fn a_title_and_a_missing_language_are_no_fault() {
    let rows = read("text\tintent\tlang\tslots\nhalo\tgreeting\n\nwhere\taddress\ten\t\n").unwrap();
    let languages: Vec<Language> = rows.iter().map(|row| row.language).collect();
    assert_eq!(languages, [Language::Indonesian, Language::English]);
}

#[test]
fn a_damaged_line_is_named() {
    assert_eq!(read("halo"), Err(RowError::NoIntent { line: 1 }));
    let unknown = RowError::UnknownIntent {
        line: 2,
        name: "greet".to_owned(),
    };
    assert_eq!(read("halo\tgreeting\nhai\tgreet"), Err(unknown));
    let language = RowError::UnknownLanguage {
        line: 1,
        code: "nl".to_owned(),
    };
    assert_eq!(read("hoi\tgreeting\tnl"), Err(language));
}
