//! Each notice as it might be said to somebody made up: for previews, and for the examples that Meta wants with a template.

use jiff::civil::{DateTime, Time};

use super::*;
use crate::booking::{BookingCode, BookingState, Visitor};
use crate::conversation::talk;
use crate::ids::BookingId;
use crate::intake::Intake;
use crate::office::Office;

/// A passport is collected within so many days in the sample.
const DAYS_LEFT: i32 = 5;

/// The notice of that name, about a visit at `at`; `base` is the address of our pages. `None` when there is no such notice.
#[must_use]
pub fn sample(id: &str, office: &Office, at: DateTime, base: &str) -> Option<Reply> {
    let day = at.date();
    let url = |page: &str| format!("{base}/o/{}/{page}/CONTOH", office.slug);
    let service = office.services.first();
    let view = BookingView {
        id: BookingId(1234),
        office: office.id,
        code: BookingCode::from_random([7; 16]),
        service: service.map_or_else(|| String::from("simpatik"), |service| service.id.clone()),
        day,
        at: Some(at),
        people: vec![Visitor {
            name: "Ani Contoh".into(),
            born_on: day,
        }],
        state: BookingState::Booked,
        until: office.zone.to_timestamp(at).ok(),
        moves: 0,
        url: Some(url("t")),
        needs_nik: false,
        approval: None,
    };
    let number = ApplicationNumber::parse("1179000000123456")?;
    let label = TicketLabel {
        letter: 'A',
        number: 12,
    };
    let soon = |minutes| at.time().saturating_add(jiff::SignedDuration::from_mins(minutes));
    let times: (Time, Time) = (soon(20), soon(50));
    Some(match id {
        "booked" => booked(&view),
        "entered" => entered(&view),
        "waiting" => waiting(&view),
        "reminder" => reminder(&view),
        "offered" => offered(&view),
        "not_drawn" => not_drawn(&view),
        "lapsed" => lapsed(&view),
        "missed" => missed(&view),
        "room_turn" => room_turn(&view.service, day),
        "near" => near(label, 3, Some(times), &url("q")),
        "called" => called(label, CounterName::new(4)?),
        "survey" => survey(&url("s"), "s"),
        "ready" => ready(&number, office.id, day),
        "ready_still" => ready_still(&number, office.id, day, DAYS_LEFT),
        "moved" => moved(&number, office.id, Stage::Printing),
        "photo_again" => {
            let sample = IntakeView {
                booking: view.id,
                place: 0,
                visitor: view.people.first()?.clone(),
                service: view.service.clone(),
                day,
                intake: Intake::default(),
            };
            photo_again(&sample, office.id, "ktp")
        }
        "officer_waits" => talk::waits("S-2611-0001", office),
        _ => return None,
    })
}
