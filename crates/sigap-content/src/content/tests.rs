use jiff::civil::date;
use sigap_core::conversation::choice;

use super::*;

fn content() -> Content {
    Content::embedded().unwrap()
}

#[test]
fn an_office_is_found_by_number_and_by_slug() {
    let content = content();
    assert_eq!(content.office(OfficeId(118)).unwrap().slug, "sukabumi");
    assert_eq!(content.office_by_slug("sukabumi").unwrap().id, OfficeId(118));
    assert!(content.office(OfficeId(0)).is_none());
    assert!(content.office_by_slug("atlantis").is_none());
    assert_eq!(content.offices().len(), 174);
}

#[test]
fn the_world_of_an_office_has_its_rules() {
    let mut files = Files::embedded().unwrap();
    files.set("offices/bitung.toml", "[rules]\noffers = [\"PMI0\"]");
    let content = Content::from_files(&files).unwrap();
    let now = "2026-11-23T09:00:00+08:00".parse().unwrap();
    let offers = |slug: &str| {
        let world = content.world(content.office_by_slug(slug).unwrap().id, now).unwrap();
        world.catalogue.fee_on("PMI0", date(2026, 11, 23)).is_some()
    };
    assert!(offers("bitung"));
    assert!(!offers("manado"));
    assert!(content.world(OfficeId(999), now).is_none());
}

#[test]
fn a_folder_replaces_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("texts/id")).unwrap();
    std::fs::write(
        folder.path().join("texts/id/thanks.toml"),
        "[welcome]\ntext = \"Sama-sama, ya.\"",
    )
    .unwrap();
    let content = Content::from_dir(folder.path()).unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    assert_eq!(
        content.text(office, Language::Id, "thanks.welcome", &[]),
        "Sama-sama, ya."
    );
    assert!(Content::from_dir(folder.path().join("missing")).is_err());
}

#[test]
fn an_unknown_choice_in_the_vocabulary_is_refused_by_name() {
    let mut files = Files::embedded().unwrap();
    files.set("vocabulary/jv.toml", "[\"no.such\"]\nphrases = [\"kata\"]");
    let error = Content::from_files(&files).unwrap_err().to_string();
    assert!(error.contains("no.such"), "{error}");
}

#[test]
fn a_title_of_signs_alone_does_not_stop_the_rest() {
    let mut files = Files::embedded().unwrap();
    files.set("texts/jv/choice.toml", "[menu]\ntitle = \"☰\"");
    let content = Content::from_files(&files).unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    assert_eq!(content.title_of_choice(office, Language::Jv, choice::MENU), "☰");
}

#[test]
fn words_fall_back_from_sundanese_and_javanese_to_indonesian() {
    let mut files = Files::embedded().unwrap();
    files.set("texts/su/thanks.toml", "");
    let content = Content::from_files(&files).unwrap();
    let office = content.office_by_slug("sukabumi").unwrap();
    let indonesian = content.text(office, Language::Id, "thanks.welcome", &[]);
    assert_eq!(content.text(office, Language::Su, "thanks.welcome", &[]), indonesian);
    assert_eq!(content.text(office, Language::Jv, "thanks.welcome", &[]), indonesian);
    assert_ne!(content.text(office, Language::En, "thanks.welcome", &[]), indonesian);
}

#[test]
fn what_a_language_says_itself_is_told_from_what_falls_back() {
    let mut files = Files::embedded().unwrap();
    files.set("texts/su/thanks.toml", "");
    let content = Content::from_files(&files).unwrap();
    let office = content.office_by_slug("sukabumi").unwrap();
    assert!(content.speaks(office, Language::Su, "menu.main"));
    assert!(!content.speaks(office, Language::Su, "thanks.welcome"));
    assert!(content.speaks(office, Language::En, "thanks.welcome"));
    assert!(!content.speaks(office, Language::Id, "thanks.nothing"));
}
