use serde_json::{Map, Value, json};

use super::{Action, Answer, Request};

fn read(value: &Value) -> Option<Request> {
    Request::read(value.to_string().as_bytes())
}

#[test]
fn each_kind_of_request_is_told_apart() {
    let action = |value: Value| read(&value).map(|request| request.action);
    assert_eq!(
        action(json!({ "version": "3.0", "action": "ping" })),
        Some(Action::Ping)
    );
    assert_eq!(
        action(json!({ "action": "INIT", "flow_token": "t" })),
        Some(Action::Open)
    );
    assert_eq!(action(json!({ "action": "BACK", "data": null })), Some(Action::Back));
    assert_eq!(
        action(json!({ "action": "data_exchange", "data": [] })),
        Some(Action::Exchange)
    );
    let failed = json!({ "action": "INIT", "data": { "error": "invalid-screen-transition", "error_message": "Budi" } });
    assert_eq!(action(failed.clone()), Some(Action::Failed));
    assert_eq!(read(&failed).unwrap().failure(), "invalid-screen-transition");
    assert_eq!(
        read(&json!({ "action": "x", "data": { "error": "Budi Santoso" } }))
            .unwrap()
            .failure(),
        "unreadable"
    );
    for none in [
        json!({ "action": "delete" }),
        json!({}),
        json!([]),
        json!({ "action": 7 }),
    ] {
        assert_eq!(read(&none), None);
    }
}

#[test]
fn fields_are_words_or_nothing_and_an_endless_token_is_none() {
    let long = "t".repeat(201);
    let value =
        json!({ "action": "data_exchange", "screen": "DAY", "flow_token": long, "data": { "a": " x ", "b": 7 } });
    let request = read(&value).unwrap();
    assert_eq!(
        (request.words("a"), request.words("b"), request.words("c")),
        ("x", "", "")
    );
    assert_eq!((request.token.as_str(), request.screen.as_str()), ("", "DAY"));
    assert_eq!(format!("{request:?}"), "Request(Exchange, …)");
}

#[test]
fn a_screen_shown_again_says_why() {
    let mut data = Map::new();
    data.insert("day".into(), json!("2026-12-01"));
    let answer = Answer::Screen {
        screen: "DAY",
        data,
        wrong: Some("é".repeat(300)),
    };
    let wire = answer.to_wire();
    assert_eq!(
        (answer.status(), &wire["screen"], &wire["data"]["day"]),
        (200, &json!("DAY"), &json!("2026-12-01"))
    );
    assert_eq!(wire["data"]["error_message"].as_str().unwrap().chars().count(), 200);
    assert_eq!(format!("{answer:?}"), "Screen(DAY, …)");
}
