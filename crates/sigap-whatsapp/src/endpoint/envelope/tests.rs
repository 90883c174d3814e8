use aes_gcm::Nonce;
use aes_gcm::aead::{Aead, KeyInit};
use serde_json::Value;

use super::{BadKey, Cipher, EndpointKey, NotOpened, U16};
use crate::endpoint::{Answer, Request};
use crate::signature::SignatureKey;

const VECTORS: &str = include_str!("../../../samples/flow-crypto/vectors.json");
const SEED: [u8; 32] = [7; 32];

fn vectors() -> (Value, EndpointKey) {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let key = EndpointKey::from_pem(vectors["private_key_pem"].as_str().unwrap()).unwrap();
    (vectors, key)
}

#[test]
fn every_published_vector_is_opened_and_answered_to_the_byte() {
    let (vectors, key) = vectors();
    let signature = SignatureKey::new(vectors["app_secret"].as_str().unwrap().as_bytes());
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 10);
    let mut answered = 0;
    for case in cases {
        let name = &case["name"];
        let body = case["raw_body"].as_str().unwrap().as_bytes();
        let header = case["x_hub_signature_256"].as_str().unwrap();
        assert_eq!(signature.verify(header, body), case["http_status"] != 432, "{name}");
        let opened = key.open(body, SEED);
        match case["http_status"].as_u64().unwrap() {
            421 => assert_eq!(opened.err(), Some(NotOpened::WrongKey), "{name}"),
            // Refused by its signature, before anybody opens it.
            432 => {}
            _ => {
                let opened = opened.unwrap();
                let inside: Value = serde_json::from_slice(&opened.body).unwrap();
                assert_eq!(inside, case["decrypted"], "{name}");
                assert!(Request::read(&opened.body).is_some(), "{name}");
                let want = case["encrypted_response_base64"].as_str().unwrap();
                let plain = on_the_phone(case, want);
                assert_eq!(
                    serde_json::from_slice::<Value>(&plain).unwrap(),
                    case["response"],
                    "{name}"
                );
                assert_eq!(opened.reply.close(&plain).unwrap(), want, "{name}");
                answered += 1;
            }
        }
    }
    assert_eq!(answered, 7);
}

/// Opens an answer as the phone does, from the key and the IV that the vectors print.
fn on_the_phone(case: &Value, answer: &str) -> Vec<u8> {
    let hex = |name: &str| -> [u8; 16] {
        let bytes = data_encoding::HEXLOWER.decode(case[name].as_str().unwrap().as_bytes());
        bytes.unwrap().try_into().unwrap()
    };
    let iv = hex("iv_hex").map(|byte| byte ^ 0xff);
    let answer = data_encoding::BASE64.decode(answer.as_bytes()).unwrap();
    let cipher = Cipher::new(&hex("aes_key_hex").into());
    cipher.decrypt(&Nonce::<U16>::from(iv), answer.as_slice()).unwrap()
}

#[test]
fn what_we_answer_says_what_the_vectors_say() {
    let (vectors, _) = vectors();
    let of = |name: &str| {
        let mut cases = vectors["cases"].as_array().unwrap().iter();
        cases.find(|case| case["name"] == name).unwrap()["response"].clone()
    };
    assert_eq!(Answer::Active.to_wire(), of("ping"));
    assert_eq!(Answer::Acknowledged.to_wire(), of("client_error"));
    let over = Answer::Over("Formulir ini sudah dipakai.".into());
    assert_eq!((over.status(), over.to_wire()), (427, of("token_no_longer_valid")));
    let done = Answer::Done {
        token: "tok-2".into(),
        fields: serde_json::Map::new(),
    };
    assert_eq!((done.status(), done.to_wire()), (200, of("data_exchange_utf8")));
}

#[test]
fn what_is_no_envelope_is_told_from_one_for_another_key() {
    let (vectors, key) = vectors();
    for nonsense in [
        "",
        "{}",
        "[]",
        r#"{"encrypted_flow_data":"é","encrypted_aes_key":"","initial_vector":""}"#,
    ] {
        assert_eq!(key.open(nonsense.as_bytes(), SEED).err(), Some(NotOpened::Unreadable));
    }
    let ping = vectors["cases"][0]["raw_body"].as_str().unwrap();
    let mut short: Value = serde_json::from_str(ping).unwrap();
    short["initial_vector"] = Value::from("AAAAAAAAAAAAAAAA");
    assert_eq!(
        key.open(short.to_string().as_bytes(), SEED).err(),
        Some(NotOpened::Unreadable),
        "an IV of 12 bytes is another cipher"
    );
    let mut empty: Value = serde_json::from_str(ping).unwrap();
    empty["encrypted_flow_data"] = Value::from("");
    assert_eq!(
        key.open(empty.to_string().as_bytes(), SEED).err(),
        Some(NotOpened::WrongKey)
    );
}

#[test]
fn a_key_is_read_as_it_was_written_and_never_printed() {
    let (vectors, key) = vectors();
    assert_eq!(
        key.public_pem().unwrap().trim(),
        vectors["public_key_pem"].as_str().unwrap().trim()
    );
    let again = EndpointKey::from_pem(&key.to_pem().unwrap()).unwrap();
    assert_eq!(again.public_pem(), key.public_pem());
    assert_eq!(format!("{key:?}"), "EndpointKey(…)");
    for none in ["", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"] {
        assert_eq!(EndpointKey::from_pem(none).err(), Some(BadKey));
    }
}
