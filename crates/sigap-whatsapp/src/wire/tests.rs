//! Shapes that Meta never promised.

use super::{Flag, List, Text, repaired};

lenient! {
    /// For these tests.
    struct Sample {
        "text" => text: Text<'a>,
        "flag" => flag: Flag,
        "list" => list: List<Text<'a>>,
        "inner" => inner: Option<Inner<'a>>,
        .. rest
    }
}

lenient! {
    /// Nested in the other.
    struct Inner { "text" => text: Text<'a>, }
}

fn read(json: &str) -> Sample<'_> {
    serde_json::from_str(json).unwrap()
}

#[test]
fn wrong_types_read_as_absent_and_the_rest_stays() {
    let wrong = ["null", "true", "[1,[2]]", "{\"a\":{}}"];
    for value in wrong {
        let json = format!("{{\"text\":{value},\"list\":[\"a\",{value},7]}}");
        let sample = read(&json);
        assert_eq!(sample.text.get(), None);
        assert_eq!(sample.list.0.len(), 3);
        assert_eq!(sample.list.0[2].integer(), Some(7));
    }
    for value in ["1", "null", "\"x\"", "[]", "1.5", "true"] {
        let json = format!("{{\"inner\":{value},\"list\":{value},\"flag\":{value},\"text\":\"kept\"}}");
        assert_eq!(read(&json).text.get(), Some("kept"));
    }
    assert!(read("[]").text.get().is_none());
}

#[test]
fn a_repeated_key_counts_with_its_last_value() {
    assert_eq!(read(r#"{"text":"a","text":"b"}"#).text.get(), Some("b"));
}

#[test]
fn unknown_members_are_gathered_as_they_came() {
    let sample = read(r#"{"new":{"a": 1},"text":"x"}"#);
    assert_eq!(sample.rest.len(), 1);
    assert_eq!(sample.rest[0].0, "new");
    assert_eq!(sample.rest[0].1.get(), r#"{"a": 1}"#);
}

#[test]
fn nesting_of_any_depth_is_skipped() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let json = format!("{{\"list\":[{deep}],\"text\":{deep},\"new\":{deep},\"flag\":true}}");
    assert_eq!(read(&json).flag.0, Some(true));
}

#[test]
fn half_surrogates_broken_utf8_and_endless_numbers_are_repaired() {
    let body = b"{\"text\":\"a\\ud83d b\\ude00 \\ud83d\\ude00 \xff \\\\ud83d \\\"\",\"x\":-1.5e999}";
    let fixed = repaired(body).unwrap();
    let sample: Sample<'_> = serde_json::from_slice(&fixed).unwrap();
    assert_eq!(
        sample.text.get(),
        Some("a\u{fffd} b\u{fffd} \u{1f600} \u{fffd} \\ud83d \"")
    );
    assert!(repaired(b"{\"text\":\"plain \\u00e9 e9\"}").is_none());
}
