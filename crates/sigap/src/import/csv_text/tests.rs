//! Separators and encodings.

use super::*;

const HEADER: &str = "NO PERMOHONAN;NAMA\n";

#[track_caller]
fn check(bytes: &[u8], last_row: (u32, &[&str])) {
    let sheet = read(bytes).expect("readable");
    let cells = last_row.1.iter().map(|text| Cell::from_text(text)).collect();
    assert_eq!(sheet.rows.last(), Some(&(last_row.0, cells)));
}

#[test]
fn each_separator_is_found_by_the_header_it_makes() {
    for separator in [";", ",", "\t"] {
        let text = format!("Laporan, dari; 2026\n{HEADER}1;ANI\n").replace("N;N", &format!("N{separator}N"));
        let text = text.replace("1;ANI", &format!("1{separator}ANI"));
        check(text.as_bytes(), (3, &["1", "ANI"]));
    }
}

#[test]
fn quotes_hold_separators_and_new_lines_together() {
    check(
        format!("{HEADER}1;\"ANI; \"\"A\"\"\nBR\"\n").as_bytes(),
        (2, &["1", "ANI; \"A\" BR"]),
    );
}

#[test]
fn row_numbers_are_those_of_the_file_whatever_is_left_out() {
    check(format!("\r\n{HEADER}\r\n;\r\n\r\n1;ANI").as_bytes(), (6, &["1", "ANI"]));
}

#[test]
fn marks_and_code_pages_are_understood() {
    let text = format!("{HEADER}1;RENÉ\n");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        text.clone().into_bytes(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe", little.as_slice()].concat(),
        [b"\xfe\xff", big.as_slice()].concat(),
        [HEADER.as_bytes(), b"1;REN\xc9\n"].concat(),
    ] {
        check(&bytes, (2, &["1", "RENÉ"]));
    }
    check(
        &[HEADER.as_bytes(), b"1;D\x92A\x80\x81\n"].concat(),
        (2, &["1", "D’A€"]),
    );
}

#[test]
fn what_is_no_text_says_what_it_is_instead() {
    for (bytes, expected) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], UnreadableFile::NotASpreadsheet),
        (b"%PDF-1.7 ...", UnreadableFile::NotASpreadsheet),
        (b"a;b\0c", UnreadableFile::NotASpreadsheet),
        (b"\xff\xfe\0\0\0\0", UnreadableFile::NotASpreadsheet),
        (b"  <html><table>", UnreadableFile::WebPage),
        (b"\xef\xbb\xbf<?xml version=\"1.0\"?>", UnreadableFile::WebPage),
        (b"\n \r\n;;;\n", UnreadableFile::Empty),
        (b"\xff\xfe", UnreadableFile::Empty),
    ] {
        assert_eq!(read(bytes), Err(expected), "{bytes:?}");
    }
}
