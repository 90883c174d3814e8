use sigap_core::language::Language;

use super::super::tests::{content, empty, month, report, words};
use super::*;
use crate::figures::table::{Row, Table};

#[test]
fn it_opens_in_a_spreadsheet_that_is_set_to_indonesian() {
    let content = content();
    let bytes = file(words(&content, Language::Id), &report(&content, &month(), Language::Id));
    assert_eq!(&bytes[..3], b"\xef\xbb\xbf", "the mark that says UTF-8");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\r\nSemua;1244;1240;4;0\r\n"), "{text}");
    assert!(text.contains("Separuhnya menunggu paling lama (menit);"), "{text}");
    assert!(
        text.contains(";1240;15;15\r\n") && text.contains(";8;2;20%\r\n"),
        "{text}"
    );
    assert!(text.contains("Indeks kepuasan (IKM);100,00"), "a decimal comma: {text}");
    assert!(!text.contains("15 menit"), "times are numbers: {text}");
}

#[test]
fn nothing_is_said_in_words_and_not_as_nought() {
    let content = content();
    let bytes = file(words(&content, Language::Id), &report(&content, &empty(), Language::Id));
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains("Belum ada yang dipanggil.") && !text.contains(";0"),
        "{text}"
    );
}

#[track_caller]
fn check(name: &str, expected: &str) {
    let content = content();
    let mut report = report(&content, &empty(), Language::Id);
    report.sections.truncate(1);
    report.sections[0].table = Table {
        caption: name.into(),
        heads: vec![name.into(), "x".into()],
        rows: vec![Row {
            name: name.into(),
            cells: vec![Cell::Words(name.into())],
        }],
    };
    let text = String::from_utf8(file(words(&content, Language::Id), &report)).unwrap();
    assert!(text.contains(&format!("\r\n{expected};{expected}\r\n")), "{text:?}");
    for field in text.split(['\n', ';']) {
        assert!(!field.starts_with(['=', '+', '-', '@', '\t']), "{field:?}");
    }
}

#[test]
fn no_cell_begins_a_formula() {
    check("=HYPERLINK(1)", "'=HYPERLINK(1)");
    check("+62", "'+62");
    check("-1", "'-1");
    check("@SUM", "'@SUM");
    check("\tx", "'\tx");
    check("a, =1", "a, '=1");
    check("1,5 + 2", "1,5 + 2");
    check("a;b", "\"a;b\"");
    check("=1;\"2\"", "\"'=1;\"\"2\"\"\"");
}
