//! The words that ship, for citizens and in Indonesian: held harder than what an office writes itself. What is meant for officers is left out.

use std::collections::BTreeSet;

use sigap_core::conversation::choice::{CHOICES, Shape};
use sigap_core::language::Language;

use super::super::{any_language, comparable, indonesian};
use crate::content::{Content, place};
use crate::limits::BUTTON_WORDS_MAX;
use crate::render::plain;

/// Read in the console only.
const OF_OFFICERS: [&str; 4] = ["console", "editor", "program", "inbox"];

/// Words that regret what nobody regrets, or ask where an order is kinder: the fact and the next step help more.
const REGRET: [&str; 5] = ["maaf", "mohon", "menyesal", "sayangnya", "ketidaknyamanan"];

/// Short for something; read aloud they are noise.
const SHORT: [&str; 7] = ["yg", "dgn", "tgl", "utk", "dll", "dsb", "hub"];

/// In capitals because people know them so, or because a paper is named so.
const IN_CAPITALS: [&str; 20] = [
    "NIK", "NAMA", "KTP", "WNI", "WNA", "ATM", "MPN", "TNI", "ASN", "SPLP", "PDF", "CSV", "JSON", "IKM", "HAM", "BAP",
    "IMI", "SIMPONI", "NTB", "LAPOR",
];

/// What is said against a rule, and why. One that is not needed any more fails.
const EXCEPTIONS: [(&str, &str); 1] = [
    // Our own fault, told to somebody who waits for an answer: here regret is true.
    ("officer.handed_over", "`maaf`"),
];

/// Every text for citizens with its key.
fn texts(content: &Content) -> Vec<(String, String)> {
    let general = content.texts[place(Language::Id)].words.iter();
    let own = content
        .own_texts
        .values()
        .flat_map(|words| words[place(Language::Id)].iter());
    general
        .chain(own)
        .filter(|(topic, _, _)| !OF_OFFICERS.contains(topic))
        .flat_map(|(topic, name, entry)| {
            let main = entry
                .main
                .iter()
                .map(move |main| (format!("{topic}.{name}"), plain(main)));
            let parts = entry.parts.iter();
            main.chain(parts.map(move |(part, words)| (format!("{topic}.{name}.{part}"), plain(words))))
        })
        .collect()
}

fn problems(text: &str) -> Vec<String> {
    let mut found: Vec<String> = any_language(text).iter().map(ToString::to_string).collect();
    found.extend(indonesian(text).iter().map(ToString::to_string));
    let small = format!(" {} ", comparable(text));
    for word in REGRET.iter().chain(&SHORT) {
        if small.contains(&format!(" {word} ")) {
            found.push(format!("`{word}`"));
        }
    }
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '{' && c != '}');
    for word in words.filter(|word| word.len() >= 3 && word.chars().all(|c| c.is_ascii_uppercase())) {
        if !IN_CAPITALS.contains(&word) {
            found.push(format!("`{word}` is in capitals for stress"));
        }
    }
    // The office's word for it stands in brackets behind the one that people know.
    if text.contains("BAP") && !small.contains("pemeriksaan") {
        found.push("`BAP` alone".to_owned());
    }
    found
}

#[test]
fn every_text_for_citizens_is_plain() {
    let content = Content::embedded().unwrap();
    let texts = texts(&content);
    assert!(texts.len() > 700, "only {} texts were read", texts.len());
    let mut found: BTreeSet<(String, String)> = texts
        .iter()
        .flat_map(|(key, text)| problems(text).into_iter().map(|problem| (key.clone(), problem)))
        .collect();
    for (key, problem) in EXCEPTIONS {
        let is_needed = found.remove(&(key.to_owned(), problem.to_owned()));
        assert!(is_needed, "`{key}` does not need its exception for {problem} any more");
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_button_has_a_verb_and_an_object_at_most() {
    let content = Content::embedded().unwrap();
    let words = &content.texts[place(Language::Id)].words;
    let choices = CHOICES
        .iter()
        .filter(|choice| choice.shape() == Shape::Button)
        .filter_map(|choice| Some((choice.0, words.find("choice", choice.0)?)));
    let openers = words
        .iter()
        .filter(|(topic, _, _)| matches!(*topic, "link" | "list"))
        .map(|(_, name, entry)| (name, entry));
    let mut buttons = 0;
    let mut long = Vec::new();
    for (name, entry) in choices.chain(openers) {
        let title = entry.main.as_ref().map(plain).unwrap_or_default();
        buttons += 1;
        if comparable(&title).split(' ').count() > BUTTON_WORDS_MAX {
            long.push(format!("{name}: {title}"));
        }
    }
    assert!(buttons > 60, "only {buttons} buttons were read");
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn the_rules_for_citizens_find_what_they_are_for() {
    for (text, found) in [
        ("Mohon maaf, kantor tutup.", "`maaf`"),
        ("Bawa KTP dll.", "`dll`"),
        ("PENTING: bawa KTP.", "`PENTING` is in capitals for stress"),
        ("Datang untuk BAP.", "`BAP` alone"),
        ("Harap datang pagi.", "`harap` is not a word for citizens"),
        ("Fotocopy KTP.", "`fotocopy` is not a word for citizens"),
    ] {
        let all = problems(text);
        assert!(all.iter().any(|one| one.starts_with(found)), "{text}: {all:?}");
    }
    assert!(problems("Datang untuk pemeriksaan khusus (BAP). Bawa KTP asli.").is_empty());
}
