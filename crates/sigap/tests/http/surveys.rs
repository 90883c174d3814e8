//! The satisfaction survey: asked after a visit, answered once on a page without a script, read by the head without anybody's name.

use bytes::Bytes;
use hyper::Method;
use sigap_content::sample;
use sigap_core::staff::Role;

use crate::console::{get, officer, post, world};
use crate::world::World;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Gives a number and serves it when wanted; the path of its page.
async fn visit(world: &World, counter: &str, tap: &str, is_served: bool) -> String {
    let (_, page) = post(
        world,
        "/staff/sukabumi/nomor",
        counter,
        &format!("tap={tap}&line=pickup"),
    )
    .await;
    let at = page.find("/o/sukabumi/q/").expect("a ticket") + "/o/sukabumi/q/".len();
    let token = page[at..].split('?').next().unwrap().to_owned();
    if is_served {
        post(
            world,
            "/staff/sukabumi/loket/4",
            counter,
            &format!("tap={tap}n&deed=next"),
        )
        .await;
        // Calling the next ends the one before.
        post(
            world,
            "/staff/sukabumi/loket/4",
            counter,
            &format!("tap={tap}m&deed=next"),
        )
        .await;
    }
    token
}

async fn answer(world: &World, token: &str, body: &str) -> (u16, String) {
    world
        .request(
            Method::POST,
            &format!("/o/sukabumi/s/{token}"),
            &[FORM],
            Bytes::from(body.to_owned()),
        )
        .await
}

#[tokio::test]
async fn a_visit_is_rated_once_and_the_head_sees_the_index() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (_, page) = get(&world, "/staff/sukabumi/survei", &head).await;
    assert!(page.contains("Belum ada jawaban"), "{page}");
    let token = visit(&world, &counter, "a", true).await;
    let (_, place) = get(&world, &format!("/o/sukabumi/q/{token}"), "").await;
    assert!(
        place.contains(&format!("/o/sukabumi/s/{token}")),
        "the page of the number leads there: {place}"
    );
    let (status, page) = get(&world, &format!("/o/sukabumi/s/{token}"), "").await;
    assert!(
        status == 200 && page.matches("<fieldset").count() == 9 && !page.contains("<script"),
        "{page}"
    );

    let (status, page) = answer(&world, &token, "comment=hanya+kata").await;
    assert!(
        status == 422 && page.contains("paling sedikit satu") && page.contains("hanya kata"),
        "{page}"
    );
    let all: String = (1..=9).map(|element| format!("u{element}=3&")).collect();
    let (status, page) = answer(&world, &token, &format!("{all}comment=Kursi+%3Cb%3Ekurang")).await;
    assert!(status == 200 && page.contains("Terima kasih"), "{page}");
    let (_, page) = answer(&world, &token, &format!("{all}comment=kedua+kalinya")).await;
    assert!(page.contains("sudah dinilai"), "{page}");

    let (_, page) = get(&world, "/staff/sukabumi/survei", &head).await;
    assert!(
        page.contains("75,00") && page.contains("mutu C") && page.contains("1 orang"),
        "{page}"
    );
    assert!(
        page.contains("Kursi &#60;b&#62;kurang") && !page.contains("kedua kalinya"),
        "{page}"
    );
    let (_, page) = get(&world, "/staff/sukabumi/survei?month=2026-10", &head).await;
    assert!(page.contains("Belum ada jawaban"), "{page}");
    assert_eq!(get(&world, "/staff/sukabumi/survei", &counter).await.0, 403);
}

#[tokio::test]
async fn nothing_is_asked_before_the_service_and_what_is_no_answer_is_none() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let token = visit(&world, &counter, "a", false).await;
    let (_, page) = get(&world, &format!("/o/sukabumi/s/{token}"), "").await;
    assert!(
        page.contains("belum selesai") && !page.contains("<form method=\"post\">"),
        "{page}"
    );
    let (_, page) = answer(&world, &token, "u1=4").await;
    assert!(page.contains("belum selesai"), "{page}");
    // The one who came first is called first, and served when the next is called.
    visit(&world, &counter, "b", true).await;
    let (status, _) = answer(&world, &token, "u1=9&u2=baik&u3=-1&u4=0").await;
    assert_eq!(status, 422, "none of these is an answer");
    let (status, page) = get(&world, "/o/sukabumi/s/made-up", "").await;
    assert_eq!(status, 404, "{page}");
    assert_eq!(answer(&world, "made-up", "u1=4").await.0, 404);
}
