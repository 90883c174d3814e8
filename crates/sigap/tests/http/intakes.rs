//! Files and intakes over the wire: a photo is fetched after the turn, looked at, and an officer judges it; what carries a virus is kept by
//! nobody.

use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Method;
use image::{GrayImage, ImageFormat, Luma};
use jiff::civil::date;
use sigap_content::sample;
use sigap_core::staff::Role;
use sigap_emulator::{BubbleContent, Said};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::console::{OTHER, WEDNESDAY, get, officer, post, world};
use crate::world::{NUMBER, SARI, Wish, World};

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

/// A sheet with lines of letters, sharp or as if the phone had moved.
pub(crate) fn photo(is_sharp: bool) -> Bytes {
    let picture = GrayImage::from_fn(1_000, 700, |x, y| {
        if !is_sharp {
            // Nothing but shades.
            return Luma([u8::try_from(90 + x / 12).unwrap()]);
        }
        let is_sheet = (60..940).contains(&x) && (60..620).contains(&y);
        let is_ink = is_sheet && y % 24 < 12 && x % 12 < 6;
        Luma([if is_ink {
            50
        } else if is_sheet {
            200
        } else {
            120
        }])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    Bytes::from(bytes.into_inner())
}

pub(crate) fn sends(world: &World, bytes: Bytes, mime_type: &str) {
    let media_id = world.emulator.shelve(bytes, mime_type.into());
    world.says(
        SARI,
        Said::File {
            media_id,
            caption: None,
        },
    );
}

/// Waits until somebody is told this.
pub(crate) async fn hears(world: &World, words: &str) {
    world
        .until(words, async || {
            world.emulator.deliver_all().await;
            world.answers(SARI).iter().any(|answer| answer.contains(words))
        })
        .await;
    world.settle().await;
}

/// Books a scarce day, with its page.
pub(crate) async fn books(world: &World) {
    let offered = world.asks(SARI, "daftar antrean").await;
    // A form lists in words what can be typed instead.
    match offered.lines().find(|line| line.contains("impatik")) {
        Some(line) => {
            world.asks(SARI, line.split('.').next().unwrap()).await;
        }
        None => {
            world.taps(SARI, "booking.service:simpatik");
            world.settle().await;
        }
    }
    for words in ["Siti Aminah 01-02-1990", "19 desember", "jam 9"] {
        world.asks(SARI, words).await;
    }
    let bubbles = world.emulator.chat(SARI, NUMBER);
    let url = bubbles.iter().rev().find_map(|bubble| match &bubble.content {
        BubbleContent::Link { url, .. } => Some(url.clone()),
        _ => None,
    });
    let url = url.expect("an address was sent");
    let path = &url[url.find("/o/").unwrap()..];
    let (status, page) = world
        .request(Method::POST, path, &FORM, Bytes::from("nik0=3272014102900001"))
        .await;
    assert!(status < 400, "{status} {page}");
    world.settle().await;
}

/// The address of the first intake on a page.
pub(crate) fn intake_on(page: &str) -> String {
    let start = page.find("/permohonan/1").expect("an intake is listed");
    let end = page[start..].find('"').unwrap();
    format!("/staff/sukabumi{}", &page[start..start + end])
}

#[tokio::test]
async fn a_photo_is_fetched_looked_at_and_judged_by_an_officer() {
    let world = world().await;
    books(&world).await;
    world.asks(SARI, "permohonan").await;
    world.asks(SARI, "1").await;
    world.asks(SARI, "Siti Aminah").await;
    let said = world.asks(SARI, "3272014102900001").await;
    assert!(said.contains("Kapan lahirnya"), "{said}");
    for _ in 0..3 {
        world.asks(SARI, "lewati").await;
    }
    sends(&world, photo(false), "image/jpeg");
    hears(&world, "sedang diperiksa").await;
    hears(&world, "buram").await;
    world.taps(SARI, "intake.want:");
    world.settle().await;
    sends(&world, photo(true), "image/jpeg");
    hears(&world, "Kartu Keluarga").await;

    let counter = officer(&world, sample::OFFICE, "adi@contoh.go.id", &[Role::Counter]).await;
    let technician = officer(&world, sample::OFFICE, "tia@contoh.go.id", &[Role::It]).await;
    let stranger = officer(&world, OTHER, "oki@contoh.go.id", &[Role::Counter]).await;
    let (status, page) = get(&world, "/staff/sukabumi/permohonan?hari=2026-12-19", &counter).await;
    assert!(status == 200 && page.contains("Siti Aminah"), "{page}");
    assert_eq!(get(&world, "/staff/sukabumi/permohonan", &technician).await.0, 403);
    let path = intake_on(&page);
    assert_ne!(get(&world, &path, &stranger).await.0, 200);
    world
        .until("the photo is there", async || {
            get(&world, &path, &counter).await.1.contains("<img src")
        })
        .await;
    let (_, page) = get(&world, &path, &counter).await;
    assert!(page.contains("3272014102900001") && page.contains("terbaca"), "{page}");
    let at = page.find("/staff/sukabumi/berkas/").unwrap();
    let file = page[at..].split('"').next().unwrap();
    let response = world
        .respond(Method::GET, file, &[("cookie", &counter)], Bytes::new())
        .await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        (header("content-type"), header("x-content-type-options")),
        ("image/jpeg".into(), "nosniff".into())
    );
    assert!(header("content-disposition").starts_with("attachment"));
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(header("cache-control"), "no-store");
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(bytes, photo(true), "as it was sent");
    assert_eq!(get(&world, file, &technician).await.0, 404);

    assert_eq!(
        post(&world, &path, &counter, "paper=ktp&deed=again&reason=").await.0,
        422
    );
    let (status, page) = post(
        &world,
        &path,
        &counter,
        "paper=ktp&deed=again&reason=Nama+tertutup+jari",
    )
    .await;
    assert!(status == 200 && page.contains("warga diberi tahu"), "{page}");
    hears(&world, "Nama tertutup jari").await;
    let (status, page) = post(&world, &path, &counter, "paper=ktp&deed=accept").await;
    assert!(status == 200 && page.contains("diterima"), "{page}");
    assert_eq!(post(&world, &path, &counter, "paper=kk&deed=accept").await.0, 422);
    let (_, page) = get(&world, &path, &stranger).await;
    assert!(!page.contains("Siti"), "{page}");

    // A week after the visit nothing of it is left.
    world.pass(33 * 24 * 3600);
    world.keep_house().await;
    let counter = officer(&world, sample::OFFICE, "ayu@contoh.go.id", &[Role::Counter]).await;
    world
        .until("it is erased", async || {
            world.keep_house().await;
            get(&world, &path, &counter).await.0 == 404
        })
        .await;
    assert_eq!(get(&world, file, &counter).await.0, 404);
}

#[tokio::test]
async fn what_was_given_waits_at_the_counter_under_the_code_of_the_ticket() {
    let world = world().await;
    books(&world).await;
    let told = world
        .answers(SARI)
        .into_iter()
        .find(|told| told.contains("Kode: *"))
        .unwrap();
    let code = told
        .split("Kode: *")
        .nth(1)
        .unwrap()
        .split('*')
        .next()
        .unwrap()
        .to_owned();
    let at = told.find("/o/sukabumi/t/").expect("the ticket has an address");
    let ticket = told[at..].split_whitespace().next().unwrap();
    let (_, page) = world.request(Method::GET, ticket, &[], Bytes::new()).await;
    assert!(page.contains("Belum disiapkan"), "{page}");
    for words in ["permohonan", "1", "Siti Aminah", "3272014102900001"] {
        world.asks(SARI, words).await;
    }
    let (_, page) = world.request(Method::GET, ticket, &[], Bytes::new()).await;
    assert!(page.contains("Kurang ") && !page.contains("3272014102900001"), "{page}");

    // On the day of the visit, a quarter of an hour before it.
    world.pass(24 * 24 * 3_600 - 1_800);
    let head = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Head, Role::Counter]).await;
    let typed = format!("code={code}");
    let (status, page) = post(&world, "/staff/sukabumi/permohonan", &head, &typed).await;
    assert_eq!(status, 303, "{page}");
    let (status, page) = post(&world, "/staff/sukabumi/permohonan", &head, "code=AAAA-AAAA").await;
    assert!(status == 404 && page.contains("Periksa kodenya"), "{page}");
    let (status, page) = post(
        &world,
        "/staff/sukabumi/datang",
        &head,
        &format!("{typed}&nik=3272014102900001"),
    )
    .await;
    assert_eq!(status, 200, "{page}");
    let (status, page) = post(&world, "/staff/sukabumi/loket/1", &head, "tap=n1&deed=open").await;
    assert!(status < 400, "{page}");
    post(&world, "/staff/sukabumi/loket/1", &head, "tap=n2&deed=next").await;
    let (_, page) = get(&world, "/staff/sukabumi/loket/1", &head).await;
    assert!(
        page.contains("Siti Aminah: Paspor baru") && page.contains("Kurang: "),
        "{page}"
    );
}

/// The test file of the antivirus industry inside a PDF, put together here so that no scanner takes this source for one.
fn infected() -> Bytes {
    let parts = [
        "%PDF-1.4\n",
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}",
        "$EICAR-STANDARD-",
        "ANTIVIRUS-TEST-FILE!$H+H*",
    ];
    Bytes::from(parts.concat())
}

/// Where the daemon of this test listens.
static DAEMON: OnceLock<String> = OnceLock::new();

/// A daemon that knows one virus.
async fn daemon() -> tokio::task::JoinHandle<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    DAEMON.set(listener.local_addr().unwrap().to_string()).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut order = [0; 10];
            stream.read_exact(&mut order).await.unwrap();
            let mut file = Vec::new();
            loop {
                let length = stream.read_u32().await.unwrap() as usize;
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length];
                stream.read_exact(&mut piece).await.unwrap();
                file.extend(piece);
            }
            let answer: &[u8] = if file == infected() {
                b"stream: Eicar-Signature FOUND\0"
            } else {
                b"stream: OK\0"
            };
            stream.write_all(answer).await.unwrap();
        }
    })
}

#[tokio::test]
async fn files_of_a_talk_are_played_and_what_carries_a_virus_is_kept_by_nobody() {
    let daemon = daemon().await;
    let world = World::with(Wish {
        change: |config| config.files.clamav = format!("tcp:{}", DAEMON.get().unwrap()),
        office: sample::OFFICE.into(),
        now: WEDNESDAY.parse().unwrap(),
        content: Arc::new(sample::with_bookings(date(2026, 11, 25)).unwrap()),
        ..Wish::default()
    })
    .await;
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Saya mau bertanya").await;
    let (_, page) = get(&world, "/staff/sukabumi/kasus", &helpdesk).await;
    let at = page.find("/kasus/S-").expect("a case is listed") + "/kasus/".len();
    let path = format!("/staff/sukabumi/kasus/{}", page[at..].split('"').next().unwrap());
    post(&world, &path, &helpdesk, "tap=1&deed=take").await;
    post(&world, &path, &helpdesk, "tap=2&deed=answer&words=Silakan&talk=true").await;
    world.settle().await;

    let shows = async |what: &str| {
        world
            .until(what, async || {
                world.emulator.deliver_all().await;
                get(&world, &path, &helpdesk).await.1.contains(what)
            })
            .await;
    };
    world.says(SARI, Said::Voice);
    shows("<audio controls").await;
    world.says(
        SARI,
        Said::Contact {
            name: "Pak Calo".into(),
            phone: "62812345".into(),
        },
    );
    shows("[kontak] Pak Calo (tanpa nomor)").await;
    assert!(!get(&world, &path, &helpdesk).await.1.contains("62812345"));
    sends(&world, infected(), "application/pdf");
    shows("membawa program berbahaya").await;
    hears(&world, "tidak sampai ke petugas").await;
    daemon.abort();
    let _ = daemon.await;
    sends(&world, photo(true), "image/jpeg");
    shows("menunggu pemeriksaan virus").await;
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(
        !page.contains("<img"),
        "what was not looked through is not shown: {page}"
    );
}
