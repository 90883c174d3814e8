use jiff::civil::date;
use sigap_content::{Content, sample};
use sigap_core::cases::CaseKind;
use sigap_core::figures::{OpenCases, Totals};
use sigap_core::language::Language;
use sigap_core::survey::Tally;

use super::*;
use crate::figures::table::Row;

pub(super) fn content() -> Content {
    sample::with_bookings(date(2026, 11, 25)).unwrap()
}

pub(super) fn words(content: &Content, language: Language) -> Words<'_> {
    Words::new(content, content.office_by_slug(sample::OFFICE).unwrap(), language)
}

fn day(visits: u64) -> Totals {
    Totals::from_rows(
        [
            ("kept/day", 1),
            ("kept/hall", 1),
            ("visit/passport/booked/served", visits),
            ("visit/pickup/walk_in/left", 2),
            ("wait/booked/15", visits),
            ("hour/08", visits + 2),
            ("booking/bap/came", 4),
            ("booking/bap/stayed_away", 1),
            ("place/bap/open", 8),
            ("place/bap/taken", 5),
            ("chat/messages", 30),
            ("chat/people", 20),
            ("chat/handed_over", 5),
            ("case/complaint/came", 2),
            ("case/complaint/in_time", 3),
            ("case/complaint/late", 1),
            ("reply/240", 3),
            ("reply/over28800", 1),
        ]
        .map(|(name, count)| (name.to_owned(), count)),
    )
}

/// A month of two days, with everything.
pub(super) fn month() -> FiguresView {
    let (first, second) = (day(1_000), day(240));
    let mut all = first.clone();
    all.join(&second);
    let mut survey = Tally::default();
    survey.add(&[Some(4); 9]);
    let parts = Period::parse("2026-10").unwrap().parts();
    FiguresView {
        period: Period::parse("2026-10").unwrap(),
        today: date(2026, 11, 25),
        at: "2026-11-25T02:15:00Z".parse().unwrap(),
        until: Some(date(2026, 10, 31)),
        parts: parts
            .into_iter()
            .map(|day| {
                let summary = match day.day() {
                    5 => Summary::of(&first),
                    6 => Summary::of(&second),
                    _ => Summary::default(),
                };
                (day, summary)
            })
            .collect(),
        all: Summary::of(&all),
        open_cases: Some(vec![OpenCases {
            kind: CaseKind::Broker,
            open: 7,
            late: 6,
        }]),
        survey: Some(survey),
        paid: Some(vec![("service".into(), 1_234), ("new kind".into(), 1)]),
    }
}

pub(super) fn empty() -> FiguresView {
    FiguresView {
        until: None,
        parts: Vec::new(),
        all: Summary::default(),
        open_cases: None,
        survey: Some(Tally::default()),
        paid: Some(Vec::new()),
        ..month()
    }
}

pub(super) fn report(content: &Content, view: &FiguresView, language: Language) -> Report {
    Report::of(words(content, language), &content.catalogue().survey, view)
}

fn section<'a>(report: &'a Report, id: &str) -> &'a Section {
    report.sections.iter().find(|section| section.id == id).unwrap()
}

#[track_caller]
fn check_row(report: &Report, id: &str, name: &str, cells: &[Cell]) {
    let rows: &[Row] = &section(report, id).table.rows;
    let row = rows
        .iter()
        .find(|row| row.name.contains(name))
        .unwrap_or_else(|| panic!("{rows:?}"));
    assert_eq!(row.cells, cells);
}

#[test]
fn tables_tell_what_was_counted() {
    let content = content();
    let report = report(&content, &month(), Language::En);
    use sigap_core::figures::Bound;
    check_row(&report, "visits", "All", &[1_244, 1_240, 4, 0].map(Cell::Count)[..]);
    check_row(
        &report,
        "waits",
        "With a booking",
        &[
            Cell::Count(1_240),
            Cell::Time(Bound::AtMost(15)),
            Cell::Time(Bound::AtMost(15)),
        ],
    );
    check_row(
        &report,
        "attendance",
        "",
        &[Cell::Count(8), Cell::Count(2), Cell::Percent(20)],
    );
    check_row(
        &report,
        "places",
        "",
        &[Cell::Count(16), Cell::Count(10), Cell::Percent(63)],
    );
    check_row(&report, "chat", "Answered without", &[Cell::Count(30)]);
    check_row(&report, "cases", "broker", &[0, 0, 0, 7, 6].map(Cell::Count)[..]);
    check_row(&report, "cases", "omplaint", &[4, 6, 2, 0, 0].map(Cell::Count)[..]);
    check_row(
        &report,
        "paid",
        "new kind",
        &[Cell::Count(1), Cell::Words("Rp357".into())],
    );
    assert_eq!(
        section(&report, "course").table.rows.len(),
        2,
        "days without figures are left out"
    );
    assert_eq!(section(&report, "course").pictures.len(), 2);
    let values: Vec<String> = report
        .headlines
        .iter()
        .map(|headline| headline.value.words(words(&content, Language::En)))
        .collect();
    assert_eq!(
        values,
        ["1,244", "15 minutes", "20%", "63%", "75%", "75%", "6", "100.00"]
    );
}

#[test]
fn what_was_not_kept_is_said_and_is_not_nought() {
    let content = content();
    for language in [Language::Id, Language::En] {
        let words = words(&content, language);
        let report = report(&content, &empty(), language);
        assert!(report.is_empty);
        for headline in report
            .headlines
            .iter()
            .filter(|headline| headline.label != words.f("late_cases"))
        {
            assert_eq!(headline.value.words(words), words.f("none"), "{}", headline.label);
        }
        for section in &report.sections {
            assert!(
                section.table.rows.is_empty() && section.pictures.is_empty(),
                "{}",
                section.id
            );
            assert!(
                !section.empty.is_empty() && !section.empty.contains('['),
                "{}",
                section.empty
            );
        }
    }
}

#[test]
fn every_word_of_every_section_is_there_in_both_languages() {
    let content = content();
    for language in [Language::Id, Language::En] {
        let words = words(&content, language);
        let report = report(&content, &month(), language);
        let mut told = vec![report.title.clone(), report.note.clone()];
        for section in &report.sections {
            told.extend([
                section.title.clone(),
                section.help.clone(),
                section.table.caption.clone(),
            ]);
            told.extend(section.table.heads.clone());
            for row in &section.table.rows {
                told.push(row.name.clone());
                told.extend(row.cells.iter().map(|cell| cell.words(words)));
            }
        }
        for text in told {
            assert!(!text.contains('[') && !text.contains('{'), "{text}");
        }
    }
}

#[test]
fn a_period_that_goes_on_says_so() {
    let content = content();
    let mut view = month();
    view.today = date(2026, 10, 20);
    view.until = Some(date(2026, 10, 19));
    let note = report(&content, &view, Language::En).note;
    assert_eq!(
        note,
        "Counted until Monday, 19 October 2026. Days counted: 2. This period is not over."
    );
    view.period = Period::Day(view.today);
    assert!(
        report(&content, &view, Language::En)
            .note
            .starts_with("As of 25 November 2026"),
        "{note}"
    );
}

#[test]
fn long_times_are_told_in_hours_and_days() {
    use sigap_core::figures::Bound;
    let content = content();
    let words = words(&content, Language::En);
    for (bound, told) in [
        (Bound::AtMost(1), "1 minute"),
        (Bound::AtMost(90), "90 minutes"),
        (Bound::AtMost(240), "4 hours"),
        (Bound::AtMost(150), "150 minutes"),
        (Bound::AtMost(4_320), "3 days"),
        (Bound::Over(28_800), "over 20 days"),
    ] {
        assert_eq!(table::time_words(words, bound), told);
    }
}
