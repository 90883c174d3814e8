//! The satisfaction survey filled in as a form: kept by the store, thanked for here. The dialogue stays where it is.

use super::choice::*;
use super::dialogue::{Answer, Effect, Question, SurveyTold};
use super::messages::*;
use super::reply::Choices;
use super::turn::{Thought, Turn};
use crate::inbound::FilledSurvey;

/// The topic of its answers.
pub(super) const TOPIC: &str = "survey";

pub(super) fn keep(turn: &mut Turn<'_>, filled: &FilledSurvey) -> Thought {
    let told = turn.ask(|| Question::KeepSurvey(filled.clone()))?;
    turn.effects.push(Effect::ForgetMessage);
    Ok(match told {
        Answer::Survey(SurveyTold::Kept) => SURVEY_KEPT.say(Choices::None),
        Answer::Survey(SurveyTold::Again) => SURVEY_RATED.say(Choices::None),
        Answer::Survey(SurveyTold::NotYet) => SURVEY_EARLY.say(Choices::None),
        Answer::Survey(SurveyTold::Nothing { url }) => SURVEY_EMPTY.say(Choices::Link {
            label: "survey",
            url: url.clone(),
        }),
        _ => SURVEY_STRANGE.say(Choices::Buttons(vec![FEEDBACK, MENU])),
    })
}
