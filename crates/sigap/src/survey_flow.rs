//! The satisfaction survey as a Flow: its words from content, and which Flow belongs to which of our numbers.

use std::collections::HashMap;

use anyhow::bail;
use serde_json::Value;
use sigap_content::Content;
use sigap_core::language::Language;
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::office::Office;
use sigap_whatsapp::client::Client;
use sigap_whatsapp::flow::{SurveyWords, survey};

use crate::config::{self, SurveyFlow};

/// The Flows of all numbers.
#[derive(Debug, Default)]
pub struct SurveyFlows(HashMap<String, SurveyFlow>);

impl SurveyFlows {
    /// As the settings give them.
    ///
    /// # Errors
    /// An id that Meta cannot have given.
    pub fn new(numbers: &[config::Number]) -> anyhow::Result<Self> {
        for flow in numbers.iter().map(|number| &number.survey_flow) {
            for id in [&flow.id, &flow.en] {
                if !id.bytes().all(|byte| byte.is_ascii_digit()) {
                    bail!("`survey_flow` of a `whatsapp.number` has the id `{id}`; Meta's are digits alone");
                }
            }
        }
        let of = |number: &config::Number| (number.phone_number_id.clone(), number.survey_flow.clone());
        Ok(Self(numbers.iter().map(of).collect()))
    }

    /// The Flow for a message that leaves from a number; `None` where it is no survey or the number has no Flow in its language.
    #[must_use]
    pub fn find(&self, number: &str, message: &OutboundMessage) -> Option<&str> {
        let Form::Survey { language, .. } = &message.form else {
            return None;
        };
        self.0.get(number)?.of(language)
    }
}

/// The Flow JSON of the survey with the words of an office.
///
/// # Errors
/// Words that Meta would refuse; the sentence names what is too long.
pub fn survey_json(content: &Content, office: &Office, language: Language) -> anyhow::Result<Value> {
    survey(&words(content, office, language)).map_err(|breaches| {
        let all: Vec<String> = breaches.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the words of the survey do not fit a Flow: {}", all.join("; "))
    })
}

/// Makes and publishes the survey's Flows in an account that has none, with the words of an office; their ids.
///
/// # Errors
/// Words that do not fit, a call that failed, screens that the other side will not have.
pub async fn publish(client: &Client, account: &str, content: &Content, office: &Office) -> anyhow::Result<SurveyFlow> {
    let mut flows = SurveyFlow::default();
    for language in Language::OF_TEMPLATES {
        let screens = survey_json(content, office, language)?;
        let name = format!("sigap_survey_{}", language.code());
        let id = client.create_survey_flow(account, &name).await?;
        let faults = client.put_flow_json(&id, &screens).await?;
        if !faults.is_empty() {
            bail!("the survey's Flow is refused: {}", faults.join("; "));
        }
        client.publish_flow(&id).await?;
        match language {
            Language::En => flows.en = id,
            _ => flows.id = id,
        }
    }
    Ok(flows)
}

fn words(content: &Content, office: &Office, language: Language) -> SurveyWords {
    let say = |name: &str| content.text(office, language, &format!("survey.{name}"), &[]);
    let elements = &content.catalogue().survey.elements;
    SurveyWords {
        title: say("title"),
        why: format!("{} {}", say("why"), say("skip")),
        questions: elements
            .each_ref()
            .map(|name| (say(&format!("short_{name}")), say(name))),
        scale: ["scale_1", "scale_2", "scale_3", "scale_4"].map(say),
        comment: say("comment"),
        comment_hint: say("comment_hint"),
        next: say("next"),
        send: say("send"),
    }
}

#[cfg(test)]
mod tests;
