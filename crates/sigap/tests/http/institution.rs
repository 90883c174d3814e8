//! Sign-in by an institution's identity service: the whole way through three servers, and everything that may go wrong on it.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::header::HeaderMap;
use hyper::{Method, StatusCode};
use jiff::civil::date;
use sigap_actions::enrol_staff::NewStaff;
use sigap_actions::ports::Clock;
use sigap_content::sample;
use sigap_core::ids::OfficeId;
use sigap_core::staff::Role;
use std::net::SocketAddr;
use std::sync::Arc;

use crate::console::{OTHER, WEDNESDAY, enrol, office_of};
use crate::provider::{Provider, Twist};
use crate::world::{Wish, World};

const SIGN_IN: &str = "/staff/sukabumi/masuk";
const BEGIN: &str = "/staff/sukabumi/masuk/lembaga";
const ANI: &str = "ani@contoh.go.id";
/// What a browser says of a step that another site's page causes.
const FROM_ELSEWHERE: (&str, &str) = ("sec-fetch-site", "cross-site");

async fn world_of(provider: &Provider) -> World {
    World::with(Wish {
        office: sample::OFFICE.into(),
        now: WEDNESDAY.parse().unwrap(),
        content: Arc::new(sample::with_bookings(date(2026, 11, 25)).unwrap()),
        institution: Some(provider.settings()),
        ..Wish::default()
    })
    .await
}

async fn worlds() -> (World, Provider) {
    let provider = Provider::start(WEDNESDAY.parse().unwrap()).await;
    (world_of(&provider).await, provider)
}

/// Adds somebody, who sets up nothing.
async fn add(world: &World, slug: &str, email: &str) {
    let new = NewStaff {
        email: email.into(),
        name: "Contoh".into(),
        roles: vec![Role::Counter],
    };
    let office = office_of(world, slug);
    world.app.service.add_staff(office, None, new).await.unwrap().unwrap();
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn goes_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers["location"].to_str().unwrap()
    }

    /// The cookie of this name as it was set, with all that was said of it.
    fn sets(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all("set-cookie").iter();
        set.map(|value| value.to_str().unwrap().to_owned())
            .find(|cookie| cookie.starts_with(&format!("{name}=")))
    }
}

async fn get_at(world: &World, address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Answer {
    let answer = world
        .respond_at(address, Method::GET, path, headers, Bytes::new())
        .await;
    let (head, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: head.status,
        headers: head.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> Answer {
    get_at(world, world.app.address, path, headers).await
}

fn pair(cookie: &str) -> String {
    cookie.split(';').next().unwrap().to_owned()
}

/// A browser that was sent to the provider: where it comes back to, and what it keeps.
struct Sent {
    back: String,
    half: String,
}

/// Presses the button and comes back from the provider with what it said.
async fn send(world: &World) -> Sent {
    let begun = get(world, BEGIN, &[("sec-fetch-site", "same-origin")]).await;
    let half = begun.sets("__Host-sigap-masuk").unwrap();
    assert!(half.contains("Path=/; Secure; HttpOnly; SameSite=Lax"), "{half}");
    let there = begun.goes_to().to_owned();
    assert!(!there.contains('@') && !there.contains(&pair(&half)[19..]), "{there}");
    let (origin, path) = there.split_at(there[7..].find('/').unwrap() + 7);
    let provider: SocketAddr = origin.strip_prefix("http://").unwrap().parse().unwrap();
    let back = get_at(world, provider, path, &[]).await.goes_to().to_owned();
    let public = &world.config.server.public_url;
    Sent {
        back: back.strip_prefix(public.as_str()).unwrap().to_owned(),
        half: pair(&half),
    }
}

/// Comes back: the session's cookie, or the name of the refusal with its page.
async fn come_back(world: &World, sent: &Sent) -> Result<String, (String, String)> {
    come_back_at(world, world.app.address, sent).await
}

async fn come_back_at(world: &World, address: SocketAddr, sent: &Sent) -> Result<String, (String, String)> {
    let headers = [("cookie", sent.half.as_str()), FROM_ELSEWHERE];
    let answer = get_at(world, address, &sent.back, &headers).await;
    assert_eq!(answer.headers["referrer-policy"], "no-referrer");
    assert_eq!(answer.headers["cache-control"], "no-store");
    if let Some(session) = answer.sets("__Host-sigap") {
        assert!(session.contains("HttpOnly; SameSite=Strict"), "{session}");
        assert!(answer.sets("__Host-sigap-masuk").unwrap().contains("Max-Age=0"));
        assert_eq!(answer.goes_to(), "/staff/sukabumi/masuk/lanjut");
        return Ok(pair(&session));
    }
    let to = answer.goes_to().to_owned();
    let refusal = to.strip_prefix("/staff/sukabumi/masuk?lembaga=").unwrap().to_owned();
    let page = get(world, &to, &[]).await;
    assert!(page.body.contains(r#"role="alert""#), "{}", page.body);
    Err((refusal, page.body))
}

async fn refusal_of(world: &World) -> String {
    let sent = send(world).await;
    come_back(world, &sent).await.unwrap_err().0
}

async fn acts(world: &World, office: OfficeId) -> Vec<String> {
    let store = world.store();
    let lines = sigap_store::read(&*store, move |tx| tx.list_acts(office, 1, 999)).await;
    let lines = lines.unwrap().into_iter().map(|(act, _)| act);
    lines.map(|act| format!("{} {}", act.act, act.subject)).collect()
}

#[tokio::test]
async fn whoever_the_institution_vouches_for_is_signed_in() {
    let (world, provider) = worlds().await;
    add(&world, sample::OFFICE, ANI).await;
    let page = get(&world, SIGN_IN, &[]).await.body;
    let (button, form) = (page.find("Masuk dengan akun Contoh"), page.find(r#"name="email""#));
    assert!(button.unwrap() < form.unwrap(), "{page}");
    let page = get(&world, &format!("{SIGN_IN}?lang=en"), &[]).await.body;
    assert!(page.contains("Sign in with the Contoh account"), "{page}");

    let sent = send(&world).await;
    let session = come_back(&world, &sent).await.unwrap();
    // The way between: without a script, to a page that the session's cookie comes along to.
    let between = get(&world, "/staff/sukabumi/masuk/lanjut", &[FROM_ELSEWHERE]).await;
    assert!(between.body.contains(r#"content="0; url=/staff/sukabumi""#));
    assert!(between.body.contains(r#"<a href="/staff/sukabumi">"#));
    assert_eq!(
        get(&world, "/staff/sukabumi", &[("cookie", &session)]).await.status,
        200
    );
    // Again, by the same account: what the provider says of itself is known already.
    provider.asked();
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
    assert_eq!(provider.asked(), ["authorization", "trade"]);
    assert_eq!(
        acts(&world, office_of(&world, sample::OFFICE)).await[1..],
        ["institution_bound ", "signed_in institution", "signed_in institution"]
    );
    for personal in [ANI, "akun-1", "kode-1"] {
        assert!(!world.files_hold(personal), "{personal}");
    }
}

#[tokio::test]
async fn what_the_provider_confirms_has_to_hold() {
    let (world, provider) = worlds().await;
    add(&world, sample::OFFICE, ANI).await;
    for (twist, refusal) in [
        (Twist::Nonce, "wrong"),
        (Twist::NoNonce, "wrong"),
        (Twist::Audience, "wrong"),
        (Twist::MoreAudiences, "wrong"),
        (Twist::Issuer, "wrong"),
        (Twist::Expired, "wrong"),
        (Twist::Signature, "wrong"),
        (Twist::Unsigned, "wrong"),
        (Twist::SharedSecret, "wrong"),
        (Twist::NoToken, "wrong"),
        (Twist::Refuses, "wrong"),
        (Twist::Unverified, "unverified"),
        (Twist::NoEmail, "unverified"),
        (Twist::Cancels, "declined"),
        (Twist::RubbishToken, "unreachable"),
        (Twist::LargeToken, "unreachable"),
    ] {
        provider.errs(twist);
        assert_eq!(refusal_of(&world).await, refusal, "{twist:?}");
    }
    provider.errs(Twist::None);
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
}

#[tokio::test]
async fn whoever_is_not_enrolled_here_stays_outside() {
    let (world, provider) = worlds().await;
    add(&world, OTHER, "lain@contoh.go.id").await;
    add(&world, sample::OFFICE, "kepala@contoh.go.id").await;
    for email in [ANI, "lain@contoh.go.id", "\u{212a}epala@contoh.go.id"] {
        provider.is_opened_by("akun-2", email);
        let sent = send(&world).await;
        let (refusal, page) = come_back(&world, &sent).await.unwrap_err();
        assert_eq!(refusal, "unknown", "{email}");
        assert!(!page.contains(email), "{page}");
    }
    // The provider's way of writing the address does not matter; who has left does not come in.
    provider.is_opened_by("akun-2", " Kepala@Contoh.go.id");
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
    let office = office_of(&world, sample::OFFICE);
    let store = world.store();
    let left = sigap_store::write(&*store, office, move |tx| {
        let staff = tx.find_staff_by_email(office, "kepala@contoh.go.id")?.unwrap();
        let mut row = tx.find_staff(office, staff)?.unwrap();
        row.is_active = false;
        tx.replace_staff(office, &row)
    });
    left.await.unwrap();
    assert_eq!(refusal_of(&world).await, "unknown");
}

#[tokio::test]
async fn a_way_back_leads_in_once_in_time_and_in_the_browser_in_which_it_began() {
    let (world, _provider) = worlds().await;
    add(&world, sample::OFFICE, ANI).await;
    let sent = send(&world).await;
    let other = send(&world).await;
    let foreign = |half: &str| Sent {
        back: sent.back.clone(),
        half: half.to_owned(),
    };
    // Another browser: without anything, with its own half, with a made-up one.
    for half in ["", other.half.as_str(), "__Host-sigap-masuk=x", "__Host-sigap-masuk="] {
        let refused = come_back(&world, &foreign(half)).await.unwrap_err();
        assert_eq!(refused.0, "late", "{half}");
    }
    // At another office the question does not stand.
    let elsewhere = Sent {
        back: sent.back.replace("state=sukabumi.", "state=jakarta-pusat."),
        half: sent.half.clone(),
    };
    let headers = [("cookie", elsewhere.half.as_str())];
    let answer = get(&world, &elsewhere.back, &headers).await;
    assert_eq!(answer.goes_to(), "/staff/jakarta-pusat/masuk?lembaga=late");
    for nowhere in [
        "/masuk/kembali",
        "/masuk/kembali?state=x&code=y",
        "/masuk/kembali?state=a.b",
    ] {
        assert_eq!(get(&world, nowhere, &headers).await.goes_to(), "/staff");
    }
    // None of that used it up.
    assert!(come_back(&world, &sent).await.is_ok());
    assert_eq!(come_back(&world, &sent).await.unwrap_err().0, "late");
    world.pass(600);
    assert_eq!(come_back(&world, &other).await.unwrap_err().0, "late");
}

#[tokio::test]
async fn a_provider_that_is_of_no_use_is_told_kindly() {
    let provider = Provider::start(WEDNESDAY.parse().unwrap()).await;
    let world = world_of(&provider).await;
    let begin = async || {
        let to = get(&world, BEGIN, &[]).await.goes_to().to_owned();
        let refusal = to.strip_prefix("/staff/sukabumi/masuk?lembaga=")?;
        Some((refusal.to_owned(), get(&world, &to, &[]).await.body))
    };
    for twist in [
        Twist::RubbishDiscovery,
        Twist::LargeDiscovery,
        Twist::RubbishKeys,
        Twist::LargeKeys,
        Twist::AnotherIssuer,
        Twist::Redirects,
        Twist::PlainAddress,
    ] {
        provider.errs(twist);
        let (refusal, page) = begin().await.unwrap();
        assert_eq!(refusal, "unreachable", "{twist:?}");
        assert!(page.contains("tidak menjawab") && page.contains("kata sandi"), "{page}");
        let doctor = sigap::app::institution(&world.config).unwrap().unwrap();
        assert!(doctor.look(world.clock.now()).await.is_err(), "{twist:?}");
    }
    // It comes back by itself.
    provider.errs(Twist::None);
    assert!(begin().await.is_none());
    // What it said of itself is believed for an hour, and no longer.
    provider.asked();
    begin().await;
    assert!(provider.asked().is_empty());
    world.pass(3_600);
    begin().await;
    assert!(provider.asked().contains(&"discovery".to_owned()));
}

#[tokio::test]
async fn a_provider_that_is_down_is_told_kindly() {
    // A port that nobody listens on any more.
    let mut settings = Provider::start(WEDNESDAY.parse().unwrap()).await.settings();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    settings.issuer = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let world = World::with(Wish {
        institution: Some(settings),
        ..Wish::default()
    })
    .await;
    let answer = get(&world, "/staff/jakarta-pusat/masuk/lembaga", &[]).await;
    assert_eq!(answer.goes_to(), "/staff/jakarta-pusat/masuk?lembaga=unreachable");
}

#[tokio::test]
async fn a_provider_may_change_its_key() {
    let (world, provider) = worlds().await;
    add(&world, sample::OFFICE, ANI).await;
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
    provider.changes_its_key();
    // In the first minute nobody can make us ask again and again.
    assert_eq!(refusal_of(&world).await, "wrong");
    world.pass(60);
    provider.has_time(world.clock.now());
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
}

#[tokio::test]
async fn an_address_that_was_given_to_somebody_else_is_not_enough() {
    let (world, provider) = worlds().await;
    enrol(&world, sample::OFFICE, ANI, &[Role::Counter]).await;
    provider.has_time(world.clock.now());
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
    provider.is_opened_by("akun-2", ANI);
    assert_eq!(refusal_of(&world).await, "changed");
    let office = office_of(&world, sample::OFFICE);
    assert_eq!(acts(&world, office).await.last().unwrap(), "sign_in_failed institution");
    // Roles that change do not let the new account in, a link that is used does.
    add(&world, sample::OFFICE, ANI).await;
    assert_eq!(refusal_of(&world).await, "changed");
    enrol(&world, sample::OFFICE, ANI, &[Role::Counter]).await;
    provider.has_time(world.clock.now());
    let sent = send(&world).await;
    assert!(come_back(&world, &sent).await.is_ok());
    provider.is_opened_by("akun-1", ANI);
    assert_eq!(refusal_of(&world).await, "changed");
}

#[tokio::test]
async fn the_way_back_may_come_to_another_process() {
    let (world, _provider) = worlds().await;
    add(&world, sample::OFFICE, ANI).await;
    let second = world.second_process().await;
    let sent = send(&world).await;
    let session = come_back_at(&world, second.address, &sent).await.unwrap();
    assert_eq!(
        get(&world, "/staff/sukabumi", &[("cookie", &session)]).await.status,
        200
    );
    second.stop().await;
}

#[tokio::test]
async fn another_site_cannot_press_the_button() {
    let (world, provider) = worlds().await;
    let answer = get(&world, BEGIN, &[FROM_ELSEWHERE]).await;
    assert_eq!(answer.goes_to(), SIGN_IN);
    assert_eq!(answer.sets("__Host-sigap-masuk"), None);
    assert!(provider.asked().is_empty());
}

#[tokio::test]
async fn without_an_institution_there_is_no_such_way() {
    let world = World::new().await;
    let page = get(&world, "/staff/jakarta-pusat/masuk", &[]).await.body;
    assert!(!page.contains("/masuk/lembaga"), "{page}");
    for path in [
        "/staff/jakarta-pusat/masuk/lembaga",
        "/masuk/kembali?state=jakarta-pusat.x",
    ] {
        assert_eq!(get(&world, path, &[]).await.status, 404, "{path}");
    }
    // An address that names a refusal which is none says nothing.
    let page = get(&world, "/staff/jakarta-pusat/masuk?lembaga=%3Cb%3E", &[])
        .await
        .body;
    assert!(!page.contains("role=\"alert\" id=\"problem\""), "{page}");
}
