//! Reports over the wire: the page of an officer, the key of a program, and a citizen who asked to be told.

use bytes::Bytes;
use hyper::Method;
use jiff::SignedDuration;
use serde_json::Value;
use sigap_actions::api_keys::NewApiKey;
use sigap_actions::ports::Clock;
use sigap_core::outward::Scope;
use sigap_core::staff::Role;

use crate::console::{get, officer, post};
use crate::world::{SARI, World};

const OFFICE: &str = "jakarta-pusat";
const OTHER: &str = "sukabumi";
const PAGE: &str = "/staff/jakarta-pusat/laporan";
const API: &str = "/api/v1/offices/jakarta-pusat/reports";
const HEAD: &str = "NOMOR PEMOHON;NAMA PEMOHON;TANGGAL PERMOHONAN;";
const ONE: &str = "1179000000777001";
const TWO: &str = "1179000000777002";

fn interview(numbers: &[&str]) -> String {
    report("LAPORAN WAWANCARA", "TANGGAL WAWANCARA", numbers, "23-11-2026")
}

fn printing(numbers: &[&str]) -> String {
    report("LAPORAN PENCETAKAN", "TANGGAL PENCETAKAN", numbers, "30-11-2026")
}

fn report(title: &str, column: &str, numbers: &[&str], day: &str) -> String {
    let rows: String = numbers
        .iter()
        .map(|number| {
            format!(
                "{number};CONTOH {};20-11-2026;{day}\n",
                number.get(12..).unwrap_or_default()
            )
        })
        .collect();
    format!("{title}\n{HEAD}{column}\n{rows}")
}

/// The files of a form as a browser sends them.
fn form(files: &[(&str, &[u8])]) -> Bytes {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n\r\n".to_vec();
    for (name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    body.into()
}

/// Sends files; the status, where it leads, and what it says.
async fn upload(world: &World, cookie: &str, files: &[(&str, &[u8])]) -> (u16, String, String) {
    use http_body_util::BodyExt;
    let headers = [
        ("content-type", "multipart/form-data; boundary=x"),
        ("cookie", cookie),
        ("sec-fetch-site", "same-origin"),
    ];
    let response = world.respond(Method::POST, PAGE, &headers, form(files)).await;
    let status = response.status().as_u16();
    let to = response
        .headers()
        .get("location")
        .map(|to| to.to_str().unwrap().to_owned());
    let page = response.into_body().collect().await.unwrap().to_bytes();
    (
        status,
        to.unwrap_or_default(),
        String::from_utf8_lossy(&page).into_owned(),
    )
}

fn reports_key(label: &str) -> NewApiKey {
    NewApiKey {
        label: label.into(),
        scopes: vec![Scope::Reports],
        per_hour: 3_600,
    }
}

async fn head(world: &World) -> String {
    officer(world, OFFICE, "kepala@contoh.go.id", &[Role::Head]).await
}

/// How often a row of the counts says so many.
fn counts(page: &str) -> Vec<u32> {
    let table = page.split("<tbody>").nth(1).unwrap();
    let cells = table.split("</th><td>").skip(1);
    cells
        .take(4)
        .map(|cell| cell.split('<').next().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test]
async fn a_report_changes_nothing_until_it_is_applied_and_then_once() {
    let world = World::new().await;
    let cookie = head(&world).await;
    let (_, page) = get(&world, PAGE, &cookie).await;
    assert!(page.contains("Belum ada laporan"), "{page}");
    let first = interview(&[ONE, TWO, "12345", ONE]);
    let (status, to, _) = upload(&world, &cookie, &[("laporan.csv", first.as_bytes())]).await;
    assert_eq!(status, 303);
    assert!(to.starts_with(&format!("{PAGE}/")), "{to}");
    let (status, page) = get(&world, &to, &cookie).await;
    assert_eq!(status, 200);
    assert_eq!(counts(&page), [2, 0, 0, 2]);
    assert!(
        page.contains("Laporan Wawancara") && page.contains("23 November 2026"),
        "{page}"
    );
    assert!(
        page.contains("tidak 16 angka") && page.contains("Sama dengan baris 3"),
        "{page}"
    );
    assert!(!page.contains(ONE) && !page.contains("CONTOH"), "{page}");
    let office = world.office.id;
    assert_eq!(world.app.service.count_applications(office).await, Ok(0));

    // Two taps, and the second one when it is done already.
    for _ in 0..2 {
        assert_eq!(post(&world, &to, &cookie, "deed=apply").await.0, 303);
    }
    let (_, page) = get(&world, &to, &cookie).await;
    assert!(
        page.contains("http-equiv=\"refresh\"") && page.contains("Sedang diterapkan"),
        "{page}"
    );
    world.keep_house().await;
    assert_eq!(post(&world, &to, &cookie, "deed=apply").await.0, 303);
    world.keep_house().await;
    let (_, page) = get(&world, &to, &cookie).await;
    assert!(
        page.contains("Laporan sudah diterapkan") && !page.contains("http-equiv"),
        "{page}"
    );
    assert_eq!(counts(&page), [2, 0, 0, 2]);
    assert_eq!(world.app.service.count_applications(office).await, Ok(2));
    let (_, page) = get(&world, PAGE, &cookie).await;
    assert_eq!(page.matches(">Contoh</td>").count(), 1, "one import, by whom: {page}");
    let (_, trail) = get(&world, "/staff/jakarta-pusat/jejak", &cookie).await;
    assert_eq!(trail.matches("report applied").count(), 1, "{trail}");
    assert!(
        trail.contains("wawancara: 2 new, 0 moved on, 0 unchanged, 2 refused"),
        "{trail}"
    );

    // The same file again, and an older one.
    let (_, to, _) = upload(&world, &cookie, &[("lagi.csv", first.as_bytes())]).await;
    let (_, page) = get(&world, &to, &cookie).await;
    assert!(
        page.contains("sudah pernah diterapkan") && page.contains("Tidak ada yang berubah"),
        "{page}"
    );
    assert!(!page.contains("value=\"apply\""), "{page}");
    assert_eq!(post(&world, &to, &cookie, "deed=drop").await.0, 303);
    assert_eq!(get(&world, &to, &cookie).await.0, 404);
}

#[tokio::test]
async fn several_reports_come_at_once_and_each_has_its_page() {
    let world = World::new().await;
    let cookie = head(&world).await;
    let (one, two) = (interview(&[ONE]), printing(&[ONE]));
    let files: [(&str, &[u8]); 2] = [("satu.csv", one.as_bytes()), ("dua.csv", two.as_bytes())];
    let (status, to, _) = upload(&world, &cookie, &files).await;
    assert_eq!((status, to.as_str()), (303, PAGE));
    let (_, page) = get(&world, PAGE, &cookie).await;
    assert!(page.contains("satu.csv") && page.contains("dua.csv"), "{page}");
    // One good file among bad ones is kept, and the others are told by name.
    let files: [(&str, &[u8]); 2] = [("tiga.csv", one.as_bytes()), ("foto.png", b"\x89PNG\r\n\x1a\n\0\0")];
    let (status, _, page) = upload(&world, &cookie, &files).await;
    assert_eq!(status, 422);
    assert!(
        page.contains("<strong>foto.png</strong>") && page.contains("tiga.csv"),
        "{page}"
    );
}

#[tokio::test]
async fn a_hostile_or_mistaken_file_is_told_kindly_and_kept_nowhere() {
    let world = World::new().await;
    let cookie = head(&world).await;
    let large = vec![b' '; 17 * 1024 * 1024];
    let late = format!("{HEAD}\n");
    let no_number = "NAMA PEMOHON;TANGGAL LAHIR\nCONTOH;01-01-1990\n";
    let no_title = format!("{HEAD}\n{ONE};CONTOH;20-11-2026\n");
    let cases: [(&str, &[u8], &str); 9] = [
        ("kosong.xlsx", b"", "Berkasnya kosong"),
        (
            "<script>alert(1)</script>.xlsx",
            b"PK\x03\x04rusak",
            "rusak atau memakai kata sandi",
        ),
        (
            "laporan.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            "rusak atau memakai kata sandi",
        ),
        ("laporan.xls", b"<html><table></table></html>", "halaman web"),
        ("laporan.pdf", b"%PDF-1.7", "bukan lembar kerja"),
        ("besar.csv", &large, "lebih dari 16 MB"),
        (
            "tanpa.csv",
            no_number.as_bytes(),
            "Kolom NOMOR PEMOHON atau NO PERMOHONAN tidak ada",
        ),
        ("mana.csv", no_title.as_bytes(), "tidak menyebut jenis laporannya"),
        ("../../etc/passwd", late.as_bytes(), "tidak menyebut jenis laporannya"),
    ];
    for (name, bytes, told) in cases {
        let (status, _, page) = upload(&world, &cookie, &[(name, bytes)]).await;
        assert_eq!(status, 422, "{name}");
        assert!(page.contains(told), "{name}: {page}");
        assert!(!page.contains("<script>alert") && !page.contains("../"), "{page}");
    }
    let (status, _, page) = upload(&world, &cookie, &[]).await;
    assert!(status == 422 && page.contains("Pilih berkas"), "{page}");
    let (status, page) = world
        .request(
            Method::POST,
            PAGE,
            &[
                ("content-type", "multipart/form-data; boundary=x"),
                ("cookie", cookie.as_str()),
            ],
            Bytes::from("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\nhalf"),
        )
        .await;
    assert!(status == 422 && page.contains("terputus"), "{status} {page}");
    let (_, page) = get(&world, PAGE, &cookie).await;
    assert!(!page.contains("<tbody><tr><th"), "nothing waits: {page}");
}

#[tokio::test]
async fn the_report_of_another_office_is_recognised() {
    let world = World::new().await;
    let elsewhere = officer(&world, OTHER, "lain@contoh.go.id", &[Role::Head]).await;
    let cookie = head(&world).await;
    let report = interview(&[ONE, TWO]);
    let key = world
        .app
        .service
        .make_api_key(world.other, None, reports_key("uji"))
        .await
        .unwrap()
        .unwrap();
    let bearer = format!("Bearer {}", key.1);
    let taken = api(&world, "/api/v1/offices/sukabumi/reports", &bearer, &report).await;
    assert_eq!(taken.0, 200);
    let (_, to, _) = upload(&world, &cookie, &[("laporan.csv", report.as_bytes())]).await;
    let (_, page) = get(&world, &to, &cookie).await;
    assert_eq!(counts(&page), [0, 0, 0, 2]);
    assert!(page.contains("milik kantor lain"), "{page}");
    // A page of one office leads nowhere at another.
    let there = to.replace(OFFICE, OTHER);
    assert_eq!(get(&world, &there, &elsewhere).await.0, 404);
    assert_eq!(get(&world, &to, &elsewhere).await.0, 303);
}

#[tokio::test]
async fn a_report_that_nobody_applies_is_forgotten_after_a_day() {
    let world = World::new().await;
    let cookie = head(&world).await;
    let report = interview(&[ONE]);
    let (_, to, _) = upload(&world, &cookie, &[("laporan.csv", report.as_bytes())]).await;
    world.clock.set(world.clock.now() + SignedDuration::from_hours(25));
    let cookie = officer(&world, OFFICE, "lagi@contoh.go.id", &[Role::It]).await;
    let (status, page) = get(&world, &to, &cookie).await;
    assert!(status == 404 && page.contains("Unggah berkasnya sekali lagi"), "{page}");
    assert_eq!(post(&world, &to, &cookie, "deed=apply").await.0, 404);
    world.keep_house().await;
    assert_eq!(world.app.service.count_applications(world.office.id).await, Ok(0));
    let id = sigap_core::ids::UploadId(to.rsplit('/').next().unwrap().parse().unwrap());
    let office = world.office.id;
    let store = world.store();
    let left = sigap_store::write(&*store, office, move |tx| {
        Ok((tx.list_uploads(office, 9)?.len(), tx.take_upload_part(office, id, 0)?))
    });
    assert_eq!(left.await, Ok((0, None)), "swept with its rows");
}

async fn api(world: &World, path: &str, bearer: &str, body: &str) -> (u16, Value) {
    let headers = [("authorization", bearer)];
    let (status, text) = world
        .request(Method::POST, path, &headers, Bytes::from(body.to_owned()))
        .await;
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_program_hands_in_a_report_with_the_key_of_its_office() {
    let world = World::new().await;
    let office = world.office.id;
    let (id, key) = world
        .app
        .service
        .make_api_key(office, None, reports_key("komputer"))
        .await
        .unwrap()
        .unwrap();
    let elsewhere = world
        .app
        .service
        .make_api_key(world.other, None, reports_key("lain"))
        .await
        .unwrap()
        .unwrap();
    assert!(!world.files_hold(&key), "the key itself is not kept");
    let report = interview(&[ONE, "12345"]);
    let bearer = format!("Bearer {key}");
    for wrong in [
        "",
        "Bearer",
        "Bearer sigap_x",
        &format!("Basic {key}"),
        &format!("Bearer {}", elsewhere.1),
    ] {
        let (status, told) = api(&world, API, wrong, &report).await;
        assert_eq!((status, told["status"].as_u64()), (401, Some(401)), "{wrong}");
        assert!(told["detail"].as_str().unwrap().contains("api-key add"));
    }
    let (status, told) = api(&world, &format!("{API}?dry_run=true"), &bearer, &report).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&told["new"], &told["dry_run"], &told["report"]),
        (&1.into(), &true.into(), &"wawancara".into())
    );
    assert_eq!(world.app.service.count_applications(office).await, Ok(0));
    for expected in [[1, 0], [0, 1]] {
        let (status, told) = api(&world, API, &bearer, &report).await;
        assert_eq!(
            (status, &told["new"], &told["unchanged"]),
            (200, &expected[0].into(), &expected[1].into())
        );
        assert_eq!(told["refused_rows"][0]["row"], 4);
        assert!(
            told["refused_rows"][0]["reason"]
                .as_str()
                .unwrap()
                .contains("16 digits")
        );
        assert_eq!(told["newest_day"], "2026-11-23");
        assert!(!told.to_string().contains(ONE) && !told.to_string().contains("CONTOH"));
    }
    let (status, told) = api(&world, API, &bearer, "<html></html>").await;
    assert_eq!(
        (status, told["title"].as_str()),
        (422, Some("The report cannot be read"))
    );
    let (status, _) = api(&world, &format!("{API}?report=lain"), &bearer, &report).await;
    assert_eq!(status, 400);
    let (status, told) = api(&world, "/api/v1/offices/bulan/reports", &bearer, &report).await;
    assert_eq!((status, told["status"].as_u64()), (404, Some(404)));
    let large = " ".repeat(16 * 1024 * 1024 + 1);
    assert_eq!(api(&world, API, &bearer, &large).await.0, 413);

    let mut last = 0;
    for _ in 0..60 {
        last = api(&world, &format!("{API}?report=x"), &bearer, "").await.0;
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429, "a key comes only so often");
    world.clock.set(world.clock.now() + SignedDuration::from_hours(1));
    assert_eq!(api(&world, API, &bearer, &report).await.0, 200);
    assert_eq!(world.app.service.revoke_api_key(office, None, id).await, Ok(true));
    assert_eq!(api(&world, API, &bearer, &report).await.0, 401);
}

#[tokio::test]
async fn whoever_asked_for_it_is_told_once_of_each_change_and_not_at_night() {
    let world = World::new().await;
    let key = world
        .app
        .service
        .make_api_key(world.office.id, None, reports_key("uji"))
        .await
        .unwrap()
        .unwrap();
    let bearer = format!("Bearer {}", key.1);
    assert_eq!(api(&world, API, &bearer, &interview(&[ONE])).await.0, 200);
    world.asks(SARI, ONE).await;
    world.taps(SARI, "status.follow");
    world.settle().await;
    let told = world.answers(SARI).len();
    assert!(
        world.answers(SARI)[told - 1].contains("Kami kabari"),
        "{:?}",
        world.answers(SARI)
    );

    // Two reports within minutes are one message, and the same ones again are none.
    let allocation = report("LAPORAN ALOKASI", "TANGGAL ALOKASI", &[ONE], "24-11-2026");
    for again in 0..2 {
        assert_eq!(api(&world, API, &bearer, &allocation).await.0, 200);
        assert_eq!(api(&world, API, &bearer, &printing(&[ONE])).await.0, 200);
        world.pass(if again == 0 { 400 } else { 7_200 });
        world.keep_house().await;
        world.settle().await;
        assert_eq!(world.answers(SARI).len(), told + 1, "{:?}", world.answers(SARI));
    }
    assert!(world.answers(SARI)[told].contains("Status permohonan Anda berubah"));

    // In the evening there is news; it waits for the morning.
    let evening: jiff::Timestamp = "2026-12-01T14:00:00Z".parse().unwrap();
    world.clock.set(evening);
    world.asks(SARI, "menu").await;
    let before = world.answers(SARI).len();
    let issue = report("LAPORAN PENERBITAN", "TANGGAL PENERBITAN", &[ONE], "30-11-2026");
    assert_eq!(api(&world, API, &bearer, &issue).await.0, 200);
    world.pass(3_600);
    world.keep_house().await;
    world.settle().await;
    assert_eq!(world.answers(SARI).len(), before);
    world.clock.set("2026-12-02T00:01:00Z".parse().unwrap());
    world.keep_house().await;
    world.settle().await;
    assert_eq!(world.answers(SARI).len(), before + 1, "{:?}", world.answers(SARI));
    // Nothing moves it any more: the wish is over.
    let office = world.office.id;
    let left = sigap_store::read(&*world.store(), move |tx| tx.list_moved(office, 9)).await;
    assert_eq!(left, Ok(Vec::new()));
}

#[tokio::test]
async fn a_wish_is_ended_the_way_it_was_made() {
    let world = World::new().await;
    let key = world
        .app
        .service
        .make_api_key(world.office.id, None, reports_key("uji"))
        .await
        .unwrap()
        .unwrap();
    let bearer = format!("Bearer {}", key.1);
    api(&world, API, &bearer, &interview(&[ONE, TWO])).await;
    for number in [ONE, TWO] {
        world.asks(SARI, number).await;
        world.taps(SARI, "status.follow");
        world.settle().await;
    }
    world.taps(SARI, "status.unfollow");
    world.settle().await;
    world.asks(SARI, "stop").await;
    let before = world.answers(SARI).len();
    api(&world, API, &bearer, &printing(&[ONE, TWO])).await;
    world.pass(400);
    world.keep_house().await;
    world.settle().await;
    assert_eq!(
        world.answers(SARI).len(),
        before,
        "one wish is ended, and who wants no notices gets none"
    );
}
