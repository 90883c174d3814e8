//! Passkeys over the wire, answered by an authenticator in memory, with two processes behind one address.

use bytes::Bytes;
use data_encoding::BASE64URL_NOPAD;
use http_body_util::BodyExt;
use hyper::Method;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sigap::app::App;
use sigap_content::sample;
use sigap_core::staff::Role;

use crate::console::{officer, world};
use crate::world::World;

/// The address of the default settings, as a browser on the machine calls it.
const ORIGIN: &str = "http://localhost:8080";
const SITE: &str = "localhost";
const WORD: &str = "kunci contoh";
/// Somebody is there, and showed who (Web Authentication, section 6.1).
const PRESENT_AND_VERIFIED: u8 = 0b0000_0101;
/// A new key is told along.
const WITH_KEY: u8 = 0b0100_0000;

/// Keeps one key, as a phone does.
struct Authenticator(EcdsaKeyPair);

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// A text of CBOR, shorter than 24 bytes.
fn cbor_text(text: &str) -> Vec<u8> {
    [&[0x60 | u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
}

/// Bytes of CBOR, shorter than 256.
fn cbor_bytes(bytes: &[u8]) -> Vec<u8> {
    [&[0x58, u8::try_from(bytes.len()).unwrap()], bytes].concat()
}

fn client_data(kind: &str, options: &Value) -> Vec<u8> {
    let challenge = &options["publicKey"]["challenge"];
    json!({ "type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": false })
        .to_string()
        .into_bytes()
}

fn site_data(flags: u8, counter: u32) -> Vec<u8> {
    let site = digest(&SHA256, SITE.as_bytes());
    [site.as_ref(), &[flags], &counter.to_be_bytes()].concat()
}

impl Authenticator {
    fn new() -> Self {
        let chance = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &chance).unwrap())
    }

    fn make(&self, options: &Value) -> Value {
        let point = self.0.public_key().as_ref();
        // A map of five: kind EC2, ES256, P-256, x, y.
        let key = [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21][..],
            &cbor_bytes(&point[1..33]),
            &[0x22],
            &cbor_bytes(&point[33..65]),
        ]
        .concat();
        let word = WORD.as_bytes();
        let data = [
            &site_data(PRESENT_AND_VERIFIED | WITH_KEY, 1)[..],
            &[0; 16],
            &u16::try_from(word.len()).unwrap().to_be_bytes(),
            word,
            &key,
        ]
        .concat();
        let attestation = [
            &[0xa3][..],
            &cbor_text("fmt"),
            &cbor_text("none"),
            &cbor_text("attStmt"),
            &[0xa0],
            &cbor_text("authData"),
            &cbor_bytes(&data),
        ]
        .concat();
        json!({
            "id": encoded(word), "rawId": encoded(word), "type": "public-key", "extensions": {},
            "response": {
                "attestationObject": encoded(&attestation),
                "clientDataJSON": encoded(&client_data("webauthn.create", options)),
            },
        })
    }

    fn prove(&self, options: &Value) -> Value {
        let (data, told) = (site_data(PRESENT_AND_VERIFIED, 2), client_data("webauthn.get", options));
        let signed = [&data[..], digest(&SHA256, &told).as_ref()].concat();
        let signature = self.0.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": encoded(WORD.as_bytes()), "rawId": encoded(WORD.as_bytes()), "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": encoded(&data),
                "clientDataJSON": encoded(&told),
                "signature": encoded(signature.as_ref()),
                "userHandle": null,
            },
        })
    }
}

/// Posts JSON to a process; status, the cookie that was set, what came back.
async fn post(world: &World, app: &App, path: &str, cookie: &str, body: &Value) -> (u16, String, Value) {
    let headers = [
        ("content-type", "application/json"),
        ("cookie", cookie),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = Bytes::from(body.to_string());
    let answer = world.respond_at(app.address, Method::POST, path, &headers, body).await;
    let status = answer.status().as_u16();
    let set = answer.headers().get("set-cookie").map(|value| value.to_str().unwrap());
    let cookie = set.and_then(|set| set.split(';').next()).unwrap_or_default().to_owned();
    let told = answer.into_body().collect().await.unwrap().to_bytes();
    (status, cookie, serde_json::from_slice(&told).unwrap_or_default())
}

#[tokio::test]
async fn a_question_of_one_process_is_answered_at_another_and_once() {
    let world = world().await;
    let second = world.second_process().await;
    let phone = Authenticator::new();
    let session = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let adding = "/staff/sukabumi/akun/kunci";
    let (status, _, asked) = post(&world, &world.app, &format!("{adding}/mulai"), &session, &json!({})).await;
    assert_eq!(status, 200);
    let made = json!({ "token": asked["token"], "answer": phone.make(&asked["options"]) });
    assert_eq!(post(&world, &second, adding, &session, &made).await.0, 204);
    assert_eq!(post(&world, &second, adding, &session, &made).await.0, 422);

    let entering = "/staff/sukabumi/masuk/kunci";
    let who = json!({ "email": "ani@contoh.go.id" });
    let ask = async |app| {
        let (status, _, asked) = post(&world, app, &format!("{entering}/mulai"), "", &who).await;
        assert_eq!(status, 200);
        json!({ "token": asked["token"], "answer": phone.prove(&asked["options"]) })
    };
    let proof = ask(&second).await;
    // Nothing that a key signs, no address and no question can be read in the files.
    assert!(!world.files_hold("ani@contoh.go.id") && !world.files_hold("challenge"));
    let (status, session, _) = post(&world, &world.app, entering, "", &proof).await;
    assert_eq!(status, 204);
    let headers = [("cookie", session.as_str())];
    assert_eq!(
        world
            .request(Method::GET, "/staff/sukabumi", &headers, Bytes::new())
            .await
            .0,
        200
    );
    for app in [&world.app, &second] {
        assert_eq!(post(&world, app, entering, "", &proof).await.0, 422);
    }
    // Five minutes are enough for anybody.
    let proof = ask(&world.app).await;
    world.pass(300);
    assert_eq!(post(&world, &second, entering, "", &proof).await.0, 422);
    second.stop().await;
}

#[tokio::test]
async fn questions_without_an_answer_make_room() {
    let world = world().await;
    let phone = Authenticator::new();
    let session = officer(&world, sample::OFFICE, "ani@contoh.go.id", &[Role::Counter]).await;
    let begin = "/staff/sukabumi/akun/kunci/mulai";
    let (_, _, first) = post(&world, &world.app, begin, &session, &json!({})).await;
    for _ in 0..sigap_core::limits::SIGN_IN_QUESTIONS_MAX {
        assert_eq!(post(&world, &world.app, begin, &session, &json!({})).await.0, 200);
    }
    let made = json!({ "token": first["token"], "answer": phone.make(&first["options"]) });
    let adding = "/staff/sukabumi/akun/kunci";
    assert_eq!(post(&world, &world.app, adding, &session, &made).await.0, 422);
}
