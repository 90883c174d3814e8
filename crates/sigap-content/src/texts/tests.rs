use super::*;
use crate::render::plain;

fn read(file: &str, text: &str) -> (Words, Vec<TextProblem>) {
    let mut files = Files::default();
    files.set(file, text);
    let mut problems = Vec::new();
    let texts = read_language(&files, Language::Id, &mut problems).unwrap();
    (texts.words, problems)
}

fn main_of(words: &Words, topic: &str, name: &str) -> Option<String> {
    words.find(topic, name)?.main.as_ref().map(plain)
}

#[test]
fn a_key_is_the_file_and_the_table() {
    let (words, problems) = read("texts/id/menu.toml", "[main]\ntext = \"Pilih.\"");
    assert_eq!(main_of(&words, "menu", "main").as_deref(), Some("Pilih."));
    assert_eq!(problems, Vec::new());
}

#[test]
fn quoted_and_nested_tables_with_a_dot_are_the_same_name() {
    for text in [
        "[\"requirements.new\"]\ntitle = \"Baru\"",
        "[requirements.new]\ntitle = \"Baru\"",
    ] {
        let (words, _) = read("texts/id/choice.toml", text);
        assert_eq!(
            main_of(&words, "choice", "requirements.new").as_deref(),
            Some("Baru"),
            "{text}"
        );
    }
}

#[test]
fn fields_beside_the_words_are_parts() {
    let (words, _) = read("texts/id/stage.toml", "[ready]\nname = \"Siap\"\ncitizen = \"Ambil.\"");
    let entry = words.find("stage", "ready").unwrap();
    assert_eq!(entry.part("citizen").map(plain).as_deref(), Some("Ambil."));
    assert_eq!(main_of(&words, "stage", "ready").as_deref(), Some("Siap"));
}

#[test]
fn what_is_not_words_is_a_problem_with_file_and_key() {
    let (_, problems) = read("texts/id/menu.toml", "loose = \"x\"\n[main]\ntext = 3");
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["menu.", "menu.main"]);
}

#[test]
fn a_broken_file_is_an_error_that_names_it() {
    let mut files = Files::default();
    files.set("texts/id/menu.toml", "[main\ntext");
    let error = read_language(&files, Language::Id, &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("texts/id/menu.toml"));
}

#[test]
fn an_override_of_a_part_keeps_the_other_words() {
    let (base, _) = read(
        "texts/id/choice.toml",
        "[status]\ntitle = \"Cek status\"\ndescription = \"Tahap\"",
    );
    let table = HashMap::from([("choice.status.description".to_owned(), "Lain".to_owned())]);
    let own = read_overrides("offices/x.toml", &table, &base, &mut Vec::new());
    assert_eq!(main_of(&own, "choice", "status").as_deref(), Some("Cek status"));
    assert_eq!(
        own.find("choice", "status")
            .unwrap()
            .part("description")
            .map(plain)
            .as_deref(),
        Some("Lain")
    );
}

#[test]
fn an_override_of_the_words_keeps_the_parts() {
    let (base, _) = read(
        "texts/id/choice.toml",
        "[status]\ntitle = \"Cek status\"\ndescription = \"Tahap\"",
    );
    let table = HashMap::from([("choice.status".to_owned(), "Status".to_owned())]);
    let own = read_overrides("offices/x.toml", &table, &base, &mut Vec::new());
    assert_eq!(main_of(&own, "choice", "status").as_deref(), Some("Status"));
    assert_eq!(
        own.find("choice", "status")
            .unwrap()
            .part("description")
            .map(plain)
            .as_deref(),
        Some("Tahap")
    );
}

#[test]
fn an_override_without_a_dot_is_a_problem() {
    let mut problems = Vec::new();
    let table = HashMap::from([("menu".to_owned(), "x".to_owned())]);
    read_overrides("offices/x.toml", &table, &Words::default(), &mut problems);
    assert_eq!(problems.len(), 1);
}
