//! `sigap doctor`: looks at everything an operator would, and says the next step beside what is wrong.

use std::path::Path;

use secrecy::ExposeSecret;
use sigap_actions::ports::{Clock, Links};
use sigap_content::check::Severity;
use sigap_store::Store;
use sigap_store_sqlite::{Places, sqlite_version};

use super::{open_service, print};
use crate::app::{accounts, load_content, numbers, open_store};
use crate::clock::SystemClock;
use crate::config::{Config, Engine};
use crate::flows::NumberFlows;
use crate::keys;

mod templates;

/// What was found about one thing.
enum Finding {
    Fine(String),
    Look(String),
    Wrong(String),
}

pub(super) async fn run(config: &Config) -> anyhow::Result<bool> {
    let mut findings = vec![
        (
            "version",
            Finding::Fine(format!(
                "sigap {}, SQLite {}",
                env!("CARGO_PKG_VERSION"),
                sqlite_version()
            )),
        ),
        (
            "time",
            Finding::Fine(format!("{} UTC; compare with a clock you trust", SystemClock.now())),
        ),
    ];
    findings.push(("webhook", webhook(config)));
    findings.push(("access", access(config)));
    findings.extend(institution(config).await.map(|finding| ("institution", finding)));
    findings.extend(content(config));
    findings.extend(database(config).await);
    let mut is_well = true;
    for (name, finding) in findings {
        let (mark, text) = match finding {
            Finding::Fine(text) => ("ok   ", text),
            Finding::Look(text) => ("look ", text),
            Finding::Wrong(text) => {
                is_well = false;
                ("WRONG", text)
            }
        };
        print::line(&format!("{mark} {name}: {text}"));
    }
    Ok(is_well)
}

fn webhook(config: &Config) -> Finding {
    let whatsapp = &config.whatsapp;
    if whatsapp.app_secret.expose_secret().is_empty() || whatsapp.verify_token.expose_secret().is_empty() {
        return Finding::Wrong("`whatsapp.app_secret` or `whatsapp.verify_token` is empty; set both".into());
    }
    let url = format!("{}/webhooks/whatsapp", config.server.public_url.trim_end_matches('/'));
    if url.starts_with("https://") {
        Finding::Fine(format!("tell Meta {url}"))
    } else {
        Finding::Look(format!("{url} is not https: Meta will not call it"))
    }
}

fn access(config: &Config) -> Finding {
    let whatsapp = &config.whatsapp;
    let settings = sigap_whatsapp::client::Config::new(
        &whatsapp.graph_url,
        &whatsapp.graph_version,
        whatsapp.access_token.clone(),
    );
    match sigap_whatsapp::client::Client::new(&settings) {
        Err(error) => Finding::Wrong(error.to_string()),
        Ok(_) if whatsapp.access_token.expose_secret().is_empty() => {
            Finding::Wrong("`whatsapp.access_token` is empty; nothing can be sent".into())
        }
        Ok(_) => Finding::Fine(format!("{} {}", whatsapp.graph_url, whatsapp.graph_version)),
    }
}

async fn institution(config: &Config) -> Option<Finding> {
    let issuer = &config.oidc.issuer;
    let institution = match crate::app::institution(config) {
        Err(error) => return Some(Finding::Wrong(format!("{error:#}"))),
        Ok(institution) => institution?,
    };
    Some(match institution.look(SystemClock.now()).await {
        Err(why) => Finding::Wrong(format!("{issuer}: {why}")),
        Ok(()) => Finding::Fine(format!(
            "{issuer} answers; it must know {} as the address to come back to",
            Links::new(&config.server.public_url).institution_return()
        )),
    })
}

fn content(config: &Config) -> Vec<(&'static str, Finding)> {
    let content = match load_content(config) {
        Ok(content) => content,
        Err(error) => return vec![("content", Finding::Wrong(format!("{error:#}")))],
    };
    let today = jiff::tz::TimeZone::UTC.to_datetime(SystemClock.now()).date();
    let report = content.check(today);
    let count = |severity| report.count(severity);
    let summary = format!(
        "{} offices, {} errors, {} warnings, {} unconfirmed facts",
        content.offices().len(),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Notice)
    );
    let state = if !report.is_green() {
        Finding::Wrong(format!("{summary}; run `sigap content check`"))
    } else if count(Severity::Warning) > 0 {
        Finding::Look(format!("{summary}; run `sigap content check`"))
    } else {
        Finding::Fine(summary)
    };
    let numbers = match numbers(config, &content) {
        Err(error) => Finding::Wrong(format!("{error:#}")),
        Ok(numbers) if numbers.offices().is_empty() => {
            Finding::Wrong("no `[[whatsapp.number]]`: nobody can be answered".into())
        }
        Ok(numbers) => Finding::Fine(format!(
            "{} numbers, {} offices",
            config.whatsapp.number.len(),
            numbers.offices().len()
        )),
    };
    vec![("content", state), ("numbers", numbers), ("survey", survey(config))]
}

/// Where the survey goes out as a form. Elsewhere its message gives the page, which is no fault.
fn survey(config: &Config) -> Finding {
    let numbers = &config.whatsapp.number;
    if let Err(error) = NumberFlows::new(numbers) {
        return Finding::Wrong(error.to_string());
    }
    let count = |language| {
        numbers
            .iter()
            .filter(|number| number.survey_flow.of(language).is_some())
            .count()
    };
    Finding::Fine(format!(
        "of {} numbers {} have its form in Indonesian, {} in English; the others give the address of the page",
        numbers.len(),
        count("id"),
        count("en")
    ))
}

async fn database(config: &Config) -> Vec<(&'static str, Finding)> {
    match config.engine() {
        Err(error) => vec![("database", Finding::Wrong(error.to_string()))],
        Ok(Engine::Sqlite(places)) => {
            if !places.database.exists() {
                let text = format!("`{}` does not exist yet; `serve` makes it", places.database.display());
                return vec![("database", Finding::Look(text)), ("disk", disk(&places))];
            }
            let bytes = size(&places.database) + size(&places.keys);
            let mut findings = stored(config, bytes).await;
            findings.push(("published", published(config).await));
            findings.push(("disk", disk(&places)));
            findings
        }
        Ok(Engine::Postgres(places)) => match sigap_store_pg::server_facts(&places) {
            Err(fault) => vec![("database", Finding::Wrong(fault.to_string()))],
            Ok(facts) => {
                let bytes = facts.bytes;
                let mut findings = vec![("server", server(facts))];
                findings.extend(stored(config, bytes).await);
                findings.push(("published", published(config).await));
                findings
            }
        },
    }
}

/// What offices published, and whether it still fits the content of this version.
async fn published(config: &Config) -> Finding {
    // As for the backlog: no keys are made here.
    let opened = match keys::read(&config.keys.master) {
        Ok(_) => open_service(config).await,
        Err(error) => Err(error),
    };
    let service = match opened {
        Ok(service) => service,
        Err(error) => return Finding::Wrong(format!("{error:#}")),
    };
    let offices = match numbers(config, service.content()) {
        Ok(numbers) => numbers.offices(),
        Err(error) => return Finding::Wrong(format!("{error:#}")),
    };
    if let Err(fault) = service.refresh_content(&offices).await {
        return Finding::Wrong(fault.to_string());
    }
    let live = service.live();
    let name = |id: sigap_core::ids::OfficeId| live.content.office(id).map(|office| office.slug.clone());
    let mut broken: Vec<String> = live
        .broken
        .iter()
        .map(|patch| format!("{} {}", name(patch.office).unwrap_or_default(), patch.key))
        .collect();
    broken.extend(live.unreadable.iter().filter_map(|id| name(*id)));
    if broken.is_empty() {
        Finding::Fine(format!(
            "{} offices changed their content; all of it fits",
            live.editions.len()
        ))
    } else {
        Finding::Look(format!(
            "left out, because this version has no place for it: {}; open it under Content in the console",
            broken.join(", ")
        ))
    }
}

/// What a PostgreSQL server says of itself. Its disk is looked after where it runs.
fn server(facts: sigap_store_pg::ServerFacts) -> Finding {
    let sharding = match facts.sharding {
        Some(version) => format!(", distributed by office (extension {version})"),
        None => String::new(),
    };
    let text = format!("PostgreSQL {}{sharding}", facts.version);
    if facts.is_durable {
        Finding::Fine(text)
    } else {
        Finding::Wrong(format!(
            "{text} runs with `fsync = off`: a power cut loses what was acknowledged; switch it on"
        ))
    }
}

/// Opens the database as the service does, and says what waits in it and how templates are. Makes neither keys nor, on PostgreSQL, tables.
async fn stored(config: &Config, bytes: u64) -> Vec<(&'static str, Finding)> {
    let opened = keys::read(&config.keys.master).and_then(|_| open_store(config));
    let store = match opened {
        Ok((store, _)) => store,
        Err(error) => return vec![("database", Finding::Wrong(format!("{error:#}")))],
    };
    let mut findings = vec![("database", backlog(&*store, bytes).await)];
    // What is wrong with content and numbers is told elsewhere.
    if let Ok(content) = load_content(config)
        && let (Ok(numbers), Ok(accounts)) = (numbers(config, &content), accounts(config, &content))
    {
        let told = templates::look(&*store, &content, &accounts, &numbers.offices()).await;
        findings.extend(told.into_iter().map(|finding| ("templates", finding)));
    }
    findings
}

async fn backlog(store: &dyn Store, bytes: u64) -> Finding {
    match sigap_store::read(store, |tx| tx.find_backlog()).await {
        Err(fault) => Finding::Wrong(fault.to_string()),
        Ok(backlog) => {
            let text = format!(
                "{bytes} bytes, {} replies owed, {} not sent yet",
                backlog.owed, backlog.unsent
            );
            if backlog.owed > 0 {
                Finding::Look(text)
            } else {
                Finding::Fine(text)
            }
        }
    }
}

/// Free space where the database lies. A commit that finds no room is refused, and the line answers 503 until there is.
fn disk(places: &Places) -> Finding {
    let folder = places
        .database
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    match (fs4::available_space(folder), fs4::total_space(folder)) {
        (Ok(free), Ok(total)) => {
            let text = format!("{} MB of {} MB free", free / 1_000_000, total / 1_000_000);
            if free < total / 10 {
                Finding::Look(format!("{text}; make room before it is full"))
            } else {
                Finding::Fine(text)
            }
        }
        _ => Finding::Look(format!("`{}` does not tell how much room it has", folder.display())),
    }
}

fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}
