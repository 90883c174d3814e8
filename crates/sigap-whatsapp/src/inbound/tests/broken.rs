//! Bodies that no well-meaning sender writes: never a panic, never a lost neighbour.

use super::*;

fn neighbour() -> &'static str {
    r#"{"id":"wamid.ok","from":"628111","timestamp":"1796000000","type":"text","text":{"body":"utuh"}}"#
}

/// The event kinds of a body with one odd message before a good one.
fn kinds_beside(odd: &str) -> Vec<&'static str> {
    let body = format!(
        r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{odd},{}]}}}}]}}]}}"#,
        neighbour()
    );
    let webhook = parse(&key(), body.as_bytes()).unwrap();
    webhook.events.iter().map(|event| event.kind.name()).collect()
}

#[test]
fn an_odd_message_never_loses_its_neighbour() {
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let odd = [
        r#"{"id":"w","from":"1","type":"text","text":{"body":"half \ud83d"}}"#.to_owned(),
        r#"{"id":"w","from":"1","type":"text","text":{"body":"\u0000\u202e"}}"#.to_owned(),
        r#"{"id":"w","from":"1","timestamp":1e999,"type":"text","text":[]}"#.to_owned(),
        r#"{"id":"w","id":"w2","from":"1","from":"2","type":["x"],"text":"x"}"#.to_owned(),
        format!(r#"{{"id":"w","from":"1","type":"text","text":{deep},"extra":{deep}}}"#),
        format!(
            r#"{{"id":"w","from":"1","type":"text","text":{{"body":"{}"}}}}"#,
            "a".repeat(10_000)
        ),
    ];
    for odd in odd {
        assert_eq!(
            kinds_beside(&odd),
            ["message", "message"],
            "{}",
            odd.get(..80).unwrap_or(&odd)
        );
    }
    for odd in ["null", "7", "[]", "{}", "\"x\"", &deep] {
        assert_eq!(
            kinds_beside(odd),
            ["unreadable", "message"],
            "{}",
            odd.get(..20).unwrap_or(odd)
        );
    }
}

#[test]
fn wrong_types_at_every_level_lose_nothing_beside_them() {
    let good = format!(r#"{{"field":"messages","value":{{"messages":[{}]}}}}"#, neighbour());
    for odd in ["null", "7", "1e999", "\"x\"", "[]", "{}", "true", "\"\\ud800\""] {
        let body = format!(
            r#"{{"object":{odd},"entry":[{odd},{{"id":{odd},"time":{odd},"changes":[{odd},
            {{"field":{odd},"value":{odd}}},{{"field":"messages","value":{{"metadata":{odd},"contacts":{odd},
            "messages":{odd},"statuses":{odd},"errors":{odd}}}}},{good}]}}]}}"#
        );
        let webhook = parse(&key(), body.as_bytes()).unwrap_or_else(|_| panic!("{odd}"));
        let messages = webhook
            .events
            .iter()
            .filter(|event| event.kind.name() == "message")
            .count();
        assert_eq!(messages, 1, "{odd}");
    }
}

#[test]
fn what_is_no_object_is_said_to_be_unreadable() {
    let cut = br#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"w"#;
    let bodies: [&[u8]; 8] = [b"", b"   ", b"null", b"[]", b"7", b"\"x\"", b"{", cut];
    for body in bodies {
        assert!(matches!(parse(&key(), body), Err(UnreadableBody)), "{body:?}");
    }
    assert!(parse(&key(), b"{}").unwrap().events.is_empty());
    let deep = "{\"a\":".repeat(200_000);
    assert!(parse(&key(), deep.as_bytes()).is_err());
}

#[test]
fn a_body_of_three_megabytes_is_read() {
    let messages = vec![neighbour(); 3 * 1024 * 1024 / neighbour().len()].join(",");
    let body = format!(r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{messages}]}}}}]}}]}}"#);
    let count = messages.matches("wamid.ok").count();
    assert_eq!(parse(&key(), body.as_bytes()).unwrap().events.len(), count);
}

#[test]
fn a_broken_byte_in_a_name_does_not_lose_the_message() {
    let mut body =
        br#"{"entry":[{"changes":[{"field":"messages","value":{"contacts":[{"wa_id":"628111","profile":{"name":"B"#
            .to_vec();
    body.push(0xff);
    body.extend_from_slice(format!(r#"udi"}}}}],"messages":[{}]}}}}]}}]}}"#, neighbour()).as_bytes());
    let message = only_message(parse(&key(), &body).unwrap().events);
    assert_eq!(message.from.name.as_deref(), Some("B\u{fffd}udi"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&key(), &bytes);
    }

    #[test]
    fn no_change_of_a_sample_makes_it_panic(
        pick in any::<proptest::sample::Index>(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0_u8..3), 1..8),
    ) {
        let samples = cached_samples();
        let mut bytes = samples[pick.index(samples.len())].clone();
        for (at, byte, edit) in edits {
            let at = at.index(bytes.len().max(1));
            match edit {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => { bytes.remove(at); }
                _ => bytes.insert(at.min(bytes.len()), byte),
            }
        }
        if let Ok(webhook) = parse(&key(), &bytes) {
            // Whatever is read can be laid away: its raw text is JSON.
            for event in webhook.events {
                prop_assert!(serde_json::from_str::<&serde_json::value::RawValue>(&event.raw).is_ok());
            }
        }
    }

    #[test]
    fn any_value_in_any_place_keeps_the_neighbour(odd in odd_value(4)) {
        let text = odd.to_string();
        let kinds = kinds_beside(&text);
        prop_assert_eq!(kinds.len(), 2);
        prop_assert_eq!(kinds[1], "message");
    }
}

fn cached_samples() -> &'static Vec<Vec<u8>> {
    static SAMPLES: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
    SAMPLES.get_or_init(|| samples().into_iter().map(|(_, bytes)| bytes).collect())
}

/// JSON made of the words that the parser looks for.
fn odd_value(depth: u32) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[a-zA-Z0-9.+ ]{0,12}".prop_map(Value::from),
    ];
    let words = proptest::sample::select(vec![
        "id",
        "from",
        "from_user_id",
        "timestamp",
        "type",
        "text",
        "body",
        "interactive",
        "button_reply",
        "title",
        "image",
        "contacts",
        "phones",
        "wa_id",
        "system",
        "edit",
        "message",
        "revoke",
        "errors",
        "code",
        "origin",
    ]);
    leaf.prop_recursive(depth, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(words.clone(), inner, 0..6)
                .prop_map(|map| { Value::Object(map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()) }),
        ]
    })
}
