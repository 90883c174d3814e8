//! A turn that fails by our fault: the message is kept, the reply owed, tried again, and in the end an officer's.

use std::sync::atomic::{AtomicBool, Ordering};

use sigap_core::cases::CaseKind;
use sigap_core::conversation::dialogue::{Answer, Step, World as Surroundings};
use sigap_core::conversation::state::State;
use sigap_core::inbound::Said as Told;
use sigap_core::person::Contact;
use sigap_emulator::Said;
use sigap_store::read;

use crate::world::{BAYU, NUMBER, SARI, SARI_PHONE, Wish, World};

/// An engine with a bug: it panics at one word.
fn buggy(world: &Surroundings<'_>, state: &State, said: &Told, answers: &[Answer]) -> Step {
    if let Told::Text(words) = said {
        assert!(!words.contains("rusak"), "the engine has a bug");
    }
    sigap_core::conversation::step(world, state, said, answers)
}

async fn buggy_world() -> World {
    World::with(Wish {
        step: buggy,
        ..Wish::default()
    })
    .await
}

/// Rounds of housekeeping with time between, until nothing is owed.
async fn tries(world: &World) {
    world
        .until("nothing is owed", async || {
            world.pass(10);
            world.keep_house().await;
            world.app.service.backlog().await.unwrap().owed == 0
        })
        .await;
}

#[tokio::test]
async fn a_turn_that_fails_to_the_end_becomes_an_officers_case_and_the_citizen_is_told() {
    let world = buggy_world().await;
    world.types(SARI, "tolong rusak");
    world.deliver().await;
    assert_eq!(world.metric("sigap_messages_received_total{outcome=\"owed\"}").await, 1);
    assert_eq!(world.app.service.backlog().await.unwrap().owed, 1);
    assert!(world.answers(SARI).is_empty());
    // The others are served meanwhile.
    world.asks(BAYU, "halo").await;
    tries(&world).await;
    world.settle().await;
    let answers = world.answers(SARI);
    let office = world.office.id;
    let cases = read(&*world.store(), move |tx| {
        let contact = Contact {
            phone: Some(SARI_PHONE.into()),
            ..Contact::default()
        };
        let person = tx.find_person(office, &contact)?.unwrap();
        tx.list_cases(office, person, 9)
    })
    .await
    .unwrap();
    assert_eq!(
        cases.iter().map(|row| row.case.kind).collect::<Vec<_>>(),
        [CaseKind::Unanswered]
    );
    assert_eq!(answers.len(), 1);
    assert!(answers[0].contains(&cases[0].case.number), "{}", answers[0]);
}

static IS_BROKEN: AtomicBool = AtomicBool::new(true);

/// An engine that is mended while the message waits.
fn mended(world: &Surroundings<'_>, state: &State, said: &Told, answers: &[Answer]) -> Step {
    assert!(!IS_BROKEN.load(Ordering::Relaxed), "the engine has a bug");
    sigap_core::conversation::step(world, state, said, answers)
}

#[tokio::test]
async fn an_owed_reply_is_given_as_soon_as_the_turn_works() {
    let world = World::with(Wish {
        step: mended,
        ..Wish::default()
    })
    .await;
    world.types(SARI, "halo");
    world.deliver().await;
    assert_eq!(world.app.service.backlog().await.unwrap().owed, 1);
    IS_BROKEN.store(false, Ordering::Relaxed);
    tries(&world).await;
    world.settle().await;
    assert_eq!(world.answers(SARI), [world.words("menu.welcome")]);
}

static IS_LOST: AtomicBool = AtomicBool::new(true);

/// An engine that knows no map until it is mended.
fn lost(world: &Surroundings<'_>, state: &State, said: &Told, answers: &[Answer]) -> Step {
    let is_place = matches!(said, Told::LocationAt(_));
    assert!(!is_place || !IS_LOST.load(Ordering::Relaxed), "the engine has a bug");
    sigap_core::conversation::step(world, state, said, answers)
}

#[tokio::test]
async fn where_somebody_is_is_kept_until_the_answer_and_to_a_kilometre() {
    let world = World::with(Wish {
        step: lost,
        ..Wish::default()
    })
    .await;
    let bogor = Said::Location {
        latitude: -6.597_147,
        longitude: 106.799_82,
        name: Some("Rumah".into()),
    };
    let id = world.says(SARI, bogor);
    world.deliver().await;
    let (office, number) = (world.office.id, NUMBER.to_owned());
    let kept = async || {
        let (number, id) = (number.clone(), id.clone());
        let row = read(&*world.store(), move |tx| {
            tx.find_received(office, &number, &id, jiff::Timestamp::UNIX_EPOCH)
        })
        .await
        .unwrap();
        row.unwrap().content.unwrap()
    };
    let owed = kept().await;
    let rounded = sigap_core::point::Point::new(-6.6, 106.8).unwrap();
    assert!(owed.message.said == Told::LocationAt(rounded));
    assert_eq!(owed.raw, None);
    IS_LOST.store(false, Ordering::Relaxed);
    tries(&world).await;
    world.settle().await;
    let answers = world.answers(SARI);
    assert!(answers[0].contains("Kanim Bogor"), "{}", answers[0]);
    assert!(kept().await.message.said == Told::Location);
}

#[tokio::test]
async fn an_owed_message_that_was_edited_is_answered_as_it_stands_now() {
    let world = buggy_world().await;
    let id = world.types(SARI, "rusak");
    world.deliver().await;
    world.says(
        SARI,
        Said::Edit {
            message_id: id,
            body: "menu".into(),
        },
    );
    world.deliver().await;
    tries(&world).await;
    world.settle().await;
    assert_eq!(world.answers(SARI), [world.words("menu.welcome")]);
}

#[tokio::test]
async fn an_owed_message_that_was_taken_back_is_not_answered() {
    let world = buggy_world().await;
    let id = world.types(SARI, "rusak");
    world.deliver().await;
    world.says(SARI, Said::Revoke { message_id: id });
    world.deliver().await;
    assert_eq!(world.app.service.backlog().await.unwrap().owed, 0);
    for _ in 0..9 {
        world.pass(60);
        world.keep_house().await;
    }
    world.settle().await;
    assert!(world.answers(SARI).is_empty());
}
