//! Settings come from three places, and mistakes in them are named.

use secrecy::ExposeSecret;

use super::*;

fn load(file: &str, environment: &[(&str, &str)]) -> anyhow::Result<Config> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sigap.toml");
    std::fs::write(&path, file).unwrap();
    Config::load(
        Some(&path),
        environment
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into())),
    )
}

fn complaint(result: anyhow::Result<Config>) -> String {
    format!("{:#}", result.map(|_| ()).unwrap_err())
}

#[test]
fn the_defaults_stand_alone() {
    let config = Config::load(None, []).unwrap();
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    let places = config.files("").unwrap();
    assert_eq!(places.database, Path::new("sigap.db"));
    assert_eq!(places.keys, Path::new("sigap.keys.db"));
}

#[test]
fn the_file_overrides_the_defaults_and_the_environment_the_file() {
    let file = "[server]\npublic_url = 'https://a.example'\n[sender]\nin_flight_max = 7\n\
                [[whatsapp.number]]\nphone_number_id = '1'\noffice = 'sukabumi'\n";
    let config = load(file, &[("SIGAP__SENDER__IN_FLIGHT_MAX", "9"), ("PATH", "x")]).unwrap();
    assert_eq!(config.server.public_url, "https://a.example");
    assert_eq!(config.sender.in_flight_max, 9);
    assert_eq!(config.whatsapp.number[0].messages_per_second, 40);
}

#[test]
fn a_secret_can_be_read_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "hush\n").unwrap();
    let by_environment = load("", &[("SIGAP__WHATSAPP__APP_SECRET_FILE", secret.to_str().unwrap())]).unwrap();
    assert_eq!(by_environment.whatsapp.app_secret.expose_secret(), "hush");
    let by_file = load(
        &format!("[whatsapp]\nverify_token_file = '{}'\n", secret.display()),
        &[],
    )
    .unwrap();
    assert_eq!(by_file.whatsapp.verify_token.expose_secret(), "hush");
}

#[test]
fn mistakes_are_named() {
    assert!(complaint(load("[server]\nlisen = 'x'\n", &[])).contains("lisen"));
    assert!(complaint(load("[sender]\nin_flight_max = 'many'\n", &[])).contains("in_flight_max"));
    assert!(complaint(load("", &[("SIGAP__SENDER__IN_FLIGHT_MAX", "many")])).contains("IN_FLIGHT_MAX"));
    assert!(complaint(load("", &[("SIGAP__NOWHERE__KEY", "1")])).contains("SIGAP__NOWHERE__KEY"));
    let other = load("[database]\nurl = 'mysql://x'\n", &[]).unwrap();
    assert!(complaint(other.engine().map(|_| other.clone())).contains("sqlite:PATH"));
    let torn = load(
        "[database]\nurl = 'postgres://a:hush@b/c'\n[keys]\nstore = 'keys.db'\n",
        &[],
    )
    .unwrap();
    let said = complaint(torn.engine().map(|_| torn.clone()));
    assert!(said.contains("keys.store") && !said.contains("hush"), "{said}");
    let broken = load("[database]\nurl = 'postgres://a:hush@b:port/c'\n", &[]).unwrap();
    let said = complaint(broken.engine().map(|_| broken.clone()));
    assert!(said.contains("database.url") && !said.contains("hush"), "{said}");
}

#[test]
fn an_address_of_postgresql_is_the_only_switch() {
    let config = load("[database]\nurl = 'postgres://a@b/sigap'\n", &[]).unwrap();
    let Engine::Postgres(places) = config.engine().unwrap() else {
        panic!("not PostgreSQL");
    };
    assert_eq!(places.database.get_dbname(), Some("sigap"));
    assert_eq!(places.keys.get_dbname(), Some("sigap_keys"));
    assert!(complaint(config.files("use its own tools").map(|_| config.clone())).contains("its own tools"));
}

#[test]
fn an_institution_is_set_by_file_and_environment_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "hush\n").unwrap();
    let issuer = "[oidc]\nissuer = 'https://masuk.contoh.go.id'\n";
    let variables = [
        ("SIGAP__OIDC__CLIENT_ID", "sigap"),
        ("SIGAP__OIDC__CLIENT_SECRET_FILE", secret.to_str().unwrap()),
    ];
    let config = load(issuer, &variables).unwrap();
    assert_eq!(config.oidc.client_secret.expose_secret(), "hush");
    assert!(crate::app::institution(&config).unwrap().is_some());
    assert!(crate::app::institution(&load("", &[]).unwrap()).unwrap().is_none());
    let said = format!(
        "{:#}",
        crate::app::institution(&load(issuer, &[]).unwrap()).unwrap_err()
    );
    assert!(said.contains("oidc.client_id"), "{said}");
    let config = load("[oidc]\nissuer = 'masuk'\nclient_id = 'sigap'\n", &[]).unwrap();
    let said = format!("{:#}", crate::app::institution(&config).unwrap_err());
    assert!(said.contains("oidc.issuer"), "{said}");
}
