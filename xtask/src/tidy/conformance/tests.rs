//! Methods and cases, made by hand.

use super::super::tree::Tree;
use super::{RULE, trait_methods};

const TRAIT: &str = "/// Seats.\npub trait Seats {\n    /// Takes one.\n    fn take_seat(&mut self) -> u8;\n    fn count_seats(&self) -> u8 {\n        fn inner() {}\n        0\n    }\n}\n\npub fn free() {}\n";

fn findings(case: &str) -> Vec<String> {
    let tree = Tree::of(&[
        ("crates/sigap-store/src/tx/seats.rs", TRAIT),
        ("crates/sigap-store/src/conformance/seats.rs", case),
    ]);
    (RULE.check)(&tree).into_iter().map(|finding| finding.says).collect()
}

#[test]
fn only_methods_of_the_trait_itself_count() {
    assert_eq!(
        trait_methods(TRAIT),
        [(4, "take_seat".to_owned()), (5, "count_seats".to_owned())]
    );
}

#[test]
fn a_supertrait_list_without_a_body_has_no_methods() {
    assert!(trait_methods("pub trait Tx: Seats + Rooms {}\nfn free() {}\n").is_empty());
}

#[test]
fn all_covered_passes() {
    let case = "Case { name: \"x\", covers: &[\"take_seat\", \"count_seats\"], run: x }";
    assert_eq!(findings(case), Vec::<String>::new());
}

#[test]
fn an_uncovered_method_and_a_stale_case_are_found() {
    let case = "Case { name: \"x\", covers: &[\"take_seat\", \"sell_seat\"], run: x }";
    let says = findings(case);
    assert_eq!(says.len(), 2);
    assert!(says[0].contains("count_seats") && says[1].contains("sell_seat"));
}
