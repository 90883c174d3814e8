//! The citizens' app around its pages: files kept by their content, packed pages, what readers choose, what browsers may keep.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::{Method, Response, body::Incoming};
use serde_json::Value;

use crate::console::world;
use crate::world::World;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// What a first visit may cost, all files of the page together.
const FIRST_VISIT_BYTES_MAX: usize = 15 * 1024;

async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> Response<Incoming> {
    world.respond(Method::GET, path, headers, Bytes::new()).await
}

async fn text(response: Response<Incoming>) -> String {
    String::from_utf8(bytes(response).await.to_vec()).unwrap()
}

async fn bytes(response: Response<Incoming>) -> Bytes {
    response.into_body().collect().await.unwrap().to_bytes()
}

async fn page(world: &World, path: &str, cookie: &str) -> String {
    text(get(world, path, &[("cookie", cookie)]).await).await
}

fn header<'a>(response: &'a Response<Incoming>, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
        .unwrap_or_default()
}

/// The addresses of files that a page loads.
fn files(page: &str) -> Vec<String> {
    page.split('"')
        .filter(|part| part.starts_with("/aset/"))
        .map(str::to_owned)
        .collect()
}

/// What the answer asks the browser to keep, as the browser sends it back.
fn kept(response: &Response<Incoming>) -> String {
    let pairs: Vec<&str> = response
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .filter(|value| !value.ends_with("Max-Age=0"))
        .filter_map(|value| value.split(';').next())
        .collect();
    pairs.join("; ")
}

#[tokio::test]
async fn files_stand_at_addresses_of_their_content_and_are_kept_for_a_year() {
    let world = world().await;
    let found = files(&page(&world, "/o/sukabumi/undian", "").await);
    assert!(found.len() >= 4, "{found:?}");
    for path in &found {
        let plain = get(&world, path, &[]).await;
        assert_eq!(plain.status(), 200, "{path}");
        assert!(header(&plain, "cache-control").contains("immutable"), "{path}");
        let whole = bytes(plain).await.len();
        let packed = get(&world, path, &[("accept-encoding", "gzip, deflate, br")]).await;
        let is_packed = header(&packed, "content-encoding") == "br";
        assert_eq!(is_packed, !path.ends_with(".png"), "{path}");
        assert!(bytes(packed).await.len() <= whole, "{path}");
    }
    let (name, _) = found[0].split_once('.').unwrap();
    for wrong in ["/gaya.css", "/huruf.css", &format!("{name}.000000000000.css")] {
        assert_eq!(get(&world, wrong, &[]).await.status(), 404, "{wrong}");
    }
    // The pages of the office and the board load theirs the same way.
    for path in ["/staff/sukabumi/masuk", "/display/sukabumi", "/o/nowhere/t/a"] {
        let found = files(&page(&world, path, "").await);
        assert!(!found.is_empty(), "{path}");
        for file in found {
            assert_eq!(get(&world, &file, &[]).await.status(), 200, "{path}: {file}");
        }
    }
}

#[tokio::test]
async fn a_first_visit_is_small_and_streams_leave_as_they_are() {
    let world = world().await;
    let offers = [("accept-encoding", "br")];
    for path in [
        "/o/sukabumi/undian",
        "/o/sukabumi/setelan",
        "/o/sukabumi/angka",
        "/luring",
    ] {
        let answer = get(&world, path, &offers).await;
        assert_eq!(header(&answer, "content-encoding"), "br", "{path}");
        let mut sum = bytes(answer).await.len();
        // A phone asks for the large icon only when the app is put on its screen.
        for file in files(&page(&world, path, "").await)
            .iter()
            .filter(|file| !file.ends_with(".png"))
        {
            sum += bytes(get(&world, file, &offers).await).await.len();
        }
        assert!(sum <= FIRST_VISIT_BYTES_MAX, "{path}: {sum}");
    }
    let gzip = get(&world, "/luring", &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&gzip, "content-encoding"), "gzip");
    let stream = get(&world, "/display/sukabumi/aliran", &offers).await;
    assert_eq!(header(&stream, "content-type"), "text/event-stream");
    assert_eq!(header(&stream, "content-encoding"), "");
    let meta = "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1";
    assert_eq!(header(&get(&world, meta, &offers).await, "content-encoding"), "");
}

#[tokio::test]
async fn what_a_reader_chose_is_on_every_page_and_only_in_the_browser() {
    let world = world().await;
    let path = "/o/sukabumi/setelan";
    let ordinary = page(&world, path, "").await;
    assert!(
        ordinary.contains("<html lang=\"id\">") && ordinary.contains("Simpan setelan"),
        "{ordinary}"
    );
    let body = "bahasa=su&huruf=besar&kontras=tinggi&warna=gelap";
    let saved = world.respond(Method::POST, path, &[FORM], Bytes::from(body)).await;
    assert_eq!(saved.status(), 303);
    assert_eq!(header(&saved, "location"), "/o/sukabumi/setelan?tersimpan=1");
    let cookie = kept(&saved);
    let after = page(&world, "/o/sukabumi/setelan?tersimpan=1", &cookie).await;
    assert!(
        after.contains("<html class=\"large high dark\" lang=\"su\">") && after.contains("Setélan parantos disimpen"),
        "{after}"
    );
    // Pages that stand in a file, and those of the office, wear it as well; the office reads Indonesian or English.
    let nowhere = page(&world, "/o/nowhere/t/a", &cookie).await;
    assert!(
        nowhere.contains("<html class=\"large high dark\" lang=\"id\">"),
        "{nowhere}"
    );
    let staff = page(&world, "/staff/sukabumi/masuk", &cookie).await;
    assert!(
        staff.contains("<html class=\"large high dark\" lang=\"id\">"),
        "{staff}"
    );
    // The address wins.
    let english = page(&world, "/o/sukabumi/undian?lang=en", &cookie).await;
    assert!(
        english.contains("lang=\"en\">") && english.contains("Special"),
        "{english}"
    );
    // As it was: nothing is kept any more.
    let body = "bahasa=zz&huruf=biasa&kontras=biasa&warna=hp";
    let headers = [FORM, ("cookie", cookie.as_str())];
    let plain = world.respond(Method::POST, path, &headers, Bytes::from(body)).await;
    assert_eq!(kept(&plain), "");
}

#[tokio::test]
async fn settings_lead_back_to_a_page_of_ours_and_to_no_other() {
    let world = world().await;
    let path = "/o/sukabumi/setelan";
    let from = [
        ("host", "sigap.example"),
        ("referer", "https://sigap.example/o/sukabumi/undian"),
    ];
    let shown = text(get(&world, path, &from).await).await;
    assert!(
        shown.contains("name=\"kembali\" value=\"/o/sukabumi/undian\""),
        "{shown}"
    );
    for (back, to) in [
        ("/o/sukabumi/undian", "/o/sukabumi/undian"),
        ("//evil.example", "/o/sukabumi/setelan?tersimpan=1"),
        ("/%5Cevil.example", "/o/sukabumi/setelan?tersimpan=1"),
        ("https://evil.example", "/o/sukabumi/setelan?tersimpan=1"),
    ] {
        let body = format!("bahasa=en&kembali={back}");
        let saved = world.respond(Method::POST, path, &[FORM], Bytes::from(body)).await;
        assert_eq!(header(&saved, "location"), to, "{back}");
    }
    // One tap in the head of a page does the same for the language.
    let answer = get(&world, "/o/sukabumi/undian?bahasa=en", &[]).await;
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "location")),
        (303, "/o/sukabumi/undian")
    );
    assert!(
        page(&world, "/o/sukabumi/undian", &kept(&answer))
            .await
            .contains("lang=\"en\">")
    );
}

#[tokio::test]
async fn four_languages_are_spoken_and_what_is_missing_is_marked_as_indonesian() {
    let world = world().await;
    for (code, words) in [
        ("id", "Ukuran huruf"),
        ("en", "Size of text"),
        ("su", "Ukuran hurup"),
        ("jv", "Ukuran aksara"),
    ] {
        let page = page(&world, "/o/sukabumi/setelan", &format!("sigap-bahasa={code}")).await;
        assert!(
            page.contains(&format!("<html lang=\"{code}\">")) && page.contains(words) && page.contains("id=\"isi\">"),
            "{page}"
        );
    }
    let figures = page(&world, "/o/sukabumi/angka", "sigap-bahasa=jv").await;
    assert!(
        figures.contains("<html lang=\"jv\">") && figures.contains("id=\"isi\" lang=\"id\">"),
        "{figures}"
    );
    let unknown = page(&world, "/o/sukabumi/setelan?lang=xx", "").await;
    assert!(unknown.contains("<html lang=\"id\">"), "{unknown}");
}

#[tokio::test]
async fn the_app_can_be_put_on_a_phone() {
    let world = world().await;
    for (path, start, name) in [
        ("/o/sukabumi/manifest.webmanifest", "/o/sukabumi", "Sukabumi"),
        ("/manifest.webmanifest", "/", "Layanan paspor"),
    ] {
        let answer = get(&world, path, &[]).await;
        assert_eq!(header(&answer, "content-type"), "application/manifest+json");
        let manifest: Value = serde_json::from_str(&text(answer).await).unwrap();
        assert_eq!(manifest["start_url"], start);
        assert!(manifest["name"].as_str().unwrap().contains(name), "{manifest}");
        let icons = manifest["icons"].as_array().unwrap();
        assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"), "{manifest}");
        for icon in icons {
            let answer = get(&world, icon["src"].as_str().unwrap(), &[]).await;
            assert_eq!(header(&answer, "content-type"), icon["type"], "{icon}");
        }
    }
    assert_eq!(get(&world, "/o/nowhere/manifest.webmanifest", &[]).await.status(), 404);
    let worker = get(&world, "/sw.js", &[]).await;
    assert!(header(&worker, "content-type").starts_with("text/javascript"));
    let worker = text(worker).await;
    let shell = worker.split("addAll(").nth(1).unwrap().split(')').next().unwrap();
    for file in serde_json::from_str::<Vec<String>>(shell).unwrap() {
        assert_eq!(get(&world, &file, &[]).await.status(), 200, "{file}");
    }
}

#[tokio::test]
async fn a_browser_may_keep_only_pages_that_are_of_nobody() {
    let world = world().await;
    for path in ["/luring", "/o/sukabumi/undian", "/o/sukabumi/angka"] {
        assert_eq!(
            header(&get(&world, path, &[]).await, "cache-control"),
            "no-cache",
            "{path}"
        );
    }
    for path in ["/o/sukabumi/setelan", "/staff/sukabumi/masuk"] {
        assert_eq!(
            header(&get(&world, path, &[]).await, "cache-control"),
            "no-store",
            "{path}"
        );
    }
    for path in ["/o/sukabumi/undian", "/luring", "/o/sukabumi/setelan"] {
        let answer = get(&world, path, &[]).await;
        let policy = header(&answer, "content-security-policy").to_owned();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        // Every script is a file of ours: none stands in a page.
        let page = text(answer).await;
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script src=\"/aset/").count(),
            "{page}"
        );
    }
}
