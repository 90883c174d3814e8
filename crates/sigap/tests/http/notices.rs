//! Notices over the wire: the head submits a template, Meta approves it by webhook, a notice goes out by it, and stops when Meta pauses it.

use std::sync::Arc;

use jiff::civil::date;
use sigap_content::sample;
use sigap_core::staff::Role;
use sigap_emulator::TemplateVerdict;

use crate::bookings::holds;
use crate::console::{OTHER, WEDNESDAY, get, officer, post};
use crate::intakes::{books, hears, intake_on, photo, sends};
use crate::world::{SARI, Wish, World, templates_at_meta};

const LIST: &str = "/staff/sukabumi/pemberitahuan";

/// A world in which Meta has no template yet, or all of them.
async fn world(change: fn(&mut sigap::config::Config), emulate: fn(&mut sigap_emulator::Config)) -> World {
    World::with(Wish {
        office: sample::OFFICE.into(),
        now: WEDNESDAY.parse().unwrap(),
        content: Arc::new(sample::with_bookings(date(2026, 11, 25)).unwrap()),
        change,
        emulate,
        ..Wish::default()
    })
    .await
}

fn all_approved(config: &mut sigap_emulator::Config) {
    let content = sample::with_bookings(date(2026, 11, 25)).unwrap();
    config.templates = templates_at_meta(&content, content.office_by_slug(sample::OFFICE).unwrap());
}

async fn head(world: &World) -> String {
    officer(world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await
}

/// Carries webhooks until the page of a notice says so.
async fn until_told(world: &World, cookie: &str, notice: &str, words: &str) {
    world
        .until(words, async || {
            world.deliver().await;
            get(world, &format!("{LIST}/{notice}"), cookie).await.1.contains(words)
        })
        .await;
}

fn judged(status: &str) -> TemplateVerdict {
    TemplateVerdict {
        status: Some(status.into()),
        ..TemplateVerdict::default()
    }
}

/// Meta's id of a template.
fn id_of(world: &World, name: &str, language: &str) -> String {
    let all = world.emulator.templates();
    let found = all.iter().find(|(_, known, code, _)| known == name && code == language);
    found.unwrap().0.clone()
}

#[tokio::test]
async fn a_template_goes_from_the_page_to_meta_and_its_approval_comes_back() {
    let world = world(|_| {}, |_| {}).await.with_templates().await;
    let head = head(&world).await;
    let (status, page) = get(&world, LIST, &head).await;
    assert!(
        status == 200 && page.contains("Belum dikirim") && page.contains("14 pemberitahuan belum punya"),
        "{page}"
    );
    let submit = "deed=submit&language=id";
    assert_eq!(post(&world, &format!("{LIST}/reminder"), &head, submit).await.0, 303);
    until_told(&world, &head, "reminder", "Disetujui").await;
    assert_eq!(world.emulator.templates().len(), 1);
    let (status, page) = post(&world, &format!("{LIST}/reminder"), &head, submit).await;
    assert!(status == 422 && page.contains("sudah sama"), "{page}");
    // All the others at once; what Meta does not take is told in its words.
    assert_eq!(post(&world, LIST, &head, "deed=submit_all").await.0, 303);
    until_told(&world, &head, "ready", "Disetujui").await;
    until_told(&world, &head, "officer_waits", "Disetujui").await;
    world
        .until("all of them are there", async || world.emulator.templates().len() == 28)
        .await;
}

#[tokio::test]
async fn what_meta_does_not_take_is_told_in_its_own_words() {
    let world = world(|_| {}, |_| {}).await.with_templates().await;
    let head = head(&world).await;
    // Somebody made one of that name by hand since the comparison.
    let by_hand = r#"{"name":"notice_ready","language":"id","category":"UTILITY","components":[{"type":"BODY","text":"Paspor siap."}]}"#;
    let answer = world.graph_post("100000000000000/message_templates", by_hand).await;
    assert!(answer.contains("\"id\""), "{answer}");
    world.deliver().await;
    post(&world, &format!("{LIST}/ready"), &head, "deed=submit&language=id").await;
    until_told(&world, &head, "ready", "already content in this language").await;
}

#[tokio::test]
async fn a_paused_template_stops_and_the_other_language_goes_out() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    let head = head(&world).await;
    assert!(
        world
            .emulator
            .judge_template(&id_of(&world, "notice_reminder", "id"), &judged("PAUSED"))
    );
    until_told(&world, &head, "reminder", "Dijeda Meta").await;
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    let before = world.sent_to(SARI).len();
    world.clock.set("2026-11-29T08:30:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    let sent = world.sent_to(SARI);
    assert_eq!(sent.len(), before + 1);
    assert_eq!(sent[before].body["template"]["language"]["code"], "en");
}

#[tokio::test]
async fn a_template_that_meta_pauses_without_a_word_stops_at_the_first_refusal() {
    let world = world(
        |_| {},
        |config| {
            all_approved(config);
            // No webhook comes through.
            config.timing.review = std::time::Duration::from_secs(3_600);
        },
    )
    .await
    .with_templates()
    .await;
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    world
        .emulator
        .judge_template(&id_of(&world, "notice_reminder", "id"), &judged("PAUSED"));
    let before = world.sent_to(SARI).len();
    world.clock.set("2026-11-29T08:30:00Z".parse().unwrap());
    world.keep_house().await;
    world
        .until("Meta refused it", async || {
            world.metric("sigap_send_refusals_total{code=\"132015\"}").await == 1
        })
        .await;
    let head = head(&world).await;
    world
        .until("the page tells it", async || {
            get(&world, &format!("{LIST}/reminder"), &head)
                .await
                .1
                .contains("132015")
        })
        .await;
    assert_eq!(world.sent_to(SARI).len(), before);
}

#[tokio::test]
async fn an_account_that_is_not_set_is_explained_and_nothing_is_sent_by_template() {
    let world = world(
        |config| {
            config
                .whatsapp
                .number
                .iter_mut()
                .for_each(|number| number.waba_id.clear())
        },
        all_approved,
    )
    .await;
    let head = head(&world).await;
    let (status, page) = get(&world, LIST, &head).await;
    assert!(status == 200 && page.contains("waba_id"), "{page}");
    let (status, page) = post(&world, &format!("{LIST}/reminder"), &head, "deed=submit&language=id").await;
    assert!(status == 422 && page.contains("waba_id"), "{page}");
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    let before = world.sent_to(SARI).len();
    world.clock.set("2026-11-29T08:30:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    assert_eq!(world.sent_to(SARI).len(), before);
    let head = officer(&world, sample::OFFICE, "kepala2@contoh.go.id", &[Role::Head]).await;
    let (_, page) = get(&world, &format!("{LIST}/reminder"), &head).await;
    assert!(page.contains("tanpa templat yang disetujui"), "{page}");
}

#[tokio::test]
async fn who_may_what_about_notices() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    let it = officer(&world, sample::OFFICE, "ti@contoh.go.id", &[Role::It]).await;
    let (status, page) = get(&world, LIST, &it).await;
    assert!(
        status == 200 && page.contains("diubah oleh kepala kantor") && !page.contains("name=\"budget\""),
        "{page}"
    );
    assert_eq!(post(&world, LIST, &it, "deed=off&notice=survey").await.0, 303);
    let decide = "deed=decide&from=07%3A00&until=20%3A00&person_day=2&person_month=10&budget=Rp250.000";
    assert_eq!(post(&world, LIST, &it, decide).await.0, 403);
    let head = head(&world).await;
    assert_eq!(post(&world, LIST, &head, decide).await.0, 303);
    let (_, page) = get(&world, LIST, &head).await;
    assert!(page.contains("Rp250.000") && page.contains("value=\"10\""), "{page}");
    let wrong = "deed=decide&from=07%3A00&until=12%3A00&person_day=2&person_month=10&budget=abc";
    let (status, page) = post(&world, LIST, &head, wrong).await;
    assert!(
        status == 422 && page.contains("value=\"abc\""),
        "what was typed stays: {page}"
    );
    assert_eq!(get(&world, &format!("{LIST}/x"), &head).await.0, 404);
    assert_eq!(post(&world, &format!("{LIST}/x"), &head, "deed=on").await.0, 404);
    assert_eq!(post(&world, LIST, &head, "deed=explode").await.0, 404);
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    assert_eq!(get(&world, LIST, &helpdesk).await.0, 403);
    assert_eq!(post(&world, LIST, &helpdesk, "deed=on&notice=survey").await.0, 403);
    let elsewhere = officer(&world, OTHER, "lain@contoh.go.id", &[Role::Head]).await;
    assert_ne!(get(&world, LIST, &elsewhere).await.0, 200);
    assert_ne!(post(&world, LIST, &elsewhere, "deed=on&notice=survey").await.0, 303);
}

#[tokio::test]
async fn what_is_delivered_by_template_costs_and_the_first_page_warns() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    let head = head(&world).await;
    let decide = "deed=decide&from=07%3A00&until=20%3A00&person_day=3&person_month=10&budget=400";
    assert_eq!(post(&world, LIST, &head, decide).await.0, 303);
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    let (_, page) = get(&world, "/staff/sukabumi", &head).await;
    assert!(!page.contains("Anggaran pesan"), "{page}");
    world.clock.set("2026-11-29T08:30:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    // The session of an hour ago is over.
    let head = officer(&world, sample::OFFICE, "kepala2@contoh.go.id", &[Role::Head]).await;
    let (_, page) = get(&world, "/staff/sukabumi", &head).await;
    assert!(page.contains("Anggaran pesan bulan ini habis"), "{page}");
    let (_, page) = get(&world, LIST, &head).await;
    assert!(
        page.contains("Yang sudah sampai: Rp357") && page.contains("Rp357 dari Rp400"),
        "{page}"
    );
}

#[tokio::test]
async fn an_officer_sees_what_an_invitation_costs_before_it_is_sent() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Nama saya salah cetak").await;
    world.clock.set("2026-11-26T04:00:00Z".parse().unwrap());
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let (_, page) = get(&world, "/staff/sukabumi/kasus", &helpdesk).await;
    let at = page.find("/kasus/S-").unwrap() + "/kasus/".len();
    let path = format!("/staff/sukabumi/kasus/{}", page[at..].split('"').next().unwrap());
    assert_eq!(post(&world, &path, &helpdesk, "tap=1&deed=take").await.0, 303);
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(
        page.contains("Satu undangan Rp357") && page.contains("Rp1.000.000"),
        "{page}"
    );
    for language in ["id", "en"] {
        let id = id_of(&world, "notice_officer_waits", language);
        assert!(world.emulator.judge_template(&id, &judged("PAUSED")));
    }
    let head = head(&world).await;
    until_told(&world, &head, "officer_waits", "Dijeda Meta").await;
    let before = world.sent_to(SARI).len();
    let (status, page) = post(&world, &path, &helpdesk, "tap=2&deed=invite").await;
    assert!(status == 422 && page.contains("belum disetujui Meta"), "{page}");
    let id = id_of(&world, "notice_officer_waits", "id");
    assert!(world.emulator.judge_template(&id, &judged("APPROVED")));
    until_told(&world, &head, "officer_waits", "Disetujui").await;
    assert_eq!(post(&world, &path, &helpdesk, "tap=3&deed=invite").await.0, 303);
    world.settle().await;
    let sent = world.sent_to(SARI);
    assert_eq!(sent.len(), before + 1);
    assert_eq!(sent[before].body["template"]["name"], "notice_officer_waits");
}

/// An intake in which a photo of the KTP waits for an officer; the address of its page.
async fn with_photo(world: &World, counter: &str) -> String {
    books(world).await;
    world.asks(SARI, "permohonan").await;
    world.asks(SARI, "1").await;
    world.asks(SARI, "Siti Aminah").await;
    world.asks(SARI, "3272014102900001").await;
    for _ in 0..3 {
        world.asks(SARI, "lewati").await;
    }
    sends(world, photo(true), "image/jpeg");
    hears(world, "Kartu Keluarga").await;
    let (_, page) = get(world, "/staff/sukabumi/permohonan?hari=2026-12-19", counter).await;
    let path = intake_on(&page);
    world
        .until("the photo is there", async || {
            get(world, &path, counter).await.1.contains("<img src")
        })
        .await;
    path
}

const AGAIN: &str = "paper=ktp&deed=again&reason=Nama+tertutup+jari";

#[tokio::test]
async fn another_photo_is_asked_for_by_template_when_the_window_is_closed() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    let counter = officer(&world, sample::OFFICE, "adi@contoh.go.id", &[Role::Counter]).await;
    let path = with_photo(&world, &counter).await;
    world.pass(25 * 3_600);
    let counter = officer(&world, sample::OFFICE, "ayu@contoh.go.id", &[Role::Counter]).await;
    let (_, page) = get(&world, &path, &counter).await;
    assert!(
        page.contains("lewat templat, Rp"),
        "what it costs is told before: {page}"
    );
    let before = world.sent_to(SARI).len();
    let (status, page) = post(&world, &path, &counter, AGAIN).await;
    assert!(status == 200 && page.contains("lewat templat berbayar"), "{page}");
    world.settle().await;
    let sent = world.sent_to(SARI);
    assert_eq!(sent.len(), before + 1);
    let body = sent[before].body.to_string();
    assert_eq!(sent[before].body["template"]["name"], "notice_photo_again");
    assert!(body.contains("Siti") && body.contains("KTP elektronik"), "{body}");
    assert!(
        !body.contains("Aminah") && !body.contains("tertutup"),
        "no full name, and no words of the officer: {body}"
    );
    let said = world.asks(SARI, "permohonan").await;
    assert!(said.contains("Alasan petugas: Nama tertutup jari"), "{said}");
}

#[tokio::test]
async fn who_said_stop_is_not_asked_and_the_officer_sees_why() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    let counter = officer(&world, sample::OFFICE, "adi@contoh.go.id", &[Role::Counter]).await;
    let path = with_photo(&world, &counter).await;
    world.asks(SARI, "stop").await;
    world.pass(25 * 3_600);
    let counter = officer(&world, sample::OFFICE, "ayu@contoh.go.id", &[Role::Counter]).await;
    let before = world.sent_to(SARI).len();
    let (_, page) = post(&world, &path, &counter, AGAIN).await;
    assert!(page.contains("warga mengetik stop"), "{page}");
    world.settle().await;
    assert_eq!(world.sent_to(SARI).len(), before);
}

#[tokio::test]
async fn at_night_it_waits_and_is_not_told_when_the_photo_came_meanwhile() {
    let world = world(|_| {}, all_approved).await.with_templates().await;
    let counter = officer(&world, sample::OFFICE, "adi@contoh.go.id", &[Role::Counter]).await;
    let path = with_photo(&world, &counter).await;
    world.clock.set("2026-11-26T15:00:00Z".parse().unwrap());
    let counter = officer(&world, sample::OFFICE, "ayu@contoh.go.id", &[Role::Counter]).await;
    let (_, page) = post(&world, &path, &counter, AGAIN).await;
    assert!(page.contains("jam pemberitahuan berikutnya"), "{page}");
    let said = world.asks(SARI, "permohonan").await;
    assert!(said.contains("Nama tertutup jari"), "{said}");
    sends(&world, photo(true), "image/jpeg");
    hears(&world, "Kartu Keluarga").await;
    world.settle().await;
    let before = world.sent_to(SARI).len();
    world.clock.set("2026-11-27T01:00:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    assert_eq!(world.sent_to(SARI).len(), before);
}
