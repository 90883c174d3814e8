use std::future::Future;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use openidconnect::HttpResponse;
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://masuk.contoh.go.id/realms/petugas";
/// Keys and a token of RS256, the signature that most services use: made once with OpenSSL, whose private key is gone.
const SAMPLE: &str = include_str!("rs256.json");
/// A second after which the token of the sample lives 300 more.
const ISSUED: i64 = 1_790_000_000;
const CHANCE: SignInChance = [[0; 32], [1; 32], [2; 32], [3; 32]];

/// A service that answers at once, and remembers what it was sent.
#[derive(Default)]
struct Service {
    more: Value,
    sent: Mutex<Vec<HttpRequest>>,
}

impl Courier for Service {
    fn carry(&self, request: HttpRequest) -> Carried {
        let sample: Value = serde_json::from_str(SAMPLE).unwrap();
        let body = match request.uri().path() {
            "/realms/petugas/.well-known/openid-configuration" => {
                let mut told = json!({
                    "issuer": ISSUER,
                    "authorization_endpoint": format!("{ISSUER}/masuk?tampilan=ringkas"),
                    "token_endpoint": format!("{ISSUER}/tukar"),
                    "jwks_uri": format!("{ISSUER}/kunci"),
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256", "none"],
                });
                for (name, value) in self.more.as_object().into_iter().flatten() {
                    told[name] = value.clone();
                }
                told
            }
            "/realms/petugas/kunci" => sample["keys"].clone(),
            "/realms/petugas/tukar" => {
                json!({ "access_token": "a", "token_type": "Bearer", "id_token": sample["token"] })
            }
            path => panic!("{path} was asked"),
        };
        self.sent.lock().unwrap().push(request);
        let answer = HttpResponse::new(body.to_string().into_bytes());
        Box::pin(async { Ok(answer) })
    }
}

fn settings() -> InstitutionSettings {
    InstitutionSettings {
        issuer: ISSUER.into(),
        client_id: "sigap".into(),
        client_secret: ClientSecret::new("rahasia".into()),
        labels: ["akun Contoh".into(), "the Contoh account".into()],
        return_to: "https://antre.contoh.go.id/masuk/kembali".into(),
    }
}

fn now<T>(work: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(work).poll(&mut context) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing here waits"),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The whole way at that second.
fn walk(service: &Arc<Service>, settings: InstitutionSettings, second: i64) -> Result<Vouched, InstitutionRefusal> {
    let institution = Institution::new(settings, Arc::clone(service) as Arc<dyn Courier>).unwrap();
    let begun = now(institution.begin("sukabumi", at(second), &CHANCE)).unwrap();
    let Challenge::Asking(asked) = begun.question else {
        panic!("another question")
    };
    now(institution.end(asked, "kode".into(), at(second)))
}

#[test]
fn the_address_carries_questions_and_no_answers() {
    let institution = Institution::new(settings(), Arc::new(Service::default())).unwrap();
    let begun = now(institution.begin("sukabumi", at(ISSUED), &CHANCE)).unwrap();
    let [state, browser, nonce, verifier] = CHANCE.map(|bytes| data_encoding::BASE64URL_NOPAD.encode(&bytes));
    let address = &begun.address;
    assert!(
        address.starts_with(&format!("{ISSUER}/masuk?tampilan=ringkas&")),
        "{address}"
    );
    for part in [
        "response_type=code".to_owned(),
        "client_id=sigap".to_owned(),
        format!("state=sukabumi.{state}"),
        format!("nonce={nonce}"),
        "code_challenge_method=S256".to_owned(),
        "scope=openid+email".to_owned(),
        "redirect_uri=https%3A%2F%2Fantre.contoh.go.id%2Fmasuk%2Fkembali".to_owned(),
    ] {
        assert!(address.contains(&part), "{part} in {address}");
    }
    for kept in [&browser, &verifier, "rahasia"] {
        assert!(!address.contains(kept), "{kept} in {address}");
    }
    assert_eq!(begun.browser, browser);
    assert_eq!(begun.token, format!("sukabumi.{state} {browser}"));
    assert_eq!(office_of_state(&format!("sukabumi.{state}")), Some("sukabumi"));
}

#[test]
fn a_token_as_most_services_sign_it_is_taken_until_it_ends() {
    let service = Arc::new(Service::default());
    let vouched = walk(&service, settings(), ISSUED + 299).unwrap();
    assert_eq!(vouched.email, "ani@contoh.go.id");
    assert_eq!(vouched.account.issuer, ISSUER);
    assert_eq!(vouched.account.subject, "akun-1");
    assert_eq!(
        walk(&service, settings(), ISSUED + 300).unwrap_err(),
        InstitutionRefusal::Wrong
    );
    for stranger in ["lain", "sigap2"] {
        let settings = InstitutionSettings {
            client_id: stranger.into(),
            ..settings()
        };
        assert_eq!(walk(&service, settings, ISSUED).unwrap_err(), InstitutionRefusal::Wrong);
    }
}

#[test]
fn the_secret_goes_as_the_service_takes_it() {
    let sent = |more: Value, secret: &str| {
        let service = Arc::new(Service {
            more,
            ..Service::default()
        });
        let settings = InstitutionSettings {
            client_secret: ClientSecret::new(secret.into()),
            ..settings()
        };
        walk(&service, settings, ISSUED).unwrap();
        let sent = service.sent.lock().unwrap();
        let last = sent.last().unwrap();
        (
            last.headers().contains_key("authorization"),
            String::from_utf8(last.body().clone()).unwrap(),
        )
    };
    let (in_head, body) = sent(json!({}), "rahasia");
    assert!(
        in_head && !body.contains("rahasia") && body.contains("code_verifier="),
        "{body}"
    );
    let post = json!({ "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post"] });
    let (in_head, body) = sent(post, "rahasia");
    assert!(!in_head && body.contains("client_secret=rahasia"), "{body}");
    let (in_head, body) = sent(json!({}), "");
    assert!(!in_head && !body.contains("client_secret"), "{body}");
}

#[test]
fn settings_that_cannot_work_are_named() {
    let refused = |change: fn(&mut InstitutionSettings)| {
        let mut settings = settings();
        change(&mut settings);
        Institution::new(settings, Arc::new(Service::default())).unwrap_err()
    };
    assert_eq!(refused(|s| s.issuer = "masuk".into()), InstitutionSettingsError::Issuer);
    assert_eq!(
        refused(|s| s.client_id = String::new()),
        InstitutionSettingsError::ClientId
    );
    assert_eq!(
        refused(|s| s.return_to = "/x".into()),
        InstitutionSettingsError::ReturnTo
    );
}

#[test]
fn nothing_secret_is_printed() {
    let institution = Institution::new(settings(), Arc::new(Service::default())).unwrap();
    let begun = now(institution.begin("sukabumi", at(ISSUED), &CHANCE)).unwrap();
    let vouched = walk(&Arc::new(Service::default()), settings(), ISSUED).unwrap();
    let printed = format!("{:?} {institution:?} {:?} {vouched:?}", settings(), begun.question);
    let verifier = data_encoding::BASE64URL_NOPAD.encode(&CHANCE[3]);
    for secret in ["rahasia", &verifier, "ani@", "akun-1"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
