//! Whole files: the samples, and workbooks made for one question each.

mod damaged;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use sigap_core::application::{Application, Import, Merge, ReportRow, Stage, merge};
use sigap_core::ids::OfficeId;

use super::*;

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    std::fs::read(folder.join(name)).unwrap()
}

fn read_sample(name: &str) -> Report {
    read_report(&sample(name), name, None).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn taken(report: &Report) -> Vec<&ReportRow> {
    report.rows.iter().filter_map(|(_, row)| row.as_ref().ok()).collect()
}

#[track_caller]
fn check_sample(name: &str, kind: ReportKind, rows: usize, passed_over: u32) {
    let report = read_sample(name);
    assert_eq!(report.kind, kind, "{name}");
    assert_eq!(report.passed_over, passed_over, "{name}");
    assert_eq!(report.rows.len(), rows, "{name}");
    for (number, row) in &report.rows {
        let row = row
            .as_ref()
            .unwrap_or_else(|problem| panic!("{name} row {number}: {problem}"));
        assert!(row.name.is_some() && row.kind.is_some() && row.applied_on.is_some());
        assert_eq!(row.born_on.is_some(), kind == ReportKind::Issue);
        assert_eq!(row.stage_on.is_some(), kind != ReportKind::Allocation);
    }
}

#[test]
fn the_clean_samples_are_read_whole_in_every_format() {
    check_sample("laporan-wawancara.xlsx", ReportKind::Interview, 40, 1);
    check_sample("laporan-wawancara.csv", ReportKind::Interview, 40, 1);
    check_sample("alokasi-maret.xlsx", ReportKind::Allocation, 32, 0);
    check_sample("laporan-alokasi.csv", ReportKind::Allocation, 32, 0);
    check_sample("laporan-pencetakan.xlsx", ReportKind::Printing, 24, 1);
    check_sample("laporan-pencetakan.xls", ReportKind::Printing, 24, 1);
    check_sample("laporan-penerbitan.xlsx", ReportKind::Issue, 16, 0);
    check_sample("laporan-penerbitan.xls", ReportKind::Issue, 16, 0);
    check_sample("laporan-penerbitan-tab.csv", ReportKind::Issue, 16, 0);
}

#[test]
fn the_same_report_says_the_same_in_every_format() {
    for (one, others) in [
        ("laporan-wawancara.xlsx", vec!["laporan-wawancara.csv"]),
        ("alokasi-maret.xlsx", vec!["laporan-alokasi.csv"]),
        ("laporan-pencetakan.xlsx", vec!["laporan-pencetakan.xls"]),
        (
            "laporan-penerbitan.xlsx",
            vec!["laporan-penerbitan.xls", "laporan-penerbitan-tab.csv"],
        ),
    ] {
        for other in others {
            assert!(read_sample(one) == read_sample(other), "{one} and {other}");
        }
    }
}

#[test]
fn a_row_is_read_field_by_field() {
    let report = read_sample("laporan-penerbitan.xls");
    let (number, Ok(row)) = &report.rows[1] else {
        panic!("the sample is clean");
    };
    assert_eq!(*number, 5);
    assert_eq!(row.number.as_str(), "1179000000100138");
    assert_eq!(row.name.as_deref(), Some("BUDI CONTOH"));
    assert_eq!(row.kind.as_deref(), Some("PENGGANTIAN - HABIS BERLAKU"));
    assert_eq!(row.born_on, Some(date(1962, 6, 12)));
    assert_eq!(row.applied_on, Some(date(2026, 3, 3)));
    assert_eq!(row.stage_on, Some(date(2026, 3, 13)));
}

#[test]
fn code_page_names_are_read_whole() {
    let report = read_sample("wawancara-windows-1252.csv");
    assert_eq!(taken(&report)[0].name.as_deref(), Some("ANDRÉ D’CONTOH"));
}

/// What must become of each row of the dirty sample; the same rows stand in the csv and the xlsx.
#[track_caller]
fn check_dirty(name: &str) {
    let report = read_sample(name);
    let problems: BTreeMap<u32, Option<RowProblem>> = report
        .rows
        .iter()
        .map(|(number, row)| (*number, row.as_ref().err().cloned()))
        .collect();
    let born_on = RowProblem::DateUnreadable {
        column: "TANGGAL LAHIR".into(),
    };
    let duplicate = |is_same| RowProblem::Duplicate { first: 3, is_same };
    let expected = BTreeMap::from([
        (3, None),
        (5, Some(born_on.clone())),
        (
            6,
            Some(RowProblem::NumberNotSixteenDigits {
                last: Some("0017".into()),
            }),
        ),
        (7, Some(RowProblem::NumberLostDigits { last: None })),
        (9, Some(duplicate(true))),
        (10, Some(duplicate(false))),
        (11, Some(RowProblem::NumberMissing)),
        (12, Some(born_on)),
        (13, None),
        (
            14,
            Some(RowProblem::CellTooLong {
                column: "NAMA PEMOHON".into(),
            }),
        ),
        (16, Some(RowProblem::NumberNotSixteenDigits { last: None })),
    ]);
    assert_eq!(problems, expected, "{name}");
    // The header again in row 8 and the sum in row 15.
    assert_eq!(report.passed_over, 2);
    assert_eq!(taken(&report)[1].name.as_deref(), Some("NAMA BERSIH"));
}

#[test]
fn dirty_rows_are_told_one_by_one_and_the_others_are_taken() {
    check_dirty("penerbitan-kotor.csv");
    check_dirty("penerbitan-kotor.xlsx");
}

#[test]
fn no_problem_shows_a_name_or_a_whole_number() {
    let report = read_sample("penerbitan-kotor.csv");
    for (_, row) in &report.rows {
        let Err(problem) = row else { continue };
        let shown = format!("{problem} {problem:?}");
        for secret in ["SITI", "BUDI", "ORANG", "117900", "1990"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert!(!problem.to_string().ends_with('.'));
    }
    let printed = format!("{report:?}");
    assert!(!printed.contains("CONTOH") && !printed.contains("1179000000"));
}

#[test]
fn the_four_samples_together_are_forty_applications_in_any_order_of_upload() {
    let mut files = [
        "laporan-wawancara.xlsx",
        "alokasi-maret.xlsx",
        "laporan-pencetakan.xls",
        "laporan-penerbitan.xls",
    ];
    let import = Import {
        office: OfficeId(1),
        at: Timestamp::UNIX_EPOCH,
        on: date(2026, 3, 31),
    };
    let mut all_orders = Vec::new();
    for _ in 0..files.len() {
        files.rotate_left(1);
        let mut applications: BTreeMap<String, Application> = BTreeMap::new();
        for file in files {
            for row in taken(&read_sample(file)) {
                let number = row.number.as_str().to_owned();
                match merge(applications.get(&number), row, &import) {
                    Merge::New(now) | Merge::Moved(now) | Merge::Filled(now) => {
                        applications.insert(number, now);
                    }
                    Merge::Unchanged => {}
                    Merge::Refused(refusal) => panic!("{file}: {refusal}"),
                }
            }
        }
        all_orders.push(applications);
    }
    assert!(all_orders.windows(2).all(|pair| pair[0] == pair[1]));
    let count = |stage| all_orders[0].values().filter(|a| a.stage == stage).count();
    assert_eq!(all_orders[0].len(), 40);
    assert_eq!(count(Stage::Interviewed), 8);
    assert_eq!(count(Stage::Allocated), 8);
    assert_eq!(count(Stage::Printing), 8);
    assert_eq!(count(Stage::Ready), 16);
}

#[track_caller]
fn check_kind(title: &str, file_name: &str, asked: Option<ReportKind>, expected: Result<ReportKind, UnreadableFile>) {
    let text = format!("{title}\nNOMOR PEMOHON;NAMA PEMOHON\n1179000000100138;BUDI CONTOH\n");
    let kind = read_report(text.as_bytes(), file_name, asked).map(|report| report.kind);
    assert_eq!(kind, expected, "{title:?} {file_name:?}");
}

#[test]
fn the_title_then_the_file_name_tells_which_report_it_is() {
    use ReportKind::{Interview, Issue, Printing};
    check_kind("LAPORAN  PENERBITAN", "export.csv", None, Ok(Issue));
    check_kind("Data Penerbitan Paspor", "export.csv", None, Ok(Issue));
    check_kind(
        "Laporan Wawancara;Tanggal pencetakan: 3 Maret",
        "x.csv",
        None,
        Ok(Interview),
    );
    check_kind("Laporan Wawancara", "penerbitan.csv", None, Ok(Interview));
    check_kind("", "Laporan_Pencetakan (2).csv", None, Ok(Printing));
    check_kind("", "export.csv", Some(Printing), Ok(Printing));
    check_kind("", "penerbitan.csv", Some(Printing), Ok(Printing));
}

#[test]
fn a_report_that_names_none_or_two_is_asked_about() {
    check_kind("", "export.csv", None, Err(UnreadableFile::WhichReport));
    check_kind(
        "Laporan Alokasi;Laporan Pencetakan",
        "export.csv",
        None,
        Err(UnreadableFile::WhichReport),
    );
    check_kind("", "alokasi-dan-pencetakan.csv", None, Err(UnreadableFile::WhichReport));
}

#[test]
fn an_option_against_the_title_is_refused() {
    check_kind(
        "Laporan Wawancara",
        "x.csv",
        Some(ReportKind::Issue),
        Err(UnreadableFile::SaysOtherwise {
            says: ReportKind::Interview,
            asked: ReportKind::Issue,
        }),
    );
}

/// A report of one row in a workbook; `fill` writes the number and the birth date.
fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Report {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Penerbitan").unwrap();
    for (column, heading) in [(0, "NOMOR PEMOHON"), (1, "TANGGAL LAHIR")] {
        sheet.write_string(0, column, heading).unwrap();
    }
    fill(sheet);
    read_report(&workbook.save_to_buffer().unwrap(), "x.xlsx", None).unwrap()
}

#[test]
fn a_number_cell_that_excel_has_rounded_is_refused_with_its_row() {
    let report = workbook(|sheet| {
        sheet.write_number(1, 0, 1_179_000_000_100_138.0).unwrap();
        sheet.write_number(2, 0, 1_179_000_000_100_130.0).unwrap();
        sheet.write_number(3, 0, 3_179_000_000_100_131_000.0).unwrap();
    });
    let problems: Vec<_> = report.rows.iter().map(|(number, row)| (*number, row.is_ok())).collect();
    assert_eq!(problems, [(2, true), (3, false), (4, false)]);
}

#[test]
fn date_cells_and_date_texts_say_the_same() {
    let report = workbook(|sheet| {
        let format = Format::new().set_num_format("dd/mm/yyyy");
        let day = ExcelDateTime::from_ymd(1990, 5, 17).unwrap();
        sheet.write_string(1, 0, "1179000000100138").unwrap();
        sheet.write_datetime_with_format(1, 1, &day, &format).unwrap();
        sheet.write_string(2, 0, "1179000000100175").unwrap();
        sheet.write_string(2, 1, "17-05-1990").unwrap();
        sheet.write_string(3, 0, "1179000000100212").unwrap();
        sheet.write_number(3, 1, 33_010.0).unwrap();
        sheet.write_string(4, 0, "1179000000100249").unwrap();
        sheet.write_boolean(4, 1, true).unwrap();
    });
    let days: Vec<_> = report
        .rows
        .iter()
        .map(|(_, row)| row.as_ref().ok().and_then(|row| row.born_on))
        .collect();
    let day = Some(date(1990, 5, 17));
    assert_eq!(days, [day, day, None, None]);
    assert!(report.rows[2].1.is_err() && report.rows[3].1.is_err());
}

#[test]
fn the_sheet_with_the_report_is_found_and_two_of_them_are_refused() {
    let write = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.write_row(3, 2, ["NO PERMOHONAN", "NAMA"]).unwrap();
        sheet.write_row(4, 2, ["1179000000100138", "BUDI CONTOH"]).unwrap();
    };
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "catatan").unwrap();
    write(workbook.add_worksheet().set_name("Alokasi").unwrap());
    let report = read_report(&workbook.save_to_buffer().unwrap(), "x.xlsx", None).unwrap();
    assert_eq!(report.kind, ReportKind::Allocation);
    assert_eq!(report.rows[0].0, 5);
    write(workbook.add_worksheet().set_name("Wawancara").unwrap());
    assert_eq!(
        read_report(&workbook.save_to_buffer().unwrap(), "x.xlsx", None),
        Err(UnreadableFile::SeveralReports(2))
    );
}

#[test]
fn ten_thousand_rows_are_read_whole_with_their_numbers() {
    let report = workbook(|sheet| {
        for row in 1..=10_000 {
            let number = format!("1179000000{:06}", row);
            sheet.write_string(row, 0, number).unwrap();
            sheet.write_string(row, 1, "17-05-1990").unwrap();
        }
    });
    assert_eq!(taken(&report).len(), 10_000);
    assert_eq!(report.rows.last().map(|(number, _)| *number), Some(10_001));
}
