//! Wiring: one process of the service, from settings to a listening socket and back to a clean stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use axum::Router;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use sigap_actions::context::StepFunction;
use sigap_actions::institution::{ClientSecret, Institution, InstitutionSettings};
use sigap_actions::passkeys::Passkeys;
use sigap_actions::ports::{Accounts, Clock, Ids, Links, WakeClerk};
use sigap_actions::service::{Ports, Service};
use sigap_content::Content;
use sigap_core::ids::ProcessId;
use sigap_store::Store;
use sigap_store::sealing::{MasterKey, Sealer, system_random};
use sigap_store_pg::PgStore;
use sigap_store_sqlite::SqliteStore;
use sigap_web::forms::FormDoor;
use sigap_web::hall::HallNews;
use sigap_web::report_reader::ReportReader;
use sigap_web::routes::ReadMarks;
use sigap_web::ticket_code::TicketKey;
use sigap_web::toll::Toll;
use sigap_web::{AppState, Metrics, Numbers, router};
use sigap_whatsapp::client::Client;
use sigap_whatsapp::endpoint::token::FormTokenKey;
use sigap_whatsapp::routing::RoutingKey;
use sigap_whatsapp::signature::SignatureKey;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::chance::SystemChance;
use crate::config::{Config, Engine};
use crate::courier::HttpCourier;
use crate::file_clerk::FileClerk;
use crate::flows::{NumberFlows, endpoint_key};
use crate::housekeeping;
use crate::import::Reader;
use crate::keys;
use crate::partner_calls;
use crate::read_marks::Marker;
use crate::scanner::Scanner;
use crate::sender::{Bell, Sender};
use crate::template_clerk::{Clerk, ClerkBell};
use crate::transcriber::Transcriber;
use crate::watched_folder::{self, Folder, Watcher};

/// How long requests may take to end when the process stops: a client that sends half a body and falls silent must not
/// keep it alive. What was not answered with 200 is delivered again.
const REQUESTS_END: Duration = Duration::from_secs(10);

/// What a process is made of.
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// Texts, offices, catalogue.
    pub content: Arc<Content>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The engine; tests hand in one that fails.
    pub step: StepFunction,
    /// Where to listen, already bound.
    pub listener: TcpListener,
    /// Further pages (the demo's phone).
    pub more_routes: Option<Router>,
}

/// A running process.
pub struct App {
    /// Where it listens.
    pub address: SocketAddr,
    /// The use cases.
    pub service: Service,
    /// Figures.
    pub metrics: Arc<Metrics>,
    /// Rings the sender; after a clock was turned by hand there may be something due.
    pub bell: Arc<Bell>,
    hall_news: Arc<HallNews>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

/// Content from the embedded files, or from the folder of the settings.
///
/// # Errors
/// When a file cannot be read; the sentence names it.
pub fn load_content(config: &Config) -> anyhow::Result<Arc<Content>> {
    let content = if config.content.dir.is_empty() {
        Content::embedded()
    } else {
        Content::from_dir(&config.content.dir)
    };
    Ok(Arc::new(
        content.context("the content cannot be loaded; run `sigap content check`")?,
    ))
}

/// Opens the store with its keys.
///
/// # Errors
/// When files or keys are not in order; the sentence says the next step.
pub fn open_store(config: &Config) -> anyhow::Result<(Arc<dyn Store>, MasterKey)> {
    match config.engine()? {
        Engine::Sqlite(places) => {
            let master = keys::ensure(&config.keys.master, &places.database)?;
            let store = SqliteStore::open(&places, &Sealer::new(master.clone(), system_random))
                .with_context(|| format!("cannot open the database `{}`", places.database.display()))?;
            Ok((Arc::new(store), master))
        }
        Engine::Postgres(places) => {
            let master = keys::read(&config.keys.master)?;
            let sealer = Sealer::new(master.clone(), system_random);
            let store = PgStore::open(&places, config.database.connections, &sealer)
                .context("cannot open the database on PostgreSQL")?;
            Ok((Arc::new(store), master))
        }
    }
}

/// The use cases over an open store, for commands that do not listen.
///
/// # Errors
/// When there are no random bytes.
pub fn service(
    store: Arc<dyn Store>,
    content: Arc<Content>,
    clock: Arc<dyn Clock>,
    bell: Arc<Bell>,
    public_url: &str,
    step: StepFunction,
) -> anyhow::Result<Service> {
    let mut process = [0; 8];
    system_random(&mut process)?;
    let ids = Arc::new(Ids::new(ProcessId(i64::from_be_bytes(process))));
    let ports = Ports {
        clock,
        ids,
        wake: bell,
        chance: Arc::new(SystemChance),
        links: Arc::new(Links::new(public_url)),
    };
    Ok(Service::new(store, content, ports, step))
}

/// The institution's identity service, when the settings name one.
///
/// # Errors
/// Settings that cannot work; the sentence names the one.
pub fn institution(config: &Config) -> anyhow::Result<Option<Institution>> {
    let oidc = &config.oidc;
    if oidc.issuer.is_empty() {
        return Ok(None);
    }
    let settings = InstitutionSettings {
        issuer: oidc.issuer.clone(),
        client_id: oidc.client_id.clone(),
        client_secret: ClientSecret::new(oidc.client_secret.expose_secret().to_owned()),
        labels: [oidc.label_id.clone(), oidc.label_en.clone()],
        return_to: Links::new(&config.server.public_url).institution_return(),
    };
    let courier = Arc::new(HttpCourier::new(&oidc.certificates)?);
    Ok(Some(Institution::new(settings, courier)?))
}

/// The business numbers of the settings with their offices.
///
/// # Errors
/// When a number names an office that content does not have, or stands there twice.
pub fn numbers(config: &Config, content: &Content) -> anyhow::Result<Numbers> {
    let mut numbers = Vec::new();
    for number in &config.whatsapp.number {
        let office = content.office_by_slug(&number.office).with_context(|| {
            format!(
                "`whatsapp.number` names the office `{}`, which content does not have",
                number.office
            )
        })?;
        if numbers.iter().any(|(known, _)| *known == number.phone_number_id) {
            bail!("`whatsapp.number` has `{}` twice", number.phone_number_id);
        }
        numbers.push((number.phone_number_id.clone(), office.id));
    }
    Ok(numbers.into_iter().collect())
}

/// The business numbers of the settings with their offices and business accounts.
///
/// # Errors
/// As [`numbers`].
pub fn accounts(config: &Config, content: &Content) -> anyhow::Result<Accounts> {
    let numbers = numbers(config, content)?;
    let number = |number: &crate::config::Number| {
        let office = numbers.office(&number.phone_number_id)?;
        let account = Some(number.waba_id.clone()).filter(|account| !account.is_empty());
        Some((number.phone_number_id.clone(), office, account))
    };
    Ok(config.whatsapp.number.iter().filter_map(number).collect())
}

/// The watched folders of the settings with their offices.
///
/// # Errors
/// When a folder names an office that content does not have.
fn folders(config: &Config, content: &Content) -> anyhow::Result<Vec<Folder>> {
    let folder = |watched: &crate::config::Watched| {
        let office = content.office_by_slug(&watched.office).with_context(|| {
            format!(
                "`import.watch` names the office `{}`, which content does not have",
                watched.office
            )
        })?;
        Ok(Folder {
            office: office.id,
            path: watched.folder.clone(),
        })
    };
    config.import.watch.iter().map(folder).collect()
}

impl App {
    /// Starts the process; it serves when this returns.
    ///
    /// # Errors
    /// When the settings cannot work; the sentence says the next step.
    pub async fn start(parts: Parts) -> anyhow::Result<Self> {
        let Parts {
            config,
            content,
            clock,
            step,
            listener,
            more_routes,
        } = parts;
        for (name, secret) in [
            ("whatsapp.app_secret", &config.whatsapp.app_secret),
            ("whatsapp.verify_token", &config.whatsapp.verify_token),
        ] {
            // An empty secret would let anybody sign.
            if secret.expose_secret().is_empty() {
                bail!("`{name}` is empty; set it (see sigap.default.toml)");
            }
        }
        // A message that is still under way must not be sent again.
        if i64::try_from(config.sender.call_seconds).unwrap_or(i64::MAX) >= config.sender.settle_seconds {
            bail!("`sender.settle_seconds` must be longer than `sender.call_seconds`");
        }
        let numbers = Arc::new(numbers(&config, &content)?);
        let accounts = Arc::new(accounts(&config, &content)?);
        let folders = folders(&config, &content)?;
        let flows = NumberFlows::new(&config.whatsapp.number)?;
        let form_key = endpoint_key(&config)?;
        if flows.has_forms() && form_key.is_none() {
            bail!("`form_flows` of a `whatsapp.number` needs the key in `keys.forms`; make it with `sigap flow key`");
        }
        let (store, master) = open_store(&config)?;
        let whatsapp = &config.whatsapp;
        let mut calls = sigap_whatsapp::client::Config::new(
            &whatsapp.graph_url,
            &whatsapp.graph_version,
            whatsapp.access_token.clone(),
        );
        calls.call_timeout = Duration::from_secs(config.sender.call_seconds.max(1));
        let client = Client::new(&calls)?;
        let routing = Arc::new(RoutingKey::new(&master.derive("buttons and rows")));
        let form_tokens = FormTokenKey::new(&master.derive("form tokens"));
        let metrics = Arc::new(Metrics::default());
        let bell = Arc::new(Bell::default());
        let clerk_bell = Arc::<ClerkBell>::default();
        let service = service(
            store,
            content,
            Arc::clone(&clock),
            Arc::clone(&bell),
            &config.server.public_url,
            step,
        )?
        .with_accounts(accounts, Arc::clone(&clerk_bell) as Arc<dyn WakeClerk>);
        let settle_after = SignedDuration::from_secs(config.sender.settle_seconds);
        service.postpone_settling(settle_after).await?;
        service.refresh_content(&numbers.offices()).await?;
        for office in numbers.offices() {
            service.ensure_openings(office).await?;
            service.ensure_figures(office).await?;
        }
        let (stop, stopped) = watch::channel(false);

        let read_marks = whatsapp
            .read_marks
            .then(|| Marker::start(client.clone()) as Arc<dyn ReadMarks>);
        let clerk = Clerk {
            service: service.clone(),
            client: client.clone(),
            bell: clerk_bell,
        };
        let file_clerk = FileClerk {
            service: service.clone(),
            client: client.clone(),
            scanner: Scanner::read(&config.files.clamav)?,
            transcriber: Transcriber::read(&config.files.transcriber)?,
        };
        let sender = Sender {
            service: service.clone(),
            client,
            routing: Arc::clone(&routing),
            clock: Arc::clone(&clock),
            metrics: Arc::clone(&metrics),
            bell: Arc::clone(&bell),
            flows: Arc::new(flows),
            form_tokens: form_tokens.clone(),
            in_flight_max: config.sender.in_flight_max.max(1),
            settle_after,
        };
        let rates = whatsapp
            .number
            .iter()
            .map(|number| (number.phone_number_id.clone(), number.messages_per_second));
        let hall_news = Arc::<HallNews>::default();
        let watch_clock = Arc::clone(&clock);
        let state = AppState {
            service: service.clone(),
            clock,
            numbers: Arc::clone(&numbers),
            signature: Arc::new(SignatureKey::new(whatsapp.app_secret.expose_secret().as_bytes())),
            routing,
            forms: form_key.map(|key| Arc::new(FormDoor::new(key, form_tokens, Arc::new(SystemChance)))),
            verify_token: whatsapp.verify_token.clone(),
            tickets: Arc::new(TicketKey::new(&master.derive("tickets"))),
            toll: Arc::new(Toll::new(&master.derive("toll"))),
            links: Arc::new(Links::new(&config.server.public_url)),
            hall_news: Arc::clone(&hall_news),
            passkeys: Passkeys::new(&config.server.public_url).map(Arc::new),
            institution: institution(&config)?.map(Arc::new),
            reports: Arc::new(ReportReader::new(Arc::new(Reader))),
            api_rates: Arc::default(),
            read_marks,
            metrics: Arc::clone(&metrics),
        };
        let address = listener.local_addr()?;
        let routes = router(state).merge(more_routes.unwrap_or_default());
        let mut until = stopped.clone();
        let server = async move {
            let stop = async move {
                // A dropped sender means stop as well.
                let _ = until.changed().await;
            };
            if let Err(error) = axum::serve(listener, routes).with_graceful_shutdown(stop).await {
                tracing::error!(%error, "the server broke off");
            }
        };
        let tasks = vec![
            tokio::spawn(sender.run(rates.collect(), stopped.clone())),
            tokio::spawn(housekeeping::run(
                service.clone(),
                numbers.offices(),
                Arc::clone(&metrics),
                stopped.clone(),
            )),
            tokio::spawn(partner_calls::run(
                service.clone(),
                // Partners are believed as browsers believe them, whatever the institution's own certificates are.
                Arc::new(HttpCourier::new("")?),
                numbers.offices(),
                stopped.clone(),
            )),
            tokio::spawn(watched_folder::run(
                Watcher::new(service.clone(), watch_clock, folders),
                stopped.clone(),
            )),
            tokio::spawn(clerk.run(numbers.offices(), stopped.clone())),
            tokio::spawn(file_clerk.run(numbers.offices(), stopped)),
        ];
        Ok(Self {
            address,
            // A clone reads what was taken in above.
            service: service.clone(),
            metrics,
            bell,
            hall_news,
            stop,
            server: tokio::spawn(server),
            tasks,
        })
    }

    /// Stops: no new requests, what is under way ends, everything is on the disk when this returns.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        // A live page would keep its connection for hours.
        self.hall_news.close();
        if tokio::time::timeout(REQUESTS_END, &mut self.server).await.is_err() {
            tracing::warn!("requests that did not end were cut off");
            self.server.abort();
        }
        for task in self.tasks {
            // A task that panicked has nothing left to wait for.
            let _ = task.await;
        }
    }
}
