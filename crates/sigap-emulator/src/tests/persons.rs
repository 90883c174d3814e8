//! What people can say, and how it travels when they show their number and when they do not.

use serde_json::{Value, json};

use super::{NUMBER, World, interactive, text};
use crate::{BubbleContent, Said, SayRefusal, Tick};

impl World {
    /// Says it as Sari and returns the message as the office received it.
    async fn heard(&self, said: Said) -> Value {
        self.emulator.person_says("sari", NUMBER, said).unwrap();
        self.emulator.deliver_all().await;
        self.office.messages().pop().unwrap()
    }
}

#[tokio::test]
async fn a_person_without_visible_number_is_known_by_user_id_alone() {
    let world = World::new().await;
    world.says("bayu", "halo");
    world.emulator.deliver_all().await;
    let value = &world.office.bodies()[0]["entry"][0]["changes"][0]["value"];
    assert!(
        !value.to_string().contains("6281100000105"),
        "the number must not be anywhere"
    );
    assert_eq!(value["contacts"][0]["profile"]["username"], "bayu.jalan");
    let user_id = value["messages"][0]["from_user_id"].clone();

    let mut body = text("jawaban");
    body.as_object_mut().unwrap().remove("to");
    body["recipient"] = user_id.clone();
    let (_, answer) = world.post(body.clone()).await;
    assert_eq!(answer["contacts"][0], json!({ "input": user_id, "user_id": user_id }));
    world.emulator.deliver_all().await;
    let status = &world.office.statuses()[0];
    assert_eq!(
        (&status["recipient_user_id"], &status["recipient_id"]),
        (&user_id, &Value::Null)
    );
    assert_eq!(world.emulator.chat("bayu", NUMBER)[1].content.words(), "jawaban");

    body["recipient"] = json!("ID.1234");
    assert_eq!(world.code(body).await, 131_009);
}

#[tokio::test]
async fn a_tap_carries_the_id_of_our_own_message_and_only_of_that() {
    let world = World::new().await;
    world.says("sari", "halo");
    let sections = json!([{ "rows": [{ "id": "v1.status.abc", "title": "Cek status", "description": "16 angka" }] }]);
    let (_, answer) = world
        .post(interactive(json!({ "type": "list", "body": { "text": "Pilih" },
            "action": { "button": "Buka", "sections": sections } })))
        .await;
    let message_id = answer["messages"][0]["id"].as_str().unwrap().to_owned();
    let tap = |id: &str| Said::Choice {
        message_id: message_id.clone(),
        id: id.into(),
    };
    assert_eq!(
        world.emulator.person_says("sari", NUMBER, tap("v1.pay")),
        Err(SayRefusal::NoSuchMessage)
    );
    let heard = world.heard(tap("v1.status.abc")).await;
    assert_eq!(
        heard["interactive"],
        json!({ "type": "list_reply",
        "list_reply": { "id": "v1.status.abc", "title": "Cek status", "description": "16 angka" } })
    );
    assert_eq!(heard["context"]["id"], json!(message_id));
}

#[tokio::test]
async fn files_places_cards_and_signs_travel_in_metas_words() {
    let world = World::new().await;
    let own = world.says("sari", "halo");
    let voice = world.heard(Said::Voice).await;
    assert_eq!(
        (&voice["type"], &voice["audio"]["voice"]),
        (&json!("audio"), &json!(true))
    );
    assert_eq!(world.heard(Said::Sticker).await["sticker"]["mime_type"], "image/webp");
    assert_eq!(
        world.heard(Said::Document { caption: None }).await["document"]["filename"],
        "surat.pdf"
    );
    let image = world
        .heard(Said::Image {
            caption: Some("KTP".into()),
        })
        .await;
    assert_eq!(image["image"]["caption"], "KTP");
    assert!(
        world
            .emulator
            .inner
            .media
            .get(image["image"]["id"].as_str().unwrap())
            .is_some()
    );
    let place = Said::Location {
        latitude: -6.1,
        longitude: 106.8,
        name: None,
    };
    assert_eq!(world.heard(place).await["location"]["latitude"], -6.1);
    let unsupported = world.heard(Said::Unsupported).await;
    assert_eq!(unsupported["errors"][0]["code"], 131_051);
    assert_eq!(world.heard(Said::Opened).await["type"], "request_welcome");
    let reaction = world
        .heard(Said::Reaction {
            message_id: own.clone(),
            emoji: Some("🙏".into()),
        })
        .await;
    assert_eq!(reaction["reaction"], json!({ "message_id": own, "emoji": "🙏" }));
    let card = world
        .heard(Said::Contact {
            name: "Calo".into(),
            phone: "6281100000999".into(),
        })
        .await;
    assert_eq!(
        (&card["contacts"][0]["phones"][0]["wa_id"], &card["origin"]),
        (&json!("6281100000999"), &Value::Null)
    );
}

#[tokio::test]
async fn the_own_number_is_shared_only_in_answer_to_a_request() {
    let world = World::new().await;
    let own = world.says("sari", "halo");
    assert_eq!(
        world
            .emulator
            .person_says("sari", NUMBER, Said::OwnContact { message_id: own }),
        Err(SayRefusal::NoSuchMessage)
    );
    let (_, answer) = world
        .post(interactive(
            json!({ "type": "request_contact_info", "body": { "text": "Nomor Anda?" },
            "action": { "name": "request_contact_info" } }),
        ))
        .await;
    let message_id = answer["messages"][0]["id"].as_str().unwrap().to_owned();
    let heard = world.heard(Said::OwnContact { message_id }).await;
    assert_eq!(heard["origin"], "contact_request");
    assert_eq!(heard["contacts"][0]["phones"][0]["wa_id"], "6281100000101");
}

#[tokio::test]
async fn own_messages_can_be_changed_and_taken_back() {
    let world = World::new().await;
    let id = world.says("sari", "haol");
    let heard = world
        .heard(Said::Edit {
            message_id: id.clone(),
            body: "halo".into(),
        })
        .await;
    assert_eq!(heard["edit"]["message"]["text"]["body"], "halo");
    assert_eq!(heard["edit"]["original_message_id"], json!(id));
    let heard = world.heard(Said::Revoke { message_id: id.clone() }).await;
    assert_eq!(heard["revoke"]["original_message_id"], json!(id));
    assert_eq!(world.emulator.chat("sari", NUMBER)[0].content, BubbleContent::Revoked);
    let theirs = world.sends("jawaban", "1").await;
    let forged = Said::Revoke { message_id: theirs };
    assert_eq!(
        world.emulator.person_says("sari", NUMBER, forged),
        Err(SayRefusal::NoSuchMessage)
    );
}

#[tokio::test]
async fn ticks_turn_blue_when_the_office_reads_and_earlier_ones_with_them() {
    let world = World::new().await;
    world.says("sari", "satu");
    let second = world.says("sari", "dua");
    world.says("sari", "tiga");
    world.emulator.deliver_all().await;
    let read = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": second,
        "typing_indicator": { "type": "text" } });
    let (_, answer) = world.post(read).await;
    assert_eq!(answer, json!({ "success": true }));
    let ticks: Vec<_> = world
        .emulator
        .chat("sari", NUMBER)
        .iter()
        .map(|bubble| bubble.tick)
        .collect();
    assert_eq!(ticks, [Tick::Read, Tick::Read, Tick::Delivered]);
    let unknown = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.X" });
    assert_eq!(world.code(unknown).await, 131_009);
}

#[tokio::test]
async fn two_messages_under_one_callback_data_are_seen() {
    let world = World::new().await;
    world.says("sari", "halo");
    world.sends("a", "outbox:1").await;
    world.sends("a", "outbox:1").await;
    world.sends("b", "outbox:2").await;
    let counts = world.emulator.accepted_by_callback();
    assert_eq!((counts["outbox:1"], counts["outbox:2"]), (2, 1));
    assert_eq!(world.emulator.accepted_by_recipient()["sari"], 3);
}
