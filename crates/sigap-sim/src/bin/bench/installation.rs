//! An installation under test: its database, its settings, and processes of the program that run on it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sigap_store::sealing::{MasterKey, system_random};
use sigap_store_pg::testing::Ground;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};

use crate::load::{APP_SECRET, OFFICES, number};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A child that ends with us.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where an installation keeps its data.
pub(crate) enum Database {
    File,
    Server(Box<Ground>),
}

/// A fresh installation.
pub(crate) struct Installation {
    folder: TempDir,
    program: PathBuf,
    graph_url: String,
    pub(crate) database: Database,
}

impl Installation {
    pub(crate) fn new(graph_url: &str, database: Database) -> Outcome<Self> {
        let program = std::env::current_exe()?.with_file_name("sigap");
        if !program.exists() {
            return Err("build it first: cargo build --release -p sigap".into());
        }
        let folder = tempfile::tempdir()?;
        if matches!(database, Database::Server(_)) {
            // Of a file the service makes the key itself.
            std::fs::write(
                folder.path().join("master.key"),
                MasterKey::generate(system_random)?.to_hex(),
            )?;
        }
        Ok(Self {
            folder,
            program,
            graph_url: graph_url.to_owned(),
            database,
        })
    }

    /// Starts one more process; its address.
    #[expect(
        clippy::disallowed_methods,
        reason = "a bench starts what it measures, and waits for it"
    )]
    pub(crate) async fn start(&self) -> Outcome<(Running, String)> {
        let address = free_address().await?;
        let folder = self.folder.path().display();
        let (database, keys) = match &self.database {
            Database::File => (format!("sqlite:{folder}/sigap.db"), String::new()),
            Database::Server(ground) => ground.urls().into(),
        };
        let mut text = format!(
            "[server]\nlisten = '{address}'\n[database]\nurl = '{database}'\n\
             [keys]\nmaster = '{folder}/master.key'\nstore = '{keys}'\n[sender]\nin_flight_max = 256\n[log]\nfilter = 'error'\n\
             [whatsapp]\ngraph_url = '{}'\napp_secret = '{APP_SECRET}'\nverify_token = 'bench'\n\
             access_token = 'bench'\nread_marks = false\n",
            self.graph_url
        );
        for (place, office) in OFFICES.iter().enumerate() {
            text.push_str(&format!(
                "[[whatsapp.number]]\nphone_number_id = '{}'\noffice = '{office}'\nmessages_per_second = 1000000\n",
                number(place)
            ));
        }
        let settings = self.folder.path().join(format!("{}.toml", address.replace(':', "-")));
        std::fs::write(&settings, text)?;
        let child = Command::new(&self.program)
            .arg("--config")
            .arg(&settings)
            .arg("serve")
            .stdin(Stdio::null())
            .spawn()?;
        let running = Running(child);
        wait_until_ready(&address).await?;
        Ok((running, address))
    }
}

pub(crate) async fn free_address() -> Outcome<String> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.to_string())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench starts what it measures, and waits for it"
)]
pub(crate) async fn wait_until_ready(address: &str) -> Outcome<()> {
    for _ in 0..500 {
        if TcpStream::connect(address).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(format!("nothing listens on {address}").into())
}

/// Memory of a process, in megabytes.
pub(crate) fn resident_megabytes(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1_024.0
}

/// User and system time of a process so far. The kernel counts in hundredths of a second here.
pub(crate) fn processor_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}
