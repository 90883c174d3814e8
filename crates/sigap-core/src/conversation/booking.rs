//! Booking a visit: service, people, day, hour, one summary, yes. Here the way from step to step; each step in its file.

use sigap_understand::values::{Consent, read_values};

use super::booking_days;
use super::booking_hold;
use super::booking_mine;
use super::booking_people;
use super::booking_release;
use super::choice::*;
use super::dialogue::Question;
use super::hearing::Heard;
use super::menu;
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Pick, Reply};
use super::state::{BookingStep, Draft, Place};
use super::turn::{Thought, Turn};
use super::wanted;
use crate::booking::{ApprovalCode, BookingView, Service, Visitor};
use crate::ids::BookingId;
use crate::message::FormName;

/// Whether this office gives places by itself.
pub(super) fn is_given_here(turn: &Turn<'_>) -> bool {
    !turn.world.office.services.is_empty()
}

/// The service of that id at this office.
pub(super) fn service<'a>(turn: &Turn<'a>, id: &str) -> Option<&'a Service> {
    turn.world.office.services.iter().find(|service| service.id == id)
}

/// The name of a service.
pub(super) fn name_of(service: &str) -> Arg {
    Arg::Key(format!("service.{service}"))
}

/// Which service, or all of it in a form. With only one service there is nothing to choose.
pub(super) fn enter(turn: &mut Turn<'_>) -> Thought {
    let services = &turn.world.office.services;
    let draft = Draft {
        wanted: std::mem::take(&mut turn.wanted),
        people: turn.visitor.take().into_iter().collect(),
        named: std::mem::take(&mut turn.named),
        ..Draft::default()
    };
    if let [only] = services.as_slice() {
        let is_begun = !draft.people.is_empty();
        let reply = booking_people::begin(turn, only, draft.for_service(&only.id))?;
        return Ok(if is_begun {
            reply
        } else {
            reply.or_form(FormName::Booking)
        });
    }
    let noted = draft.wanted.told(&draft.named);
    wait(turn, BookingStep::Service, draft);
    let rows = services
        .iter()
        .map(|service| Pick {
            choice: BOOKING_SERVICE,
            value: service.id.clone(),
            title: name_of(&service.id),
            description: Arg::Key(format!("service.{}.description", service.id)),
        })
        .collect();
    let booking = &turn.world.catalogue.booking;
    Ok(BOOKING_SERVICES
        .say(Choices::Picks {
            button: "choose",
            rows,
            also: vec![BOOKING_MINE, QUEUE, MENU],
        })
        .with("noted", noted)
        .with("app", Arg::Text(booking.name.clone()))
        .or_form(FormName::Booking))
}

/// A choice of this topic, with what it is about; `left` is where the dialogue stood.
pub(super) fn go_on(turn: &mut Turn<'_>, choice: Choice, left: Place) -> Thought {
    let value = turn.value.clone().unwrap_or_default();
    let draft = match &left {
        Place::Booking { draft, .. } => Some(draft.clone()),
        _ => None,
    };
    match choice {
        BOOKING_MINE => booking_mine::enter(turn),
        BOOKING_SERVICE => match service(turn, &value) {
            Some(service) => {
                // What was said before the service was asked for; of a booking that was under way nothing is kept.
                let said = draft.filter(|draft| draft.service.is_empty()).unwrap_or_default();
                booking_people::begin(turn, service, said.for_service(&service.id))
            }
            None => enter(turn),
        },
        BOOKING_SHOW => booking_mine::show(turn, id_of(&value)),
        BOOKING_CHANGE => booking_mine::change(turn, id_of(&value)),
        BOOKING_CANCEL => booking_mine::ask_cancel(turn, id_of(&value)),
        BOOKING_CANCEL_YES => booking_mine::cancel(turn, id_of(&value)),
        BOOKING_CONFIRM | BOOKING_ACCEPT => booking_hold::confirm(turn, id_of(&value), draft),
        _ => match draft.and_then(|draft| Some((service(turn, &draft.service)?, draft))) {
            Some((service, draft)) => with_draft(turn, choice, &value, service, draft),
            // A button of a booking that is no longer under way: it begins anew.
            None => enter(turn),
        },
    }
}

fn with_draft(turn: &mut Turn<'_>, choice: Choice, value: &str, service: &Service, draft: Draft) -> Thought {
    let date = || value.parse().ok();
    match choice {
        BOOKING_PEOPLE => Ok(booking_people::ask(turn, service, draft)),
        BOOKING_PARENT => booking_days::begin(turn, service, draft),
        BOOKING_DAYS => booking_days::ask(turn, service, draft, date()),
        BOOKING_DAY => match date() {
            Some(day) => booking_days::picked(turn, service, draft, day),
            None => booking_days::ask(turn, service, draft, None),
        },
        BOOKING_HOURS | BOOKING_HOUR => match value.parse() {
            Ok(at) if choice == BOOKING_HOUR => booking_hold::hold(turn, service, draft, at),
            Ok(at) => booking_days::hours_from(turn, service, draft, at),
            Err(_) => booking_days::ask(turn, service, draft, None),
        },
        BOOKING_ENTER | BOOKING_WAIT => match date() {
            Some(day) => booking_release::enter_opening(turn, service, draft, day),
            None => booking_days::ask(turn, service, draft, None),
        },
        BOOKING_ROOM => match date() {
            Some(day) => booking_release::room(turn, service, draft, day),
            None => booking_days::ask(turn, service, draft, None),
        },
        _ => Ok(menu::stale(turn)),
    }
}

/// What is typed while a step waits; `None` when the step cannot use it.
pub(super) fn hear(turn: &mut Turn<'_>, heard: &Heard<'_>, step: BookingStep, draft: Draft) -> Option<Thought> {
    // Some approval codes could be read as days.
    if step == BookingStep::Check && is_approval(turn, heard.raw) {
        return Some(approve(turn, heard.raw));
    }
    // *Ya, tapi jam 10* is no yes to what was summed up.
    let says_when = {
        let wanted = wanted::read(heard.raw, turn.local_now());
        wanted.days.is_some() || wanted.hours.is_some()
    };
    match read_values(heard.raw).consent.filter(|_| !says_when) {
        Some(Consent::Yes) => {
            if let Some((choice, value)) = offered_yes(turn) {
                turn.value = value;
                let left = Place::Booking { step, draft };
                turn.state.place = Place::Open;
                return Some(go_on(turn, choice, left));
            }
            if step == BookingStep::Check {
                // A yes to a form: the form again.
                return Some(booking_mine::enter(turn));
            }
        }
        Some(Consent::No) if step == BookingStep::Check => {
            if let Some(id) = draft.hold {
                return Some(Ok(booking_hold::not_yet(turn, draft, id)));
            }
        }
        _ => {}
    }
    let service = service(turn, &draft.service)?;
    match step {
        BookingStep::People => booking_people::hear(turn, heard, service, draft),
        BookingStep::Day => booking_days::hear_day(turn, heard, service, draft),
        BookingStep::Hour => booking_days::hear_hour(turn, heard, service, draft),
        BookingStep::Check if says_when && draft.hold.is_some() => booking_days::hear_hour(turn, heard, service, draft),
        BookingStep::Service | BookingStep::Parent | BookingStep::Check => None,
    }
}

/// The hold that waits for a yes, if one does.
pub(super) fn held(place: &Place) -> Option<BookingId> {
    match place {
        Place::Booking {
            step: BookingStep::Check,
            draft,
        } => draft.hold,
        _ => None,
    }
}

/// What a yes says yes to, among what was offered.
fn offered_yes(turn: &Turn<'_>) -> Option<(Choice, Option<String>)> {
    let offered = &turn.state.offered;
    [BOOKING_CONFIRM, BOOKING_PARENT, BOOKING_ENTER, BOOKING_WAIT]
        .into_iter()
        .find(|choice| offered.contains(*choice))
        .map(|choice| (choice, offered.value_of(choice).map(str::to_owned)))
}

/// Whether eight digits can be the approval code of a hold.
pub(super) fn is_approval(turn: &Turn<'_>, text: &str) -> bool {
    is_given_here(turn) && ApprovalCode::parse(text).is_some()
}

/// The approval code of the dialogue of 2017.
pub(super) fn approve(turn: &mut Turn<'_>, text: &str) -> Thought {
    match ApprovalCode::parse(text) {
        Some(code) => {
            let answer = turn.ask(|| Question::ApproveBooking { code })?;
            booking_hold::confirmed(turn, answer, None)
        }
        None => Ok(menu::stale(turn)),
    }
}

/// From here on this step is waited for.
pub(super) fn wait(turn: &mut Turn<'_>, step: BookingStep, draft: Draft) {
    turn.wait_for(Place::Booking { step, draft });
}

/// The people of a booking, a line each.
pub(super) fn people(people: &[Visitor]) -> Arg {
    Arg::Lines(people.iter().map(|visitor| Arg::Text(visitor.name.clone())).collect())
}

/// Day and hour of a booking as arguments.
pub(super) fn with_time(reply: Reply, view: &BookingView) -> Reply {
    let reply = reply.with("day", Arg::Day(view.day));
    match view.at {
        Some(at) => reply.with("time", Arg::Clock(at.time())),
        None => reply,
    }
}

fn id_of(value: &str) -> BookingId {
    // Buttons are signed, so a number that cannot be read is of no booking.
    BookingId(value.parse().unwrap_or_default())
}

impl Draft {
    /// A new booking of a service.
    #[must_use]
    pub fn of(service: &str) -> Self {
        Self {
            service: service.to_owned(),
            ..Self::default()
        }
    }

    /// The same, for a service.
    fn for_service(self, service: &str) -> Self {
        Self {
            service: service.to_owned(),
            ..self
        }
    }

    /// How many come, at least one.
    #[must_use]
    pub fn places(&self) -> u8 {
        u8::try_from(self.people.len()).unwrap_or(u8::MAX).max(1)
    }
}
