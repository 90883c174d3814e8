//! Every request we build is checked against Meta's schema.

use std::sync::OnceLock;

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};
use sigap_core::ids::OutboxId;
use sigap_core::message::{Button, Fill, Form, FormName, OutboundMessage, Row, Section};
use sigap_core::person::Contact;

use super::{Body, FlowUse, Interactive, MarkAsRead, Recipient, Request, check, split, to_wire};
use crate::routing::RoutingKey;
use crate::template::Template;

const SCHEMA: &str = include_str!("../../samples/schema/send_message.schema.json");

fn schema() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap())
}

#[track_caller]
fn valid(json: &[u8]) -> Value {
    let value: Value = serde_json::from_slice(json).unwrap();
    assert!(schema().is_valid(&value), "{value}");
    value
}

fn key() -> RoutingKey {
    RoutingKey::new(b"routing")
}

fn phone() -> Recipient {
    Recipient::Phone("6281234567890".to_owned())
}

fn wire(message: &OutboundMessage) -> Vec<Value> {
    to_wire(message, &phone(), &key(), Some(FLOW), Some(OutboxId(42)))
        .unwrap()
        .iter()
        .map(|request| valid(&request.to_json()))
        .collect()
}

const FLOW: FlowUse<'_> = FlowUse {
    id: "1001",
    token: "f-1",
};

fn message(body: &str, form: Form) -> OutboundMessage {
    OutboundMessage {
        body: body.to_owned(),
        form,
        fill: None,
    }
}

fn button(choice: &str, title: &str) -> Button {
    Button {
        choice: choice.to_owned(),
        title: title.to_owned(),
    }
}

fn row(choice: &str, title: &str, description: Option<&str>) -> Row {
    Row {
        choice: choice.to_owned(),
        title: title.to_owned(),
        description: description.map(str::to_owned),
    }
}

fn rows(count: usize) -> Vec<Row> {
    (0..count)
        .map(|at| row(&format!("c{at}"), &format!("Baris {at}"), None))
        .collect()
}

fn list(sections: Vec<Section>) -> Form {
    Form::List {
        button: "Pilih".to_owned(),
        sections,
    }
}

#[test]
fn words_go_to_a_phone_with_plus_and_carry_the_outbox_id() {
    let requests = wire(&message("Halo *Budi*", Form::Text));
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["to"], "+6281234567890");
    assert_eq!(requests[0]["type"], "text");
    assert_eq!(requests[0]["text"]["body"], "Halo *Budi*");
    assert_eq!(requests[0]["biz_opaque_callback_data"], "42");
    assert!(requests[0].get("recipient").is_none());
}

#[test]
fn a_person_without_phone_is_reached_by_the_user_id() {
    let contact = Contact {
        bsuid: Some("ID.13491208655302741918".to_owned()),
        ..Contact::default()
    };
    let recipient = Recipient::of(&contact).unwrap();
    let requests = to_wire(&message("Halo", Form::Text), &recipient, &key(), None, None).unwrap();
    let value = valid(&requests[0].to_json());
    assert_eq!(value["recipient"], "ID.13491208655302741918");
    assert!(value.get("to").is_none() && value.get("biz_opaque_callback_data").is_none());
    let both = Contact {
        phone: Some("628111".to_owned()),
        ..contact
    };
    assert_eq!(Recipient::of(&both), Some(Recipient::Phone("628111".to_owned())));
    assert_eq!(Recipient::of(&Contact::default()), None);
}

#[test]
fn buttons_lists_and_links_keep_the_schema_and_their_signed_choices() {
    let buttons = wire(&message(
        "Ya?",
        Form::Buttons(vec![button("yes", "Ya"), button("no", "Tidak"), button("menu", "Menu")]),
    ));
    let id = buttons[0]["interactive"]["action"]["buttons"][0]["reply"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(key().verify(&id), Some("yes"));

    let sections = vec![
        Section {
            title: Some("Layanan".to_owned()),
            rows: rows(6),
        },
        Section {
            title: Some("Lainnya".to_owned()),
            rows: vec![row("more", "Lebih banyak", Some("Sepuluh lagi"))],
        },
    ];
    let lists = wire(&message("Pilih layanan", list(sections)));
    let row = &lists[0]["interactive"]["action"]["sections"][1]["rows"][0];
    assert_eq!(key().verify(row["id"].as_str().unwrap()), Some("more"));
    assert_eq!(row["description"], "Sepuluh lagi");

    let untitled = wire(&message(
        "Pilih",
        list(vec![Section {
            title: None,
            rows: rows(10),
        }]),
    ));
    assert!(
        untitled[0]["interactive"]["action"]["sections"][0]
            .get("title")
            .is_none()
    );

    let link = Form::Link {
        label: "Buka".to_owned(),
        url: "https://sigap.example/t/1".to_owned(),
    };
    let links = wire(&message("Tiket Anda", link));
    assert_eq!(
        links[0]["interactive"]["action"]["parameters"]["url"],
        "https://sigap.example/t/1"
    );
}

#[test]
fn all_other_requests_keep_the_schema() {
    let template = Template::new("giliran_dekat", "id")
        .unwrap()
        .with_body(&["A-12", "baris\nbaru\tdan    jarak"])
        .unwrap()
        .with_quick_reply(0, "stop", &key())
        .unwrap()
        .with_url_suffix(1, "t/8123")
        .unwrap();
    let named = Template::new("siap", "en_US")
        .unwrap()
        .with_named_body(&[("nama", "Budi")])
        .unwrap();
    let bodies = [
        Body::image("123", Some("Denah")).unwrap(),
        Body::image("123", None).unwrap(),
        Body::document("124", None, "syarat.pdf").unwrap(),
        Body::contact("Kantor Imigrasi", "+628118539333"),
        Body::reaction("wamid.1", "👍"),
        Body::interactive(Interactive::location_request("Di mana Anda?").unwrap()),
        Body::interactive(Interactive::contact_request("Bagikan nomor Anda").unwrap()),
        Body::template(template),
        Body::template(named),
        Body::template(Template::new("tanpa_isi", "id").unwrap()),
    ];
    for body in bodies {
        let request = Request::new(&phone(), Some(OutboxId(1)), body).in_reply_to("wamid.9");
        let value = valid(&request.to_json());
        assert_eq!(value["context"]["message_id"], "wamid.9");
    }
    valid(&MarkAsRead::new("wamid.1").to_json());
    let typing = valid(&MarkAsRead::new("wamid.1").with_typing().to_json());
    assert_eq!(typing["typing_indicator"]["type"], "text");
}

#[test]
fn template_values_have_no_line_breaks_or_gaps() {
    let template = Template::new("t", "id")
        .unwrap()
        .with_body(&["a\n b\t\tc     d"])
        .unwrap();
    let value = valid(&Request::new(&phone(), None, Body::template(template)).to_json());
    assert_eq!(value["template"]["components"][0]["parameters"][0]["text"], "a b c d");
    assert!(
        Template::new("t", "id").unwrap().with_body(&["  "]).is_err(),
        "Meta refuses empty values"
    );
    assert!(
        Template::new("t", "id")
            .unwrap()
            .with_quick_reply(10, "x", &key())
            .is_err()
    );
    assert!(Template::new("", "id").is_err());
}

fn survey(label: &str, token: &str) -> Form {
    Form::Survey {
        label: label.to_owned(),
        language: "id".to_owned(),
        token: token.to_owned(),
    }
}

#[test]
fn the_survey_is_a_flow_where_the_number_has_one_and_words_where_it_has_none() {
    let message = message("Bagaimana? https://a.id", survey("Isi penilaian", "t-1"));
    let [request] = &wire(&message)[..] else {
        panic!("one request")
    };
    assert!(schema().is_valid(request), "{request}");
    assert_eq!(
        request["interactive"],
        json!({
            "type": "flow",
            "body": { "text": "Bagaimana? https://a.id" },
            "action": { "name": "flow", "parameters": {
                "flow_message_version": "3", "flow_id": "1001", "flow_cta": "Isi penilaian", "flow_token": "t-1",
                "mode": "published", "flow_action": "navigate", "flow_action_payload": { "screen": "SURVEY_ONE" },
            } },
        })
    );
    let bare = to_wire(&message, &phone(), &key(), None, Some(OutboxId(42))).unwrap();
    let bare: Value = serde_json::from_slice(&bare[0].to_json()).unwrap();
    assert_eq!(bare["text"]["body"], "Bagaimana? https://a.id");
}

#[test]
fn a_form_that_asks_us_stands_above_what_can_be_typed_and_gives_way_to_the_list() {
    let rows = vec![row("a", "Paspor", None), row("b", "Menu", None)];
    let offered = OutboundMessage {
        fill: Some(Fill {
            name: FormName::Booking,
            language: "id".into(),
            label: "Isi formulir".into(),
            instead: "Atau balas:".into(),
        }),
        ..message("Untuk apa?", list(vec![Section { title: None, rows }]))
    };
    let [request] = &wire(&offered)[..] else {
        panic!("one request")
    };
    assert!(schema().is_valid(request), "{request}");
    assert_eq!(
        request["interactive"],
        json!({
            "type": "flow",
            "body": { "text": "Untuk apa?\n\nAtau balas:\n1. Paspor\n2. Menu" },
            "action": { "name": "flow", "parameters": {
                "flow_message_version": "3", "flow_id": "1001", "flow_cta": "Isi formulir", "flow_token": "f-1",
                "mode": "published", "flow_action": "data_exchange",
            } },
        })
    );
    let kind = |message: &OutboundMessage, flow| {
        let request = to_wire(message, &phone(), &key(), flow, None).unwrap();
        let request: Value = serde_json::from_slice(&request[0].to_json()).unwrap();
        request["interactive"]["type"].clone()
    };
    assert_eq!(kind(&offered, None), "list", "a number without the form");
    let long = OutboundMessage {
        body: "é".repeat(1_000),
        ..offered
    };
    assert_eq!(kind(&long, Some(FLOW)), "list", "both do not fit into one message");
}

#[test]
fn at_the_limit_it_is_built_and_one_above_it_is_not() {
    let long = |count: usize| "é".repeat(count);
    let fine = [
        message(&long(4_096), Form::Text),
        message(&long(1_024), Form::Buttons(vec![button(&"c".repeat(245), &long(20))])),
        message(
            "x",
            list(vec![Section {
                title: Some(long(24)),
                rows: vec![row(&"c".repeat(189), &long(24), Some(&long(72)))],
            }]),
        ),
        message(
            "x",
            Form::Link {
                label: long(20),
                url: "https://a.id".to_owned(),
            },
        ),
        message(&long(1_024), survey(&long(20), &long(200))),
    ];
    for message in &fine {
        assert_eq!(check(message), []);
        assert_eq!(wire(message).len(), 1);
    }
    let section = |title: Option<String>, rows: Vec<Row>| Section { title, rows };
    let refused = [
        message("", Form::Text),
        message("  \n", Form::Text),
        message("x", Form::Buttons(vec![])),
        message(
            "x",
            Form::Buttons((0..4).map(|at| button(&format!("{at}"), &format!("{at}"))).collect()),
        ),
        message("x", Form::Buttons(vec![button("a", &long(21))])),
        message("x", Form::Buttons(vec![button("a", "Sama"), button("b", "Sama")])),
        message("x", Form::Buttons(vec![button("a", "Satu"), button("a", "Dua")])),
        message("x", Form::Buttons(vec![button(&"c".repeat(246), "x")])),
        message("x", list(vec![])),
        message("x", list(vec![section(None, vec![])])),
        message("x", list(vec![section(None, rows(11))])),
        message(
            "x",
            list(vec![
                section(Some("a".into()), rows(5)),
                section(Some("b".into()), rows(6)),
            ]),
        ),
        message(
            "x",
            list(vec![section(None, rows(1)), section(None, vec![row("z", "z", None)])]),
        ),
        message("x", list(vec![section(Some(long(25)), rows(1))])),
        message("x", list(vec![section(None, vec![row("a", &long(25), None)])])),
        message("x", list(vec![section(None, vec![row("a", "", None)])])),
        message("x", list(vec![section(None, vec![row("a", "x", Some(&long(73)))])])),
        message("x", list(vec![section(None, vec![row(&"c".repeat(190), "x", None)])])),
        message(
            "x",
            Form::List {
                button: long(21),
                sections: vec![section(None, rows(1))],
            },
        ),
        message(
            "x",
            Form::Link {
                label: long(21),
                url: "https://a.id".to_owned(),
            },
        ),
        message(
            "x",
            Form::Link {
                label: "Buka".to_owned(),
                url: "javascript:alert(1)".to_owned(),
            },
        ),
        message("x", survey(&long(21), "t")),
        message("x", survey("", "t")),
        message("x", survey("Isi", "")),
        message("x", survey("Isi", &long(201))),
    ];
    for (at, message) in refused.iter().enumerate() {
        assert!(!check(message).is_empty(), "case {at}");
        let breaches = to_wire(message, &phone(), &key(), Some(FLOW), None).unwrap_err();
        assert_eq!(breaches, check(message), "case {at}");
    }
    assert!(Body::image("1", Some(&long(1_025))).is_err());
    assert!(Body::document("1", None, &long(241)).is_err());
}

#[test]
fn a_text_above_the_limit_is_split_at_paragraphs_and_only_the_last_settles_the_row() {
    let paragraph = "Kalimat pertama. Kalimat kedua. ".repeat(40);
    let text = [paragraph.trim(); 5].join("\n\n");
    let requests = wire(&message(&text, Form::Text));
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0]["biz_opaque_callback_data"], "42.1");
    assert_eq!(requests[1]["biz_opaque_callback_data"], "42");
    assert!(requests[0]["text"]["body"].as_str().unwrap().ends_with("kedua."));
    assert!(
        requests[1]["text"]["body"]
            .as_str()
            .unwrap()
            .starts_with("Kalimat pertama.")
    );
}

#[test]
fn an_overlong_body_with_buttons_sends_words_first_and_the_buttons_last() {
    let text = format!("{}\n\nBenar?", "Kalimat. ".repeat(200).trim());
    let long = message(&text, Form::Buttons(vec![button("yes", "Ya")]));
    assert_eq!(check(&long).len(), 1, "the content check still complains");
    let requests = wire(&long);
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0]["type"], "text");
    assert_eq!(requests[1]["interactive"]["body"]["text"], "Benar?");
}

proptest! {
    #[test]
    fn splitting_loses_nothing_and_every_part_fits(
        text in "[a-zé👍 .\n]{0,300}", most in 5_usize..60, less in 0_usize..50
    ) {
        let last_most = most.saturating_sub(less).max(1);
        let parts = split::split(&text, most, last_most);
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(solid(&parts.concat()), solid(&text));
        let (last, earlier) = parts.split_last().unwrap();
        prop_assert!(last.chars().count() <= last_most);
        for part in earlier {
            prop_assert!((1..=most).contains(&part.chars().count()), "{:?}", parts);
        }
    }

    #[test]
    fn whatever_is_built_keeps_the_schema(
        body in ".{0,1500}", titles in proptest::collection::vec(".{0,26}", 0..4),
        names in proptest::collection::vec("[a-z.]{0,12}", 4..5), kind in 0_u8..5
    ) {
        let buttons: Vec<Button> = titles.iter().zip(&names).map(|(title, name)| button(name, title)).collect();
        let form = match kind {
            0 => Form::Text,
            1 => Form::Buttons(buttons),
            2 => list(vec![Section { title: None, rows: buttons.iter().map(|it| row(&it.choice, &it.title, None)).collect() }]),
            3 => Form::Link { label: names[0].clone(), url: format!("https://{}", names[1]) },
            _ => survey(&titles.concat(), &names[1]),
        };
        let message = message(&body, form);
        match to_wire(&message, &phone(), &key(), Some(FLOW), Some(OutboxId(7))) {
            Ok(requests) => for request in requests {
                let value: Value = serde_json::from_slice(&request.to_json()).unwrap();
                prop_assert!(schema().is_valid(&value), "{}", value);
            },
            Err(breaches) => prop_assert_eq!(breaches, check(&message)),
        }
    }
}
