//! Pages that need no sign-in over the wire: whoever opens them gets what the chat would have said, offices are found, and numbers judged.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Method;
use jiff::civil::date;
use sigap_content::sample;

use crate::console::{FORM, OTHER};
use crate::world::{SARI, Wish, World};

/// A Tuesday morning, while offices are open.
const MORNING: &str = "2026-12-01T02:15:00Z";

async fn world() -> World {
    World::with(Wish {
        office: OTHER.into(),
        now: MORNING.parse().unwrap(),
        content: Arc::new(sample::with_bookings(date(2026, 12, 1)).unwrap()),
        ..Wish::default()
    })
    .await
}

async fn get(world: &World, path: &str) -> (u16, String) {
    world.request(Method::GET, path, &[], Bytes::new()).await
}

async fn check_number(world: &World, path: &str, number: &str) -> (u16, String) {
    world
        .request(Method::POST, path, &[FORM], Bytes::from(format!("nomor={number}")))
        .await
}

/// Words of a page, one space between them.
fn words(page: &str) -> String {
    let main = page.split("<main>").nth(1).unwrap_or(page);
    let mut text = String::new();
    for (place, part) in main.split('<').enumerate() {
        let words = if place == 0 {
            part
        } else {
            part.split_once('>').map_or("", |(_, words)| words)
        };
        text.push(' ');
        text.push_str(words);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_page_says_what_the_chat_says() {
    let world = world().await;
    for (typed, choice) in [
        ("biaya", "fees"),
        ("jam buka", "hours"),
        ("prioritas", "priority"),
        ("masalah pembayaran", "payment.problem"),
    ] {
        let chat = world.asks(SARI, typed).await;
        let (status, page) = get(&world, &format!("/o/{OTHER}/info/{choice}")).await;
        assert_eq!(status, 200, "{choice}");
        let told = words(&page);
        for line in chat
            .lines()
            .map(|line| line.replace('*', ""))
            .filter(|line| !line.trim().is_empty())
        {
            let line = line.trim().trim_start_matches("- ").trim_end_matches('.').to_owned();
            assert!(told.contains(&line), "{choice} lacks `{line}`: {told}");
        }
    }
    assert_eq!(world.emulator.accepted_messages().len(), 4, "pages send nothing");
}

#[tokio::test]
async fn every_link_of_a_page_of_words_leads_to_a_page_or_to_one_that_is_known_to_come() {
    let world = world().await;
    // Pages of colleagues; those that exist answer by themselves.
    let to_come = [
        "/status", "/antrean", "/tiket", "/masukan", "/obrolan", "/setelan", "/data",
    ];
    let mut open = vec!["/".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(path) = open.pop() {
        if seen.contains(&path) || seen.len() > 400 {
            continue;
        }
        seen.push(path.clone());
        let (status, page) = get(&world, &path).await;
        if to_come
            .iter()
            .any(|end| path.split('?').next().is_some_and(|path| path.ends_with(end)))
        {
            continue;
        }
        assert!(status == 200 || status == 303, "{path}: {status}");
        assert!(
            !page.contains("[guide.") && !page.contains("[choice.") && !page.contains("]</"),
            "{path}: a key without words"
        );
        if path.starts_with(&format!("/o/{OTHER}")) || !path.starts_with("/o/") {
            let links = page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
            open.extend(
                links
                    // Figures lead back from month to month without an end.
                    .filter(|link| !link.ends_with(".css") && !link.ends_with(".js") && !link.contains("/angka/"))
                    .map(|link| format!("/{link}")),
            );
        }
    }
    for path in [
        "info/pickup.family",
        "info/fees",
        "syarat/lost_disaster",
        "kantor",
        "privasi",
    ] {
        let path = format!("/o/{OTHER}/{path}");
        assert!(seen.contains(&path), "nothing leads to {path}");
    }
}

#[tokio::test]
async fn what_is_unknown_is_told_kindly_and_what_lives_elsewhere_leads_there() {
    let world = world().await;
    for path in [
        "/o/nirwana",
        "/o/nirwana/info/fees",
        "/o/sukabumi/info/tidak-ada",
        "/o/sukabumi/info/thanks",
        "/o/sukabumi/info/%3Cscript%3E",
        "/o/sukabumi/syarat/emas",
        "/o/nirwana/syarat",
        "/o/nirwana/kantor",
        "/o/nirwana/privasi",
    ] {
        let (status, page) = get(&world, path).await;
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("Alamat ini tidak dikenal"), "{path}");
    }
    for (choice, place) in [
        ("status", "status"),
        ("booking", "antrean"),
        ("officer", "obrolan"),
        ("feedback.broker", "masukan?jenis=broker"),
        ("requirements.lost", "syarat/lost"),
        ("menu", ""),
    ] {
        let response = world
            .respond(Method::GET, &format!("/o/sukabumi/info/{choice}"), &[], Bytes::new())
            .await;
        assert_eq!(response.status(), 303, "{choice}");
        let place = format!("/o/sukabumi/{place}");
        assert_eq!(response.headers()["location"], place.trim_end_matches('/'), "{choice}");
    }
}

#[tokio::test]
async fn the_questions_end_in_a_list_with_sums_boxes_and_a_way_to_the_chat() {
    let world = world().await;
    let (_, first) = get(&world, "/o/jakarta-pusat/syarat").await;
    assert!(
        first.contains("<h1>Pilih keadaan Anda</h1>") && first.contains("60 tahun ke atas"),
        "{first}"
    );
    let (_, lost) = get(&world, "/o/jakarta-pusat/syarat/lost").await;
    assert!(
        lost.contains("<h1>Bagaimana paspor itu hilang?</h1>") && lost.contains("href=\"/o/jakarta-pusat/syarat\""),
        "{lost}"
    );
    let (_, list) = get(&world, "/o/jakarta-pusat/syarat/lost_ordinary").await;
    assert!(list.contains("<h1>Ganti paspor: hilang</h1>"), "{list}");
    assert!(
        list.contains("type=\"checkbox\" name=\"lapor_polisi\"") && !list.contains("<form method=\"post\" action=\"/o"),
        "{list}"
    );
    assert!(
        list.contains("Rp1.950.000") && list.contains("Sumber: Kanim Karawang"),
        "{list}"
    );
    let link = "https://wa.me/628118539333?text=Persyaratan%3A%20Paspor%20hilang%2C%20Hilang%20atau%20dicuri";
    assert!(list.contains(link), "{list}");
    // The words of that link, sent by somebody, bring the same list.
    let chat = world.asks(SARI, "Persyaratan: Paspor hilang, Hilang atau dicuri").await;
    assert!(chat.starts_with("*Ganti paspor: hilang*"), "{chat}");
    let (_, english) = get(&world, "/o/jakarta-pusat/syarat/lost_ordinary?lang=en").await;
    assert!(
        english.contains("<html lang=\"en\">") && english.contains("This includes"),
        "{english}"
    );
    let (_, unsure) = get(&world, "/o/sukabumi/syarat/ordinary").await;
    assert!(
        !unsure.contains("wa.me"),
        "an office without a number has no link to one: {unsure}"
    );
}

#[tokio::test]
async fn the_start_page_says_whether_the_office_is_open_and_is_remembered() {
    let world = world().await;
    let response = world.respond(Method::GET, "/o/jakarta-pusat", &[], Bytes::new()).await;
    let kept = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        kept.starts_with("sigap-kantor=jakarta-pusat;") && kept.contains("SameSite=Lax"),
        "{kept}"
    );
    assert!(
        response.headers().get("x-robots-tag").is_none(),
        "everybody may find it"
    );
    let page = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    assert!(page.contains("Buka sampai pukul 12.00 WIB."), "{page}");
    assert!(
        page.contains("href=\"https://wa.me/628118539333\"") && page.contains("0811-8539-333"),
        "{page}"
    );
    assert!(
        page.contains("ibu menyusui") && page.contains("Ambil antrean"),
        "{page}"
    );

    world.clock.set("2026-12-01T05:30:00Z".parse().unwrap());
    let (_, noon) = get(&world, "/o/jakarta-pusat").await;
    assert!(
        noon.contains("Sedang tutup.") && noon.contains("Buka lagi hari ini pukul 13.00 WIB."),
        "{noon}"
    );
    world.clock.set("2026-12-25T03:00:00Z".parse().unwrap());
    let (_, christmas) = get(&world, "/o/jakarta-pusat?lang=en").await;
    assert!(
        christmas.contains("Closed today:") && christmas.contains("Opens again Monday, 28 December 2026"),
        "{christmas}"
    );

    let (_, first) = world
        .request(
            Method::GET,
            "/",
            &[("cookie", "sigap-kantor=jakarta-pusat")],
            Bytes::new(),
        )
        .await;
    let (last, served) = (
        first.find("Kantor terakhir Anda").unwrap(),
        first.find("Kantor dengan layanan ini").unwrap(),
    );
    assert!(last < served, "the last office stands first");
    let (_, unknown) = world
        .request(Method::GET, "/", &[("cookie", "sigap-kantor=<nirwana>")], Bytes::new())
        .await;
    assert!(!unknown.contains("Kantor terakhir Anda") && !unknown.contains("nirwana"));
}

#[tokio::test]
async fn an_office_is_found_and_one_without_a_line_says_so() {
    let world = world().await;
    let (_, all) = get(&world, "/").await;
    assert!(
        all.contains("<summary>Jawa Timur</summary>") && all.contains("href=\"/o/blitar\""),
        "{all}"
    );
    let (_, found) = get(&world, "/?cari=sukabmi").await;
    assert!(
        found.contains("Hasil pencarian") && found.contains("value=\"sukabmi\""),
        "{found}"
    );
    let (_, none) = get(&world, "/?cari=%3Cscript%3Exyzzy").await;
    assert!(
        none.contains("Tidak ada kantor dengan nama itu") && !none.contains("<script>"),
        "{none}"
    );
    let response = world.respond(Method::GET, "/o/blitar", &[], Bytes::new()).await;
    assert_eq!(
        (
            response.status().as_u16(),
            response.headers()["location"].to_str().unwrap()
        ),
        (303, "/o/blitar/kantor")
    );
    let (_, blitar) = get(&world, "/o/blitar/kantor").await;
    assert!(
        blitar.contains("belum memakai layanan ini") && blitar.contains("Jl. Mastrip No.45"),
        "{blitar}"
    );
    assert!(
        blitar.contains("Alamat ini belum pasti") && blitar.contains("tel:+62342554759"),
        "{blitar}"
    );
    let (_, office) = get(&world, "/o/jakarta-pusat/kantor").await;
    assert!(
        office.contains("Hari Raya Natal") || office.contains("Tutup: "),
        "days off with their reason: {office}"
    );
    assert!(
        office.contains("Selasa (hari ini)") && office.contains("geo:0,0?q=Kantor%20Imigrasi"),
        "{office}"
    );
}

#[tokio::test]
async fn a_number_is_judged_without_standing_in_an_address() {
    let world = world().await;
    let (status, form) = get(&world, "/cek-nomor").await;
    assert!(status == 200 && form.contains("<form method=\"post\">"));
    let (status, ours) = check_number(&world, "/cek-nomor", "%2B62%20811-8539-333").await;
    assert!(
        status == 200 && ours.contains("<h1>Resmi: Kanim Jakarta Pusat</h1>"),
        "{ours}"
    );
    let (status, other) = check_number(&world, "/cek-nomor?lang=en", "0811-8539-334").await;
    assert!(
        status == 200 && other.contains("<h1>Not a number of ours</h1>") && other.contains("masukan?jenis=broker"),
        "{other}"
    );
    let (_, site) = check_number(&world, "/cek-nomor", "https%3A%2F%2Fimigrasi.go.id%40palsu.com").await;
    assert!(site.contains("<h1>Bukan situs kami</h1>"), "{site}");
    let (status, unread) = check_number(&world, "/cek-nomor", "%22%3E%3Cb%3Ehalo").await;
    assert!(
        status == 422 && unread.contains("aria-invalid") && unread.contains("halo") && !unread.contains("<b>halo"),
        "{unread}"
    );
}

#[tokio::test]
async fn pages_are_small_and_bound_by_the_policy() {
    let world = world().await;
    let style = get(&world, "/gaya.css").await.1.len() + get(&world, "/huruf.css").await.1.len();
    for path in [
        "/",
        "/cek-nomor",
        "/o/jakarta-pusat",
        "/o/jakarta-pusat/info/payment",
        "/o/jakarta-pusat/syarat",
        "/o/jakarta-pusat/syarat/ordinary",
        "/o/jakarta-pusat/kantor",
        "/o/jakarta-pusat/privasi",
    ] {
        let response = world.respond(Method::GET, path, &[], Bytes::new()).await;
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        let page = response.into_body().collect().await.unwrap().to_bytes();
        // Uncompressed; the list of all offices is the largest by far.
        let most = if path == "/" { 30_000 } else { 15_000 };
        assert!(page.len() + style < most, "{path}: {} and {style}", page.len());
        let text = String::from_utf8_lossy(&page);
        assert!(
            text.contains("<meta name=\"description\"") && text.matches("<h1").count() == 1,
            "{path}"
        );
        assert!(!text.contains(" style=") && !text.contains(" onclick"), "{path}");
    }
}
