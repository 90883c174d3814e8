//! How far an application is. A bare number shows stage and office; the birth date adds dates and the next step; name
//! and billing code appear only where the store of proofs hands them over, which it does for a bound phone.
//!
//! Unknown number, wrong proof and used-up tries look exactly the same.

use jiff::civil::Date;

use crate::application::{ApplicationView, BareView, Dates, PersonalView, Stage};
use crate::ids::ApplicationNumber;

use super::birth_date;
use super::choice::*;
use super::dialogue::{Answer, Effect, Question};
use super::digits::{self, Digits};
use super::follow;
use super::hearing::Heard;
use super::messages::*;
use super::reply::{Arg, Choices, Reply};
use super::state::Place;
use super::turn::{Thought, Turn};

/// Fewer digits than this alone are no attempt at an application number.
const NUMBER_DIGITS_MIN: usize = 5;
/// Digits of a SIMPONI billing code (`catalog`, number.billing).
pub(super) const BILLING_DIGITS: usize = 15;

/// A bound phone sees its application at once; everybody else is asked for a number.
pub(super) fn enter(turn: &mut Turn<'_>) -> Thought {
    match turn.ask(|| Question::ViewBound)? {
        Answer::Bound(Some((number, view))) if *view != ApplicationView::NotShown => show(turn, number, view),
        _ => Ok(ask_number(turn)),
    }
}

pub(super) fn ask_number(turn: &mut Turn<'_>) -> Reply {
    turn.wait_for(Place::StatusNumber);
    STATUS_ASK_NUMBER.say(Choices::Buttons(vec![BIND, MENU]))
}

/// After the bare status: the second proof, for the number just seen.
pub(super) fn ask_birth(turn: &mut Turn<'_>, left: Place) -> Reply {
    let Place::StatusBirth { number } = left else {
        return ask_number(turn);
    };
    turn.wait_for(Place::StatusBirth { number: number.clone() });
    STATUS_ASK_BIRTH
        .say(Choices::Buttons(vec![STATUS_OTHER, MENU]))
        .with("number", Arg::ApplicationNumber(number))
}

/// Digits typed where a number is waited for. Sixteen of them are read by the general rule.
pub(super) fn hear_number(turn: &mut Turn<'_>, heard: &Heard<'_>) -> Option<Thought> {
    match digits::read(heard.raw) {
        Digits::Other(count) if heard.words.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ') => {
            Some(Ok(wrong_length(turn, count)))
        }
        _ => None,
    }
}

/// The birth date for the number seen before. Other words lead elsewhere.
pub(super) fn hear_birth(turn: &mut Turn<'_>, heard: &Heard<'_>, number: ApplicationNumber) -> Option<Thought> {
    if matches!(digits::read(heard.raw), Digits::Sixteen(..)) {
        return None;
    }
    if let Some(born_on) = birth_date::read(heard.raw, turn.today()) {
        return Some(look_up(turn, number, Some(born_on)));
    }
    heard
        .raw
        .bytes()
        .any(|byte| byte.is_ascii_digit())
        .then(|| Ok(STATUS_BIRTH_UNREADABLE.say(Choices::Buttons(vec![STATUS_OTHER, MENU]))))
}

/// Shows what this person may see of a number.
pub(super) fn look_up(turn: &mut Turn<'_>, number: ApplicationNumber, born_on: Option<Date>) -> Thought {
    let answer = turn.ask(|| Question::ViewApplication {
        number: number.clone(),
        born_on,
    })?;
    let Answer::View(view) = answer else {
        return Ok(not_shown(turn, number, born_on));
    };
    match view {
        ApplicationView::NotShown => Ok(not_shown(turn, number, born_on)),
        shown => show(turn, &number, shown),
    }
}

/// Whether digits stand alone, or with words that make them an application number or a billing code.
pub(super) fn is_meant_as_number(words: &str, count: usize) -> bool {
    if count == BILLING_DIGITS && digits::is_only_labelled(words) {
        return true;
    }
    count >= NUMBER_DIGITS_MIN
        && words.split(' ').all(|word| {
            word.bytes().all(|byte| byte.is_ascii_digit())
                || matches!(word, "nomor" | "permohonan" | "status" | "cek" | "paspor" | "number")
        })
}

/// A number of another length, with the count: the citizen sees what is missing.
pub(super) fn wrong_length(turn: &mut Turn<'_>, count: usize) -> Reply {
    turn.wait_for(Place::StatusNumber);
    let choices = Choices::Buttons(vec![OFFICER, MENU]);
    if count == BILLING_DIGITS {
        return STATUS_BILLING_CODE.say(choices);
    }
    STATUS_WRONG_LENGTH.say(choices).with("digits", Arg::count(count))
}

/// A passport number helps nobody here and must not lie about.
pub(super) fn passport_number(turn: &mut Turn<'_>) -> Reply {
    turn.effects.push(Effect::ForgetMessage);
    turn.wait_for(Place::StatusNumber);
    STATUS_PASSPORT_NUMBER.say(Choices::Buttons(vec![OFFICER, MENU]))
}

fn not_shown(turn: &mut Turn<'_>, number: ApplicationNumber, born_on: Option<Date>) -> Reply {
    if digits::looks_like_nik(number.as_str()) {
        turn.effects.push(Effect::ForgetMessage);
        turn.wait_for(Place::StatusNumber);
        return STATUS_LOOKS_LIKE_NIK.say(Choices::Buttons(vec![OFFICER, MENU]));
    }
    let choices = Choices::Buttons(vec![STATUS_OTHER, OFFICER, MENU]);
    if born_on.is_some() {
        turn.wait_for(Place::StatusBirth { number: number.clone() });
        return STATUS_PROOF_FAILED
            .say(choices)
            .with("number", Arg::ApplicationNumber(number));
    }
    turn.wait_for(Place::StatusNumber);
    STATUS_NOT_FOUND
        .say(choices)
        .with("number", Arg::ApplicationNumber(number))
}

/// Says a view, whatever its tier.
pub(super) fn show(turn: &mut Turn<'_>, number: &ApplicationNumber, view: &ApplicationView) -> Thought {
    match view {
        ApplicationView::NotShown => Ok(not_shown(turn, number.clone(), None)),
        ApplicationView::Bare(bare) => show_bare(turn, number, bare),
        ApplicationView::Dated(bare, dates) => show_dated(turn, number, bare, dates, None),
        ApplicationView::Full(bare, dates, personal) => show_dated(turn, number, bare, dates, Some(personal)),
    }
}

fn show_bare(turn: &mut Turn<'_>, number: &ApplicationNumber, bare: &BareView) -> Thought {
    // A date that is typed next belongs to this number, whether or not it can prove anything.
    turn.wait_for(Place::StatusBirth { number: number.clone() });
    let (spec, first) = if bare.can_be_proved {
        (STATUS_BARE, STATUS_BIRTH)
    } else {
        (STATUS_BARE_UNPROVABLE, BIND)
    };
    let second = follow::button(turn, number, bare)?;
    Ok(spec
        .say(Choices::Buttons(vec![first, second, MENU]))
        .with("number", Arg::ApplicationNumber(number.clone()))
        .with("stage", Arg::Stage(bare.stage))
        .with("office", Arg::Office(bare.office))
        .with("meaning", meaning(bare.stage))
        .with("data_at", data_at(bare)))
}

fn show_dated(
    turn: &mut Turn<'_>,
    number: &ApplicationNumber,
    bare: &BareView,
    dates: &Dates,
    personal: Option<&PersonalView>,
) -> Thought {
    turn.wait_for(Place::StatusShown { number: number.clone() });
    let reply = match (bare.stage, dates.ready_on) {
        (Stage::Ready, Some(ready_on)) => show_ready(turn, ready_on),
        (stage, _) => {
            let billing = personal.and_then(|personal| personal.billing_code.as_deref());
            STATUS_DATED
                .say(Choices::Buttons(vec![
                    after(stage),
                    follow::button(turn, number, bare)?,
                    MENU,
                ]))
                .with("stage", Arg::Stage(stage))
                .with("billing", text_or_nothing(billing))
                .with("next", next(stage).words())
        }
    };
    let steps = dates
        .proved
        .iter()
        .map(|(stage, day)| Arg::Pair(Box::new(Arg::Stage(*stage)), Box::new(Arg::Day(*day))));
    let steps: Vec<Arg> = steps.collect();
    Ok(reply
        .with("number", Arg::ApplicationNumber(number.clone()))
        .with("office", Arg::Office(bare.office))
        .with(
            "name",
            text_or_nothing(personal.and_then(|personal| personal.name.as_deref())),
        )
        .with("applied_on", dates.applied_on.map_or(Arg::Empty, Arg::Day))
        .with("steps", STATUS_STEPS.lines("steps", steps))
        .with("data_at", data_at(bare)))
}

/// The cheapest benefit of the whole line: how many days are left before the passport is cancelled.
fn show_ready(turn: &mut Turn<'_>, ready_on: Date) -> Reply {
    let pickup = &turn.world.catalogue.pickup;
    let last_day = pickup.last_day(ready_on).unwrap_or(ready_on);
    let days_left = last_day
        .since(turn.today())
        .map_or(0, |span| i64::from(span.get_days()));
    if days_left < 0 {
        return STATUS_READY_LATE
            .say(Choices::Buttons(vec![OFFICER, REQUIREMENTS, MENU]))
            .with("ready_on", Arg::Day(ready_on))
            .with("last_day", Arg::Day(last_day))
            .with("days_kept", Arg::Number(i64::from(pickup.days_kept)));
    }
    STATUS_READY
        .say(Choices::Buttons(vec![PICKUP, HOURS, MENU]))
        .with("ready_on", Arg::Day(ready_on))
        .with("last_day", Arg::Day(last_day))
        .with("days_left", Arg::Number(days_left))
}

fn data_at(bare: &BareView) -> Arg {
    bare.data_at.map_or(Arg::Empty, Arg::Moment)
}

fn text_or_nothing(text: Option<&str>) -> Arg {
    text.map_or(Arg::Empty, |text| Arg::Text(text.to_owned()))
}

/// What a stage means, a sentence for citizens: a part of content's table of stages.
pub(super) fn meaning(stage: Stage) -> Arg {
    let mut key = String::from("stage.");
    key.push_str(stage.name());
    key.push_str(".citizen");
    Arg::Key(key)
}

/// The button that helps most at a stage.
fn after(stage: Stage) -> super::reply::Choice {
    match stage {
        Stage::AwaitingPaymentOnline | Stage::AwaitingPayment => PAYMENT,
        Stage::Held | Stage::Refused => OFFICER,
        Stage::Cancelled => REQUIREMENTS,
        Stage::Ready | Stage::Collected => PICKUP,
        Stage::Submitted | Stage::Interviewed | Stage::Adjudication | Stage::Allocated | Stage::Printing => DURATION,
    }
}

fn next(stage: Stage) -> &'static MessageSpec {
    match stage {
        Stage::Submitted => STATUS_NEXT_SUBMITTED,
        Stage::AwaitingPaymentOnline => STATUS_NEXT_AWAITING_PAYMENT_ONLINE,
        Stage::Interviewed => STATUS_NEXT_INTERVIEWED,
        Stage::AwaitingPayment => STATUS_NEXT_AWAITING_PAYMENT,
        Stage::Adjudication => STATUS_NEXT_ADJUDICATION,
        Stage::Allocated => STATUS_NEXT_ALLOCATED,
        Stage::Printing => STATUS_NEXT_PRINTING,
        Stage::Ready => STATUS_NEXT_READY,
        Stage::Collected => STATUS_NEXT_COLLECTED,
        Stage::Cancelled => STATUS_NEXT_CANCELLED,
        Stage::Held => STATUS_NEXT_HELD,
        Stage::Refused => STATUS_NEXT_REFUSED,
    }
}
