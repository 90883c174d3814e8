//! Window, paces, prices, statuses, and the way webhooks travel.

use serde_json::json;

use super::{NUMBER, World, text};
use crate::signature::sign;
use crate::{Fault, FaultKind, Tick, Timing};

#[tokio::test]
async fn the_window_closes_after_24_hours_and_opens_with_the_next_word() {
    let world = World::new().await;
    world.sends("terlalu dini", "1").await;
    world.says("sari", "halo");
    world.pass(24 * 3600 - 1);
    world.sends("masih boleh", "2").await;
    world.pass(1);
    world.sends("terlambat", "3").await;
    world.says("sari", "lagi");
    world.sends("boleh", "4").await;
    world.emulator.deliver_all().await;
    let failed: Vec<_> = world
        .office
        .statuses()
        .into_iter()
        .filter(|status| status["status"] == "failed")
        .collect();
    let told: Vec<_> = failed
        .iter()
        .map(|s| (&s["biz_opaque_callback_data"], &s["errors"][0]["code"]))
        .collect();
    assert_eq!(told, [(&json!("1"), &json!(131_047)), (&json!("3"), &json!(131_047))]);
}

#[tokio::test]
async fn a_message_that_came_days_late_opens_no_window() {
    let world = World::new().await;
    world
        .emulator
        .faults()
        .push(Fault::once(FaultKind::OldTimestamp { seconds: 3 * 86_400 }));
    world.says("sari", "halo");
    world.sends("jawaban", "1").await;
    world.emulator.deliver_all().await;
    assert_eq!(
        world.office.messages()[0]["timestamp"],
        (super::START - 3 * 86_400).to_string()
    );
    assert_eq!(world.office.words(), ["failed"]);
}

#[tokio::test]
async fn one_person_takes_45_at_a_stretch_and_then_one_in_six_seconds() {
    let world = World::new().await;
    world.says("sari", "halo");
    for _ in 0..45 {
        assert_eq!(world.code(text("a")).await, 0);
    }
    assert_eq!(world.code(text("a")).await, 131_056);
    world.pass(6);
    assert_eq!(world.code(text("a")).await, 0);
    assert_eq!(world.code(text("a")).await, 131_056);
}

#[tokio::test]
async fn one_number_takes_its_throughput_with_inbound_counted() {
    let world = World::with(|config| config.numbers[0].messages_per_second = 3).await;
    world.says("sari", "halo");
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(world.code(text("a")).await);
    }
    assert_eq!(codes, [0, 0, 130_429]);
    world.pass(1);
    assert_eq!(world.code(text("a")).await, 0);
}

#[tokio::test]
async fn strangers_cannot_be_reached_and_a_number_without_plus_is_a_local_one() {
    let world = World::new().await;
    world
        .emulator
        .person_says(
            "emma",
            NUMBER,
            crate::Said::Text {
                body: "hello".into(),
                quoted: None,
            },
        )
        .unwrap();
    for (to, recipient, code) in [
        ("+6281199999999", "6281199999999", json!(131_026)),
        // Meta reads this as the Indonesian number 62 316 0000 0104.
        ("31600000104", "6231600000104", json!(131_026)),
        ("+31600000104", "31600000104", json!(null)),
        ("0811 0000", "6208110000", json!(131_026)),
    ] {
        let mut body = text("halo");
        body["to"] = json!(to);
        let (_, answer) = world.post(body).await;
        assert_eq!(answer["contacts"][0], json!({ "input": to, "wa_id": recipient }));
        world.emulator.deliver_all().await;
        let last = world.office.statuses().pop().unwrap();
        assert_eq!(
            (&last["recipient_id"], &last["errors"][0]["code"]),
            (&json!(recipient), &code)
        );
    }
}

#[tokio::test]
async fn statuses_come_in_order_with_callback_data_and_price_and_signature() {
    let world = World::with(|config| config.timing = Timing::lifelike()).await;
    world.says("sari", "halo");
    world.emulator.deliver_due().await;
    let wamid = world.sends("jawaban", "outbox:7").await;
    assert_eq!(world.emulator.deliver_due().await, 0, "nothing is due yet");
    world.pass(2);
    assert_eq!(world.emulator.deliver_due().await, 3);
    assert_eq!(world.office.words(), ["sent", "delivered", "read"]);
    for status in world.office.statuses() {
        assert_eq!(status["id"], json!(wamid));
        assert_eq!(status["biz_opaque_callback_data"], "outbox:7");
        assert_eq!(status["pricing"].is_object(), status["status"] != "read");
    }
    for (signature, body) in world.office.received.lock().unwrap().iter() {
        assert_eq!(signature.as_deref(), Some(sign("emulator-app-secret", body).as_str()));
    }
    assert_eq!(world.emulator.chat("sari", NUMBER)[1].tick, Tick::Read);
    assert!(world.emulator.verify_webhook().await);
}

#[tokio::test]
async fn the_thousand_and_first_message_of_a_month_costs_money_and_the_next_month_is_free_again() {
    let world = World::with(|config| config.rules.rates = false).await;
    world.says("sari", "halo");
    for _ in 0..1_000 {
        assert_eq!(world.code(text("a")).await, 0);
    }
    assert_eq!(world.emulator.month(NUMBER).unwrap().free_left, 0);
    assert_eq!(world.emulator.month("100002").unwrap().free_left, 1_000);
    world.emulator.deliver_all().await;
    assert!(world.office.statuses().iter().all(|s| s["pricing"]["billable"] != true));
    world.sends("berbayar", "1001").await;
    world.emulator.deliver_all().await;
    let last = world
        .office
        .statuses()
        .into_iter()
        .rev()
        .find(|s| s["status"] == "sent")
        .unwrap();
    assert_eq!(
        last["pricing"],
        json!({ "billable": true, "pricing_model": "PMP", "type": "regular", "category": "service" })
    );
    assert_eq!(world.emulator.month(NUMBER).unwrap().billed, 1);
    world.pass(40 * 86_400);
    assert_eq!(world.emulator.month(NUMBER).unwrap().delivered, 0);
}

#[tokio::test]
async fn a_webhook_is_tried_again_until_it_is_answered_with_200() {
    let world = World::new().await;
    world.office.answers_with(Some(503));
    world.says("sari", "halo");
    assert_eq!(world.emulator.deliver_due().await, 0);
    assert_eq!(world.emulator.deliver_due().await, 0, "the next try is not due yet");
    assert_eq!(world.emulator.totals().webhooks_failed, 1);
    world.office.answers_with(None);
    world.pass(1);
    assert_eq!(world.emulator.deliver_due().await, 1);
    assert_eq!(world.office.messages().len(), 1);
    assert_eq!(world.emulator.chat("sari", NUMBER)[0].tick, Tick::Delivered);
    assert_eq!(world.emulator.waiting_webhooks(), 0);
}

#[tokio::test]
async fn after_seven_days_a_webhook_is_given_up_and_counted() {
    let world = World::new().await;
    world.office.answers_with(Some(500));
    world.says("sari", "halo");
    world.emulator.deliver_due().await;
    world.pass(8 * 86_400);
    world.emulator.deliver_due().await;
    assert_eq!(world.emulator.waiting_webhooks(), 0);
    assert_eq!(world.emulator.totals().webhooks_dropped, 1);
}

#[tokio::test]
async fn a_quiet_emulator_keeps_nothing_and_sends_statuses_together() {
    let world = World::with(|config| *config = config.clone().quiet()).await;
    for at in 0..150 {
        world.sends("a", &at.to_string()).await;
    }
    assert_eq!(world.emulator.deliver_all().await, 2);
    assert_eq!(world.office.statuses().len(), 150);
    assert!(world.emulator.accepted_messages().is_empty() && world.emulator.transcript("sari").is_empty());
    assert!(world.emulator.accepted_by_callback().is_empty());
    assert_eq!(world.emulator.totals().accepted, 150);
}

#[tokio::test]
async fn the_postman_carries_by_himself_while_he_runs() {
    let world = World::new().await;
    let postman = tokio::spawn(world.emulator.clone().run());
    world.says("sari", "halo");
    world.sends("jawaban", "1").await;
    // Waits for what must come, with a bound that only a broken postman reaches.
    let all = async {
        while world.office.words().len() < 3 || world.office.messages().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), all)
        .await
        .unwrap();
    postman.abort();
}
