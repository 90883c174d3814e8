//! The console over the wire: who may open what, sign-in and its limits, taps that arrive twice, live pages.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Method;
use jiff::SignedDuration;
use jiff::civil::date;
use sigap::config::Config;
use sigap_actions::enrol_staff::{Enrolment, NewStaff};
use sigap_actions::ports::Clock;
use sigap_actions::secrets::{code_now, code_secret};
use sigap_content::sample;
use sigap_core::ids::OfficeId;
use sigap_core::staff::{Right, Role, allows};
use sigap_emulator::{Fault, FaultKind};
use sigap_web::routes::{Access, routes};

use crate::world::{Wish, World};

pub(crate) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PASSWORD: &str = "hujan turun di sore hari";
/// A Wednesday morning at Sukabumi.
pub(crate) const WEDNESDAY: &str = "2026-11-25T02:15:00Z";
pub(crate) const OTHER: &str = "jakarta-pusat";

pub(crate) async fn world() -> World {
    world_with(|_| {}).await
}

pub(crate) async fn world_with(change: fn(&mut Config)) -> World {
    World::with(Wish {
        change,
        office: sample::OFFICE.into(),
        now: WEDNESDAY.parse().unwrap(),
        content: Arc::new(sample::with_bookings(date(2026, 11, 25)).unwrap()),
        ..Wish::default()
    })
    .await
}

pub(crate) fn office_of(world: &World, slug: &str) -> OfficeId {
    world.app.service.content().office_by_slug(slug).unwrap().id
}

/// Adds somebody and sets up the sign-in; the secret of the generator.
pub(crate) async fn enrol(world: &World, slug: &str, email: &str, roles: &[Role]) -> String {
    let office = world.app.service.content().office_by_slug(slug).unwrap().clone();
    let new = NewStaff {
        email: email.into(),
        name: "Contoh".into(),
        roles: roles.to_vec(),
    };
    let link = world
        .app
        .service
        .add_staff(office.id, None, new)
        .await
        .unwrap()
        .unwrap();
    let token = link.rsplit('/').next().unwrap().to_owned();
    let content = world
        .app
        .service
        .view_enrolment(office.id, token.clone())
        .await
        .unwrap()
        .unwrap();
    let secret = code_secret([7; 20]);
    let code = code_now(&secret, world.clock.now()).unwrap();
    let made = Enrolment::new(&office, &content, PASSWORD, [1; 16], &secret, &code)
        .unwrap()
        .unwrap();
    world.app.service.enrol(office.id, token, made).await.unwrap().unwrap();
    // The code of now has been used.
    world.clock.set(world.clock.now() + SignedDuration::from_secs(30));
    secret
}

/// Signs in by the form; the cookie, or the page that says why not.
async fn sign_in(world: &World, slug: &str, email: &str, password: &str, code: &str) -> Result<String, (u16, String)> {
    let body = format!(
        "email={}&password={}&code={code}",
        email.replace('@', "%40"),
        password.replace(' ', "+")
    );
    let response = world
        .respond(
            Method::POST,
            &format!("/staff/{slug}/masuk"),
            &[FORM],
            Bytes::from(body),
        )
        .await;
    if response.status() == 303 {
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
            "{cookie}"
        );
        return Ok(cookie.split(';').next().unwrap().to_owned());
    }
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    Err((status, String::from_utf8_lossy(&body).into_owned()))
}

/// Somebody with these roles, signed in.
pub(crate) async fn officer(world: &World, slug: &str, email: &str, roles: &[Role]) -> String {
    let secret = enrol(world, slug, email, roles).await;
    let code = code_now(&secret, world.clock.now()).unwrap();
    sign_in(world, slug, email, PASSWORD, &code).await.unwrap()
}

pub(crate) async fn get(world: &World, path: &str, cookie: &str) -> (u16, String) {
    world
        .request(Method::GET, path, &[("cookie", cookie)], Bytes::new())
        .await
}

pub(crate) async fn post(world: &World, path: &str, cookie: &str, body: &str) -> (u16, String) {
    let headers = [FORM, ("cookie", cookie), ("sec-fetch-site", "same-origin")];
    world
        .request(Method::POST, path, &headers, Bytes::from(body.to_owned()))
        .await
}

/// A path of the office with every parameter filled in; what it names need not exist.
pub(crate) fn filled(path: &str, slug: &str) -> String {
    path.replace("{office}", slug)
        .replace("{counter}", "1")
        .replace("{case}", "S-2611-0001")
        .replace("{upload}", "1")
        .replace("{notice}", "booked")
        .replace("{kind}", "text")
        .replace("{script}", "1")
        .replace("{token}", "x")
        .replace("{name}", "satu.opus")
        .replace("{service}", "simpatik")
        .replace("{day}", "2026-12-05")
        .replace("{period}", "2026-11")
}

#[tokio::test]
async fn every_route_opens_to_those_it_is_for_and_to_nobody_else() {
    let world = world().await;
    let elsewhere = officer(&world, OTHER, "lain@contoh.go.id", &Role::ALL).await;
    let mut people = Vec::new();
    for role in Role::ALL {
        let email = format!("{}@contoh.go.id", role.name());
        people.push((role, officer(&world, sample::OFFICE, &email, &[role]).await));
    }
    let mut guarded = 0;
    for route in routes() {
        let path = filled(route.path, sample::OFFICE);
        let Access::Staff(right) = route.access else {
            // Open pages show nothing of the staff's without a session, and do not break.
            if route.access == Access::Everybody && !path.ends_with("/aliran") {
                assert!(get(&world, &path, "").await.0 < 500, "{path}");
            }
            continue;
        };
        guarded += 1;
        for method in [Method::GET, Method::POST] {
            let ask = async |cookie: &str| {
                let headers = [FORM, ("cookie", cookie), ("sec-fetch-site", "same-origin")];
                let response = world
                    .respond(method.clone(), &path, &headers, Bytes::from("tap=x&id=0"))
                    .await;
                response.status().as_u16()
            };
            // Signing out and turning a session into a kiosk end it: whoever may is not asked.
            let ends = path.ends_with("/keluar") && !path.contains("/petugas/") || path.ends_with("/kios/mulai");
            if ends && method == Method::GET || !ends && ask(&people[0].1).await == 405 {
                continue;
            }
            for cookie in ["", "__Host-sigap=sukabumi.made-up", elsewhere.as_str()] {
                let status = ask(cookie).await;
                assert!(status == 303 || status == 401, "{method} {path} for nobody: {status}");
                if status == 303 {
                    assert_eq!(
                        method,
                        Method::GET,
                        "{path}: a change is refused, not sent to the sign-in"
                    );
                }
            }
            for (role, cookie) in &people {
                let may = allows(&[*role], right);
                if may && ends {
                    continue;
                }
                let status = ask(cookie).await;
                assert_eq!(status != 403, may, "{method} {path} for {}: {status}", role.name());
                assert!(
                    status < 500 && status != 401,
                    "{method} {path} for {}: {status}",
                    role.name()
                );
            }
        }
    }
    assert!(guarded >= 12, "{guarded}");
}

#[tokio::test]
async fn a_change_that_another_site_asks_for_is_refused() {
    let world = world().await;
    let cookie = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let headers = [FORM, ("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site")];
    let body = Bytes::from("tap=a&line=passport");
    let (status, _) = world
        .request(Method::POST, "/staff/sukabumi/nomor", &headers, body)
        .await;
    assert_eq!(status, 403);
    let office = office_of(&world, sample::OFFICE);
    let nothing = world.app.service.hall_revision(office).await.unwrap();
    let (status, _) = post(&world, "/staff/sukabumi/nomor", &cookie, "tap=a&line=passport").await;
    assert_eq!(status, 200, "asked from here it is done, and the tap was not used up");
    assert_ne!(world.app.service.hall_revision(office).await, Ok(nothing));
}

#[tokio::test]
async fn no_route_of_the_console_takes_a_change_from_another_site() {
    let world = world().await;
    let paths = routes().into_iter().map(|route| filled(route.path, sample::OFFICE));
    let mut asked = 0;
    for path in paths.filter(|path| path.starts_with("/staff")) {
        let headers = [FORM, ("sec-fetch-site", "cross-site")];
        let (status, _) = world.request(Method::POST, &path, &headers, Bytes::new()).await;
        assert_eq!(status, 403, "{path}");
        asked += 1;
    }
    assert!(asked > 30, "{asked}");
}

#[tokio::test]
async fn past_the_numbers_of_the_day_only_the_head_gives_one() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let path = "/staff/sukabumi/nomor";
    for tap in 0..5 {
        let (status, _) = post(&world, path, &counter, &format!("tap=t{tap}&line=bap")).await;
        assert_eq!(status, 200);
    }
    let (status, page) = post(&world, path, &counter, "tap=a&line=bap").await;
    assert!(status == 422 && !page.contains(r#"name="beyond""#), "{page}");
    let (status, page) = post(&world, path, &counter, "tap=b&line=bap&beyond=true").await;
    assert!(
        status == 422 && page.contains("tidak memiliki hak") || page.contains("hak"),
        "{page}"
    );
    let (status, page) = post(&world, path, &head, "tap=c&line=bap").await;
    assert!(status == 422 && page.contains(r#"name="beyond""#), "{page}");
    let (status, page) = post(&world, path, &head, "tap=d&line=bap&beyond=true").await;
    assert!(status == 200 && page.contains("B-006"), "{page}");
    let (status, page) = post(&world, "/staff/sukabumi/datang/maaf", &head, "code=K7QXM2PD").await;
    assert!(status == 422 && page.contains("tidak dikenal"), "{page}");
}

#[tokio::test]
async fn large_text_is_kept_in_the_browser_and_needs_no_script() {
    let world = world().await;
    let headers = [
        ("host", "sigap.example"),
        ("referer", "https://sigap.example/staff/sukabumi/masuk?lang=en"),
    ];
    let response = world.respond(Method::POST, "/huruf", &headers, Bytes::new()).await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/staff/sukabumi/masuk?lang=en");
    let cookie = response.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let (_, large) = get(&world, "/staff/sukabumi/masuk", &cookie).await;
    let (_, ordinary) = get(&world, "/staff/sukabumi/masuk", "").await;
    assert!(
        large.contains("<html class=\"large\" lang") && ordinary.contains("<html lang"),
        "{large} {ordinary}"
    );
}

#[tokio::test]
async fn a_sign_in_needs_password_and_a_fresh_code_and_is_slowed_down() {
    let world = world().await;
    let secret = enrol(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let code = |world: &World| code_now(&secret, world.clock.now()).unwrap();
    let good = code(&world);
    for (email, password, code) in [
        ("siapa@contoh.go.id", PASSWORD, good.as_str()),
        ("ani@contoh.go.id", "hujan turun di pagi hari", good.as_str()),
        ("ani@contoh.go.id", PASSWORD, "000000"),
    ] {
        let (status, page) = sign_in(&world, sample::OFFICE, email, password, code)
            .await
            .unwrap_err();
        assert_eq!(status, 422);
        assert!(page.contains("tidak cocok") && !page.contains(password), "{page}");
    }
    let cookie = sign_in(&world, sample::OFFICE, " ANI@contoh.go.id", PASSWORD, &good)
        .await
        .unwrap();
    assert_eq!(get(&world, "/staff/sukabumi", &cookie).await.0, 200);
    // The same code a second time, and then too often.
    for n in 0..5 {
        let told = sign_in(&world, sample::OFFICE, "ani@contoh.go.id", PASSWORD, &good)
            .await
            .unwrap_err()
            .1;
        assert_eq!(told.contains("Terlalu banyak"), n == 4, "{n}");
    }
    world.clock.set(world.clock.now() + SignedDuration::from_secs(30));
    let fresh = code(&world);
    assert!(
        sign_in(&world, sample::OFFICE, "ani@contoh.go.id", PASSWORD, &fresh)
            .await
            .is_err()
    );
    world.clock.set(world.clock.now() + SignedDuration::from_secs(60));
    let fresh = code(&world);
    assert!(
        sign_in(&world, sample::OFFICE, "ani@contoh.go.id", PASSWORD, &fresh)
            .await
            .is_ok()
    );
    // The trail knows all of it, and is whole.
    let office = office_of(&world, sample::OFFICE);
    let chain = world.app.service.verify_trail(office).await.unwrap();
    assert!(format!("{chain:?}").starts_with("Whole"), "{chain:?}");
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_or_when_it_is_ended() {
    let world = world().await;
    let cookie = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    for _ in 0..3 {
        world.clock.set(world.clock.now() + SignedDuration::from_mins(20));
        assert_eq!(get(&world, "/staff/sukabumi", &cookie).await.0, 200);
    }
    world.clock.set(world.clock.now() + SignedDuration::from_mins(31));
    assert_eq!(get(&world, "/staff/sukabumi", &cookie).await.0, 303);
    let cookie = officer(&world, sample::OFFICE, "budi@contoh.go.id", &[Role::Counter]).await;
    assert_eq!(post(&world, "/staff/sukabumi/keluar", &cookie, "").await.0, 303);
    assert_eq!(get(&world, "/staff/sukabumi", &cookie).await.0, 303);
}

#[tokio::test]
async fn a_kiosk_gives_numbers_and_nothing_else() {
    let world = world().await;
    let person = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter, Role::Head]).await;
    let headers = [FORM, ("cookie", person.as_str()), ("sec-fetch-site", "same-origin")];
    let started = world
        .respond(Method::POST, "/staff/sukabumi/kios/mulai", &headers, Bytes::new())
        .await;
    let kiosk = started.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    // Whoever set it up is signed out on it.
    assert_eq!(get(&world, "/staff/sukabumi", &person).await.0, 303);
    for path in [
        "/staff/sukabumi",
        "/staff/sukabumi/loket/1",
        "/staff/sukabumi/jejak",
        "/staff/sukabumi/petugas",
    ] {
        assert_eq!(get(&world, path, &kiosk).await.0, 403, "{path}");
    }
    let (status, page) = post(
        &world,
        "/staff/sukabumi/kios",
        &kiosk,
        "tap=a&line=passport&group=lansia",
    )
    .await;
    assert!(status == 200 && page.contains("A-001"), "{status} {page}");
    // Tapped twice is one number.
    assert_eq!(
        post(
            &world,
            "/staff/sukabumi/kios",
            &kiosk,
            "tap=a&line=passport&group=lansia"
        )
        .await
        .0,
        303
    );
    let (_, page) = post(&world, "/staff/sukabumi/kios", &kiosk, "tap=b&line=passport").await;
    assert!(page.contains("A-002"), "{page}");
    // It works in the morning after, too.
    world.clock.set(world.clock.now() + SignedDuration::from_hours(24));
    assert_eq!(get(&world, "/staff/sukabumi/kios", &kiosk).await.0, 200);
}

#[tokio::test]
async fn a_tap_is_carried_out_once_and_answered_each_time() {
    let world = world().await;
    let cookie = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    for tap in ["a", "b", "c"] {
        post(
            &world,
            "/staff/sukabumi/nomor",
            &cookie,
            &format!("tap={tap}&line=passport"),
        )
        .await;
    }
    let headers = [
        FORM,
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("x-parts", "1"),
    ];
    let tap = async |body: &'static str| {
        let (status, parts) = world
            .request(Method::POST, "/staff/sukabumi/loket/1", &headers, Bytes::from(body))
            .await;
        assert_eq!(status, 200, "{parts}");
        serde_json::from_str::<serde_json::Value>(&parts).unwrap()["now"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for _ in 0..3 {
        assert!(tap("tap=n1&deed=next").await.contains("A-001"));
    }
    assert!(tap("tap=n2&deed=next").await.contains("A-002"));
    // Without the script: the form is answered by a page, and loading that again sends nothing.
    assert_eq!(
        post(&world, "/staff/sukabumi/loket/1", &cookie, "tap=n3&deed=next")
            .await
            .0,
        303
    );
    assert!(
        get(&world, "/staff/sukabumi/loket/1", &cookie)
            .await
            .1
            .contains("A-003")
    );
}

#[tokio::test]
async fn a_live_page_begins_with_everything_and_hears_of_a_call() {
    let world = world().await;
    let cookie = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let mut display = world
        .respond(Method::GET, "/display/sukabumi/aliran", &[], Bytes::new())
        .await
        .into_body();
    let mut next = async || {
        let mut text = String::new();
        while !text.contains("data: {") || !text.ends_with("\n\n") {
            let frame = display.frame().await.unwrap().unwrap();
            text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
        }
        text
    };
    assert!(next().await.contains("Belum ada panggilan"));
    post(&world, "/staff/sukabumi/nomor", &cookie, "tap=a&line=passport").await;
    assert!(next().await.contains("1 menunggu"));
    post(&world, "/staff/sukabumi/loket/1", &cookie, "tap=n1&deed=next").await;
    let told = next().await;
    assert!(
        told.contains("A-001") && told.contains("\"silakan-ke-loket\""),
        "{told}"
    );
    // Nothing personal is ever on it.
    assert!(!told.contains("Contoh"));
}

#[tokio::test]
async fn rights_follow_the_roles_of_the_moment() {
    let world = world().await;
    let office = office_of(&world, sample::OFFICE);
    let cookie = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    assert_eq!(get(&world, "/staff/sukabumi/jejak", &cookie).await.0, 403);
    let (status, page) = post(
        &world,
        "/staff/sukabumi/petugas",
        &head,
        "email=ani%40contoh.go.id&role=counter&role=auditor",
    )
    .await;
    assert!(status == 200 && page.contains("/staff/sukabumi/mulai/"), "{page}");
    assert_eq!(get(&world, "/staff/sukabumi/jejak", &cookie).await.0, 200);
    let (_, page) = get(&world, "/staff/sukabumi/petugas", &head).await;
    assert!(page.contains("ani@contoh.go.id"));
    // Nobody else could add colleagues: the head cannot go.
    let staff = world
        .app
        .service
        .find_officer(office, head.split_once('.').unwrap().1.to_owned())
        .await
        .unwrap()
        .unwrap();
    let (status, page) = post(
        &world,
        "/staff/sukabumi/petugas/keluar",
        &head,
        &format!("id={}", staff.staff()),
    )
    .await;
    assert!(status == 422 && page.contains("orang terakhir"), "{page}");
    assert!(staff.may(Right::Staff));
}

#[tokio::test]
async fn without_the_outside_world_the_hall_goes_on_and_stale_messages_are_not_sent() {
    use crate::world::{NUMBER, SARI};
    let world = world().await;
    let cookie = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    // Sari books a pick-up for half past ten and comes.
    for step in ["daftar antrean", "2", "Siti Aminah 01-02-1990", "hari ini jam 10.30"] {
        drop(world.types(SARI, step));
        world.settle().await;
    }
    world.taps(SARI, "booking.confirm:");
    world.settle().await;
    let told = world.answers(SARI).pop().unwrap();
    let code = told
        .lines()
        .find_map(|line| line.strip_prefix("Kode: "))
        .expect("a code")
        .trim_matches('*')
        .to_owned();
    let (status, page) = post(&world, "/staff/sukabumi/datang", &cookie, &format!("code={code}")).await;
    assert!(status == 200 && page.contains("C-001"), "{page}");
    // The line to Meta is down; check-in, numbers, calls and the board do not need it.
    let down = Fault::times(FaultKind::RefuseWithCode { code: 190 }, u32::MAX);
    world.emulator.faults().push(down);
    let before = world.emulator.chat(SARI, NUMBER).len();
    let (status, _) = post(&world, "/staff/sukabumi/loket/4", &cookie, "tap=n1&deed=next").await;
    assert_eq!(status, 303);
    assert!(get(&world, "/display/sukabumi", "").await.1.contains("C-001"));
    // Back after ten minutes: where to go is no news any more.
    world
        .until("the number is stopped", async || {
            world.metric("sigap_stopped_numbers").await == 1
        })
        .await;
    world.emulator.faults().clear();
    world.pass(600);
    world.settle().await;
    drop(world.types(SARI, "posisi"));
    world.settle().await;
    let bubbles = world.answers(SARI);
    assert!(
        !bubbles.iter().any(|words| words.contains("silakan ke loket")),
        "{bubbles:?}"
    );
    assert!(world.emulator.chat(SARI, NUMBER).len() > before);
    assert!(bubbles.last().unwrap().contains("C-001"), "{bubbles:?}");
}

#[tokio::test]
async fn an_open_board_does_not_keep_the_process_from_stopping() {
    let world = world().await;
    let mut board = world
        .respond(Method::GET, "/display/sukabumi/aliran", &[], Bytes::new())
        .await
        .into_body();
    assert!(board.frame().await.is_some());
    let World { app, .. } = world;
    app.stop().await;
    // The stream ended by itself: nothing had to be cut off after its ten seconds.
    while let Some(frame) = board.frame().await {
        assert!(frame.is_ok(), "cut off");
    }
}
