use std::collections::HashSet;

use super::*;

#[test]
fn no_name_stands_twice() {
    let mut seen = HashSet::new();
    for choice in all() {
        assert!(seen.insert(choice.0), "`{}` stands twice", choice.0);
    }
}

#[test]
fn only_typed_choices_need_no_words() {
    assert!(!CHOICES.contains(&GREETING));
    assert!(CHOICES.contains(&MENU));
    assert_eq!(
        CHOICES.len(),
        all().filter(|choice| choice.shape() != Shape::Unseen).count()
    );
}

#[test]
fn a_choice_is_found_by_its_name_alone() {
    assert_eq!(Choice::find("requirements.lost"), Some(REQUIREMENTS_LOST));
    assert_eq!(Choice::find("requirements.lost "), None);
    assert_eq!(REQUIREMENTS_LOST.topic(), "requirements");
    assert_eq!(MENU.topic(), "menu");
}
