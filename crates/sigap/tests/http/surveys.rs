//! The satisfaction survey: asked after a visit, answered once on a page without a script, read by the head without anybody's name.

use bytes::Bytes;
use hyper::Method;
use jiff::Timestamp;
use serde_json::{Value, json};
use sigap::config::FlowIds;
use sigap::flows;
use sigap_content::sample;
use sigap_core::staff::Role;
use sigap_emulator::{Fault, FaultKind, Said};
use sigap_store::records::InboxState;
use sigap_whatsapp::client;

use crate::console::{OTHER, get, office_of, officer, post, world, world_with};
use crate::world::{NUMBER, OTHER_NUMBER, SARI, SARI_PHONE, World, text, webhook};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Gives a number and serves it when wanted; the path of its page.
async fn visit(world: &World, counter: &str, tap: &str, is_served: bool) -> String {
    let (_, page) = post(
        world,
        "/staff/sukabumi/nomor",
        counter,
        &format!("tap={tap}&line=pickup"),
    )
    .await;
    let at = page.find("/o/sukabumi/q/").expect("a ticket") + "/o/sukabumi/q/".len();
    let token = page[at..].split('?').next().unwrap().to_owned();
    if is_served {
        post(
            world,
            "/staff/sukabumi/loket/4",
            counter,
            &format!("tap={tap}n&deed=next"),
        )
        .await;
        // Calling the next ends the one before.
        post(
            world,
            "/staff/sukabumi/loket/4",
            counter,
            &format!("tap={tap}m&deed=next"),
        )
        .await;
    }
    token
}

async fn answer(world: &World, token: &str, body: &str) -> (u16, String) {
    world
        .request(
            Method::POST,
            &format!("/o/sukabumi/s/{token}"),
            &[FORM],
            Bytes::from(body.to_owned()),
        )
        .await
}

#[tokio::test]
async fn a_visit_is_rated_once_and_the_head_sees_the_index() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (_, page) = get(&world, "/staff/sukabumi/survei", &head).await;
    assert!(page.contains("Belum ada jawaban"), "{page}");
    let token = visit(&world, &counter, "a", true).await;
    let (_, place) = get(&world, &format!("/o/sukabumi/q/{token}"), "").await;
    assert!(
        place.contains(&format!("/o/sukabumi/s/{token}")),
        "the page of the number leads there: {place}"
    );
    let (status, page) = get(&world, &format!("/o/sukabumi/s/{token}"), "").await;
    assert!(
        status == 200
            && page.matches("<fieldset").count() == 9
            && page.contains("<form method=\"post\" data-kirim-nanti"),
        "{page}"
    );

    let (status, page) = answer(&world, &token, "comment=hanya+kata").await;
    assert!(
        status == 422 && page.contains("paling sedikit satu") && page.contains("hanya kata"),
        "{page}"
    );
    let all: String = (1..=9).map(|element| format!("u{element}=3&")).collect();
    let (status, page) = answer(&world, &token, &format!("{all}comment=Kursi+%3Cb%3Ekurang")).await;
    assert!(status == 200 && page.contains("Terima kasih"), "{page}");
    let (_, page) = answer(&world, &token, &format!("{all}comment=kedua+kalinya")).await;
    assert!(page.contains("sudah dinilai"), "{page}");

    let (_, page) = get(&world, "/staff/sukabumi/survei", &head).await;
    assert!(
        page.contains("75,00") && page.contains("mutu C") && page.contains("1 orang"),
        "{page}"
    );
    assert!(
        page.contains("Kursi &#60;b&#62;kurang") && !page.contains("kedua kalinya"),
        "{page}"
    );
    let (_, page) = get(&world, "/staff/sukabumi/survei?month=2026-10", &head).await;
    assert!(page.contains("Belum ada jawaban"), "{page}");
    assert_eq!(get(&world, "/staff/sukabumi/survei", &counter).await.0, 403);
}

#[tokio::test]
async fn nothing_is_asked_before_the_service_and_what_is_no_answer_is_none() {
    let world = world().await;
    let counter = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let token = visit(&world, &counter, "a", false).await;
    let (_, page) = get(&world, &format!("/o/sukabumi/s/{token}"), "").await;
    assert!(
        page.contains("belum selesai") && !page.contains("data-kirim-nanti"),
        "{page}"
    );
    let (_, page) = answer(&world, &token, "u1=4").await;
    assert!(page.contains("belum selesai"), "{page}");
    // The one who came first is called first, and served when the next is called.
    visit(&world, &counter, "b", true).await;
    let (status, _) = answer(&world, &token, "u1=9&u2=baik&u3=-1&u4=0").await;
    assert_eq!(status, 422, "none of these is an answer");
    let (status, page) = get(&world, "/o/sukabumi/s/made-up", "").await;
    assert_eq!(status, 404, "{page}");
    assert_eq!(answer(&world, "made-up", "u1=4").await.0, 404);
}

/// Somebody else of the cast.
const KARTINI: &str = "kartini";
const KARTINI_PHONE: &str = "6281100000102";
/// The Monday on which they come.
const MONDAY: &str = "2026-11-30T02:40:00Z";

/// A world whose first number has the survey's Flow.
async fn world_with_flow() -> World {
    let world = world_with(|config| {
        config.whatsapp.number[1].office = OTHER.into();
        // The ids that the emulator gives first.
        config.whatsapp.number[0].survey_flow = FlowIds {
            id: "900000000000001".into(),
            en: "900000000000002".into(),
        };
    })
    .await;
    let whatsapp = &world.config.whatsapp;
    let calls = client::Config::new(
        &whatsapp.graph_url,
        &whatsapp.graph_version,
        whatsapp.access_token.clone(),
    );
    let service = &world.app.service;
    let office = service.content().office_by_slug(sample::OFFICE).unwrap().clone();
    let client = client::Client::new(&calls).unwrap();
    let flows = flows::publish_survey(&client, "100000000000000", service.content(), &office)
        .await
        .unwrap();
    assert_eq!(flows, whatsapp.number[0].survey_flow);
    world
}

/// Sari books in the chat, comes on Monday, writes once more, and is called; the officer at the counter.
async fn called(world: &World) -> String {
    let person = SARI;
    let name = "Siti Aminah 01-02-1990";
    for step in [
        "daftar antrean",
        "[booking.service:pickup]",
        name,
        "senin jam 10",
        "[booking.confirm:]",
    ] {
        match step.strip_prefix('[').and_then(|step| step.strip_suffix(']')) {
            Some(choice) => world.taps(person, choice),
            None => drop(world.types(person, step)),
        }
        world.settle().await;
    }
    let told = world.answers(person).pop().unwrap();
    let at = told.find("Kode: *").expect("a code") + "Kode: *".len();
    let code = told[at..].split('*').next().unwrap().replace(' ', "+");
    world.clock.set(MONDAY.parse().unwrap());
    world.asks(person, "halo").await;
    let counter = officer(world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let body = format!("tap=a&code={code}&nik=3272014102900001");
    let (status, page) = post(world, "/staff/sukabumi/datang", &counter, &body).await;
    assert_eq!(status, 200, "{page}");
    next(world, &counter, "n").await;
    counter
}

/// Calls whoever is next, which ends the one before.
async fn next(world: &World, counter: &str, tap: &str) {
    let body = format!("tap={tap}&deed=next");
    post(world, "/staff/sukabumi/loket/4", counter, &body).await;
    world.pass(0);
    world.settle().await;
}

async fn served(world: &World) {
    let counter = called(world).await;
    next(world, &counter, "m").await;
}

/// The newest message with a form, and what its request carried.
fn flow_of(world: &World, person: &str) -> (String, Value) {
    let sent = world.sent_to(person);
    let flow = sent
        .iter()
        .rev()
        .find(|sent| sent.body["interactive"]["type"] == "flow")
        .expect("a form");
    (flow.wamid.clone(), flow.body["interactive"].clone())
}

fn filled(message_id: &str, values: Value) -> Said {
    Said::Form {
        message_id: message_id.to_owned(),
        values: values.as_object().unwrap().clone(),
    }
}

fn all_good() -> Value {
    let mut values: serde_json::Map<String, Value> =
        (1..=9).map(|element| (format!("u{element}"), json!("3"))).collect();
    values.insert("form".into(), json!("sigap_survey"));
    values.insert("comment".into(), json!("Kursi <b>kurang"));
    Value::Object(values)
}

#[tokio::test]
async fn after_a_visit_the_form_comes_into_the_chat_and_is_taken_once() {
    let world = world_with_flow().await;
    served(&world).await;
    let head = officer(&world, sample::OFFICE, "kepala@contoh.go.id", &[Role::Head]).await;
    let (message, flow) = flow_of(&world, SARI);
    let parameters = &flow["action"]["parameters"];
    assert_eq!(
        (&parameters["flow_id"], &parameters["flow_cta"]),
        (&json!("900000000000001"), &json!("Isi penilaian"))
    );
    let token = parameters["flow_token"].as_str().unwrap().to_owned();
    let words = flow["body"]["text"].as_str().unwrap();
    assert!(
        words.contains(&format!("/o/sukabumi/s/{token}")),
        "old phones get the page: {words}"
    );
    let (status, _) = get(&world, &format!("/o/sukabumi/s/{token}"), "").await;
    assert_eq!(status, 200);

    // Nothing answered: the page is offered, and the visit may still be answered about.
    world.says(
        SARI,
        filled(
            &message,
            json!({ "form": "sigap_survey", "u1": "", "comment": "hanya kata" }),
        ),
    );
    world.settle().await;
    assert!(world.answers(SARI).pop().unwrap().contains("paling sedikit satu"));
    let first = world.says(SARI, filled(&message, all_good()));
    world.settle().await;
    assert!(
        world
            .answers(SARI)
            .pop()
            .unwrap()
            .contains("Terima kasih. Jawaban Anda")
    );
    let second = world.says(SARI, filled(&message, json!({ "form": "sigap_survey", "u1": "1" })));
    world.settle().await;
    assert!(world.answers(SARI).pop().unwrap().contains("sudah dinilai"));
    let (_, page) = answer(&world, &token, "u1=1").await;
    assert!(page.contains("sudah dinilai"), "the page knows it as well: {page}");

    let (_, page) = get(&world, "/staff/sukabumi/survei", &head).await;
    assert!(page.contains("75,00") && page.contains("1 orang"), "{page}");
    assert!(
        page.contains("Kursi &#60;b&#62;kurang") && !page.contains("hanya kata"),
        "{page}"
    );
    // The messages that brought the answers are kept without them, or they would name who gave which.
    let office = office_of(&world, sample::OFFICE);
    for id in [first, second] {
        let store = world.store();
        let found = sigap_store::read(&*store, move |tx| {
            tx.find_received(office, NUMBER, &id, Timestamp::UNIX_EPOCH)
        });
        let kept = found.await.unwrap().unwrap();
        assert!(kept.content.is_none() && kept.state == InboxState::Answered);
    }
}

#[tokio::test]
async fn a_form_about_somebody_elses_visit_is_refused_kindly() {
    let world = world_with_flow().await;
    served(&world).await;
    let (message, flow) = flow_of(&world, SARI);
    let token = flow["action"]["parameters"]["flow_token"].as_str().unwrap();
    let mut values = all_good();
    // Passed on to Kartini, brought to another office, made up, lost on the way.
    for (at, (person, number, token)) in [
        (KARTINI, NUMBER, token),
        (SARI, OTHER_NUMBER, token),
        (SARI, NUMBER, "made-up"),
        (SARI, NUMBER, ""),
    ]
    .into_iter()
    .enumerate()
    {
        let before = world.answers(person).len();
        values["flow_token"] = json!(token);
        let contact = if person == SARI { SARI_PHONE } else { KARTINI_PHONE };
        let mut letter = text(contact, &format!("wamid.FORM{at}"), world.second(), "");
        letter["type"] = json!("interactive");
        let reply = json!({ "name": "flow", "body": "Sent", "response_json": values.to_string() });
        letter["interactive"] = json!({ "type": "nfm_reply", "nfm_reply": reply });
        assert_eq!(world.post(webhook(number, &[letter]).to_string()).await, 200);
        world.settle().await;
        let answers = world.answers(person);
        assert_eq!(answers.len(), before + 1);
        assert!(
            answers.last().unwrap().contains("tidak cocok dengan kunjungan"),
            "{answers:?}"
        );
    }
    let (_, page) = get(&world, &format!("/o/sukabumi/s/{token}"), "").await;
    assert_eq!(page.matches("<fieldset").count(), 9, "nothing was kept: {page}");
    world.says(SARI, filled(&message, all_good()));
    world.settle().await;
    assert!(world.answers(SARI).pop().unwrap().contains("Terima kasih"));
}

#[tokio::test]
async fn an_officer_who_talks_with_somebody_never_sees_how_they_rated() {
    let world = world_with_flow().await;
    served(&world).await;
    let helpdesk = officer(&world, sample::OFFICE, "hana@contoh.go.id", &[Role::Helpdesk]).await;
    let (message, _) = flow_of(&world, SARI);
    world.asks(SARI, "petugas").await;
    world.asks(SARI, "Ada yang mau saya tanyakan").await;
    let (_, page) = get(&world, "/staff/sukabumi/kasus", &helpdesk).await;
    let at = page.find("/kasus/S-").expect("a case") + "/kasus/".len();
    let path = format!("/staff/sukabumi/kasus/{}", page[at..].split('"').next().unwrap());
    post(&world, &path, &helpdesk, "tap=1&deed=take").await;
    post(&world, &path, &helpdesk, "tap=2&deed=answer&words=Silakan&talk=true").await;
    world.settle().await;
    world.says(SARI, filled(&message, all_good()));
    world.settle().await;
    assert!(
        world.answers(SARI).pop().unwrap().contains("Terima kasih"),
        "the assistant answers"
    );
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(!page.contains("[…]") && !page.contains("Kursi"), "{page}");
    world.types(SARI, "halo petugas");
    world.settle().await;
    let (_, page) = get(&world, &path, &helpdesk).await;
    assert!(page.contains("halo petugas"), "the talk goes on: {page}");
}

#[tokio::test]
async fn a_flow_that_meta_will_not_have_goes_out_as_words() {
    let world = world_with_flow().await;
    let counter = called(&world).await;
    let blocked = Fault::once(FaultKind::RefuseWithCode { code: 132_068 });
    world.emulator.faults().push(blocked);
    next(&world, &counter, "m").await;
    as_words(&world);
    // The settings name Flows that were never published.
    let world = world_with(|config| config.whatsapp.number[0].survey_flow.id = "900000000000001".into()).await;
    served(&world).await;
    as_words(&world);
}

#[track_caller]
fn as_words(world: &World) {
    let last = world.sent_to(SARI).pop().unwrap().body;
    let words = last["text"]["body"].as_str().unwrap_or_default();
    assert!(words.contains("/o/sukabumi/s/"), "{last}");
}
