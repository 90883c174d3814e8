//! Files that nobody asked for: fetched when their sender asks for an officer soon, forgotten unfetched otherwise.

use jiff::Timestamp;
use sigap_content::sample;
use sigap_core::staff::Role;
use sigap_emulator::Said;
use sigap_store::records::FileRow;

use crate::console::{get, officer, world};
use crate::world::{SARI, World};

/// Files of which the bytes are not there.
async fn waiting(world: &World) -> Vec<FileRow> {
    let office = world.office.id;
    sigap_store::read(&*world.store(), move |tx| tx.list_due_files(office, Timestamp::MAX, 9))
        .await
        .unwrap()
}

/// Sends something and waits for its answer.
async fn sends(world: &World, said: Said) -> String {
    world.says(SARI, said);
    world.deliver().await;
    world.settle().await;
    world.answers(SARI).last().cloned().unwrap_or_default()
}

fn photo() -> Said {
    Said::Image { caption: None }
}

#[tokio::test]
async fn what_was_sent_before_and_right_after_reaches_the_officer_with_the_case() {
    let world = world().await;
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let said = sends(&world, Said::Voice).await;
    assert!(
        said.contains("Hubungi petugas") && said.contains("dalam 60 menit"),
        "{said}"
    );
    let said = sends(&world, photo()).await;
    assert!(
        said.contains("belum kami buka") && said.contains("permohonan"),
        "{said}"
    );
    let noted = waiting(&world).await;
    assert!(
        noted.len() == 2 && noted.iter().all(|row| row.about == 0 && row.attempts == 0),
        "{noted:?}"
    );

    world.asks(SARI, "petugas").await;
    let said = sends(&world, Said::Document { caption: None }).await;
    assert!(said.contains("bersama pertanyaan"), "{said}");
    let said = world.asks(SARI, "Paspor saya rusak kena air").await;
    assert!(said.contains("sebelumnya ikut: 3."), "{said}");
    let (_, page) = get(&world, "/staff/sukabumi/kasus", &helpdesk).await;
    let at = page.find("/kasus/S-").expect("a case is listed") + "/kasus/".len();
    let path = format!("/staff/sukabumi/kasus/{}", page[at..].split('"').next().unwrap());
    let shows = async |what: &str| {
        world
            .until(what, async || get(&world, &path, &helpdesk).await.1.contains(what))
            .await;
    };
    shows("<audio controls").await;
    shows("<img class=\"sent\"").await;
    shows("Simpan berkas 3").await;
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(
        page.contains("[suara] →"),
        "what was said before stands in the story: {page}"
    );

    let said = sends(&world, photo()).await;
    assert!(said.contains("kami sertakan pada nomor"), "{said}");
    shows("Simpan berkas 4").await;
    assert!(waiting(&world).await.is_empty());
}

#[tokio::test]
async fn what_nobody_asks_an_officer_about_is_forgotten_and_never_was_fetched() {
    let world = world().await;
    sends(&world, photo()).await;
    world.pass(89 * 60);
    world.keep_house().await;
    let noted = waiting(&world).await;
    assert!(
        matches!(&noted[..], [row] if row.attempts == 0),
        "it is still only noted: {noted:?}"
    );
    world.pass(60);
    world
        .until("it is forgotten", async || {
            world.keep_house().await;
            waiting(&world).await.is_empty()
        })
        .await;
    world.asks(SARI, "petugas").await;
    let said = world.asks(SARI, "Kapan buka?").await;
    assert!(!said.contains("ikut"), "{said}");
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let (_, page) = get(&world, "/staff/sukabumi/kasus", &helpdesk).await;
    let at = page.find("/kasus/S-").expect("a case is listed") + "/kasus/".len();
    let path = format!("/staff/sukabumi/kasus/{}", page[at..].split('"').next().unwrap());
    assert!(!get(&world, &path, &helpdesk).await.1.contains("/berkas/"));
}

#[tokio::test]
async fn who_takes_a_photo_back_takes_the_note_back() {
    let world = world().await;
    let message_id = world.says(SARI, photo());
    world.deliver().await;
    world.settle().await;
    assert_eq!(waiting(&world).await.len(), 1);
    world.says(SARI, Said::Revoke { message_id });
    world.deliver().await;
    world.settle().await;
    assert!(waiting(&world).await.is_empty());
}

#[tokio::test]
async fn only_the_newest_few_are_noted() {
    let world = world().await;
    for _ in 0..11 {
        sends(&world, photo()).await;
    }
    world.asks(SARI, "petugas").await;
    let said = world.asks(SARI, "Mohon dilihat").await;
    assert!(said.contains("ikut: 10."), "{said}");
}
