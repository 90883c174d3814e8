//! All texts by language, topic and name, taken apart once. An office's own words lie over the general ones.

use std::collections::HashMap;

use sigap_core::language::Language;
use toml::{Table, Value};

use crate::error::ContentError;
use crate::files::Files;
use crate::format::Format;
use crate::template::Template;

/// Fields that hold the words of an entry itself; any other field of words is a part beside it.
const MAIN_FIELDS: [&str; 3] = ["text", "title", "name"];

/// The file in each language folder that says how dates and numbers are written.
const FORMAT_STEM: &str = "format";

/// The words of one key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// `text`, `title` or `name`.
    pub(crate) main: Option<Template>,
    /// `description`, `citizen` …
    pub(crate) parts: Vec<(String, Template)>,
    /// Where it stands, for the check.
    pub(crate) file: String,
}

impl Entry {
    /// The part of that name.
    pub(crate) fn part(&self, name: &str) -> Option<&Template> {
        self.parts
            .iter()
            .find(|(part, _)| part == name)
            .map(|(_, template)| template)
    }
}

/// Words by topic, then by name: two cheap look-ups, no key is put together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    topics: HashMap<String, HashMap<String, Entry>>,
}

impl Words {
    pub(crate) fn find(&self, topic: &str, name: &str) -> Option<&Entry> {
        self.topics.get(topic)?.get(name)
    }

    /// The words of `topic.name`, or of the part `topic.name.part`.
    pub(crate) fn template(&self, key: &str) -> Option<&Template> {
        let (topic, name) = key.split_once('.')?;
        if let Some(entry) = self.find(topic, name) {
            return entry.main.as_ref();
        }
        let (name, part) = name.rsplit_once('.')?;
        self.find(topic, name)?.part(part)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str, &Entry)> {
        self.topics.iter().flat_map(|(topic, names)| {
            names
                .iter()
                .map(move |(name, entry)| (topic.as_str(), name.as_str(), entry))
        })
    }

    fn entry(&mut self, topic: &str, name: &str, file: &str) -> &mut Entry {
        let names = self.topics.entry(topic.to_owned()).or_default();
        let entry = names.entry(name.to_owned()).or_default();
        if entry.file.is_empty() {
            file.clone_into(&mut entry.file);
        }
        entry
    }
}

/// The words and number forms of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct LanguageTexts {
    pub(crate) words: Words,
    pub(crate) format: Option<Format>,
}

/// A text that could be read but not understood in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextProblem {
    pub(crate) file: String,
    pub(crate) key: String,
    pub(crate) what: String,
}

/// Reads the folder of one language.
pub(crate) fn read_language(
    files: &Files,
    language: Language,
    problems: &mut Vec<TextProblem>,
) -> Result<LanguageTexts, ContentError> {
    let mut texts = LanguageTexts::default();
    let folder = format!("texts/{}", language.code());
    for (path, topic, text) in files.list(&folder, ".toml") {
        if topic == FORMAT_STEM {
            texts.format = Some(toml::from_str(text).map_err(|error| ContentError::invalid(path, error))?);
            continue;
        }
        let table: Table = toml::from_str(text).map_err(|error| ContentError::invalid(path, error))?;
        read_table(&mut texts.words, path, topic, "", &table, problems);
    }
    Ok(texts)
}

/// Reads `"topic.name" = "words"` of an office file; `topic.name.description` sets a part.
pub(crate) fn read_overrides(
    file: &str,
    table: &HashMap<String, String>,
    base: &Words,
    problems: &mut Vec<TextProblem>,
) -> Words {
    let mut words = Words::default();
    for (key, text) in table {
        let Some((topic, name)) = key.split_once('.') else {
            problems.push(TextProblem {
                file: file.to_owned(),
                key: key.clone(),
                what: "a key has two parts, `topic.name`".into(),
            });
            continue;
        };
        let template = parse(file, key, text, problems);
        if base.find(topic, name).is_none()
            && let Some((name, part)) = name.rsplit_once('.')
            && let Some(general) = base.find(topic, name)
        {
            let entry = words.entry(topic, name, file);
            if entry.main.is_none() {
                entry.main.clone_from(&general.main);
            }
            entry.parts.retain(|(old, _)| old != part);
            entry.parts.push((part.to_owned(), template));
            continue;
        }
        let general = base
            .find(topic, name)
            .map(|general| general.parts.clone())
            .unwrap_or_default();
        let entry = words.entry(topic, name, file);
        entry.main = Some(template);
        for part in general {
            if entry.part(&part.0).is_none() {
                entry.parts.push(part);
            }
        }
    }
    words
}

/// Takes one text apart and notes what was not understood.
fn parse(file: &str, key: &str, text: &str, problems: &mut Vec<TextProblem>) -> Template {
    let (template, found) = Template::parse(text);
    problems.extend(found.into_iter().map(|what| TextProblem {
        file: file.to_owned(),
        key: key.to_owned(),
        what,
    }));
    template
}

fn read_table(
    words: &mut Words,
    file: &str,
    topic: &str,
    prefix: &str,
    table: &Table,
    problems: &mut Vec<TextProblem>,
) {
    for (field, value) in table {
        match value {
            Value::Table(inner) => {
                let name = if prefix.is_empty() {
                    field.clone()
                } else {
                    format!("{prefix}.{field}")
                };
                words.entry(topic, &name, file);
                read_table(words, file, topic, &name, inner, problems);
            }
            Value::String(text) if !prefix.is_empty() => {
                let template = parse(file, &format!("{topic}.{prefix}"), text, problems);
                let entry = words.entry(topic, prefix, file);
                if MAIN_FIELDS.contains(&field.as_str()) && entry.main.is_none() {
                    entry.main = Some(template);
                } else {
                    entry.parts.push((field.clone(), template));
                }
            }
            _ => problems.push(TextProblem {
                file: file.to_owned(),
                key: format!("{topic}.{prefix}"),
                what: format!("`{field}` is not words in quotes under a `[name]`"),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
