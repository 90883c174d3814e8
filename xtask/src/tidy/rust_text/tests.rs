//! Code, comments and quoted text are told apart where they are easily confused.

use super::{Kind, code_lines, pieces};

#[track_caller]
fn check(source: &str, expected: &[(Kind, &str)]) {
    let found: Vec<_> = pieces(source)
        .into_iter()
        .map(|piece| (piece.kind, piece.text))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_quoted_slash_is_no_comment_and_a_commented_quote_no_text() {
    check(
        "let a = \"// no\"; // \"yes\"\n",
        &[
            (Kind::Code, "let a = "),
            (Kind::Quoted, "\"// no\""),
            (Kind::Code, "; "),
            (Kind::Comment, "// \"yes\""),
            (Kind::Code, "\n"),
        ],
    );
}

#[test]
fn raw_text_ends_with_its_own_hashes() {
    check("r#\"a \" b\"#;", &[(Kind::Quoted, "r#\"a \" b\"#"), (Kind::Code, ";")]);
}

#[test]
fn a_lifetime_is_code_and_a_letter_is_quoted() {
    check("fn f<'a>(c: &'a u8)", &[(Kind::Code, "fn f<'a>(c: &'a u8)")]);
    check(
        "'\"' '\\''",
        &[(Kind::Quoted, "'\"'"), (Kind::Code, " "), (Kind::Quoted, "'\\''")],
    );
}

#[test]
fn an_escaped_mark_does_not_end_the_text() {
    check("\"a\\\"b\" c", &[(Kind::Quoted, "\"a\\\"b\""), (Kind::Code, " c")]);
}

#[test]
fn comments_inside_comments_end_together() {
    check(
        "/* a /* b */ c */ d",
        &[(Kind::Comment, "/* a /* b */ c */"), (Kind::Code, " d")],
    );
}

#[test]
fn line_numbers_stay_true_after_long_text() {
    let code = code_lines("let a = \"one\ntwo\";\nlet b;\n");
    assert_eq!(code, ["let a = ", ";", "let b;"]);
}

#[test]
fn unfinished_text_ends_with_the_file() {
    check("a \"b", &[(Kind::Code, "a "), (Kind::Quoted, "\"b")]);
    check("/* b", &[(Kind::Comment, "/* b")]);
}
