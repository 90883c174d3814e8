//! Notices: what people are told without having asked. Free within 24 hours of their last message, by an approved template
//! later; not at night, not to somebody who asked for none, not more than the office decided, and never without need.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use sigap_content::notices::notice_of;
use sigap_core::booking::BookingView;
use sigap_core::calendar::local_date;
use sigap_core::conversation::notice;
use sigap_core::conversation::reply::Reply;
use sigap_core::ids::{BookingId, CounterName, IntakeId, OutboxId, PersonId};
use sigap_core::intake::{IntakeView, PaperState};
use sigap_core::language::Language;
use sigap_core::limits::HELD_PER_STEP_MAX;
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::notices::template::Filled;
use sigap_core::notices::{Course, Occasion, Outcome, Rules, course};
use sigap_core::queue::TicketLabel;
use sigap_core::queue::band::Band;
use sigap_core::queue::outlook::told_times;
use sigap_store::records::{
    BookingRow, GuessKind, HeldContent, HeldNotice, HeldTemplate, Job, JobKind, OutboxRow, OutboxState,
};
use sigap_store::{Fault, Tx};

use crate::booking_parts::{language_of, later, start_of};
use crate::context::Context;
use crate::notice_parts::{count, money, plan_of, rules};
use crate::owe_reply::{owe_reply, window_until};
use crate::view_application::day_number;

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
/// A notice that could not be sent for so long is news no more; counted from the morning when it waited for it.
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
    let worth_until = match &told {
        // *Tomorrow* is said today.
        Notice::Reminder(_) => Some(end_of_today(ctx)),
        Notice::Offered(view) => view.until,
        _ => None,
    };
    let to = To {
        person: row.person,
        number: &row.content.number,
    };
    let about = Some((row.id, row.state.name().to_owned()));
    owe(
        tx,
        ctx,
        to,
        &reply,
        About {
            worth_until,
            booking: about,
            ..About::default()
        },
    )
    .map(|_| ())
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
    let (reply, worth) = match told {
        HallNotice::Near {
            label,
            ahead,
            band,
            url,
        } => {
            let times = band.map(|band| told_times(ctx.office, band, ctx.now));
            (notice::near(label, ahead, times, &url), WORTH_NEAR)
        }
        HallNotice::Served { url, token } => (notice::survey(&url, &token), WORTH_SURVEY),
        HallNotice::Called { label, counter } => (notice::called(label, counter), WORTH_CALLED),
    };
    let about = About {
        worth_until: Some(later(ctx.now, worth)),
        is_news: true,
        ..About::default()
    };
    owe(tx, ctx, To { person, number }, &reply, about).map(|_| ())
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
    owe(tx, ctx, To { person, number }, reply, About::default()).map(|_| ())
}

/// Tells the owner of a booking that another photo of a paper is wanted, when that does not reach them for nothing: by the rules of all
/// notices. What became of it; `None` when it waits for the morning.
///
/// # Errors
/// Storage faults only.
pub(crate) fn owe_photo_again(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    row: &BookingRow,
    number: &str,
    view: &IntakeView,
    paper: (IntakeId, &str),
) -> Result<Option<Outcome>, Fault> {
    let about = About {
        // Who stands at the counter brings the paper itself.
        worth_until: Some(visit_of(ctx, row)),
        booking: Some((row.id, row.state.name().to_owned())),
        paper: Some((paper.0, paper.1.to_owned())),
        is_news: false,
    };
    let person = row.person;
    let reply = notice::photo_again(view, ctx.office.id, paper.1);
    owe(tx, ctx, To { person, number }, &reply, about)
}

/// When a visit begins; without an hour, the end of its day.
fn visit_of(ctx: &Context<'_>, row: &BookingRow) -> Timestamp {
    let next_day = row.day.tomorrow().unwrap_or(row.day);
    row.starts_at
        .unwrap_or_else(|| start_of(ctx, next_day.to_datetime(jiff::civil::Time::midnight())))
}

/// Asks somebody whose window is closed to write, by a paid template; also those who want no notices: they asked the office something.
/// What became of it.
///
/// # Errors
/// Storage faults only.
pub(crate) fn owe_invitation(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    reply: &Reply,
) -> Result<Outcome, Fault> {
    let Some(said) = said(tx, ctx, To { person, number }, reply, &About::default())? else {
        return Ok(Outcome::NoTemplate);
    };
    let plan = plan_of(tx, ctx)?.plan;
    let outcome = pay(tx, ctx, rules(ctx, &plan), &said, Asked::ByOfficer)?;
    count(tx, ctx, &said.content.notice, outcome)?;
    Ok(outcome)
}

/// Sends what waited for the morning.
///
/// # Errors
/// Storage faults only.
pub(crate) fn send_held(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<(), Fault> {
    let held = tx.take_held_notices(ctx.office.id, ctx.now, HELD_PER_STEP_MAX)?;
    let has_more = held.len() == HELD_PER_STEP_MAX;
    for HeldNotice { person, content, .. } in held {
        if is_over(tx, ctx, &content)? {
            count(tx, ctx, &content.notice, Outcome::Late)?;
            continue;
        }
        let said = SaidNotice {
            person,
            content,
            is_news: true,
        };
        send(tx, ctx, &said)?;
    }
    if has_more {
        schedule_held(tx, ctx, ctx.now)?;
    }
    Ok(())
}

/// Whether a held notice is not true any more: its booking went on meanwhile, or the photo came.
fn is_over(tx: &mut dyn Tx, ctx: &Context<'_>, content: &HeldContent) -> Result<bool, Fault> {
    if let Some((intake, paper)) = &content.paper {
        let row = tx.find_intake(ctx.office.id, *intake)?;
        let state = row.and_then(|row| row.content.paper(paper).map(|known| known.state));
        if state != Some(PaperState::Again) {
            return Ok(true);
        }
    }
    let Some((booking, state)) = &content.booking else {
        return Ok(false);
    };
    let row = tx.find_booking(ctx.office.id, *booking)?;
    Ok(row.is_none_or(|row| row.state.name() != state))
}

/// Whom to tell, from which of our numbers.
#[derive(Clone, Copy)]
struct To<'a> {
    person: PersonId,
    number: &'a str,
}

/// How long a notice is worth telling, and what it is about.
#[derive(Default)]
struct About {
    worth_until: Option<Timestamp>,
    booking: Option<(BookingId, String)>,
    paper: Option<(IntakeId, String)>,
    /// It goes out by itself: an answer merged into it would end with it.
    is_news: bool,
}

/// A notice in words.
struct SaidNotice {
    person: PersonId,
    content: HeldContent,
    is_news: bool,
}

/// Who wants it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Nobody.
    ByNobody,
    /// An officer, who sees what it costs.
    ByOfficer,
}

fn owe(tx: &mut dyn Tx, ctx: &Context<'_>, to: To<'_>, reply: &Reply, about: About) -> Result<Option<Outcome>, Fault> {
    match said(tx, ctx, to, reply, &about)? {
        Some(said) => send(tx, ctx, &said),
        None => Ok(None),
    }
}

/// Puts a notice into words; `None` for somebody who was booked at the desk without a phone: the ticket on paper says it all.
fn said(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    to: To<'_>,
    reply: &Reply,
    about: &About,
) -> Result<Option<SaidNotice>, Fault> {
    if to.number.is_empty() {
        return Ok(None);
    }
    let language = language_of(tx.find_conversation(ctx.office.id, to.person)?.as_ref());
    let plan = plan_of(tx, ctx)?.plan;
    let by_day = rules(ctx, &plan).by_day(&ctx.office.zone, ctx.now);
    let templates = Language::OF_TEMPLATES.map(|language| HeldTemplate {
        language,
        values: ctx.content.named_values(ctx.office, language, reply),
        body: ctx.content.render(ctx.office, language, reply).body,
    });
    Ok(Some(SaidNotice {
        person: to.person,
        content: HeldContent {
            notice: notice_of(reply.key).unwrap_or_default().to_owned(),
            number: to.number.to_owned(),
            language,
            message: ctx.content.render(ctx.office, language, reply),
            templates: templates.into(),
            worth_until: about.worth_until.unwrap_or_else(|| later(by_day, WORTH)),
            booking: about.booking.clone(),
            paper: about.paper.clone(),
        },
        is_news: about.is_news,
    }))
}

/// Sends a notice on its cheapest course, or keeps it for the morning; what became of it, when that is known now.
fn send(tx: &mut dyn Tx, ctx: &Context<'_>, said: &SaidNotice) -> Result<Option<Outcome>, Fault> {
    let (office, content) = (ctx.office.id, &said.content);
    let plan = plan_of(tx, ctx)?.plan;
    let rules = rules(ctx, &plan);
    let known = tx.find_conversation(office, said.person)?;
    let occasion = Occasion {
        now: ctx.now,
        by_day: rules.by_day(&ctx.office.zone, ctx.now),
        worth_until: content.worth_until,
        free_until: known
            .as_ref()
            .map(|known| later(window_until(known.last_inbound_at), -WINDOW_MARGIN)),
        is_stopped: tx.has_opted_out(office, said.person)?,
    };
    let outcome = match course(rules, &content.notice, &occasion) {
        Course::Hold(due_at) => {
            let held = HeldNotice {
                id: ctx.new_id(),
                due_at,
                person: said.person,
                content: content.clone(),
            };
            tx.insert_held_notice(office, &held)?;
            schedule_held(tx, ctx, due_at)?;
            return Ok(None);
        }
        Course::Free => {
            let (message, number) = (content.message.clone(), &content.number);
            match known {
                Some(known) if !said.is_news => {
                    owe_reply(tx, ctx, said.person, number, known.last_inbound_at, message)?;
                }
                known => {
                    let free_until = known.map_or(ctx.now, |known| window_until(known.last_inbound_at));
                    insert(tx, ctx, said, message, content.worth_until.min(free_until))?;
                }
            }
            Outcome::Free
        }
        Course::ByTemplate => pay(tx, ctx, rules, said, Asked::ByNobody)?,
        Course::Drop(outcome) => outcome,
    };
    count(tx, ctx, &content.notice, outcome)?;
    Ok(Some(outcome))
}

/// Owes a notice by template when one is approved, the person did not get too many, and there is money.
fn pay(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    rules: Rules<'_>,
    said: &SaidNotice,
    asked: Asked,
) -> Result<Outcome, Fault> {
    let (office, notice) = (ctx.office.id, &said.content.notice);
    let Some((template, filled)) = find_filled(tx, ctx, said)? else {
        return Ok(Outcome::NoTemplate);
    };
    let today = local_date(ctx.office, ctx.now);
    let (subject, day) = (said.person.to_string(), day_number(today));
    let (day_max, month_max) = rules.person_max();
    if asked == Asked::ByNobody {
        let (_, of_day) = tx.sum_guesses(office, GuessKind::Notice, &subject, day)?;
        let first = day_number(today.first_of_month());
        let (_, of_month) = tx.sum_guesses(office, GuessKind::Notice, &subject, first)?;
        if of_day >= day_max || of_month >= month_max {
            return Ok(Outcome::PersonMax);
        }
    }
    if !rules.is_important(notice) && !money(tx, ctx, rules)?.has_one_more() {
        return Ok(Outcome::Budget);
    }
    tx.count_guess(office, GuessKind::Notice, &subject, notice, day)?;
    let message = OutboundMessage {
        form: Form::Template {
            name: template_name(notice),
            language: template.language.code().to_owned(),
            values: filled.values,
            choices: filled.choices,
        },
        body: template.body.clone(),
        fill: None,
    };
    insert(tx, ctx, said, message, said.content.worth_until)?;
    Ok(Outcome::Paid)
}

/// The template of a notice that may be sent: in the language of the reader, else in the other one.
fn find_filled<'a>(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    said: &'a SaidNotice,
) -> Result<Option<(&'a HeldTemplate, Filled)>, Fault> {
    let content = &said.content;
    let Some(account) = ctx.accounts.of_number(&content.number) else {
        return Ok(None);
    };
    let wanted = content.language.of_template();
    let mut templates: Vec<&HeldTemplate> = content.templates.iter().collect();
    templates.sort_by_key(|template| template.language != wanted);
    let (name, choices) = (template_name(&content.notice), content.message.form.choices());
    for template in templates {
        let row = tx.find_template(ctx.office.id, account, &name, template.language.code())?;
        if let Some(filled) = row.and_then(|row| row.facts.fill(&template.values, &choices)) {
            return Ok(Some((template, filled)));
        }
    }
    Ok(None)
}

fn insert(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    said: &SaidNotice,
    message: OutboundMessage,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    tx.insert_owed(
        ctx.office.id,
        &OutboxRow {
            id: OutboxId(ctx.new_id()),
            person: said.person,
            number: said.content.number.clone(),
            state: OutboxState::Queued,
            attempts: 0,
            created_at: ctx.now,
            expires_at,
            message,
        },
    )
}

fn schedule_held(tx: &mut dyn Tx, ctx: &Context<'_>, due_at: Timestamp) -> Result<(), Fault> {
    let job = Job {
        due_at,
        kind: JobKind::Notices,
        subject: String::new(),
    };
    tx.schedule(ctx.office.id, &job)
}

fn end_of_today(ctx: &Context<'_>) -> Timestamp {
    let today = local_date(ctx.office, ctx.now);
    let tomorrow: DateTime = today.tomorrow().unwrap_or(today).into();
    start_of(ctx, tomorrow)
}

/// The name under which a notice is submitted to Meta.
#[must_use]
pub fn template_name(notice: &str) -> String {
    format!("notice_{notice}")
}

/// The notice of a template's name.
#[must_use]
pub fn notice_of_template(name: &str) -> Option<&str> {
    name.strip_prefix("notice_")
}
