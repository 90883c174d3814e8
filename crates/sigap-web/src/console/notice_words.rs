//! How notices and their templates are named on the two pages about them.

use jiff::Timestamp;
use sigap_actions::manage_notices::{NoticeTrouble, TemplateView};
use sigap_core::conversation::reply::Arg;
use sigap_core::language::Language;
use sigap_core::notices::template::{NotNow, TemplateState};

use crate::hall::moment_words;
use crate::pages::Words;

/// How a template stands, in a word and a colour.
pub(super) struct Pill {
    /// Which language it is in.
    pub(super) language: String,
    /// The words.
    pub(super) words: String,
    /// The class of its colour.
    pub(super) class: &'static str,
}

/// The name of a notice.
pub(super) fn name_words(words: Words<'_>, notice: &str) -> String {
    words.c(&format!("notice_name_{notice}"))
}

/// The name of a language.
pub(super) fn language_words(words: Words<'_>, language: Language) -> String {
    words.c(&format!("notice_language_{}", language.code()))
}

/// How a template stands.
pub(super) fn pill_of(words: Words<'_>, template: &TemplateView) -> Pill {
    let facts = &template.facts;
    let (word, class) = if facts.wish.is_some() {
        ("wanted", "soon")
    } else {
        match facts.state {
            TemplateState::Approved if facts.is_in_wrong_category() => ("marketing", "late"),
            TemplateState::Approved if facts.text.is_none() => ("foreign", "late"),
            TemplateState::Approved if template.differs => ("differs", "soon"),
            TemplateState::Approved => ("approved", "fine"),
            TemplateState::Pending => ("pending", "soon"),
            state => (state.name(), "late"),
        }
    };
    Pill {
        language: language_words(words, template.language),
        words: words.c(&format!("template_{word}")),
        class,
    }
}

/// Why nothing was done.
pub(super) fn trouble_words(words: Words<'_>, trouble: NoticeTrouble, now: Timestamp) -> String {
    let name = match trouble {
        NoticeTrouble::NotNow(why) => return not_now_words(words, why, now),
        NoticeTrouble::Denied => return words.c("denied"),
        NoticeTrouble::Unknown => "unknown",
        NoticeTrouble::NoAccount => "no_account",
        NoticeTrouble::Hours => "hours",
        NoticeTrouble::Limits => "limits",
        NoticeTrouble::Budget => "budget",
        NoticeTrouble::Nothing => "nothing",
    };
    words.c(&format!("notice_trouble_{name}"))
}

/// Why a template cannot be submitted now.
pub(super) fn not_now_words(words: Words<'_>, why: NotNow, now: Timestamp) -> String {
    match why {
        NotNow::UnderWay => words.c("not_now_under_way"),
        NotNow::Same => words.c("not_now_same"),
        NotNow::Rejected => words.c("not_now_rejected"),
        NotNow::Disabled => words.c("not_now_disabled"),
        NotNow::Until(until) => {
            let at = Arg::Text(moment_words(words, words.office, until, now));
            words.key("console.not_now_until", &[("at", at)])
        }
    }
}

/// Words as WhatsApp shows them: between asterisks they are bold. Each piece says whether it is.
pub(super) fn marked(words: &str) -> Vec<(bool, String)> {
    let mut pieces = Vec::new();
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            pieces.push((false, "\n".to_owned()));
        }
        let parts: Vec<&str> = line.split('*').collect();
        if parts.len().is_multiple_of(2) {
            // One of the asterisks stands alone: it is one.
            pieces.push((false, line.to_owned()));
            continue;
        }
        for (place, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
            pieces.push((place % 2 == 1, (*part).to_owned()));
        }
    }
    pieces
}

/// A count as an argument.
pub(super) fn number(value: u64) -> Arg {
    Arg::count(value)
}

#[cfg(test)]
mod tests;
