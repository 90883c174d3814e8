//! What entries, fields and problems are called on the pages of the editor.

use jiff::civil::Date;
use sigap_actions::edit_content::Workbench;
use sigap_content::Unplain;
use sigap_content::entry::{EntryKey, Kind, Problem, What};
use sigap_core::conversation::reply::Arg;
use sigap_core::office::Office;

use crate::pages::Words;

/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 90;

pub(super) fn kind_name(words: Words<'_>, kind: Kind) -> String {
    words.e(&format!("kind_{}", kind.word()))
}

/// What an entry is called.
pub(super) fn entry_name(words: Words<'_>, key: &EntryKey) -> String {
    let name = key.name.as_str();
    match key.kind {
        Kind::Text => name.to_owned(),
        Kind::Notice => format!("notice.{name}"),
        Kind::Fee => known(words, &format!("fee.{name}"), name),
        Kind::Case => known(words, &format!("case.{name}"), name),
        Kind::Office => words.e(&format!("part_{name}")),
        Kind::Fact => known(words, &format!("editor.fact_{name}"), &name.replace('_', " ")),
        Kind::Holiday => name
            .parse::<Date>()
            .map_or_else(|_| name.to_owned(), |day| words.arg(&Arg::Day(day))),
        Kind::Opening => {
            let (service, day) = name.split_once('.').unwrap_or((name, ""));
            let day = day.parse::<Date>().map(|day| words.arg(&Arg::Day(day)));
            format!("{}, {}", words.service(service), day.unwrap_or_default())
        }
        Kind::Example => known(words, &format!("editor.intent_{name}"), name),
        Kind::Answer => known(words, &format!("console.canned_{name}"), name),
    }
}

/// The words of a key, or something else when it has none.
fn known(words: Words<'_>, key: &str, otherwise: &str) -> String {
    let found = words.key(key, &[]);
    if found.starts_with('[') {
        otherwise.to_owned()
    } else {
        found
    }
}

/// What a topic of texts is called: as citizens know it, where they have a word for it.
pub(super) fn topic_name(words: Words<'_>, topic: &str) -> String {
    let chosen = known(words, &format!("choice.{topic}"), topic);
    known(words, &format!("editor.topic_{topic}"), &chosen)
}

/// The beginning of what an entry says.
pub(super) fn excerpt(bench: &Workbench, office: &Office, key: &EntryKey) -> String {
    let fields = bench.draft.entry(office, key).unwrap_or_default();
    let first = [
        "id", "value", "rupiah", "papers", "hours", "reason", "name", "monday", "groups",
    ];
    let text = first
        .iter()
        .find_map(|name| fields.get(*name))
        .cloned()
        .unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= EXCERPT_CHARS {
        text
    } else {
        let head: String = text.chars().take(EXCERPT_CHARS).collect();
        format!("{head}…")
    }
}

/// A problem as it is told.
pub(super) fn problem_words(words: Words<'_>, problem: &Problem) -> String {
    let said = |name: &str, args: &[(&'static str, Arg)]| words.key(&format!("editor.problem_{name}"), args);
    let text = |text: &str| Arg::Text(text.to_owned());
    let number = |number: usize| Arg::count(number);
    match &problem.what {
        What::Missing => said("missing", &[]),
        What::NoSuchEntry => said("no_such_entry", &[]),
        What::NoSuchValue(value) => said("no_such_value", &[("value", text(value))]),
        What::TooMany { most } => said("too_many", &[("most", number(*most))]),
        What::LongNumber => said("long_number", &[]),
        What::NotNumber => said("not_number", &[]),
        What::NotDay => said("not_day", &[]),
        What::NotMoment => said("not_moment", &[]),
        What::NotHours => said("not_hours", &[]),
        What::HoursOverlap => said("hours_overlap", &[]),
        What::BeforeCheck => said("before_check", &[]),
        What::NotOfficial => said("not_official", &[]),
        What::NotDialled => said("not_dialled", &[]),
        What::TooLong { chars, most } => said("too_long", &[("chars", number(*chars)), ("most", number(*most))]),
        What::UnknownHole(name) => said("unknown_hole", &[("name", text(&format!("{{{name}}}")))]),
        What::NeedsHole(name) => said("needs_hole", &[("name", text(&format!("{{{name}}}")))]),
        What::HolesMoved(names) => said("holes_moved", &[("names", text(names))]),
        What::Braces => said("braces", &[]),
        What::MarksInTitle => said("marks_in_title", &[]),
        What::Begun => said("begun", &[]),
        What::Unfit(why) => said("unfit", &[("why", text(why))]),
        What::Unplain(Unplain::Shouting) => said("shouting", &[]),
        What::Unplain(Unplain::LongSentence { words: many, sentence }) => said(
            "long_sentence",
            &[("count", number(*many)), ("sentence", text(sentence))],
        ),
        What::Unplain(Unplain::Word { word, instead }) => {
            said("word", &[("word", text(word)), ("instead", text(instead))])
        }
        What::Unplain(Unplain::Abbreviation) => said("abbreviation", &[]),
    }
}

/// What a field is called.
pub(super) fn field_name(words: Words<'_>, name: &str) -> String {
    words.e(&format!("field_{name}"))
}
