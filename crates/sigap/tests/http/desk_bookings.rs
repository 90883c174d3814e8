//! An officer books and cancels for people at the desk, with and without a phone.

use sigap_content::sample;
use sigap_core::staff::Role;

use crate::console::{get, officer, post, world};

const PATH: &str = "/staff/sukabumi/daftar";

/// The first hour that the page offers.
fn first_hour(page: &str) -> String {
    let at = page.find(r#"name="at" value=""#).expect("an hour is free") + r#"name="at" value=""#.len();
    page[at..].split('"').next().unwrap().to_owned()
}

fn code_of(page: &str) -> String {
    let at = page.find(r#"<p class="code">"#).expect("a code is shown") + r#"<p class="code">"#.len();
    page[at..].split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn two_people_without_a_phone_get_a_place_and_a_ticket_and_no_message() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let (_, page) = get(&world, &format!("{PATH}?service=pickup&people=2"), &counter).await;
    let hour = first_hour(&page).replace(':', "%3A");
    assert!(
        page.contains(r#"name="name1""#) && !page.contains(r#"name="name2""#),
        "{page}"
    );
    let body = format!(
        "service=pickup&people=2&at={hour}&name0=Ibu+Tua&born0=1950-01-31&nik0=3272013101500001&name1=%3Cb%3EAnak&born1=1980-02-01&phone="
    );
    let (status, page) = post(&world, PATH, &counter, &format!("tap=1&{body}")).await;
    assert_eq!(status, 200, "{page}");
    assert!(
        page.contains("Ibu Tua") && page.contains("&#60;b&#62;Anak") && page.contains("/o/sukabumi/t/"),
        "{page}"
    );
    assert_eq!(
        world.app.service.backlog().await.unwrap().unsent,
        0,
        "nobody to write to"
    );
    let code = code_of(&page);
    let (status, page) = post(&world, PATH, &counter, &format!("tap=1&{body}")).await;
    assert!(
        status == 422 && page.contains("sudah diproses"),
        "a form counts once: {page}"
    );
    let (status, page) = post(&world, PATH, &counter, &format!("tap=2&{body}")).await;
    assert!(
        status == 422 && page.contains("sudah punya pendaftaran"),
        "the same rules hold: {page}"
    );
    assert!(page.contains("Ibu Tua"), "what was typed stays");
    let (status, page) = post(&world, &format!("{PATH}/batal"), &counter, &format!("code={code}")).await;
    assert!(status == 200 && page.contains("Sudah dibatalkan"), "{page}");
    let (status, _) = post(&world, PATH, &counter, &format!("tap=3&{body}")).await;
    assert_eq!(status, 200, "the places are free again");
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_next_step() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let (_, page) = get(&world, &format!("{PATH}?service=pickup&people=1"), &counter).await;
    let hour = first_hour(&page).replace(':', "%3A");
    for (body, told) in [
        ("at=&name0=Ani&born0=1990-01-01".to_owned(), "Pilih jamnya"),
        (format!("at={hour}&name0=&born0=1990-01-01"), "Isi nama"),
        (format!("at={hour}&name0=Ani&born0=kemarin"), "Isi tanggal lahir"),
        (
            format!("at={hour}&name0=Ani&born0=1990-01-01&phone=0812"),
            "tidak lengkap",
        ),
        (format!("at={hour}&name0=Ani&born0=1990-01-01&nik0=123"), "16"),
        (
            "at=2026-11-29T09%3A00%3A00&name0=Ani&born0=1990-01-01".to_owned(),
            "tidak buka",
        ),
    ] {
        let (status, page) = post(
            &world,
            PATH,
            &counter,
            &format!("tap={}&service=pickup&people=1&{body}", told.len()),
        )
        .await;
        let page = page.to_lowercase();
        assert!(status == 422 && page.contains(&told.to_lowercase()), "{told}: {page}");
    }
    let (status, page) = post(&world, &format!("{PATH}/batal"), &counter, "code=K7QX-M2PD").await;
    assert!(status == 422 && page.contains("tidak dikenal"), "{page}");
    let (status, page) = get(&world, &format!("{PATH}?service=apa&people=99"), &counter).await;
    assert!(status == 200 && !page.contains(r#"name="at""#), "{page}");
    let body = format!("tap=99&service=pickup&people=1&at={hour}&name0=Ani&born0=1990-01-01&phone=0812-3456-7890");
    assert_eq!(post(&world, PATH, &counter, &body).await.0, 200);
}
