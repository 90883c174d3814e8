//! Forms that ask us screen by screen: opened from the chat, answered under the number's key, ended once.

use bytes::Bytes;
use hyper::Method;
use serde_json::{Map, Value, json};
use sigap::config::{Config, FlowIds};
use sigap::flows;
use sigap_content::sample;
use sigap_core::message::FormName;
use sigap_core::staff::Role;
use sigap_emulator::{FormNext, FormStep, Said};
use sigap_whatsapp::client;
use sigap_whatsapp::endpoint::envelope::EndpointKey;

use crate::console::{get, officer, world_with};
use crate::intakes::{books, intake_on};
use crate::world::{NUMBER, SARI, World};

const PATH: &str = "/webhooks/whatsapp/flow";

/// The vectors' throwaway key: making one takes longer than the rest of a test.
fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../sigap-whatsapp/samples/flow-crypto/vectors.json")).unwrap()
}

fn with_key(config: &mut Config) {
    let path = config.keys.master.with_file_name("forms.pem");
    std::fs::write(&path, vectors()["private_key_pem"].as_str().unwrap()).unwrap();
    config.keys.forms = path.display().to_string();
    // The ids that the emulator gives first.
    for (form, place) in FormName::ALL.into_iter().zip(0..) {
        let id = |next: u64| (900_000_000_000_001_u64 + 2 * place + next).to_string();
        let ids = FlowIds { id: id(0), en: id(1) };
        config.whatsapp.number[0].form_flows.insert(form.name().into(), ids);
    }
}

/// A world whose first number has both forms, published, with the key at Meta.
async fn world_with_forms() -> World {
    let world = world_with(with_key).await;
    let whatsapp = &world.config.whatsapp;
    let calls = client::Config::new(
        &whatsapp.graph_url,
        &whatsapp.graph_version,
        whatsapp.access_token.clone(),
    );
    let client = client::Client::new(&calls).unwrap();
    let content = world.app.service.content();
    let office = content.office_by_slug(sample::OFFICE).unwrap();
    let address = format!("http://{}", world.app.address);
    for form in FormName::ALL {
        let made = flows::publish_form(&client, "100000000000000", content, office, form, &address).await;
        assert_eq!(made.unwrap(), whatsapp.number[0].form_flows[form.name()]);
    }
    let key = EndpointKey::from_pem(vectors()["private_key_pem"].as_str().unwrap()).unwrap();
    client.put_public_key(NUMBER, &key.public_pem().unwrap()).await.unwrap();
    assert!(world.emulator.ping_form(NUMBER, &flows::endpoint_url(&address)).await);
    world
}

/// Asks for something and gets a form: the id of its message, and its words.
async fn offered(world: &World, words: &str) -> (String, String) {
    world.types(SARI, words);
    world.settle().await;
    let sent = world.sent_to(SARI).pop().unwrap();
    let form = &sent.body["interactive"];
    assert_eq!(
        (&form["type"], &form["action"]["parameters"]["flow_action"]),
        (&json!("flow"), &json!("data_exchange"))
    );
    (sent.wamid.clone(), form["body"]["text"].as_str().unwrap().to_owned())
}

async fn step(world: &World, message: &str, screen: Option<&str>, data: Value) -> FormNext {
    let step = FormStep {
        message_id: message.to_owned(),
        screen: screen.map(str::to_owned),
        data: data.as_object().cloned().unwrap_or_default(),
    };
    world.emulator.step_form(SARI, NUMBER, step).await.unwrap()
}

/// The screen that follows, with what it was given.
async fn screen(world: &World, message: &str, left: Option<&str>, data: Value, next: &str) -> Map<String, Value> {
    match step(world, message, left, data).await {
        FormNext::Screen { screen, data } if screen == next => data,
        other => panic!("{next} should follow, not {other:?}"),
    }
}

/// From the first screen to the last but its button; what the last screen collects.
async fn filled_in(world: &World, message: &str) -> Value {
    let first = screen(world, message, None, json!({}), "BOOKING_SERVICE").await;
    assert!(
        first["services"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["id"] == "pickup")
    );
    let chosen = json!({ "service": "pickup", "count": "1" });
    let people = screen(world, message, Some("BOOKING_SERVICE"), chosen, "BOOKING_PEOPLE").await;
    assert_eq!((&people["has_1"], &people["has_2"]), (&json!(true), &json!(false)));
    let so_far = people["so_far"].clone();
    let nobody = json!({ "so_far": so_far, "name_1": "12", "born_1": "1990-02-01" });
    let again = screen(world, message, Some("BOOKING_PEOPLE"), nobody, "BOOKING_PEOPLE").await;
    assert!(again["error_message"].as_str().unwrap().contains("orang 1"));
    let who = json!({ "so_far": so_far, "name_1": "Siti Aminah", "born_1": "1990-02-01" });
    let days = screen(world, message, Some("BOOKING_PEOPLE"), who, "BOOKING_DAY").await;
    let closed = days["closed"].as_array().unwrap();
    assert!(closed.contains(&json!("2026-11-29")), "a Sunday: {closed:?}");
    let sunday = json!({ "so_far": days["so_far"], "day": "2026-11-29" });
    screen(world, message, Some("BOOKING_DAY"), sunday, "BOOKING_DAY").await;
    let monday = json!({ "so_far": days["so_far"], "day": "2026-11-30" });
    let hours = screen(world, message, Some("BOOKING_DAY"), monday, "BOOKING_HOUR").await;
    assert!(
        hours["hours"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["id"] == "10:00"),
        "{hours:?}"
    );
    let ten = json!({ "so_far": hours["so_far"], "hour": "10:00" });
    let check = screen(world, message, Some("BOOKING_HOUR"), ten, "BOOKING_CHECK").await;
    let about = check["about"].as_str().unwrap();
    assert!(
        about.contains("30 November 2026") && about.contains("Siti Aminah"),
        "{about}"
    );
    json!({ "so_far": check["so_far"] })
}

#[tokio::test]
async fn a_visit_is_booked_in_a_form_and_only_by_its_last_button() {
    let world = world_with_forms().await;
    let (message, words) = offered(&world, "daftar antrean").await;
    assert!(words.contains("\n1. "), "what can be typed stands below: {words}");
    let last = filled_in(&world, &message).await;
    assert_eq!(
        step(&world, &message, Some("BOOKING_CHECK"), last.clone()).await,
        FormNext::Done
    );
    world.settle().await;
    let told = world.answers(SARI).pop().unwrap();
    assert!(told.contains("Kode: *") && told.contains("Siti Aminah"), "{told}");
    // From another device, or sent twice by a poor network: nothing is booked again.
    match step(&world, &message, Some("BOOKING_CHECK"), last).await {
        FormNext::Over(words) => assert!(words.contains("sudah dipakai"), "{words}"),
        other => panic!("the form is used up: {other:?}"),
    }
    // The list stays available: its numbers hold beside a form.
    let (second, _) = offered(&world, "daftar antrean").await;
    world.asks(SARI, "1").await;
    assert!(world.answers(SARI).pop().unwrap().contains("Siapa yang datang"));
    // Somebody who booked for the same person already hears so inside the form.
    let last = filled_in(&world, &second).await;
    let refused = screen(&world, &second, Some("BOOKING_CHECK"), last, "BOOKING_CHECK").await;
    assert!(refused["error_message"].is_string());
    assert!(!world.files_hold("Siti Aminah"), "names are sealed");
}

#[tokio::test]
async fn a_complaint_comes_by_a_form_and_its_time_runs_out() {
    let world = world_with_forms().await;
    let (message, _) = offered(&world, "saran dan pengaduan").await;
    world.says(SARI, Said::Image { caption: None });
    world.settle().await;
    screen(&world, &message, None, json!({}), "FEEDBACK_SAY").await;
    let short = json!({ "kind": "complaint", "words": "?" });
    screen(&world, &message, Some("FEEDBACK_SAY"), short, "FEEDBACK_SAY").await;
    let words = "Loket 3 tutup lebih awal, NIK saya 3171015203900001";
    let said = json!({ "kind": "complaint", "words": words });
    let check = screen(&world, &message, Some("FEEDBACK_SAY"), said, "FEEDBACK_CHECK").await;
    assert_eq!(check["asks_rating"], false, "a complaint is taken without a mark");
    assert!(!check["words"].as_str().unwrap().contains("3171015203900001"));
    let sent = json!({ "kind": check["kind"], "words": check["words"], "rating": "" });
    assert_eq!(
        step(&world, &message, Some("FEEDBACK_CHECK"), sent.clone()).await,
        FormNext::Done
    );
    world.settle().await;
    let told = world.answers(SARI).pop().unwrap();
    assert!(told.contains("S-2611-0001"), "the number of the case: {told}");
    assert!(told.contains("ikut: 1."), "the photo sent before comes along: {told}");
    assert!(matches!(
        step(&world, &message, Some("FEEDBACK_CHECK"), sent).await,
        FormNext::Over(_)
    ));

    let (late, _) = offered(&world, "saran dan pengaduan").await;
    world.pass(25 * 3_600);
    assert!(matches!(step(&world, &late, None, json!({})).await, FormNext::Over(_)));
}

#[tokio::test]
async fn the_answers_of_an_intake_come_by_a_form_and_photos_by_the_chat() {
    let world = world_with_forms().await;
    books(&world).await;
    let (message, _) = offered(&world, "permohonan").await;
    let first = screen(&world, &message, None, json!({}), "INTAKE_WHO").await;
    assert_eq!(first["has_several"], false, "one person is not asked for");
    screen(
        &world,
        &message,
        Some("INTAKE_WHO"),
        json!({ "case": "visa" }),
        "INTAKE_WHO",
    )
    .await;
    let who = json!({ "case": "baru_dewasa" });
    let asked = screen(&world, &message, Some("INTAKE_WHO"), who, "INTAKE_ANSWERS").await;
    assert_eq!(
        (&asked["first_nama"], &asked["first_lahir"]),
        (&json!("Siti Aminah"), &json!("1990-02-01")),
        "what the booking knows"
    );
    assert!(asked.get("first_nik").is_none(), "a NIK is never sent back");
    let answers = |nik: &str| {
        json!({
            "so_far": asked["so_far"], "answer_nama": "Siti Aminah", "answer_nik": nik, "answer_lahir": "1990-02-01",
            "answer_kelamin": "man",
        })
    };
    let again = screen(
        &world,
        &message,
        Some("INTAKE_ANSWERS"),
        answers("327201"),
        "INTAKE_ANSWERS",
    )
    .await;
    assert!(
        again["error_message"].as_str().unwrap().starts_with("NIK: "),
        "{again:?}"
    );
    let nik = "3272014102900001";
    let check = screen(&world, &message, Some("INTAKE_ANSWERS"), answers(nik), "INTAKE_CHECK").await;
    let text = |field: &str| check[field].as_str().unwrap();
    assert!(
        text("about").contains(nik) && text("about").contains("01-02-1990"),
        "{check:?}"
    );
    assert!(text("notes").contains("Jenis kelamin"), "{check:?}");
    assert!(text("papers").contains("KTP"), "{check:?}");
    let last = json!({ "so_far": check["so_far"] });
    // Somebody else's booking is not found by its number.
    let forged = json!({ "so_far": text("so_far").replace(".0", ".1") });
    screen(&world, &message, Some("INTAKE_CHECK"), forged, "INTAKE_WHO").await;
    assert_eq!(
        step(&world, &message, Some("INTAKE_CHECK"), last.clone()).await,
        FormNext::Done
    );
    assert!(matches!(
        step(&world, &message, Some("INTAKE_CHECK"), last).await,
        FormNext::Over(_)
    ));
    world.settle().await;
    let told = world.answers(SARI).pop().unwrap();
    // The place of birth was left empty: it is passed over, and not asked for again at once.
    assert!(
        told.contains("sudah kami terima") && told.contains("Kirim foto"),
        "{told}"
    );

    let counter = officer(&world, sample::OFFICE, "adi@contoh.go.id", &[Role::Counter]).await;
    let (_, page) = get(&world, "/staff/sukabumi/permohonan?hari=2026-12-19", &counter).await;
    let (_, page) = get(&world, &intake_on(&page), &counter).await;
    assert!(page.contains(nik) && page.contains("Laki-laki"), "{page}");
    assert!(!world.files_hold(nik), "answers are sealed");
}

#[tokio::test]
async fn the_endpoint_answers_as_meta_wants_it() {
    let world = world_with_forms().await;
    let vectors = vectors();
    let ask = async |body: &str, signature: Option<&str>| {
        let body = Bytes::from(body.to_owned());
        let signature = signature.map_or_else(|| world.emulator.sign(&body), str::to_owned);
        world
            .request(Method::POST, PATH, &[("x-hub-signature-256", &signature)], body)
            .await
    };
    for case in vectors["cases"].as_array().unwrap() {
        let body = case["raw_body"].as_str().unwrap();
        let name = case["name"].as_str().unwrap();
        let (status, answer) = match name {
            "bad_signature" => ask(body, Some(case["x_hub_signature_256"].as_str().unwrap())).await,
            _ => ask(body, None).await,
        };
        let want = match name {
            // Tokens of the vectors are none of ours.
            "init" | "data_exchange" | "data_exchange_utf8" | "back" => 427,
            _ => case["http_status"].as_u64().unwrap(),
        };
        assert_eq!(u64::from(status), want, "{name}: {answer}");
        if ["ping", "client_error"].contains(&name) {
            assert_eq!(answer, case["encrypted_response_base64"].as_str().unwrap(), "{name}");
        }
    }
    assert_eq!(ask("{}", None).await.0, 400);
    assert_eq!(ask(&"x".repeat(70 * 1024), None).await.0, 413);
    assert_eq!(
        world
            .metric("sigap_webhook_requests_total{outcome=\"form_wrong_key\"}")
            .await,
        2
    );
}
