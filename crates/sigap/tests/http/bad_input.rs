//! Whatever comes: a kind answer or a counted drop, never a panic, never a lost message.

use bytes::Bytes;
use hyper::Method;
use serde_json::{Value, json};
use sigap_core::ids::OfficeId;
use sigap_emulator::Said;
use sigap_store::read;

use crate::world::{NUMBER, SARI, SARI_PHONE, World, text, webhook};

const PATH: &str = "/webhooks/whatsapp";

/// The service still answers a citizen.
async fn is_well(world: &World) {
    assert!(!world.asks(SARI, "halo").await.is_empty());
}

#[tokio::test]
async fn a_wrong_or_missing_signature_is_refused_and_counted() {
    let world = World::new().await;
    let body = Bytes::from(webhook(NUMBER, &[text(SARI_PHONE, "wamid.A", world.second(), "halo")]).to_string());
    let good = world.emulator.sign(&body);
    let other = world.emulator.sign(b"other bytes");
    let headers: [&[(&str, &str)]; 5] = [
        &[],
        &[("x-hub-signature-256", "")],
        &[("x-hub-signature-256", "sha256=zz")],
        &[("x-hub-signature-256", &other)],
        &[("x-hub-signature", &good)],
    ];
    for headers in headers {
        assert_eq!(world.request(Method::POST, PATH, headers, body.clone()).await.0, 401);
    }
    assert_eq!(
        world
            .metric("sigap_webhook_requests_total{outcome=\"bad_signature\"}")
            .await,
        5
    );
    assert_eq!(
        world
            .metric("sigap_messages_received_total{outcome=\"answered\"}")
            .await,
        0
    );
    is_well(&world).await;
}

#[tokio::test]
async fn meta_verifies_the_webhook_with_the_right_word_only() {
    let world = World::new().await;
    assert!(world.emulator.verify_webhook().await);
    for query in [
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong",
        "hub.mode=subscribe&hub.challenge=1",
        "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=emulator-verify-token",
        "",
    ] {
        let (status, answer) = world
            .request(Method::GET, &format!("{PATH}?{query}"), &[], Bytes::new())
            .await;
        assert_eq!((status, answer.as_str()), (403, ""), "{query}");
    }
}

#[tokio::test]
async fn signed_bodies_that_cannot_be_read_are_kept_and_answered_with_200() {
    let world = World::new().await;
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let object = |levels: usize| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let unreadable: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"\xff\xfe{}".to_vec(),
        b"{\"entry\":".to_vec(),
        deep(10).into_bytes(),
        deep(10_000).into_bytes(),
        object(10_000).into_bytes(),
    ];
    for body in &unreadable {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        assert_eq!(world.post(body.clone()).await, 200, "{shown}");
    }
    let kept = read(&*world.store(), |tx| tx.count_raw(OfficeId(0), "unreadable_body"))
        .await
        .unwrap();
    assert_eq!(
        kept,
        world
            .metric("sigap_webhook_parts_kept_total{reason=\"unreadable_body\"}")
            .await
    );
    assert!(kept >= 5, "{kept} kept");
    is_well(&world).await;
}

#[tokio::test]
async fn readable_bodies_of_any_shape_are_answered_with_200() {
    let world = World::new().await;
    let nested = format!("{}1{}", "{\"a\":".repeat(10), "}".repeat(10));
    let deep: Value = serde_json::from_str(&nested).unwrap();
    let mut strange = webhook(NUMBER, &[]);
    strange["entry"][0]["changes"][0]["value"]["messages"] = json!([deep, 1, "x", null, [], {}]);
    let bodies = [
        deep.clone(),
        json!({}),
        json!({ "entry": 7 }),
        json!({ "entry": [{ "changes": "x" }] }),
        json!({ "entry": [{ "changes": [{ "value": [], "field": 1 }] }] }),
        json!({ "object": "page", "entry": [{ "changes": [{ "field": "messages", "value": {} }] }] }),
        strange,
    ];
    for body in bodies {
        assert_eq!(world.post(body.to_string()).await, 200, "{body}");
    }
    is_well(&world).await;
}

#[tokio::test]
async fn three_megabytes_of_messages_are_all_answered_and_more_is_refused() {
    let world = World::new().await;
    let count = 6_000;
    let filler = "panjang ".repeat(40);
    let messages: Vec<Value> = (0..count)
        .map(|n| {
            text(
                &format!("62812{:08}", n % 300),
                &format!("wamid.{n}"),
                world.second(),
                &format!("biaya {filler}"),
            )
        })
        .collect();
    let body = webhook(NUMBER, &messages).to_string();
    assert!(
        body.len() > 2_500_000 && body.len() <= 3 * 1024 * 1024,
        "{} bytes",
        body.len()
    );
    assert_eq!(world.post(body).await, 200);
    assert_eq!(
        world
            .metric("sigap_messages_received_total{outcome=\"answered\"}")
            .await,
        count
    );
    let too_long = webhook(
        NUMBER,
        &[text(
            SARI_PHONE,
            "wamid.X",
            world.second(),
            &"x".repeat(3 * 1024 * 1024),
        )],
    )
    .to_string();
    assert_eq!(world.post(too_long).await, 413);
}

#[tokio::test]
async fn texts_of_any_kind_get_one_kind_answer() {
    let world = World::new().await;
    let texts = [
        "\u{0}\u{1}\u{7f}halo\u{0}".to_owned(),
        "a".repeat(10_000),
        "\u{202e}\u{200f}olah\u{202c}".to_owned(),
        "👍🙏😀".to_owned(),
        "\u{200b}\u{feff}".to_owned(),
        "'; DROP TABLE inbox; --".to_owned(),
        "{{office}} {name} %s".to_owned(),
        "مرحبا 你好 שלום".to_owned(),
        "\u{d7ff}\u{e000}\u{10ffff}".to_owned(),
    ];
    for (n, words) in texts.iter().enumerate() {
        let before = world.sent_to(SARI).len();
        let message = text(SARI_PHONE, &format!("wamid.{n}"), world.second(), words);
        assert_eq!(world.post(webhook(NUMBER, &[message]).to_string()).await, 200);
        world
            .until("it is answered", async || {
                world.app.service.backlog().await.unwrap().unsent == 0
            })
            .await;
        let sent = world.sent_to(SARI);
        assert_eq!(sent.len(), before + 1, "text {n}");
        assert!(!crate::world::body_of(&sent[before].body).is_empty(), "text {n}");
    }
}

#[tokio::test]
async fn half_a_surrogate_pair_costs_nobody_an_answer() {
    let world = World::new().await;
    let body = webhook(NUMBER, &[text(SARI_PHONE, "wamid.A", world.second(), "HALF")]).to_string();
    assert_eq!(world.post(body.replace("HALF", "halo \\ud83d")).await, 200);
    world
        .until("it is answered", async || {
            world.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    assert_eq!(world.sent_to(SARI).len(), 1);
    is_well(&world).await;
}

#[tokio::test]
async fn a_photo_without_words_gets_an_answer() {
    let world = World::new().await;
    world.says(SARI, Said::Image { caption: None });
    world.settle().await;
    assert_eq!(world.answers(SARI).len(), 1);
}
