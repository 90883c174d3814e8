//! Rows of the glossary, good and bad.

use super::super::tree::Tree;
use super::{ROWS, TAKEN, TAKEN_WORDS};

const HEAD: &str = "| Code name | Indonesian | Meaning | Not |\n|---|---|---|---|\n";

fn tree(rows: &str) -> Tree {
    Tree::of(&[
        ("GLOSSARY.md", &format!("{HEAD}{rows}")),
        ("crates/a/src/lib.rs", "pub struct Office;"),
    ])
}

#[test]
fn every_taken_word_needs_a_row() {
    let all: String = TAKEN.iter().map(|word| format!("| `{word}` | x | y | z |\n")).collect();
    assert!((TAKEN_WORDS.check)(&tree(&all)).is_empty());
    assert_eq!(
        (TAKEN_WORDS.check)(&tree("| `Opening` | x | y | z |\n")).len(),
        TAKEN.len() - 1
    );
}

#[test]
fn a_row_is_filled_and_its_name_exists_or_is_announced() {
    assert!((ROWS.check)(&tree("| `Office` | kantor | a place | a company |\n")).is_empty());
    assert!((ROWS.check)(&tree("| `Booking` (step 3) | janji | a place on a date | a number |\n")).is_empty());
    assert_eq!(
        (ROWS.check)(&tree("| `Booking` | janji | a place on a date | a number |\n")).len(),
        1
    );
    assert_eq!((ROWS.check)(&tree("| `Office` | | a place | a company |\n")).len(), 1);
}
