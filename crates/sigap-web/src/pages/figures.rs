//! `/o/{office}/angka`: what everybody may see of an office, of months that are over. Small numbers are not told, and nothing is about one
//! person.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use sigap_actions::view_figures::PublicDraw;
use sigap_core::conversation::reply::Arg;
use sigap_core::figures::Period;
use sigap_core::figures::shown::{self, Shown};
use sigap_core::figures::summary::percent;
use sigap_core::release::transcript::counts::People;

use super::{Asked, Words, busy, nowhere, office_of, public_page};
use crate::figures::period_words;
use crate::figures::table::{index_words, number, time_words};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "figures.html")]
struct FiguresPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    title: String,
    note: String,
    is_empty: bool,
    rows: Vec<(String, String)>,
    draws: Vec<Draw>,
    has_draws: bool,
    ways: Vec<(String, String)>,
}

struct Draw {
    day: String,
    service: String,
    record: String,
    rows: Vec<(String, String)>,
}

/// Of the newest month that is over.
pub async fn show(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    respond(&state, &slug, None, &asked).await
}

/// Of another month.
pub async fn of_period(
    State(state): State<AppState>,
    Path((slug, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    match Period::parse(&name) {
        Some(period @ Period::Month(_)) => respond(&state, &slug, Some(period), &asked).await,
        _ => nowhere(),
    }
}

async fn respond(state: &AppState, slug: &str, month: Option<Period>, asked: &Asked) -> Response {
    let Some(office) = office_of(state, slug) else {
        return nowhere();
    };
    let (view, draws) = match state.service.view_public_figures(office.id, month).await {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(seen)) => seen,
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let all = &view.all;
    let count = |value: Option<u64>| match value.map(shown::count) {
        Some(Shown::Told(count)) => number(words, count),
        Some(Shown::Few) => words.f("public_few"),
        Some(Shown::None) | None => words.f("none"),
    };
    let share = |part: u64, whole: u64| match shown::share(part, whole) {
        Shown::Told(percent) => {
            let percent = i64::try_from(percent).unwrap_or_default();
            words.key("figures.percent", &[("count", Arg::Number(percent))])
        }
        Shown::Few => words.f("public_too_few"),
        Shown::None => words.f("none"),
    };
    let wait = |percent: u64| match shown::bound(&all.wait, percent) {
        Shown::Told(bound) => time_words(words, bound),
        Shown::Few => words.f("public_too_few"),
        Shown::None => words.f("none"),
    };
    let survey = &view.survey;
    let index = match shown::of_people(survey.index(), survey.people) {
        Shown::Told(index) => {
            let rules = &state.service.content().catalogue().survey;
            let grade = rules.grade(index).unwrap_or("–").to_owned();
            words.key(
                "figures.public_index",
                &[
                    ("index", Arg::Text(index_words(words, index))),
                    ("grade", Arg::Text(grade)),
                ],
            )
        }
        Shown::Few => words.f("public_too_few"),
        Shown::None => words.f("none"),
    };
    let attendance = all.all_attendance();
    let legal = all.legal_cases();
    let rows = [
        ("index", index),
        ("visits", count(all.visits.map(|visits| visits.came))),
        ("half", wait(50)),
        ("nine", wait(90)),
        (
            "no_show",
            attendance.map_or_else(|| words.f("none"), |of| share(of.stayed_away, of.came + of.stayed_away)),
        ),
        ("punctual", share(legal.in_time, legal.in_time + legal.late)),
    ];
    let draws: Vec<Draw> = draws.iter().map(|shown| draw(words, slug, shown)).collect();
    let at = |period: Period| format!("/o/{slug}/angka/{}", period.name());
    let named = |key: &str, period: Period| {
        let name = Arg::Text(period_words(words, period));
        (at(period), words.key(key, &[("period", name)]))
    };
    let mut ways: Vec<(String, String)> = view
        .period
        .before()
        .map(|before| named("figures.before", before))
        .into_iter()
        .collect();
    let after = view.period.after().filter(|_| !view.is_newest);
    ways.extend(after.map(|after| named("figures.after", after)));
    let note = view.until.map(|until| {
        let days = Arg::count(all.days);
        words.key("figures.until", &[("day", Arg::Day(until)), ("days", days)])
    });
    let period_name = Arg::Text(period_words(words, view.period));
    public_page(
        StatusCode::OK,
        &FiguresPage {
            slug,
            title: words.key("figures.public_title", &[("period", period_name)]),
            note: note.unwrap_or_default(),
            is_empty: all.days == 0,
            rows: rows.map(|(name, told)| (words.f(name), told)).into(),
            has_draws: !draws.is_empty(),
            draws,
            ways,
            words,
        },
    )
}

/// A draw as its public record tells it; what is in the record is public already, so nothing is held back.
fn draw(words: Words<'_>, slug: &str, shown: &PublicDraw) -> Draw {
    let counts = &shown.counts;
    let told = |count: Option<u64>, until: &str| count.map_or_else(|| words.f(until), |count| number(words, count));
    let lost = |people: People| people.lost_before;
    let first = |people: People| people.all - people.lost_before;
    let chance = |of: &dyn Fn(People) -> u64| -> Option<String> {
        let (entered, placed) = (of(counts.entered?), of(counts.placed?));
        let percent = percent(placed, entered)?;
        let number = |count: u64| Arg::count(count);
        Some(words.key(
            "figures.public_chance",
            &[
                ("got", number(placed)),
                ("count", number(entered)),
                ("percent", number(percent)),
            ],
        ))
    };
    let rows = [
        ("public_entries", Some(told(counts.entries, "public_open"))),
        (
            "public_entered",
            Some(told(counts.entered.map(|people| people.all), "public_open")),
        ),
        ("public_places", Some(number(words, counts.places))),
        (
            "public_got",
            Some(told(counts.placed.map(|people| people.all), "public_undrawn")),
        ),
        ("public_chance_first", chance(&first)),
        ("public_chance_lost", chance(&lost)),
    ];
    Draw {
        day: words.arg(&Arg::Day(shown.day)),
        service: words.service(&shown.service),
        record: format!("/o/{slug}/undian/{}/{}", shown.service, shown.day),
        rows: rows
            .into_iter()
            .filter_map(|(name, told)| Some((words.f(name), told?)))
            .collect(),
    }
}
