//! The form for the answers of an intake: of whom and in which case, the answers, everything once more. They are kept with the last button, by
//! the rules of the chat; until then nothing is kept, and what was said travels with the form.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sigap_actions::fill_form::FormSent;
use sigap_core::calendar::local_date;
use sigap_core::catalogue::Catalogue;
use sigap_core::conversation::reply::Arg;
use sigap_core::intake::answers::{AnswerProblem, YEARS_BACK_MAX, mismatches, read};
use sigap_core::intake::{AnswerKind, IntakeView, QuestionWant};
use sigap_whatsapp::endpoint::Answer;
use sigap_whatsapp::flow::FlowOption;
use sigap_whatsapp::flow::intake::{
    ANSWERS, CHECK, SO_FAR, WHO, answers_screen, begins_filled, check_screen, done, field, person, who_screen,
};

use super::{Filling, NotMade};

/// What was said on earlier screens. It comes back from the phone, so it is believed no more than what is typed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SoFar {
    /// Which of a booking's people.
    who: String,
    case: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<String, String>,
}

impl SoFar {
    fn read(filling: &Filling<'_>) -> Self {
        serde_json::from_str(filling.request.words(SO_FAR)).unwrap_or_default()
    }

    fn to_text(&self) -> String {
        // Words into memory cannot fail; an empty text begins anew.
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub(super) async fn open(filling: &Filling<'_>, wrong: Option<String>) -> Result<Answer, NotMade> {
    let views = views(filling).await?;
    if views.is_empty() {
        return Ok(Answer::Over(filling.say("intake_nobody")));
    }
    let people: Vec<FlowOption> = views
        .iter()
        .map(|view| FlowOption {
            about: Some(filling.words.arg(&Arg::ShortDay(view.day))),
            ..FlowOption::new(person(view.booking, view.place), &view.visitor.name)
        })
        .collect();
    let rules = &catalogue(filling).intake;
    let case = |id: &String| FlowOption::new(id, filling.words.key(&format!("intake_case.{id}"), &[]));
    let cases: Vec<FlowOption> = rules.cases.iter().map(case).collect();
    let days = [("days", Arg::Number(i64::from(rules.keep_days)))];
    let about = filling.words.key("form.intake_about", &days);
    Ok(who_screen(&about, &people, &cases, wrong))
}

pub(super) async fn go_on(filling: &Filling<'_>) -> Result<Answer, NotMade> {
    let request = filling.request;
    let so_far = if request.screen == WHO {
        SoFar {
            who: request.words("who").to_owned(),
            case: request.words("case").to_owned(),
            ..SoFar::default()
        }
    } else {
        SoFar::read(filling)
    };
    let views = views(filling).await?;
    let view = match views.as_slice() {
        [only] if so_far.who.is_empty() => Some(only),
        several => several
            .iter()
            .find(|view| person(view.booking, view.place) == so_far.who),
    };
    let is_case = catalogue(filling).intake.cases.contains(&so_far.case);
    let Some(view) = view.filter(|_| is_case) else {
        return open(filling, Some(filling.say("missing"))).await;
    };
    let so_far = SoFar {
        who: person(view.booking, view.place),
        ..so_far
    };
    match request.screen.as_str() {
        WHO => Ok(ask_answers(filling, view, &so_far, None)),
        ANSWERS => Ok(answered(filling, view, so_far)),
        CHECK => send(filling, view, so_far).await,
        _ => open(filling, None).await,
    }
}

async fn views(filling: &Filling<'_>) -> Result<Vec<IntakeView>, NotMade> {
    let service = &filling.state.service;
    let views = service.view_intakes(filling.office, filling.filler.person);
    views.await.map_err(NotMade::by)
}

fn catalogue<'a>(filling: &Filling<'a>) -> &'a Catalogue {
    filling.words.content().catalogue_of(filling.office)
}

fn today(filling: &Filling<'_>) -> Date {
    local_date(filling.words.office, filling.state.clock.now())
}

/// The questions; fields show what was typed, what was given before, or the words of the booking.
fn ask_answers(filling: &Filling<'_>, view: &IntakeView, so_far: &SoFar, wrong: Option<String>) -> Answer {
    let latest = today(filling);
    let earliest = latest.checked_sub(YEARS_BACK_MAX.years()).unwrap_or(Date::MIN);
    let days = [earliest.to_string(), latest.to_string()];
    let known = |question: &QuestionWant| {
        let booked = match question.kind {
            AnswerKind::Name => view.visitor.name.clone(),
            AnswerKind::BirthDate => view.visitor.born_on.to_string(),
            AnswerKind::Nik | AnswerKind::Sex | AnswerKind::Text => String::new(),
        };
        let given = so_far.answers.get(&question.id);
        given
            .or_else(|| view.intake.answers.get(&question.id))
            .cloned()
            .unwrap_or(booked)
    };
    let questions = &catalogue(filling).intake.questions;
    let known: Vec<(&str, String)> = questions
        .iter()
        .filter(|question| begins_filled(question.kind))
        .map(|question| (question.id.as_str(), known(question)))
        .collect();
    let name = [("name", Arg::Text(view.visitor.name.clone()))];
    let about = filling.words.key("form.intake_answers", &name);
    let days = days.each_ref().map(String::as_str);
    answers_screen(&so_far.to_text(), &about, days, &known, wrong)
}

/// Reads what was typed; the first answer that cannot be right is named.
fn answered(filling: &Filling<'_>, view: &IntakeView, mut so_far: SoFar) -> Answer {
    so_far.answers.clear();
    let mut wrong = None;
    for question in &catalogue(filling).intake.questions {
        let typed = filling.request.words(&field(&question.id));
        if typed.is_empty() {
            continue;
        }
        match read(question.kind, typed, typed.parse().ok(), today(filling)) {
            Ok(answer) => {
                so_far.answers.insert(question.id.clone(), answer);
            }
            Err(problem) => wrong = wrong.or(Some((question, problem))),
        }
    }
    match wrong {
        Some((question, problem)) => {
            let words = wrong_words(filling, question, problem);
            ask_answers(filling, view, &so_far, Some(words))
        }
        None => check(filling, view, &so_far),
    }
}

fn short(question: &QuestionWant) -> Arg {
    Arg::Key(format!("intake_question.{}.short", question.id))
}

fn wrong_words(filling: &Filling<'_>, question: &QuestionWant, problem: AnswerProblem) -> String {
    let problem = Arg::Key(format!("intake.problem_{}", problem.name()));
    let args = [("question", short(question)), ("problem", problem)];
    // What is wrong is shown as it is, without the chat's bold letters.
    filling.words.key("form.intake_wrong", &args).replace('*', "")
}

/// Everything once more, with what does not fit together and the photos that follow.
fn check(filling: &Filling<'_>, view: &IntakeView, so_far: &SoFar) -> Answer {
    let form = catalogue(filling).intake_form(&so_far.case);
    let lines = form.questions.iter().map(|question| {
        let said = match so_far.answers.get(&question.id) {
            Some(answer) => told(question.kind, answer),
            None if view.intake.answers.contains_key(&question.id) => Arg::Key("form.intake_given".to_owned()),
            None => Arg::Key("form.intake_later".to_owned()),
        };
        Arg::Pair(Box::new(short(question)), Box::new(said))
    });
    let about = filling.words.key(
        "form.intake_check",
        &[
            ("name", Arg::Text(view.visitor.name.clone())),
            ("case", Arg::Key(format!("intake_case.{}", so_far.case))),
            ("answers", Arg::Lines(lines.collect())),
        ],
    );
    let found = mismatches(&form, &so_far.answers, Some(&view.visitor)).into_iter();
    let notes: Vec<Arg> = found
        .map(|mismatch| Arg::Key(format!("intake.note_{}", mismatch.name())))
        .collect();
    let papers: Vec<Arg> = form
        .papers
        .iter()
        .map(|paper| Arg::Key(format!("intake_paper.{}", paper.id)))
        .collect();
    let lines = |key: &str, name: &'static str, lines: Vec<Arg>| match lines.as_slice() {
        [] => String::new(),
        _ => filling.words.key(key, &[(name, Arg::Lines(lines))]),
    };
    let notes = lines("intake.notes", "notes", notes);
    let papers = lines("form.intake_papers", "papers", papers);
    check_screen(&so_far.to_text(), &about, &notes, &papers)
}

/// An answer as it is read.
fn told(kind: AnswerKind, answer: &str) -> Arg {
    match kind {
        // As people write it: 17-08-1990.
        AnswerKind::BirthDate => Arg::Text(
            answer
                .parse::<Date>()
                .map_or_else(|_| answer.to_owned(), |born| born.strftime("%d-%m-%Y").to_string()),
        ),
        AnswerKind::Sex => Arg::Key(format!("form.intake_{answer}")),
        AnswerKind::Name | AnswerKind::Nik | AnswerKind::Text => Arg::Text(answer.to_owned()),
    }
}

async fn send(filling: &Filling<'_>, view: &IntakeView, so_far: SoFar) -> Result<Answer, NotMade> {
    let mut answers = BTreeMap::new();
    for question in &catalogue(filling).intake.questions {
        let Some(said) = so_far.answers.get(&question.id) else {
            continue;
        };
        let Ok(answer) = read(question.kind, said, said.parse().ok(), today(filling)) else {
            return Ok(ask_answers(filling, view, &so_far, Some(filling.say("missing"))));
        };
        answers.insert(question.id.clone(), answer);
    }
    let of = (view.booking, view.place);
    let filler = filling.filler.clone();
    let service = &filling.state.service;
    let sent = service.give_by_form(filling.office, filler, of, so_far.case, answers);
    Ok(match sent.await.map_err(NotMade::by)? {
        FormSent::Done(()) => done(&filling.request.token, view.booking, view.place),
        FormSent::Over | FormSent::Refused(_) => Answer::Over(filling.say("over")),
    })
}
