//! Rows against what is on file, one by one and in any order.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::ids::ApplicationNumber;

const OFFICE: OfficeId = OfficeId(7);

fn import(day: i8) -> Import {
    let on = date(2026, 3, day);
    Import {
        office: OFFICE,
        at: jiff::tz::TimeZone::UTC.to_timestamp(on.at(0, 0, 0, 0)).unwrap(),
        on,
    }
}

fn row(report: ReportKind) -> ReportRow {
    ReportRow {
        number: ApplicationNumber::parse("1179000000000123").unwrap(),
        report,
        stage_on: None,
        name: Some("SITI CONTOH".into()),
        kind: None,
        applied_on: Some(date(2026, 3, 2)),
        born_on: None,
    }
}

/// What is on file after the merge, whether it changed or not.
fn on_file(existing: Option<&Application>, row: &ReportRow, import: &Import) -> Application {
    match merge(existing, row, import) {
        Merge::New(now) | Merge::Moved(now) | Merge::Filled(now) => now,
        Merge::Unchanged => existing.unwrap().clone(),
        Merge::Refused(refusal) => panic!("refused: {refusal}"),
    }
}

#[track_caller]
fn check_refused(existing: Option<&Application>, row: &ReportRow, because: RowRefusal) {
    assert_eq!(merge(existing, row, &import(20)), Merge::Refused(because));
    assert!(!because.to_string().ends_with('.'));
}

fn interviewed() -> Application {
    on_file(None, &row(ReportKind::Interview), &import(3))
}

#[test]
fn the_first_row_makes_the_application() {
    let Merge::New(made) = merge(None, &row(ReportKind::Allocation), &import(4)) else {
        panic!("nothing was on file");
    };
    assert_eq!(made.stage, Stage::Allocated);
    assert_eq!(made.office, OFFICE);
    assert_eq!(made.proved, [(Stage::Allocated, date(2026, 3, 4))]);
    assert_eq!(made.updated_at, import(4).at);
}

#[test]
fn a_later_report_moves_it_forward() {
    let Merge::Moved(moved) = merge(Some(&interviewed()), &row(ReportKind::Printing), &import(5)) else {
        panic!("printing comes after the interview");
    };
    assert_eq!(moved.stage, Stage::Printing);
    assert_eq!(moved.updated_at, import(5).at);
}

#[test]
fn an_earlier_report_uploaded_later_only_adds_its_day() {
    let printing = on_file(None, &row(ReportKind::Printing), &import(5));
    let Merge::Filled(filled) = merge(Some(&printing), &row(ReportKind::Interview), &import(6)) else {
        panic!("the day of the interview is new");
    };
    assert_eq!(filled.stage, Stage::Printing);
    assert_eq!(
        filled.proved,
        [
            (Stage::Interviewed, date(2026, 3, 6)),
            (Stage::Printing, date(2026, 3, 5)),
        ]
    );
}

#[test]
fn the_same_row_again_changes_nothing_not_even_the_time() {
    let known = interviewed();
    assert_eq!(
        merge(Some(&known), &row(ReportKind::Interview), &import(9)),
        Merge::Unchanged
    );
}

#[test]
fn a_missing_birth_date_is_filled() {
    let ready = on_file(None, &row(ReportKind::Issue), &import(6));
    let with_date = ReportRow {
        born_on: Some(date(1990, 5, 17)),
        ..row(ReportKind::Issue)
    };
    let Merge::Filled(filled) = merge(Some(&ready), &with_date, &import(7)) else {
        panic!("the birth date is new");
    };
    assert_eq!(filled.born_on, Some(date(1990, 5, 17)));
}

#[test]
fn the_day_a_report_states_beats_the_later_day_of_import() {
    let ready = on_file(None, &row(ReportKind::Issue), &import(9));
    assert_eq!(ready.issued_on, None);
    let stated = ReportRow {
        stage_on: Some(date(2026, 3, 6)),
        ..row(ReportKind::Issue)
    };
    let ready = on_file(Some(&ready), &stated, &import(10));
    assert_eq!(ready.issued_on, Some(date(2026, 3, 6)));
    assert_eq!(ready.proved, [(Stage::Ready, date(2026, 3, 6))]);
}

#[test]
fn the_day_of_another_stage_is_not_the_day_of_issue() {
    let stated = ReportRow {
        stage_on: Some(date(2026, 3, 4)),
        ..row(ReportKind::Printing)
    };
    assert_eq!(on_file(None, &stated, &import(5)).issued_on, None);
}

#[test]
fn a_name_written_differently_is_still_the_same_name() {
    let known = interviewed();
    let again = ReportRow {
        name: Some("Siti  Contoh.".into()),
        ..row(ReportKind::Interview)
    };
    assert_eq!(merge(Some(&known), &again, &import(4)), Merge::Unchanged);
}

#[test]
fn another_persons_row_is_refused_whole() {
    let mut known = interviewed();
    known.born_on = Some(date(1990, 5, 17));
    let other_name = ReportRow {
        name: Some("BUDI CONTOH".into()),
        ..row(ReportKind::Issue)
    };
    check_refused(Some(&known), &other_name, RowRefusal::OtherName);
    let other_date = ReportRow {
        born_on: Some(date(1990, 5, 18)),
        ..row(ReportKind::Issue)
    };
    check_refused(Some(&known), &other_date, RowRefusal::OtherBirthDate);
    known.office = OfficeId(8);
    check_refused(Some(&known), &row(ReportKind::Issue), RowRefusal::OtherOffice);
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let tomorrow = date(2026, 3, 20).checked_add(1.day()).unwrap();
    for wrong in [
        ReportRow {
            stage_on: Some(tomorrow),
            ..row(ReportKind::Issue)
        },
        ReportRow {
            applied_on: Some(tomorrow),
            ..row(ReportKind::Issue)
        },
        ReportRow {
            born_on: Some(tomorrow),
            ..row(ReportKind::Issue)
        },
    ] {
        check_refused(None, &wrong, RowRefusal::DateInFuture);
    }
    let unborn = ReportRow {
        born_on: Some(date(2026, 3, 3)),
        ..row(ReportKind::Issue)
    };
    check_refused(None, &unborn, RowRefusal::BornAfterApplying);
    let newborn = ReportRow {
        born_on: Some(date(2026, 3, 2)),
        ..row(ReportKind::Issue)
    };
    assert!(matches!(merge(None, &newborn, &import(20)), Merge::New(_)));
}

#[test]
fn no_report_undoes_what_an_officer_has_set() {
    for stage in Stage::ALL.into_iter().filter(|s| s.is_set_by_officer()) {
        for report in ReportKind::ALL {
            let known = Application { stage, ..interviewed() };
            let after = on_file(Some(&known), &row(report), &import(9));
            assert_eq!(after.stage, stage);
            assert!(after.stage_by_reports() >= Some(report.proves()));
        }
    }
}

#[test]
fn a_passport_issued_while_held_is_pointed_out() {
    let held = Application {
        stage: Stage::Held,
        ..interviewed()
    };
    assert!(!held.is_report_ahead_of_officer());
    let held = on_file(Some(&held), &row(ReportKind::Printing), &import(9));
    assert!(!held.is_report_ahead_of_officer());
    let held = on_file(Some(&held), &row(ReportKind::Issue), &import(9));
    assert!(held.is_report_ahead_of_officer());
    let collected = Application {
        stage: Stage::Collected,
        ..held
    };
    assert!(!collected.is_report_ahead_of_officer());
}

#[test]
fn stages_without_a_report_are_overtaken_but_never_fallen_back_from() {
    for (stage, report, after) in [
        (Stage::Submitted, ReportKind::Interview, Stage::Interviewed),
        (Stage::AwaitingPaymentOnline, ReportKind::Interview, Stage::Interviewed),
        (Stage::AwaitingPayment, ReportKind::Interview, Stage::AwaitingPayment),
        (Stage::Adjudication, ReportKind::Interview, Stage::Adjudication),
        (Stage::Adjudication, ReportKind::Allocation, Stage::Allocated),
    ] {
        let known = Application { stage, ..interviewed() };
        assert_eq!(on_file(Some(&known), &row(report), &import(9)).stage, after);
    }
}

/// A truth from which every upload tells a part: this is what makes all orders agree.
fn upload() -> impl Strategy<Value = (ReportRow, Import)> {
    let report = prop::sample::select(ReportKind::ALL.to_vec());
    let told = prop::array::uniform5(any::<bool>());
    (report, told, 10..28_i8).prop_map(|(report, told, day)| {
        let [stage_on, name, kind, applied_on, born_on] = told;
        let on_day = match report {
            ReportKind::Interview => 3,
            ReportKind::Allocation => 4,
            ReportKind::Printing => 5,
            ReportKind::Issue => 6,
        };
        let row = ReportRow {
            stage_on: stage_on.then_some(date(2026, 3, on_day)),
            name: name.then(|| "SITI CONTOH".into()),
            kind: kind.then(|| "BARU".into()),
            applied_on: applied_on.then_some(date(2026, 3, 2)),
            born_on: born_on.then_some(date(1990, 5, 17)),
            ..row(report)
        };
        (row, import(day))
    })
}

type Uploads = Vec<(ReportRow, Import)>;

fn uploads_in_two_orders() -> impl Strategy<Value = (Uploads, Uploads)> {
    prop::collection::vec(upload(), 1..12)
        .prop_flat_map(|uploads| (Just(uploads.clone()), Just(uploads).prop_shuffle()))
}

fn after_all(uploads: &[(ReportRow, Import)]) -> Application {
    let mut known = None;
    for (row, import) in uploads {
        known = Some(on_file(known.as_ref(), row, import));
    }
    known.unwrap()
}

proptest! {
    #[test]
    fn any_order_of_uploads_ends_in_the_same_application(
        (one_order, other_order) in uploads_in_two_orders()
    ) {
        let one = after_all(&one_order);
        // When it was last touched is history, not a fact about the application: only that may differ.
        let other = Application { updated_at: one.updated_at, ..after_all(&other_order) };
        prop_assert_eq!(&one.proved, &other.proved);
        prop_assert!(one == other);
    }

    #[test]
    fn a_stage_never_falls_and_the_furthest_report_decides(
        uploads in prop::collection::vec(upload(), 1..12),
        start in prop::option::of(prop::sample::select(Stage::ALL.to_vec())),
    ) {
        let mut known = start.map(|stage| Application { stage, ..interviewed() });
        for (row, import) in &uploads {
            let before = known.as_ref().map(|application| application.stage);
            let after = on_file(known.as_ref(), row, import);
            prop_assert!(before <= Some(after.stage));
            known = Some(after);
        }
        let furthest = uploads.iter().map(|(row, _)| row.report.proves()).max();
        let stage = known.map(|application| application.stage);
        prop_assert_eq!(stage, furthest.max(start));
    }

    #[test]
    fn uploading_everything_again_changes_nothing(uploads in prop::collection::vec(upload(), 1..12)) {
        let known = after_all(&uploads);
        for (row, import) in &uploads {
            prop_assert_eq!(merge(Some(&known), row, import), Merge::Unchanged);
        }
    }

    #[test]
    fn a_refused_row_leaves_no_trace_in_any_order(
        uploads in prop::collection::vec(upload(), 1..6),
        report in prop::sample::select(ReportKind::ALL.to_vec()),
    ) {
        let mut known = after_all(&uploads);
        known.name = Some("SITI CONTOH".into());
        let stranger = ReportRow { name: Some("BUDI CONTOH".into()), ..row(report) };
        prop_assert_eq!(
            merge(Some(&known), &stranger, &import(28)),
            Merge::Refused(RowRefusal::OtherName)
        );
    }
}
