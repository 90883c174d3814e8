//! `/o/{office}/data`: what is kept about whoever looks, to read, to take away, and to have erased with the key that sealed it. The phone has to
//! be shown first; what was only said on pages belongs to the browser and is shown without.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sigap_actions::erase_own_data::{Consent, EraseRefusal, Kept, Losses};
use sigap_actions::own_data::{AskedBy, OwnData};
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::PersonId;

use super::visitor::Visitor;
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/data.html")]
struct DataPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    is_proven: bool,
    parts: Vec<Part>,
    is_cut: bool,
}

#[derive(Template)]
#[template(path = "visitor/erase.html")]
struct ErasePage<'a> {
    words: Words<'a>,
    slug: &'a str,
    refusal: String,
    lost: Vec<String>,
    is_done: bool,
    kept: Vec<String>,
}

/// What is kept of one kind.
struct Part {
    title: String,
    lines: Vec<String>,
}

/// Whoever the browser acts for, and the browser itself.
fn persons(visitor: &Visitor) -> Vec<PersonId> {
    let Some(browser) = &visitor.browser else {
        return Vec::new();
    };
    browser.acts_for.into_iter().chain([browser.row.person]).collect()
}

/// What is kept of the phone, and of the browser.
async fn kept(state: &AppState, visitor: &Visitor) -> Result<Vec<OwnData>, Response> {
    let mut all = Vec::new();
    for person in persons(visitor) {
        match state.service.view_own_data(visitor.office, person).await {
            Err(_) => return Err(busy()),
            Ok(found) => all.extend(found),
        }
    }
    Ok(all)
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let all = match kept(&state, &visitor).await {
        Err(response) => return response,
        Ok(all) => all,
    };
    let shown = DataPage {
        slug: &visitor.slug,
        is_proven: visitor.is_proven(),
        is_cut: all.iter().any(|data| data.is_cut),
        parts: parts(words, &all),
        words,
    };
    visitor.answer(private_page(StatusCode::OK, &shown))
}

fn parts(words: Words<'_>, all: &[OwnData]) -> Vec<Part> {
    let moment = |at: Timestamp| words.arg(&Arg::Moment(at));
    let mut parts = Vec::new();
    let mut part = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let title = words.w(&format!("data_{name}"));
            parts.push(Part { title, lines });
        }
    };
    let who = all.iter().flat_map(|data| {
        let known = &data.identifiers;
        [known.phone.clone(), known.name.clone(), known.username.clone()]
    });
    let browsers = all.iter().map(|data| data.browsers).filter(|count| *count > 0);
    part(
        "who",
        who.flatten()
            .chain(all.iter().flat_map(|data| data.other_numbers.clone()))
            .chain(browsers.map(|count| counted(words, "data_browsers", count)))
            .collect(),
    );
    let bookings = all.iter().flat_map(|data| &data.bookings).map(|booking| {
        let people: Vec<&str> = booking.people.iter().map(|guest| guest.name.as_str()).collect();
        format!(
            "{}, {}, {}: {}",
            words.service(&booking.service),
            words.arg(&Arg::Day(booking.day)),
            words.arg(&Arg::Key(format!("booking.state_{}", booking.state))),
            people.join(", ")
        )
    });
    part("bookings", bookings.collect());
    let applications = all.iter().flat_map(|data| &data.applications);
    part("applications", applications.map(|known| known.number.clone()).collect());
    let cases = all.iter().flat_map(|data| &data.cases).map(|case| {
        let kind = words.w(&format!("feedback_{}", case.kind));
        format!("{}, {kind}, {}: {}", case.number, moment(case.opened_at), case.words)
    });
    part("cases", cases.collect());
    let visits = all.iter().flat_map(|data| &data.visits);
    part(
        "visits",
        visits
            .map(|visit| format!("{}, {}", visit.number, words.arg(&Arg::Day(visit.day))))
            .collect(),
    );
    let messages = all.iter().flat_map(|data| &data.messages);
    part(
        "messages",
        messages
            .map(|message| format!("{}: {}", moment(message.at), message.words))
            .collect(),
    );
    parts
}

/// The same as a file for machines.
pub(crate) async fn take(State(state): State<AppState>, visitor: Visitor) -> Response {
    let mut files = Vec::new();
    for person in persons(&visitor) {
        match state.service.export_own_data(visitor.office, person).await {
            Err(_) => return busy(),
            Ok(found) => files.extend(found),
        }
    }
    if files.is_empty() {
        return visitor.go("/data");
    }
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"data-saya.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    visitor.answer((headers, format!("[{}]", files.join(",\n"))).into_response())
}

/// Asks before anything is erased, and says what would be lost.
pub(crate) async fn ask(State(state): State<AppState>, visitor: Visitor) -> Response {
    erase_with(&state, visitor, Consent::Asked).await
}

/// Erases the phone's person and the browser's; of a browser that is nobody's, its own.
pub(crate) async fn erase(State(state): State<AppState>, visitor: Visitor) -> Response {
    erase_with(&state, visitor, Consent::Given).await
}

async fn erase_with(state: &AppState, mut visitor: Visitor, consent: Consent) -> Response {
    let persons = persons(&visitor);
    if persons.is_empty() {
        return visitor.go("/bukti?ke=data");
    }
    let Some(words) = visitor.words(state) else {
        return nowhere();
    };
    let mut lost = Vec::new();
    let mut stays = Vec::new();
    let mut is_done = false;
    for person in persons {
        let erased = state
            .service
            .erase_own_data(visitor.office, person, AskedBy::Person, consent);
        match erased.await {
            Err(_) => return busy(),
            Ok(Ok(receipt)) => {
                is_done = true;
                for line in receipt.kept.iter().map(|kept| kept_words(words, kept)) {
                    if !stays.contains(&line) {
                        stays.push(line);
                    }
                }
            }
            Ok(Err(EraseRefusal::Unconfirmed(losses))) => lost.extend(lost_words(words, &losses)),
            // The browser of the person who was just erased is gone with them.
            Ok(Err(EraseRefusal::Unknown)) if is_done => {}
            Ok(Err(refusal)) => {
                let shown = ErasePage {
                    refusal: refusal_words(words, &refusal),
                    slug: &visitor.slug,
                    lost,
                    is_done: false,
                    kept: Vec::new(),
                    words,
                };
                return visitor.answer(private_page(StatusCode::CONFLICT, &shown));
            }
        }
    }
    if is_done {
        visitor.forget();
    }
    let shown = ErasePage {
        words,
        slug: &visitor.slug,
        refusal: String::new(),
        lost,
        is_done,
        kept: stays,
    };
    visitor.answer(private_page(StatusCode::OK, &shown))
}

fn refusal_words(words: Words<'_>, refusal: &EraseRefusal) -> String {
    match refusal {
        EraseRefusal::InHall { number } => words.with_web("erase_in_hall", &[("number", Arg::Text(number.clone()))]),
        EraseRefusal::VisitNow { until, .. } => {
            let until = until.map_or(Arg::Empty, Arg::Moment);
            words.with_web("erase_visit_now", &[("until", until)])
        }
        EraseRefusal::TooSoon => words.w("erase_too_soon"),
        EraseRefusal::Unknown | EraseRefusal::Unconfirmed(_) => words.w("erase_nothing"),
    }
}

fn counted(words: Words<'_>, name: &str, count: usize) -> String {
    let many = Arg::count(count);
    words.with_web(name, &[("count", many)])
}

fn lost_words(words: Words<'_>, losses: &Losses) -> Vec<String> {
    let mut lines: Vec<String> = losses
        .bookings
        .iter()
        .map(|(_, service, day)| {
            let day = Arg::Day(*day);
            words.with_web(
                "erase_booking",
                &[("service", Arg::Text(words.service(service))), ("day", day)],
            )
        })
        .collect();
    lines.extend(
        losses
            .cases
            .iter()
            .map(|(number, _)| words.with_web("erase_case", &[("number", Arg::Text(number.clone()))])),
    );
    if losses.draws_lost > 0 {
        lines.push(counted(
            words,
            "erase_draws",
            usize::try_from(losses.draws_lost).unwrap_or_default(),
        ));
    }
    if losses.applications > 0 {
        lines.push(counted(words, "erase_applications", losses.applications));
    }
    lines
}

fn kept_words(words: Words<'_>, kept: &Kept) -> String {
    match kept {
        Kept::Counts => words.w("kept_counts"),
        Kept::Trail => words.w("kept_trail"),
        Kept::Applications => words.w("kept_applications"),
        Kept::MissedVisit { until, .. } => words.with_web("kept_missed", &[("day", Arg::Day(*until))]),
        Kept::DayLimit => words.w("kept_day_limit"),
        Kept::Backups => words.w("kept_backups"),
    }
}
