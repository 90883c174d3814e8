//! `GET /o/{office}/undian`: what is published of an office's openings, with the transcripts of its draws; and the same days as a calendar
//! that phones and offices subscribe to.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ics::components::Property;
use ics::parameters::Value;
use ics::properties::{Description, DtEnd, DtStart, Location, Summary, URL};
use ics::{Event, ICalendar};
use jiff::civil::{Date, DateTime};
use sigap_core::booking::Release;
use sigap_core::conversation::reply::Arg;

use super::ticket::stamp;
use super::{Asked, Words, busy, nowhere, office_of, public_page};
use crate::routes::AppState;

struct Row {
    service: String,
    day: String,
    how: String,
    when: String,
    /// Where the transcript is; empty for releases without one.
    transcript: String,
}

#[derive(Template)]
#[template(path = "openings.html")]
struct OpeningsPage<'a> {
    words: Words<'a>,
    rows: Vec<Row>,
}

/// The list.
pub async fn list(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let Ok(published) = state.service.view_openings(office.id).await else {
        return busy();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let moment = |at: &DateTime| [("day", Arg::Day(at.date())), ("time", Arg::Clock(at.time()))];
    let rows = published
        .into_iter()
        .map(|opening| Row {
            service: words.service(&opening.service),
            day: words.arg(&Arg::Day(opening.day)),
            how: words.of(&format!("release_{}", opening.release.name())),
            when: match &opening.release {
                Release::Draw { drawn_at, .. } => words.with("drawn_at", &moment(drawn_at)),
                other => words.with("opens_at", &moment(&other.opens_at())),
            },
            transcript: if opening.transcript.is_empty() {
                String::new()
            } else {
                format!("/o/{slug}/undian/{}/{}", opening.service, opening.day)
            },
        })
        .collect();
    public_page(StatusCode::OK, &OpeningsPage { words, rows })
}

/// The openings to come as iCalendar, to be subscribed to: the day itself, and a reminder of the moment from which places are asked for.
pub async fn calendar(State(state): State<AppState>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let Ok(published) = state.service.view_openings(office.id).await else {
        return busy();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let now = state.clock.now();
    let today = office.zone.to_datetime(now).date();
    let mut file = ICalendar::new("2.0", "-//sigap//pembukaan//ID");
    file.push(Property::new(
        "X-WR-CALNAME",
        ics::escape_text(words.office.short.clone()),
    ));
    let mut refresh = Property::new("REFRESH-INTERVAL", "PT6H");
    refresh.add(Value::DURATION);
    file.push(refresh);
    for opening in published.into_iter().filter(|opening| opening.day >= today) {
        let service = words.service(&opening.service);
        let how = words.of(&format!("release_{}", opening.release.name()));
        let opens_at = opening.release.opens_at();
        let when = words.with(
            "opens_at",
            &[
                ("day", Arg::Day(opens_at.date())),
                ("time", Arg::Clock(opens_at.time())),
            ],
        );
        let uid = format!("{slug}-{}-{}@sigap", opening.service, opening.day);
        let mut event = Event::new(uid, stamp(now));
        let mut from = DtStart::new(date_of(opening.day));
        from.add(Value::DATE);
        let mut to = DtEnd::new(date_of(opening.day.tomorrow().unwrap_or(opening.day)));
        to.add(Value::DATE);
        event.push(from);
        event.push(to);
        event.push(Summary::new(ics::escape_text(format!("{service}, {}", office.short))));
        event.push(Description::new(ics::escape_text(format!("{how}. {when}"))));
        if let Some(address) = &office.address {
            event.push(Location::new(ics::escape_text(address.clone())));
        }
        event.push(URL::new(state.links.openings(&slug)));
        file.add_event(event);
        if let Ok(begins) = office.zone.to_timestamp(opens_at)
            && begins >= now
        {
            let mut event = Event::new(
                format!("{slug}-{}-{}-mulai@sigap", opening.service, opening.day),
                stamp(now),
            );
            event.push(DtStart::new(stamp(begins)));
            event.push(Summary::new(ics::escape_text(format!("{service}: {when}"))));
            event.push(URL::new(state.links.openings(&slug)));
            file.add_event(event);
        }
    }
    (
        [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (header::CACHE_CONTROL, "max-age=3600"),
        ],
        file.to_string(),
    )
        .into_response()
}

fn date_of(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// One transcript as it stands, JSON.
pub async fn transcript(
    State(state): State<AppState>,
    Path((slug, service, day)): Path<(String, String, String)>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let Ok(published) = state.service.view_openings(office.id).await else {
        return busy();
    };
    let found = published
        .into_iter()
        .find(|opening| opening.service == service && opening.day.to_string() == day && !opening.transcript.is_empty());
    match found {
        None => nowhere(),
        Some(opening) => (
            [
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            opening.transcript,
        )
            .into_response(),
    }
}
