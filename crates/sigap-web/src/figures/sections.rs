//! The sections of a report, each from what was counted to a table, with a picture where people would rather look.

use sigap_actions::view_figures::FiguresView;
use sigap_core::cases::CaseKind;
use sigap_core::conversation::reply::Arg;
use sigap_core::figures::summary::Visits;
use sigap_core::figures::{Bound, Histogram, Period, Summary};
use sigap_core::survey::SurveyRules;

use super::chart::Picture;
use super::table::{Cell, Row, Table, number, time_words};
use super::{Section, part_words, row_part, short_part, values};
use crate::pages::Words;

pub(super) fn all(words: Words<'_>, rules: &SurveyRules, view: &FiguresView) -> Vec<Section> {
    let course = match view.period {
        Period::Day(_) => hours(words, &view.all),
        Period::Month(_) | Period::Year(_) => course(words, view),
    };
    let mut sections = vec![
        course,
        visits(words, &view.all),
        waits(words, &view.all),
        attendance(words, &view.all),
        places(words, &view.all),
        chat(words, &view.all),
        cases(words, view),
        replies(words, &view.all),
    ];
    sections.extend(survey(words, rules, view));
    sections.extend(paid(words, view));
    sections
}

/// A section with the words of its name.
fn section(words: Words<'_>, id: &'static str, heads: &[&str], rows: Vec<Row>) -> Section {
    Section {
        id,
        title: words.f(id),
        pictures: Vec::new(),
        table: Table {
            caption: words.f(id),
            heads: heads.iter().map(|head| words.f(head)).collect(),
            rows,
        },
        is_behind: false,
        empty: words.f(&format!("{id}_none")),
        help: words.f(&format!("{id}_help")),
    }
}

fn row(name: String, cells: impl Into<Vec<Cell>>) -> Row {
    Row {
        name,
        cells: cells.into(),
    }
}

/// What a picture of counts says.
fn told_most(words: Words<'_>, most: Option<(u64, String)>) -> String {
    most.map_or_else(
        || words.f("none"),
        |(count, part)| {
            let count = Arg::Text(number(words, count));
            words.key("figures.chart_most", &[("count", count), ("part", Arg::Text(part))])
        },
    )
}

/// A day, by hour.
fn hours(words: Words<'_>, all: &Summary) -> Section {
    let rows = all
        .hours
        .iter()
        .map(|(hour, count)| row(format!("{hour:02}"), [Cell::Count(*count)]))
        .collect();
    let mut section = section(words, "visits", &["hour", "came"], rows);
    section.id = "course";
    section.title = words.f("chart_hours");
    section.table.caption = words.f("chart_hours");
    section.help = String::new();
    section.is_behind = true;
    if all.visits.is_some() {
        section.empty = words.f("nobody_came");
    }
    if let (Some((first, _)), Some((last, _))) = (all.hours.first(), all.hours.last()) {
        let found = |hour: u8| {
            all.hours
                .iter()
                .find(|(known, _)| *known == hour)
                .map_or(0, |(_, count)| *count)
        };
        let shown: Vec<u8> = (*first..=*last).collect();
        let labels: Vec<String> = shown.iter().map(|hour| format!("{hour:02}")).collect();
        let bars: Vec<_> = shown.iter().map(|hour| Some(found(*hour) as f32)).collect();
        let most = all
            .hours
            .iter()
            .rev()
            .max_by_key(|(_, count)| *count)
            .map(|(hour, count)| (*count, format!("{hour:02}.00")));
        section.pictures.push(Picture::bars(
            "hours",
            words.f("chart_hours"),
            told_most(words, most),
            &labels,
            &bars,
            &|value| number(words, value as u64),
        ));
    }
    section
}

/// A month by day, or a year by month.
fn course(words: Words<'_>, view: &FiguresView) -> Section {
    let is_year = matches!(view.period, Period::Year(_));
    let (title, head) = if is_year {
        ("chart_months", "month")
    } else {
        ("chart_days", "day")
    };
    let rows = view
        .parts
        .iter()
        .filter(|(_, summary)| summary.days > 0)
        .map(|(day, summary)| {
            row(
                row_part(words, view.period, *day),
                [
                    Cell::count(summary.visits.map(|visits| visits.came)),
                    Cell::count(summary.visits.map(|visits| visits.served)),
                    Cell::time(summary.wait.bound(50)),
                    Cell::time(summary.wait.bound(90)),
                    Cell::percent(summary.all_attendance().and_then(|of| of.no_show())),
                    Cell::count(summary.chat.map(|chat| chat.messages)),
                ],
            )
        })
        .collect();
    let heads = [head, "came", "served", "half", "nine", "no_show", "messages"];
    let mut section = section(words, "visits", &heads, rows);
    section.id = "course";
    section.title = words.f(title);
    section.table.caption = words.f(title);
    section.help = String::new();
    section.is_behind = true;
    if view.all.visits.is_some() {
        section.empty = words.f("nobody_came");
    }
    if view.all.visits.is_some_and(|visits| visits.came > 0) {
        section.pictures = vec![bars(words, view, title), lines(words, view)];
    }
    section
}

fn bars(words: Words<'_>, view: &FiguresView, title: &str) -> Picture {
    let came = |summary: &Summary| summary.visits.map(|visits| visits.came);
    let most = view
        .parts
        .iter()
        .rev()
        .filter_map(|(day, summary)| Some((came(summary)?, part_words(words, view.period, *day))))
        .max_by_key(|(count, _)| *count);
    Picture::bars(
        "visits",
        words.f(title),
        told_most(words, most),
        &labels(words, view),
        &values(&view.parts, came),
        &|value| number(words, value as u64),
    )
}

fn lines(words: Words<'_>, view: &FiguresView) -> Picture {
    let bound =
        |percent: u64| move |summary: &Summary| summary.wait.bound(percent).map(|bound| u64::from(bound.minutes()));
    let longest = view
        .parts
        .iter()
        .rev()
        .filter_map(|(day, summary)| Some((summary.wait.bound(90)?, *day)))
        .max_by_key(|(bound, _)| *bound);
    let told = longest.map_or_else(
        || words.f("none"),
        |(bound, day)| {
            let part = Arg::Text(part_words(words, view.period, day));
            let time = Arg::Text(time_words(words, bound));
            words.key("figures.chart_waits_told", &[("time", time), ("part", part)])
        },
    );
    let (half, nine) = (values(&view.parts, bound(50)), values(&view.parts, bound(90)));
    let (half_name, nine_name) = (words.f("half_short"), words.f("nine_short"));
    Picture::lines(
        "waits-course",
        words.f("chart_waits"),
        told,
        &labels(words, view),
        [(&nine_name, &nine), (&half_name, &half)],
        &|value| number(words, value as u64),
    )
}

fn labels(words: Words<'_>, view: &FiguresView) -> Vec<String> {
    let short = |day| short_part(words, view.period, day);
    view.parts.iter().map(|(day, _)| short(*day)).collect()
}

fn visits(words: Words<'_>, all: &Summary) -> Section {
    let cells = |of: &Visits| [of.came, of.served, of.left, of.missed].map(Cell::Count);
    let mut rows: Vec<Row> = all
        .lines
        .iter()
        .map(|(line, of)| row(words.service(line), cells(of)))
        .collect();
    if let Some(visits) = all.visits.filter(|_| rows.len() != 1) {
        rows.push(row(words.f("all"), cells(&visits)));
    }
    section(
        words,
        "visits",
        &["visits_line", "came", "served", "left", "missed"],
        rows,
    )
}

fn waits(words: Words<'_>, all: &Summary) -> Section {
    let cells = |waits: &Histogram| {
        [
            Cell::Count(waits.count()),
            Cell::time(waits.bound(50)),
            Cell::time(waits.bound(90)),
        ]
    };
    let mut rows: Vec<Row> = all
        .waits
        .iter()
        .map(|(class, waits)| row(words.f(&format!("class_{}", class.name())), cells(waits)))
        .collect();
    if rows.len() > 1 {
        rows.push(row(words.f("all"), cells(&all.wait)));
    }
    section(words, "waits", &["class", "called", "half", "nine"], rows)
}

fn attendance(words: Words<'_>, all: &Summary) -> Section {
    let rows = all.attendance.iter().map(|(service, of)| {
        let cells = [
            Cell::Count(of.came),
            Cell::Count(of.stayed_away),
            Cell::percent(of.no_show()),
        ];
        row(words.service(service), cells)
    });
    let heads = ["service", "people_came", "stayed_away", "no_show"];
    section(words, "attendance", &heads, rows.collect())
}

fn places(words: Words<'_>, all: &Summary) -> Section {
    let rows = all.places.iter().map(|(service, of)| {
        let cells = [Cell::Count(of.open), Cell::Count(of.taken), Cell::percent(of.used())];
        row(words.service(service), cells)
    });
    let heads = ["service", "open_places", "taken_places", "used"];
    section(words, "places", &heads, rows.collect())
}

fn chat(words: Words<'_>, all: &Summary) -> Section {
    let rows = match all.chat {
        None => Vec::new(),
        Some(chat) => vec![
            row(words.f("messages"), [Cell::Count(chat.messages)]),
            row(words.f("people"), [Cell::Count(chat.people)]),
            row(
                words.f("alone"),
                [Cell::Count(chat.people.saturating_sub(chat.handed_over))],
            ),
            row(words.f("handed_over"), [Cell::Count(chat.handed_over)]),
            row(words.f("first_contact"), [Cell::percent(chat.first_contact())]),
        ],
    };
    section(words, "chat", &["what", "count"], rows)
}

fn cases(words: Words<'_>, view: &FiguresView) -> Section {
    let rows = CaseKind::ALL.into_iter().filter_map(|kind| {
        let counted = view
            .all
            .cases
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, of)| *of);
        let open = view.open_cases.as_ref().map(|open| {
            open.iter()
                .find(|of| of.kind == kind)
                .map_or((0, 0), |of| (of.open, of.late))
        });
        if counted.is_none() && open.is_none_or(|(open, _)| open == 0) {
            return None;
        }
        let of = counted.unwrap_or_default();
        Some(row(
            words.c(&format!("case_kind_{}", kind.name())),
            [
                Cell::Count(of.came),
                Cell::Count(of.in_time),
                Cell::Count(of.late),
                Cell::count(open.map(|(open, _)| open)),
                Cell::count(open.map(|(_, late)| late)),
            ],
        ))
    });
    let heads = ["kind", "cases_came", "in_time", "late", "still_open", "open_late"];
    section(words, "cases", &heads, rows.collect())
}

fn replies(words: Words<'_>, all: &Summary) -> Section {
    let replies = &all.replies;
    let rows: Vec<Row> = match (replies.bound(50), replies.bound(90)) {
        (Some(half), Some(nine)) => {
            let time = |bound: Bound| Cell::Words(time_words(words, bound));
            vec![
                row(words.f("answers"), [Cell::Count(replies.count())]),
                row(words.f("half_answered"), [time(half)]),
                row(words.f("nine_answered"), [time(nine)]),
            ]
        }
        _ => Vec::new(),
    };
    section(words, "replies", &["what", "count"], rows)
}

fn survey(words: Words<'_>, rules: &SurveyRules, view: &FiguresView) -> Option<Section> {
    let survey = view.survey.as_ref()?;
    let rows = survey.index().map(|index| {
        let grade = rules.grade(index).unwrap_or("–").to_owned();
        vec![
            row(words.f("index"), [Cell::Index(index)]),
            row(words.f("grade"), [Cell::Words(grade)]),
            row(words.f("answered"), [Cell::Count(survey.people)]),
        ]
    });
    Some(section(words, "survey", &["what", "count"], rows.unwrap_or_default()))
}

fn paid(words: Words<'_>, view: &FiguresView) -> Option<Section> {
    let rows = view.paid.as_ref()?.iter().map(|(category, count)| {
        let known = ["service", "utility", "marketing", "authentication"].contains(&category.as_str());
        let name = if known {
            words.f(&format!("paid_{category}"))
        } else {
            category.clone()
        };
        let most = words.content().catalogue().pricing.rupiah_most(category, *count);
        row(name, [Cell::Count(*count), Cell::Words(words.arg(&Arg::Rupiah(most)))])
    });
    Some(section(
        words,
        "paid",
        &["category", "count", "cost_most"],
        rows.collect(),
    ))
}
