//! The form for praise, ideas, complaints and reports: what kind with its words, then everything once more, with a rating where it makes sense.

use serde_json::{Value, json};

use super::sheet::{FlowOption, Given, Sheet, cut, fixed, flow, given, screen, typed};
use crate::endpoint::Answer;
use crate::limits::{FLOW_BODY_CHARS_MAX, LimitBreach};

/// Which kind, and the words.
pub const SAY: &str = "FEEDBACK_SAY";
/// Everything once more.
pub const CHECK: &str = "FEEDBACK_CHECK";
const SCREENS: usize = 2;
/// What marks what came of this form.
pub(super) const MARK: &str = "sigap_feedback";
/// The field with the number of the case.
pub(super) const DONE: &str = "case";

/// Everything the form says by itself, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedbackWords {
    /// At the top of each screen.
    pub title: String,
    /// Above the kinds.
    pub kind: String,
    /// The kinds: what comes back, and what is read.
    pub kinds: Vec<(String, String)>,
    /// Above the words.
    pub words: String,
    /// Below them.
    pub hint: String,
    /// Above the rating.
    pub rating: String,
    /// The ratings: what comes back, and what is read.
    pub ratings: Vec<(String, String)>,
    /// Leads on.
    pub next: String,
    /// Sends it.
    pub send: String,
}

/// The Flow JSON of the form.
///
/// # Errors
/// Everything in the words that Meta would refuse.
pub fn feedback(words: &FeedbackWords) -> Result<Value, Vec<LimitBreach>> {
    let options = |all: &[(String, String)]| -> Value {
        let options: Vec<FlowOption> = all.iter().map(|(id, title)| FlowOption::new(id, title)).collect();
        fixed(&options)
    };
    let say = Sheet::new(SAY, &words.title, 1, SCREENS)
        .radio("kind", &words.kind, options(&words.kinds), true)
        .area("words", &words.words, &words.hint)
        .asks(&words.next, &[("kind", typed("kind")), ("words", typed("words"))]);
    let check = Sheet::new(CHECK, &words.title, 2, SCREENS)
        .with_data(&[
            ("kind", Given::Text),
            ("words", Given::Text),
            ("about", Given::Text),
            ("asks_rating", Given::Flag),
        ])
        .text("about")
        .radio_if("asks_rating", "rating", &words.rating, options(&words.ratings))
        .asks(
            &words.send,
            &[
                ("kind", given("kind")),
                ("words", given("words")),
                ("rating", typed("rating")),
            ],
        );
    flow(vec![say, check])
}

/// The first screen.
#[must_use]
pub fn say_screen(wrong: Option<String>) -> Answer {
    screen(SAY, json!({}), wrong)
}

/// Everything once more.
#[must_use]
pub fn check_screen(kind: &str, words: &str, about: &str, asks_rating: bool) -> Answer {
    let about = cut(about, FLOW_BODY_CHARS_MAX);
    let data = json!({ "kind": kind, "words": words, "about": about, "asks_rating": asks_rating });
    screen(CHECK, data, None)
}

/// The end: the chat hears of the case.
#[must_use]
pub fn done(token: &str, case: &str) -> Answer {
    super::done(token, MARK, DONE, case)
}
