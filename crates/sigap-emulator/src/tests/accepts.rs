//! What is accepted, what is refused for its form, and files.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{NUMBER, World, interactive, message, text};

fn buttons(titles: &[&str]) -> Value {
    let buttons: Vec<Value> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| json!({ "type": "reply", "reply": { "id": at.to_string(), "title": title } }))
        .collect();
    interactive(json!({ "type": "button", "body": { "text": "Pilih" }, "action": { "buttons": buttons } }))
}

fn list(sections: &[usize]) -> Value {
    let mut id = 0;
    let sections: Vec<Value> = sections
        .iter()
        .map(|rows| {
            let rows: Vec<Value> = (0..*rows)
                .map(|_| {
                    id += 1;
                    json!({ "id": id.to_string(), "title": "Baris", "description": "Keterangan" })
                })
                .collect();
            json!({ "title": "Bagian", "rows": rows })
        })
        .collect();
    interactive(
        json!({ "type": "list", "body": { "text": "Pilih" }, "action": { "button": "Buka", "sections": sections } }),
    )
}

fn link(label: &str, url: &str) -> Value {
    let parameters = json!({ "display_text": label, "url": url });
    interactive(
        json!({ "type": "cta_url", "body": { "text": "Isi" }, "action": { "name": "cta_url", "parameters": parameters } }),
    )
}

#[tokio::test]
async fn every_kind_of_message_is_accepted_when_its_form_is_right() {
    let world = World::new().await;
    world.says("sari", "halo");
    let request = |kind: &str, name: &str| {
        interactive(json!({ "type": kind, "body": { "text": "Isi" }, "action": { "name": name } }))
    };
    for body in [
        text("halo"),
        text(&"a".repeat(4096)),
        text(&"ğ".repeat(4096)),
        buttons(&["Ya", "Tidak", "Nanti"]),
        list(&[5, 5]),
        link("Buka", "https://example.org/"),
        request("location_request_message", "send_location"),
        request("request_contact_info", "request_contact_info"),
        message(
            "image",
            json!({ "link": "https://example.org/a.jpg", "caption": "Foto" }),
        ),
        message(
            "location",
            json!({ "latitude": -6.2, "longitude": "106.8", "name": "Kantor" }),
        ),
        message(
            "contacts",
            json!([{ "name": { "formatted_name": "Loket", "first_name": "Loket" } }]),
        ),
    ] {
        assert_eq!(world.code(body.clone()).await, 0, "{body}");
    }
    assert_eq!(world.emulator.accepted_messages().len(), 11);
}

#[tokio::test]
async fn what_is_over_a_limit_of_meta_is_refused() {
    let world = World::new().await;
    world.says("sari", "halo");
    let long_row = interactive(
        json!({ "type": "list", "body": { "text": "Pilih" }, "action": { "button": "Buka",
        "sections": [{ "rows": [{ "id": "1", "title": "t".repeat(25) }] }] } }),
    );
    for (code, body) in [
        (131_009, text(&"a".repeat(4097))),
        (131_009, text(" \n")),
        (131_008, message("text", json!({}))),
        (131_009, buttons(&[])),
        (131_009, buttons(&["1", "2", "3", "4"])),
        (131_009, buttons(&["sama", "sama"])),
        (131_009, buttons(&["dua puluh satu huruf!"])),
        // Ten rows in each section would pass a look at sections alone.
        (131_009, list(&[6, 5])),
        (131_009, list(&[1, 0])),
        (131_009, long_row),
        (131_009, link("lebih dari dua puluh h", "https://example.org/")),
        (131_009, link("Buka", "javascript:alert(1)")),
        (131_009, message("location", json!({ "latitude": 91, "longitude": 0 }))),
        (131_009, message("contacts", json!([]))),
        (131_051, message("hologram", json!({}))),
        (
            100,
            json!({ "to": "+6281100000101", "type": "text", "text": { "body": "a" } }),
        ),
        (
            100,
            json!({ "messaging_product": "whatsapp", "to": "+6281100000101", "text": { "body": "a" }, "colour": 1 }),
        ),
        (
            100,
            json!({ "messaging_product": "whatsapp", "to": 6281100000101_i64, "text": { "body": "a" } }),
        ),
        (
            131_008,
            json!({ "messaging_product": "whatsapp", "text": { "body": "a" } }),
        ),
        (
            131_009,
            json!({ "messaging_product": "whatsapp", "recipient": "6281100000101", "text": { "body": "a" } }),
        ),
        (100, json!([])),
        (
            132_001,
            message("template", json!({ "name": "siap", "language": { "code": "id" } })),
        ),
    ] {
        assert_eq!(world.code(body.clone()).await, code, "{body}");
    }
    assert_eq!(world.emulator.totals().accepted, 0);
}

#[tokio::test]
async fn a_wrong_token_and_an_unknown_number_are_refused() {
    let world = World::new().await;
    for (path, token, code) in [
        (format!("/v25.0/{NUMBER}/messages"), "wrong", 190),
        ("/v25.0/999/messages".into(), "emulator-access-token", 100),
    ] {
        let body = Body::from(text("halo").to_string());
        let (_, answer) = world
            .request(Method::POST, &path, token, body, "application/json")
            .await;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["error"]["code"], code);
    }
}

#[tokio::test]
async fn a_template_is_filled_in_and_needs_its_words() {
    let world = World::with(|config| {
        config.templates.push(crate::Template {
            name: "siap".into(),
            language: "id".into(),
            category: "UTILITY".into(),
            body: "Paspor {{1}} siap di {{2}}.".into(),
            buttons: Vec::new(),
        });
    })
    .await;
    let filled = |words: &[&str]| {
        let parameters: Vec<Value> = words
            .iter()
            .map(|text| json!({ "type": "text", "text": text }))
            .collect();
        message(
            "template",
            json!({ "name": "siap", "language": { "code": "id" },
            "components": [{ "type": "body", "parameters": parameters }] }),
        )
    };
    // No word came from Sari, and still it goes: that is what templates are for.
    assert_eq!(world.code(filled(&["X 12", "Loket 4"])).await, 0);
    assert_eq!(world.code(filled(&["X 12"])).await, 132_000);
    assert_eq!(world.code(filled(&["X\n12", "Loket 4"])).await, 132_012);
    assert_eq!(
        world.emulator.chat("sari", NUMBER)[0].content.words(),
        "Paspor X 12 siap di Loket 4."
    );
    world.emulator.deliver_all().await;
    assert_eq!(world.office.statuses()[0]["pricing"]["category"], "utility");
}

#[tokio::test]
async fn a_file_goes_up_and_comes_down_for_five_minutes() {
    let world = World::new().await;
    let form = |kind: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
             --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: {kind}\r\n\r\n%PDF-1.4\r\n--b--\r\n"
        )
    };
    let token = "emulator-access-token";
    let upload = |kind: &'static str| {
        let path = format!("/v25.0/{NUMBER}/media");
        let world = &world;
        async move {
            world
                .request(
                    Method::POST,
                    &path,
                    token,
                    Body::from(form(kind)),
                    "multipart/form-data; boundary=b",
                )
                .await
        }
    };
    let (status, _) = upload("application/x-msdownload").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (_, answer) = upload("application/pdf").await;
    let id = serde_json::from_slice::<Value>(&answer).unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();

    let describe = format!("/v25.0/{id}");
    let (_, answer) = world.request(Method::GET, &describe, token, Body::empty(), "").await;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["file_size"], 8);
    let url = answer["url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://graph.test")
        .unwrap()
        .to_owned();
    let (status, bytes) = world.request(Method::GET, &url, token, Body::empty(), "").await;
    assert_eq!((status, &bytes[..]), (StatusCode::OK, &b"%PDF-1.4"[..]));
    assert_eq!(
        world.request(Method::GET, &url, "wrong", Body::empty(), "").await.0,
        StatusCode::UNAUTHORIZED
    );
    world.pass(301);
    assert_eq!(
        world.request(Method::GET, &url, token, Body::empty(), "").await.0,
        StatusCode::NOT_FOUND
    );

    world.says("sari", "halo");
    assert_eq!(
        world
            .code(message("document", json!({ "id": id, "filename": "surat.pdf" })))
            .await,
        0
    );
    assert_eq!(
        world
            .request(Method::DELETE, &describe, token, Body::empty(), "")
            .await
            .0,
        StatusCode::OK
    );
    assert_eq!(world.code(message("document", json!({ "id": id }))).await, 100);
}
