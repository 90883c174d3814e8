//! Programs of partners: what their keys allow, bookings they make once, and calls they hear, signed and until they heard them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes as Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post as answer_post;
use bytes::Bytes;
use data_encoding::BASE64;
use hyper::Method;
use serde_json::{Value, json};
use sigap_actions::api_keys::NewApiKey;
use sigap_actions::hooks::sign;
use sigap_content::sample;
use sigap_core::outward::Scope;
use sigap_core::staff::Role;
use tokio::net::TcpListener;

use crate::console::{get, office_of, officer, post, world};
use crate::world::World;

const OFFICE: &str = "/api/v1/offices/sukabumi";
const PAGE: &str = "/staff/sukabumi/program";

async fn key(world: &World, slug: &str, scopes: &[Scope], per_hour: u32) -> String {
    let new = NewApiKey {
        label: "mitra".into(),
        scopes: scopes.to_vec(),
        per_hour,
    };
    let office = office_of(world, slug);
    world
        .app
        .service
        .make_api_key(office, None, new)
        .await
        .unwrap()
        .unwrap()
        .1
}

async fn ask(world: &World, key: &str, method: Method, path: &str, body: &str) -> (u16, Value) {
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let (status, told) = world
        .request(method, path, &headers, Bytes::from(body.to_owned()))
        .await;
    (status, serde_json::from_str(&told).unwrap_or(Value::String(told)))
}

async fn first_hour(world: &World, key: &str) -> String {
    let (status, days) = ask(world, key, Method::GET, &format!("{OFFICE}/places?service=pickup"), "").await;
    assert_eq!(status, 200, "{days}");
    let free = days.as_array().unwrap().iter().find(|day| day["state"] == "free");
    free.expect("a day is free")["hours"][0]["at"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_key_allows_what_the_office_chose_as_often_as_it_chose() {
    let world = world().await;
    let places = key(&world, "sukabumi", &[Scope::Places], 5).await;
    let (status, told) = ask(&world, &places, Method::GET, OFFICE, "").await;
    assert_eq!((status, &told["office"]), (200, &json!("sukabumi")));
    assert!(
        told["services"]
            .as_array()
            .unwrap()
            .iter()
            .any(|service| service["service"] == "pickup")
    );
    let (status, days) = ask(
        &world,
        &places,
        Method::GET,
        &format!("{OFFICE}/places?service=pickup&people=5"),
        "",
    )
    .await;
    assert_eq!(status, 200);
    let closed = days
        .as_array()
        .unwrap()
        .iter()
        .find(|day| day["state"] == "closed")
        .unwrap();
    assert!(!closed["why"].as_str().unwrap().is_empty(), "a closed day says why");
    let (status, openings) = ask(&world, &places, Method::GET, &format!("{OFFICE}/openings"), "").await;
    assert_eq!(status, 200);
    let draw = openings
        .as_array()
        .unwrap()
        .iter()
        .find(|opening| opening["release"] == "draw")
        .unwrap();
    assert!(draw["record"].as_str().unwrap().contains("/undian/"));
    let (status, told) = ask(
        &world,
        &places,
        Method::GET,
        &format!("{OFFICE}/places?service=apa"),
        "",
    )
    .await;
    assert_eq!(
        (status, &told["type"]),
        (404, &json!("urn:sigap:problem:unknown-service"))
    );
    let (status, told) = ask(&world, &places, Method::GET, &format!("{OFFICE}/queue"), "").await;
    assert_eq!((status, &told["type"]), (403, &json!("urn:sigap:problem:not-allowed")));
    assert!(told["detail"].as_str().unwrap().contains("`queue`"));
    let elsewhere = ask(&world, &places, Method::GET, "/api/v1/offices/jakarta-pusat", "").await;
    assert_eq!(elsewhere.0, 401, "a key is good at its own office");
    assert_eq!(ask(&world, "sigap_apa", Method::GET, OFFICE, "").await.0, 401);
    // Five within an hour: four were answered, and what was not allowed counted for nothing.
    assert_eq!(ask(&world, &places, Method::GET, OFFICE, "").await.0, 200);
    let bearer = format!("Bearer {places}");
    let refused = world
        .respond(Method::GET, OFFICE, &[("authorization", &bearer)], Bytes::new())
        .await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    world.pass(3_601);
    assert_eq!(ask(&world, &places, Method::GET, OFFICE, "").await.0, 200);
    let figures = key(&world, "sukabumi", &[Scope::Figures], 100).await;
    let of = |month: &str| format!("{OFFICE}/figures?month={month}");
    let (status, told) = ask(&world, &figures, Method::GET, &of("2026-10"), "").await;
    assert_eq!((status, &told["month"]), (200, &json!("2026-10")), "{told}");
    let (status, told) = ask(&world, &figures, Method::GET, &of("2026-11"), "").await;
    assert_eq!(
        (status, &told["type"]),
        (422, &json!("urn:sigap:problem:not-over")),
        "{told}"
    );
    let (status, _) = ask(
        &world,
        &figures,
        Method::GET,
        &format!("{OFFICE}/figures?month=kemarin"),
        "",
    )
    .await;
    assert_eq!(status, 422);
    let (status, document) = world.request(Method::GET, "/api/openapi.json", &[], Bytes::new()).await;
    assert!(status == 200 && document.contains("/api/v1/offices/{office}/queue"));
}

#[tokio::test]
async fn the_hall_is_seen_without_anybody_in_it_and_a_number_tells_its_stage() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    post(&world, "/staff/sukabumi/nomor", &counter, "tap=1&line=pickup").await;
    post(&world, "/staff/sukabumi/loket/4", &counter, "tap=2&deed=next").await;
    let key = key(&world, "sukabumi", &[Scope::Queue, Scope::Status], 100).await;
    let (status, hall) = ask(&world, &key, Method::GET, &format!("{OFFICE}/queue"), "").await;
    assert_eq!(status, 200, "{hall}");
    assert_eq!(hall["calls"][0]["counter"], "4");
    assert!(
        hall["lines"]
            .as_array()
            .unwrap()
            .iter()
            .any(|line| line["line"] == "pickup" && line["counters"] == 1)
    );
    let asked = |number: &str| json!({ "number": number }).to_string();
    let path = format!("{OFFICE}/status");
    let (status, told) = ask(&world, &key, Method::POST, &path, &asked("1179.0000.0077.7001")).await;
    assert_eq!(
        (status, &told["type"]),
        (404, &json!("urn:sigap:problem:unknown-number"))
    );
    let report = "LAPORAN WAWANCARA\nNOMOR PEMOHON;NAMA PEMOHON;TANGGAL PERMOHONAN;TANGGAL WAWANCARA\n\
                  1179000000777001;CONTOH SATU;20-11-2026;23-11-2026\n";
    let reports = key_for_reports(&world).await;
    let (status, _) = ask(&world, &reports, Method::POST, &format!("{OFFICE}/reports"), report).await;
    assert_eq!(status, 200);
    let (status, told) = ask(&world, &key, Method::POST, &path, &asked("1179 0000 0077 7001")).await;
    assert_eq!(
        (status, &told["stage"], &told["office"]),
        (200, &json!("interviewed"), &json!("sukabumi"))
    );
    assert!(!told.to_string().contains("CONTOH"), "a bare number shows no name");
    for (body, status) in [
        (asked("123"), 422),
        ("{".into(), 400),
        (json!({ "nomor": "CONTOH SATU" }).to_string(), 400),
    ] {
        let (got, told) = ask(&world, &key, Method::POST, &path, &body).await;
        assert_eq!(got, status, "{told}");
        assert!(!told.to_string().contains("CONTOH"), "nothing that was sent comes back");
    }
}

async fn key_for_reports(world: &World) -> String {
    key(world, "sukabumi", &[Scope::Reports], 10).await
}

#[tokio::test]
async fn a_partner_books_once_under_a_reference_and_sees_only_its_own() {
    let world = world().await;
    let partner = key(&world, "sukabumi", &[Scope::Places, Scope::Bookings], 100).await;
    let other = key(&world, "sukabumi", &[Scope::Bookings], 100).await;
    let at = first_hour(&world, &partner).await;
    let order = |reference: &str, name: &str, phone: &str| {
        json!({ "reference": reference, "service": "pickup", "at": at, "phone": phone,
                "people": [{ "name": name, "born_on": "1990-12-31" }] })
        .to_string()
    };
    let path = format!("{OFFICE}/bookings");
    let (status, booked) = ask(&world, &partner, Method::POST, &path, &order("A-1", "Budi Contoh", "")).await;
    assert_eq!((status, &booked["state"]), (201, &json!("booked")), "{booked}");
    assert!(booked["ticket"].as_str().unwrap().contains("/o/sukabumi/t/"));
    assert!(!booked.to_string().contains("Budi"), "names are not told back");
    let (status, again) = ask(&world, &partner, Method::POST, &path, &order("A-1", "Budi Contoh", "")).await;
    assert_eq!(
        (status, &again["code"]),
        (201, &booked["code"]),
        "sent again, booked once"
    );
    let code = booked["code"].as_str().unwrap();
    let own = format!("{path}/{code}");
    assert_eq!(ask(&world, &partner, Method::GET, &own, "").await.1["state"], "booked");
    assert_eq!(ask(&world, &other, Method::GET, &own, "").await.0, 404);
    assert_eq!(ask(&world, &other, Method::DELETE, &own, "").await.0, 404);
    let (status, other_booked) = ask(&world, &other, Method::POST, &path, &order("A-1", "Siti Contoh", "")).await;
    assert_eq!(status, 201, "references of two partners are two");
    assert_ne!(other_booked["code"], booked["code"]);
    // Whoever is told by WhatsApp has one booking for a name.
    let phone = "0812-3456-7890";
    assert_eq!(
        ask(
            &world,
            &partner,
            Method::POST,
            &path,
            &order("B-1", "Ani Contoh", phone)
        )
        .await
        .0,
        201
    );
    let (status, told) = ask(
        &world,
        &partner,
        Method::POST,
        &path,
        &order("B-2", "Ani Contoh", phone),
    )
    .await;
    assert_eq!(
        (status, &told["type"]),
        (409, &json!("urn:sigap:problem:has-one")),
        "{told}"
    );
    let (status, ended) = ask(&world, &partner, Method::DELETE, &own, "").await;
    assert_eq!((status, &ended["state"]), (200, &json!("cancelled")));
    assert_eq!(
        ask(&world, &partner, Method::DELETE, &own, "").await.0,
        200,
        "cancelled before"
    );
    let wrong = [
        ("reference", json!(" ")),
        ("at", json!("besok")),
        ("people", json!([])),
        ("people", json!([{ "name": "", "born_on": "1990-12-31" }])),
        ("people", json!([{ "name": "Budi", "born_on": "31-12-1990" }])),
        (
            "people",
            json!([{ "name": "Budi", "born_on": "1990-12-31", "nik": "123" }]),
        ),
        ("phone", json!("0812")),
    ];
    for (field, value) in wrong {
        let mut body: Value = serde_json::from_str(&order("C-1", "Budi Lain", "")).unwrap();
        body[field] = value;
        let (status, told) = ask(&world, &partner, Method::POST, &path, &body.to_string()).await;
        assert_eq!(
            (status, &told["type"]),
            (422, &json!("urn:sigap:problem:wrong-field")),
            "{field}: {told}"
        );
        assert!(told["detail"].as_str().unwrap().contains(field));
    }
    let mut closed: Value = serde_json::from_str(&order("C-2", "Budi Lain", "")).unwrap();
    closed["at"] = json!("2026-11-29T09:00:00");
    let (status, told) = ask(&world, &partner, Method::POST, &path, &closed.to_string()).await;
    assert_eq!((status, &told["type"]), (409, &json!("urn:sigap:problem:not-then")));
    closed["service"] = json!("apa");
    assert_eq!(
        ask(&world, &partner, Method::POST, &path, &closed.to_string()).await.0,
        404
    );
}

/// A partner's server: keeps what it hears, and answers as it is told.
#[derive(Clone)]
struct Partner {
    heard: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    status: Arc<Mutex<StatusCode>>,
}

impl Partner {
    async fn start() -> (Self, String) {
        let partner = Self {
            heard: Arc::default(),
            status: Arc::new(Mutex::new(StatusCode::NO_CONTENT)),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/sigap", listener.local_addr().unwrap());
        let routes = Router::new()
            .route("/sigap", answer_post(Self::hear))
            .with_state(partner.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (partner, url)
    }

    async fn hear(State(partner): State<Self>, headers: HeaderMap, body: Body) -> StatusCode {
        let body = String::from_utf8(body.to_vec()).unwrap();
        partner.heard.lock().unwrap().push((headers, body));
        *partner.status.lock().unwrap()
    }

    fn answers(&self, status: StatusCode) {
        *self.status.lock().unwrap() = status;
    }

    fn count(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    fn last(&self) -> (HeaderMap, String) {
        self.heard.lock().unwrap().last().unwrap().clone()
    }
}

/// What is shown this once.
fn secret_of(page: &str) -> String {
    let at = page.find("<p><code>").expect("a secret is shown") + "<p><code>".len();
    page[at..].split('<').next().unwrap().to_owned()
}

async fn add_hook(world: &World, head: &str, url: &str) -> String {
    let url = url.replace(':', "%3A").replace('/', "%2F");
    let body = format!("label=Mitra&url={url}&event=booking.booked&event=case.opened");
    let (status, page) = post(world, &format!("{PAGE}/alamat"), head, &body).await;
    assert_eq!(status, 200, "{page}");
    secret_of(&page)
}

#[tokio::test]
async fn what_happens_is_told_signed_and_again_until_it_was_heard() {
    let world = world().await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (partner, url) = Partner::start().await;
    let secret = add_hook(&world, &head, &url).await;
    let booker = key(&world, "sukabumi", &[Scope::Places, Scope::Bookings], 100).await;
    let at = first_hour(&world, &booker).await;
    let order = |reference: &str, name: &str| {
        json!({ "reference": reference, "service": "pickup", "at": at, "people": [{ "name": name, "born_on": "1990-12-31" }] })
            .to_string()
    };
    let path = format!("{OFFICE}/bookings");
    partner.answers(StatusCode::SERVICE_UNAVAILABLE);
    let (status, booked) = ask(&world, &booker, Method::POST, &path, &order("A", "Budi Contoh")).await;
    assert_eq!(status, 201);
    world
        .until("the partner was called", async || partner.count() == 1)
        .await;
    let (headers, body) = partner.last();
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (&told["type"], &told["office"]),
        (&json!("booking.booked"), &json!("sukabumi"))
    );
    assert_eq!(told["data"]["service"], "pickup");
    assert!(
        !body.contains("Budi") && !body.contains(booked["code"].as_str().unwrap()),
        "{body}"
    );
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let bytes = BASE64
        .decode(secret.strip_prefix("whsec_").unwrap().as_bytes())
        .unwrap();
    let signed = sign(
        &bytes,
        &header("webhook-id"),
        header("webhook-timestamp").parse().unwrap(),
        &body,
    );
    assert_eq!(header("webhook-signature"), signed);
    // It did not hear: the same call comes again, ten seconds later, and no sooner.
    let failed = async |told: &str| get(&world, PAGE, &head).await.1.contains(told);
    world.until("the failure is seen", async || failed("503").await).await;
    partner.answers(StatusCode::NO_CONTENT);
    world.pass(11);
    world
        .until("the partner was called again", async || partner.count() == 2)
        .await;
    assert_eq!(partner.last().0["webhook-id"], headers["webhook-id"]);
    world
        .until("it was heard", async || failed("Terakhir diterima").await)
        .await;
    assert!(failed("0 kabar menunggu").await);
    // Of what it did not ask for it hears nothing.
    let code = booked["code"].as_str().unwrap();
    assert_eq!(
        ask(&world, &booker, Method::DELETE, &format!("{path}/{code}"), "")
            .await
            .0,
        200
    );
    ask(&world, &booker, Method::POST, &path, &order("B", "Siti Contoh")).await;
    world
        .until("the next booking is told", async || partner.count() == 3)
        .await;
    assert!(partner.last().1.contains("booking.booked"));
}

#[tokio::test]
async fn an_address_that_never_hears_is_given_up_after_three_days_until_somebody_tries_it() {
    let world = world().await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (partner, url) = Partner::start().await;
    add_hook(&world, &head, &url).await;
    let (hooks, _) = world
        .app
        .service
        .list_hooks(office_of(&world, "sukabumi"))
        .await
        .unwrap();
    let id = hooks[0].id;
    partner.answers(StatusCode::GONE);
    let (status, page) = post(&world, &format!("{PAGE}/alamat/coba"), &head, &format!("id={id}")).await;
    assert!(status == 200 && page.contains("percobaan"), "{page}");
    for tries in 1..=10 {
        world.until("it is called", async || partner.count() == tries).await;
        let stopped = async || {
            world
                .app
                .service
                .list_hooks(office_of(&world, "sukabumi"))
                .await
                .unwrap()
                .0[0]
                .clone()
        };
        world
            .until("it is noted", async || {
                stopped().await.failed_at == Some(sigap_actions::ports::Clock::now(&*world.clock))
            })
            .await;
        assert_eq!(stopped().await.stopped_at.is_some(), tries == 10, "after try {tries}");
        world.pass(24 * 3_600 + 1);
    }
    let head = crate::console::officer(&world, sample::OFFICE, "kepala2@contoh.go.id", &[Role::Head]).await;
    assert!(get(&world, PAGE, &head).await.1.contains("Berhenti"));
    partner.answers(StatusCode::OK);
    post(&world, &format!("{PAGE}/alamat/coba"), &head, &format!("id={id}")).await;
    world.until("it is called again", async || partner.count() == 11).await;
    world
        .until("it is well", async || {
            get(&world, PAGE, &head).await.1.contains("Terakhir diterima")
        })
        .await;
    let (_, page) = post(&world, &format!("{PAGE}/alamat/hapus"), &head, &format!("id={id}")).await;
    assert!(page.is_empty(), "it leads back");
    assert!(get(&world, PAGE, &head).await.1.contains("Belum ada alamat"));
}

#[tokio::test]
async fn the_page_is_for_the_head_and_it_and_says_what_is_wrong() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    assert_eq!(get(&world, PAGE, &counter).await.0, 403);
    let it = officer(&world, sample::OFFICE, "ti@contoh.go.id", &[Role::It]).await;
    let (status, page) = get(&world, PAGE, &it).await;
    assert!(status == 200 && page.contains("Belum ada kunci"), "{page}");
    for (path, body, told) in [
        ("kunci", "label=&may=queue&per_hour=10", "milik siapa"),
        ("kunci", "label=Mitra&per_hour=10", "Centang"),
        (
            "alamat",
            "label=Mitra&url=http%3A%2F%2Fmitra.go.id&event=case.opened",
            "https://",
        ),
        ("alamat", "label=Mitra&url=https%3A%2F%2Fmitra.go.id", "peristiwa"),
    ] {
        let (status, page) = post(&world, &format!("{PAGE}/{path}"), &it, body).await;
        assert!(status == 422 && page.contains(told), "{body}: {page}");
    }
    let (status, page) = post(
        &world,
        &format!("{PAGE}/kunci"),
        &it,
        "label=Papan+luar&may=queue&per_hour=10",
    )
    .await;
    assert_eq!(status, 200);
    let made = secret_of(&page);
    assert_eq!(
        ask(&world, &made, Method::GET, &format!("{OFFICE}/queue"), "").await.0,
        200
    );
    let keys = world
        .app
        .service
        .list_api_keys(office_of(&world, "sukabumi"))
        .await
        .unwrap();
    assert!(!get(&world, PAGE, &it).await.1.contains(&made), "a key is shown once");
    post(
        &world,
        &format!("{PAGE}/kunci/cabut"),
        &it,
        &format!("id={}", keys[0].id),
    )
    .await;
    assert_eq!(
        ask(&world, &made, Method::GET, &format!("{OFFICE}/queue"), "").await.0,
        401
    );
    assert!(get(&world, PAGE, &it).await.1.contains("Dicabut"));
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    assert!(
        get(&world, "/staff/sukabumi/jejak", &head)
            .await
            .1
            .contains("api key revoked")
    );
}

#[tokio::test]
async fn openings_can_be_subscribed_to() {
    let world = world().await;
    let (status, file) = world
        .request(Method::GET, "/o/sukabumi/pembukaan.ics", &[], Bytes::new())
        .await;
    assert_eq!(status, 200);
    assert!(
        file.starts_with("BEGIN:VCALENDAR\r\n") && file.contains("DTSTART;VALUE=DATE:2026"),
        "{file}"
    );
    let whole: String = file.replace("\r\n ", "");
    assert!(
        whole.contains("/o/sukabumi/undian") && whole.contains("UID:sukabumi-"),
        "{whole}"
    );
    assert!(whole.matches("BEGIN:VEVENT").count() > 1);
}
