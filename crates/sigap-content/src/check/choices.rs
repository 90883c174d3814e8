//! Words on buttons and rows: all there, inside Meta's limits, short, and no two alike where both can be seen.

use std::collections::HashMap;

use jiff::civil::{Date, time};
use sigap_core::conversation::choice::{CHOICES, Shape};
use sigap_core::conversation::dialogue::Step;
use sigap_core::conversation::state::State;
use sigap_core::conversation::step;
use sigap_core::inbound::Said;
use sigap_core::language::Language;
use sigap_core::message::Form;
use sigap_core::office::Office;

use super::CheckReport;
use super::texts::{COMPLETE, offices_to_try};
use crate::content::{Content, place};
use crate::limits::{
    BUTTON_TITLE_CHARS_MAX, BUTTON_WORDS_MAX, LIST_BUTTON_CHARS_MAX, ROW_DESCRIPTION_CHARS_MAX, ROW_TITLE_CHARS_MAX,
    SECTION_TITLE_CHARS_MAX,
};
use crate::render::plain;
use crate::template::Template;
use crate::texts::Entry;

pub(super) fn check(content: &Content, today: Date, report: &mut CheckReport) {
    for language in Language::ALL {
        let is_complete = COMPLETE.contains(&language);
        let words = &content.texts[place(language)].words;
        for choice in CHOICES {
            report.checked += 1;
            let key = format!("choice.{}", choice.0);
            match words.find("choice", choice.0) {
                Some(entry) => check_title(&key, choice.shape(), language, entry, report),
                None if is_complete => {
                    let file = format!("texts/{}/choice.toml", language.code());
                    report.error(
                        &file,
                        &key,
                        "the title is missing",
                        format!("write [\"{}\"] in {file}", choice.0),
                    );
                }
                None => {}
            }
        }
        for (topic, name, entry) in words.iter() {
            let key = format!("{topic}.{name}");
            if topic == "choice" && !CHOICES.iter().any(|choice| choice.0 == name) {
                report.warn(
                    &entry.file,
                    &key,
                    "no choice has this name",
                    "delete it, or mend the name",
                );
            }
            let chars_max = match topic {
                "list" | "link" => LIST_BUTTON_CHARS_MAX,
                "section" => SECTION_TITLE_CHARS_MAX,
                _ => continue,
            };
            if let Some(main) = &entry.main {
                check_length(&key, main, chars_max, entry, report);
            }
        }
        for office in offices_to_try(content) {
            walk(content, office, language, today, report);
        }
    }
}

fn check_title(key: &str, shape: Shape, language: Language, entry: &Entry, report: &mut CheckReport) {
    let Some(title) = &entry.main else { return };
    let (chars_max, words_max) = match shape {
        Shape::Button => (BUTTON_TITLE_CHARS_MAX, Some(BUTTON_WORDS_MAX)),
        Shape::Row | Shape::Unseen => (ROW_TITLE_CHARS_MAX, None),
    };
    check_length(key, title, chars_max, entry, report);
    let words = plain(title)
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    if language == Language::Id && words_max.is_some_and(|max| words > max) {
        let what = format!("{words} words on a button, {BUTTON_WORDS_MAX} at most");
        report.warn(&entry.file, key, what, "verb and object are enough");
    }
    if let Some(description) = entry.part("description") {
        check_length(key, description, ROW_DESCRIPTION_CHARS_MAX, entry, report);
    }
    for (part, _) in entry.parts.iter().filter(|(part, _)| part != "description") {
        report.error(
            &entry.file,
            key,
            format!("`{part}` is not a part of a choice"),
            "use title and description",
        );
    }
}

fn check_length(key: &str, template: &Template, chars_max: usize, entry: &Entry, report: &mut CheckReport) {
    let words = plain(template);
    let chars = words.chars().count();
    if chars > chars_max {
        report.error(
            &entry.file,
            key,
            format!("`{words}` has {chars} characters, {chars_max} at most"),
            "shorten it",
        );
    }
    if words.contains('\n') || words.contains(['*', '_', '~', '`']) {
        report.error(
            &entry.file,
            key,
            "titles have one line and no marks",
            "take the marks out",
        );
    }
}

/// Goes to every choice as a citizen would, and looks at what is really shown.
fn walk(content: &Content, office: &Office, language: Language, today: Date, report: &mut CheckReport) {
    let noon = office.zone.to_timestamp(today.to_datetime(time(12, 0, 0, 0)));
    let world = noon.ok().and_then(|noon| content.world(office.id, noon));
    let Some(world) = world else { return };
    for choice in CHOICES {
        let said = Said::Choice(choice.0.to_owned());
        let Step::Done(outcome) = step(&world, &State::default(), &said, &[]) else {
            continue;
        };
        let Some(reply) = outcome.reply else { continue };
        let message = content.render(office, language, &reply);
        let titles: Vec<&str> = match &message.form {
            Form::Buttons(buttons) => buttons.iter().map(|button| button.title.as_str()).collect(),
            Form::List { sections, .. } => sections
                .iter()
                .flat_map(|section| &section.rows)
                .map(|row| row.title.as_str())
                .collect(),
            Form::Text | Form::Link { .. } | Form::Survey { .. } | Form::Template { .. } => Vec::new(),
        };
        let mut seen: HashMap<String, usize> = HashMap::new();
        for title in titles {
            *seen.entry(title.to_lowercase()).or_default() += 1;
        }
        let file = format!("texts/{}/choice.toml", language.code());
        for (title, _) in seen.iter().filter(|(_, count)| **count > 1) {
            let what = format!("`{title}` stands twice under this message at {}", office.slug);
            report.error(&file, reply.key, what, "give one of the choices another title");
        }
        if message.body.contains('…') {
            let what = format!("the body is cut at {} after the choice `{}`", office.slug, choice.0);
            report.error(&file, reply.key, what, "shorten the text");
        }
        for key in missing_keys(&message.body) {
            let what = format!(
                "`{key}` has no words, seen at {} after the choice `{}`",
                office.slug, choice.0
            );
            report.error(&file, reply.key, what, "write the text");
        }
    }
}

/// Keys in brackets: the renderer's sign that words are missing.
fn missing_keys(body: &str) -> impl Iterator<Item = &str> {
    body.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(key, _)| key)
        .filter(|key| {
            key.contains('.')
                && key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_' || c == '-')
        })
}
