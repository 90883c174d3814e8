//! Paths and secrets are found; ordinary words are left alone. The bad examples are put together here, so that the rule does not find this file.

use super::super::tree::Tree;
use super::{PATHS, SECRETS};

fn tree(text: &str) -> Tree {
    Tree::of(&[("docs/a.md", text)])
}

#[test]
fn a_path_of_one_machine_is_found() {
    for home in ["work", "root", "home"] {
        assert_eq!(
            (PATHS.check)(&tree(&format!("see `/{home}/me/notes`"))).len(),
            1,
            "{home}"
        );
    }
    let inside_words = format!("https://example.org/{}/page and umrah/{}/child", "home", "work");
    assert!((PATHS.check)(&tree(&inside_words)).is_empty());
}

#[test]
fn a_key_or_token_is_found() {
    assert_eq!(
        (SECRETS.check)(&tree(&format!("-----BEGIN {} KEY-----", "PRIVATE"))).len(),
        1
    );
    assert_eq!(
        (SECRETS.check)(&tree(&format!("token = EA{}{}", "A", "Bcd3".repeat(20)))).len(),
        1
    );
    assert!((SECRETS.check)(&tree("the private key stays in EAAT-land")).is_empty());
}
