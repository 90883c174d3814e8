//! Level 1: every script in `chats/` on the pure engine. `UPDATE_CHATS=1` rewrites the answers; review the difference
//! as if you were the citizen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sigap_content::Content;
use sigap_core::conversation::choice;
use sigap_core::conversation::messages::{FormKind, MESSAGES};
use sigap_core::language::Language;
use sigap_testkit::script::{Script, Step, engine};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../chats");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "chat"))
        .collect();
    files.sort();
    files
}

fn parse(path: &Path) -> (String, Script) {
    let text = fs::read_to_string(path).unwrap();
    let script = Script::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (text, script)
}

#[test]
fn every_conversation_goes_as_written() {
    let content = Content::embedded().unwrap();
    let is_update = std::env::var_os("UPDATE_CHATS").is_some();
    let mut differences = Vec::new();
    for path in scripts() {
        let (text, script) = parse(&path);
        let run = engine::run(&content, &script).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if is_update {
            let updated = engine::updated(&text, &run);
            if updated != text {
                fs::write(&path, updated).unwrap();
            }
        } else {
            differences.extend(
                run.differences
                    .into_iter()
                    .map(|what| format!("{} {what}", path.display())),
            );
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn every_answer_has_words_within_the_limits() {
    let content = Content::embedded().unwrap();
    for path in scripts() {
        let (_, script) = parse(&path);
        let office = content.office_by_slug(&script.header.office).unwrap();
        for turn in engine::run(&content, &script).unwrap().turns {
            let Some(reply) = &turn.outcome.reply else {
                continue;
            };
            let message = content.render(office, Language::Id, reply);
            let place = format!("{} line {}: {}\n{}", path.display(), turn.line, reply.key, message.body);
            assert!(!message.body.is_empty(), "{place}");
            assert!(
                !message.body.contains(['[', ']', '{', '}', '…']),
                "a hole or a cut: {place}"
            );
        }
    }
}

#[test]
fn scripts_are_many_and_some_go_over_http() {
    let scripts: Vec<Script> = scripts().iter().map(|path| parse(path).1).collect();
    assert!(scripts.len() >= 60, "{} scripts", scripts.len());
    assert!(scripts.iter().filter(|script| script.header.is_marked("http")).count() >= 8);
    for script in &scripts {
        assert!(!script.header.title.is_empty());
        assert!(
            script.steps.iter().any(|(_, step)| matches!(step, Step::Says(_))),
            "{}",
            script.header.title
        );
    }
}

#[test]
fn every_message_is_said_in_some_script() {
    let mut said = BTreeSet::new();
    for path in scripts() {
        for (_, step) in parse(&path).1.steps {
            if let Step::Hears(words) = step {
                // Fragments stand among the arguments: `key(…)`, `name=key`, `[key, …]`.
                said.extend(words.split([' ', '=', '(', ')', ',', '[', ']']).map(str::to_owned));
                // Words of rows that only lead to further ones are not printed; their choice is.
                said.extend(rows_of(&words).map(str::to_owned));
            }
        }
    }
    let never: Vec<&str> = MESSAGES
        .iter()
        .filter(|spec| !NOT_REACHABLE_WITH_EMBEDDED_CONTENT.contains(&spec.key))
        .map(|spec| spec.key)
        .filter(|key| !key.starts_with(PAGES) && !key.starts_with(TALKS))
        .filter(|key| !said.contains(*key) && !key.starts_with(NOTICES) && !SAID_TO_SEVERAL.contains(key))
        .filter(|key| !key.starts_with(BROWSERS) && !SAID_OF_PHOTOS.iter().any(|photos| key.starts_with(photos)))
        .collect();
    assert!(never.is_empty(), "no script hears {never:?}");
    assert!(MESSAGES.iter().any(|spec| spec.form == FormKind::Fragment));
}

/// Said after a photo was fetched, by a job or an officer: `crates/sigap/tests/http/intakes.rs` hears the words.
const SAID_OF_PHOTOS: [&str; 8] = [
    // After a form, as `crates/sigap/tests/http/forms.rs` hears.
    "intake.filled_in",
    "intake.finding_",
    "intake.refused_",
    "intake.paper_",
    "intake.again",
    "intake.asked_again",
    "intake.reason",
    "intake.checked",
];

/// Said to a code that a page shows: `tests/browsers.rs` has the page.
const BROWSERS: &str = "browser.";

#[test]
fn every_choice_that_is_shown_is_taken_or_offered_in_some_script() {
    let mut seen = BTreeSet::new();
    for path in scripts() {
        for (_, step) in parse(&path).1.steps {
            if let Step::Hears(words) = step {
                seen.extend(words.split([' ', ',', '[', ']', ':', '…']).map(str::to_owned));
            }
        }
    }
    let never: Vec<&str> = choice::CHOICES
        .iter()
        .map(|choice| choice.0)
        .filter(|name| !seen.contains(*name) && !name.starts_with(BROWSERS))
        .collect();
    assert!(never.is_empty(), "no script offers {never:?}");
}

/// Notices are said by the actions, outside a turn: `tests/bookings.rs` hears each.
const NOTICES: &str = "notice.";
/// Said around a talk with an officer: `tests/cases.rs` brings it about.
const TALKS: &str = "talk.";
/// Words of pages: the browser tests read them.
const PAGES: &str = "page.";
/// Said when several people or a clock that stands still are needed: `tests/bookings.rs` brings them about.
const SAID_TO_SEVERAL: &[&str] = &[
    "position.waiting",
    "position.called",
    "position.held",
    "position.missed",
    "position.over",
    // A visit has to be over: `tests/surveys.rs` ends one, and `crates/sigap/tests/http/surveys.rs` hears the words.
    "survey.kept",
    "survey.rated",
    "survey.early",
    "survey.empty",
    "booking.has_other",
    "booking.helpdesk",
    "booking.lapsed",
    "booking.needs_nik",
    "booking.why_full",
    "booking.over",
    "booking.no_days",
    "booking.next_release",
    "booking.why_no_places",
    "booking.why_estimated",
    "booking.why_release",
    "booking.state_held",
    "booking.state_attended",
    "booking.state_missed",
    "booking.state_cancelled",
    "booking.state_lapsed",
];

/// Messages that are rows of a list, by the choice that the row stands for.
fn rows_of(words: &str) -> impl Iterator<Item = &'static str> {
    let rows = [
        ("booking.days:", "booking.later_days"),
        ("booking.hours:", "booking.later_hours"),
        ("booking.wait:2", "booking.wait_row"),
        ("booking.hour:", "booking.day_and_hour"),
    ];
    let words = words.to_owned();
    rows.into_iter()
        .filter(move |(choice, _)| words.contains(choice))
        .map(|(_, key)| key)
}

/// Said by the actions when a turn failed to the last try (`crates/sigap/tests/http/owed.rs` hears it), or only to an office without hours, groups or a service, or with rows nobody confirmed: `tests/engine.rs` says them.
const NOT_REACHABLE_WITH_EMBEDDED_CONTENT: &[&str] = &[
    "officer.handed_over",
    "menu.not_here",
    "requirements.caution",
    "pickup.ask_office",
    "hours.unknown",
    "priority.ask_office",
    "priority.sakit",
    "simpatik.dates",
    "officer.ask",
    "officer.noted",
];
