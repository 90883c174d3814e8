//! Statuses only move a message up, and each paid message is counted once.

use serde_json::json;
use sigap_core::ids::OutboxId;
use sigap_emulator::{Fault, FaultKind, Tick};
use sigap_store::read;
use sigap_store::records::OutboxState;

use crate::world::{NUMBER, SARI, Wish, World, webhook};

async fn state(world: &World, id: &str) -> OutboxState {
    let (office, id) = (world.office.id, OutboxId(id.parse().unwrap()));
    read(&*world.store(), move |tx| tx.find_owed(office, id))
        .await
        .unwrap()
        .unwrap()
        .state
}

async fn counted(world: &World) -> u64 {
    world
        .app
        .service
        .delivered(world.office.id, NUMBER.into(), "2026-12".into())
        .await
        .unwrap()
}

/// A status as Meta reports it, by hand.
fn status(world: &World, id: &str, word: &str) -> String {
    let mut body = webhook(NUMBER, &[]);
    body["entry"][0]["changes"][0]["value"]["statuses"] = json!([{
        "id": "wamid.OUT", "status": word, "timestamp": world.second().to_string(), "recipient_id": "6281100000101",
        "biz_opaque_callback_data": id,
        "pricing": { "billable": true, "pricing_model": "PMP", "type": "regular", "category": "service" },
    }]);
    body.to_string()
}

#[tokio::test]
async fn whatever_the_order_a_message_ends_as_read_and_is_counted_once() {
    let world = World::new().await;
    for n in 1..=4 {
        if n % 2 == 0 {
            world.emulator.faults().push(Fault::once(FaultKind::OutOfOrder));
            world.emulator.faults().push(Fault::once(FaultKind::DuplicateWebhook));
        }
        world.asks(SARI, "biaya").await;
        let sent = world.sent_to(SARI);
        let id = sent[n - 1].callback.clone().unwrap();
        assert_eq!(state(&world, &id).await, OutboxState::Read);
        assert_eq!(counted(&world).await, n as u64);
        // Old news, again and in any order, changes neither.
        for word in ["delivered", "sent", "read", "failed", "delivered"] {
            assert_eq!(world.post(status(&world, &id, word)).await, 200);
        }
        assert_eq!(state(&world, &id).await, OutboxState::Read);
        assert_eq!(counted(&world).await, n as u64);
    }
    let line = format!("sigap_service_messages_delivered_this_month{{number=\"{NUMBER}\"}}");
    assert_eq!(world.metric(&line).await, 4);
}

#[tokio::test]
async fn statuses_of_messages_that_are_not_ours_are_taken_and_change_nothing() {
    let world = World::new().await;
    for id in ["", "x", "-1", "99999999999999999999999", "7", "7.1"] {
        assert_eq!(world.post(status(&world, id, "delivered")).await, 200);
    }
    assert_eq!(counted(&world).await, 0);
}

#[tokio::test]
async fn a_message_that_is_answered_is_shown_as_read() {
    let world = World::with(Wish {
        change: |config| config.whatsapp.read_marks = true,
        ..Wish::default()
    })
    .await;
    let id = world.types(SARI, "halo");
    world.settle().await;
    world
        .until("the ticks are blue", async || {
            world
                .emulator
                .chat(SARI, NUMBER)
                .iter()
                .any(|bubble| bubble.id == id && bubble.tick == Tick::Read)
        })
        .await;
}
