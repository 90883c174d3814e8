//! The stored form and what prints.

use jiff::civil::date;

use super::*;

fn application() -> Application {
    Application {
        number: ApplicationNumber::parse("1179000000000123").unwrap(),
        office: OfficeId(7),
        stage: Stage::Ready,
        name: Some("SITI CONTOH".into()),
        kind: Some("PENGGANTIAN".into()),
        applied_on: Some(date(2026, 3, 2)),
        born_on: Some(date(1990, 5, 17)),
        proved: vec![(Stage::Interviewed, date(2026, 3, 3))],
        issued_on: Some(date(2026, 3, 6)),
        billing_code: Some("820260302000001".into()),
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn the_stored_form_reads_back_as_written() {
    let text = serde_json::to_string(&application()).unwrap();
    assert_eq!(serde_json::from_str::<Application>(&text).unwrap(), application());
}

#[test]
fn a_stored_form_from_before_the_day_of_issue_is_still_read() {
    let text = r#"{"number":"1179000000000123","office":7,"stage":"ready","name":null,"kind":null,
        "applied_on":null,"born_on":null,"updated_at":"1970-01-01T00:00:00Z"}"#;
    let application: Application = serde_json::from_str(text).unwrap();
    assert_eq!(application.issued_on, None);
    assert_eq!(application.proved, []);
}

#[test]
fn debug_shows_neither_name_nor_number_nor_dates() {
    let printed = format!("{:?}", application());
    assert_eq!(printed, "Application { office: OfficeId(7), stage: Ready, .. }");
}

#[test]
fn every_stage_is_found_by_its_name() {
    for stage in Stage::ALL {
        assert_eq!(Stage::from_name(stage.name()), Some(stage));
    }
    assert_eq!(Stage::from_name("ready "), None);
}

#[test]
fn every_report_is_found_by_its_name_and_proves_a_stage_no_officer_sets() {
    for kind in ReportKind::ALL {
        assert_eq!(ReportKind::from_name(kind.name()), Some(kind));
        assert!(!kind.proves().is_set_by_officer());
    }
    assert_eq!(ReportKind::from_name(" Penerbitan "), Some(ReportKind::Issue));
    assert_eq!(ReportKind::from_name("laporan"), None);
}

#[test]
fn a_report_is_as_fresh_as_the_newest_day_in_it() {
    let row = |stage_on, applied_on| ReportRow {
        number: application().number,
        report: ReportKind::Printing,
        stage_on,
        name: None,
        kind: None,
        applied_on,
        born_on: Some(date(2030, 1, 1)),
    };
    let report = |rows: Vec<Result<ReportRow, RowProblem>>| Report {
        kind: ReportKind::Printing,
        rows: (1..).zip(rows).collect(),
        passed_over: 0,
    };
    assert_eq!(
        report(vec![Err(RowProblem::NumberMissing), Ok(row(None, None))]).newest_on(),
        None
    );
    let rows = vec![
        Ok(row(Some(date(2026, 3, 5)), Some(date(2026, 3, 1)))),
        Ok(row(None, Some(date(2026, 3, 9)))),
    ];
    assert_eq!(report(rows).newest_on(), Some(date(2026, 3, 9)));
}

#[test]
fn reports_move_an_application_until_it_lies_on_the_shelf() {
    let moved: Vec<_> = Stage::ALL
        .into_iter()
        .filter(|stage| stage.moves_by_reports())
        .collect();
    assert_eq!(moved.first(), Some(&Stage::Submitted));
    assert_eq!(moved.last(), Some(&Stage::Printing));
    assert!(
        moved
            .iter()
            .all(|stage| *stage < Stage::Ready && !stage.is_set_by_officer())
    );
}

#[test]
fn a_row_and_what_is_wrong_with_one_read_back_as_written() {
    let problem = RowProblem::DateUnreadable {
        column: "TANGGAL LAHIR".into(),
    };
    let text = serde_json::to_string(&problem).unwrap();
    assert_eq!(text, r#"{"date_unreadable":{"column":"TANGGAL LAHIR"}}"#);
    assert_eq!(serde_json::from_str::<RowProblem>(&text).unwrap(), problem);
    let text = serde_json::to_string(&(ReportKind::Issue, RowRefusal::OtherName)).unwrap();
    assert_eq!(text, r#"["issue","other_name"]"#);
}
