//! The program under test as a child process: its settings file, start, sudden death, and what it says it owes.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::database::{Database, master_key};
use crate::{NUMBERS, SETTLE_SECONDS};
use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;

/// How long a start may take; recovery of the log is part of it.
const START_MAX: Duration = Duration::from_secs(20);

/// Where the program lives and how it is set.
pub(crate) struct Settings {
    pub(crate) folder: PathBuf,
    pub(crate) program: PathBuf,
    /// One for each process.
    pub(crate) ports: Vec<u16>,
    pub(crate) graph_url: String,
    pub(crate) database: Database,
    /// What else stands under `keys`.
    pub(crate) more_keys: String,
    /// What else stands in the settings.
    pub(crate) more: String,
    pub(crate) secrets: Secrets,
}

/// What Meta's side and the program know of each other.
#[derive(Clone)]
pub(crate) struct Secrets {
    pub(crate) app_secret: String,
    pub(crate) verify_token: String,
    pub(crate) access_token: String,
}

impl Settings {
    pub(crate) fn webhook_urls(&self) -> Vec<String> {
        let url = |port| format!("http://127.0.0.1:{port}/webhooks/whatsapp");
        self.ports.iter().map(url).collect()
    }

    fn file(&self, port: u16) -> PathBuf {
        self.folder.join(format!("sigap-{port}.toml"))
    }

    /// Writes the settings files.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        self.ports.iter().try_for_each(|port| self.write_one(*port))
    }

    /// A call ends before its message is settled, a settle time is a few retries of a status.
    fn write_one(&self, port: u16) -> anyhow::Result<()> {
        let mut text = format!(
            "[server]\nlisten = \"127.0.0.1:{port}\"\n\n{}[keys]\nmaster = \"{}\"\nstore = \"{}\"\n{}\n\
             [sender]\nsettle_seconds = {SETTLE_SECONDS}\ncall_seconds = {}\n\n[log]\nfilter = \"error\"\n\n\
             [whatsapp]\ngraph_url = \"{}\"\napp_secret = \"{}\"\nverify_token = \"{}\"\naccess_token = \"{}\"\nread_marks = false\n",
            self.database.settings(),
            master_key(&self.folder).display(),
            self.database.keys(),
            self.more_keys,
            SETTLE_SECONDS - 1,
            self.graph_url,
            self.secrets.app_secret,
            self.secrets.verify_token,
            self.secrets.access_token,
        );
        for (number, office) in NUMBERS {
            text.push_str(&format!(
                "\n[[whatsapp.number]]\nphone_number_id = \"{number}\"\noffice = \"{office}\"\nmessages_per_second = 100000\n"
            ));
        }
        text.push_str(&self.more);
        std::fs::write(self.file(port), text).context("the settings file cannot be written")
    }

    /// Whether the running program says that it owes nothing.
    pub(crate) async fn owes_nothing(&self) -> bool {
        // What is owed is the same for all of them.
        let Some(text) = get(self.ports.first().copied().unwrap_or_default(), "/metrics").await else {
            return false;
        };
        ["sigap_owed_messages 0", "sigap_unsent_replies 0"]
            .iter()
            .all(|line| text.lines().any(|known| known == *line))
    }
}

async fn get(port: u16, path: &str) -> Option<String> {
    let client: Client<HttpConnector, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let uri = format!("http://127.0.0.1:{port}{path}").parse().ok()?;
    let response = client.get(uri).await.ok()?;
    let is_good = response.status().is_success();
    let body = response.into_body().collect().await.ok()?.to_bytes();
    is_good.then(|| String::from_utf8_lossy(&body).into_owned())
}

/// Ports that nobody uses now, below those that systems give to outgoing connections: while the program is dead, a
/// knock at its door must not become a door of its own.
pub(crate) async fn free_ports(count: usize) -> anyhow::Result<Vec<u16>> {
    let first = u16::try_from(std::process::id() % 5_000)?;
    let mut ports = Vec::new();
    for port in (20_000 + first)..30_000 {
        if ports.len() < count && TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            ports.push(port);
        }
    }
    anyhow::ensure!(ports.len() == count, "no port between 20000 and 30000 is free");
    Ok(ports)
}

/// The running program.
pub(crate) struct Program {
    child: Child,
    pub(crate) port: u16,
}

impl Program {
    /// Starts it and waits until it can serve.
    pub(crate) async fn start(settings: &Settings, port: u16) -> anyhow::Result<Self> {
        let child = Command::new(&settings.program)
            .arg("serve")
            .arg("--config")
            .arg(settings.file(port))
            .current_dir(&settings.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("`{}` cannot be started", settings.program.display()))?;
        let mut program = Self { child, port };
        let since = Instant::now();
        while get(port, "/readyz").await.is_none() {
            if let Some(status) = program.child.try_wait()? {
                anyhow::bail!("the program ended by itself ({status}); its own words stand above");
            }
            anyhow::ensure!(
                since.elapsed() < START_MAX,
                "the program was not ready after {} s",
                START_MAX.as_secs()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(program)
    }

    /// Its number at the system.
    #[allow(dead_code, reason = "not every tool asks")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL, at once, wherever it stands.
    pub(crate) fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    /// An error on the way must not leave a process behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
