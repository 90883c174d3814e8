//! Cases in the console: somebody asks for an officer on WhatsApp and is answered from the page, once.

use std::sync::Arc;

use bytes::Bytes;
use hyper::Method;
use sigap_content::sample;
use sigap_core::staff::Role;
use sigap_emulator::Tick;

use crate::console::{WEDNESDAY, get, officer, post, world};
use crate::world::{NUMBER, Wish, World};

const SARI: &str = "sari";

/// The number of the newest case in the list.
async fn newest(world: &World, cookie: &str) -> String {
    let (_, page) = get(world, "/staff/sukabumi/kasus", cookie).await;
    let at = page.find("/kasus/S-").expect("a case is listed") + "/kasus/".len();
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_answer_typed_in_the_console_arrives_in_the_chat_once() {
    let world = world().await;
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let (status, page) = get(&world, "/staff/sukabumi/kasus", &helpdesk).await;
    assert!(status == 200 && page.contains("Tidak ada yang menunggu"), "{page}");
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Nama saya <b>salah</b> cetak").await;
    let number = newest(&world, &helpdesk).await;
    let path = format!("/staff/sukabumi/kasus/{number}");
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(page.contains("Nama saya &#60;b&#62;salah"), "words are words: {page}");
    assert!(!page.contains(r#"name="deed" value="answer""#), "take it first");
    assert_eq!(post(&world, &path, &helpdesk, "tap=1&deed=take").await.0, 303);
    let (_, page) = get(&world, &format!("{path}?jawaban=number"), &helpdesk).await;
    assert!(
        page.contains("16 angka, dari bukti"),
        "a ready answer stands in the field: {page}"
    );
    let before = world.answers(SARI).len();
    for _ in 0..2 {
        let (status, _) = post(
            &world,
            &path,
            &helpdesk,
            "tap=2&deed=answer&words=Kami+periksa&talk=true",
        )
        .await;
        assert_eq!(status, 303);
    }
    world.settle().await;
    let answers = world.answers(SARI);
    assert_eq!(answers.len(), before + 1, "a double tap answers once: {answers:?}");
    assert!(answers.last().unwrap().contains("Kami periksa") && answers.last().unwrap().contains(&number));
    world.types(SARI, "terima kasih");
    world.deliver().await;
    world.settle().await;
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(page.contains("terima kasih"), "{page}");
    assert_eq!(world.answers(SARI).len(), before + 1, "the assistant keeps silent");
}

#[tokio::test]
async fn what_cannot_be_done_is_told_and_what_was_written_stays() {
    let world = world().await;
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let other = officer(&world, sample::OFFICE, "eko@contoh.go.id", &[Role::Helpdesk]).await;
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Halo").await;
    let number = newest(&world, &helpdesk).await;
    let path = format!("/staff/sukabumi/kasus/{number}");
    post(&world, &path, &helpdesk, "tap=1&deed=take").await;
    let (status, page) = post(&world, &path, &other, "tap=2&deed=answer&words=Saya+juga").await;
    assert!(status == 422 && page.contains("Sedang ditangani"), "{page}");
    let (status, page) = post(
        &world,
        &path,
        &helpdesk,
        &format!("tap=3&deed=answer&words={}", "a".repeat(3_001)),
    )
    .await;
    assert!(
        status == 422 && page.contains("3.000") && page.contains("aaaa"),
        "{status}"
    );
    let (status, page) = get(
        &world,
        &format!("/staff/sukabumi/kasus?number={}", number.to_lowercase()),
        &helpdesk,
    )
    .await;
    assert!(status == 303, "found by its number: {page}");
    let (status, page) = get(&world, "/staff/sukabumi/kasus?number=X-1", &helpdesk).await;
    assert!(status == 404 && page.contains("tidak ada di kantor ini"), "{page}");
    assert_eq!(get(&world, "/staff/sukabumi/kasus/X-1", &helpdesk).await.0, 404);
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    assert_eq!(get(&world, &path, &counter).await.0, 403);
    let headers = [("cookie", helpdesk.as_str()), ("sec-fetch-site", "cross-site")];
    let (status, _) = world
        .request(Method::POST, &path, &headers, Bytes::from("deed=close"))
        .await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn a_message_of_a_talk_is_marked_as_read_when_its_officer_reads_it() {
    let world = World::with(Wish {
        office: sample::OFFICE.into(),
        now: WEDNESDAY.parse().unwrap(),
        content: Arc::new(sample::with_bookings(jiff::civil::date(2026, 11, 25)).unwrap()),
        change: |config| config.whatsapp.read_marks = true,
        ..Wish::default()
    })
    .await;
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let colleague = officer(&world, sample::OFFICE, "rina@contoh.go.id", &[Role::Helpdesk]).await;
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Nama saya salah cetak").await;
    let path = format!("/staff/sukabumi/kasus/{}", newest(&world, &helpdesk).await);
    post(&world, &path, &helpdesk, "tap=1&deed=take").await;
    post(
        &world,
        &path,
        &helpdesk,
        "tap=2&deed=answer&words=Kami+periksa&talk=true",
    )
    .await;
    world.settle().await;
    let said = world.types(SARI, "terima kasih");
    world.deliver().await;
    world.settle().await;
    let tick = || {
        let bubbles = world.emulator.chat(SARI, NUMBER);
        bubbles.into_iter().find(|bubble| bubble.id == said).unwrap().tick
    };
    // Marks are taken in order: once the colleague's visit and a later mark are through, none came of the visit.
    get(&world, &path, &colleague).await;
    assert_eq!(
        tick(),
        Tick::Delivered,
        "a colleague who looks has not read it for the citizen"
    );
    get(&world, &path, &helpdesk).await;
    world
        .until("the officer has read it", async || tick() == Tick::Read)
        .await;
    let typing = format!("{path}/mengetik");
    assert_eq!(post(&world, &typing, &helpdesk, "").await.0, 204);
    assert_eq!(post(&world, &typing, &colleague, "").await.0, 204);
}
