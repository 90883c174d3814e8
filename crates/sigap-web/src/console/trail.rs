//! `/staff/{office}/jejak`: what staff did, and whether the chain of it is whole.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::HEXLOWER;
use serde::Deserialize;
use sigap_core::conversation::reply::Arg;
use sigap_core::trail::Chain;

use super::{Asker, Bar};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/trail.html")]
struct TrailPage<'a> {
    words: Words<'a>,
    bar: Bar,
    is_whole: bool,
    chain: String,
    head: String,
    lines: Vec<Line>,
    older: Option<u64>,
}

struct Line {
    place: u64,
    at: String,
    who: String,
    act: String,
    subject: String,
}

/// Where the page ends.
#[derive(Debug, Default, Deserialize)]
pub struct Before {
    #[serde(default)]
    sebelum: Option<u64>,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker, Query(before): Query<Before>) -> Response {
    let Some(words) = asker.words(&state) else {
        return nowhere();
    };
    let office = asker.officer.office();
    let (seen, chain) = tokio::join!(
        state.service.view_trail(office, asker.officer.clone(), before.sebelum),
        state.service.verify_trail(office)
    );
    let (Ok(Ok(seen)), Ok(chain)) = (seen, chain) else {
        return busy();
    };
    let name = |staff| {
        let known = seen.names.iter().find(|(id, _)| *id == staff);
        known.map_or_else(|| words.key("console.trail_machine", &[]), |(_, name)| name.clone())
    };
    let lines = seen.lines.iter().map(|act| Line {
        place: act.place,
        at: words.arg(&Arg::Moment(act.at)),
        who: name(act.staff),
        act: act.act.replace('_', " "),
        subject: act.subject.clone(),
    });
    let number = |value: u64| Arg::count(value);
    let (is_whole, chain, head) = match chain {
        Chain::Whole { lines, head } => (
            true,
            words.key("console.trail_whole", &[("count", number(lines))]),
            HEXLOWER.encode(&head),
        ),
        Chain::Broken { place } => (
            false,
            words.key("console.trail_broken", &[("place", number(place))]),
            String::new(),
        ),
    };
    private_page(
        StatusCode::OK,
        &TrailPage {
            words,
            bar: asker.bar("trail"),
            is_whole,
            chain,
            head,
            lines: lines.collect(),
            older: seen.older,
        },
    )
}
