use sigap_core::language::Language;

use super::super::tests::{content, empty, month, report, words};
use super::*;

#[test]
fn every_section_is_a_sheet() {
    let content = content();
    for (view, language) in [
        (month(), Language::Id),
        (month(), Language::En),
        (empty(), Language::Id),
    ] {
        let bytes = file(words(&content, language), &report(&content, &view, language)).unwrap();
        assert!(bytes.starts_with(b"PK") && bytes.len() > 4_000, "{}", bytes.len());
    }
}

#[test]
fn the_name_of_a_sheet_is_one_that_a_spreadsheet_takes() {
    assert_eq!(sheet_name(3, "Waktu [9:00/10:00]"), "3 Waktu  9 00 10 00");
    assert_eq!(sheet_name(3, &"a".repeat(40)).chars().count(), SHEET_NAME_MAX);
}

#[test]
fn sections_of_the_same_title_have_sheets_of_their_own() {
    let content = content();
    let mut report = report(&content, &month(), Language::Id);
    for section in &mut report.sections {
        section.title = "'".into();
    }
    file(words(&content, Language::Id), &report).unwrap();
}
