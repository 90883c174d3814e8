//! Every kind of trouble does what it says, and no more often than it says.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{NUMBER, World, text};
use crate::{Fault, FaultKind, Said, StatusWord};

#[tokio::test]
async fn a_code_refuses_so_many_sends_and_nothing_is_accepted() {
    let world = World::new().await;
    let id = world.says("sari", "halo");
    world
        .emulator
        .faults()
        .push(Fault::times(FaultKind::RefuseWithCode { code: 131_056 }, 2));
    world
        .emulator
        .faults()
        .push(Fault::once(FaultKind::HttpStatus { status: 500 }));
    let read = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": id });
    assert_eq!(world.code(text("a")).await, 131_056);
    assert_eq!(world.code(read).await, 0, "a blue tick uses no trouble up");
    assert_eq!(world.code(text("a")).await, 131_056);
    assert_eq!(
        world.post(text("a")).await,
        (StatusCode::INTERNAL_SERVER_ERROR, json!(null))
    );
    assert_eq!(world.emulator.totals().accepted, 0);
    assert_eq!(world.code(text("a")).await, 0);
}

#[tokio::test]
async fn a_send_that_fails_later_is_accepted_first() {
    let world = World::new().await;
    world.says("sari", "halo");
    world
        .emulator
        .faults()
        .push(Fault::once(FaultKind::FailWithCode { code: 131_042 }));
    world.sends("a", "9").await;
    world.emulator.deliver_all().await;
    let status = &world.office.statuses()[0];
    assert_eq!(
        (&status["status"], &status["errors"][0]["code"]),
        (&json!("failed"), &json!(131_042))
    );
    assert_eq!(status["biz_opaque_callback_data"], "9");
    assert_eq!(
        world.emulator.chat("sari", NUMBER).len(),
        1,
        "the phone shows only what arrived"
    );
}

#[tokio::test]
async fn silence_and_broken_lines_differ_in_whether_the_message_was_accepted() {
    let world = World::new().await;
    world.says("sari", "halo");
    for (kind, accepted) in [(FaultKind::SilentBeforeAccept, 0), (FaultKind::SilentAfterAccept, 1)] {
        world.emulator.faults().push(Fault::once(kind));
        let answer = tokio::time::timeout(Duration::from_millis(30), world.post(text("a"))).await;
        assert!(answer.is_err(), "nobody answers");
        assert_eq!(world.emulator.totals().accepted, accepted);
    }
    for (kind, accepted) in [(FaultKind::ResetBeforeAccept, 1), (FaultKind::ResetAfterAccept, 2)] {
        world.emulator.faults().push(Fault::once(kind));
        assert!(broken(&world).await);
        assert_eq!(world.emulator.totals().accepted, accepted);
    }
    world.emulator.deliver_all().await;
    assert_eq!(
        world.office.words().iter().filter(|word| *word == "sent").count(),
        2,
        "the accepted ones are reported"
    );
}

/// Whether the answer broke off.
async fn broken(world: &World) -> bool {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let request = axum::http::Request::post(format!("/v25.0/{NUMBER}/messages"))
        .header("authorization", "Bearer emulator-access-token")
        .body(Body::from(text("a").to_string()))
        .unwrap();
    let response = world.emulator.router().oneshot(request).await.unwrap();
    response.into_body().collect().await.is_err()
}

#[tokio::test]
async fn a_doubled_webhook_comes_twice_with_the_same_id() {
    let world = World::new().await;
    world.emulator.faults().push(Fault::once(FaultKind::DuplicateWebhook));
    let id = world.says("sari", "halo");
    world.says("sari", "lagi");
    world.emulator.deliver_all().await;
    let ids: Vec<_> = world
        .office
        .messages()
        .iter()
        .map(|m| m["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(ids.iter().filter(|other| **other == id).count(), 2);
}

#[tokio::test]
async fn out_of_order_turns_statuses_round_and_lets_a_message_be_overtaken() {
    let world = World::new().await;
    world.emulator.faults().push(Fault::once(FaultKind::OutOfOrder));
    world.says("sari", "pertama");
    world.says("sari", "kedua");
    world.emulator.faults().push(Fault::once(FaultKind::OutOfOrder));
    world.sends("a", "1").await;
    world.emulator.deliver_all().await;
    let words: Vec<_> = world
        .office
        .messages()
        .iter()
        .map(|m| m["text"]["body"].clone())
        .collect();
    assert_eq!(words, ["kedua", "pertama"]);
    assert_eq!(world.office.words(), ["read", "delivered", "sent"]);
}

#[tokio::test]
async fn delays_drops_padding_and_wrong_signatures_happen_to_the_next_webhook_only() {
    let world = World::new().await;
    let faults = world.emulator.faults();
    faults.push(Fault::once(FaultKind::DelayWebhook { seconds: 3_600 }));
    faults.push(Fault::once(FaultKind::PaddedWebhook { bytes: 3_000_000 }));
    world.says("sari", "halo");
    assert_eq!(world.emulator.deliver_due().await, 0);
    world.pass(3_600);
    faults.push(Fault::once(FaultKind::WrongSignature));
    // The office of this test reads anything up to 2 MB; the size is what matters here.
    world.emulator.deliver_due().await;
    assert_eq!(world.emulator.totals().webhooks_failed, 1, "too large for this office");
    assert!(faults.waiting().is_empty());

    faults.push(Fault::once(FaultKind::DropStatus {
        status: StatusWord::Delivered,
    }));
    faults.push(Fault::once(FaultKind::WrongSignature));
    world.sends("a", "1").await;
    world.emulator.deliver_due().await;
    assert_eq!(world.office.words(), ["sent", "read"]);
    let received = world.office.received.lock().unwrap();
    let is_right = |(signature, body): &(Option<String>, bytes::Bytes)| {
        signature.as_deref() == Some(world.emulator.sign(body).as_str())
    };
    assert_eq!(received.iter().map(is_right).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn a_fault_for_one_person_spares_the_others_and_a_share_strikes_about_that_often() {
    let world = World::with(|config| config.rules.rates = false).await;
    let mut fault = Fault::once(FaultKind::DuplicateWebhook);
    fault.person = Some("kartini".into());
    world.emulator.faults().push(fault);
    world.says("sari", "halo");
    assert_eq!(world.emulator.waiting_webhooks(), 1);
    world.says("kartini", "halo");
    assert_eq!(world.emulator.waiting_webhooks(), 3);

    let mut fault = Fault::once(FaultKind::RefuseWithCode { code: 131_056 });
    fault.person = Some("kartini".into());
    world.emulator.faults().push(fault);
    let mut for_kartini = text("a");
    for_kartini["to"] = json!("+6281100000102");
    assert_eq!(world.code(for_kartini).await, 131_056);

    world
        .emulator
        .faults()
        .push(Fault::share(FaultKind::DuplicateWebhook, 10));
    for _ in 0..1_000 {
        world.says("sari", "halo");
    }
    let doubled = world.emulator.waiting_webhooks() - 1_003;
    assert!((60..150).contains(&doubled), "{doubled} of 1,000");
}

#[tokio::test]
async fn trouble_can_be_made_over_http() {
    let world = World::new().await;
    let path = "/emulator/faults";
    let body = r#"{"kind":"refuse_with_code","code":131056,"times":3}"#;
    let (status, _) = world
        .request(Method::POST, path, "", Body::from(body), "application/json")
        .await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let expected = Fault::times(FaultKind::RefuseWithCode { code: 131_056 }, 3);
    assert_eq!(world.emulator.faults().waiting(), [expected]);
    let (status, _) = world
        .request(
            Method::POST,
            path,
            "",
            Body::from(r#"{"kind":"rain"}"#),
            "application/json",
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    world.request(Method::DELETE, path, "", Body::empty(), "").await;
    assert!(world.emulator.faults().waiting().is_empty());
}

#[tokio::test]
async fn a_phone_that_is_off_gets_its_messages_when_it_is_on_again() {
    let world = World::new().await;
    world.says("sari", "halo");
    world.emulator.set_online("sari", false);
    assert_eq!(
        world.emulator.person_says("sari", NUMBER, Said::Voice),
        Err(crate::SayRefusal::Offline)
    );
    world.sends("a", "1").await;
    world.emulator.deliver_all().await;
    assert_eq!(world.office.words(), ["sent"]);
    world.pass(3_600);
    world.emulator.set_online("sari", true);
    world.emulator.deliver_all().await;
    assert_eq!(world.office.words(), ["sent", "delivered", "read"]);
}
