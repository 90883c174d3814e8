//! Sentences with what they ask for, as they stand in `content/understanding`. Reads text that is handed in, no files.

use super::Intent;

const TRAIN: &str = include_str!("../../../../content/understanding/train.tsv");
const MORE: &str = include_str!("../../../../content/understanding/more.tsv");
const DEVELOPMENT: &str = include_str!("../../../../content/understanding/dev.tsv");
const HELD_OUT: &str = include_str!("../../../../content/understanding/held-out.tsv");
const LEXICON: &str = include_str!("../../../../content/understanding/lexicon.txt");
const MORE_LEXICON: &str = include_str!("../../../../content/understanding/more-lexicon.txt");
const NAMES: &str = include_str!("../../../../content/understanding/names.txt");
/// The concept of names; those of `names.txt` give way to any other. A word that hardly anybody types, since it is a form of it too.
pub(crate) const NAME_CONCEPT: &str = "insan";
/// What follows this line of `names.txt` is a name beside others only.
const BESIDE_OTHERS: &str = "[beside others only]";
const SPELLINGS: &str = include_str!("../../../../content/understanding/abbrev.tsv");

/// The columns of the files; a first line like this is a title.
const TITLE: &str = "text\tintent\tlang";

/// Everything a model is trained from.
#[derive(Debug, Clone, Default)]
pub struct Training {
    /// The sentences.
    pub rows: Vec<Row>,
    /// Concepts with the words that stand for them: `concept: word word two_words`, a line each.
    pub lexicon: String,
    /// Full words and how people shorten them: word, tab, spellings between spaces.
    pub spellings: String,
}

/// One sentence with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As somebody would type it.
    pub text: String,
    /// What it asks for.
    pub intent: Intent,
    /// In which language.
    pub language: Language,
}

/// The languages of the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Indonesian.
    Indonesian,
    /// Sundanese.
    Sundanese,
    /// Javanese.
    Javanese,
    /// English.
    English,
}

/// A line that is not a sentence with its label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Fewer columns than text and intent.
    #[error("line {line} has no tab between text and intent")]
    NoIntent {
        /// Counted from one.
        line: usize,
    },
    /// A label that does not exist.
    #[error("line {line} has the intent `{name}`, which does not exist; see `intents.md`")]
    UnknownIntent {
        /// Counted from one.
        line: usize,
        /// As written.
        name: String,
    },
    /// A language that does not exist.
    #[error("line {line} has the language `{code}`; write id, su, jv or en")]
    UnknownLanguage {
        /// Counted from one.
        line: usize,
        /// As written.
        code: String,
    },
}

impl Training {
    /// The sentences, concepts and spellings that were built in.
    ///
    /// # Errors
    /// When a line of the built-in files is damaged; a test holds that none is.
    pub fn embedded() -> Result<Self, RowError> {
        let mut rows = read(TRAIN)?;
        rows.extend(read(MORE)?);
        Ok(Self {
            rows,
            lexicon: format!("{LEXICON}\n{MORE_LEXICON}\n{NAME_CONCEPT}: {}", yielding(names())),
            spellings: SPELLINGS.to_owned(),
        })
    }
}

/// Words of names, in the order of their file.
fn names() -> impl Iterator<Item = &'static str> {
    let [surely, beside_others] = name_words();
    surely.chain(beside_others)
}

/// Words that are names by themselves, and words that are names beside others.
pub(crate) fn name_words() -> [impl Iterator<Item = &'static str>; 2] {
    let (surely, beside_others) = NAMES.split_once(BESIDE_OTHERS).unwrap_or((NAMES, ""));
    [surely, beside_others].map(|part| {
        let lines = part.lines().filter(|line| !line.starts_with(['#', '[']));
        lines.flat_map(str::split_whitespace)
    })
}

fn yielding<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.fold(String::new(), |so_far, word| so_far + word + "__ ")
}

/// The sentences for measuring. Never train with them.
///
/// # Errors
/// When a line of the built-in file is damaged; a test holds that none is.
pub fn development() -> Result<Vec<Row>, RowError> {
    read(DEVELOPMENT)
}

/// Sentences of writers who had seen no seed; never learned from.
///
/// # Errors
/// When a line of the built-in file is damaged; a test holds that none is.
pub fn held_out() -> Result<Vec<Row>, RowError> {
    read(HELD_OUT)
}

/// How many of the first sentences of [`Training::embedded`] came with the project: `more.tsv` is measured against them.
///
/// # Errors
/// When a line of the built-in file is damaged; a test holds that none is.
pub fn first_seeds() -> Result<usize, RowError> {
    read(TRAIN).map(|rows| rows.len())
}

/// Reads lines of text, intent, language and values with tabs between them. A title and empty lines are passed over, a
/// missing language is Indonesian.
///
/// # Errors
/// At the first line without a known intent or with an unknown language.
pub fn read(text: &str) -> Result<Vec<Row>, RowError> {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if line.trim().is_empty() || (index == 0 && line.starts_with(TITLE)) {
            continue;
        }
        let mut cells = line.split('\t');
        let (Some(text), Some(name)) = (cells.next(), cells.next()) else {
            return Err(RowError::NoIntent { line: number });
        };
        let name = name.trim();
        let intent = Intent::find(name).ok_or_else(|| RowError::UnknownIntent {
            line: number,
            name: name.to_owned(),
        })?;
        let code = cells.next().unwrap_or_default().trim();
        let language = Language::find(code).ok_or_else(|| RowError::UnknownLanguage {
            line: number,
            code: code.to_owned(),
        })?;
        rows.push(Row {
            text: text.to_owned(),
            intent,
            language,
        });
    }
    Ok(rows)
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Indonesian, Self::Sundanese, Self::Javanese, Self::English];

    /// Its code in the files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::Sundanese => "su",
            Self::Javanese => "jv",
            Self::English => "en",
        }
    }

    fn find(code: &str) -> Option<Self> {
        if code.is_empty() {
            return Some(Self::Indonesian);
        }
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

#[cfg(test)]
mod tests;
