use super::*;

#[test]
fn the_embedded_content_has_the_register_and_texts_but_no_readme() {
    let files = Files::embedded().unwrap();
    assert!(files.get("offices/register.csv").unwrap().starts_with("id,slug,"));
    assert!(files.find("texts/id/menu.toml").is_some());
    assert!(files.find("offices/README.md").is_none());
}

#[test]
fn a_missing_file_is_named() {
    let error = Files::default().get("catalogue/fees.toml").unwrap_err();
    assert!(error.to_string().contains("catalogue/fees.toml"));
}

#[test]
fn a_folder_lies_over_the_embedded_content_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("texts/id")).unwrap();
    std::fs::write(
        folder.path().join("texts/id/thanks.toml"),
        "[welcome]\ntext = \"Sami-sami\"",
    )
    .unwrap();
    std::fs::write(folder.path().join("notes.txt"), "not content").unwrap();
    let mut files = Files::embedded().unwrap();
    files.overlay(folder.path()).unwrap();
    assert!(files.get("texts/id/thanks.toml").unwrap().contains("Sami-sami"));
    assert!(files.find("texts/id/menu.toml").is_some());
    assert!(files.find("notes.txt").is_none());
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let error = Files::default().overlay(Path::new("no-such-folder")).unwrap_err();
    assert!(error.to_string().contains("no-such-folder"));
}

#[test]
fn only_files_right_in_the_folder_are_listed() {
    let mut files = Files::default();
    files.set("texts/id/menu.toml", "");
    files.set("texts/id/old/menu.toml", "");
    files.set("texts/identity.toml", "");
    let stems: Vec<&str> = files.list("texts/id", ".toml").map(|(_, stem, _)| stem).collect();
    assert_eq!(stems, ["menu"]);
}
