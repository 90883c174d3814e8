use sigap_understand::classify::{Intent, Language};

use super::*;

#[test]
fn the_build_has_learned_what_its_sentences_say() {
    let training = training();
    assert!(training.rows.len() > 3000);
    let right = training
        .rows
        .iter()
        .filter(|row| built().judge(&row.text).ranked[0].0 == row.intent);
    assert!(right.count() * 10 > training.rows.len() * 9);
}

#[test]
fn the_same_sentences_are_learned_once() {
    let row = |text: &str| Row {
        text: text.to_owned(),
        intent: Intent::Hours,
        language: Language::Indonesian,
    };
    let one = Taught::of(vec![row("satu")]);
    assert!(Arc::ptr_eq(&one, &Taught::of(vec![row("satu")])));
    assert!(!Arc::ptr_eq(&one, &Taught::of(vec![row("dua")])));
    assert!(one.model().is_none(), "nobody has learned it");
}
