//! The service, the emulator and one clock for both, each test with a folder of its own.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sigap::app::{App, Parts, open_store};
use sigap::config::{Config, FlowIds, Number, Oidc};
use sigap::housekeeping;
use sigap_actions::context::StepFunction;
use sigap_actions::ports::{Clock, Wake};
use sigap_actions::send_notice::template_name;
use sigap_content::Content;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::office::Office;
use sigap_emulator::{Accepted, BubbleContent, EmulatedNumber, Emulator, Said, Side};
use sigap_store::Store;
use sigap_store::records::OutboxState;
use sigap_store_pg::testing::Ground;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::IS_ON_POSTGRES;

/// The business number of the first office, and of the second.
pub(crate) const NUMBER: &str = "100000000000001";
pub(crate) const OTHER_NUMBER: &str = "100000000000002";
/// A person of the emulator's cast, her phone, and one who shows none.
pub(crate) const SARI: &str = "sari";
pub(crate) const SARI_PHONE: &str = "6281100000101";
pub(crate) const BAYU: &str = "bayu";
/// A Tuesday morning in Jakarta, while the office is open.
pub(crate) const MORNING: &str = "2026-12-01T02:15:00Z";

/// Longer than anything here takes, even on a busy machine: a test that hangs fails.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

impl Hands {
    pub(crate) fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::Relaxed);
    }
}

pub(crate) fn content() -> Arc<Content> {
    static CONTENT: OnceLock<Arc<Content>> = OnceLock::new();
    Arc::clone(CONTENT.get_or_init(|| Arc::new(Content::embedded().unwrap())))
}

/// What a test may choose.
pub(crate) struct Wish {
    pub(crate) office: String,
    pub(crate) now: Timestamp,
    pub(crate) step: StepFunction,
    pub(crate) content: Arc<Content>,
    pub(crate) change: fn(&mut Config),
    pub(crate) emulate: fn(&mut sigap_emulator::Config),
    /// The institution that signs staff in.
    pub(crate) institution: Option<Oidc>,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            office: "jakarta-pusat".into(),
            now: MORNING.parse().unwrap(),
            step: sigap_core::conversation::step,
            content: content(),
            change: |_| {},
            emulate: |_| {},
            institution: None,
        }
    }
}

/// Everything that runs.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) emulator: Emulator,
    pub(crate) clock: Arc<Hands>,
    pub(crate) config: Config,
    content: Arc<Content>,
    pub(crate) office: Office,
    pub(crate) other: OfficeId,
    pub(crate) folder: TempDir,
    ground: Option<Ground>,
    door: OnceLock<Arc<dyn Store>>,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Wish::default()).await
    }

    pub(crate) async fn with(wish: Wish) -> Self {
        let clock = Arc::new(Hands::default());
        clock.set(wish.now);
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let graph = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let webhook = format!("http://{}/webhooks/whatsapp", listener.local_addr().unwrap());
        let numbers = [(NUMBER, wish.office.as_str()), (OTHER_NUMBER, "sukabumi")];
        let mut emulated =
            sigap_emulator::Config::new(webhook, numbers.iter().map(|(id, slug)| business(id, slug)).collect());
        emulated.graph_url = format!("http://{}", graph.local_addr().unwrap());
        (wish.emulate)(&mut emulated);

        let mut config = Config::load(None, []).unwrap();
        config.database.url = SecretString::from(format!("sqlite:{}", folder.path().join("sigap.db").display()));
        config.keys.master = folder.path().join("sigap.master.key");
        // Without a server the suite has said so, and each of its tests runs on a file.
        let ground = if IS_ON_POSTGRES { Ground::new().unwrap() } else { None };
        if let Some(ground) = &ground {
            let [database, keys] = ground.urls();
            config.database.url = SecretString::from(database);
            config.keys.store = SecretString::from(keys);
            sigap::keys::make(&config.keys.master).unwrap();
        }
        config.whatsapp.graph_url = emulated.graph_url.clone();
        config.whatsapp.app_secret = SecretString::from(emulated.app_secret.clone());
        config.whatsapp.verify_token = SecretString::from(emulated.verify_token.clone());
        config.whatsapp.access_token = SecretString::from(emulated.access_token.clone());
        config.whatsapp.read_marks = false;
        config.whatsapp.number = numbers
            .iter()
            .map(|(id, slug)| Number {
                phone_number_id: (*id).into(),
                office: (*slug).into(),
                waba_id: "100000000000000".into(),
                messages_per_second: 1_000,
                survey_flow: FlowIds::default(),
                form_flows: std::collections::BTreeMap::new(),
            })
            .collect();
        config.sender.call_seconds = 1;
        if let Some(institution) = wish.institution {
            config.oidc = institution;
        }
        (wish.change)(&mut config);

        let hands = Arc::clone(&clock);
        let emulator = Emulator::new(emulated, Arc::new(move || hands.now()));
        let routes = emulator.router();
        tokio::spawn(async move { axum::serve(graph, routes).await });
        let app = App::start(Parts {
            config: config.clone(),
            content: Arc::clone(&wish.content),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            step: wish.step,
            listener,
            more_routes: None,
        })
        .await
        .unwrap();
        let office = content().office_by_slug(&wish.office).unwrap().clone();
        let other = content().office_by_slug("sukabumi").unwrap().id;
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self {
            app,
            emulator,
            clock,
            config,
            content: wish.content,
            office,
            other,
            folder,
            ground,
            door: OnceLock::new(),
            client,
        }
    }

    /// The same, once Meta told the templates that it has: they are asked for at the start, while everything else goes on.
    pub(crate) async fn with_templates(self) -> Self {
        let (office, store) = (self.office.id, self.store());
        self.until("templates are compared", async || {
            let plan = sigap_store::read(&*store, move |tx| tx.find_notice_plan(office))
                .await
                .unwrap();
            plan.is_some_and(|row| row.plan.accounts.values().any(|news| news.compared_at.is_some()))
        })
        .await;
        self
    }

    /// One more process on the same database, with the same clock.
    pub(crate) async fn second_process(&self) -> App {
        App::start(Parts {
            config: self.config.clone(),
            content: Arc::clone(&self.content),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            step: sigap_core::conversation::step,
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            more_routes: None,
        })
        .await
        .unwrap()
    }

    // Time.

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.set(self.clock.now() + SignedDuration::from_secs(seconds));
        self.app.bell.wake();
    }

    /// What the service does each second, now.
    pub(crate) async fn keep_house(&self) {
        housekeeping::round(&self.app.service, &[self.office.id, self.other], &self.app.metrics).await;
        self.app.bell.wake();
    }

    // Waiting for what must come.

    /// Carries webhooks and lets the sender send until nothing is owed and nothing is under way.
    pub(crate) async fn settle(&self) {
        self.until("everything is settled", async || {
            self.emulator.deliver_all().await;
            let is_sent = self.app.service.backlog().await.unwrap().unsent == 0;
            is_sent && self.emulator.waiting_webhooks() == 0 && self.app.service.backlog().await.unwrap().unsent == 0
        })
        .await;
    }

    /// Carries webhooks that are due, once, and nothing else.
    pub(crate) async fn deliver(&self) {
        self.emulator.deliver_all().await;
    }

    /// Looks again and again until it is so; fails when it never is.
    pub(crate) async fn until(&self, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
        let looking = async {
            while !is_so().await {
                tokio::task::yield_now().await;
            }
        };
        assert!(
            tokio::time::timeout(PATIENCE, looking).await.is_ok(),
            "waited in vain until {what}"
        );
    }

    // Talking.

    pub(crate) fn types(&self, person: &str, words: &str) -> String {
        self.says(
            person,
            Said::Text {
                body: words.into(),
                quoted: None,
            },
        )
    }

    pub(crate) fn says(&self, person: &str, said: Said) -> String {
        self.emulator.person_says(person, NUMBER, said).unwrap()
    }

    /// Types and returns the one answer.
    pub(crate) async fn asks(&self, person: &str, words: &str) -> String {
        let before = self.answers(person).len();
        self.types(person, words);
        self.settle().await;
        let answers = self.answers(person);
        assert_eq!(answers.len(), before + 1, "one answer to `{words}`");
        answers[before].clone()
    }

    /// Taps a button or row by the name of its choice, on the newest message that offers it; with a colon at its end,
    /// whatever it is about.
    pub(crate) fn taps(&self, person: &str, choice: &str) {
        let end = if choice.ends_with(':') { "" } else { "~" };
        let mark = format!("1~{choice}{end}");
        let bubbles = self.emulator.chat(person, NUMBER);
        let (message_id, id) = bubbles
            .iter()
            .rev()
            .find_map(|bubble| {
                let items: Vec<&sigap_emulator::ChoiceItem> = match &bubble.content {
                    BubbleContent::Buttons { buttons, .. } => buttons.iter().collect(),
                    BubbleContent::List { sections, .. } => sections.iter().flat_map(|section| &section.rows).collect(),
                    _ => Vec::new(),
                };
                items
                    .into_iter()
                    .find(|item| item.id.starts_with(&mark))
                    .map(|item| (bubble.id.clone(), item.id.clone()))
            })
            .unwrap_or_else(|| panic!("nothing offers [{choice}]"));
        self.says(person, Said::Choice { message_id, id });
    }

    /// The words of all answers to a person, oldest first.
    pub(crate) fn answers(&self, person: &str) -> Vec<String> {
        self.sent_to(person)
            .iter()
            .map(|accepted| body_of(&accepted.body).to_owned())
            .collect()
    }

    pub(crate) fn sent_to(&self, person: &str) -> Vec<Accepted> {
        self.emulator
            .accepted_messages()
            .into_iter()
            .filter(|accepted| accepted.recipient == person)
            .collect()
    }

    /// The words of an answer by its key, as this office says them.
    pub(crate) fn words(&self, key: &'static str) -> String {
        content().text(&self.office, sigap_core::language::Language::Id, key, &[])
    }

    // The wire.

    pub(crate) async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> (u16, String) {
        let response = self.respond(method, path, headers, body).await;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// As `request`, with everything that came back; the body of a stream is still under way.
    pub(crate) async fn respond(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> hyper::Response<hyper::body::Incoming> {
        self.respond_at(self.app.address, method, path, headers, body).await
    }

    /// As `respond`, from another process.
    pub(crate) async fn respond_at(
        &self,
        address: SocketAddr,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> hyper::Response<hyper::body::Incoming> {
        let mut request = Request::builder().method(method).uri(format!("http://{address}{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.client
            .request(request.body(Full::new(body)).unwrap())
            .await
            .unwrap()
    }

    /// Posts to Meta's side, as somebody with the token does; what it answers.
    pub(crate) async fn graph_post(&self, path: &str, body: &str) -> String {
        let token = self.config.whatsapp.access_token.expose_secret();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/v25.0/{path}", self.config.whatsapp.graph_url))
            .header("authorization", format!("Bearer {token}"))
            .body(Full::new(Bytes::from(body.to_owned())))
            .unwrap();
        let response = self.client.request(request).await.unwrap();
        let answer = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Posts a body as Meta does, signed.
    pub(crate) async fn post(&self, body: impl Into<Bytes>) -> u16 {
        let body = body.into();
        let signature = self.emulator.sign(&body);
        self.request(
            Method::POST,
            "/webhooks/whatsapp",
            &[("x-hub-signature-256", &signature)],
            body,
        )
        .await
        .0
    }

    /// The value of a line of `/metrics`; 0 when the line is not there.
    pub(crate) async fn metric(&self, line: &str) -> u64 {
        let (status, text) = self.request(Method::GET, "/metrics", &[], Bytes::new()).await;
        assert_eq!(status, 200);
        let found = text
            .lines()
            .find_map(|known| known.strip_prefix(line)?.strip_prefix(' '));
        found.map_or(0, |value| value.parse().unwrap())
    }

    /// A second door to the database, to look at rows and to put facts in.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        Arc::clone(self.door.get_or_init(|| open_store(&self.config).unwrap().0))
    }

    /// A second passes, unless a message is on the wire in this moment: the hands of this clock turn faster than any wire
    /// carries, and would make its outcome unknown.
    pub(crate) async fn pass_when_quiet(&self) {
        let offices = [self.office.id, self.other];
        let store = self.store();
        let is_sending = sigap_store::read(&*store, move |tx| {
            let mut rows = Vec::new();
            for office in offices {
                rows.extend(tx.list_unsettled(office, Timestamp::MAX, 100)?);
            }
            Ok(rows.iter().any(|row| row.state == OutboxState::Sending))
        });
        if !is_sending.await.unwrap() {
            self.pass(1);
        }
    }

    /// Whether these bytes stand anywhere in the files, or the tables, of the database.
    pub(crate) fn files_hold(&self, needle: &str) -> bool {
        if let Some(ground) = &self.ground {
            return ground.holds(needle).unwrap();
        }
        std::fs::read_dir(self.folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
    }

    pub(crate) fn second(&self) -> i64 {
        self.clock.now().as_second()
    }
}

/// Every template that an office needs, approved.
pub(crate) fn templates_at_meta(content: &Content, office: &Office) -> Vec<sigap_emulator::Template> {
    let at = jiff::civil::date(2026, 11, 26).at(9, 30, 0, 0);
    let kinds = content.catalogue_of(office.id).notices.with_template();
    kinds
        .flat_map(|kind| Language::OF_TEMPLATES.map(|language| (kind, language)))
        .map(|(kind, language)| {
            let text = content.template(office, language, &kind.id, at, "").unwrap();
            sigap_emulator::Template {
                name: template_name(&kind.id),
                language: language.code().into(),
                category: "UTILITY".into(),
                body: text.body,
                buttons: text.buttons.into_iter().map(|button| button.title).collect(),
            }
        })
        .collect()
}

fn business(id: &str, slug: &str) -> EmulatedNumber {
    EmulatedNumber {
        phone_number_id: id.into(),
        display_phone_number: format!("62811{}", &id[5..]),
        waba_id: "100000000000000".into(),
        office_name: slug.into(),
        office_slug: slug.into(),
        messages_per_second: 1_000,
    }
}

/// The words of a request to Meta, whatever its form.
pub(crate) fn body_of(request: &Value) -> &str {
    request["text"]["body"]
        .as_str()
        .or(request["interactive"]["body"]["text"].as_str())
        .unwrap_or_default()
}

/// A text message inside a webhook.
pub(crate) fn text(phone: &str, id: &str, second: i64, words: &str) -> Value {
    json!({ "from": phone, "id": id, "timestamp": second.to_string(), "type": "text", "text": { "body": words } })
}

/// A webhook with these messages for one number.
pub(crate) fn webhook(number: &str, messages: &[Value]) -> Value {
    let contacts: Vec<Value> = messages
        .iter()
        .filter_map(|message| message["from"].as_str())
        .map(|phone| json!({ "profile": { "name": "Warga" }, "wa_id": phone }))
        .collect();
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "100000000000000", "changes": [{
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "6281100000001", "phone_number_id": number },
            "contacts": contacts,
            "messages": messages,
        },
    }]}]})
}

/// How many of the office's bubbles a person sees.
pub(crate) fn bubbles_of_office(world: &World, person: &str) -> usize {
    world
        .emulator
        .chat(person, NUMBER)
        .iter()
        .filter(|bubble| bubble.side == Side::Office)
        .count()
}
