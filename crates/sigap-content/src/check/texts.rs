//! Every message in every language: there, filled with known names only, inside its limit, and plain.

use std::collections::{BTreeSet, HashSet};

use sigap_core::application::Stage;
use sigap_core::catalogue::Catalogue;
use sigap_core::conversation::messages::{self, FormKind, MessageSpec};
use sigap_core::language::Language;
use sigap_core::limits::{INTERACTIVE_BODY_CHARS_MAX, TEXT_BODY_CHARS_MAX};
use sigap_core::office::Office;

use super::samples::Sampler;
use super::{CheckReport, lint};
use crate::content::{Content, place};
use crate::render::plain;
use crate::template::{FACT_PREFIX, Supply};
use crate::texts::Entry;

/// The languages in which nothing may be missing.
pub(super) const COMPLETE: [Language; 2] = [Language::Id, Language::En];

/// Topics whose keys are put together from names of the catalogue or of choices, not listed as messages.
const NAMED_TOPICS: [&str; 18] = [
    "canned",
    "choice",
    "list",
    "section",
    "link",
    "stage",
    "document",
    "case",
    "fee",
    "channel",
    "pickup_by",
    "source",
    "loss",
    "service",
    "signal",
    "intake_question",
    "intake_case",
    "intake_paper",
];

pub(super) fn check(content: &Content, report: &mut CheckReport) {
    for language in Language::ALL {
        for (office, topic, name, entry) in entries(content, language) {
            report.checked += 1;
            let key = format!("{topic}.{name}");
            let spec = messages::find(&key);
            check_entry(language, &key, spec, entry, report);
            if language != Language::Id && office.is_none() {
                check_known(content, topic, name, &key, entry, report);
            }
            if spec.is_none() && !NAMED_TOPICS.contains(&topic) && !key.starts_with("console.canned_") {
                report.warn(
                    &entry.file,
                    &key,
                    "no message has this key",
                    "delete it, or mend the key",
                );
            }
        }
        for office in offices_to_try(content) {
            check_lengths(content, office, language, report);
        }
    }
    for language in COMPLETE {
        check_complete(content, language, report);
    }
    check_facts(content, report);
}

/// All entries of a language, the offices' own included.
fn entries(content: &Content, language: Language) -> impl Iterator<Item = (Option<&Office>, &str, &str, &Entry)> {
    let general = content.texts[place(language)]
        .words
        .iter()
        .map(|(topic, name, entry)| (None, topic, name, entry));
    let own = content.own_texts.iter().flat_map(move |(id, words)| {
        let office = content.office(*id);
        words[place(language)]
            .iter()
            .map(move |(topic, name, entry)| (office, topic, name, entry))
    });
    general.chain(own)
}

/// Offices whose words differ: those with a file, and the one with the longest name.
pub(super) fn offices_to_try(content: &Content) -> impl Iterator<Item = &Office> {
    let longest = content
        .offices()
        .iter()
        .max_by_key(|office| office.short.len() + office.name.len());
    let own = content
        .offices
        .files
        .keys()
        .filter_map(|slug| content.office_by_slug(slug));
    own.chain(longest)
}

fn check_entry(language: Language, key: &str, spec: Option<&MessageSpec>, entry: &Entry, report: &mut CheckReport) {
    let Some(main) = &entry.main else {
        report.error(&entry.file, key, "it has no words", "write `text`, `title` or `name`");
        return;
    };
    for hole in main
        .holes()
        .chain(entry.parts.iter().flat_map(|(_, part)| part.holes()))
    {
        let is_of_answer = key.starts_with("canned.") && crate::entry::ANSWER_HOLES.contains(&hole);
        let is_known = is_of_answer || spec.is_some_and(|spec| spec.arg_names().any(|name| name == hole));
        if !is_known && Supply::of_name(hole).is_none() {
            let what = format!("nothing fills `{{{hole}}}`");
            let next_step = spec.map_or_else(String::new, |spec| format!(": {}", spec.args.join(", ")));
            report.error(
                &entry.file,
                key,
                what,
                format!("use one of the names of this key{next_step}"),
            );
        }
    }
    let used: HashSet<&str> = main.holes().collect();
    for required in spec.into_iter().flat_map(MessageSpec::required_args) {
        if !used.contains(required) {
            report.error(
                &entry.file,
                key,
                format!("`{{{required}}}` is missing"),
                "put it into the text",
            );
        }
    }
    if main.lines.is_empty() {
        report.error(&entry.file, key, "it is empty", "write the words, or delete the key");
    }
    for template in std::iter::once(main).chain(entry.parts.iter().map(|(_, part)| part)) {
        let words = plain(template);
        let mut found: Vec<lint::Unplain> = lint::any_language(&words).into_iter().collect();
        if language == Language::Id {
            found.extend(lint::indonesian(&words));
        }
        for what in found {
            report.error(&entry.file, key, what.to_string(), "say it more plainly");
        }
    }
}

/// A key that Indonesian lacks is a slip: nothing can fall back to it.
fn check_known(content: &Content, topic: &str, name: &str, key: &str, entry: &Entry, report: &mut CheckReport) {
    let indonesian = &content.texts[place(Language::Id)].words;
    let Some(original) = indonesian.find(topic, name) else {
        report.error(
            &entry.file,
            key,
            "Indonesian does not have this key",
            "write it there first, or mend the key",
        );
        return;
    };
    for (part, _) in &original.parts {
        if entry.part(part).is_none() {
            report.warn(&entry.file, key, format!("`{part}` is missing"), "translate it");
        }
    }
}

fn check_lengths(content: &Content, office: &Office, language: Language, report: &mut CheckReport) {
    let sampler = Sampler {
        content,
        office,
        language,
    };
    for spec in messages::all() {
        let chars_max = match spec.form {
            FormKind::Fragment | FormKind::Page => continue,
            FormKind::Text => TEXT_BODY_CHARS_MAX,
            FormKind::Buttons | FormKind::List | FormKind::Link | FormKind::Survey => INTERACTIVE_BODY_CHARS_MAX,
        };
        let Some((topic, name)) = spec.key.split_once('.') else {
            continue;
        };
        let Some(entry) = content.find(office.id, language, topic, name) else {
            continue;
        };
        let chars = content
            .text(office, language, spec.key, &sampler.args(spec))
            .chars()
            .count();
        if chars > chars_max {
            let what = format!(
                "{chars} characters at {} with long values, {chars_max} at most",
                office.slug
            );
            report.error(&entry.file, spec.key, what, "shorten it");
        }
    }
}

fn check_complete(content: &Content, language: Language, report: &mut CheckReport) {
    let words = &content.texts[place(language)].words;
    let mut keys: BTreeSet<String> = messages::all().map(|spec| spec.key.to_owned()).collect();
    keys.extend(named_keys(content.catalogue()));
    for (id, own) in &content.own_catalogues {
        // The office has words of its own for sources of its own.
        let words = content.own_texts.get(id).map(|own| &own[place(language)]);
        let has_own = |key: &String| words.is_some_and(|words| words.template(key).is_some());
        keys.extend(named_keys(own).into_iter().filter(|key| !has_own(key)));
    }
    let indonesian = content.texts[place(Language::Id)].words.iter();
    keys.extend(indonesian.map(|(topic, name, _)| format!("{topic}.{name}")));
    for key in keys {
        let Some((topic, name)) = key.split_once('.') else {
            continue;
        };
        let entry = words.find(topic, name);
        let file = format!("texts/{}/{topic}.toml", language.code());
        if entry.is_none_or(|entry| entry.main.is_none()) {
            report.error(&file, &key, "the text is missing", format!("write [{name}] in {file}"));
        }
        if topic == "stage" && entry.is_some_and(|entry| entry.part("citizen").is_none()) {
            report.error(
                &file,
                &key,
                "`citizen` is missing",
                "say what the stage means for the citizen",
            );
        }
    }
    if content.texts[place(language)].format.is_none() {
        let file = format!("texts/{}/format.toml", language.code());
        report.error(
            &file,
            "format",
            "the file is missing",
            "copy the Indonesian one and translate it",
        );
    }
}

/// Keys that the engine puts together from names of the catalogue.
fn named_keys(catalogue: &Catalogue) -> Vec<String> {
    let mut keys: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| format!("stage.{}", stage.name()))
        .collect();
    keys.extend(
        catalogue
            .fees
            .iter()
            .filter(|fee| fee.until.is_none())
            .map(|fee| format!("fee.{}", fee.code)),
    );
    keys.extend(catalogue.documents.iter().map(|name| format!("document.{name}")));
    keys.extend(catalogue.cases.iter().map(|case| format!("case.{}", case.id)));
    let intake = &catalogue.intake;
    keys.extend(catalogue.documents.iter().map(|name| format!("intake_paper.{name}")));
    keys.extend(intake.cases.iter().map(|case| format!("intake_case.{case}")));
    keys.extend(
        intake
            .questions
            .iter()
            .map(|question| format!("intake_question.{}", question.id)),
    );
    keys.extend(
        catalogue
            .payment
            .channels
            .iter()
            .map(|channel| format!("channel.{}", channel.id)),
    );
    keys.extend(catalogue.payment.losses.iter().map(|loss| format!("loss.{loss}")));
    keys.extend(catalogue.pickup.by.iter().map(|by| format!("pickup_by.{}", by.id)));
    keys.extend(
        catalogue
            .priority
            .iter()
            .map(|row| format!("priority.{}", row.group.id)),
    );
    let current = catalogue
        .fees
        .iter()
        .filter(|fee| fee.until.is_none())
        .map(|fee| &fee.source);
    let shown = current
        .chain(catalogue.cases.iter().map(|case| &case.source))
        .chain(catalogue.pickup.by.iter().map(|by| &by.source))
        .chain([&catalogue.payment.source, &catalogue.issue.source]);
    keys.extend(shown.map(|source| format!("source.{source}")));
    keys
}

/// A fact that no office has makes its line disappear everywhere.
fn check_facts(content: &Content, report: &mut CheckReport) {
    let known: HashSet<&str> = content
        .offices
        .files
        .values()
        .chain([&content.offices.default])
        .flat_map(|file| file.fact.iter().map(|fact| fact.name.as_str()))
        .collect();
    for language in Language::ALL {
        for (_, topic, name, entry) in entries(content, language) {
            for hole in entry.main.iter().flat_map(|main| main.holes()) {
                if hole.strip_prefix(FACT_PREFIX).is_some_and(|fact| !known.contains(fact)) {
                    let key = format!("{topic}.{name}");
                    let what = format!("no office has a fact for `{{{hole}}}`");
                    report.warn(
                        &entry.file,
                        &key,
                        what,
                        "add the fact to an office file, or mend the name",
                    );
                }
            }
        }
    }
}
