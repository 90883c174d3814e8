//! The form for the answers of an intake: of whom and in which case, the answers, everything once more. The questions are content, so the
//! fields are made from them. Photos are sent in the chat, where each is looked at and asked for again.

use serde_json::{Value, json};
use sigap_core::ids::BookingId;
use sigap_core::intake::AnswerKind;
use sigap_core::intake::answers::{MAN, WOMAN};

use super::sheet::{FlowOption, Given, Sheet, cut, fixed, flow, given, rows, screen, typed};
use crate::endpoint::Answer;
use crate::limits::{FLOW_BODY_CHARS_MAX, FLOW_DROPDOWN_MAX, FLOW_OPTIONS_MAX, LimitBreach};

/// Of whom, and in which case.
pub const WHO: &str = "INTAKE_WHO";
/// The answers.
pub const ANSWERS: &str = "INTAKE_ANSWERS";
/// Everything once more.
pub const CHECK: &str = "INTAKE_CHECK";
const SCREENS: usize = 3;
/// What marks what came of this form.
pub(super) const MARK: &str = "sigap_intake";
/// The field with booking and place.
pub(super) const DONE: &str = "intake";
/// The field in which earlier answers travel.
pub const SO_FAR: &str = "so_far";

/// One question of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeQuestion {
    /// Its id in content.
    pub id: String,
    /// What kind of answer.
    pub kind: AnswerKind,
    /// Above the field.
    pub label: String,
    /// Below it.
    pub hint: String,
}

/// Everything the form says by itself, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IntakeWords {
    /// At the top of each screen.
    pub title: String,
    /// Above the people.
    pub who: String,
    /// Above the cases.
    pub case: String,
    /// The questions, in order.
    pub questions: Vec<IntakeQuestion>,
    /// Woman, and man.
    pub sexes: [String; 2],
    /// Leads on.
    pub next: String,
    /// Keeps it.
    pub send: String,
}

/// The Flow JSON of the form.
///
/// # Errors
/// Everything in the words that Meta would refuse.
pub fn intake(words: &IntakeWords) -> Result<Value, Vec<LimitBreach>> {
    let sheet = |id, place| Sheet::new(id, &words.title, place, SCREENS);
    let who = sheet(WHO, 1)
        .with_data(&[
            ("about", Given::Text),
            ("has_several", Given::Flag),
            ("people", Given::Rows),
            ("cases", Given::Rows),
        ])
        .text("about")
        .dropdown_if("has_several", "who", &words.who, given("people"))
        .radio("case", &words.case, given("cases"), true)
        .asks(&words.next, &[("who", typed("who")), ("case", typed("case"))]);
    let mut answers = sheet(ANSWERS, 2)
        .with_data(&[
            (SO_FAR, Given::Text),
            ("about", Given::Text),
            ("earliest", Given::Text),
            ("latest", Given::Text),
        ])
        .text("about");
    let fields: Vec<String> = words.questions.iter().map(|question| field(&question.id)).collect();
    let mut payload = vec![(SO_FAR, given(SO_FAR))];
    for (question, field) in words.questions.iter().zip(&fields) {
        let first = first(&question.id);
        let has_first = begins_filled(question.kind);
        if has_first {
            answers = answers.with_data(&[(first.as_str(), Given::Text)]);
        }
        answers = match question.kind {
            AnswerKind::BirthDate => answers.date(field, &question.label, ["earliest", "latest"], &first),
            AnswerKind::Sex => {
                let options = [WOMAN, MAN].iter().zip(&words.sexes);
                let options: Vec<FlowOption> = options.map(|(id, title)| FlowOption::new(*id, title)).collect();
                answers.radio(field, &question.label, fixed(&options), false)
            }
            AnswerKind::Name | AnswerKind::Nik | AnswerKind::Text => {
                answers.line(field, &question.label, &question.hint, has_first.then_some(&first))
            }
        };
        payload.push((field.as_str(), typed(field)));
    }
    let answers = answers.asks(&words.next, &payload);
    let check = sheet(CHECK, 3)
        .with_data(&[
            (SO_FAR, Given::Text),
            ("about", Given::Text),
            ("has_notes", Given::Flag),
            ("notes", Given::Text),
            ("has_papers", Given::Flag),
            ("papers", Given::Text),
        ])
        .text("about")
        .text_if("has_notes", "notes")
        .text_if("has_papers", "papers")
        .asks(&words.send, &[(SO_FAR, given(SO_FAR))]);
    flow(vec![who, answers, check])
}

/// The field of a question.
#[must_use]
pub fn field(question: &str) -> String {
    format!("answer_{question}")
}

fn first(question: &str) -> String {
    format!("first_{question}")
}

/// Whether a question of this kind shows what is known already. A NIK is never sent back.
#[must_use]
pub const fn begins_filled(kind: AnswerKind) -> bool {
    matches!(kind, AnswerKind::Name | AnswerKind::BirthDate | AnswerKind::Text)
}

/// The first screen; who is asked only where there are several.
#[must_use]
pub fn who_screen(about: &str, people: &[FlowOption], cases: &[FlowOption], wrong: Option<String>) -> Answer {
    let data = json!({
        "about": cut(about, FLOW_BODY_CHARS_MAX), "has_several": people.len() > 1,
        "people": rows(people, FLOW_DROPDOWN_MAX), "cases": rows(cases, FLOW_OPTIONS_MAX),
    });
    screen(WHO, data, wrong)
}

/// The answers: `days` are the first and the last day that can be a birth date, `known` is what stands in fields already, by question.
#[must_use]
pub fn answers_screen(
    so_far: &str,
    about: &str,
    days: [&str; 2],
    known: &[(&str, String)],
    wrong: Option<String>,
) -> Answer {
    let [earliest, latest] = days;
    let mut data = json!({
        SO_FAR: so_far, "about": cut(about, FLOW_BODY_CHARS_MAX), "earliest": earliest, "latest": latest,
    });
    for (question, value) in known {
        data[first(question)] = json!(value);
    }
    screen(ANSWERS, data, wrong)
}

/// Everything once more; empty notes and papers are not seen.
#[must_use]
pub fn check_screen(so_far: &str, about: &str, notes: &str, papers: &str) -> Answer {
    let shown = |words: &str| {
        // A text needs words even where nobody sees it.
        let words = if words.is_empty() { "-" } else { words };
        cut(words, FLOW_BODY_CHARS_MAX)
    };
    let data = json!({
        SO_FAR: so_far, "about": shown(about), "has_notes": !notes.is_empty(), "notes": shown(notes),
        "has_papers": !papers.is_empty(), "papers": shown(papers),
    });
    screen(CHECK, data, None)
}

/// The end: the chat goes on with the photos.
#[must_use]
pub fn done(token: &str, booking: BookingId, place: u8) -> Answer {
    super::done(token, MARK, DONE, &person(booking, place))
}

/// One of a booking's people as the form names him or her.
#[must_use]
pub fn person(booking: BookingId, place: u8) -> String {
    format!("{booking}.{place}")
}

/// Reads that name.
#[must_use]
pub fn read_person(text: &str) -> Option<(BookingId, u8)> {
    let (booking, place) = text.split_once('.')?;
    Some((BookingId(booking.parse().ok()?), place.parse().ok()?))
}

#[cfg(test)]
mod tests;
