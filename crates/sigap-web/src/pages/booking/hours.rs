//! `/o/{office}/antrean/jam?hari=…`: the hours of a day; or, where places are not simply taken, the draw, the list or the waiting room.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, Time};
use serde::Deserialize;
use sigap_core::booking::RoomView;
use sigap_core::booking::slots::{DayState, WhyNot};
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::state::Draft;

use super::{days_of, draft_of, keep, service_of};
use crate::pages::visitor::{Fields, Visitor};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "visitor/hours.html")]
struct HoursPage<'a> {
    words: Words<'a>,
    slug: &'a str,
    service: String,
    day: String,
    date: Date,
    hours: Vec<(String, String, String)>,
    way: &'static str,
    about: String,
    record: String,
    needs_proof: bool,
}

/// Which day.
#[derive(Debug, Deserialize)]
pub(crate) struct Of {
    hari: Date,
}

/// What can be had on a day.
pub(super) enum Way {
    /// An hour of these, with the places left.
    Hours(Vec<(Time, u16)>),
    /// An entry for the draw.
    Draw(WhyNot),
    /// A place on the waiting list.
    List,
    /// The waiting room.
    Room(WhyNot),
    /// Nothing, and the calendar says why.
    Nothing,
}

/// What can be had on a day by this visitor now; who is inside the waiting room sees its hours.
pub(super) async fn way_of(state: &AppState, visitor: &Visitor, draft: &Draft, day: Date) -> Result<Way, Response> {
    let mut days = days_of(state, visitor, draft).await?.into_iter();
    let found = days.find(|(known, _)| *known == day);
    Ok(match found.map(|(_, state)| state) {
        Some(DayState::Free(hours)) => Way::Hours(hours),
        Some(DayState::Full) if draft.moving.is_none() => Way::List,
        Some(DayState::Not(why @ WhyNot::ByDraw { .. })) => Way::Draw(why),
        Some(DayState::Not(WhyNot::ByList { .. })) => Way::List,
        Some(DayState::Not(why @ WhyNot::ByRoom { .. })) => match inside(state, visitor, draft, day).await? {
            Some(hours) => Way::Hours(hours),
            None => Way::Room(why),
        },
        _ => Way::Nothing,
    })
}

/// Hours for somebody whom the waiting room has let in. Looking is not going in: only who chose the room of that day is asked about.
async fn inside(
    state: &AppState,
    visitor: &Visitor,
    draft: &Draft,
    day: Date,
) -> Result<Option<Vec<(Time, u16)>>, Response> {
    let Some(browser) = visitor.browser.clone().filter(|_| draft.day == Some(day)) else {
        return Ok(None);
    };
    let asked = state
        .service
        .enter_room_in_browser(visitor.office, browser, draft.service.clone(), day);
    match asked.await {
        Err(_) => Err(busy()),
        Ok(Some(Ok(place))) => Ok(match place.view {
            RoomView::Inside { hours, .. } => Some(hours),
            RoomView::Before { .. } | RoomView::Waiting { .. } | RoomView::Gone => None,
        }),
        Ok(_) => Ok(None),
    }
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    of: Result<Query<Of>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let (Some(office), Some(words)) = (visitor.office(&state), visitor.words(&state)) else {
        return nowhere();
    };
    let draft = draft_of(&visitor);
    let (Some(service), Ok(Query(Of { hari: day }))) = (service_of(office, &draft), of) else {
        return visitor.go("/antrean/hari");
    };
    let way = match way_of(&state, &visitor, &draft, day).await {
        Err(response) => return response,
        Ok(way) => way,
    };
    let moment = |at: jiff::civil::DateTime| [("day", Arg::Day(at.date())), ("time", Arg::Clock(at.time()))];
    let (way, hours, about) = match way {
        Way::Nothing => return visitor.go(&format!("/antrean/hari?kenapa={day}")),
        Way::Hours(hours) => ("hours", hours, String::new()),
        Way::Draw(WhyNot::ByDraw { closes_at, drawn_at }) => {
            let closes = words.with_web("draw_closes", &moment(closes_at));
            let drawn = words.with_web("draw_drawn", &moment(drawn_at));
            ("draw", Vec::new(), format!("{closes} {drawn}"))
        }
        Way::Room(WhyNot::ByRoom { opens_at }) => ("room", Vec::new(), words.with_web("room_opens", &moment(opens_at))),
        Way::Draw(_) | Way::Room(_) | Way::List => ("list", Vec::new(), words.w("list_about")),
    };
    let page = HoursPage {
        slug: &visitor.slug,
        service: words.service(&service.id),
        day: words.arg(&Arg::Day(day)),
        date: day,
        hours: hours
            .into_iter()
            .map(|(time, left)| {
                (
                    time.strftime("%H:%M").to_string(),
                    words.arg(&Arg::Clock(time)),
                    words.with_web("hour_left", &[("count", Arg::Number(i64::from(left)))]),
                )
            })
            .collect(),
        way,
        about,
        record: format!("/o/{}/undian/{}/{day}", visitor.slug, service.id),
        needs_proof: !visitor.is_proven(),
        words,
    };
    visitor.answer(private_page(StatusCode::OK, &page))
}

/// An hour, the draw, the list or the room is chosen.
pub(crate) async fn send(State(state): State<AppState>, mut visitor: Visitor, fields: Fields) -> Response {
    let mut draft = draft_of(&visitor);
    let Ok(day) = fields.get("hari").parse::<Date>() else {
        return visitor.go("/antrean/hari");
    };
    if draft.service.is_empty() {
        return visitor.go("/antrean");
    }
    draft.day = Some(day);
    draft.held = fields.get("jam").parse::<Time>().ok().map(|time| day.to_datetime(time));
    if draft.held.is_none() && fields.get("ikut").is_empty() {
        return visitor.go(&format!("/antrean/jam?hari={day}"));
    }
    keep(&state, &mut visitor, draft, "/antrean/periksa").await
}
