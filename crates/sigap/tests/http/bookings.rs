//! Booking over the wire: from the first wish to the ticket, the form for the NIK, notices outside the window.

use bytes::Bytes;
use hyper::Method;
use jiff::civil::date;
use sigap_content::sample;
use sigap_emulator::BubbleContent;
use std::sync::Arc;

use crate::world::{BAYU, NUMBER, SARI, Wish, World, templates_at_meta};

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];
/// A Wednesday morning at Sukabumi.
const WEDNESDAY: &str = "2026-11-25T02:15:00Z";
const NIK: &str = "3272014102900001";

async fn world() -> World {
    World::with(Wish {
        office: sample::OFFICE.into(),
        now: WEDNESDAY.parse().unwrap(),
        content: Arc::new(sample::with_bookings(date(2026, 11, 25)).unwrap()),
        emulate: |config| {
            let content = sample::with_bookings(date(2026, 11, 25)).unwrap();
            let office = content.office_by_slug(sample::OFFICE).unwrap();
            config.templates = templates_at_meta(&content, office);
        },
        ..Wish::default()
    })
    .await
    .with_templates()
    .await
}

/// The path of the last address that was sent to a person.
fn last_path(world: &World, person: &str) -> String {
    let bubbles = world.emulator.chat(person, NUMBER);
    let url = bubbles.iter().rev().find_map(|bubble| match &bubble.content {
        BubbleContent::Link { url, .. } => Some(url.clone()),
        _ => None,
    });
    let url = url.expect("an address was sent");
    url[url.find("/o/").unwrap()..].to_owned()
}

async fn get(world: &World, path: &str) -> (u16, String) {
    world.request(Method::GET, path, &[], Bytes::new()).await
}

async fn send_form(world: &World, path: &str, body: &str) -> (u16, String) {
    world
        .request(Method::POST, path, &FORM, Bytes::from(body.to_owned()))
        .await
}

/// Goes to the summary of a pick-up on a day at an hour.
pub(crate) async fn holds(world: &World, person: &str, name: &str, hour: &str) {
    for step in ["daftar antrean", "[booking.service:pickup]", name, hour] {
        match step.strip_prefix('[').and_then(|step| step.strip_suffix(']')) {
            Some(choice) => world.taps(person, choice),
            None => drop(world.types(person, step)),
        }
        world.settle().await;
    }
}

#[tokio::test]
async fn a_visit_is_booked_in_the_chat_and_its_ticket_opens() {
    let world = world().await;
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    let told = world.answers(SARI).pop().unwrap();
    assert!(
        told.contains("Senin, 30 November 2026") && told.contains("10.00 WIB"),
        "{told}"
    );
    let path = last_path(&world, SARI);
    let (status, page) = get(&world, &path).await;
    assert_eq!(status, 200);
    assert!(
        page.contains("Siti Aminah") && page.contains("<svg") && page.contains("Ambil paspor"),
        "{page}"
    );
    let (status, file) = get(&world, &format!("{path}/kunjungan.ics")).await;
    assert_eq!(status, 200);
    assert!(file.contains("DTSTART:20261130T030000Z"), "{file}");
    let (status, english) = get(&world, &format!("{path}?lang=en")).await;
    assert!(status == 200 && english.contains("lang=\"en\"") && english.contains("Be there 30 minutes early"));
    // Another office does not know it, nor does a made-up token.
    for wrong in [
        path.replace("sukabumi", "jakarta-pusat"),
        "/o/sukabumi/t/abc".into(),
        "/o/nowhere/t/abc".into(),
    ] {
        assert_eq!(get(&world, &wrong).await.0, 404, "{wrong}");
    }
    // Cancelled, the ticket says so and shows no code to scan.
    world.types(SARI, "janji saya");
    world.settle().await;
    world.taps(SARI, "booking.cancel:");
    world.settle().await;
    world.taps(SARI, "booking.cancel_yes:");
    world.settle().await;
    let (_, page) = get(&world, &path).await;
    assert!(page.contains("Dibatalkan") && !page.contains("<svg"), "{page}");
}

#[tokio::test]
async fn a_scarce_place_is_booked_by_the_form_and_no_nik_is_kept() {
    let world = world().await;
    world.types(SARI, "daftar antrean");
    world.settle().await;
    world.taps(SARI, "booking.service:simpatik");
    world.settle().await;
    for words in ["Siti Aminah 01-02-1990", "19 desember", "jam 9"] {
        world.types(SARI, words);
        world.settle().await;
    }
    let form = last_path(&world, SARI);
    let (status, page) = get(&world, &form).await;
    assert!(status == 200 && page.contains("NIK Siti Aminah"), "{page}");
    // Slips of the finger are told one by one, and nothing is lost.
    for (typed, sentence) in [
        ("32720141", "8 angka"),
        ("0072014102900001", "tidak mungkin benar"),
        ("3272014202900001", "tanggal itu"),
    ] {
        let (status, page) = send_form(&world, &form, &format!("nik0={typed}")).await;
        assert!(status == 422 && page.contains(sentence), "{typed}: {status} {page}");
    }
    let (status, _) = send_form(&world, &form, &format!("nik0={NIK}")).await;
    assert_eq!(status, 303);
    world.settle().await;
    let told = world.answers(SARI).pop().unwrap();
    assert!(told.contains("Anda terdaftar") && told.contains("/t/"), "{told}");
    // Sent twice (a double tap), it leads to the same ticket; opened later, it is over.
    assert_eq!(send_form(&world, &form, &format!("nik0={NIK}")).await.0, 303);
    assert_eq!(
        world
            .answers(SARI)
            .iter()
            .filter(|told| told.contains("Anda terdaftar"))
            .count(),
        1
    );

    // Somebody else with the same NIK hears that the person has a place, and nothing more.
    world.types(BAYU, "daftar antrean");
    world.settle().await;
    world.taps(BAYU, "booking.service:simpatik");
    world.settle().await;
    for words in ["Sitti Aminahh 01-02-1990", "19 desember", "jam 10"] {
        world.types(BAYU, words);
        world.settle().await;
    }
    let (status, page) = send_form(&world, &last_path(&world, BAYU), &format!("nik0={NIK}")).await;
    assert!(status == 409 && page.contains("sudah terdaftar"), "{status} {page}");

    world.app.service.run_jobs(world.office.id).await.unwrap();
    for file in std::fs::read_dir(world.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for secret in [NIK, "Siti Aminah"] {
            assert!(
                !bytes.windows(secret.len()).any(|part| part == secret.as_bytes()),
                "{secret} is kept"
            );
        }
    }
}

#[tokio::test]
async fn a_reminder_goes_as_a_template_when_the_window_is_closed() {
    let world = world().await;
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    let before = world.sent_to(SARI).len();
    // Sunday, half past three: the day before.
    world.clock.set("2026-11-29T08:30:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    let sent = world.sent_to(SARI);
    assert_eq!(sent.len(), before + 1);
    let reminder = &sent.last().unwrap().body;
    assert_eq!(reminder["template"]["name"], "notice_reminder", "{reminder}");
    let bubbles = world.emulator.chat(SARI, NUMBER);
    let words = bubbles.last().unwrap().content.words().to_owned();
    assert!(
        words.contains("Besok jadwal Anda") && words.contains("10.00 WIB"),
        "{words}"
    );
    // Once: the next rounds have nothing to say.
    world.keep_house().await;
    world.settle().await;
    assert_eq!(world.sent_to(SARI).len(), before + 1);
}

#[tokio::test]
async fn who_asked_for_no_notices_gets_no_template() {
    let world = world().await;
    holds(&world, SARI, "Siti Aminah 01-02-1990", "senin jam 10").await;
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    world.types(SARI, "stop");
    world.settle().await;
    let before = world.sent_to(SARI).len();
    world.clock.set("2026-11-29T08:30:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    assert_eq!(world.sent_to(SARI).len(), before);
}

#[tokio::test]
async fn what_is_published_of_draws_can_be_read_by_anybody() {
    let world = world().await;
    let (status, page) = get(&world, "/o/sukabumi/undian").await;
    assert!(
        status == 200 && page.contains("Undian") && page.contains("Ruang tunggu"),
        "{page}"
    );
    let (status, transcript) = get(&world, "/o/sukabumi/undian/simpatik/2026-12-05").await;
    assert_eq!(status, 200);
    assert!(
        transcript.contains("commitment") && !transcript.contains("\"secret\""),
        "{transcript}"
    );
    assert_eq!(get(&world, "/o/sukabumi/undian/simpatik/2026-12-12").await.0, 404);
    let (status, key) = get(&world, "/kunci-tiket").await;
    assert!(status == 200 && key.trim().len() == 64);
}
