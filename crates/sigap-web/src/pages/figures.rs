//! `/o/{office}/angka`: what everybody may see of an office. Small numbers are not told, and nothing is about one person.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use sigap_actions::run_opening::PublishedOpening;
use sigap_core::booking::Release;
use sigap_core::conversation::reply::Arg;
use sigap_core::figures::Period;
use sigap_core::figures::shown::{self, Shown};
use sigap_core::release::transcript::Transcript;

use super::{Asked, Words, busy, nowhere, office_of, page};
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
    entries: String,
    people: String,
    places: String,
    got: String,
}

/// Of the month of yesterday.
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
    let Ok(seen) = state.service.view_public_figures(office.id, month).await else {
        return busy();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let view = &seen.figures;
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
    let wait = |percent: u64| match shown::of_people(all.wait.bound(percent), all.wait.count()) {
        Shown::Told(bound) => time_words(words, bound),
        Shown::Few => words.f("public_too_few"),
        Shown::None => words.f("none"),
    };
    let survey = view.survey.unwrap_or_default();
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
    let draws: Vec<Draw> = seen
        .openings
        .iter()
        .filter_map(|opening| draw(words, slug, opening))
        .collect();
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
    let after = view.period.after().filter(|after| after.from() <= view.today);
    ways.extend(after.map(|after| named("figures.after", after)));
    let note = view.until.map(|until| {
        let days = Arg::Number(i64::try_from(all.days).unwrap_or(i64::MAX));
        words.key("figures.until", &[("day", Arg::Day(until)), ("days", days)])
    });
    let period_name = Arg::Text(period_words(words, view.period));
    page(
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
fn draw(words: Words<'_>, slug: &str, opening: &PublishedOpening) -> Option<Draw> {
    if !matches!(opening.release, Release::Draw { .. }) {
        return None;
    }
    let record: Transcript = serde_json::from_str(&opening.transcript).ok()?;
    let slots: u64 = record.plan.slots.iter().map(|slot| u64::from(slot.places)).sum();
    let places = record.plan.places_max.map_or(slots, |most| slots.min(u64::from(most)));
    let people = |ids: &dyn Fn(i64) -> bool| -> u64 {
        let of = record.entries.iter().filter(|entry| ids(entry.id.0));
        of.map(|entry| u64::from(entry.places)).sum()
    };
    let got = record.result.as_ref().map(|drawn| {
        let winners: std::collections::HashSet<i64> = drawn.winners.iter().map(|winner| winner.id.0).collect();
        people(&|id| winners.contains(&id))
    });
    let (open, undrawn) = (|| words.f("public_open"), || words.f("public_undrawn"));
    Some(Draw {
        day: words.arg(&Arg::Day(opening.day)),
        service: words.service(&opening.service),
        record: format!("/o/{slug}/undian/{}/{}", opening.service, opening.day),
        entries: record.count.map_or_else(open, |count| number(words, count)),
        people: record.count.map_or_else(open, |_| number(words, people(&|_| true))),
        places: number(words, places),
        got: got.map_or_else(undrawn, |got| number(words, got)),
    })
}
