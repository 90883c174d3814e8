//! `/o/{office}/s/{token}`: how was it? Nine questions on one page, without a script; once for a visit, under the address of its ticket.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use sigap_actions::survey::{Sent, SurveyState};
use sigap_core::limits::SURVEY_COMMENT_CHARS_MAX;
use sigap_core::survey::{Answers, BEST};

use crate::pages::{Asked, Words, busy, nowhere, office_of, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "hall/survey.html")]
struct SurveyPage<'a> {
    words: Words<'a>,
    questions: Vec<Question>,
    scale: Vec<(u8, String)>,
    problem: String,
    told: String,
    comment: String,
    most: usize,
}

struct Question {
    place: usize,
    words: String,
    chosen: Option<u8>,
}

impl Question {
    /// Whether that answer is chosen.
    fn is(&self, answer: &u8) -> bool {
        self.chosen == Some(*answer)
    }
}

fn page_of<'a>(state: &AppState, words: Words<'a>, answers: &Answers, comment: String) -> SurveyPage<'a> {
    let elements = &state.service.content().catalogue().survey.elements;
    SurveyPage {
        questions: elements
            .iter()
            .zip(answers)
            .enumerate()
            .map(|(place, (element, chosen))| Question {
                place,
                words: words.key(&format!("survey.{element}"), &[]),
                chosen: *chosen,
            })
            .collect(),
        // As the ministry's form has it, the worst first: nobody is led to the best.
        scale: (1..=BEST)
            .map(|value| (value, words.key(&format!("survey.scale_{value}"), &[])))
            .collect(),
        problem: String::new(),
        told: String::new(),
        comment,
        most: SURVEY_COMMENT_CHARS_MAX,
        words,
    }
}

fn told<'a>(state: &AppState, words: Words<'a>, key: &str) -> SurveyPage<'a> {
    let mut page = page_of(state, words, &Answers::default(), String::new());
    page.told = words.key(&format!("survey.{key}"), &[]);
    page
}

const fn closed(state: SurveyState) -> &'static str {
    match state {
        SurveyState::NotYet => "not_yet",
        SurveyState::Answered | SurveyState::Open => "again",
    }
}

/// The questions.
pub async fn show(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    match state.service.view_survey(office.id, token).await {
        Err(_) => busy(),
        Ok(None) => nowhere(),
        Ok(Some(SurveyState::Open)) => private_page(
            StatusCode::OK,
            &page_of(&state, words, &Answers::default(), String::new()),
        ),
        Ok(Some(other)) => private_page(StatusCode::OK, &told(&state, words, closed(other))),
    }
}

/// The answers.
pub async fn send(
    State(state): State<AppState>,
    Path((slug, token)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(fields): Form<HashMap<String, String>>,
) -> Response {
    let Some(office) = office_of(&state, &slug) else {
        return nowhere();
    };
    let words = Words::new(state.service.content(), office, asked.language());
    let answers: Answers = std::array::from_fn(|place| {
        let typed = fields.get(&format!("u{}", place + 1))?;
        typed.parse().ok().filter(|answer| (1..=BEST).contains(answer))
    });
    let comment = fields.get("comment").cloned().unwrap_or_default();
    let sent = state
        .service
        .answer_survey(office.id, token, answers, comment.clone())
        .await;
    match sent {
        Err(_) => busy(),
        Ok(None) => nowhere(),
        Ok(Some(Sent::Kept)) => private_page(StatusCode::OK, &told(&state, words, "thanks")),
        Ok(Some(Sent::Refused(other))) => private_page(StatusCode::OK, &told(&state, words, closed(other))),
        Ok(Some(Sent::Nothing)) => {
            let mut again = page_of(&state, words, &answers, comment);
            again.problem = words.key("survey.nothing", &[]);
            private_page(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}
