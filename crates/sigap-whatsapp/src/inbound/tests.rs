//! Every sample, every kind, and what Meta never promised.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};
use sigap_core::ids::OutboxId;
use sigap_core::inbound::{FilledSurvey, InboundMessage, MediaKind, Said};
use sigap_core::point::Point;

use super::{EventKind, Status, StatusUpdate, TemplateChange, UnreadableBody, Webhook, WebhookEvent, parse};
use crate::routing::RoutingKey;

mod broken;
mod every_sample;
mod notices;

fn key() -> RoutingKey {
    RoutingKey::new(b"routing")
}

fn read(body: &Value) -> Vec<WebhookEvent> {
    parse(&key(), body.to_string().as_bytes()).unwrap().events
}

/// A body with these members of one `messages` value.
fn body(members: Value) -> Value {
    let mut value = json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": "106"}});
    for (name, member) in members.as_object().unwrap() {
        value[name] = member.clone();
    }
    json!({"object": "whatsapp_business_account", "entry": [{"id": "900", "changes": [{"field": "messages", "value": value}]}]})
}

/// The one message of a body, from a phone, of this type and with these members.
fn message(kind: &str, members: Value) -> InboundMessage {
    let mut message = json!({"id": "wamid.1", "from": "628111", "timestamp": "1796000000", "type": kind});
    for (name, member) in members.as_object().unwrap() {
        message[name] = member.clone();
    }
    only_message(read(&body(json!({"messages": [message]}))))
}

#[track_caller]
fn only_message(events: Vec<WebhookEvent>) -> InboundMessage {
    assert_eq!(events.len(), 1);
    match events.into_iter().next().unwrap().kind {
        EventKind::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn only_status(status: Value) -> StatusUpdate {
    let events = read(&body(json!({"statuses": [status]})));
    assert_eq!(events.len(), 1);
    match events.into_iter().next().unwrap().kind {
        EventKind::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/webhooks");
    let index: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
    index
        .iter()
        .map(|record| {
            let path = folder.join(record["file"].as_str().unwrap());
            let bytes = fs::read(&path).unwrap();
            (path, bytes)
        })
        .collect()
}

fn sample(name: &str) -> Webhook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/webhooks");
    parse(&key(), &fs::read(folder.join(name)).unwrap()).unwrap()
}

#[test]
fn words_taps_and_files_are_told_apart() {
    let tap = |kind: &str, id: &str| json!({"interactive": {"type": kind, kind: {"id": id, "title": "Cek status"}}});
    let signed = key().sign("status");
    let cases = [
        (
            message("text", json!({"text": {"body": "halo"}})),
            Said::Text("halo".into()),
        ),
        (
            message("text", json!({"text": {"body": null}})),
            Said::Text(String::new()),
        ),
        (
            message("text", json!({"text": {"body": 1021}})),
            Said::Text("1021".into()),
        ),
        (message("text", json!({})), Said::Text(String::new())),
        (
            message("interactive", tap("button_reply", &signed)),
            Said::Choice("status".into()),
        ),
        (
            message("interactive", tap("list_reply", &signed)),
            Said::Choice("status".into()),
        ),
        (
            message("interactive", tap("list_reply", "status")),
            Said::StaleChoice("Cek status".into()),
        ),
        (
            message("button", json!({"button": {"payload": signed, "text": "x"}})),
            Said::Choice("status".into()),
        ),
        (
            message("button", json!({"button": {"text": "Berhenti"}})),
            Said::StaleChoice("Berhenti".into()),
        ),
        (
            message(
                "interactive",
                json!({"interactive": {"type": "hologram", "hologram": {}}}),
            ),
            Said::Other {
                kind: "interactive/hologram".into(),
            },
        ),
        (
            message("interactive", json!({"interactive": 7})),
            Said::Other {
                kind: "interactive/".into(),
            },
        ),
        (
            message(
                "interactive",
                json!({"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{\"a\":1}"}}}),
            ),
            Said::Form("{\"a\":1}".into()),
        ),
        (
            message(
                "interactive",
                json!({"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": {"a": 1}}}}),
            ),
            Said::Form("{\"a\":1}".into()),
        ),
        (
            message(
                "interactive",
                json!({"interactive": {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json":
                    "{\"form\":\"sigap_survey\",\"flow_token\":\"t\",\"u1\":\"4\",\"u2\":\"\",\"comment\":\"\"}"}}}),
            ),
            Said::Survey(FilledSurvey {
                token: "t".into(),
                answers: [Some(4), None, None, None, None, None, None, None, None],
                comment: String::new(),
            }),
        ),
        (
            message(
                "interactive",
                json!({"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": null}}}),
            ),
            Said::Form(String::new()),
        ),
        (
            message("location", json!({"location": {"latitude": "x"}})),
            Said::Location,
        ),
        (
            message("reaction", json!({"reaction": {"message_id": "m", "emoji": "👍"}})),
            Said::Reaction(Some("👍".into())),
        ),
        (
            message("reaction", json!({"reaction": {"message_id": "m"}})),
            Said::Reaction(None),
        ),
        (message("request_welcome", json!({})), Said::Opened),
        (
            message("order", json!({"order": {}})),
            Said::Other { kind: "order".into() },
        ),
        (
            message("unsupported", json!({"errors": [{"code": 131051}]})),
            Said::Other {
                kind: "unsupported".into(),
            },
        ),
        (
            message("teleport", json!({})),
            Said::Other {
                kind: "teleport".into(),
            },
        ),
        (
            message("text", json!({"group_id": "g", "text": {"body": "halo"}})),
            Said::Silent {
                kind: "group/text".into(),
            },
        ),
        (
            message(
                "edit",
                json!({"edit": {"original_message_id": "w0", "message": {"type": "text", "text": {"body": "baru"}}}}),
            ),
            Said::Edited {
                message_id: "w0".into(),
                text: Some("baru".into()),
            },
        ),
        (
            message(
                "edit",
                json!({"edit": {"original_message_id": "w0", "message": {"type": "image", "image": {}}}}),
            ),
            Said::Edited {
                message_id: "w0".into(),
                text: None,
            },
        ),
        (message("edit", json!({})), Said::Silent { kind: "edit".into() }),
        (
            message("revoke", json!({"revoke": {"original_message_id": "w0"}})),
            Said::Revoked {
                message_id: "w0".into(),
            },
        ),
    ];
    for (message, said) in cases {
        assert_eq!(message.said, said);
        assert_eq!(message.number, "106");
        assert_eq!(message.from.phone.as_deref(), Some("628111"));
        assert_eq!(message.sent_at.as_second(), 1_796_000_000);
    }
}

#[test]
fn files_keep_what_was_told_and_a_file_that_is_too_large_has_no_id() {
    let check = |message: InboundMessage, kind: MediaKind, id: Option<&str>| match message.said {
        Said::Media(media) => assert_eq!((media.kind, media.media_id.as_deref()), (kind, id)),
        other => panic!("{other:?}"),
    };
    for (word, kind) in [
        ("image", MediaKind::Image),
        ("document", MediaKind::Document),
        ("audio", MediaKind::Audio),
        ("voice", MediaKind::Audio),
        ("video", MediaKind::Video),
        ("sticker", MediaKind::Sticker),
    ] {
        check(
            message(word, json!({word: {"id": 77, "mime_type": "a/b"}})),
            kind,
            Some("77"),
        );
        check(message(word, json!({"errors": [{"code": 131052}]})), kind, None);
    }
    check(
        message("unsupported", json!({"errors": [{"code": "131052"}]})),
        MediaKind::Document,
        None,
    );
}

#[test]
fn a_place_is_rounded_and_one_that_lies_nowhere_has_no_coordinates() {
    #[track_caller]
    fn check(place: Value, expected: Option<(f64, f64)>) {
        let point = expected.and_then(|(north, east)| Point::new(north, east));
        assert_eq!(point.is_some(), expected.is_some());
        let said = message("location", json!({ "location": place })).said;
        assert!(said == point.map_or(Said::Location, Said::LocationAt), "{place}");
    }
    let bogor = Some((-6.60, 106.80));
    check(json!({"latitude": -6.597_147, "longitude": 106.799_82}), bogor);
    check(
        json!({"latitude": "-6.597147", "longitude": " 106.79982 ", "name": "Rumah", "url": "https://x"}),
        bogor,
    );
    check(json!({"latitude": -7, "longitude": 110}), Some((-7.0, 110.0)));
    for nowhere in [
        json!({}),
        json!({"latitude": -6.6}),
        json!({"latitude": null, "longitude": 106.8}),
        json!({"latitude": 106.8, "longitude": -6.6}),
        json!({"latitude": 0, "longitude": 0.0}),
        json!({"latitude": "NaN", "longitude": "inf"}),
        json!({"latitude": 1e300, "longitude": 106.8}),
        json!("-6.6,106.8"),
        json!([-6.6, 106.8]),
    ] {
        check(nowhere, None);
    }
}

#[test]
fn a_message_without_type_is_known_by_its_part() {
    let events = read(&body(json!({"messages": [
        {"id": "w", "from": "628111", "timestamp": 1796000000, "location": {}},
        {"id": "w", "from": "628111", "timestamp": 1796000000, "text": {"body": "halo"}},
        {"id": "w", "from": "628111", "timestamp": 1796000000},
    ]})));
    let said: Vec<&Said> = events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Message(message) => Some(&message.said),
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            &Said::Location,
            &Said::Text("halo".into()),
            &Said::Other { kind: "unknown".into() }
        ]
    );
}

#[test]
fn times_come_as_text_numbers_seconds_and_milliseconds() {
    for (timestamp, second) in [
        (json!("1796000000"), 1_796_000_000),
        (json!(1_796_000_000), 1_796_000_000),
        (json!(1_796_000_000_123_i64), 1_796_000_000),
        (json!("1796000000123"), 1_796_000_000),
        (json!(1_796_000_000.5), 1_796_000_000),
        (json!("<TIMESTAMP>"), 0),
        (json!(null), 0),
        (json!([1]), 0),
        (json!(-1e300), 0),
    ] {
        let message = message("text", json!({"timestamp": timestamp}));
        assert_eq!(message.sent_at.as_second(), second, "{timestamp}");
    }
}

#[test]
fn the_sender_is_phone_user_id_or_both_and_nobody_elses_profile() {
    let from = |message: Value, contacts: Value| {
        let mut message = message;
        message["id"] = json!("w");
        message["type"] = json!("text");
        only_message(read(&body(json!({"messages": [message], "contacts": contacts})))).from
    };
    let bsuid = "ID.13491208655302741918";
    let both = from(
        json!({"from": "628111", "from_user_id": bsuid, "from_parent_user_id": "ID.ENT.1181"}),
        json!([{"wa_id": "628111", "user_id": bsuid, "profile": {"name": "Budi", "username": "@budi.s"}}]),
    );
    assert_eq!(both.phone.as_deref(), Some("628111"));
    assert_eq!(both.bsuid.as_deref(), Some(bsuid));
    assert_eq!(both.parent_bsuid.as_deref(), Some("ID.ENT.1181"));
    assert_eq!(
        (both.name.as_deref(), both.username.as_deref()),
        (Some("Budi"), Some("budi.s"))
    );

    let hidden = from(json!({"from_user_id": bsuid}), json!([{"user_id": bsuid}]));
    assert_eq!((hidden.phone, hidden.bsuid.as_deref()), (None, Some(bsuid)));

    let in_from = from(
        json!({"from": bsuid}),
        json!([{"wa_id": bsuid, "profile": {"name": "Budi"}}]),
    );
    assert_eq!((in_from.phone, in_from.bsuid.as_deref()), (None, Some(bsuid)));
    assert_eq!(in_from.name.as_deref(), Some("Budi"));

    let stranger = from(
        json!({"from": "628111"}),
        json!([{"wa_id": "628222", "user_id": bsuid, "profile": {"name": "Siti"}}]),
    );
    assert_eq!((stranger.bsuid, stranger.name), (None, None));

    let second = from(
        json!({"from": "+62 8222"}),
        json!([{"wa_id": "628111"}, {"wa_id": "628222", "profile": {"name": "Siti"}}]),
    );
    assert_eq!(
        (second.phone.as_deref(), second.name.as_deref()),
        (Some("628222"), Some("Siti"))
    );

    let future = from(
        json!({"from_user_id": "u-2.0_77"}),
        json!([{"user_id": "u-2.0_77", "profile": {"name": "Budi"}}]),
    );
    assert_eq!(
        (future.bsuid.as_deref(), future.name.as_deref()),
        (Some("u-2.0_77"), Some("Budi"))
    );

    let by_profile = from(json!({}), json!([{"user_id": bsuid}]));
    assert_eq!(by_profile.bsuid.as_deref(), Some(bsuid));
}

#[test]
fn a_message_without_id_or_sender_is_kept_and_the_others_are_read() {
    let events = read(&body(json!({"messages": [
        {"from": "628111", "type": "text", "text": {"body": "tanpa id"}},
        {"id": "w1", "type": "text", "text": {"body": "tanpa pengirim"}},
        {"id": "w2", "from": "<PHONE>", "type": "text"},
        "nonsense",
        {"id": "w3", "from": 628111, "type": "text", "text": {"body": "utuh"}},
    ]})));
    let names: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
    assert_eq!(
        names,
        ["unreadable", "unreadable", "unreadable", "unreadable", "message"]
    );
    assert_eq!(events[3].raw, "\"nonsense\"");
    assert!(
        events
            .iter()
            .all(|event| event.phone_number_id.as_deref() == Some("106"))
    );
    assert!(events.iter().all(|event| event.waba_id.as_deref() == Some("900")));
}

#[test]
fn only_a_requested_card_with_the_senders_own_number_is_believed() {
    let own = |origin: Value, cards: Value, from: Value| {
        let message = json!({"id": "w", "type": "contacts", "origin": origin, "contacts": cards, "from": from, "from_user_id": "ID.1"});
        match only_message(read(&body(json!({"messages": [message]})))).said {
            Said::Contacts { own_number, .. } => own_number,
            other => panic!("{other:?}"),
        }
    };
    let card = json!([{"phones": [{"phone": "+62 811", "wa_id": "62811"}]}]);
    let requested = json!("contact_request");
    assert_eq!(
        own(requested.clone(), card.clone(), json!(null)).as_deref(),
        Some("62811")
    );
    assert_eq!(
        own(requested.clone(), card.clone(), json!("62811")).as_deref(),
        Some("62811")
    );
    assert_eq!(own(requested.clone(), card.clone(), json!("62999")), None);
    assert_eq!(own(json!("other"), card.clone(), json!("62811")), None);
    assert_eq!(own(json!(null), card, json!(null)), None);
    let two = json!([{"phones": [{"wa_id": "62811"}]}, {"phones": [{"wa_id": "62812"}]}]);
    assert_eq!(own(requested.clone(), two, json!(null)), None);
    let on_card = json!([{"origin": "contact_request", "vcard": "TEL;waid=62811:+62 811"}]);
    assert_eq!(own(json!(null), on_card, json!(null)).as_deref(), Some("62811"));
}

#[test]
fn of_a_card_shared_by_hand_the_name_is_taken_and_no_number() {
    let cards = json!([
        {"name": {"formatted_name": "Pak Calo"}, "phones": [{"phone": "+62 811", "wa_id": "62811"}], "vcard": "TEL;waid=62811:+62 811"},
        {"name": "?"},
        {"name": {"formatted_name": "x".repeat(500)}},
    ]);
    let message = json!({"id": "w", "type": "contacts", "contacts": cards, "from": "62899"});
    let said = only_message(read(&body(json!({"messages": [message]})))).said;
    let expected = Said::Contacts {
        own_number: None,
        names: vec!["Pak Calo".into(), "x".repeat(60)],
    };
    assert!(said == expected);
}

#[test]
fn two_offices_in_one_body_keep_their_own_events() {
    let webhook = sample("composed/batch_two_offices.json");
    let numbers: Vec<Option<String>> = webhook
        .events
        .iter()
        .map(|event| event.phone_number_id.clone())
        .collect();
    assert_eq!(webhook.events.len(), 4);
    assert!(numbers.iter().any(|number| number != &numbers[0]));
}

#[test]
fn debug_shows_no_words_and_no_person() {
    let events = read(&body(
        json!({"messages": [{"id": "w", "from": "628111", "type": "text", "text": {"body": "rahasia"}}]}),
    ));
    let shown = format!("{events:?}");
    assert!(!shown.contains("rahasia") && !shown.contains("628111"), "{shown}");
}
