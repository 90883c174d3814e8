//! Which answers of a burst become one message.

use sigap_core::message::{Button, Row, Section};

use super::*;

fn text(body: &str) -> OutboundMessage {
    OutboundMessage {
        body: body.into(),
        form: Form::Text,
        fill: None,
    }
}

fn buttons(body: &str, choice: &str) -> OutboundMessage {
    let form = Form::Buttons(vec![Button {
        choice: choice.into(),
        title: choice.into(),
    }]);
    OutboundMessage {
        body: body.into(),
        form,
        fill: None,
    }
}

fn menu(body: &str) -> OutboundMessage {
    let rows = vec![Row {
        choice: "status".into(),
        title: "Status".into(),
        description: None,
    }];
    let form = Form::List {
        button: "Pilih".into(),
        sections: vec![Section { title: None, rows }],
    };
    OutboundMessage {
        body: body.into(),
        form,
        fill: None,
    }
}

#[test]
fn two_answers_go_out_as_one_in_their_order() {
    assert_eq!(merge(&text("satu"), &text("dua")), Some(text("satu\n\ndua")));
    assert_eq!(
        merge(&text("satu"), &buttons("dua", "status")),
        Some(buttons("satu\n\ndua", "status"))
    );
}

#[test]
fn the_same_answer_is_said_once() {
    assert_eq!(merge(&text("sama"), &text("sama")), Some(text("sama")));
    let once = buttons("halo\n\nbiaya", "menu");
    assert_eq!(merge(&once, &buttons("biaya", "menu")), Some(once));
}

#[test]
fn a_second_menu_swallows_neither_the_first_greeting_nor_an_answer_before_it() {
    let merged = merge(&menu("Selamat datang"), &menu("Menu"));
    assert_eq!(merged, Some(menu("Selamat datang\n\nMenu")));
    assert_eq!(
        merge(&menu("Biaya: Rp950.000\n\nMenu"), &menu("Menu")),
        Some(menu("Biaya: Rp950.000\n\nMenu"))
    );
}

#[test]
fn a_question_with_buttons_is_not_folded_into_mere_words() {
    assert_eq!(merge(&buttons("Tanggal lahir?", "menu"), &text("Terima kasih")), None);
}

#[test]
fn what_would_be_too_long_stays_apart() {
    let long = "a".repeat(INTERACTIVE_BODY_CHARS_MAX - 2);
    assert!(merge(&text("x"), &buttons(&long, "menu")).is_none());
    assert!(merge(&text("x"), &text(&long)).is_some());
    assert!(merge(&text("x"), &text(&"a".repeat(TEXT_BODY_CHARS_MAX))).is_none());
}
