//! Templates: created within Meta's rules, looked at, listed by pages, edited in its pace, judged by hand; sent only when approved.

use super::*;
use crate::{Fault, FaultKind, TemplateVerdict};

const ACCOUNT: &str = "200001";

fn submission(name: &str, body: &str, examples: &[&str]) -> Value {
    json!({ "name": name, "language": "id", "category": "UTILITY", "components": [
        { "type": "BODY", "text": body, "example": { "body_text": [examples] } },
        { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Batal" }] },
    ]})
}

const BODY: &str = "Paspor {{1}} Anda siap diambil.";

impl World {
    async fn template_call(&self, method: Method, path: &str, body: &Value) -> Value {
        let json = "application/json";
        let body = Body::from(body.to_string());
        let (_, answer) = self.request(method, path, "emulator-access-token", body, json).await;
        serde_json::from_slice(&answer).unwrap()
    }

    async fn create(&self, body: &Value) -> Value {
        self.template_call(Method::POST, &format!("/v25.0/{ACCOUNT}/message_templates"), body)
            .await
    }
}

fn judged(status: &str) -> TemplateVerdict {
    TemplateVerdict {
        status: Some(status.into()),
        ..TemplateVerdict::default()
    }
}

async fn world() -> World {
    World::with(|config| {
        config.timing.review = std::time::Duration::from_secs(4);
        for number in &mut config.numbers {
            number.waba_id = ACCOUNT.into();
        }
    })
    .await
}

fn send(name: &str) -> Value {
    message(
        "template",
        json!({ "name": name, "language": { "code": "id" }, "components": [
            { "type": "body", "parameters": [{ "type": "text", "text": "X 12" }] },
            { "type": "button", "sub_type": "quick_reply", "index": "0",
              "parameters": [{ "type": "payload", "payload": "1~cancel" }] },
        ]}),
    )
}

#[tokio::test]
async fn a_template_is_sent_only_after_it_was_looked_at() {
    let world = world().await;
    let created = world.create(&submission("siap", BODY, &["1179"])).await;
    assert_eq!(
        (&created["status"], &created["category"]),
        (&json!("PENDING"), &json!("UTILITY"))
    );
    assert_eq!(world.code(send("siap")).await, 132_001);
    world.pass(4);
    world.emulator.deliver_all().await;
    let told = &world.office.bodies()[0]["entry"][0];
    assert_eq!(told["id"], ACCOUNT);
    assert_eq!(told["changes"][0]["field"], "message_template_status_update");
    assert_eq!(told["changes"][0]["value"]["event"], "APPROVED");
    assert_eq!(world.code(send("siap")).await, 0);
    // A tap on it comes as Meta sends it: a button with its payload.
    let bubble = world.emulator.chat("sari", NUMBER).pop().unwrap();
    let said = Said::Choice {
        message_id: bubble.id,
        id: "1~cancel".into(),
    };
    world.emulator.person_says("sari", NUMBER, said).unwrap();
    world.emulator.deliver_all().await;
    let tapped = world.office.messages().pop().unwrap();
    assert_eq!(tapped["type"], "button");
    assert_eq!(tapped["button"], json!({ "payload": "1~cancel", "text": "Batal" }));

    let id = created["id"].as_str().unwrap().to_owned();
    for (status, code) in [
        ("PAUSED", 132_015),
        ("DISABLED", 132_016),
        ("REJECTED", 132_001),
        ("APPROVED", 0),
    ] {
        assert!(world.emulator.judge_template(&id, &judged(status)));
        assert_eq!(world.code(send("siap")).await, code, "{status}");
    }
    assert!(!world.emulator.judge_template("7", &judged("APPROVED")));
    assert!(!world.emulator.judge_template(&id, &judged("LOVED")));
}

#[tokio::test]
async fn what_meta_would_refuse_is_refused_with_its_subcode() {
    let world = world().await;
    for (body, examples, subcode) in [
        ("{{1}} adalah paspor Anda yang siap.", &["1"][..], 2_388_299),
        ("Paspor Anda siap diambil: {{1}}.", &["1"], 2_388_299),
        ("Paspor {{1}}, {{2}} siap.", &["1", "2"], 2_388_293),
        ("Paspor {{1}} Anda siap diambil.", &[], 2_388_043),
        (&"kata ".repeat(300), &[], 2_388_040),
    ] {
        let answer = world.create(&submission("siap", body, examples)).await;
        assert_eq!(answer["error"]["code"], 100, "{body}");
        assert_eq!(answer["error"]["error_subcode"], subcode, "{body}");
        assert!(answer["error"]["error_user_msg"].is_string());
    }
    assert!(world.create(&submission("siap", BODY, &["1"])).await["id"].is_string());
    let again = world.create(&submission("siap", BODY, &["1"])).await;
    assert_eq!(again["error"]["error_subcode"], 2_388_024);
    let foreign = format!("/v25.0/{}/message_templates", "9");
    let answer = world
        .template_call(Method::POST, &foreign, &submission("a", BODY, &["1"]))
        .await;
    assert_eq!(answer["error"]["error_subcode"], 33);
}

#[tokio::test]
async fn the_list_comes_by_pages_and_ends() {
    let world = world().await;
    for number in 0..5 {
        world.create(&submission(&format!("t{number}"), BODY, &["1"])).await;
    }
    let mut names = Vec::new();
    let mut after = String::new();
    for _ in 0..4 {
        let path = format!("/v25.0/{ACCOUNT}/message_templates?limit=2{after}");
        let page = world.template_call(Method::GET, &path, &json!({})).await;
        for template in page["data"].as_array().unwrap() {
            names.push(template["name"].as_str().unwrap().to_owned());
        }
        if page["paging"]["next"].is_null() {
            break;
        }
        after = format!("&after={}", page["paging"]["cursors"]["after"].as_str().unwrap());
    }
    assert_eq!(names, ["t0", "t1", "t2", "t3", "t4"]);
    let path = format!("/v25.0/{ACCOUNT}/message_templates?name=t1");
    world.template_call(Method::DELETE, &path, &json!({})).await;
    assert_eq!(world.emulator.templates().len(), 4);
}

#[tokio::test]
async fn edits_have_their_pace_and_are_looked_at_again() {
    let world = world().await;
    let created = world.create(&submission("siap", BODY, &["1"])).await;
    let id = created["id"].as_str().unwrap().to_owned();
    let edit = submission("siap", "Paspor {{1}} Anda sudah siap diambil.", &["1"]);
    let path = format!("/v25.0/{id}");
    let early = world.template_call(Method::POST, &path, &edit).await;
    assert_eq!(early["error"]["error_subcode"], 2_388_005, "it is being looked at");
    world.pass(4);
    world.emulator.faults().push(Fault::once(FaultKind::RejectTemplate {
        reason: "INVALID_FORMAT".into(),
    }));
    assert_eq!(world.template_call(Method::POST, &path, &edit).await["success"], true);
    world.pass(4);
    assert_eq!(world.emulator.templates()[0].3, "REJECTED");
    world.emulator.deliver_all().await;
    let bodies = world.office.bodies();
    let last = &bodies.last().unwrap()["entry"][0]["changes"][0]["value"];
    assert_eq!(
        (&last["event"], &last["reason"]),
        (&json!("REJECTED"), &json!("INVALID_FORMAT"))
    );
    let again = world.template_call(Method::POST, &path, &edit).await;
    assert_eq!(again["error"]["error_subcode"], 2_388_019);
    world.pass(24 * 3600);
    assert_eq!(world.template_call(Method::POST, &path, &edit).await["success"], true);
}

#[tokio::test]
async fn category_and_quality_are_told_by_webhook() {
    let world = world().await;
    let created = world.create(&submission("siap", BODY, &["1"])).await;
    world.pass(4);
    let verdict = TemplateVerdict {
        category: Some("MARKETING".into()),
        quality: Some("RED".into()),
        ..TemplateVerdict::default()
    };
    assert!(world.emulator.judge_template(created["id"].as_str().unwrap(), &verdict));
    world.emulator.deliver_all().await;
    let told: Vec<(String, Value)> = world
        .office
        .bodies()
        .iter()
        .map(|body| {
            let change = &body["entry"][0]["changes"][0];
            (change["field"].as_str().unwrap().to_owned(), change["value"].clone())
        })
        .collect();
    let value = |field: &str| &told.iter().find(|(known, _)| known == field).unwrap().1;
    assert_eq!(value("template_category_update")["new_category"], "MARKETING");
    assert_eq!(value("message_template_quality_update")["new_quality_score"], "RED");
    assert_eq!(world.code(send("siap")).await, 0);
    world.emulator.deliver_all().await;
    assert_eq!(world.office.statuses()[0]["pricing"]["category"], "marketing");
}
