//! Forms inside WhatsApp (Flows): their words from content, which Flow belongs to which of our numbers, and what Meta has to be told of them.

use std::collections::HashMap;

use anyhow::{Context, bail};
use serde_json::Value;
use sigap_content::Content;
use sigap_core::cases::CaseKind;
use sigap_core::conversation::reply::Arg;
use sigap_core::intake::AnswerKind;
use sigap_core::language::Language;
use sigap_core::message::{Form, FormName, OutboundMessage};
use sigap_core::office::Office;
use sigap_whatsapp::client::Client;
use sigap_whatsapp::endpoint::envelope::EndpointKey;
use sigap_whatsapp::flow::booking::{BookingWords, PERSONS, booking};
use sigap_whatsapp::flow::feedback::{FeedbackWords, feedback};
use sigap_whatsapp::flow::intake::{IntakeQuestion, IntakeWords, intake};
use sigap_whatsapp::flow::{SurveyWords, survey};
use sigap_whatsapp::limits::LimitBreach;

use crate::config::{self, Config, FlowIds};

/// Where the endpoint of forms stands below the public address.
pub const ENDPOINT_PATH: &str = "/webhooks/whatsapp/flow";

/// The kinds of the form for feedback, in the order of the chat.
const KINDS: [CaseKind; 5] = [
    CaseKind::Appreciation,
    CaseKind::Comment,
    CaseKind::Complaint,
    CaseKind::Broker,
    CaseKind::LostFile,
];

/// The Flows of all numbers.
#[derive(Debug, Default)]
pub struct NumberFlows {
    surveys: HashMap<String, FlowIds>,
    forms: HashMap<(String, FormName), FlowIds>,
}

impl NumberFlows {
    /// As the settings give them.
    ///
    /// # Errors
    /// An id that Meta cannot have given, or a form that does not exist.
    pub fn new(numbers: &[config::Number]) -> anyhow::Result<Self> {
        let mut flows = Self::default();
        for number in numbers {
            let of = number.phone_number_id.clone();
            check("survey_flow", &number.survey_flow)?;
            flows.surveys.insert(of.clone(), number.survey_flow.clone());
            for (name, ids) in &number.form_flows {
                let form = FormName::from_name(name).with_context(|| {
                    format!("`form_flows` of a `whatsapp.number` names the form `{name}`, which is none")
                })?;
                check("form_flows", ids)?;
                flows.forms.insert((of.clone(), form), ids.clone());
            }
        }
        Ok(flows)
    }

    /// The Flow for a message that leaves from a number; `None` where it offers no form or the number has none in its language.
    #[must_use]
    pub fn find(&self, number: &str, message: &OutboundMessage) -> Option<&str> {
        if let Some(fill) = &message.fill {
            return self.forms.get(&(number.to_owned(), fill.name))?.of(&fill.language);
        }
        let Form::Survey { language, .. } = &message.form else {
            return None;
        };
        self.surveys.get(number)?.of(language)
    }

    /// Whether any number has a form that asks our endpoint.
    #[must_use]
    pub fn has_forms(&self) -> bool {
        !self.forms.is_empty()
    }
}

fn check(setting: &str, flow: &FlowIds) -> anyhow::Result<()> {
    for id in [&flow.id, &flow.en] {
        if !id.bytes().all(|byte| byte.is_ascii_digit()) {
            bail!("`{setting}` of a `whatsapp.number` has the id `{id}`; Meta's are digits alone");
        }
    }
    Ok(())
}

/// The private key of the endpoint, where the settings name one.
///
/// # Errors
/// A file that cannot be read, or that holds no such key; never what stands in it.
pub fn endpoint_key(config: &Config) -> anyhow::Result<Option<EndpointKey>> {
    let path = &config.keys.forms;
    if path.is_empty() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the key of forms `{path}`"))?;
    let text = zeroize::Zeroizing::new(text);
    let key = EndpointKey::from_pem(&text).with_context(|| format!("`{path}` of `keys.forms`"))?;
    Ok(Some(key))
}

/// The Flow JSON of the survey with the words of an office.
///
/// # Errors
/// Words that Meta would refuse; the sentence names what is too long.
pub fn survey_json(content: &Content, office: &Office, language: Language) -> anyhow::Result<Value> {
    fits("survey", survey(&survey_words(content, office, language)))
}

/// The Flow JSON of a form that asks our endpoint, with the words of an office.
///
/// # Errors
/// Words that Meta would refuse; the sentence names what is too long.
pub fn form_json(content: &Content, office: &Office, language: Language, form: FormName) -> anyhow::Result<Value> {
    let made = match form {
        FormName::Booking => booking(&booking_words(content, office, language)),
        FormName::Feedback => feedback(&feedback_words(content, office, language)),
        FormName::Intake => intake(&intake_words(content, office, language)),
    };
    fits(form.name(), made)
}

fn fits(form: &str, made: Result<Value, Vec<LimitBreach>>) -> anyhow::Result<Value> {
    made.map_err(|breaches| {
        let all: Vec<String> = breaches.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the words of the {form} do not fit a Flow: {}", all.join("; "))
    })
}

/// Makes and publishes the survey's Flows in an account that has none, with the words of an office; their ids.
///
/// # Errors
/// Words that do not fit, a call that failed, screens that the other side will not have.
pub async fn publish_survey(
    client: &Client,
    account: &str,
    content: &Content,
    office: &Office,
) -> anyhow::Result<FlowIds> {
    let mut flows = FlowIds::default();
    for language in Language::OF_TEMPLATES {
        let screens = survey_json(content, office, language)?;
        let name = format!("sigap_survey_{}", language.code());
        flows.set(
            language,
            publish(client, account, &name, "SURVEY", None, &screens).await?,
        );
    }
    Ok(flows)
}

/// Makes and publishes a form's Flows, as `publish_survey`; phones will ask the endpoint at this public address.
///
/// # Errors
/// As `publish_survey`.
pub async fn publish_form(
    client: &Client,
    account: &str,
    content: &Content,
    office: &Office,
    form: FormName,
    public_url: &str,
) -> anyhow::Result<FlowIds> {
    let category = match form {
        FormName::Booking => "APPOINTMENT_BOOKING",
        FormName::Feedback => "CUSTOMER_SUPPORT",
        FormName::Intake => "OTHER",
    };
    let endpoint = endpoint_url(public_url);
    let mut flows = FlowIds::default();
    for language in Language::OF_TEMPLATES {
        let screens = form_json(content, office, language, form)?;
        let name = format!("sigap_{}_{}", form.name(), language.code());
        let id = publish(client, account, &name, category, Some(&endpoint), &screens).await?;
        flows.set(language, id);
    }
    Ok(flows)
}

/// Where phones ask.
#[must_use]
pub fn endpoint_url(public_url: &str) -> String {
    format!("{}{ENDPOINT_PATH}", public_url.trim_end_matches('/'))
}

async fn publish(
    client: &Client,
    account: &str,
    name: &str,
    category: &str,
    endpoint: Option<&str>,
    screens: &Value,
) -> anyhow::Result<String> {
    let id = client.create_flow(account, name, category, endpoint).await?;
    let faults = client.put_flow_json(&id, screens).await?;
    if !faults.is_empty() {
        bail!("the Flow `{name}` is refused: {}", faults.join("; "));
    }
    client.publish_flow(&id).await?;
    Ok(id)
}

fn survey_words(content: &Content, office: &Office, language: Language) -> SurveyWords {
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

fn booking_words(content: &Content, office: &Office, language: Language) -> BookingWords {
    let fill = |name: &str, args: &[(&'static str, Arg)]| content.text(office, language, &format!("form.{name}"), args);
    let say = |name: &str| fill(name, &[]);
    BookingWords {
        title: say("booking_title"),
        service: say("booking_service"),
        count: say("booking_count"),
        people: (1..=PERSONS.len())
            .map(|number| {
                let number = [("number", Arg::count(number))];
                (fill("booking_name", &number), fill("booking_born", &number))
            })
            .collect(),
        parent: say("booking_parent"),
        day: say("booking_day"),
        day_hint: say("booking_day_hint"),
        hour: say("booking_hour"),
        other: say("booking_other"),
        only_now: say("booking_only_now"),
        next: say("next"),
        send: say("booking_send"),
    }
}

fn feedback_words(content: &Content, office: &Office, language: Language) -> FeedbackWords {
    let text = |key: &str| content.text(office, language, key, &[]);
    let say = |name: &str| text(&format!("form.{name}"));
    // The chat's own words on its rows.
    let choice = |name: &str| text(&format!("choice.feedback.{name}"));
    FeedbackWords {
        title: say("feedback_title"),
        kind: say("feedback_kind"),
        kinds: KINDS.map(|kind| (kind.name().to_owned(), choice(kind.name()))).to_vec(),
        words: say("feedback_words"),
        hint: say("feedback_hint"),
        rating: say("feedback_rating"),
        ratings: (1..=5)
            .map(|rating: u8| (rating.to_string(), choice(&format!("rate_{rating}"))))
            .collect(),
        next: say("next"),
        send: say("feedback_send"),
    }
}

fn intake_words(content: &Content, office: &Office, language: Language) -> IntakeWords {
    let text = |key: &str| content.text(office, language, key, &[]);
    let say = |name: &str| text(&format!("form.{name}"));
    let questions = &content.catalogue_of(office.id).intake.questions;
    let questions = questions.iter().map(|question| IntakeQuestion {
        id: question.id.clone(),
        kind: question.kind,
        label: text(&format!("intake_question.{}.short", question.id)),
        hint: match question.kind {
            AnswerKind::Name => say("intake_hint_name"),
            AnswerKind::Nik => say("intake_hint_nik"),
            AnswerKind::Text => say("intake_hint_text"),
            AnswerKind::BirthDate | AnswerKind::Sex => String::new(),
        },
    });
    IntakeWords {
        title: say("intake_title"),
        who: say("intake_who"),
        case: say("intake_case"),
        questions: questions.collect(),
        sexes: [say("intake_woman"), say("intake_man")],
        next: say("next"),
        send: say("intake_send"),
    }
}

#[cfg(test)]
mod tests;
