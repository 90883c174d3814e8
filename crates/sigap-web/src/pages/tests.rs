use std::fs;
use std::path::{Path, PathBuf};

use sigap_content::Content;
use sigap_content::limits::BUTTON_WORDS_MAX;
use sigap_core::language::Language;

/// Templates of officers; a machine at the counter counts as one.
const OF_OFFICERS: &str = "console";

/// Where the functions of `Words` stand that give words by their names.
const WORDS: &str = include_str!("../pages.rs");

/// `page` of `fn of(&self, name: &str) -> String { … "page.{name}" … }`.
fn topic_of(function: &str) -> Option<String> {
    let (_, after) = WORDS.split_once(&format!("fn {function}(&self, name: &str"))?;
    let (before, _) = after.split_once(".{name}")?;
    Some(before.rsplit('"').next()?.to_owned())
}

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with(OF_OFFICERS) {
            templates(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// The words on buttons of a template, as function and name: of `<button …>` and of links that look like one.
fn buttons(template: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for start in ["<button", "<a class=\"button"] {
        for part in template.split(start).skip(1) {
            let words = part.split_once('>').map_or(part, |(_, inside)| inside);
            // Smaller words below the name are a description.
            let words = words.split("</").next().unwrap_or_default();
            let words = words.split("<small").next().unwrap_or_default();
            for call in words.split("{{ words.").skip(1) {
                if let Some((function, rest)) = call.split_once("(\"") {
                    found.push((
                        function.to_owned(),
                        rest.split('"').next().unwrap_or_default().to_owned(),
                    ));
                }
            }
        }
    }
    found
}

#[test]
fn buttons_of_citizens_pages_have_a_verb_and_an_object_at_most() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug(sigap_content::sample::OFFICE).unwrap();
    let mut files = Vec::new();
    templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut files);
    let mut looked = 0;
    for file in files {
        for (function, name) in buttons(&fs::read_to_string(&file).unwrap()) {
            let topic = topic_of(&function);
            let topic = topic.unwrap_or_else(|| panic!("`words.{function}` of {} is not in pages.rs", file.display()));
            let words = content.text(office, Language::Id, &format!("{topic}.{name}"), &[]);
            let count = words.split_whitespace().count();
            assert!((1..=BUTTON_WORDS_MAX).contains(&count), "{}: `{words}`", file.display());
            looked += 1;
        }
    }
    assert!(looked >= 4, "only {looked} buttons were found");
}
