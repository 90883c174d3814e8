//! Intake (*permohonan*): after a booking a person answers few questions and sends a photo of each paper, in any order, with pauses.
//!
//! Nothing is looked at here: a photo becomes a file that is fetched after the turn, and what was found comes back as a message of its
//! own (`checked`, `again`). The state of the dialogue holds only what is asked for; what was given lies in the intake.

use super::birth_date;
use super::booking;
use super::choice::*;
use super::dialogue::{Answer, Effect, Question};
use super::hearing::Heard;
use super::menu;
use super::messages::*;
use super::reply::{Arg, Choice, Choices, Pick, Reply};
use super::state::Place;
use super::turn::{Thought, Turn};
use crate::files::FileRefusal;
use crate::ids::BookingId;
use crate::inbound::{Media, MediaKind};
use crate::intake::answers::{self, Mismatch};
use crate::intake::{AnswerKind, Finding, Form, IntakeChange, IntakeView, PaperState, Want};
use crate::limits::LIST_ROWS_MAX;
use crate::message::FormName;

/// Whether people who book a service here may give papers ahead.
pub(super) fn is_given_for(turn: &Turn<'_>, service: &str) -> bool {
    turn.is_offered_here(INTAKE) && turn.world.catalogue.intake.services.iter().any(|id| id == service)
}

/// What is said under a booking that was just made.
pub(super) fn invitation(turn: &Turn<'_>, service: &str) -> Arg {
    if is_given_for(turn, service) {
        INTAKE_INVITATION.words()
    } else {
        Arg::Empty
    }
}

/// By *permohonan*: whose papers.
pub(super) fn enter(turn: &mut Turn<'_>) -> Thought {
    let views = list(turn)?;
    match views {
        [] => Ok(nothing()),
        [only] => Ok(go_on_with(turn, only, Arg::Empty)),
        several => {
            let rows = several
                .iter()
                .take(LIST_ROWS_MAX - 1)
                .map(|view| Pick {
                    choice: INTAKE_OPEN,
                    value: value(view.booking, view.place, ""),
                    title: Arg::Text(view.visitor.name.clone()),
                    description: Arg::Pair(
                        Box::new(booking::name_of(&view.service)),
                        Box::new(Arg::ShortDay(view.day)),
                    ),
                })
                .collect();
            Ok(INTAKE_WHO
                .say(Choices::Picks {
                    button: "choose",
                    rows,
                    also: vec![MENU],
                })
                .or_form(FormName::Intake))
        }
    }
}

/// The form with the answers was sent: photos come next.
pub(super) fn filled_in(turn: &mut Turn<'_>, booking: BookingId, place: u8) -> Thought {
    match list(turn)?
        .iter()
        .find(|view| view.booking == booking && view.place == place)
    {
        Some(view) => Ok(go_on_with(turn, view, INTAKE_FILLED_IN.words())),
        None => Ok(nothing()),
    }
}

/// A choice of this topic; each carries the booking, the person and what it is about.
pub(super) fn go_on(turn: &mut Turn<'_>, choice: Choice) -> Thought {
    let tapped = turn.value.clone().unwrap_or_default();
    let Some((booking, place, rest)) = read_value(&tapped) else {
        return enter(turn);
    };
    match choice {
        INTAKE_CASE => change(turn, booking, place, IntakeChange::Case(rest), Arg::Empty),
        INTAKE_SKIP => change(turn, booking, place, IntakeChange::Skip(rest), INTAKE_SKIPPED.words()),
        _ => {
            let views = list(turn)?;
            let Some(view) = views.iter().find(|view| view.booking == booking && view.place == place) else {
                return Ok(nothing());
            };
            Ok(match choice {
                INTAKE_LIST => overview(turn, view),
                INTAKE_WANT => {
                    let form = form_of(turn, view);
                    let known = form.wants().into_iter().find(|want| want.id() == rest);
                    match known {
                        Some(want) => ask(turn, view, &form, want, Arg::Empty),
                        None => go_on_with(turn, view, Arg::Empty),
                    }
                }
                INTAKE_OPEN => go_on_with(turn, view, Arg::Empty),
                _ => menu::stale(turn),
            })
        }
    }
}

/// What is typed while an answer is waited for; `None` while a photo is.
pub(super) fn hear(
    turn: &mut Turn<'_>,
    heard: &Heard<'_>,
    (booking, place): (BookingId, u8),
    want: &str,
) -> Option<Thought> {
    let catalogue = turn.world.catalogue;
    let question = catalogue.intake.questions.iter().find(|question| question.id == want)?;
    if matches!(question.kind, AnswerKind::Nik) {
        // It is kept in the intake alone, whatever came of it.
        turn.effects.push(Effect::ForgetMessage);
    }
    let born_on = birth_date::read(heard.raw, turn.today());
    match answers::read(question.kind, heard.raw, born_on, turn.today()) {
        Ok(answer) => {
            let given = IntakeChange::Answer {
                question: want.to_owned(),
                answer,
            };
            Some(change(turn, booking, place, given, Arg::Empty))
        }
        Err(problem) => {
            turn.wait_for(Place::Intake {
                booking,
                place,
                want: want.to_owned(),
            });
            let problem = Arg::Key(format!("intake.problem_{}", problem.name()));
            let reply = INTAKE_AGAIN_ANSWER
                .say(buttons(booking, place, want))
                .with("problem", problem)
                .with("question", asked(want));
            Some(Ok(reply))
        }
    }
}

/// A file that comes while an intake is under way.
pub(super) fn take(turn: &mut Turn<'_>, media: &Media, (booking, place): (BookingId, u8), want: &str) -> Thought {
    let catalogue = turn.world.catalogue;
    let waits_for_answer = catalogue.intake.questions.iter().any(|question| question.id == want);
    if waits_for_answer || want.is_empty() {
        return Ok(INTAKE_NOT_NOW.say(about(booking, place, vec![INTAKE_LIST, MENU])));
    }
    if !matches!(media.kind, MediaKind::Image | MediaKind::Document) || media.media_id.is_none() {
        return Ok(INTAKE_NO_PHOTO.say(buttons(booking, place, want)));
    }
    let photo = IntakeChange::Photo {
        paper: want.to_owned(),
        media: media.clone(),
    };
    change(turn, booking, place, photo, INTAKE_PHOTO_CAME.words())
}

fn change(turn: &mut Turn<'_>, booking: BookingId, place: u8, change: IntakeChange, lead: Arg) -> Thought {
    let answer = turn.ask(|| Question::ChangeIntake {
        booking,
        place,
        change: Box::new(change),
    })?;
    Ok(match answer {
        Answer::Intake(Some(view)) => go_on_with(turn, view, lead),
        _ => nothing(),
    })
}

/// The next thing that is wanted, or that all is there.
fn go_on_with(turn: &mut Turn<'_>, view: &IntakeView, lead: Arg) -> Reply {
    if view.intake.case.is_empty() {
        return ask_case(turn, view);
    }
    let form = form_of(turn, view);
    match view.intake.next(&form) {
        Some(want) => ask(turn, view, &form, want, lead),
        None if view.intake.missing(&form).is_empty() => {
            turn.wait_for(Place::Open);
            INTAKE_DONE
                .say(about(view.booking, view.place, vec![INTAKE_LIST, BOOKING_MINE, MENU]))
                .with("lead", lead)
                .with("name", Arg::Text(view.visitor.name.clone()))
                .with("notes", notes(view, &form))
        }
        None => overview(turn, view),
    }
}

fn ask_case(turn: &mut Turn<'_>, view: &IntakeView) -> Reply {
    let cases = &turn.world.catalogue.intake.cases;
    let rows = cases
        .iter()
        .take(LIST_ROWS_MAX - 1)
        .map(|case| Pick {
            choice: INTAKE_CASE,
            value: value(view.booking, view.place, case),
            title: Arg::Key(format!("intake_case.{case}")),
            description: Arg::Key(format!("case.{case}")),
        })
        .collect();
    INTAKE_CASES
        .say(Choices::Picks {
            button: "choose",
            rows,
            also: vec![MENU],
        })
        .with("name", Arg::Text(view.visitor.name.clone()))
        .with("days", Arg::Number(i64::from(turn.world.catalogue.intake.keep_days)))
        .or_form(FormName::Intake)
}

fn ask(turn: &mut Turn<'_>, view: &IntakeView, form: &Form, want: Want<'_>, lead: Arg) -> Reply {
    turn.wait_for(Place::Intake {
        booking: view.booking,
        place: view.place,
        want: want.id().to_owned(),
    });
    let choices = buttons(view.booking, view.place, want.id());
    let left = Arg::count(view.intake.missing(form).len());
    let lead = match lead {
        Arg::Empty => reason_of(view, want.id()),
        lead => lead,
    };
    let reply = match want {
        Want::Answer(question) => INTAKE_QUESTION.say(choices).with("question", asked(&question.id)),
        Want::Photo(paper) => INTAKE_PHOTO
            .say(choices)
            .with("paper", Arg::Key(format!("document.{}", paper.id))),
    };
    reply
        .with("lead", lead)
        .with("name", Arg::Text(view.visitor.name.clone()))
        .with("left", left)
}

/// Why an officer wants another photo.
fn reason_of(view: &IntakeView, paper: &str) -> Arg {
    match view.intake.paper(paper) {
        Some(known) if known.state == PaperState::Again && !known.reason.is_empty() => {
            INTAKE_REASON.phrase(vec![("reason", Arg::Text(known.reason.clone()))])
        }
        _ => Arg::Empty,
    }
}

/// What is there and what is missing; each missing thing is a row that leads to it.
fn overview(turn: &mut Turn<'_>, view: &IntakeView) -> Reply {
    // Nothing is asked for: a photo that comes now is told apart from one that somebody sends for no reason.
    turn.wait_for(Place::Intake {
        booking: view.booking,
        place: view.place,
        want: String::new(),
    });
    let form = form_of(turn, view);
    let missing = view.intake.missing(&form);
    let given: Vec<Arg> = view
        .intake
        .papers
        .iter()
        .map(|paper| {
            Arg::Pair(
                Box::new(Arg::Key(format!("document.{}", paper.id))),
                Box::new(Arg::Key(format!("intake.paper_{}", paper.state.name()))),
            )
        })
        .collect();
    let rows: Vec<Pick> = missing
        .iter()
        .take(LIST_ROWS_MAX - 1)
        .map(|want| Pick {
            choice: INTAKE_WANT,
            value: value(view.booking, view.place, want.id()),
            title: match want {
                Want::Answer(question) => Arg::Key(format!("intake_question.{}.short", question.id)),
                Want::Photo(paper) => Arg::Key(format!("intake_paper.{}", paper.id)),
            },
            description: Arg::Empty,
        })
        .collect();
    INTAKE_OVERVIEW
        .say(Choices::Picks {
            button: "choose",
            rows,
            also: vec![BOOKING_MINE, MENU]
                .into_iter()
                .take(LIST_ROWS_MAX - missing.len().min(LIST_ROWS_MAX - 1))
                .collect(),
        })
        .with("name", Arg::Text(view.visitor.name.clone()))
        .with("given", INTAKE_GIVEN.lines("papers", given))
        .with("left", Arg::count(missing.len()))
        .with("notes", notes(view, &form))
}

/// What does not fit together.
fn notes(view: &IntakeView, form: &Form) -> Arg {
    let found = answers::mismatches(form, &view.intake.answers, Some(&view.visitor));
    let lines = found
        .into_iter()
        .map(|mismatch: Mismatch| Arg::Key(format!("intake.note_{}", mismatch.name())))
        .collect();
    INTAKE_NOTES.lines("notes", lines)
}

/// A photo was looked at, and another one is wanted.
#[must_use]
pub fn again(view: &IntakeView, paper: &str, why: &[Finding], refusal: Option<FileRefusal>) -> Reply {
    let reasons = match refusal {
        Some(refusal) => vec![Arg::Key(format!("intake.refused_{}", refusal.name()))],
        None => why
            .iter()
            .filter(|finding| finding.asks_again())
            .map(|finding| Arg::Key(format!("intake.finding_{}", finding.name())))
            .collect(),
    };
    INTAKE_AGAIN
        .say(about_paper(view, paper))
        .with("name", Arg::Text(view.visitor.name.clone()))
        .with("paper", Arg::Key(format!("document.{paper}")))
        .with("why", Arg::Lines(reasons))
}

/// An officer wants another photo, and says why.
#[must_use]
pub fn asked_again(view: &IntakeView, paper: &str, reason: &str) -> Reply {
    INTAKE_ASKED_AGAIN
        .say(about_paper(view, paper))
        .with("name", Arg::Text(view.visitor.name.clone()))
        .with("paper", Arg::Key(format!("document.{paper}")))
        .with("reason", Arg::Text(reason.to_owned()))
}

/// Buttons under a wish for another photo.
pub(super) fn about_paper(view: &IntakeView, paper: &str) -> Choices {
    Choices::About {
        value: value(view.booking, view.place, paper),
        buttons: vec![INTAKE_WANT, INTAKE_LIST, MENU],
    }
}

/// Everything was given, and the program could read all photos.
#[must_use]
pub fn checked(view: &IntakeView) -> Reply {
    INTAKE_CHECKED
        .say(Choices::About {
            value: value(view.booking, view.place, ""),
            buttons: vec![INTAKE_LIST, BOOKING_MINE, MENU],
        })
        .with("name", Arg::Text(view.visitor.name.clone()))
        .with("day", Arg::Day(view.day))
}

/// Whether the program has looked at every photo.
#[must_use]
pub fn is_looked_at(view: &IntakeView, form: &Form) -> bool {
    let is_done = |id: &str| {
        view.intake
            .paper(id)
            .is_some_and(|paper| matches!(paper.state, PaperState::Checked | PaperState::Accepted))
    };
    view.intake.missing(form).is_empty() && form.papers.iter().all(|paper| is_done(&paper.id))
}

fn form_of(turn: &Turn<'_>, view: &IntakeView) -> Form {
    turn.world.catalogue.intake_form(&view.intake.case)
}

fn asked(question: &str) -> Arg {
    Arg::Key(format!("intake_question.{question}"))
}

fn buttons(booking: BookingId, place: u8, want: &str) -> Choices {
    Choices::About {
        value: value(booking, place, want),
        buttons: vec![INTAKE_SKIP, INTAKE_LIST, MENU],
    }
}

fn about(booking: BookingId, place: u8, buttons: Vec<Choice>) -> Choices {
    Choices::About {
        value: value(booking, place, ""),
        buttons,
    }
}

fn nothing() -> Reply {
    INTAKE_NONE.say(Choices::Buttons(vec![BOOKING, REQUIREMENTS, MENU]))
}

fn list<'a>(turn: &mut Turn<'a>) -> Result<&'a [IntakeView], Question> {
    Ok(match turn.ask(|| Question::ViewIntakes)? {
        Answer::Intakes(views) => views,
        _ => &[],
    })
}

fn value(booking: BookingId, place: u8, rest: &str) -> String {
    format!("{booking}.{place}.{rest}")
}

fn read_value(value: &str) -> Option<(BookingId, u8, String)> {
    let mut parts = value.splitn(3, '.');
    let booking = parts.next()?.parse().ok()?;
    let place = parts.next()?.parse().ok()?;
    Some((BookingId(booking), place, parts.next().unwrap_or_default().to_owned()))
}
