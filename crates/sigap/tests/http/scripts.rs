//! The scripts marked `@http` through webhook, emulator and sender: the phone must show what the pure engine says, on a
//! good day and on a bad one.

use std::path::Path;

use serde_json::{Value, json};
use sigap_core::ids::PersonId;
use sigap_core::inbound::{Media, MediaKind, Said as Told};
use sigap_core::message::Form;
use sigap_core::person::Contact;
use sigap_emulator::{Fault, FaultKind, Said};
use sigap_store::write;
use sigap_testkit::script::stored::{learn, says_the_same};
use sigap_testkit::script::{Script, Step, engine};

use crate::world::{NUMBER, SARI, SARI_PHONE, Wish, World, body_of, content, text, webhook};

fn scripts() -> Vec<(String, Script)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../chats");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let scripts = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "chat"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, Script::parse(&std::fs::read_to_string(path).unwrap()).unwrap())
        });
    scripts.filter(|(_, script)| script.header.is_marked("http")).collect()
}

/// Runs all scripts; `trouble` strikes before every message.
async fn run_all(trouble: &[FaultKind]) {
    let scripts = scripts();
    assert!(scripts.len() >= 8, "{} scripts", scripts.len());
    for (name, script) in scripts {
        run(&name, &script, trouble).await;
    }
}

async fn run(name: &str, script: &Script, trouble: &[FaultKind]) {
    let expected = engine::run(&content(), script).unwrap();
    let mut turns = expected.turns.iter();
    let office = content().office_by_slug(&script.header.office).unwrap().clone();
    let now = office.zone.to_timestamp(script.header.now).unwrap();
    let world = World::with(Wish {
        office: script.header.office.clone(),
        now,
        ..Wish::default()
    })
    .await;
    for (line, step) in &script.steps {
        let place = format!("{name} line {line}");
        match step {
            Step::Fact(fact) => {
                let (fact, contact) = (
                    fact.clone(),
                    Contact {
                        phone: Some(SARI_PHONE.into()),
                        ..Contact::default()
                    },
                );
                let (office, now) = (office.clone(), sigap_actions::ports::Clock::now(&*world.clock));
                let store = world.store();
                let put = write(&*store, office.id, move |tx| {
                    let person = tx.ensure_person(office.id, &contact, PersonId(1), now)?;
                    learn(tx, &content(), &office, person, &fact, now)
                });
                put.await.unwrap();
            }
            Step::Waits(time) => world.pass(time.as_secs()),
            Step::Says(told) => {
                for kind in trouble {
                    world.emulator.faults().push(Fault::once(kind.clone()));
                }
                let before = world.sent_to(SARI).len();
                tell(&world, told, &place).await;
                recover(&world, !trouble.is_empty()).await;
                world.emulator.faults().clear();
                let answers = world.sent_to(SARI).split_off(before);
                let outcome = &turns.next().unwrap().outcome;
                let Some(reply) = &outcome.reply else {
                    assert!(answers.is_empty(), "{place}: {answers:?}");
                    continue;
                };
                assert_eq!(answers.len(), 1, "{place}: answered once");
                let words = content().render(&office, outcome.state.language, reply);
                let shown = body_of(&answers[0].body);
                assert!(
                    says_the_same(&words.body, shown),
                    "{place}\nengine: {}\nphone: {shown}",
                    words.body
                );
                assert_eq!(titles_on_the_wire(&answers[0].body), titles(&words.form), "{place}");
            }
            Step::Hears(_) | Step::Does(_) => {}
        }
    }
    world.app.stop().await;
}

/// Lets time pass for what waits for a repetition, until nothing does.
async fn recover(world: &World, is_bad_day: bool) {
    if is_bad_day {
        world
            .until("every repetition came through", async || {
                world.deliver().await;
                world.keep_house().await;
                world.pass_when_quiet().await;
                // First: what arrives after this look is still owed in the next one.
                let is_carried = world.emulator.waiting_webhooks() == 0;
                let backlog = world.app.service.backlog().await.unwrap();
                // A turn that failed on a busy database stands in the line of what is owed.
                is_carried && backlog.owed == 0 && backlog.unsent == 0
            })
            .await;
    }
    world.settle().await;
}

/// What the script's person does, done with a thumb.
async fn tell(world: &World, told: &Told, place: &str) {
    let said = match told {
        Told::Text(words) => Said::Text {
            body: words.clone(),
            quoted: None,
        },
        Told::Choice(choice) => return world.taps(SARI, choice),
        Told::Media(Media {
            kind: MediaKind::Video, ..
        }) => {
            return post(world, "video", json!({ "id": "1000", "mime_type": "video/mp4" })).await;
        }
        Told::Form(form) => {
            let reply = json!({ "name": "flow", "body": "Sent", "response_json": form });
            return post(world, "interactive", json!({ "type": "nfm_reply", "nfm_reply": reply })).await;
        }
        Told::Survey(filled) => {
            let form = json!({ "form": "sigap_survey", "flow_token": filled.token, "u1": "4" }).to_string();
            let reply = json!({ "name": "flow", "body": "Sent", "response_json": form });
            return post(world, "interactive", json!({ "type": "nfm_reply", "nfm_reply": reply })).await;
        }
        Told::Media(media) => match media.kind {
            MediaKind::Image | MediaKind::Video => Said::Image {
                caption: media.caption.clone(),
            },
            MediaKind::Document => Said::Document {
                caption: media.caption.clone(),
            },
            MediaKind::Audio => Said::Voice,
            MediaKind::Sticker => Said::Sticker,
        },
        Told::Location => return post(world, "location", json!({ "name": "Monas" })).await,
        Told::LocationAt(point) => Said::Location {
            latitude: point.latitude(),
            longitude: point.longitude(),
            name: None,
        },
        Told::Contacts { .. } => Said::Contact {
            name: "Budi".into(),
            phone: "6281100000999".into(),
        },
        Told::Opened => Said::Opened,
        Told::Other { .. } => Said::Unsupported,
        other => panic!("{place}: nobody can do {other:?} with a thumb"),
    };
    world.says(SARI, said);
}

/// What the emulator's people cannot do, posted by hand.
async fn post(world: &World, kind: &str, part: Value) {
    let id = format!("wamid.{}", world.sent_to(SARI).len());
    let mut message = text(SARI_PHONE, &id, world.second(), "");
    message["type"] = json!(kind);
    message[kind] = part;
    assert_eq!(world.post(webhook(NUMBER, &[message]).to_string()).await, 200);
}

fn titles(form: &Form) -> Vec<String> {
    match form {
        Form::Text | Form::Template { .. } => Vec::new(),
        Form::Buttons(buttons) => buttons.iter().map(|button| button.title.clone()).collect(),
        Form::List { sections, .. } => sections
            .iter()
            .flat_map(|section| &section.rows)
            .map(|row| row.title.clone())
            .collect(),
        Form::Link { label, .. } | Form::Survey { label, .. } => vec![label.clone()],
    }
}

fn titles_on_the_wire(request: &Value) -> Vec<String> {
    let action = &request["interactive"]["action"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let buttons = action["buttons"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|button| text(&button["reply"]["title"]));
    let sections = action["sections"].as_array().into_iter().flatten();
    let rows = sections
        .flat_map(|section| section["rows"].as_array().into_iter().flatten())
        .map(|row| text(&row["title"]));
    let link = action["parameters"]["display_text"].as_str().map(str::to_owned);
    buttons.chain(rows).chain(link).collect()
}

#[tokio::test]
async fn the_phone_shows_what_the_engine_says() {
    run_all(&[]).await;
}

#[tokio::test]
async fn doubled_webhooks_and_statuses_out_of_order_change_nothing() {
    run_all(&[
        FaultKind::DuplicateWebhook,
        FaultKind::DuplicateWebhook,
        FaultKind::OutOfOrder,
    ])
    .await;
}

#[tokio::test]
async fn a_crowded_and_broken_way_to_meta_only_delays_answers() {
    run_all(&[
        FaultKind::HttpStatus { status: 429 },
        FaultKind::RefuseWithCode { code: 130_429 },
        FaultKind::HttpStatus { status: 500 },
        FaultKind::RefuseWithCode { code: 131_016 },
    ])
    .await;
}

#[tokio::test]
async fn a_connection_that_breaks_after_acceptance_is_settled_by_the_status() {
    run_all(&[FaultKind::ResetAfterAccept]).await;
}
