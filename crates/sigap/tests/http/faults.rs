//! One trouble at a time between us and Meta, and what the citizen notices of it: at most a delay.

use sigap_emulator::{Fault, FaultKind, StatusWord};

use crate::world::{BAYU, SARI, World, bubbles_of_office};

/// Strikes, lets the clock run until all is settled, and says how often the answer arrived.
async fn answers_after(world: &World, trouble: &[FaultKind]) -> usize {
    for kind in trouble {
        world.emulator.faults().push(Fault::once(kind.clone()));
    }
    world.types(SARI, "halo");
    world
        .until("the answer arrived", async || {
            world.deliver().await;
            world.keep_house().await;
            world.pass_when_quiet().await;
            let is_sent = world.app.service.backlog().await.unwrap().unsent == 0;
            is_sent && world.emulator.waiting_webhooks() == 0 && bubbles_of_office(world, SARI) > 0
        })
        .await;
    bubbles_of_office(world, SARI)
}

#[track_caller]
fn once(answers: usize) {
    assert_eq!(answers, 1, "answered exactly once");
}

#[tokio::test]
async fn refusals_are_repeated_until_they_end() {
    let world = World::new().await;
    once(
        answers_after(
            &world,
            &[
                FaultKind::HttpStatus { status: 429 },
                FaultKind::RefuseWithCode { code: 130_429 },
            ],
        )
        .await,
    );
    assert!(world.metric("sigap_send_refusals_total{code=\"130429\"}").await >= 1);
}

#[tokio::test]
async fn a_server_error_without_a_code_is_unknown_and_sent_again_after_the_settle_time() {
    let world = World::new().await;
    once(answers_after(&world, &[FaultKind::HttpStatus { status: 500 }]).await);
}

#[tokio::test]
async fn a_connection_that_breaks_before_acceptance_is_sent_again() {
    let world = World::new().await;
    once(answers_after(&world, &[FaultKind::ResetBeforeAccept]).await);
}

#[tokio::test]
async fn refusals_before_an_unknown_outcome_do_not_use_up_its_repetition() {
    let world = World::new().await;
    let refusal = || FaultKind::RefuseWithCode { code: 131_016 };
    once(answers_after(&world, &[refusal(), refusal(), FaultKind::ResetBeforeAccept]).await);
}

#[tokio::test]
async fn a_time_out_after_acceptance_is_settled_by_the_status() {
    let world = World::new().await;
    once(answers_after(&world, &[FaultKind::SilentAfterAccept]).await);
    assert_eq!(
        world
            .metric("sigap_send_attempts_total{outcome=\"resent_after_unknown\"}")
            .await,
        0
    );
}

#[tokio::test]
async fn a_reset_after_acceptance_is_settled_by_the_status() {
    let world = World::new().await;
    once(answers_after(&world, &[FaultKind::ResetAfterAccept]).await);
}

#[tokio::test]
async fn without_any_status_the_answer_is_sent_once_more_and_never_a_third_time() {
    let world = World::new().await;
    let lost = [StatusWord::Sent, StatusWord::Delivered, StatusWord::Read];
    // Both copies are accepted, neither answered, and no status tells of either.
    for _ in 0..2 {
        world.emulator.faults().push(Fault::once(FaultKind::ResetAfterAccept));
        for status in lost {
            world
                .emulator
                .faults()
                .push(Fault::once(FaultKind::DropStatus { status }));
        }
    }
    world.types(SARI, "halo");
    world
        .until("it was given up", async || {
            world.deliver().await;
            world.keep_house().await;
            world.pass(1);
            world
                .metric("sigap_send_attempts_total{outcome=\"given_up_after_unknown\"}")
                .await
                > 0
        })
        .await;
    assert_eq!(world.sent_to(SARI).len(), 2);
    assert_eq!(world.app.service.backlog().await.unwrap().unsent, 0);
}

#[tokio::test]
async fn a_refused_token_stops_the_number_and_one_probe_starts_it_again() {
    let world = World::new().await;
    world
        .emulator
        .faults()
        .push(Fault::times(FaultKind::RefuseWithCode { code: 190 }, u32::MAX));
    world.types(SARI, "halo");
    world.deliver().await;
    world
        .until("the number is stopped", async || {
            world.metric("sigap_stopped_numbers").await == 1
        })
        .await;
    world.types(BAYU, "halo");
    world.deliver().await;
    let refused = world.emulator.totals().refused;
    // Half a minute later nothing has been tried again, however often the sender looked.
    world.pass(30);
    world.keep_house().await;
    assert_eq!((refused, world.emulator.totals().refused), (1, 1));
    world.emulator.faults().clear();
    world.pass(31);
    world.settle().await;
    assert_eq!((world.answers(SARI).len(), world.answers(BAYU).len()), (1, 1));
    world
        .until("the number runs", async || {
            world.metric("sigap_stopped_numbers").await == 0
        })
        .await;
}

#[tokio::test]
async fn an_answer_whose_window_has_closed_is_not_sent() {
    let world = World::new().await;
    world
        .emulator
        .faults()
        .push(Fault::times(FaultKind::RefuseWithCode { code: 190 }, u32::MAX));
    world.types(SARI, "halo");
    world.deliver().await;
    world
        .until("the number is stopped", async || {
            world.metric("sigap_stopped_numbers").await == 1
        })
        .await;
    world.emulator.faults().clear();
    world.pass(25 * 3600);
    world.settle().await;
    assert!(world.answers(SARI).is_empty());
    assert_eq!(world.app.service.backlog().await.unwrap().unsent, 0);
    // The next message opens the window again.
    assert!(!world.asks(SARI, "halo").await.is_empty());
}
