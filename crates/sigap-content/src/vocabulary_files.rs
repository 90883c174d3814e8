//! Reads `content/vocabulary/{language}.toml`: the words that lead to each choice. The titles of choices are such words too.

use std::collections::BTreeMap;

use serde::Deserialize;
use sigap_core::conversation::choice;
use sigap_core::conversation::vocabulary::Vocabulary;
use sigap_core::language::Language;

use crate::error::ContentError;
use crate::files::Files;
use crate::render::plain;
use crate::texts::LanguageTexts;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceWords {
    phrases: Vec<String>,
}

/// Reads the words of all languages.
pub(crate) fn read(files: &Files, texts: &[LanguageTexts; 4]) -> Result<Vocabulary, ContentError> {
    let mut entries: Vec<(Language, String, Vec<String>)> = Vec::new();
    for (language, texts) in Language::ALL.into_iter().zip(texts) {
        let path = format!("vocabulary/{}.toml", language.code());
        if let Some(text) = files.find(&path) {
            let table: BTreeMap<String, ChoiceWords> =
                toml::from_str(text).map_err(|error| ContentError::invalid(&path, error))?;
            entries.extend(table.into_iter().map(|(name, words)| (language, name, words.phrases)));
        }
        for choice in choice::CHOICES {
            if let Some(title) = texts
                .words
                .find("choice", choice.0)
                .and_then(|entry| entry.main.as_ref())
            {
                let phrases = vec![plain(title)];
                // A title of signs alone can be tapped but not typed; that is no reason to refuse all content.
                if Vocabulary::new([(language, choice.0, phrases.clone())]).is_ok() {
                    entries.push((language, choice.0.to_owned(), phrases));
                }
            }
        }
    }
    Vocabulary::new(entries).map_err(|error| ContentError::invalid("vocabulary/*.toml", error))
}
