//! What citizens would see of an entry: as a message on the phone and as words of a page, in each language, with the room that is left.

use jiff::Timestamp;
use sigap_actions::edit_content::Preview;
use sigap_actions::try_chat::{answer_to, titles};
use sigap_content::Content;
use sigap_content::entry::{EntryKey, Kind, Use};
use sigap_core::conversation::reply::Arg;
use sigap_core::conversation::step;
use sigap_core::language::Language;
use sigap_core::message::OutboundMessage;
use sigap_core::office::Office;

use super::names::{field_name, problem_words};
use crate::pages::Words;

/// One language of a preview.
pub(super) struct Shown {
    pub(super) code: &'static str,
    pub(super) language: String,
    pub(super) room: String,
    pub(super) is_over: bool,
    pub(super) is_title: bool,
    pub(super) lines: Vec<Vec<Piece>>,
    pub(super) buttons: Vec<String>,
}

/// Words of a message, strong or not.
pub(super) struct Piece {
    pub(super) is_strong: bool,
    pub(super) text: String,
}

/// What is wrong, by field.
pub(super) struct Trouble {
    pub(super) field: String,
    pub(super) label: String,
    pub(super) words: String,
}

/// Situations of applicants and the choice that leads to their papers.
const CASES: [(&str, &str); 14] = [
    ("baru_dewasa", "requirements.ordinary"),
    ("umrah_haji", "requirements.umrah"),
    ("pmi", "requirements.work"),
    ("baru_anak", "requirements.child_first"),
    ("ganti_anak", "requirements.child_replace"),
    ("baru_anak_ganda", "requirements.child_dual"),
    ("ganti_habis", "requirements.expired"),
    ("ganti_penuh", "requirements.full"),
    ("ganti_lama_sebelum_2009", "requirements.old"),
    ("hilang", "requirements.lost_ordinary"),
    ("hilang_kahar", "requirements.lost_disaster"),
    ("rusak", "requirements.damaged_ordinary"),
    ("rusak_kahar", "requirements.damaged_disaster"),
    ("percepatan", "requirements.fast"),
];

/// The choice whose answer holds an entry; `None` for words that are shown by themselves.
fn choice_of(key: &EntryKey) -> Option<&'static str> {
    Some(match (key.kind, key.name.as_str()) {
        (Kind::Text | Kind::Notice | Kind::Answer | Kind::Example, _) => return None,
        (Kind::Fee, _) => "fees",
        (Kind::Case, id) => {
            let known = CASES.iter().find(|(case, _)| *case == id);
            known.map_or("requirements.data", |(_, choice)| choice)
        }
        (Kind::Office, "priority") => "priority",
        (Kind::Office, "names" | "whatsapp" | "site" | "settings") => "menu",
        (Kind::Office | Kind::Holiday, _) => "hours",
        (Kind::Fact, "helpdesk_place") => "helpdesk",
        (Kind::Fact, name) if name.starts_with("simpatik") => "simpatik",
        (Kind::Fact, _) => "menu",
        (Kind::Opening, _) => "simpatik",
    })
}

pub(super) fn troubles(words: Words<'_>, preview: &Preview) -> Vec<Trouble> {
    preview
        .problems
        .iter()
        .map(|problem| Trouble {
            label: if problem.field.is_empty() {
                String::new()
            } else {
                field_name(words, &problem.field)
            },
            field: problem.field.clone(),
            words: problem_words(words, problem),
        })
        .collect()
}

/// The previews of an entry in content that has it.
pub(super) fn shown(words: Words<'_>, content: &Content, key: &EntryKey, now: Timestamp) -> Vec<Shown> {
    let Some(office) = content.office(words.office.id) else {
        return Vec::new();
    };
    let has = |language: Language| {
        let fields = content.entry(office, key).unwrap_or_default();
        fields.contains_key(language.code())
    };
    let languages = [Language::Id, Language::En, Language::Su];
    let wanted = languages
        .into_iter()
        .filter(|language| *language != Language::Su || has(*language));
    wanted
        .map(|language| match key.text_key() {
            Some(text) => of_text(words, content, office, language, &text),
            None => of_answer(words, content, office, language, key, now),
        })
        .collect()
}

fn of_text(words: Words<'_>, content: &Content, office: &Office, language: Language, key: &str) -> Shown {
    let example = content.example(office, language, key);
    let room = content.room(office, language, key);
    let number = |number: usize| Arg::count(number);
    let place = room.map(|room| room.place);
    Shown {
        code: language.code(),
        language: words.e(&format!("field_{}", language.code())),
        is_over: room.is_some_and(|room| room.chars > room.place.chars_max()),
        is_title: place.is_some_and(|place| !matches!(place, Use::Message | Use::Interactive)),
        room: room
            .map(|room| {
                let most = room.place.chars_max();
                let args = [
                    ("chars", number(room.chars)),
                    ("most", number(most)),
                    ("left", number(most.saturating_sub(room.chars))),
                    ("place", Arg::Key(format!("editor.place_{}", room.place.name()))),
                ];
                words.key("editor.room", &args)
            })
            .unwrap_or_default(),
        lines: lines(&example),
        buttons: Vec::new(),
    }
}

fn of_answer(
    words: Words<'_>,
    content: &Content,
    office: &Office,
    language: Language,
    key: &EntryKey,
    now: Timestamp,
) -> Shown {
    let choice = choice_of(key).unwrap_or("menu");
    let message = answer_to(content, office, choice, language, now, step);
    Shown {
        code: language.code(),
        language: words.e(&format!("field_{}", language.code())),
        room: String::new(),
        is_over: false,
        is_title: false,
        lines: message.as_ref().map(|message| lines(&message.body)).unwrap_or_default(),
        buttons: message.as_ref().map(buttons).unwrap_or_default(),
    }
}

/// The words under a message.
pub(super) fn buttons(message: &OutboundMessage) -> Vec<String> {
    titles(message).into_iter().map(str::to_owned).collect()
}

/// The lines of a message; what stands between stars is strong, as on the phone.
pub(super) fn lines(text: &str) -> Vec<Vec<Piece>> {
    text.lines()
        .map(|line| {
            let parts: Vec<&str> = line.split('*').collect();
            // A star without its partner is a star.
            if parts.len().is_multiple_of(2) {
                return vec![Piece {
                    is_strong: false,
                    text: line.to_owned(),
                }];
            }
            let pieces = parts.iter().zip([false, true].into_iter().cycle());
            pieces
                .filter(|(text, _)| !text.is_empty())
                .map(|(text, is_strong)| Piece {
                    is_strong,
                    text: (*text).to_owned(),
                })
                .collect()
        })
        .collect()
}
