//! Notices about bookings: what people are told without having asked. Each says what it is about and the next step; buttons
//! carry the number of the booking, however late they are tapped.

use jiff::civil::{Date, Time};

pub mod samples;

use super::booking::{name_of, people, with_time};
use super::choice::*;
use super::intake;
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Reply};
use super::status::meaning;
use crate::application::Stage;
use crate::booking::BookingView;
use crate::ids::{ApplicationNumber, CounterName, OfficeId};
use crate::intake::IntakeView;
use crate::queue::TicketLabel;

/// Served: how was it?
#[must_use]
pub fn survey(url: &str, token: &str) -> Reply {
    let form = Choices::Survey {
        label: "survey",
        token: token.to_owned(),
    };
    NOTICE_SURVEY.say(form).with("url", Arg::Text(url.to_owned()))
}

/// Booked after the form was sent.
#[must_use]
pub fn booked(view: &BookingView) -> Reply {
    about(NOTICE_BOOKED, view, vec![BOOKING_CHANGE, BOOKING_CANCEL])
        .with("code", Arg::Text(view.code.grouped()))
        .with("people", people(&view.people))
        .with("url", Arg::Text(view.url.clone().unwrap_or_default()))
}

/// Entered for a draw.
#[must_use]
pub fn entered(view: &BookingView) -> Reply {
    about(NOTICE_ENTERED, view, vec![BOOKING_CANCEL])
        .with("entry", Arg::Text(view.id.to_string()))
        .with("people", people(&view.people))
}

/// On the waiting list.
#[must_use]
pub fn waiting(view: &BookingView) -> Reply {
    about(NOTICE_WAITING, view, vec![BOOKING_CANCEL])
}

/// The visit is tomorrow.
#[must_use]
pub fn reminder(view: &BookingView) -> Reply {
    about(NOTICE_REMINDER, view, vec![BOOKING_CANCEL])
        .with("code", Arg::Text(view.code.grouped()))
        .with("url", Arg::Text(view.url.clone().unwrap_or_default()))
}

/// A place is offered.
#[must_use]
pub fn offered(view: &BookingView) -> Reply {
    about(NOTICE_OFFERED, view, vec![BOOKING_ACCEPT, BOOKING_CANCEL_YES])
        .with("until", view.until.map_or(Arg::Empty, Arg::Moment))
}

/// The draw gave no place.
#[must_use]
pub fn not_drawn(view: &BookingView) -> Reply {
    about(NOTICE_NOT_DRAWN, view, vec![BOOKING_CANCEL]).with("entry", Arg::Text(view.id.to_string()))
}

/// An offer got no answer.
#[must_use]
pub fn lapsed(view: &BookingView) -> Reply {
    about(NOTICE_LAPSED, view, vec![BOOKING])
}

/// Nobody came.
#[must_use]
pub fn missed(view: &BookingView) -> Reply {
    about(NOTICE_MISSED, view, vec![BOOKING, OFFICER])
}

/// The waiting room lets somebody in.
#[must_use]
pub fn room_turn(service: &str, day: Date) -> Reply {
    NOTICE_ROOM_TURN
        .say(Choices::About {
            value: day.to_string(),
            buttons: vec![BOOKING_ROOM],
        })
        .with("service", name_of(service))
        .with("day", Arg::Day(day))
}

/// The passport can be collected.
#[must_use]
pub fn ready(number: &ApplicationNumber, office: OfficeId, last_day: Date) -> Reply {
    passport(NOTICE_READY, number, office, last_day)
}

/// The passport still lies there.
#[must_use]
pub fn ready_still(number: &ApplicationNumber, office: OfficeId, last_day: Date, left: i32) -> Reply {
    passport(NOTICE_READY_STILL, number, office, last_day).with("left", Arg::Number(i64::from(left)))
}

/// An application moved on, told with what a bare number shows.
#[must_use]
pub fn moved(number: &ApplicationNumber, office: OfficeId, stage: Stage) -> Reply {
    NOTICE_MOVED
        .say(Choices::None)
        .with("number", Arg::ApplicationNumber(number.clone()))
        .with("office", Arg::Office(office))
        .with("stage", Arg::Stage(stage))
        .with("meaning", meaning(stage))
}

fn passport(spec: &'static MessageSpec, number: &ApplicationNumber, office: OfficeId, last_day: Date) -> Reply {
    spec.say(Choices::None)
        .with("number", Arg::ApplicationNumber(number.clone()))
        .with("office", Arg::Office(office))
        .with("last_day", Arg::Day(last_day))
}

/// The turn in the hall is near. Without times while nobody can know them.
#[must_use]
pub fn near(label: TicketLabel, ahead: u32, times: Option<(Time, Time)>, url: &str) -> Reply {
    let (from, to) = times.map_or((Arg::Empty, Arg::Empty), |(from, to)| (Arg::Hour(from), Arg::Clock(to)));
    NOTICE_NEAR
        .say(Choices::None)
        .with("number", Arg::Text(label.to_string()))
        .with("ahead", Arg::Number(i64::from(ahead)))
        .with("from", from)
        .with("to", to)
        .with("url", Arg::Text(url.to_owned()))
}

/// An officer wants another photo of a paper, and the window is closed. Why is told after the button: an officer's own words go through
/// no template.
#[must_use]
pub fn photo_again(view: &IntakeView, office: OfficeId, paper: &str) -> Reply {
    let first_name = view.visitor.name.split_whitespace().next().unwrap_or_default();
    NOTICE_PHOTO_AGAIN
        .say(intake::about_paper(view, paper))
        .with("name", Arg::Text(first_name.to_owned()))
        .with("service", name_of(&view.service))
        .with("office", Arg::Office(office))
        .with("day", Arg::Day(view.day))
        .with("paper", Arg::Key(format!("intake_paper.{paper}")))
}

/// Called to a counter.
#[must_use]
pub fn called(label: TicketLabel, counter: CounterName) -> Reply {
    NOTICE_CALLED
        .say(Choices::None)
        .with("number", Arg::Text(label.to_string()))
        .with("counter", Arg::Number(i64::from(counter.number())))
}

fn about(spec: &'static MessageSpec, view: &BookingView, buttons: Vec<Choice>) -> Reply {
    let reply = spec
        .say(Choices::About {
            value: view.id.to_string(),
            buttons,
        })
        .with("service", name_of(&view.service))
        .with("office", Arg::Office(view.office));
    with_time(reply, view)
}
