//! Five quick messages while nothing can leave: one answer that says it all.

use sigap_emulator::{Fault, FaultKind};

use crate::world::{BAYU, SARI, World};

#[tokio::test]
async fn answers_that_wait_go_out_as_one() {
    let world = World::new().await;
    world.asks(SARI, "halo").await;
    // A refused token holds the number back, so that nothing leaves while she types.
    world
        .emulator
        .faults()
        .push(Fault::times(FaultKind::RefuseWithCode { code: 190 }, u32::MAX));
    world.types(BAYU, "halo");
    world.deliver().await;
    world
        .until("the number is stopped", async || {
            world.metric("sigap_stopped_numbers").await == 1
        })
        .await;
    for words in ["menu", "biaya paspor", "biaya paspor", "terima kasih", "terima kasih"] {
        world.types(SARI, words);
        world.deliver().await;
    }
    assert_eq!(
        world
            .metric("sigap_messages_received_total{outcome=\"answered\"}")
            .await,
        7
    );
    world.emulator.faults().clear();
    world.pass(61);
    world.settle().await;
    let answers = world.answers(SARI).split_off(1);
    assert_eq!(answers.len(), 1, "{answers:#?}");
    assert!(answers[0].contains("950.000"), "the fees are in it: {}", answers[0]);
    assert_eq!(
        answers[0].matches("950.000").count(),
        1,
        "the same words once: {}",
        answers[0]
    );
    assert_eq!(world.answers(BAYU).len(), 1);
}
