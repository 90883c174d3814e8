//! A small OpenID provider on loopback, with memory: it asks for PKCE, gives each code once and signs real tokens. It can be told to err.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use secrecy::SecretString;
use serde_json::{Value, json};
use sigap::config::Oidc;
use tokio::net::TcpListener;

pub(crate) const CLIENT: &str = "sigap";
pub(crate) const SECRET: &str = "rahasia: 100% & lebih";
const REALM: &str = "/realms/petugas";

/// In what the provider errs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Twist {
    None,
    Nonce,
    NoNonce,
    Audience,
    MoreAudiences,
    Issuer,
    Expired,
    Signature,
    Unsigned,
    SharedSecret,
    Unverified,
    NoEmail,
    NoToken,
    Refuses,
    Cancels,
    RubbishToken,
    LargeToken,
    RubbishKeys,
    LargeKeys,
    RubbishDiscovery,
    LargeDiscovery,
    AnotherIssuer,
    Redirects,
    PlainAddress,
}

/// Whose account is open in the browser.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) subject: String,
    pub(crate) email: String,
}

struct Granted {
    challenge: String,
    nonce: String,
    return_to: String,
}

struct Memory {
    twist: Twist,
    account: Account,
    now: Timestamp,
    key: EcdsaKeyPair,
    key_name: u32,
    granted: HashMap<String, Granted>,
    codes: u32,
    asked: Vec<String>,
}

/// The provider; ends with the test.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    memory: Arc<Mutex<Memory>>,
}

fn new_key() -> EcdsaKeyPair {
    let chance = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &chance).unwrap()
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

/// Ten megabytes of JSON.
fn large() -> Response {
    let text = format!("{{\"a\": \"{}\"}}", "a".repeat(10_000_000));
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

fn rubbish() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], "<html>Selamat datang").into_response()
}

impl Provider {
    pub(crate) async fn start(now: Timestamp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self {
            issuer: format!("http://{}{REALM}", listener.local_addr().unwrap()),
            memory: Arc::new(Mutex::new(Memory {
                twist: Twist::None,
                account: Account {
                    subject: "akun-1".into(),
                    email: "ani@contoh.go.id".into(),
                },
                now,
                key: new_key(),
                key_name: 1,
                granted: HashMap::new(),
                codes: 0,
                asked: Vec::new(),
            })),
        };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discover))
            .route("/kunci", get(keys))
            .route("/masuk", get(authorize))
            .route("/tukar", post(trade))
            .with_state(provider.clone());
        let routes = Router::new().nest(REALM, routes);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    /// The settings by which a service comes to it.
    pub(crate) fn settings(&self) -> Oidc {
        Oidc {
            issuer: self.issuer.clone(),
            client_id: CLIENT.into(),
            client_secret: SecretString::from(SECRET),
            label_id: "akun Contoh".into(),
            label_en: "the Contoh account".into(),
            certificates: String::new(),
        }
    }

    pub(crate) fn errs(&self, twist: Twist) {
        self.memory.lock().unwrap().twist = twist;
    }

    pub(crate) fn is_opened_by(&self, subject: &str, email: &str) {
        self.memory.lock().unwrap().account = Account {
            subject: subject.into(),
            email: email.into(),
        };
    }

    pub(crate) fn has_time(&self, now: Timestamp) {
        self.memory.lock().unwrap().now = now;
    }

    pub(crate) fn changes_its_key(&self) {
        let mut memory = self.memory.lock().unwrap();
        memory.key = new_key();
        memory.key_name += 1;
    }

    /// What it was asked since this was asked last.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.memory.lock().unwrap().asked)
    }

    fn note(&self, what: &str) -> Twist {
        let mut memory = self.memory.lock().unwrap();
        memory.asked.push(what.to_owned());
        memory.twist
    }
}

async fn discover(State(provider): State<Provider>) -> Response {
    let at = |path: &str| format!("{}{path}", provider.issuer);
    let keys = match provider.note("discovery") {
        Twist::RubbishDiscovery => return rubbish(),
        Twist::LargeDiscovery => return large(),
        Twist::Redirects => return Redirect::to(&at("/kunci")).into_response(),
        Twist::PlainAddress => "http://contoh.invalid/kunci".to_owned(),
        _ => at("/kunci"),
    };
    let issuer = match provider.note("") {
        Twist::AnotherIssuer => at("/"),
        _ => at(""),
    };
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": at("/masuk"),
        "token_endpoint": at("/tukar"),
        "jwks_uri": keys,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256"],
        "something_new": { "a": 1 },
    }))
    .into_response()
}

async fn keys(State(provider): State<Provider>) -> Response {
    match provider.note("keys") {
        Twist::RubbishKeys => return rubbish(),
        Twist::LargeKeys => return large(),
        _ => {}
    }
    let memory = provider.memory.lock().unwrap();
    let point = memory.key.public_key().as_ref();
    Json(json!({ "keys": [
        { "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": memory.key_name.to_string(),
          "x": encoded(&point[1..33]), "y": encoded(&point[33..65]) },
        { "kty": "of next year", "kid": "x" },
    ]}))
    .into_response()
}

/// The account is open in the browser: it goes back at once.
async fn authorize(State(provider): State<Provider>, Query(asked): Query<HashMap<String, String>>) -> Response {
    let twist = provider.note("authorization");
    let is_right = asked["client_id"] == CLIENT
        && asked["response_type"] == "code"
        && asked["code_challenge_method"] == "S256"
        && asked["scope"].split(' ').any(|scope| scope == "openid")
        && asked["scope"].split(' ').any(|scope| scope == "email");
    if !is_right {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let (return_to, state) = (&asked["redirect_uri"], &asked["state"]);
    if twist == Twist::Cancels {
        return Redirect::to(&format!("{return_to}?error=access_denied&state={state}")).into_response();
    }
    let mut memory = provider.memory.lock().unwrap();
    memory.codes += 1;
    let code = format!("kode-{}", memory.codes);
    let granted = Granted {
        challenge: asked["code_challenge"].clone(),
        nonce: asked["nonce"].clone(),
        return_to: return_to.clone(),
    };
    memory.granted.insert(code.clone(), granted);
    Redirect::to(&format!("{return_to}?code={code}&state={state}")).into_response()
}

fn refused(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response()
}

/// As a form encodes it (RFC 6749, section 2.3.1).
fn form_encoded(text: &str) -> String {
    let letters = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => char::from(byte).to_string(),
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    });
    letters.collect()
}

async fn trade(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(given): Form<HashMap<String, String>>,
) -> Response {
    let twist = provider.note("trade");
    match twist {
        Twist::RubbishToken => return rubbish(),
        Twist::LargeToken => return large(),
        Twist::Refuses => return refused("invalid_grant"),
        _ => {}
    }
    let expected = format!("{}:{}", form_encoded(CLIENT), form_encoded(SECRET));
    let expected = format!("Basic {}", BASE64.encode(expected.as_bytes()));
    if headers[header::AUTHORIZATION] != expected.as_str() {
        return refused("invalid_client");
    }
    let mut memory = provider.memory.lock().unwrap();
    // Each code once.
    let Some(granted) = memory.granted.remove(&given["code"]) else {
        return refused("invalid_grant");
    };
    let challenge = encoded(digest(&SHA256, given["code_verifier"].as_bytes()));
    if challenge != granted.challenge || given["redirect_uri"] != granted.return_to {
        return refused("invalid_grant");
    }
    if twist == Twist::NoToken {
        return Json(json!({ "access_token": "a", "token_type": "Bearer" })).into_response();
    }
    let token = memory.token(&provider.issuer, twist, granted.nonce);
    Json(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token })).into_response()
}

impl Memory {
    fn token(&self, issuer: &str, twist: Twist, nonce: String) -> String {
        let now = self.now.as_second();
        let mut claims = json!({
            "iss": issuer,
            "sub": self.account.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "email": self.account.email,
            "email_verified": true,
        });
        let mut head = json!({ "alg": "ES256", "typ": "JWT", "kid": self.key_name.to_string() });
        let mut set = |name: &str, value: Value| claims[name] = value;
        match twist {
            Twist::Nonce => set("nonce", json!("lain")),
            Twist::NoNonce => set("nonce", Value::Null),
            Twist::Audience => set("aud", json!("lain")),
            Twist::MoreAudiences => set("aud", json!([CLIENT, "lain"])),
            Twist::Issuer => set("iss", json!("https://lain.contoh")),
            Twist::Expired => set("exp", json!(now)),
            Twist::Unverified => set("email_verified", json!(false)),
            Twist::NoEmail => set("email", Value::Null),
            Twist::Unsigned => head["alg"] = json!("none"),
            Twist::SharedSecret => head["alg"] = json!("HS256"),
            _ => {}
        }
        let signed = format!("{}.{}", encoded(head.to_string()), encoded(claims.to_string()));
        let signature = match twist {
            Twist::Unsigned => String::new(),
            Twist::SharedSecret => {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
                encoded(ring::hmac::sign(&key, signed.as_bytes()))
            }
            Twist::Signature => encoded(new_key().sign(&SystemRandom::new(), signed.as_bytes()).unwrap()),
            _ => encoded(self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap()),
        };
        format!("{signed}.{signature}")
    }
}
