//! Files that are cut, changed, empty or something else: an error with the next step or a report, never a panic.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::super::{FILE_BYTES_MAX, MissingColumns, ReportKind, UnreadableFile, read_report};
use super::sample;

#[track_caller]
fn check(bytes: &[u8], name: &str, expected: UnreadableFile) {
    assert_eq!(
        read_report(bytes, name, Some(ReportKind::Issue)).err(),
        Some(expected.clone()),
        "{name}"
    );
    let sentence = expected.to_string();
    assert!(!sentence.ends_with('.') && !sentence.starts_with(char::is_uppercase));
}

#[test]
fn what_is_no_report_says_so_whatever_its_name() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06";
    check(b"", "laporan.xlsx", UnreadableFile::Empty);
    check(png, "laporan.xlsx", UnreadableFile::NotASpreadsheet);
    check(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        "laporan.pdf",
        UnreadableFile::NotASpreadsheet,
    );
    check(
        b"<html><table><tr><td>NOMOR PEMOHON</td></tr></table></html>",
        "laporan.xls",
        UnreadableFile::WebPage,
    );
    check(b"PK\x03\x04", "laporan.xlsx", UnreadableFile::Damaged);
    check(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "laporan.xls",
        UnreadableFile::Damaged,
    );
    check(
        "halo, apa kabar?".as_bytes(),
        "laporan.csv",
        UnreadableFile::NoHeader {
            missing: MissingColumns::All,
        },
    );
    check(
        &[b' '].repeat(FILE_BYTES_MAX + 1),
        "laporan.csv",
        UnreadableFile::TooLarge,
    );
}

#[test]
fn an_empty_workbook_is_empty_and_one_without_header_has_none() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    let empty = workbook.save_to_buffer().unwrap();
    check(&empty, "laporan.xlsx", UnreadableFile::Empty);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(15, 0, ["NOMOR PEMOHON", "NAMA"]).unwrap();
    let late = workbook.save_to_buffer().unwrap();
    check(
        &late,
        "laporan.xlsx",
        UnreadableFile::NoHeader {
            missing: MissingColumns::All,
        },
    );
}

#[test]
fn the_outermost_cell_of_a_sheet_costs_nothing() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["NOMOR PEMOHON", "NAMA"]).unwrap();
    sheet.write_string(999_999, 16_383, "x").unwrap();
    let far_right = workbook.save_to_buffer().unwrap();
    let report = read_report(&far_right, "x.xlsx", Some(ReportKind::Issue)).unwrap();
    assert_eq!(report.rows, []);

    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["NOMOR PEMOHON", "NAMA"]).unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let far_down = workbook.save_to_buffer().unwrap();
    check(&far_down, "x.xlsx", UnreadableFile::TooManyRows);
}

#[test]
fn more_than_a_million_lines_are_refused() {
    let mut text = String::from("NOMOR PEMOHON;NAMA\n");
    text.push_str(&"\n".repeat(1_000_000));
    text.push_str("1179000000100138;BUDI CONTOH\n");
    check(text.as_bytes(), "x.csv", UnreadableFile::TooManyRows);
}

#[test]
fn a_quote_that_is_never_closed_is_a_problem_of_its_row_not_a_silent_end() {
    let mut text = String::from("NOMOR PEMOHON;NAMA\n1179000000100138;\"BUDI\n");
    for number in 0..1_000 {
        text.push_str(&format!("1179000000{number:06};SITI CONTOH\n"));
    }
    let report = read_report(text.as_bytes(), "x.csv", Some(ReportKind::Issue)).unwrap();
    assert!(report.rows.iter().all(|(_, row)| row.is_err()));
    assert_eq!(report.rows.len(), 1);
}

#[test]
fn files_cut_short_anywhere_are_survived() {
    for name in [
        "laporan-penerbitan.xls",
        "laporan-penerbitan.xlsx",
        "laporan-penerbitan-tab.csv",
    ] {
        let whole = sample(name);
        for end in (0..whole.len()).step_by(97) {
            let _ = read_report(&whole[..end], name, None);
        }
    }
    let whole = sample("laporan-penerbitan.xlsx");
    check(
        &whole[..whole.len() / 2],
        "laporan-penerbitan.xlsx",
        UnreadableFile::Damaged,
    );
}

fn changed(name: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let whole = sample(name);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20);
    changes.prop_map(move |changes| {
        let mut bytes = whole.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes
    })
}

proptest! {
    #[test]
    fn random_bytes_are_survived(bytes: Vec<u8>) {
        let _ = read_report(&bytes, "laporan-penerbitan.csv", None);
    }

    #[test]
    fn random_bytes_behind_an_honest_beginning_are_survived(
        start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"NOMOR PEMOHON;NAMA\n"]),
        rest: Vec<u8>,
    ) {
        let _ = read_report(&[start, &rest].concat(), "laporan-penerbitan.csv", None);
    }

    #[test]
    fn random_lines_under_a_header_are_each_taken_or_told(lines in prop::collection::vec("[^\"\n\r\u{0}]{0,60}", 0..20)) {
        let text = format!("Laporan Penerbitan\nNOMOR PEMOHON;NAMA\n{}\n", lines.join("\n"));
        let report = read_report(text.as_bytes(), "x.csv", None).unwrap();
        prop_assert!(report.rows.len() + report.passed_over as usize <= lines.len());
    }

    #[test]
    fn a_changed_xls_is_survived(bytes in changed("laporan-penerbitan.xls")) {
        let _ = read_report(&bytes, "x.xls", None);
    }

    #[test]
    fn a_changed_xlsx_is_survived(bytes in changed("laporan-penerbitan.xlsx")) {
        let _ = read_report(&bytes, "x.xlsx", None);
    }
}
