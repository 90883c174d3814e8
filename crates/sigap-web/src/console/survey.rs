//! `/staff/{office}/survei`: the satisfaction index of a month, by element and by service, and what people suggest.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use sigap_core::conversation::reply::Arg;
use sigap_core::survey::{ELEMENTS, Tally};

use super::{Asker, Bar};
use crate::hall::line_words;
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/survey.html")]
struct SurveyPage<'a> {
    words: Words<'a>,
    bar: Bar,
    month: String,
    people: u64,
    index: String,
    told: String,
    elements: Vec<Element>,
    lines: Vec<(String, u64, String)>,
    comments: Vec<String>,
    formula: String,
}

struct Element {
    name: String,
    mean: String,
    /// Of a hundred, for the bar.
    share: u32,
    answers: u64,
}

/// Which month.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: String,
}

/// The page.
pub async fn show(State(state): State<AppState>, asker: Asker, Query(asked): Query<Asked>) -> Response {
    let (Some(office), Some(words)) = (asker.office(&state), asker.words(&state)) else {
        return nowhere();
    };
    let month: Option<Date> = format!("{}-01", asked.month).parse().ok();
    let view = match state
        .service
        .view_answers(office.id, asker.officer.clone(), month)
        .await
    {
        Err(_) => return busy(),
        Ok(None) => return nowhere(),
        Ok(Some(view)) => view,
    };
    let catalogue = state.service.content().catalogue();
    let rules = &catalogue.survey;
    let index_of = |tally: &Tally| tally.index().map(|index| index.to_string()).unwrap_or_default();
    let index = view.all.index().map(|index| {
        let grade = rules.grade(index).unwrap_or("–");
        words.key(
            "console.survey_index",
            &[
                ("index", Arg::Text(index.to_string())),
                ("grade", Arg::Text(grade.to_owned())),
            ],
        )
    });
    let count = Arg::count(view.all.people);
    private_page(
        StatusCode::OK,
        &SurveyPage {
            bar: asker.bar("survey"),
            month: view.month.strftime("%Y-%m").to_string(),
            people: view.all.people,
            index: index.unwrap_or_default(),
            told: words.key("console.survey_people", &[("count", count)]),
            elements: rules
                .elements
                .iter()
                .zip(0..ELEMENTS)
                .map(|(element, place)| {
                    let mean = view.all.mean(place);
                    Element {
                        name: words.key(&format!("survey.{element}"), &[]),
                        mean: mean
                            .map(|mean| format!("{mean:.2}").replace('.', ","))
                            .unwrap_or_default(),
                        share: mean.map_or(0, |mean| (mean * 25.0).round() as u32),
                        answers: view.all.counts.get(place).copied().unwrap_or_default(),
                    }
                })
                .collect(),
            lines: view
                .lines
                .iter()
                .map(|(line, tally)| (line_words(words, line), tally.people, index_of(tally)))
                .collect(),
            comments: view.comments,
            formula: words.key(
                "console.survey_formula",
                &[(
                    "source",
                    Arg::Text(catalogue.sources.get(&rules.source).cloned().unwrap_or_default()),
                )],
            ),
            words,
        },
    )
}
