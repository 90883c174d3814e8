//! The content of an office over the wire: changed in a draft, tried, published by other eyes, read by citizens of every process, taken
//! back.

use jiff::SignedDuration;
use sigap_actions::content_version::VersionContent;
use sigap_actions::ports::Clock;
use sigap_content::entry::EntryKey;
use sigap_content::overlay::{Overlay, Patch};
use sigap_content::sample;
use sigap_core::ids::{ContentVersionId, OfficeId, StaffId};
use sigap_core::staff::Role;
use sigap_store::records::{ContentVersionHead, ContentVersionRow, VersionState};
use sigap_store::write;

use crate::console::{get, office_of, officer, post, world};
use crate::world::{SARI, World};

const HERE: &str = "/staff/sukabumi/isi";
const HELP: &str = "/staff/sukabumi/isi/text/help.info";
const FEE: &str = "/staff/sukabumi/isi/fee/FAST";
const DRAFT: &str = "/staff/sukabumi/isi/perubahan";
const HISTORY: &str = "/staff/sukabumi/isi/riwayat";
const RESTORE: &str = "/staff/sukabumi/isi/riwayat/terbitkan";
const CHATS: &str = "/staff/sukabumi/isi/uji";

/// A form as a browser sends it.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

/// The value of a hidden field of a page.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no {name} in {page}")) + mark.len();
    page[at..].split('"').next().unwrap().to_owned()
}

/// Opens the form of an entry and keeps other fields; the status.
async fn change(world: &World, cookie: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let (status, page) = get(world, path, cookie).await;
    assert_eq!(status, 200, "{page}");
    let seen = hidden(&page, "seen");
    let sent = [&[("seen", seen.as_str()), ("deed", "save")], fields].concat();
    post(world, path, cookie, &form(&sent)).await
}

async fn say_help(world: &World, cookie: &str, words: &str) {
    let (status, page) = change(world, cookie, HELP, &[("id", words), ("en", "Help is here.")]).await;
    assert_eq!(status, 303, "{page}");
}

/// Does something with the draft as its page shows it.
pub(crate) async fn on_draft(world: &World, cookie: &str, deed: &str) -> (u16, String) {
    let (_, page) = get(world, DRAFT, cookie).await;
    let revision = hidden(&page, "revision");
    post(
        world,
        DRAFT,
        cookie,
        &form(&[("deed", deed), ("revision", &revision), ("note", "Mohon diperiksa")]),
    )
    .await
}

async fn clerk(world: &World) -> String {
    officer(world, sample::OFFICE, "isi@contoh.go.id", &[Role::Content]).await
}

async fn head(world: &World, name: &str) -> String {
    officer(world, sample::OFFICE, &format!("{name}@contoh.go.id"), &[Role::Head]).await
}

/// What a citizen is answered to *bantuan* now.
async fn help(world: &World) -> String {
    let office = office_of(world, sample::OFFICE);
    let service = world.app.service.clone();
    let content = service.content();
    content.text(
        content.office(office).unwrap(),
        sigap_core::language::Language::Id,
        "help.info",
        &[],
    )
}

#[tokio::test]
async fn a_change_is_read_after_it_is_published_and_not_before() {
    let world = world().await;
    let (clerk, head) = (clerk(&world).await, head(&world, "kepala").await);
    let (status, page) = get(&world, HERE, &clerk).await;
    assert!(
        status == 200 && page.contains("Tidak ada perubahan yang menunggu"),
        "{page}"
    );
    let before = help(&world).await;
    say_help(&world, &clerk, "Bantuan ada di lantai dua.").await;
    assert_eq!(help(&world).await, before);
    let (_, page) = get(&world, HERE, &clerk).await;
    assert!(page.contains("Konsep berisi 1 perubahan"), "{page}");
    let (_, page) = get(&world, DRAFT, &clerk).await;
    assert!(
        page.contains("<ins>") && page.contains("<del>") && page.contains("help.info"),
        "{page}"
    );
    assert!(!page.contains("Terbitkan sekarang"), "a clerk does not publish");
    assert_eq!(on_draft(&world, &clerk, "publish").await.0, 403);
    assert_eq!(help(&world).await, before);

    let second = world.second_process().await;
    let (status, page) = on_draft(&world, &head, "publish").await;
    assert_eq!(status, 303, "{page}");
    assert_eq!(help(&world).await, "Bantuan ada di lantai dua.");
    assert_eq!(world.asks(SARI, "bantuan").await, "Bantuan ada di lantai dua.");
    // The other process looks each second; here at once.
    let office = office_of(&world, sample::OFFICE);
    second.service.refresh_content(&[office]).await.unwrap();
    let other = second.service.clone();
    let content = other.content();
    let words = content.text(
        content.office(office).unwrap(),
        sigap_core::language::Language::Id,
        "help.info",
        &[],
    );
    assert_eq!(words, "Bantuan ada di lantai dua.");
    second.stop().await;

    // Nobody else's words changed, and the trail has it.
    let elsewhere = content.office_by_slug("jakarta-pusat").unwrap();
    assert_eq!(
        content.text(elsewhere, sigap_core::language::Language::Id, "help.info", &[]),
        before
    );
    let (_, trail) = get(&world, "/staff/sukabumi/jejak", &head).await;
    assert!(
        trail.contains("content changed") && trail.contains("text/help.info") && trail.contains("edition 1: 1 entries"),
        "{trail}"
    );
    let (_, page) = get(&world, HISTORY, &clerk).await;
    assert!(page.contains("Terbitan 1") && page.contains("dibaca warga"), "{page}");
}

#[tokio::test]
async fn where_four_eyes_are_wanted_nobody_publishes_what_they_wrote() {
    let world = world().await;
    let (clerk, head, other) = (
        clerk(&world).await,
        head(&world, "kepala").await,
        head(&world, "wakil").await,
    );
    let settings = "/staff/sukabumi/isi/office/settings";
    assert_eq!(change(&world, &head, settings, &[("four_eyes", "yes")]).await.0, 303);
    assert_eq!(
        on_draft(&world, &head, "publish").await.0,
        303,
        "the rule begins with this edition"
    );
    say_help(&world, &head, "Bantuan ada.").await;
    let (status, page) = on_draft(&world, &head, "publish").await;
    assert!(
        status == 409 && page.contains("orang lain yang menerbitkannya"),
        "{page}"
    );
    let (status, page) = on_draft(&world, &other, "publish").await;
    assert!(status == 409 && page.contains("Ajukan dulu"), "{page}");
    assert_eq!(on_draft(&world, &head, "submit").await.0, 303);
    assert_eq!(on_draft(&world, &head, "publish").await.0, 409);
    let (_, page) = get(&world, DRAFT, &other).await;
    assert!(
        page.contains("Mohon diperiksa") && page.contains("Terbitkan sekarang"),
        "{page}"
    );

    // Whoever changes what was handed in makes it a draft again, and is one of its authors.
    let stale = hidden(&page, "revision");
    say_help(&world, &clerk, "Bantuan ada di sini.").await;
    let sent = form(&[("deed", "publish"), ("revision", &stale)]);
    assert_eq!(post(&world, DRAFT, &other, &sent).await.0, 409);
    assert_eq!(on_draft(&world, &clerk, "submit").await.0, 303);
    assert_eq!(
        on_draft(&world, &clerk, "give_back").await.0,
        403,
        "that is for who approves"
    );
    assert_eq!(on_draft(&world, &other, "give_back").await.0, 303);
    let (_, page) = get(&world, DRAFT, &clerk).await;
    assert!(page.contains("Dikembalikan kepada penulis"), "{page}");
    assert_eq!(on_draft(&world, &clerk, "submit").await.0, 303);
    assert_eq!(on_draft(&world, &other, "publish").await.0, 303);
    assert_eq!(help(&world).await, "Bantuan ada di sini.");
}

#[tokio::test]
async fn a_failing_conversation_blocks_the_publishing_and_says_which() {
    let world = world().await;
    let (clerk, head) = (clerk(&world).await, head(&world, "kepala").await);
    let chat = |wanted: &str, deed: &str, revision: &str| {
        form(&[
            ("title", "Tarif percepatan"),
            ("says0", "berapa biaya"),
            ("wanted0", wanted),
            ("unwanted0", "gratis"),
            ("says1", "menu"),
            ("deed", deed),
            ("revision", revision),
        ])
    };
    let new = format!("{CHATS}/baru");
    let empty = form(&[("title", "Kosong"), ("says0", "halo"), ("deed", "save")]);
    let (status, page) = post(&world, &new, &clerk, &empty).await;
    assert!(
        status == 422 && page.contains("selalu lulus"),
        "a test that cannot fail is none: {page}"
    );
    let (status, page) = post(&world, &new, &clerk, &chat("Rp1.250.000", "try", "0")).await;
    assert!(
        status == 200 && page.contains("Jawaban tidak menyebut: Rp1.250.000"),
        "{page}"
    );
    assert!(page.contains("Rp1.000.000"), "the answer stands beside it: {page}");
    let to = {
        let headers = [
            crate::console::FORM,
            ("cookie", clerk.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        let body = bytes::Bytes::from(chat("RP1.250.000", "save", "0"));
        let response = world.respond(hyper::Method::POST, &new, &headers, body).await;
        assert_eq!(response.status(), 303);
        response.headers()["location"].to_str().unwrap().to_owned()
    };
    say_help(&world, &clerk, "Bantuan ada.").await;
    let (status, page) = on_draft(&world, &head, "publish").await;
    assert!(status == 409 && page.contains("Tarif percepatan"), "{page}");
    assert!(page.contains("Jawaban tidak menyebut: RP1.250.000"), "{page}");

    // The fee itself mends it.
    let fee = [
        ("rupiah", "1.250.000"),
        ("from", "2026-11-01"),
        ("offered", "yes"),
        ("source", "Surat kepala kantor 7/2026"),
        ("checked_on", "2026-11-20"),
        ("owner", "Loket"),
        ("check_again_on", "2027-11-20"),
    ];
    assert_eq!(change(&world, &clerk, FEE, &fee).await.0, 303);
    assert_eq!(on_draft(&world, &head, "publish").await.0, 303);
    let answer = world.app.service.clone();
    let office = answer.content().office_by_slug(sample::OFFICE).unwrap();
    let amount = answer
        .content()
        .catalogue_of(office.id)
        .fee_on("FAST", jiff::civil::date(2026, 11, 25));
    assert_eq!(amount.unwrap().rupiah, 1_250_000);

    // Two colleagues at the same conversation: the later one is told.
    let (_, page) = get(&world, &to, &clerk).await;
    let revision = hidden(&page, "revision");
    assert_eq!(
        post(&world, &to, &clerk, &chat("percepatan", "save", &revision))
            .await
            .0,
        303
    );
    let (status, page) = post(&world, &to, &head, &chat("biaya", "save", &revision)).await;
    assert!(status == 409 && page.contains("mengubah uji ini"), "{page}");
    assert_eq!(post(&world, &to, &clerk, "deed=remove").await.0, 303);
    assert_eq!(get(&world, &to, &clerk).await.0, 404);
}

#[tokio::test]
async fn an_earlier_edition_comes_back_and_the_draft_stays() {
    let world = world().await;
    let (clerk, head) = (clerk(&world).await, head(&world, "kepala").await);
    for words in ["Bantuan satu.", "Bantuan dua."] {
        say_help(&world, &clerk, words).await;
        assert_eq!(on_draft(&world, &head, "publish").await.0, 303);
    }
    // Something else is being written meanwhile.
    let thanks = "/staff/sukabumi/isi/text/thanks.welcome";
    assert_eq!(
        change(
            &world,
            &clerk,
            thanks,
            &[("id", "Sama-sama."), ("en", "You are welcome.")]
        )
        .await
        .0,
        303
    );
    let (_, page) = get(&world, HISTORY, &head).await;
    let row = page.split(">Terbitan 1<").nth(1).unwrap();
    let first = row.split("ke=").nth(1).unwrap().split('"').next().unwrap();
    let (_, page) = get(&world, &format!("{HISTORY}?dari=0&ke={first}"), &clerk).await;
    assert!(
        page.contains("Bantuan satu") && !page.contains("Terbitkan lagi"),
        "{page}"
    );
    let (_, page) = get(&world, &format!("{HISTORY}?dari=0&ke={first}"), &head).await;
    assert!(page.contains("Terbitkan lagi Terbitan 1"), "{page}");
    let sent = form(&[("version", first)]);
    assert_eq!(post(&world, RESTORE, &clerk, &sent).await.0, 403);
    assert_eq!(post(&world, RESTORE, &head, &sent).await.0, 303);
    assert_eq!(help(&world).await, "Bantuan satu.");
    let (_, page) = get(&world, HISTORY, &head).await;
    assert!(page.contains("Terbitan 3"), "{page}");
    // The draft has its own change, and not the words of the edition that was taken back.
    let (_, page) = get(&world, DRAFT, &head).await;
    assert!(page.contains("thanks.welcome") && !page.contains("help.info"), "{page}");
    assert_eq!(on_draft(&world, &head, "publish").await.0, 303);
    assert_eq!(help(&world).await, "Bantuan satu.");
    assert_eq!(on_nothing(&world, &head).await, 409, "nothing is different any more");
}

/// Restores the edition that is read already.
async fn on_nothing(world: &World, cookie: &str) -> u16 {
    let (_, page) = get(world, HISTORY, cookie).await;
    let newest = page.split("ke=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    post(world, RESTORE, cookie, &form(&[("version", &newest)])).await.0
}

#[tokio::test]
async fn the_later_of_two_saves_is_told_what_the_other_changed() {
    let world = world().await;
    let (clerk, head) = (clerk(&world).await, head(&world, "kepala").await);
    let (_, opened) = get(&world, HELP, &clerk).await;
    say_help(&world, &head, "Bantuan dari kepala.").await;
    let mine = |seen: &str| {
        form(&[
            ("seen", seen),
            ("deed", "save"),
            ("id", "Bantuan dari saya."),
            ("en", "Mine."),
        ])
    };
    let (status, page) = post(&world, HELP, &clerk, &mine(&hidden(&opened, "seen"))).await;
    assert_eq!(status, 409);
    assert!(page.contains("mengubah isian ini") && page.contains("kepala"), "{page}");
    assert!(page.contains("Bantuan dari saya."), "nothing is lost: {page}");
    assert_eq!(post(&world, HELP, &clerk, &mine(&hidden(&page, "seen"))).await.0, 303);
    let (_, page) = get(&world, HELP, &head).await;
    assert!(page.contains("Bantuan dari saya."), "{page}");
}

#[tokio::test]
async fn what_is_wrong_is_named_at_its_field_and_nothing_is_kept() {
    let world = world().await;
    let clerk = clerk(&world).await;
    let (status, page) = change(&world, &clerk, HELP, &[("id", "Silahkan {nama}!"), ("en", "")]).await;
    assert_eq!(status, 422);
    for words in [
        "Tidak ada nilai untuk {nama}",
        "silahkan",
        "tanda seru",
        "Belum diisi",
        "aria-invalid",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let (status, page) = change(
        &world,
        &clerk,
        "/staff/sukabumi/isi/office/hours",
        &[("monday", "8-12"), ("source", "x"), ("checked_on", "kemarin")],
    )
    .await;
    assert!(status == 422 && page.contains("08:00-12:00, 13:00-16:00"), "{page}");
    let (_, page) = get(&world, HERE, &clerk).await;
    assert!(page.contains("Tidak ada perubahan yang menunggu"), "{page}");
    for nowhere in ["text/no.such", "fee/XX", "weather/x", "opening/simpatik.kemarin"] {
        assert_eq!(
            get(&world, &format!("{HERE}/{nowhere}"), &clerk).await.0,
            404,
            "{nowhere}"
        );
    }
    // A draw that was announced stays as it is.
    let draw = sample::draw_day(jiff::civil::date(2026, 11, 25));
    let opening = format!("{HERE}/opening/simpatik.{draw}");
    let (_, page) = get(&world, &opening, &clerk).await;
    let sent = form(&[("seen", &hidden(&page, "seen")), ("deed", "remove")]);
    let (status, page) = post(&world, &opening, &clerk, &sent).await;
    assert!(status == 422 && page.contains("tidak bisa diubah lagi"), "{page}");
}

#[tokio::test]
async fn the_preview_follows_the_typing_and_keeps_nothing() {
    let world = world().await;
    let clerk = clerk(&world).await;
    let headers = [
        crate::console::FORM,
        ("cookie", clerk.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("x-parts", "1"),
    ];
    let body = bytes::Bytes::from(form(&[("id", "Bantuan *ada*."), ("en", "x")]));
    let (status, parts) = world.request(hyper::Method::POST, HELP, &headers, body).await;
    assert_eq!(status, 200);
    let parts: serde_json::Value = serde_json::from_str(&parts).unwrap();
    let html = parts["preview"].as_str().unwrap();
    assert!(
        html.contains("<strong>ada</strong>") && html.contains("14 dari 1.024 karakter"),
        "{html}"
    );
    let (_, page) = get(&world, HERE, &clerk).await;
    assert!(page.contains("Tidak ada perubahan yang menunggu"), "{page}");
}

/// A version as some program published it, with entries that this one may not know.
async fn publish_directly(world: &World, office: OfficeId, patches: &[(&str, &[(&str, &str)])]) {
    let now = world.clock.now();
    let patches = patches.iter().map(|(key, fields)| {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let patch = Patch {
            fields: Some(fields),
            by: StaffId(1),
            at: now,
        };
        (EntryKey::parse(key).unwrap(), patch)
    });
    let content = VersionContent {
        overlay: Overlay {
            patches: patches.collect(),
        },
        ..VersionContent::default()
    };
    let row = ContentVersionRow {
        head: ContentVersionHead {
            id: ContentVersionId(1),
            state: VersionState::Published,
            edition: Some(1),
            revision: 1,
            author: StaffId(1),
            approver: Some(StaffId(1)),
            made_at: now,
            changed_at: now,
            published_at: Some(now),
            base: "5a".into(),
        },
        content: content.to_stored(),
    };
    write(&*world.store(), office, move |tx| {
        tx.insert_content_version(office, &row)
    })
    .await
    .unwrap();
    world.app.service.refresh_content(&[office]).await.unwrap();
}

#[tokio::test]
async fn after_an_upgrade_changes_that_do_not_fit_are_left_out_and_named() {
    let world = world().await;
    let clerk = clerk(&world).await;
    let office = office_of(&world, sample::OFFICE);
    publish_directly(
        &world,
        office,
        &[
            ("text/help.info", &[("id", "Bantuan ada."), ("en", "Help.")]),
            ("text/help.gone", &[("id", "Sudah tidak ada."), ("en", "Gone.")]),
            ("fee/XX99", &[("rupiah", "1")]),
        ],
    )
    .await;
    assert_eq!(help(&world).await, "Bantuan ada.");
    let live = world.app.service.live();
    let broken: Vec<String> = live.broken.iter().map(|patch| patch.key.to_string()).collect();
    assert_eq!(broken, ["text/help.gone", "fee/XX99"]);
    let (_, page) = get(&world, HERE, &clerk).await;
    assert!(
        page.contains("tidak cocok lagi") && page.contains("help.gone"),
        "{page}"
    );
    // A process that starts over it serves.
    let second = world.second_process().await;
    assert_eq!(second.service.live().broken.len(), 2);
    second.stop().await;
}

#[tokio::test]
async fn a_fact_whose_day_has_come_is_not_told_any_more_and_stands_on_the_first_page() {
    let world = world().await;
    let clerk = clerk(&world).await;
    let office = office_of(&world, sample::OFFICE);
    let ground = [
        ("source", "Surat 7/2026"),
        ("checked_on", "2026-11-01"),
        ("check_again_on", "2026-11-26"),
    ];
    let place = [&[("id", "di lantai dua"), ("en", "on the second floor")], &ground[..]].concat();
    publish_directly(&world, office, &[("fact/helpdesk_place", &place)]).await;
    let told = || {
        let service = world.app.service.clone();
        let content = service.content();
        let office = content.office(office).unwrap();
        content.text(office, sigap_core::language::Language::Id, "helpdesk.info", &[])
    };
    assert!(told().contains("di lantai dua"), "{}", told());
    let (_, page) = get(&world, "/staff/sukabumi", &clerk).await;
    assert!(!page.contains("Fakta yang perlu diperiksa lagi"), "{page}");
    world.clock.set(world.clock.now() + SignedDuration::from_hours(24));
    world.app.service.refresh_content(&[office]).await.unwrap();
    assert!(
        told().contains("pastikan dulu ke kantor") && !told().contains("lantai dua"),
        "{}",
        told()
    );
    let clerk = officer(&world, sample::OFFICE, "lain@contoh.go.id", &[Role::Content]).await;
    let (_, page) = get(&world, "/staff/sukabumi", &clerk).await;
    assert!(page.contains("Fakta yang perlu diperiksa lagi: 1"), "{page}");
    let (_, page) = get(&world, HERE, &clerk).await;
    assert!(
        page.contains("Letak meja bantuan") && page.contains("26 November 2026"),
        "{page}"
    );
}
