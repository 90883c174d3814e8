use std::collections::BTreeSet;

use serde_json::{Value, json};
use sigap_core::ids::BookingId;
use sigap_core::inbound::FormDone;
use sigap_core::intake::AnswerKind;

use super::{IntakeQuestion, IntakeWords, answers_screen, check_screen, done, intake, read_person, who_screen};
use crate::endpoint::Answer;
use crate::flow::read_done;
use crate::flow::sheet::FlowOption;

const KINDS: [AnswerKind; 5] = [
    AnswerKind::Name,
    AnswerKind::Nik,
    AnswerKind::BirthDate,
    AnswerKind::Text,
    AnswerKind::Sex,
];

fn words(long: impl Fn(usize) -> String) -> IntakeWords {
    let questions = KINDS.iter().enumerate().map(|(place, kind)| IntakeQuestion {
        id: format!("q{place}"),
        kind: *kind,
        label: long(20),
        hint: long(80),
    });
    IntakeWords {
        title: long(26),
        who: long(30),
        case: long(30),
        questions: questions.collect(),
        sexes: [long(30), long(30)],
        next: long(35),
        send: long(35),
    }
}

fn parts(flow: &Value, screen: usize) -> &[Value] {
    flow["screens"][screen]["layout"]["children"].as_array().unwrap()
}

#[track_caller]
fn is_declared(flow: &Value, answer: &Answer) {
    let wire = answer.to_wire();
    let screens = flow["screens"].as_array().unwrap();
    let screen = screens.iter().find(|screen| screen["id"] == wire["screen"]).unwrap();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&screen["data"]), names(&wire["data"]));
}

#[test]
fn its_fields_are_made_from_the_questions_and_none_must_be_answered() {
    let flow = intake(&words(|most| "a".repeat(most))).unwrap();
    let fields: Vec<&Value> = parts(&flow, 1)
        .iter()
        .filter(|part| part.get("name").is_some())
        .collect();
    let kinds: Vec<&str> = fields.iter().map(|part| part["type"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["TextInput", "TextInput", "DatePicker", "TextInput", "RadioButtonsGroup"]
    );
    assert!(fields.iter().all(|part| part["required"] == false));
    let first = |place: usize| fields[place].get("init-value");
    assert_eq!(first(0), Some(&json!("${data.first_q0}")));
    assert_eq!(first(1), None, "a NIK is never sent back");
    let footer = parts(&flow, 1).last().unwrap();
    assert_eq!(footer["on-click-action"]["payload"]["answer_q2"], "${form.answer_q2}");
    assert_eq!(flow["routing_model"]["INTAKE_WHO"], json!(["INTAKE_ANSWERS"]));
}

#[test]
fn words_that_are_too_long_or_missing_are_named() {
    for wrong in [words(|most| "a".repeat(most + 1)), words(|_| " ".to_owned())] {
        assert!(intake(&wrong).unwrap_err().len() >= 9);
    }
}

#[test]
fn each_screen_is_given_what_it_declares() {
    let flow = intake(&words(|most| "a".repeat(most))).unwrap();
    let person = |id: &str| FlowOption::new(id, "Siti");
    let one = who_screen("about", &[person("7.0")], &[person("hilang")], None);
    assert_eq!(one.to_wire()["data"]["has_several"], false);
    is_declared(&flow, &one);
    let known = [
        ("q0", "Siti".to_owned()),
        ("q2", "1990-02-01".to_owned()),
        ("q3", String::new()),
    ];
    is_declared(
        &flow,
        &answers_screen("{}", "about", ["1906-01-01", "2026-01-01"], &known, None),
    );
    let check = check_screen("{}", &"a".repeat(500), "", "");
    is_declared(&flow, &check);
    let wire = check.to_wire();
    assert_eq!(wire["data"]["about"].as_str().unwrap().chars().count(), 409);
    assert_eq!(
        (&wire["data"]["has_notes"], &wire["data"]["notes"]),
        (&json!(false), &json!("-"))
    );
}

#[test]
fn what_came_of_it_names_a_person_of_a_booking_and_nothing_else() {
    let wire = done("token", BookingId(7), 2).to_wire();
    let params = &wire["data"]["extension_message_response"]["params"];
    let told = FormDone::Intake {
        booking: BookingId(7),
        place: 2,
    };
    assert_eq!(read_done(&params.to_string()), Some(told));
    assert_eq!(params.as_object().unwrap().len(), 3, "no answer travels in the chat");
    for wrong in ["", "7", "7.", ".1", "7.300", "x.1"] {
        assert_eq!(read_person(wrong), None, "{wrong}");
    }
}
