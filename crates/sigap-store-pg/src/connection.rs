//! Connecting: where the databases are, how long a server may think, whose certificate is believed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sigap_store::Fault;
use tokio_postgres::config::Host;
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::trouble::Trouble;

/// The oldest server that is tested.
const VERSION_MIN: u32 = 15;
/// How long one statement may take on the server, in milliseconds: the slowest of ours takes a few.
const STATEMENT_MS_MAX: u32 = 10_000;
/// How long a statement waits for a row that another transaction keeps, in milliseconds.
const LOCK_MS_MAX: u32 = 5_000;
/// A transaction whose process fell silent gives its rows free after this, in milliseconds.
const IDLE_MS_MAX: u32 = 15_000;
/// How long making a connection may take.
const CONNECT_MAX: Duration = Duration::from_secs(3);
/// Sent data that is not acknowledged for so long ends the connection: a server that vanished says nothing.
const UNACKNOWLEDGED_MAX: Duration = Duration::from_secs(10);

/// Where the two databases are.
#[derive(Clone)]
pub struct Places {
    /// The main database.
    pub database: Config,
    /// The key store.
    pub keys: Config,
    /// A PEM file with the certificates that are believed; without it those that browsers believe.
    pub certificates: Option<PathBuf>,
}

impl Places {
    /// Reads addresses as `postgres://user:password@host/database`. Without an address of its own the key store is the
    /// database of the same server whose name ends in `_keys`.
    ///
    /// # Errors
    /// `Fault::Refused` when an address cannot be read; a password in it is not repeated.
    pub fn parse(database: &str, keys: Option<&str>) -> Result<Self, Fault> {
        let read = |url: &str, what: &str| {
            url.parse::<Config>()
                .map_err(|_| Fault::Refused(format!("`{what}` is not of the form postgres://user@host/database")))
        };
        let database = read(database, "database.url")?;
        let keys = match keys {
            Some(keys) => read(keys, "keys.store")?,
            None => {
                let name = database
                    .get_dbname()
                    .or(database.get_user())
                    .ok_or_else(|| Fault::Refused("`database.url` names no database".into()))?;
                let mut keys = database.clone();
                keys.dbname(format!("{name}_keys"));
                keys
            }
        };
        Ok(Self {
            database,
            keys,
            certificates: None,
        })
    }

    /// What tells the main database from others, without user and password: `postgres://host:5432/database`.
    #[must_use]
    pub fn name(&self) -> String {
        let hosts = self.database.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(folder) => folder.display().to_string(),
        });
        let ports = self.database.get_ports().iter().map(u16::to_string);
        let (hosts, ports): (Vec<_>, Vec<_>) = (hosts.collect(), ports.collect());
        // The server's options may name a schema.
        format!(
            "postgres://{}:{}/{} {}",
            hosts.join(","),
            ports.join(","),
            self.database.get_dbname().unwrap_or_default(),
            self.database.get_options().unwrap_or_default()
        )
        .trim_end()
        .to_owned()
    }
}

impl std::fmt::Debug for Places {
    /// An address may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Places(…)")
    }
}

/// What a server says of itself, for `doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFacts {
    /// Its version, as `15.18`.
    pub version: String,
    /// Whether it writes to the disk before it says that a transaction is committed.
    pub is_durable: bool,
    /// The sharding extension and its version, when the database has one.
    pub sharding: Option<String>,
    /// Bytes of the database.
    pub bytes: u64,
}

/// Every statement of ours wants a few rows by a key. As long as the server has no statistics (a fresh installation, the first
/// minute after a move) it thinks that reading all rows of an office and comparing them costs no more, and keeps that plan.
const PLANNER: &str =
    "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

/// One address with everything needed to connect to it again and again.
#[derive(Clone)]
pub(crate) struct Door {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Door {
    pub(crate) fn new(config: &Config, certificates: Option<&PathBuf>) -> Result<Self, Fault> {
        let mut config = config.clone();
        let own = format!(
            "-c statement_timeout={STATEMENT_MS_MAX} -c lock_timeout={LOCK_MS_MAX} \
             -c idle_in_transaction_session_timeout={IDLE_MS_MAX} {PLANNER}"
        );
        // What the operator set comes last and wins.
        let options = match config.get_options() {
            Some(set) => format!("{own} {set}"),
            None => own,
        };
        config.options(options);
        if config.get_application_name().is_none() {
            config.application_name("sigap");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_MAX);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNACKNOWLEDGED_MAX);
        }
        Ok(Self {
            config,
            tls: tls(certificates)?,
        })
    }

    /// Connects; the connection is driven by a task of the current runtime until the client is dropped.
    pub(crate) async fn connect(&self) -> Result<(Client, tokio::task::JoinHandle<()>), Trouble> {
        let is_local = self.config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
        let (client, task) = if is_local {
            let (client, connection) = self.config.connect(NoTls).await?;
            // How a connection ends is told by the statements on it.
            (client, tokio::spawn(async move { drop(connection.await) }))
        } else {
            let (client, connection) = self.config.connect(self.tls.clone()).await?;
            (client, tokio::spawn(async move { drop(connection.await) }))
        };
        Ok((client, task))
    }
}

/// Whether this server can be trusted with what we acknowledge. Asked once a connection.
pub(crate) async fn check_server(client: &Client) -> Result<(), Trouble> {
    let row = client
        .query_one(
            "SELECT current_setting('server_version_num'), current_setting('synchronous_commit'),
                 current_setting('server_encoding')",
            &[],
        )
        .await?;
    let (number, synchronous, encoding): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let version = number.parse::<u32>().unwrap_or_default() / 10_000;
    if version < VERSION_MIN {
        return Err(Trouble::Refused(format!(
            "the server is PostgreSQL {version}; {VERSION_MIN} is the oldest that will do"
        )));
    }
    if encoding != "UTF8" {
        return Err(Trouble::Refused(format!(
            "the database is encoded as `{encoding}`; create it with ENCODING 'UTF8'"
        )));
    }
    if synchronous == "off" {
        // A commit that is answered before the disk has it could be lost after we said "received".
        client.batch_execute("SET synchronous_commit = on").await?;
    }
    Ok(())
}

fn tls(certificates: Option<&PathBuf>) -> Result<MakeRustlsConnect, Fault> {
    let mut believed = rustls::RootCertStore::empty();
    match certificates {
        None => believed.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let unreadable = |_| Fault::Refused(format!("`{}` is no PEM file of certificates", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
                believed
                    .add(certificate.map_err(unreadable)?)
                    .map_err(|_| Fault::Refused(format!("`{}` holds a broken certificate", path.display())))?;
            }
            if believed.is_empty() {
                return Err(Fault::Refused(format!("`{}` holds no certificate", path.display())));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let settings = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Fault::Refused(error.to_string()))?
        .with_root_certificates(believed)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(settings))
}
