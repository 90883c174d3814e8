//! What is wrong with an entry before a citizen sees it, named at its field, and how much room its words have.

use std::collections::HashSet;

use sigap_core::conversation::choice::Shape;
use sigap_core::conversation::messages::{self, FormKind, MessageSpec};
use sigap_core::conversation::reply::{Arg, Choice};
use sigap_core::language::Language;
use sigap_core::limits::{INTERACTIVE_BODY_CHARS_MAX, TEXT_BODY_CHARS_MAX};
use sigap_core::office::Office;

use super::{EntryKey, FIELD_CHARS_MAX, Kind};
use crate::check::{Sampler, Unplain, any_language, indonesian};
use crate::content::Content;
use crate::limits::{
    BUTTON_TITLE_CHARS_MAX, LIST_BUTTON_CHARS_MAX, ROW_DESCRIPTION_CHARS_MAX, ROW_TITLE_CHARS_MAX,
    SECTION_TITLE_CHARS_MAX,
};
use crate::overlay::Fields;
use crate::render::plain;
use crate::template::{Supply, Template};

/// Names that every ready answer may use.
pub(crate) const ANSWER_HOLES: [&str; 3] = ["name", "case", "office"];

/// Something wrong with a field; an empty name means the entry as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which field.
    pub field: String,
    /// What is wrong with it.
    pub what: What,
}

/// What can be wrong. Words for people stand under `editor.problem_{name}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Nothing was written.
    Missing,
    /// There is no such entry in this version.
    NoSuchEntry,
    /// That cannot be chosen.
    NoSuchValue(String),
    /// Not a whole number, or too large.
    NotNumber,
    /// Not a day.
    NotDay,
    /// Not a day with a time.
    NotMoment,
    /// Not hours.
    NotHours,
    /// Two spans of one day overlap.
    HoursOverlap,
    /// The next look lies before the last.
    BeforeCheck,
    /// Not an address of the government.
    NotOfficial,
    /// Not a number as people dial it.
    NotDialled,
    /// More characters than fit.
    TooLong {
        /// How many there are, with long values filled in.
        chars: usize,
        /// How many fit.
        most: usize,
    },
    /// Nothing fills that hole.
    UnknownHole(String),
    /// That hole has to be there.
    NeedsHole(String),
    /// The holes of a notice are numbered in its template: they stay as many and in their order.
    HolesMoved(String),
    /// A brace that was not understood.
    Braces,
    /// A title has one line and no marks.
    MarksInTitle,
    /// Words that citizens should not have to read.
    Unplain(Unplain),
    /// More lines than may be.
    TooMany {
        /// How many may be.
        most: usize,
    },
    /// A number that may be somebody's: of an application, a telephone, a person.
    LongNumber,
    /// People act on it already: a draw that is announced, places that are being given.
    Begun,
    /// The office's file as a whole cannot be read with it; the sentence of the reader.
    Unfit(String),
}

impl Problem {
    pub(crate) fn of(field: &str, what: What) -> Self {
        Self {
            field: field.to_owned(),
            what,
        }
    }
}

/// Where words have to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A message of words alone.
    Message,
    /// A message with buttons, a list or a link.
    Interactive,
    /// A reply button.
    Button,
    /// The button that opens a list or a page.
    ListButton,
    /// A row of a list.
    Row,
    /// Small words under a row.
    RowDescription,
    /// The title of a part of a list.
    Section,
}

impl Use {
    /// Characters that fit.
    #[must_use]
    pub const fn chars_max(self) -> usize {
        match self {
            Self::Message => TEXT_BODY_CHARS_MAX,
            Self::Interactive => INTERACTIVE_BODY_CHARS_MAX,
            Self::Button => BUTTON_TITLE_CHARS_MAX,
            Self::ListButton => LIST_BUTTON_CHARS_MAX,
            Self::Row => ROW_TITLE_CHARS_MAX,
            Self::RowDescription => ROW_DESCRIPTION_CHARS_MAX,
            Self::Section => SECTION_TITLE_CHARS_MAX,
        }
    }

    /// The name in keys of words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Interactive => "interactive",
            Self::Button => "button",
            Self::ListButton => "list_button",
            Self::Row => "row",
            Self::RowDescription => "row_description",
            Self::Section => "section",
        }
    }

    const fn is_title(self) -> bool {
        !matches!(self, Self::Message | Self::Interactive)
    }
}

/// How much room words have where they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Where.
    pub place: Use,
    /// Characters they take, with long values filled in.
    pub chars: usize,
}

impl Content {
    /// Where the words of a key are used; `None` for parts of messages and words of pages, which have no bound of their own.
    #[must_use]
    pub fn place_of_use(key: &str) -> Option<Use> {
        let (topic, name) = key.split_once('.')?;
        match topic {
            "choice" => Some(match name.strip_suffix(".description") {
                Some(_) => Use::RowDescription,
                None if Choice::find(name).is_some_and(|choice| matches!(choice.shape(), Shape::Button)) => Use::Button,
                None => Use::Row,
            }),
            "list" | "link" => Some(Use::ListButton),
            "section" => Some(Use::Section),
            _ => match messages::find(key)?.form {
                FormKind::Fragment | FormKind::Page => None,
                FormKind::Text => Some(Use::Message),
                FormKind::Buttons | FormKind::List | FormKind::Link | FormKind::Survey => Some(Use::Interactive),
            },
        }
    }

    /// How much room the words of a key take at an office.
    #[must_use]
    pub fn room(&self, office: &Office, language: Language, key: &str) -> Option<Room> {
        let place = Self::place_of_use(key)?;
        let words = match messages::find(key) {
            Some(spec) if !place.is_title() => {
                let sampler = Sampler {
                    content: self,
                    office,
                    language,
                };
                self.text(office, language, key, &sampler.args(spec))
            }
            _ => plain(self.own_or_general(office, language, key)?),
        };
        Some(Room {
            place,
            chars: words.chars().count(),
        })
    }

    /// The text of a key with long but possible values, as a preview shows it.
    #[must_use]
    pub fn example(&self, office: &Office, language: Language, key: &str) -> String {
        let sampler = Sampler {
            content: self,
            office,
            language,
        };
        let args = match messages::find(key) {
            Some(spec) => sampler.args(spec),
            None => ANSWER_HOLES.map(|name| (name, Arg::Text(String::new()))).into(),
        };
        let shown = args.into_iter().map(|(name, arg)| match arg {
            // A value without meaning is shown by its name.
            Arg::Text(words) if words.chars().all(|c| c == 'N') => (name, Arg::Text(format!("[{name}]"))),
            _ => (name, arg),
        });
        let shown: Vec<_> = shown.collect();
        self.text(office, language, key, &shown)
    }

    /// What is wrong with an entry as it is in this content; `general` is what lies under all changes.
    #[must_use]
    pub fn problems(&self, general: &Self, office: &Office, key: &EntryKey, fields: &Fields) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (name, text) in fields {
            let chars = text.chars().count();
            if chars > FIELD_CHARS_MAX {
                let most = FIELD_CHARS_MAX;
                problems.push(Problem::of(name, What::TooLong { chars, most }));
            }
        }
        let words = |problems: &mut Vec<Problem>, field: &str, language: Language| {
            let text = fields.get(field).map(String::as_str).unwrap_or_default();
            problems.extend(unplain(field, language, text));
        };
        match key.kind {
            Kind::Text | Kind::Notice | Kind::Answer => {
                let Some(text_key) = key.text_key() else {
                    return problems;
                };
                for language in [Language::Id, Language::En, Language::Su] {
                    self.check_words(general, office, language, &text_key, fields, &mut problems);
                }
                if key.kind == Kind::Answer {
                    words(&mut problems, "title", Language::Id);
                }
            }
            Kind::Fact => {
                for language in [Language::Id, Language::En, Language::Su] {
                    words(&mut problems, language.code(), language);
                }
            }
            Kind::Holiday => words(&mut problems, "reason", Language::Id),
            Kind::Example => {
                let with_number = fields.iter().filter(|(_, text)| has_long_number(text));
                problems.extend(with_number.map(|(name, _)| Problem::of(name, What::LongNumber)));
            }
            Kind::Fee | Kind::Case | Kind::Office | Kind::Opening => {}
        }
        problems
    }

    /// What would show citizens something broken: holes that nothing fills, braces.
    pub(crate) fn breaking_words(&self, key: &EntryKey, fields: &Fields) -> Vec<Problem> {
        let Some(text_key) = key.text_key() else {
            return Vec::new();
        };
        let mut problems = Vec::new();
        for code in ["id", "en", "su"] {
            let (template, unread) = Template::parse(fields.get(code).map(String::as_str).unwrap_or_default());
            if template.lines.is_empty() {
                continue;
            }
            if !unread.is_empty() {
                problems.push(Problem::of(code, What::Braces));
            }
            problems.extend(holes(code, &text_key, messages::find(&text_key), &template));
        }
        problems
    }

    fn check_words(
        &self,
        general: &Self,
        office: &Office,
        language: Language,
        key: &str,
        fields: &Fields,
        problems: &mut Vec<Problem>,
    ) {
        let field = language.code();
        let Some(text) = fields.get(field).filter(|text| !text.trim().is_empty()) else {
            return;
        };
        let (template, unread) = Template::parse(text);
        if !unread.is_empty() {
            problems.push(Problem::of(field, What::Braces));
        }
        let spec = messages::find(key);
        problems.extend(holes(field, key, spec, &template));
        if key.starts_with("notice.") {
            problems.extend(moved(field, general.general(language, key), &template));
        }
        problems.extend(unplain(field, language, &plain(&template)));
        if let Some(room) = self.room(office, language, key) {
            let most = room.place.chars_max();
            if room.chars > most {
                let chars = room.chars;
                problems.push(Problem::of(field, What::TooLong { chars, most }));
            }
            if room.place.is_title() && text.trim().contains(['\n', '*', '_', '~', '`']) {
                problems.push(Problem::of(field, What::MarksInTitle));
            }
        }
    }
}

/// Digits in a row from which on a number may be somebody's.
const LONG_NUMBER_DIGITS: usize = 6;

fn has_long_number(text: &str) -> bool {
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    text.split(|c: char| c.is_alphabetic() || c == '\n')
        .any(|part| digits(part) >= LONG_NUMBER_DIGITS)
}

fn holes(field: &str, key: &str, spec: Option<&MessageSpec>, template: &Template) -> Vec<Problem> {
    let used: HashSet<&str> = template.holes().collect();
    let is_known = |hole: &str| {
        let is_argument = spec.is_some_and(|spec| spec.arg_names().any(|name| name == hole));
        let is_of_answer = key.starts_with("canned.") && ANSWER_HOLES.contains(&hole);
        is_argument || is_of_answer || Supply::of_name(hole).is_some()
    };
    let unknown = template.holes().filter(|hole| !is_known(hole));
    let mut problems: Vec<Problem> = unknown
        .map(|hole| Problem::of(field, What::UnknownHole(hole.to_owned())))
        .collect();
    let needed = spec.into_iter().flat_map(MessageSpec::required_args);
    problems.extend(
        needed
            .filter(|name| !used.contains(name))
            .map(|name| Problem::of(field, What::NeedsHole(name.to_owned()))),
    );
    problems
}

/// The template at Meta numbers the holes: other words are handed in again, another order would fill in the wrong values.
fn moved(field: &str, before: Option<&Template>, after: &Template) -> Option<Problem> {
    fn order(template: &Template) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for hole in template.holes() {
            if !names.contains(&hole) {
                names.push(hole);
            }
        }
        names
    }
    let before = before.map(order)?;
    (before != order(after)).then(|| {
        let names: Vec<String> = before.iter().map(|name| format!("{{{name}}}")).collect();
        Problem::of(field, What::HolesMoved(names.join(" ")))
    })
}

fn unplain(field: &str, language: Language, words: &str) -> Vec<Problem> {
    let mut found: Vec<Unplain> = any_language(words).into_iter().collect();
    if language == Language::Id {
        found.extend(indonesian(words));
    }
    found
        .into_iter()
        .map(|what| Problem::of(field, What::Unplain(what)))
        .collect()
}
