use std::collections::BTreeSet;

use serde_json::{Value, json};
use sigap_core::ids::BookingId;
use sigap_core::inbound::FormDone;

use super::{
    BookingWords, PERSONS, booking, check_screen, day_screen, done, hour_screen, people_screen, service_screen,
};
use crate::endpoint::Answer;
use crate::flow::feedback::{self, FeedbackWords};
use crate::flow::sheet::FlowOption;
use crate::flow::{read_done, read_survey};

const SAMPLE: &str = include_str!("../../../samples/flow-json/6_1_calendar_picker_single_mode.json");

fn words(long: impl Fn(usize) -> String) -> BookingWords {
    BookingWords {
        title: long(26),
        service: long(30),
        count: long(30),
        people: PERSONS.iter().map(|_| (long(20), long(40))).collect(),
        parent: long(120),
        day: long(40),
        day_hint: long(80),
        hour: long(30),
        other: long(30),
        only_now: long(409),
        next: long(35),
        send: long(35),
    }
}

fn data(answer: &Answer) -> Value {
    answer.to_wire()["data"].clone()
}

/// Every field of the answer is declared with its kind, and nothing that is declared is missing.
#[track_caller]
fn check(flow: &Value, answer: &Answer) {
    let wire = answer.to_wire();
    let screens = flow["screens"].as_array().unwrap();
    let screen = screens.iter().find(|screen| screen["id"] == wire["screen"]).unwrap();
    let declared = screen["data"].as_object().unwrap();
    let given = wire["data"].as_object().unwrap();
    let names = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(declared), names(given));
    for (name, value) in given {
        let kind = match value {
            Value::String(_) => "string",
            Value::Bool(_) => "boolean",
            Value::Array(_) => "array",
            _ => panic!("{name}"),
        };
        assert_eq!(declared[name]["type"], kind, "{name}");
        assert!(!declared[name]["__example__"].is_null(), "{name}");
    }
}

#[test]
fn each_screen_gets_what_it_declares() {
    let flow = booking(&words(|count| "é".repeat(count))).unwrap();
    let option = [FlowOption::new("1", "Paspor")];
    check(&flow, &service_screen(&option, &option, None));
    check(
        &flow,
        &people_screen("{}", "a", 2, ["1906-11-26", "2026-11-26"], true, None),
    );
    check(
        &flow,
        &day_screen("{}", "a", ["2026-11-26", "2026-12-26"], &["2026-12-25".into()], None),
    );
    check(&flow, &hour_screen("{}", "a", &option, None));
    check(&flow, &check_screen("{}", "a", &[], None));
    let ways = &flow["routing_model"];
    assert_eq!(ways["BOOKING_SERVICE"], json!(["BOOKING_PEOPLE"]));
    assert_eq!(ways["BOOKING_CHECK"], json!([]));
    assert_eq!(flow["data_api_version"], "3.0");
}

#[test]
fn at_the_limit_it_is_made_and_one_above_it_is_not() {
    let largest = words(|count| "é".repeat(count));
    assert!(booking(&largest).is_ok());
    let changes: [fn(&mut BookingWords); 12] = [
        |it| it.title.push('x'),
        |it| it.service.push('x'),
        |it| it.count.push('x'),
        |it| it.people[4].0.push('x'),
        |it| it.people[4].1.push('x'),
        |it| it.parent.push('x'),
        |it| it.day.push('x'),
        |it| it.day_hint.push('x'),
        |it| it.hour.push('x'),
        |it| it.other.clear(),
        |it| it.only_now.push('x'),
        |it| it.send.push('x'),
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut words = largest.clone();
        change(&mut words);
        assert!(booking(&words).is_err(), "case {at}");
    }
}

#[test]
fn the_calendar_has_no_property_that_the_public_example_has_not() {
    let sample: Value = serde_json::from_str(SAMPLE).unwrap();
    let known = sample["screens"][0]["layout"]["children"][0].as_object().unwrap();
    let flow = booking(&words(|count| "a".repeat(count))).unwrap();
    let children = flow["screens"][2]["layout"]["children"].as_array().unwrap();
    let calendar = children.iter().find(|part| part["type"] == "CalendarPicker").unwrap();
    for property in calendar.as_object().unwrap().keys() {
        assert!(known.contains_key(property), "{property}");
    }
    assert_eq!(calendar["unavailable-dates"], "${data.closed}");
}

#[test]
fn words_and_rows_of_any_length_fit_a_screen() {
    let hours: Vec<FlowOption> = (0..300)
        .map(|hour| FlowOption {
            about: Some("é".repeat(99)),
            is_free: hour % 2 == 0,
            ..FlowOption::new(hour.to_string(), "é".repeat(31))
        })
        .collect();
    let given = data(&hour_screen("{}", &"é".repeat(999), &hours, None));
    let rows = given["hours"].as_array().unwrap();
    assert_eq!(rows.len(), 200);
    assert_eq!(rows[0]["title"].as_str().unwrap().chars().count(), 30);
    assert_eq!((rows[0].get("enabled"), &rows[1]["enabled"]), (None, &json!(false)));
    assert_eq!(given["about"].as_str().unwrap().chars().count(), 409);
    let nothing = data(&check_screen("{}", "a", &[], None));
    assert_eq!(
        (&nothing["has_others"], nothing["others"].as_array().unwrap().len()),
        (&json!(false), 1)
    );
}

#[test]
fn what_came_of_a_form_is_read_and_nothing_else() {
    let params = |answer: Answer| {
        let wire = answer.to_wire();
        wire["data"]["extension_message_response"]["params"].to_string()
    };
    let booked = params(done("t", BookingId(42)));
    assert_eq!(read_done(&booked), Some(FormDone::Booking(BookingId(42))));
    assert_eq!(read_survey(&booked), None);
    let brought = params(feedback::done("t", "S-2611-0001"));
    assert_eq!(read_done(&brought), Some(FormDone::Case("S-2611-0001".into())));
    for other in [
        "",
        "[]",
        "{\"form\":\"sigap_survey\"}",
        "{\"form\":\"sigap_booking\"}",
        "{\"form\":\"sigap_booking\",\"booking\":\"x\"}",
        "{\"form\":\"sigap_feedback\",\"case\":7}",
    ] {
        assert_eq!(read_done(other), None, "{other}");
    }
}

#[test]
fn the_form_for_feedback_shows_a_rating_only_where_it_is_asked() {
    let pair = |id: &str| (id.to_owned(), "Nama".to_owned());
    let words = FeedbackWords {
        title: "Saran".into(),
        kind: "Jenis".into(),
        kinds: vec![pair("complaint"), pair("comment")],
        words: "Pesan".into(),
        hint: "Apa?".into(),
        rating: "Nilai".into(),
        ratings: vec![pair("1"), pair("5")],
        next: "Lanjut".into(),
        send: "Kirim".into(),
    };
    let flow = feedback::feedback(&words).unwrap();
    check(&flow, &feedback::say_screen(None));
    check(&flow, &feedback::check_screen("comment", "Kursi", "Kursi", true));
    let rating = &flow["screens"][1]["layout"]["children"][1];
    assert_eq!(
        (&rating["visible"], &rating["required"]),
        (&json!("${data.asks_rating}"), &json!(false))
    );
    let none = FeedbackWords {
        hint: String::new(),
        ..words
    };
    assert!(feedback::feedback(&none).is_err());
}
