//! Who writes: a user id without a phone, a new number, and the right to take words back.

use jiff::Timestamp;
use serde_json::json;
use sigap_core::ids::PersonId;
use sigap_core::inbound::Said as Told;
use sigap_core::person::Contact;
use sigap_emulator::Said;
use sigap_store::records::InboxRow;
use sigap_store::{read, write};

use crate::world::{BAYU, NUMBER, SARI, SARI_PHONE, World, text, webhook};
use sigap_core::ids::ApplicationNumber;

async fn kept(world: &World, message_id: &str) -> InboxRow {
    let (office, id) = (world.office.id, message_id.to_owned());
    read(&*world.store(), move |tx| {
        tx.find_received(office, NUMBER, &id, Timestamp::UNIX_EPOCH)
    })
    .await
    .unwrap()
    .unwrap()
}

#[tokio::test]
async fn a_person_without_a_visible_number_is_answered_by_user_id() {
    let world = World::new().await;
    world.asks(BAYU, "halo").await;
    let sent = &world.sent_to(BAYU)[0].body;
    assert_eq!(sent["recipient"], json!("ID.4401928375610297"));
    assert_eq!(sent.get("to"), None);
}

#[tokio::test]
async fn words_taken_back_are_erased() {
    let world = World::new().await;
    let id = world.types(SARI, "rahasia saya tujuh belas");
    world.settle().await;
    assert!(
        matches!(kept(&world, &id).await.content.unwrap().message.said, Told::Text(words) if words.contains("rahasia"))
    );
    world.says(SARI, Said::Revoke { message_id: id.clone() });
    world.settle().await;
    assert_eq!(kept(&world, &id).await.content, None);
    assert_eq!(world.answers(SARI).len(), 1, "taking back is not answered");
}

#[tokio::test]
async fn nothing_personal_stands_in_the_files_in_the_clear() {
    let world = World::new().await;
    let id = world.types(SARI, "kalimat sangat pribadi");
    world.settle().await;
    for needle in ["kalimat sangat", SARI_PHONE, "Sari Wulandari", &id, "4401928375610293"] {
        assert!(!world.files_hold(needle), "`{needle}` is readable in the database");
    }
    assert!(world.files_hold("answered"), "the files were looked at");
}

#[tokio::test]
async fn an_edited_message_that_was_answered_is_kept_as_edited_and_not_answered_again() {
    let world = World::new().await;
    let id = world.types(SARI, "biaya paspor");
    world.settle().await;
    world.says(
        SARI,
        Said::Edit {
            message_id: id.clone(),
            body: "jam buka".into(),
        },
    );
    world.settle().await;
    assert_eq!(
        kept(&world, &id).await.content.unwrap().message.said,
        Told::Text("jam buka".into())
    );
    assert_eq!(world.answers(SARI).len(), 1);
}

#[tokio::test]
async fn a_new_number_takes_the_dialogue_along_but_not_the_binding() {
    let world = World::new().await;
    world.asks(SARI, "halo").await;
    let (office, number) = (world.office.id, ApplicationNumber::parse("1179000000123456").unwrap());
    let (old, new) = (phone(SARI_PHONE), phone("6281100000777"));
    let (bound, before) = (number.clone(), old.clone());
    let person: PersonId = write(&*world.store(), office, move |tx| {
        let person = tx.find_person(office, &before)?.unwrap();
        tx.bind_person(office, person, &bound, Timestamp::UNIX_EPOCH)?;
        Ok(person)
    })
    .await
    .unwrap();
    let change = json!({
        "from": SARI_PHONE, "id": "wamid.S", "timestamp": world.second().to_string(), "type": "system",
        "system": { "type": "user_changed_number", "body": "changed", "wa_id": "6281100000777" },
    });
    assert_eq!(world.post(webhook(NUMBER, &[change]).to_string()).await, 200);
    let (found, is_bound) = read(&*world.store(), move |tx| {
        Ok((tx.find_person(office, &new)?, tx.is_bound(office, person, &number)?))
    })
    .await
    .unwrap();
    assert_eq!((found, is_bound), (Some(person), false));
    // She goes on where she was: no first greeting again, and the answer goes to the new number.
    let message = text("6281100000777", "wamid.T", world.second(), "halo");
    assert_eq!(world.post(webhook(NUMBER, &[message]).to_string()).await, 200);
    world
        .until("it is sent", async || {
            world.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    let sent = world.sent_to("6281100000777");
    assert_eq!(sent.len(), 1);
    assert_ne!(crate::world::body_of(&sent[0].body), world.words("menu.welcome"));
}

fn phone(digits: &str) -> Contact {
    Contact {
        phone: Some(digits.into()),
        ..Contact::default()
    }
}
