//! Webhooks that come days late: kept, and answered only while the person's window is open.

use sigap_emulator::{Fault, FaultKind};

use crate::world::{SARI, World};

const HOUR: u32 = 3600;

async fn after(world: &World, seconds: u32) -> usize {
    world
        .emulator
        .faults()
        .push(Fault::once(FaultKind::OldTimestamp { seconds }));
    world.types(SARI, "halo");
    world.settle().await;
    world.sent_to(SARI).len()
}

#[tokio::test]
async fn a_message_of_an_hour_ago_is_answered() {
    let world = World::new().await;
    assert_eq!(after(&world, HOUR).await, 1);
}

#[tokio::test]
async fn messages_over_a_day_old_are_kept_and_not_answered() {
    let world = World::new().await;
    assert_eq!(after(&world, 25 * HOUR).await, 0);
    assert_eq!(after(&world, 3 * 24 * HOUR).await, 0);
    assert_eq!(world.metric("sigap_messages_received_total{outcome=\"late\"}").await, 2);
    // They changed nothing: the next one is a first contact as before.
    assert_eq!(world.asks(SARI, "halo").await, world.words("menu.welcome"));
}
