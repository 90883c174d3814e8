//! A notice as a template for Meta: its words with holes, an example of each, its quick replies. And as it looks to a citizen.

use jiff::civil::DateTime;
use sigap_core::conversation::notice::samples::sample;
use sigap_core::conversation::reply::Reply;
use sigap_core::language::Language;
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::notices::TOPIC;
use sigap_core::notices::template::{TemplateButton, TemplateText};
use sigap_core::office::Office;

use crate::content::Content;

/// Characters of a template's body (Meta; unverified).
const BODY_CHARS_MAX: usize = 1_024;
/// Words of its own that a template needs beside so many holes: Meta refuses one with more (2388293; the figure is what people
/// who write templates report, unverified).
const fn words_least(holes: usize) -> usize {
    2 * holes + 1
}

impl Content {
    /// What is submitted to Meta for a notice; `None` when there is no such notice. `at` is the time in its examples, `base` the address
    /// of our pages.
    #[must_use]
    pub fn template(
        &self,
        office: &Office,
        language: Language,
        id: &str,
        at: DateTime,
        base: &str,
    ) -> Option<TemplateText> {
        let reply = sample(id, office, at, base)?;
        let holes = self.placeholders(office, language, reply.key);
        let buttons = match self.render(office, language, &reply).form {
            Form::Buttons(buttons) => buttons,
            _ => Vec::new(),
        };
        Some(TemplateText {
            body: self.template_text(office, language, reply.key),
            holes: holes.into_iter().map(str::to_owned).collect(),
            examples: self.values(office, language, &reply),
            buttons: buttons
                .into_iter()
                .map(|button| TemplateButton {
                    choice: button.choice.split(':').next().unwrap_or_default().to_owned(),
                    title: button.title,
                })
                .collect(),
        })
    }

    /// A notice as somebody reads it within the window; `None` when there is no such notice.
    #[must_use]
    pub fn notice_sample(
        &self,
        office: &Office,
        language: Language,
        id: &str,
        at: DateTime,
        base: &str,
    ) -> Option<OutboundMessage> {
        Some(self.render(office, language, &sample(id, office, at, base)?))
    }

    /// Everything that a reply may fill in, by its name, each in one line.
    #[must_use]
    pub fn named_values(&self, office: &Office, language: Language, reply: &Reply) -> Vec<(String, String)> {
        reply
            .args
            .iter()
            .map(|(name, arg)| {
                let words = self.words_of(office, language, arg);
                (
                    (*name).to_owned(),
                    words.split_whitespace().collect::<Vec<_>>().join(" "),
                )
            })
            .collect()
    }
}

/// The name of a notice in a message key.
#[must_use]
pub fn notice_of(key: &str) -> Option<&str> {
    key.strip_prefix(TOPIC)
}

/// Why Meta would refuse a template with these words.
#[must_use]
pub fn template_problem(text: &TemplateText) -> Option<String> {
    let bare = text.body.replace(['*', '_', '~'], "");
    let bare = bare.trim();
    if text.body.chars().count() > BODY_CHARS_MAX {
        return Some(format!("a template has {BODY_CHARS_MAX} characters at most"));
    }
    if bare.starts_with("{{") || bare.trim_end_matches(['.', ',', ':', ' ']).ends_with("}}") {
        return Some("a template may neither begin nor end with something that is filled in".to_owned());
    }
    if bare.contains("}}{{") || bare.contains("}} {{") {
        return Some("between two things that are filled in there must be words".to_owned());
    }
    let words = bare
        .split_whitespace()
        .filter(|word| !word.contains("{{") && word.chars().any(char::is_alphanumeric));
    let (words, least) = (words.count(), words_least(text.holes.len()));
    (words < least).then(|| {
        let holes = text.holes.len();
        format!("{words} words beside {holes} things that are filled in; Meta wants {least}")
    })
}

#[cfg(test)]
mod tests;
