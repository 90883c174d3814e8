//! Figures over the wire: a day is counted from what people did, days become months at midnight of the office, files are safe to open, and
//! everybody sees what everybody may see.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Method;
use sigap_content::sample;
use sigap_core::staff::Role;

use crate::console::{OTHER, get, office_of, officer, post, world};
use crate::world::{SARI, World};

/// What stands in a row of a page's table, tags left out.
fn row(page: &str, name: &str) -> Vec<String> {
    let start = page
        .find(&format!("<tr><th scope=\"row\">{name}</th>"))
        .unwrap_or_else(|| panic!("no row {name}: {page}"));
    let end = start + page[start..].find("</tr>").unwrap();
    page[start..end]
        .split("<td>")
        .skip(1)
        .map(|cell| cell.split("</td>").next().unwrap().to_owned())
        .collect()
}

/// A headline of a page.
fn headline(page: &str, name: &str) -> String {
    let start = page
        .find(&format!("<dt>{name}</dt><dd"))
        .unwrap_or_else(|| panic!("no headline {name}: {page}"));
    let value = page[start..].split("<dd").nth(1).unwrap().split('>').nth(1).unwrap();
    value.split('<').next().unwrap().to_owned()
}

/// Gives a number for collecting a passport.
async fn come(world: &World, counter: &str, tap: &str) {
    let (status, page) = post(
        world,
        "/staff/sukabumi/nomor",
        counter,
        &format!("tap={tap}&line=pickup"),
    )
    .await;
    assert!(status < 400, "{page}");
}

async fn next(world: &World, counter: &str, tap: &str) {
    let (status, page) = post(
        world,
        "/staff/sukabumi/loket/4",
        counter,
        &format!("tap={tap}&deed=next"),
    )
    .await;
    assert!(status < 400, "{page}");
}

/// Turns the clock and has every day counted that is over by then.
async fn turn_to(world: &World, now: &str) {
    world.clock.set(now.parse().unwrap());
    for slug in [sample::OFFICE, OTHER] {
        let office = office_of(world, slug);
        while world.app.service.run_jobs(office).await.unwrap() > 0 {}
    }
}

#[tokio::test]
async fn today_is_counted_from_what_people_did_so_far() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (status, page) = get(&world, "/staff/sukabumi/angka", &head).await;
    assert_eq!(
        (status, headline(&page, "Kunjungan").as_str()),
        (200, "0"),
        "kept, and nobody came"
    );
    assert_eq!(
        headline(&page, "Sembilan dari sepuluh menunggu paling lama"),
        "tidak ada data"
    );
    for tap in ["a", "b", "c"] {
        come(&world, &counter, tap).await;
    }
    world.pass(7 * 60);
    next(&world, &counter, "d").await;
    world.pass(5 * 60);
    next(&world, &counter, "e").await;
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Berkas saya hilang").await;
    let (_, page) = get(&world, "/staff/sukabumi/angka", &head).await;
    assert_eq!(headline(&page, "Kunjungan"), "3");
    assert_eq!(
        row(&page, "Ambil paspor")[..2],
        ["3", "1"],
        "one at the counter, one waits"
    );
    assert_eq!(row(&page, "Tanpa janji"), ["2", "8 menit", "12 menit"]);
    assert_eq!(row(&page, "Orang yang menulis"), ["1"]);
    assert_eq!(headline(&page, "Bagian yang dijawab tanpa petugas"), "0%");
    assert!(
        page.contains("Hari ini belum selesai") && page.contains("<svg class=\"chart\""),
        "{page}"
    );
    let (_, page) = get(&world, "/staff/sukabumi/angka?lang=en", &head).await;
    assert_eq!(headline(&page, "Visits"), "3");
    assert!(!page.contains("style="), "styles come from files alone");
}

#[tokio::test]
async fn a_day_ends_at_midnight_of_the_office_and_so_does_a_month() {
    let world = world().await;
    // Half past eleven in the evening of the last day of November in Sukabumi, and half past midnight of the next.
    turn_to(&world, "2026-11-30T16:30:00Z").await;
    world.asks(SARI, "halo").await;
    turn_to(&world, "2026-11-30T17:20:00Z").await;
    world.asks(SARI, "biaya").await;
    world.asks("bayu", "halo").await;
    turn_to(&world, "2026-12-01T17:31:00Z").await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    for (period, messages, people) in [
        ("2026-11-30", "1", "1"),
        ("2026-12-01", "2", "2"),
        ("2026-11", "1", "1"),
        ("2026", "3", "3"),
    ] {
        let (status, page) = get(&world, &format!("/staff/sukabumi/angka/{period}"), &head).await;
        assert_eq!(status, 200);
        assert_eq!(row(&page, "Pesan masuk"), [messages], "{period}");
        assert_eq!(row(&page, "Orang yang menulis"), [people], "{period}");
    }
    let (_, page) = get(&world, "/staff/sukabumi/angka/2026-12", &head).await;
    assert!(
        page.contains("Dihitung sampai Selasa, 1 Desember 2026. Jumlah hari: 1. Waktu ini belum selesai."),
        "{page}"
    );
    let (_, page) = get(&world, "/staff/sukabumi/angka/2026-11", &head).await;
    assert!(
        page.contains("Dihitung sampai Senin, 30 November 2026. Jumlah hari: 6."),
        "{page}"
    );
}

#[tokio::test]
async fn a_visit_that_nobody_ended_is_counted_as_the_end_of_the_day_decides() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    for tap in ["a", "b"] {
        come(&world, &counter, tap).await;
    }
    next(&world, &counter, "c").await;
    turn_to(&world, "2026-11-25T17:31:00Z").await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (_, page) = get(&world, "/staff/sukabumi/angka/2026-11-25", &head).await;
    assert_eq!(row(&page, "Ambil paspor"), ["2", "1", "1", "0"]);
    let (_, month) = get(&world, "/staff/sukabumi/angka/2026-11", &head).await;
    assert_eq!(row(&month, "Ambil paspor"), ["2", "1", "1", "0"]);
    assert_eq!(row(&month, "Rab, 25 Nov")[..2], ["2", "1"]);
    // Counted once, however often the job is there.
    turn_to(&world, "2026-11-25T17:51:00Z").await;
    let (_, again) = get(&world, "/staff/sukabumi/angka/2026-11", &head).await;
    assert_eq!(row(&again, "Ambil paspor"), ["2", "1", "1", "0"]);
}

#[tokio::test]
async fn an_office_without_anything_says_so_and_a_wrong_time_is_nowhere() {
    let world = world().await;
    let head = officer(&world, OTHER, "kepala@contoh.go.id", &[Role::Head]).await;
    let at = |rest: &str| format!("/staff/{OTHER}/angka{rest}");
    let (status, page) = get(&world, &at("/2026-10"), &head).await;
    assert!(
        status == 200 && page.contains("Belum ada angka untuk waktu ini"),
        "{page}"
    );
    let (_, today) = get(&world, &at(""), &head).await;
    assert_eq!(
        headline(&today, "Kunjungan"),
        "tidak ada data",
        "no hall: not kept, which is not nought"
    );
    for wrong in [
        "/2026-13",
        "/2026-10.doc",
        "/2026-10-01.pdf",
        "/2026.pdf",
        "/..",
        "/x",
        "/2026-10.csv.csv",
    ] {
        assert_eq!(get(&world, &at(wrong), &head).await.0, 404, "{wrong}");
    }
    for (asked, leads) in [
        ("?bulan=2026-10", "/2026-10"),
        ("?tahun=2026", "/2026"),
        ("?hari=2026-10-05", "/2026-10-05"),
        ("?bulan=x", ""),
    ] {
        let response = world
            .respond(Method::GET, &at(asked), &[("cookie", &head)], Bytes::new())
            .await;
        assert_eq!(response.status(), 303);
        assert_eq!(response.headers()["location"], at(leads));
    }
}

#[tokio::test]
async fn files_are_named_and_hold_the_same_figures() {
    let world = world().await;
    world.asks(SARI, "halo").await;
    turn_to(&world, "2026-11-25T17:31:00Z").await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    for (ending, kind, start) in [
        (
            "csv",
            "text/csv; charset=utf-8",
            &b"\xef\xbb\xbfAngka kantor: November 2026;"[..],
        ),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
        ("pdf", "application/pdf", b"%PDF-1.7"),
    ] {
        let path = format!("/staff/sukabumi/angka/2026-11.{ending}");
        let response = world
            .respond(Method::GET, &path, &[("cookie", &head)], Bytes::new())
            .await;
        assert_eq!(response.status(), 200, "{ending}");
        assert_eq!(response.headers()["content-type"], kind);
        let named = response.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(
            named.ends_with(&format!("filename=\"angka-sukabumi-2026-11.{ending}\"")),
            "{named}"
        );
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert!(body.starts_with(start), "{ending}");
        if ending == "csv" {
            let text = String::from_utf8(body.to_vec()).unwrap();
            assert!(text.contains("\r\nPesan masuk;1\r\n"), "{text}");
            for field in text.split(['\n', ';']) {
                assert!(!field.starts_with(['=', '+', '-', '@']), "{field}");
            }
        }
        let foreign = officer(&world, OTHER, &format!("{ending}@contoh.go.id"), &[Role::Head]).await;
        let refused = get(&world, &path, &foreign).await.0;
        assert_eq!(refused, 303, "another office's head is asked to sign in here");
    }
}

#[tokio::test]
async fn the_directorate_sees_all_offices_and_nobody_else_does() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    come(&world, &counter, "a").await;
    turn_to(&world, "2026-11-25T17:31:00Z").await;
    for (role, status) in [(Role::Head, 403), (Role::Auditor, 403), (Role::Directorate, 200)] {
        let email = format!("{}@contoh.go.id", role.name());
        let cookie = officer(&world, sample::OFFICE, &email, &[role]).await;
        let (answer, page) = get(&world, "/staff/sukabumi/angka/nasional?urut=visits", &cookie).await;
        assert_eq!(answer, status, "{role:?}");
        if status == 200 {
            let name = "<a class=\"target\" href=\"/o/sukabumi/angka\">";
            let at = page.find(name).unwrap_or_else(|| panic!("{page}"));
            let cells: Vec<&str> = page[at..]
                .split("<td>")
                .skip(1)
                .take(7)
                .map(|cell| cell.split('<').next().unwrap())
                .collect();
            assert_eq!(
                cells,
                [
                    "1",
                    "tidak ada data",
                    "tidak ada data",
                    "0%",
                    "0",
                    "tidak ada data",
                    "0"
                ]
            );
            assert!(
                page.contains("aria-sort=\"descending\"") && page.contains("Kantor lain tanpa angka"),
                "{page}"
            );
            let other = format!("/o/{OTHER}/angka");
            assert!(
                !page.contains(&other),
                "nothing was ever counted there: it is told among the others"
            );
            let (_, empty) = get(&world, "/staff/sukabumi/angka/nasional/2020-01", &cookie).await;
            assert!(empty.contains("Belum ada kantor dengan angka"), "{empty}");
        }
    }
}

#[tokio::test]
async fn everybody_sees_no_small_number_and_nobody_s_data() {
    let world = world().await;
    let (status, page) = get(&world, "/o/sukabumi/angka", "").await;
    assert!(
        status == 200 && page.contains("Belum ada angka untuk bulan ini"),
        "{page}"
    );
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    for tap in ["a", "b", "c", "d"] {
        come(&world, &counter, tap).await;
    }
    // November is told when it is over: a page that grew day by day would give each day away.
    turn_to(&world, "2026-11-25T17:31:00Z").await;
    assert_eq!(get(&world, "/o/sukabumi/angka/2026-11", "").await.0, 404);
    turn_to(&world, "2026-11-30T17:31:00Z").await;
    let (_, page) = get(&world, "/o/sukabumi/angka", "").await;
    assert_eq!(row(&page, "Kunjungan"), ["kurang dari 5"]);
    let counter = officer(&world, sample::OFFICE, "budi@contoh.go.id", &[Role::Counter]).await;
    for tap in 0..12 {
        come(&world, &counter, &format!("come{tap}")).await;
    }
    for tap in 0..13 {
        next(&world, &counter, &format!("next{tap}")).await;
    }
    turn_to(&world, "2026-12-31T17:31:00Z").await;
    let (_, page) = get(&world, "/o/sukabumi/angka?lang=en", "").await;
    assert_eq!(row(&page, "Visits"), ["12"]);
    assert_eq!(row(&page, "Half waited at most"), ["1 minute"]);
    assert_eq!(row(&page, "Nine of ten waited at most"), ["too few to tell"]);
    assert_eq!(row(&page, "Satisfaction index (IKM)"), ["no figures"]);
    assert!(
        page.contains("/o/sukabumi/undian/simpatik/") && page.contains("not drawn yet"),
        "{page}"
    );
    assert!(page.len() < 12_000, "{}", page.len());
    for wrong in [
        "/o/sukabumi/angka/2026",
        "/o/sukabumi/angka/2026-11-25",
        "/o/nowhere/angka",
        "/o/sukabumi/angka/x",
    ] {
        assert_eq!(get(&world, wrong, "").await.0, 404, "{wrong}");
    }
}
