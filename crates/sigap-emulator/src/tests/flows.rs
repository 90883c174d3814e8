//! Forms: made, checked, published, sent, filled in.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{NUMBER, World, interactive};
use crate::flow_json::faults;
use crate::{BubbleContent, Said, SayRefusal};

/// What is broken on purpose.
type Change = fn(&mut Value);

fn survey() -> Value {
    let radio = |name: &str| {
        json!({ "type": "RadioButtonsGroup", "name": name, "label": "Waktu", "required": false,
            "data-source": [{ "id": "1", "title": "Lambat" }, { "id": "2", "title": "Cepat" }] })
    };
    let footer = |label: &str, action: Value| json!({ "type": "Footer", "label": label, "on-click-action": action });
    let screen = |id: &str, children: Value| json!({ "id": id, "title": "Survei", "data": {}, "layout": { "type": "SingleColumnLayout", "children": children } });
    let next = json!({ "name": "navigate", "next": { "type": "screen", "name": "TWO" }, "payload": {} });
    let end = json!({ "name": "complete", "payload": { "a": "${screen.ONE.form.a}", "b": "${form.b}" } });
    let mut last = screen(
        "TWO",
        json!([{ "type": "Form", "name": "form", "children": [radio("b"), footer("Kirim", end)] }]),
    );
    last["terminal"] = json!(true);
    json!({
        "version": "7.3",
        "routing_model": { "ONE": ["TWO"], "TWO": [] },
        "screens": [screen("ONE", json!([radio("a"), footer("Lanjut", next)])), last],
    })
}

async fn call(world: &World, path: &str, kind: &str, body: String) -> (StatusCode, Value) {
    let request = Request::post(format!("/v25.0/{path}"))
        .header("authorization", "Bearer emulator-access-token")
        .header("content-type", kind)
        .body(Body::from(body))
        .unwrap();
    let response = world.emulator.router().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn create(world: &World, name: &str) -> String {
    let account = &world.emulator.inner.numbers[0].config.waba_id;
    let body = json!({ "name": name, "categories": ["SURVEY"] }).to_string();
    let (status, answer) = call(world, &format!("{account}/flows"), "application/json", body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

async fn put(world: &World, id: &str, flow: &Value) -> Value {
    let part = |head: &str, body: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let body = [
        part("name=\"name\"", "flow.json"),
        part("name=\"asset_type\"", "FLOW_JSON"),
        part("name=\"file\"; filename=\"flow.json\"", &flow.to_string()),
        "--x--\r\n".to_owned(),
    ]
    .concat();
    call(world, &format!("{id}/assets"), "multipart/form-data; boundary=x", body)
        .await
        .1
}

fn message(change: impl FnOnce(&mut Value)) -> Value {
    let mut parameters = json!({ "flow_message_version": "3", "flow_id": "900000000000001", "flow_cta": "Isi",
        "flow_token": "rahasia", "flow_action": "navigate", "flow_action_payload": { "screen": "ONE" } });
    change(&mut parameters);
    interactive(
        json!({ "type": "flow", "body": { "text": "Bagaimana?" }, "action": { "name": "flow", "parameters": parameters } }),
    )
}

async fn published() -> World {
    let world = World::new().await;
    world.says("sari", "halo");
    let id = create(&world, "survei").await;
    assert_eq!(put(&world, &id, &survey()).await["validation_errors"], json!([]));
    let (status, _) = call(&world, &format!("{id}/publish"), "application/json", "{}".into()).await;
    assert_eq!(status, StatusCode::OK);
    world
}

#[tokio::test]
async fn a_flow_is_made_checked_published_and_only_then_sent() {
    let world = World::new().await;
    world.says("sari", "halo");
    assert_eq!(world.code(message(|_| {})).await, 131_009, "there is none");
    let id = create(&world, "survei").await;
    let publish = format!("{id}/publish");
    assert_eq!(
        call(&world, &publish, "application/json", "{}".into()).await.0,
        StatusCode::BAD_REQUEST
    );
    let mut broken = survey();
    broken["screens"][0]["title"] = json!("");
    assert_eq!(
        put(&world, &id, &broken).await["validation_errors"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        call(&world, &publish, "application/json", "{}".into()).await.0,
        StatusCode::BAD_REQUEST
    );
    put(&world, &id, &survey()).await;
    assert_eq!(world.code(message(|_| {})).await, 131_009, "it is a draft");
    assert_eq!(world.code(message(|it| it["mode"] = json!("draft"))).await, 0);
    assert_eq!(
        call(&world, &publish, "application/json", "{}".into()).await.0,
        StatusCode::OK
    );
    assert_eq!(world.code(message(|_| {})).await, 0);
    let named = |it: &mut Value| {
        it.as_object_mut().unwrap().remove("flow_id");
        it["flow_name"] = json!("survei");
    };
    assert_eq!(world.code(message(named)).await, 0);
    for change in [
        (|it: &mut Value| it["flow_action_payload"]["screen"] = json!("THREE")) as fn(&mut Value),
        |it| it["flow_action_payload"]["data"] = json!({}),
        |it| it["flow_action"] = json!("data_exchange"),
        |it| it["flow_name"] = json!("survei"),
        |it| it["flow_cta"] = json!("x".repeat(31)),
        |it| it["mode"] = json!("draft"),
    ] {
        assert_eq!(world.code(message(change)).await, 131_009);
    }
    assert_eq!(world.code(message(|it| it["colour"] = json!(1))).await, 100);
    let body = json!({ "name": "survei", "categories": ["SURVEY"] }).to_string();
    let account = world.emulator.inner.numbers[0].config.waba_id.clone();
    let (status, _) = call(&world, &format!("{account}/flows"), "application/json", body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "the name is taken");
    let request = Request::get(format!("/v25.0/{id}"))
        .header("authorization", "Bearer emulator-access-token")
        .body(Body::empty())
        .unwrap();
    let response = world.emulator.router().oneshot(request).await.unwrap();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let told: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(told["status"], "PUBLISHED");
}

#[test]
fn what_meta_would_not_publish_is_named() {
    assert_eq!(faults(&survey()), Vec::<String>::new());
    let cases: [(Change, &str); 12] = [
        (|it| it["version"] = json!("4.0"), "version"),
        (|it| it["screens"][1]["id"] = json!("ONE"), "each its own"),
        (|it| it["screens"][0]["id"] = json!("ONE_1"), "letters and underscores"),
        (
            |it| it["screens"][1]["terminal"] = json!(false),
            "no screen is terminal",
        ),
        (
            |it| it["routing_model"]["TWO"] = json!(["THREE"]),
            "routing_model names",
        ),
        (|it| it["routing_model"]["ONE"] = json!([]), "no way"),
        (
            |it| it["screens"][0]["layout"]["children"][0]["label"] = json!("x".repeat(31)),
            "label",
        ),
        (
            |it| it["screens"][0]["layout"]["children"][0]["data-source"] = json!([]),
            "1 to 20 answers",
        ),
        (
            |it| it["screens"][0]["layout"]["children"][1]["label"] = json!("x".repeat(36)),
            "label",
        ),
        (
            |it| it["screens"][0]["layout"]["children"] = json!([]),
            "1 to 50 components",
        ),
        (
            |it| it["screens"][0]["layout"]["children"][0]["type"] = json!("Hologram"),
            "does not draw",
        ),
        (
            |it| it["screens"][0]["layout"]["children"][1]["on-click-action"]["name"] = json!("complete"),
            "terminal",
        ),
    ];
    for (change, told) in cases {
        let mut flow = survey();
        change(&mut flow);
        let found = faults(&flow).join("; ");
        assert!(found.contains(told), "{told}: {found}");
    }
}

#[tokio::test]
async fn a_filled_form_comes_back_with_its_token_and_shows_as_sent() {
    let world = published().await;
    assert_eq!(world.code(message(|_| {})).await, 0);
    let id = world.emulator.accepted_messages()[0].wamid.clone();
    let fill = |message_id: String| Said::Form {
        message_id,
        values: json!({ "a": "2", "flow_token": "made up" })
            .as_object()
            .unwrap()
            .clone(),
    };
    let said = |said: Said| world.emulator.person_says("sari", NUMBER, said);
    assert_eq!(said(fill("wamid.none".into())), Err(SayRefusal::NoSuchMessage));
    said(fill(id.clone())).unwrap();
    world.emulator.deliver_all().await;
    let messages = world.office.messages();
    let reply = &messages.last().unwrap()["interactive"];
    assert_eq!(
        (&reply["type"], &reply["nfm_reply"]["name"]),
        (&json!("nfm_reply"), &json!("flow"))
    );
    let response: Value = serde_json::from_str(reply["nfm_reply"]["response_json"].as_str().unwrap()).unwrap();
    assert_eq!(response, json!({ "a": "2", "flow_token": "rahasia" }));
    assert_eq!(messages.last().unwrap()["context"]["id"], json!(id));
    let chat = world.emulator.chat("sari", NUMBER);
    assert!(chat.iter().any(|bubble| bubble.content == BubbleContent::FormSent));
    assert!(
        chat.iter()
            .any(|bubble| matches!(bubble.content, BubbleContent::Flow { is_sent: true, .. }))
    );
    // The page is never told the token.
    assert!(!serde_json::to_string(&chat).unwrap().contains("rahasia"));
    let request = Request::get("/phone/flow/900000000000001").body(Body::empty()).unwrap();
    let response = world.emulator.phone_router().oneshot(request).await.unwrap();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), survey());
}

/// A form of two screens that asks its office.
fn asking() -> Value {
    let flag = json!({ "type": "boolean", "__example__": true });
    let rows = json!({ "type": "array", "items": { "type": "object" }, "__example__": [{ "id": "1", "title": "x" }] });
    let text = json!({ "type": "string", "__example__": "x" });
    let next = |label: &str| json!({ "type": "Footer", "label": label, "on-click-action": { "name": "data_exchange", "payload": {} } });
    json!({
        "version": "7.3", "data_api_version": "3.0", "routing_model": { "ONE": ["TWO"], "TWO": [] },
        "screens": [
            { "id": "ONE", "title": "Satu", "data": { "rows": rows, "words": text },
                "layout": { "type": "SingleColumnLayout", "children": [
                    { "type": "TextBody", "text": "${data.words}" },
                    { "type": "Dropdown", "name": "hour", "label": "Jam", "required": true, "data-source": "${data.rows}" },
                    next("Lanjut") ] } },
            { "id": "TWO", "title": "Dua", "terminal": true, "data": { "asks": flag },
                "layout": { "type": "SingleColumnLayout", "children": [
                    { "type": "OptIn", "name": "yes", "label": "Ya", "visible": "${data.asks}" }, next("Kirim") ] } },
        ],
    })
}

#[test]
fn a_form_that_asks_declares_what_it_is_given() {
    assert_eq!(faults(&asking()), Vec::<String>::new());
    let cases: [(Change, &str); 5] = [
        (
            |it| drop(it.as_object_mut().unwrap().remove("data_api_version")),
            "without data_api_version",
        ),
        (|it| it["screens"][0]["data"] = json!({}), "not declared as array"),
        (
            |it| it["screens"][1]["data"]["asks"]["type"] = json!("string"),
            "not declared as boolean",
        ),
        (
            |it| it["screens"][0]["data"]["words"] = json!({ "type": "string" }),
            "with an example",
        ),
        (
            |it| it["screens"][1]["layout"]["children"][0]["visible"] = json!("yes"),
            "yes or no",
        ),
    ];
    for (change, told) in cases {
        let mut flow = asking();
        change(&mut flow);
        let found = faults(&flow).join("; ");
        assert!(found.contains(told), "{told}: {found}");
    }
    let given = |rows: Value| {
        let data = json!({ "rows": rows, "words": "Pilih" });
        crate::flow_json::data_faults(&asking(), "ONE", data.as_object().unwrap()).len()
    };
    assert_eq!(given(json!([{ "id": "1", "title": "10.00", "enabled": false }])), 0);
    assert_eq!(given(json!([])), 1);
    assert_eq!(given(json!([{ "id": "1", "title": "x".repeat(31) }])), 1);
    assert_eq!(
        given(json!([{ "id": "1", "title": "a" }, { "id": "1", "title": "b" }])),
        1
    );
    assert_eq!(given(json!("none")), 1);
}

#[tokio::test]
async fn a_form_that_asks_needs_an_endpoint_and_a_number_takes_only_a_key() {
    let world = World::new().await;
    world.says("sari", "halo");
    let id = create(&world, "daftar").await;
    assert_eq!(put(&world, &id, &asking()).await["validation_errors"], json!([]));
    let (status, _) = call(&world, &format!("{id}/publish"), "application/json", "{}".into()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "nobody to ask");
    let path = format!("{NUMBER}/whatsapp_business_encryption");
    let body = "business_public_key=none".to_owned();
    let (status, _) = call(&world, &path, "application/x-www-form-urlencoded", body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
