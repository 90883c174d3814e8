//! Citizens' pages over the wire: a browser is nobody's until it is proven, forms are taken once, and nothing personal stands in addresses.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Method;

use crate::console::{FORM, OTHER};
use crate::world::{Wish, World};

async fn world() -> World {
    World::with(Wish {
        office: OTHER.into(),
        now: "2026-12-01T02:15:00Z".parse().unwrap(),
        content: std::sync::Arc::new(sigap_content::sample::with_bookings(jiff::civil::date(2026, 12, 1)).unwrap()),
        ..Wish::default()
    })
    .await
}

/// Sends a form; status, address it leads to, cookie that it set, body.
async fn post(world: &World, path: &str, cookie: &str, body: &str) -> (u16, String, String, String) {
    let headers = [FORM, ("cookie", cookie)];
    let response = world
        .respond(Method::POST, path, &headers, Bytes::from(body.to_owned()))
        .await;
    let header = |name: &str| {
        let value = response.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let (status, location, set) = (response.status().as_u16(), header("location"), header("set-cookie"));
    let kept = set.split(';').next().unwrap_or_default().to_owned();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, location, kept, String::from_utf8_lossy(&body).into_owned())
}

async fn get(world: &World, path: &str, cookie: &str) -> (u16, String) {
    world
        .request(Method::GET, path, &[("cookie", cookie)], Bytes::new())
        .await
}

#[tokio::test]
async fn looking_makes_no_browser_and_a_form_makes_one() {
    let world = world().await;
    for path in ["status", "antrean", "tiket", "masukan", "obrolan", "data", "bukti"] {
        let response = world
            .respond(Method::GET, &format!("/o/{OTHER}/{path}"), &[], Bytes::new())
            .await;
        assert_eq!(response.status(), 200, "{path}");
        let set: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
        assert!(
            set.iter()
                .all(|value| !value.to_str().unwrap().contains("sigap-warga=e")),
            "{path} {set:?}"
        );
        assert_eq!(response.headers()["cache-control"], "no-store", "{path}");
        assert!(response.headers().contains_key("x-robots-tag"), "{path}");
    }
    let (status, to, cookie, _) = post(&world, &format!("/o/{OTHER}/bukti"), "", "").await;
    assert_eq!((status, to.as_str()), (303, &*format!("/o/{OTHER}/bukti?ke=tiket")));
    assert!(cookie.starts_with("sigap-warga=") && cookie.len() > 30, "{cookie}");
    let (_, page) = get(&world, &format!("/o/{OTHER}/bukti"), &cookie).await;
    assert!(page.contains("WEB-"), "{page}");
    let (_, asked) = get(&world, &format!("/o/{OTHER}/bukti/keadaan"), &cookie).await;
    assert_eq!(asked, "0");
}

#[tokio::test]
async fn a_complaint_is_taken_once_and_its_page_has_a_secret() {
    let world = world().await;
    let form = "kunci=1-abc&jenis=complaint&teks=Loket+tiga+tutup+sebelum+jam+dua+belas";
    let path = format!("/o/{OTHER}/masukan");
    let (status, first, cookie, _) = post(&world, &path, "", form).await;
    assert_eq!(status, 303);
    assert!(first.contains("/kasus/"), "{first}");
    let (_, again, _, _) = post(&world, &path, &cookie, form).await;
    assert_eq!(again, format!("/o/{OTHER}/tiket?baru=1"));
    let (status, page) = get(&world, &first, "").await;
    assert!(status == 200 && page.contains("Loket tiga tutup"), "{page}");
    let (number, _) = first.rsplit_once('/').unwrap();
    assert_eq!(
        get(&world, &format!("{number}/AAAAAAAAAAAAAAAAAAAAAA"), "").await.0,
        404
    );
    let (status, _, _, page) = post(&world, &path, &cookie, "kunci=1-x&jenis=complaint&teks=hai").await;
    assert!(status == 422 && page.contains(">hai</textarea>"), "{page}");
}

#[tokio::test]
async fn whoever_showed_no_phone_sees_and_erases_what_the_browser_keeps() {
    let world = world().await;
    let form = "kunci=1-abc&jenis=complaint&teks=Loket+tiga+tutup+sebelum+jam+dua+belas";
    let (_, case, cookie, _) = post(&world, &format!("/o/{OTHER}/masukan"), "", form).await;
    let data = format!("/o/{OTHER}/data");
    let (_, page) = get(&world, &data, &cookie).await;
    assert!(
        page.contains("Loket tiga tutup") && page.contains("/data/hapus"),
        "{page}"
    );
    let erase = format!("{data}/hapus");
    let (status, page) = get(&world, &erase, &cookie).await;
    assert!(status == 200 && page.contains("class=\"facts warn\""), "{page}");
    let (status, _, _, page) = post(&world, &erase, &cookie, "").await;
    assert!(status == 200 && page.contains("role=\"status\""), "{page}");
    assert_eq!(get(&world, &case, "").await.0, 404, "its words are gone");
    let (_, page) = get(&world, &data, &cookie).await;
    assert!(!page.contains("/data/hapus"), "{page}");
    let (status, to, ..) = post(&world, &erase, &cookie, "").await;
    assert_eq!((status, to), (303, format!("/o/{OTHER}/bukti?ke=data")));
}

#[tokio::test]
async fn a_status_is_told_without_a_word_in_an_address() {
    let world = world().await;
    let path = format!("/o/{OTHER}/status");
    let (status, _, cookie, page) = post(&world, &path, "", "nomor=1178+2600+0000+0009").await;
    assert_eq!(status, 422);
    assert!(page.contains("1178 2600 0000 0009"), "{page}");
    let (_, _, _, page) = post(&world, &path, &cookie, "nomor=3272014102900001").await;
    assert!(!page.contains("3272014102900001"), "a NIK is not shown again");
    assert_eq!(post(&world, &path, &cookie, "nomor=abc").await.0, 422);
    assert_eq!(post(&world, &path, &cookie, "").await.0, 422);
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let world = world().await;
    let headers = [FORM, ("sec-fetch-site", "cross-site")];
    let response = world
        .respond(Method::POST, &format!("/o/{OTHER}/keluar"), &headers, Bytes::new())
        .await;
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn many_machines_pay_before_they_come_in() {
    let world = world().await;
    let path = format!("/o/{OTHER}/bukti");
    for _ in 0..sigap_web::toll::BROWSERS_PER_MINUTE {
        assert_eq!(post(&world, &path, "", "").await.0, 303);
    }
    let (status, _, paid, page) = post(&world, &path, "", "").await;
    assert!(status == 429 && page.contains("data-soal"), "{page}");
    assert_eq!(
        post(&world, &path, &paid, "").await.0,
        429,
        "patience was not shown yet"
    );
    world.pass(25);
    assert_eq!(post(&world, &path, &paid, "").await.0, 303);
}
