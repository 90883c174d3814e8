//! `/o/{office}/masukan`: thanks, an idea, a complaint, a broker's offer, lost papers. Whoever complains gets a number, the day by which the law
//! wants an answer, and a page to follow it.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigap_actions::say_in_browser::Brought;
use sigap_core::cases::CaseKind;
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::{FEEDBACK_CHARS_MAX, FEEDBACK_LETTERS_MIN};

use super::visitor::{Fields, Visitor, new_key};
use super::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

/// What can be brought forward here, by its name in addresses.
pub(crate) const KINDS: [CaseKind; 5] = [
    CaseKind::Appreciation,
    CaseKind::Comment,
    CaseKind::Complaint,
    CaseKind::Broker,
    CaseKind::LostFile,
];

#[derive(Template)]
#[template(path = "visitor/feedback.html")]
struct FeedbackPage<'a> {
    words: Words<'a>,
    kinds: Vec<(&'static str, String, String, bool)>,
    text: String,
    rating: String,
    problems: Vec<(&'static str, String)>,
    key: String,
    most: usize,
}

/// Which kind is chosen beforehand.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Of {
    #[serde(default)]
    jenis: String,
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, visitor: Visitor, Query(of): Query<Of>) -> Response {
    respond(&state, &visitor, StatusCode::OK, &of.jenis, "", "", Vec::new())
}

/// It is sent.
pub(crate) async fn send(State(state): State<AppState>, mut visitor: Visitor, fields: Fields) -> Response {
    let Some(words) = visitor.words(&state) else {
        return nowhere();
    };
    let (kind, text, rating) = (fields.get("jenis"), fields.get("teks"), fields.get("nilai"));
    let chosen = KINDS.into_iter().find(|known| known.name() == kind);
    let mut problems = Vec::new();
    if chosen.is_none() {
        problems.push(("jenis", words.w("feedback_no_kind")));
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEEDBACK_LETTERS_MIN {
        problems.push(("teks", words.w("feedback_short")));
    } else if text.chars().count() > FEEDBACK_CHARS_MAX {
        let most = Arg::count(FEEDBACK_CHARS_MAX);
        problems.push(("teks", words.with_web("feedback_long", &[("most", most)])));
    }
    let (Some(kind), true) = (chosen, problems.is_empty()) else {
        return respond(
            &state,
            &visitor,
            StatusCode::UNPROCESSABLE_ENTITY,
            kind,
            text,
            rating,
            problems,
        );
    };
    let browser = match visitor.open(&state).await {
        Err(response) => return response,
        Ok((_, browser)) => browser,
    };
    let rating = rating.parse().ok().filter(|rating| (1..=5).contains(rating));
    let opened = state.service.open_case_in_browser(
        visitor.office,
        browser,
        fields.get("kunci").to_owned(),
        visitor.language(),
        Brought {
            kind,
            text: text.to_owned(),
            rating,
        },
    );
    match opened.await {
        Err(_) => busy(),
        // Sent twice: it stands already, and its page was shown.
        Ok(None) => visitor.go("/tiket?baru=1"),
        Ok(Some(number)) => {
            let secret = state.tickets.case_secret(&visitor.slug, &number);
            visitor.go(&format!("/kasus/{number}/{secret}"))
        }
    }
}

fn respond(
    state: &AppState,
    visitor: &Visitor,
    status: StatusCode,
    kind: &str,
    text: &str,
    rating: &str,
    problems: Vec<(&'static str, String)>,
) -> Response {
    let Some(words) = visitor.words(state) else {
        return nowhere();
    };
    let page = FeedbackPage {
        kinds: KINDS
            .into_iter()
            .map(|known| {
                let name = known.name();
                (
                    name,
                    words.w(&format!("feedback_{name}")),
                    words.w(&format!("feedback_{name}_about")),
                    name == kind,
                )
            })
            .collect(),
        text: text.to_owned(),
        rating: rating.to_owned(),
        problems,
        key: new_key(state),
        most: FEEDBACK_CHARS_MAX,
        words,
    };
    visitor.answer(private_page(status, &page))
}
