//! Meta delivers again and again, in any order, for seven days: a message is answered once.

use futures_util::future::join_all;
use serde_json::json;
use sigap_core::ids::OfficeId;
use sigap_emulator::{Fault, FaultKind};
use sigap_store::read;

use crate::world::{NUMBER, OTHER_NUMBER, SARI, SARI_PHONE, World, text, webhook};

#[tokio::test]
async fn the_same_message_twice_in_one_body_and_in_two_is_answered_once() {
    let world = World::new().await;
    let message = text(SARI_PHONE, "wamid.A", world.second(), "halo");
    assert_eq!(
        world
            .post(webhook(NUMBER, &[message.clone(), message.clone()]).to_string())
            .await,
        200
    );
    assert_eq!(world.post(webhook(NUMBER, &[message]).to_string()).await, 200);
    assert_eq!(world.metric("sigap_messages_received_total{outcome=\"seen\"}").await, 2);
    // Nobody told the emulator that she wrote, so its window is shut; what counts is that one answer was accepted.
    world
        .until("it is sent", async || {
            world.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    assert_eq!(world.sent_to(SARI).len(), 1);
}

#[tokio::test]
async fn twenty_deliveries_at_once_are_answered_once() {
    let world = World::new().await;
    let body = webhook(NUMBER, &[text(SARI_PHONE, "wamid.A", world.second(), "halo")]).to_string();
    let statuses = join_all((0..20).map(|_| world.post(body.clone()))).await;
    assert!(statuses.iter().all(|status| *status == 200));
    world
        .until("it is sent", async || {
            world.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    assert_eq!(world.sent_to(SARI).len(), 1);
    assert_eq!(
        world.metric("sigap_messages_received_total{outcome=\"seen\"}").await,
        19
    );
}

#[tokio::test]
async fn one_body_may_carry_messages_of_two_numbers() {
    let world = World::new().await;
    let mut body = webhook(NUMBER, &[text(SARI_PHONE, "wamid.A", world.second(), "halo")]);
    let other = webhook(OTHER_NUMBER, &[text(SARI_PHONE, "wamid.A", world.second(), "halo")]);
    body["entry"].as_array_mut().unwrap().push(other["entry"][0].clone());
    assert_eq!(world.post(body.to_string()).await, 200);
    world
        .until("both are sent", async || {
            world.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    let mut numbers: Vec<_> = world
        .sent_to(SARI)
        .into_iter()
        .map(|sent| sent.phone_number_id)
        .collect();
    numbers.sort();
    assert_eq!(numbers, [NUMBER, OTHER_NUMBER]);
}

#[tokio::test]
async fn a_number_that_is_not_ours_is_kept_and_counted() {
    let world = World::new().await;
    let body = webhook("999", &[text(SARI_PHONE, "wamid.A", world.second(), "halo")]);
    assert_eq!(world.post(body.to_string()).await, 200);
    let kept = read(&*world.store(), |tx| tx.count_raw(OfficeId(0), "unknown_number"))
        .await
        .unwrap();
    assert_eq!(kept, 1);
    assert_eq!(
        world
            .metric("sigap_webhook_parts_kept_total{reason=\"unknown_number\"}")
            .await,
        1
    );
    assert!(world.sent_to(SARI).is_empty());
}

#[tokio::test]
async fn a_delivery_that_was_refused_comes_again_and_is_answered_once() {
    let world = World::new().await;
    world.emulator.faults().push(Fault::once(FaultKind::WrongSignature));
    world.types(SARI, "halo");
    // The whole round fails, so the postman rests; the second round comes through.
    world.deliver().await;
    assert_eq!(
        world
            .metric("sigap_webhook_requests_total{outcome=\"bad_signature\"}")
            .await,
        1
    );
    world.settle().await;
    assert_eq!(world.answers(SARI).len(), 1);
}

#[tokio::test]
async fn parts_that_nobody_knows_do_not_cost_the_message_beside_them() {
    let world = World::new().await;
    let mut body = webhook(NUMBER, &[text(SARI_PHONE, "wamid.A", world.second(), "halo")]);
    let value = &mut body["entry"][0]["changes"][0]["value"];
    value["statuses"] = json!([{ "id": 7 }, null, "x"]);
    value["novelty"] = json!({ "deep": [1, 2, 3] });
    value["messages"]
        .as_array_mut()
        .unwrap()
        .insert(0, json!({ "type": "hologram", "id": {} }));
    assert_eq!(world.post(body.to_string()).await, 200);
    world
        .until("it is sent", async || {
            world.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    assert_eq!(world.sent_to(SARI).len(), 1);
}
