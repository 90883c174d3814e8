//! Notices: what people are told without having asked. Free within 24 hours of their last message, by an approved template
//! later, never to somebody who asked for none, and never without need.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sigap_core::booking::BookingView;
use sigap_core::conversation::notice;
use sigap_core::conversation::reply::Reply;
use sigap_core::ids::{CounterName, OutboxId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::queue::TicketLabel;
use sigap_core::queue::band::Band;
use sigap_core::queue::outlook::told_times;
use sigap_store::records::{BookingRow, OutboxRow, OutboxState};
use sigap_store::{Fault, Tx};

use crate::booking_parts::language_of;
use crate::context::Context;
use crate::owe_reply::{owe_reply, window_until};

/// A notice about a booking.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The form was sent: the place is booked.
    Booked(BookingView),
    /// The form was sent: the entry stands.
    Entered(BookingView),
    /// On the waiting list.
    Waiting(BookingView),
    /// The visit is tomorrow.
    Reminder(BookingView),
    /// A place is offered until a time.
    Offered(BookingView),
    /// The draw gave no place; the entry waits on.
    NotDrawn(BookingView),
    /// The offer got no answer.
    Lapsed(BookingView),
    /// Nobody came.
    Missed(BookingView),
}

/// Less than this before the window closes, the template is safer: a message may wait for its turn.
const WINDOW_MARGIN: SignedDuration = SignedDuration::from_mins(10);
/// A notice that could not be sent for so long is news no more.
const WORTH: SignedDuration = SignedDuration::from_hours(12);

/// Owes a notice to the owner of a booking.
///
/// # Errors
/// Storage faults only.
pub fn owe_notice(tx: &mut dyn Tx, ctx: &Context<'_>, row: &BookingRow, told: Notice) -> Result<(), Fault> {
    let reply = match &told {
        Notice::Booked(view) => notice::booked(view),
        Notice::Entered(view) => notice::entered(view),
        Notice::Waiting(view) => notice::waiting(view),
        Notice::Reminder(view) => notice::reminder(view),
        Notice::Offered(view) => notice::offered(view),
        Notice::NotDrawn(view) => notice::not_drawn(view),
        Notice::Lapsed(view) => notice::lapsed(view),
        Notice::Missed(view) => notice::missed(view),
    };
    owe_notice_to(tx, ctx, row.person, &row.content.number, &reply)
}

/// Tells somebody in the waiting room that it is their turn. A room is open for minutes: who wrote to get in wrote just now,
/// so no template is ever needed.
///
/// # Errors
/// Storage faults only.
pub(crate) fn owe_room_turn(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    service: &str,
    day: Date,
) -> Result<(), Fault> {
    owe_notice_to(tx, ctx, person, number, &notice::room_turn(service, day))
}

/// A notice about a number in the hall.
#[derive(Debug, Clone, PartialEq)]
pub enum HallNotice {
    /// The turn is near.
    Near {
        /// The number.
        label: TicketLabel,
        /// People before.
        ahead: u32,
        /// How long it still takes.
        band: Option<Band>,
        /// The page of the number.
        url: String,
    },
    /// Served: how was it?
    Served {
        /// The page of the survey.
        url: String,
        /// The visit, by the secret of that address.
        token: String,
    },
    /// Called to a counter.
    Called {
        /// The number.
        label: TicketLabel,
        /// Where to.
        counter: CounterName,
    },
}

/// How long it is worth to tell somebody that the turn is near.
const WORTH_NEAR: SignedDuration = SignedDuration::from_mins(30);
/// How long it is worth to ask how a visit was.
const WORTH_SURVEY: SignedDuration = SignedDuration::from_hours(6);
/// How long it is worth to tell where somebody was called to.
const WORTH_CALLED: SignedDuration = SignedDuration::from_mins(5);

/// Owes a notice about the hall. A call is heard in the hall: it is told by message only when that costs nothing, and neither is
/// told when the line was down for so long that it is no more true.
///
/// # Errors
/// Storage faults only.
pub(crate) fn owe_hall_notice(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    told: HallNotice,
) -> Result<(), Fault> {
    if number.is_empty() {
        return Ok(());
    }
    match told {
        HallNotice::Near {
            label,
            ahead,
            band,
            url,
        } => {
            let times = band.map(|band| told_times(ctx.office, band, ctx.now));
            let reply = notice::near(label, ahead, times, &url);
            owe_news(tx, ctx, person, number, &reply, WORTH_NEAR, true)
        }
        HallNotice::Served { url, token } => {
            let reply = notice::survey(&url, &token);
            owe_news(tx, ctx, person, number, &reply, WORTH_SURVEY, false)
        }
        HallNotice::Called { label, counter } => {
            let reply = notice::called(label, counter);
            owe_news(tx, ctx, person, number, &reply, WORTH_CALLED, false)
        }
    }
}

/// Owes a notice to a person, from one of our numbers.
///
/// # Errors
/// Storage faults only.
pub(crate) fn owe_notice_to(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    reply: &Reply,
) -> Result<(), Fault> {
    // Booked at the desk without a phone: the ticket on paper says it all.
    if number.is_empty() {
        return Ok(());
    }
    let office = ctx.office.id;
    let known = tx.find_conversation(office, person)?;
    let language = language_of(known.as_ref());
    if let Some(known) = known
        && window_until(known.last_inbound_at) > later(ctx.now, WINDOW_MARGIN)
    {
        let words = ctx.content.render(ctx.office, language, reply);
        owe_reply(tx, ctx, person, number, known.last_inbound_at, words)?;
        return Ok(());
    }
    if tx.has_opted_out(office, person)? {
        return Ok(());
    }
    owe_template(tx, ctx, person, number, language, reply, WORTH)
}

/// Asks somebody whose window is closed to write, by a paid template; also those who want no notices: they asked the office something.
///
/// # Errors
/// Storage faults only.
pub(crate) fn owe_invitation(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    reply: &Reply,
) -> Result<(), Fault> {
    let language = language_of(tx.find_conversation(ctx.office.id, person)?.as_ref());
    owe_template(tx, ctx, person, number, language, reply, WORTH)
}

/// Owes a notice that is news for minutes. It goes out by itself: an answer merged into it would end with it.
fn owe_news(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    reply: &Reply,
    worth: SignedDuration,
    may_cost: bool,
) -> Result<(), Fault> {
    let office = ctx.office.id;
    let known = tx.find_conversation(office, person)?;
    let language = language_of(known.as_ref());
    if let Some(known) = known
        && window_until(known.last_inbound_at) > later(ctx.now, WINDOW_MARGIN)
    {
        let words = ctx.content.render(ctx.office, language, reply);
        return insert(tx, ctx, person, number, words, worth);
    }
    if !may_cost || tx.has_opted_out(office, person)? {
        return Ok(());
    }
    owe_template(tx, ctx, person, number, language, reply, worth)
}

fn owe_template(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    language: Language,
    reply: &Reply,
    worth: SignedDuration,
) -> Result<(), Fault> {
    let language = language.of_template();
    let words = ctx.content.render(ctx.office, language, reply);
    let message = OutboundMessage {
        form: Form::Template {
            name: template_name(reply.key),
            language: language.code().to_owned(),
            values: ctx.content.values(ctx.office, language, reply),
            choices: words.form.choices(),
        },
        body: words.body,
    };
    insert(tx, ctx, person, number, message, worth)
}

fn insert(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    message: OutboundMessage,
    worth: SignedDuration,
) -> Result<(), Fault> {
    tx.insert_owed(
        ctx.office.id,
        &OutboxRow {
            id: OutboxId(ctx.new_id()),
            person,
            number: number.to_owned(),
            state: OutboxState::Queued,
            attempts: 0,
            created_at: ctx.now,
            expires_at: later(ctx.now, worth),
            message,
        },
    )
}

/// The name under which a notice is submitted to Meta.
#[must_use]
pub fn template_name(key: &str) -> String {
    key.replace('.', "_")
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}
