//! The 241 sample payloads against a plain walk that shares nothing with the parser.

use super::*;

/// Messages, statuses and other news of a body, counted by a plain walk that shares nothing with the parser.
fn count_by_walk(body: &Value) -> (usize, usize, usize) {
    let (mut messages, mut statuses, mut values) = (0, 0, 0);
    for change in body["entry"].as_array().into_iter().flatten() {
        for change in change["changes"].as_array().into_iter().flatten() {
            values += 1;
            let value = &change["value"];
            if change["field"] == "messages" {
                messages += value["messages"].as_array().map_or(0, Vec::len);
                statuses += value["statuses"].as_array().map_or(0, Vec::len);
            }
        }
    }
    (messages, statuses, values)
}

#[test]
fn all_241_samples_are_read_without_losing_a_message_or_a_status() {
    let samples = samples();
    assert_eq!(samples.len(), 241);
    let (mut messages_total, mut statuses_total, mut unreadable) = (0, 0, BTreeMap::new());
    for (path, bytes) in samples {
        let name = path
            .strip_prefix(env!("CARGO_MANIFEST_DIR"))
            .unwrap()
            .display()
            .to_string();
        let walked: Value = serde_json::from_slice(&bytes).unwrap();
        let events = parse(&key(), &bytes).unwrap_or_else(|_| panic!("{name}")).events;
        let (messages, statuses, values) = count_by_walk(&walked);
        let from_messages = events
            .iter()
            .filter(|event| {
                matches!(&event.kind, EventKind::Message(message) if !message.message_id.starts_with("user_id_update."))
            })
            .count();
        let from_statuses = events
            .iter()
            .filter(|event| matches!(event.kind, EventKind::Status(_)))
            .count();
        let lost = events
            .iter()
            .filter(|event| matches!(event.kind, EventKind::Unreadable))
            .count();
        assert_eq!(from_messages + from_statuses + lost, messages + statuses, "{name}");
        assert!(from_statuses <= statuses, "{name}");
        assert!(events.len() >= values, "{name}: every value is told or kept");
        if lost > 0 {
            unreadable.insert(name.clone(), lost);
        }
        for event in &events {
            // The raw text is a piece of the body as it came.
            assert!(std::str::from_utf8(&bytes).unwrap().contains(&event.raw), "{name}");
        }
        messages_total += messages;
        statuses_total += statuses;
    }
    assert!(messages_total > 120 && statuses_total > 30);
    // What is unreadable carries a documentation word in place of the sender or no id at all.
    for name in unreadable.keys() {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        assert!(has_no_usable_sender(&text), "{name}");
    }
}

/// Whether some message of the body has no id, or no sender that is digits or a user id, by a plain walk.
fn has_no_usable_sender(text: &str) -> bool {
    let body: Value = serde_json::from_str(text).unwrap();
    let usable = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| text.chars().all(|c| c.is_ascii_digit() || c == '+') || text.get(2..3) == Some("."))
    };
    body["entry"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|entry| entry["changes"].as_array().unwrap())
        .flat_map(|change| {
            let of = |name: &str| change["value"][name].as_array().cloned().unwrap_or_default();
            [of("messages"), of("statuses")].concat()
        })
        .any(|message| {
            message["id"].as_str().is_none() || !(usable(&message["from"]) || usable(&message["from_user_id"]))
        })
}

#[test]
fn rare_kinds_are_read_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/rare");
    let index = fs::read(folder.join("index.json")).unwrap();
    let records: Vec<Value> = serde_json::from_slice(&index).unwrap();
    assert!(!records.is_empty());
    for record in records {
        let file = record["file"].as_str().unwrap();
        let events = parse(&key(), &fs::read(folder.join(file)).unwrap()).unwrap().events;
        assert!(!events.is_empty(), "{file}");
        for event in events {
            assert!(
                !matches!(event.kind, EventKind::Unreadable | EventKind::Unknown { .. }),
                "{file}: {event:?}"
            );
        }
    }
}
