//! Settings: the embedded defaults, then the file, then the environment. Unknown keys are refused with their name.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sigap_core::language::Language;
use toml::{Table, Value};

/// The defaults, which are also the documentation.
pub const DEFAULTS: &str = include_str!("../../../sigap.default.toml");
/// Prefix of environment variables.
const ENVIRONMENT: &str = "SIGAP__";
/// Ending of a key that names a file with the value.
const FILE_ENDING: &str = "_file";

/// All settings.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub server: Server,
    /// Which database.
    pub database: Database,
    /// Meta's side.
    pub whatsapp: WhatsApp,
    /// The institution's identity service.
    pub oidc: Oidc,
    /// Where keys are.
    pub keys: Keys,
    /// What citizens read.
    pub content: ContentSource,
    /// Reports that come by themselves.
    pub import: ImportSettings,
    /// What is done with files that people send.
    pub files: FileSettings,
    /// How messages go out.
    pub sender: SenderSettings,
    /// What is logged.
    pub log: Log,
}

/// `[server]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port; port 0 picks one.
    pub listen: SocketAddr,
    /// The address people and Meta reach.
    pub public_url: String,
}

/// `[database]`
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; the latter may hold a password.
    pub url: SecretString,
    /// Connections that write, on PostgreSQL.
    pub connections: usize,
    /// A PEM file with the certificates that are believed, on PostgreSQL; empty: those that browsers believe.
    pub certificates: String,
}

/// Which engine runs, and where its data is.
pub enum Engine {
    /// Two files.
    Sqlite(sigap_store_sqlite::Places),
    /// Two databases.
    Postgres(Box<sigap_store_pg::Places>),
}

/// `[whatsapp]`
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsApp {
    /// Meta's Graph API.
    pub graph_url: String,
    /// Its version.
    pub graph_version: String,
    /// Signs webhooks.
    pub app_secret: SecretString,
    /// The word of the webhook's verification.
    pub verify_token: SecretString,
    /// The system user's token.
    pub access_token: SecretString,
    /// Blue ticks and the typing sign.
    pub read_marks: bool,
    /// Our business numbers.
    #[serde(default)]
    pub number: Vec<Number>,
}

/// `[[whatsapp.number]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// Slug of the office that answers there.
    pub office: String,
    /// Meta's id of the WhatsApp Business Account that the number belongs to; without it nothing is known of its templates.
    #[serde(default)]
    pub waba_id: String,
    /// Messages a second that may leave.
    #[serde(default = "default_rate")]
    pub messages_per_second: u32,
    /// The Flows of the satisfaction survey.
    #[serde(default)]
    pub survey_flow: FlowIds,
    /// The Flows of forms that ask us screen by screen, by the form's name.
    #[serde(default)]
    pub form_flows: BTreeMap<String, FlowIds>,
}

/// The ids under which Meta has a form of a number, by language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowIds {
    /// In Indonesian; empty: none.
    #[serde(default)]
    pub id: String,
    /// In English; empty: none.
    #[serde(default)]
    pub en: String,
}

impl FlowIds {
    /// The id of the Flow in a language by its code; `None` where there is none.
    #[must_use]
    pub fn of(&self, language: &str) -> Option<&str> {
        let id = match language {
            "id" => self.id.as_str(),
            "en" => self.en.as_str(),
            _ => "",
        };
        Some(id).filter(|id| !id.is_empty())
    }

    /// Takes over the id in a language that forms have.
    pub fn set(&mut self, language: Language, id: String) {
        match language.of_template() {
            Language::En => self.en = id,
            Language::Id | Language::Su | Language::Jv => self.id = id,
        }
    }
}

fn default_rate() -> u32 {
    sigap_whatsapp::buckets::NUMBER_RATE_DEFAULT
}

/// `[oidc]`
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// The service as it names itself; empty: none.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: SecretString,
    /// What staff call it, in Indonesian.
    pub label_id: String,
    /// The same in English.
    pub label_en: String,
    /// A PEM file with the certificates that are believed; empty: those that browsers believe.
    pub certificates: String,
}

/// `[keys]`
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// File of the master key.
    pub master: PathBuf,
    /// Where the person keys are; empty: beside the database. An address of PostgreSQL may hold a password.
    pub store: SecretString,
    /// File of the private key of forms; empty: none.
    pub forms: String,
}

/// `[content]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContentSource {
    /// A folder; empty: embedded.
    pub dir: String,
}

/// `[import]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportSettings {
    /// Folders that are watched.
    #[serde(default)]
    pub watch: Vec<Watched>,
}

/// `[[import.watch]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    /// Slug of the office whose reports come there.
    pub office: String,
    /// The folder.
    pub folder: PathBuf,
}

/// `[files]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// ClamAV's daemon, `unix:PATH` or `tcp:HOST:PORT`; empty: nothing is looked through.
    pub clamav: String,
    /// What hears voice notes: a program, or a service on this machine, `http://127.0.0.1:PORT/PATH` or `unix:SOCKET`; empty: none.
    pub transcriber: String,
}

/// `[sender]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SenderSettings {
    /// Messages on their way at once.
    pub in_flight_max: usize,
    /// How long to wait for a status of a message of unknown outcome, seconds.
    pub settle_seconds: i64,
    /// How long one call may take before its outcome counts as unknown, seconds.
    pub call_seconds: u64,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Words or JSON.
    pub format: LogFormat,
    /// What to log.
    pub filter: String,
}

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Config {
    /// The defaults, overlaid by a file and by environment variables (handed in, in any order).
    ///
    /// # Errors
    /// A file that cannot be read, an unknown key, a value of the wrong kind; the sentence names it.
    pub fn load(file: Option<&Path>, environment: impl IntoIterator<Item = (String, String)>) -> anyhow::Result<Self> {
        let mut settings: Table = DEFAULTS.parse().context("the embedded defaults are broken")?;
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the settings `{}`", path.display()))?;
            let own: Table = text
                .parse()
                .with_context(|| format!("`{}` is not valid TOML", path.display()))?;
            overlay(&mut settings, own);
        }
        let mut variables: Vec<_> = environment
            .into_iter()
            .filter(|(name, _)| name.starts_with(ENVIRONMENT))
            .collect();
        variables.sort();
        for (name, value) in variables {
            set_from_environment(&mut settings, &name, value)?;
        }
        read_named_files(&mut settings)?;
        Value::Table(settings)
            .try_into()
            .context("a setting is unknown or of the wrong kind")
    }

    /// Which engine the settings name.
    ///
    /// # Errors
    /// When the address is of neither form; a password in it is not repeated.
    pub fn engine(&self) -> anyhow::Result<Engine> {
        self.engine_at(self.database.url.expose_secret(), self.keys.store.expose_secret())
    }

    /// As `engine`, at another address than that of the settings.
    ///
    /// # Errors
    /// As `engine`.
    pub fn engine_at(&self, url: &str, keys: &str) -> anyhow::Result<Engine> {
        let mut engine = engine(url, keys)?;
        if let Engine::Postgres(places) = &mut engine
            && !self.database.certificates.is_empty()
        {
            places.certificates = Some(PathBuf::from(&self.database.certificates));
        }
        Ok(engine)
    }

    /// Where the two SQLite files are, for what only they can do.
    ///
    /// # Errors
    /// When the settings name another engine; the sentence says `instead`.
    pub fn files(&self, instead: &str) -> anyhow::Result<sigap_store_sqlite::Places> {
        match self.engine()? {
            Engine::Sqlite(places) => Ok(places),
            Engine::Postgres(_) => bail!("the database is on PostgreSQL: {instead}"),
        }
    }
}

/// The engine of an address, with its keys at `keys` or, when that is empty, beside it.
///
/// # Errors
/// When an address is of neither form.
pub fn engine(url: &str, keys: &str) -> anyhow::Result<Engine> {
    let given = Some(keys).filter(|keys| !keys.is_empty());
    if let Some(path) = url.strip_prefix("sqlite:") {
        let database = PathBuf::from(path);
        let keys = match given {
            Some(keys) if is_postgres(keys) => bail!("the database is a file: name a file in `keys.store`, or nothing"),
            Some(keys) => PathBuf::from(keys),
            None => database.with_extension("keys.db"),
        };
        return Ok(Engine::Sqlite(sigap_store_sqlite::Places { database, keys }));
    }
    if is_postgres(url) {
        if given.is_some_and(|keys| !is_postgres(keys)) {
            bail!("the database is on PostgreSQL: `keys.store` must name a database there too, or nothing");
        }
        return Ok(Engine::Postgres(Box::new(sigap_store_pg::Places::parse(url, given)?)));
    }
    bail!("a database is named `sqlite:PATH` or `postgres://user@host/database`")
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

fn overlay(base: &mut Table, own: Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(own)) => overlay(base, own),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn set_from_environment(settings: &mut Table, name: &str, value: String) -> anyhow::Result<()> {
    let path = name.trim_start_matches(ENVIRONMENT).to_lowercase();
    let Some((section, key)) = path.split_once("__") else {
        bail!("`{name}` names no setting; write SIGAP__SECTION__KEY");
    };
    let Some(Value::Table(section)) = settings.get_mut(section) else {
        bail!("`{name}` names a section that does not exist");
    };
    let value = match section.get(key) {
        Some(Value::Integer(_)) => Value::Integer(
            value
                .parse()
                .with_context(|| format!("`{name}` must be a whole number"))?,
        ),
        Some(Value::Boolean(_)) => Value::Boolean(
            value
                .parse()
                .with_context(|| format!("`{name}` must be true or false"))?,
        ),
        _ => Value::String(value),
    };
    section.insert(key.to_owned(), value);
    Ok(())
}

/// `app_secret_file = "path"` puts the file's first line into `app_secret`.
fn read_named_files(settings: &mut Table) -> anyhow::Result<()> {
    for (_, section) in settings.iter_mut() {
        let Value::Table(section) = section else {
            continue;
        };
        let named: Vec<String> = section
            .keys()
            .filter(|key| key.ends_with(FILE_ENDING))
            .cloned()
            .collect();
        for key in named {
            let Some(Value::String(path)) = section.remove(&key) else {
                bail!("`{key}` must name a file");
            };
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{path}` of `{key}`"))?;
            let value = text.lines().next().unwrap_or_default().trim().to_owned();
            section.insert(key.trim_end_matches(FILE_ENDING).to_owned(), Value::String(value));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
