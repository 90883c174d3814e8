//! Headings as they come.

use super::*;

fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|text| Cell::from_text(text)).collect()
}

#[track_caller]
fn check(cells: &[&str], column: Column, place: Option<usize>) {
    let row = row(cells);
    let header = Header::read(&row).expect("a header row");
    let found = header.cell(column, &row);
    assert_eq!(found, place.and_then(|place| row.get(place)));
}

#[test]
fn case_spaces_and_points_do_not_matter() {
    for number in [
        "NOMOR PEMOHON",
        "nomor  pemohon",
        "No. Permohonan",
        "NO.PERMOHONAN",
        "NO_PERMOHONAN",
    ] {
        check(&["No", number, "Nama Pemohon :"], Column::Number, Some(1));
    }
}

#[test]
fn the_first_known_heading_wins_where_two_mean_the_same() {
    check(&["NAMA", "NAMA PEMOHON", "NOMOR PEMOHON"], Column::Name, Some(1));
}

#[test]
fn a_missing_column_is_none() {
    check(&["NOMOR PEMOHON", "NAMA"], Column::BornOn, None);
}

#[test]
fn a_row_that_ends_early_has_empty_cells() {
    let header = Header::read(&row(&["NOMOR PEMOHON", "NAMA"])).unwrap();
    assert_eq!(header.cell(Column::Name, &[]), Some(&Cell::Empty));
}

#[test]
fn one_heading_alone_is_no_header() {
    assert_eq!(Header::read(&row(&["NOMOR PEMOHON"])), None);
    assert_eq!(Header::read(&row(&["NAMA", "TANGGAL LAHIR"])), None);
    assert_eq!(Header::read(&[]), None);
}

#[test]
fn every_heading_a_clerk_is_told_of_is_one_that_is_read() {
    for (column, names) in HEADINGS {
        assert!(names.contains(&column.heading()));
    }
}

#[test]
fn a_header_below_the_fifteenth_row_is_not_looked_for() {
    let header = row(&["NOMOR PEMOHON", "NAMA"]);
    assert!(find_header(&[(15, header.clone())]).is_some());
    assert!(find_header(&[(16, header)]).is_none());
}

#[test]
fn the_row_that_comes_nearest_to_a_header_says_what_is_missing() {
    let check = |cells: &[&str], missing| {
        let rows = vec![(1, row(&["LAPORAN"])), (2, row(cells))];
        assert_eq!(missing_columns([rows.as_slice()].into_iter()), missing, "{cells:?}");
    };
    check(&["NAMA PEMOHON", "TANGGAL LAHIR"], MissingColumns::Number);
    check(&["NO PERMOHONAN", "CATATAN"], MissingColumns::Others);
    check(&["SALDO", "CATATAN"], MissingColumns::All);
}
