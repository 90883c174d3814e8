//! Forms inside WhatsApp. Those that ask us screen by screen stand in files of their own; here the satisfaction survey as a static Flow: its screens from words that content supplies, and its answers back. Static means that
//! nobody but WhatsApp is asked while it is filled in: no endpoint, no keys.
//!
//! Meta holds the screens under an id (`sigap flow survey` prints them for upload); a message carries only the id and a token.

use serde_json::{Map, Value, json};
use sigap_core::ids::BookingId;
use sigap_core::inbound::{FilledSurvey, FormDone};
use sigap_core::survey::{Answers, BEST, ELEMENTS};

use crate::endpoint::Answer;
use crate::limits::{
    FLOW_BODY_CHARS_MAX, FLOW_COMPONENTS_MAX, FLOW_FOOTER_CHARS_MAX, FLOW_HELPER_CHARS_MAX, FLOW_OPTION_CHARS_MAX,
    FLOW_RADIO_LABEL_CHARS_MAX, FLOW_SCREEN_TITLE_CHARS_MAX, FLOW_SUBHEADING_CHARS_MAX, FLOW_TEXT_AREA_CHARS_MAX,
    FLOW_TEXT_AREA_LABEL_CHARS_MAX, LimitBreach,
};

pub mod booking;
pub mod feedback;
pub mod intake;
mod sheet;

pub use sheet::FlowOption;

/// The version of Flow JSON that is written. 7.3 is the newest known; 5.1, 6.0 and later can be published (state of November 2026).
pub const VERSION: &str = "7.3";
/// The version of messages that carry a Flow (schema).
pub const MESSAGE_VERSION: &str = "3";
/// Screens, in order. Letters and underscores only; `SUCCESS` is Meta's own.
const SCREENS: [&str; 3] = ["SURVEY_ONE", "SURVEY_TWO", "SURVEY_THREE"];
/// The screen that opens first.
pub const FIRST_SCREEN: &str = SCREENS[0];
/// Elements asked on one screen: three fit on a phone without much scrolling.
const ELEMENTS_A_SCREEN: usize = ELEMENTS / SCREENS.len();
const _: () = assert!(ELEMENTS_A_SCREEN * SCREENS.len() == ELEMENTS, "every element is asked");
// A name and a group for each, and the introduction, the idea and the footer.
const _: () = assert!(
    2 * ELEMENTS_A_SCREEN + 3 <= FLOW_COMPONENTS_MAX,
    "a screen holds that much"
);
/// What marks an answer as one to this form, among those of other Flows of the same account.
const FORM: (&str, &str) = ("form", "sigap_survey");
/// Bytes of a case's number that is looked up.
const CASE_NUMBER_BYTES_MAX: usize = 40;
/// The field of the idea in words.
const COMMENT: &str = "comment";

/// Everything the form says, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyWords {
    /// At the top of each screen; its place in the row is written behind it.
    pub title: String,
    /// What it is for, and that nobody is named.
    pub why: String,
    /// Element by element: its short name, and its question.
    pub questions: [(String, String); ELEMENTS],
    /// The answers, the worst first.
    pub scale: [String; BEST as usize],
    /// Above the idea in words.
    pub comment: String,
    /// Below it.
    pub comment_hint: String,
    /// Leads to the next screen.
    pub next: String,
    /// Sends it all.
    pub send: String,
}

/// The Flow JSON of the survey.
///
/// # Errors
/// Everything in the words that Meta would refuse.
pub fn survey(words: &SurveyWords) -> Result<Value, Vec<LimitBreach>> {
    let breaches = words.check();
    if !breaches.is_empty() {
        return Err(breaches);
    }
    let screens: Vec<Value> = (0..SCREENS.len()).filter_map(|place| words.screen(place)).collect();
    let ways: Map<String, Value> = SCREENS
        .iter()
        .enumerate()
        .map(|(place, id)| {
            let next: Vec<&str> = SCREENS.get(place + 1).copied().into_iter().collect();
            ((*id).to_owned(), json!(next))
        })
        .collect();
    Ok(json!({ "version": VERSION, "routing_model": ways, "screens": screens }))
}

impl SurveyWords {
    fn check(&self) -> Vec<LimitBreach> {
        let mut breaches = Vec::new();
        let mut text = |what, text: &str, most| breaches.extend(LimitBreach::of_text(what, text.trim(), 1, most));
        text("screen title", &title(&self.title, 0), FLOW_SCREEN_TITLE_CHARS_MAX);
        text("introduction", &self.why, FLOW_BODY_CHARS_MAX);
        for (name, question) in &self.questions {
            text("name of an element", name, FLOW_RADIO_LABEL_CHARS_MAX);
            text("question", question, FLOW_SUBHEADING_CHARS_MAX);
        }
        for answer in &self.scale {
            text("answer", answer, FLOW_OPTION_CHARS_MAX);
        }
        text("label of the idea", &self.comment, FLOW_TEXT_AREA_LABEL_CHARS_MAX);
        text("hint of the idea", &self.comment_hint, FLOW_HELPER_CHARS_MAX);
        text("button to the next screen", &self.next, FLOW_FOOTER_CHARS_MAX);
        text("button that sends", &self.send, FLOW_FOOTER_CHARS_MAX);
        breaches
    }

    fn screen(&self, place: usize) -> Option<Value> {
        let id = SCREENS.get(place)?;
        let next = SCREENS.get(place + 1);
        let mut children = Vec::new();
        if place == 0 {
            children.push(json!({ "type": "TextBody", "text": self.why }));
        }
        let asked = self.questions.iter().enumerate();
        for (element, (name, question)) in asked.skip(place * ELEMENTS_A_SCREEN).take(ELEMENTS_A_SCREEN) {
            children.push(json!({ "type": "TextSubheading", "text": question }));
            children.push(json!({
                "type": "RadioButtonsGroup",
                "name": field(element),
                "label": name,
                "required": false,
                "data-source": self.options(),
            }));
        }
        let action = match next {
            Some(next) => json!({ "name": "navigate", "next": { "type": "screen", "name": next }, "payload": {} }),
            None => {
                children.push(json!({
                    "type": "TextArea",
                    "name": COMMENT,
                    "label": self.comment,
                    "helper-text": self.comment_hint,
                    "max-length": FLOW_TEXT_AREA_CHARS_MAX,
                    "required": false,
                }));
                json!({ "name": "complete", "payload": payload() })
            }
        };
        let label = if next.is_some() { &self.next } else { &self.send };
        children.push(json!({ "type": "Footer", "label": label, "on-click-action": action }));
        let mut screen = json!({
            "id": id,
            "title": title(&self.title, place),
            "data": {},
            "layout": { "type": "SingleColumnLayout", "children": children },
        });
        if next.is_none() {
            screen["terminal"] = json!(true);
            screen["success"] = json!(true);
        }
        Some(screen)
    }

    fn options(&self) -> Vec<Value> {
        (1..)
            .zip(&self.scale)
            .map(|(answer, title)| json!({ "id": answer.to_string(), "title": title }))
            .collect()
    }
}

fn title(words: &str, place: usize) -> String {
    format!("{words} {}/{}", place + 1, SCREENS.len())
}

/// `u1` to `u9`, as on the page.
fn field(element: usize) -> String {
    format!("u{}", element + 1)
}

/// All answers in one, wherever they were given; WhatsApp adds the token.
fn payload() -> Value {
    let mut payload = Map::new();
    payload.insert(FORM.0.to_owned(), json!(FORM.1));
    for element in 0..ELEMENTS {
        let screen = SCREENS.get(element / ELEMENTS_A_SCREEN).copied().unwrap_or_default();
        let name = field(element);
        payload.insert(name.clone(), json!(format!("${{screen.{screen}.form.{name}}}")));
    }
    payload.insert(COMMENT.to_owned(), json!(format!("${{form.{COMMENT}}}")));
    Value::Object(payload)
}

/// Reads the answer to this form; `None` for any other. What is no answer counts as skipped, and an absent token as an unknown one.
#[must_use]
pub fn read_survey(response_json: &str) -> Option<FilledSurvey> {
    let read: Map<String, Value> = serde_json::from_str(response_json).ok()?;
    if read.get(FORM.0).and_then(Value::as_str) != Some(FORM.1) {
        return None;
    }
    let text = |name: &str| read.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let answers: Answers = std::array::from_fn(|element| {
        let answer = match read.get(&field(element))? {
            Value::String(digit) => digit.trim().parse().ok()?,
            other => u8::try_from(other.as_u64()?).ok()?,
        };
        (1..=BEST).contains(&answer).then_some(answer)
    });
    Some(FilledSurvey {
        token: text("flow_token"),
        answers,
        comment: text(COMMENT),
    })
}

/// The end of a form that asked us: its mark, and the number of what came of it.
fn done(token: &str, mark: &str, field: &str, number: &str) -> Answer {
    let mut fields = Map::new();
    fields.insert(FORM.0.to_owned(), json!(mark));
    fields.insert(field.to_owned(), json!(number));
    Answer::Done {
        token: token.to_owned(),
        fields,
    }
}

/// Reads what came of a form that asked us; `None` for any other.
#[must_use]
pub fn read_done(response_json: &str) -> Option<FormDone> {
    let read: Map<String, Value> = serde_json::from_str(response_json).ok()?;
    let text = |name: &str| read.get(name).and_then(Value::as_str);
    match text(FORM.0)? {
        booking::MARK => Some(FormDone::Booking(BookingId(text(booking::DONE)?.parse().ok()?))),
        feedback::MARK => {
            let number = text(feedback::DONE)?;
            let is_number = number.len() <= CASE_NUMBER_BYTES_MAX;
            is_number.then(|| FormDone::Case(number.to_owned()))
        }
        intake::MARK => {
            let (booking, place) = intake::read_person(text(intake::DONE)?)?;
            Some(FormDone::Intake { booking, place })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
