//! A way to the server that breaks when a test wants it to: before a COMMIT reaches the server, or before its answer comes
//! back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// When the next connection that commits breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// The server never hears of the COMMIT.
    Before,
    /// The server has answered; nobody hears it.
    After,
}

pub(crate) struct Proxy {
    folder: TempDir,
    server: Config,
    next: Arc<Mutex<Option<Break>>>,
    drips: Arc<AtomicBool>,
}

/// Both kinds of sockets alike.
trait Wire: Read + Write + Send {
    fn twin(&self) -> Box<dyn Wire>;
    fn close(&self);
}

impl Wire for UnixStream {
    fn twin(&self) -> Box<dyn Wire> {
        Box::new(self.try_clone().unwrap())
    }
    fn close(&self) {
        // Closed already is as good.
        let _ = self.shutdown(std::net::Shutdown::Both);
    }
}

impl Wire for TcpStream {
    fn twin(&self) -> Box<dyn Wire> {
        Box::new(self.try_clone().unwrap())
    }
    fn close(&self) {
        let _ = self.shutdown(std::net::Shutdown::Both);
    }
}

const PORT: u16 = 5432;
/// Smaller than any answer.
const DRIP_BYTES: usize = 3;

impl Proxy {
    pub(crate) fn new(server: &str) -> Self {
        let proxy = Self {
            folder: tempfile::tempdir().unwrap(),
            server: server.parse().unwrap(),
            next: Arc::default(),
            drips: Arc::default(),
        };
        let socket = proxy.folder.path().join(format!(".s.PGSQL.{PORT}"));
        let listener = UnixListener::bind(socket).unwrap();
        let (server, next, drips) = (proxy.server.clone(), Arc::clone(&proxy.next), Arc::clone(&proxy.drips));
        // Ends with the test's process: the listener has no other end.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (client, server) = (Box::new(client) as Box<dyn Wire>, dial(&server));
                forward(client, server, &next, &drips);
            }
        });
        proxy
    }

    /// The address of the same database through here.
    pub(crate) fn url(&self) -> String {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!(
            "postgres://{}@{folder}:{PORT}/{}",
            self.server.get_user().unwrap(),
            self.server.get_dbname().unwrap()
        )
    }

    /// The next COMMIT breaks its connection.
    pub(crate) fn break_next(&self, when: Break) {
        *self.next.lock().unwrap() = Some(when);
    }

    /// From here on the server's answers come a few bytes at a time.
    pub(crate) fn drip(&self) {
        self.drips.store(true, Ordering::SeqCst);
    }

    /// Whether the break that was asked for has happened.
    pub(crate) fn has_broken(&self) -> bool {
        self.next.lock().unwrap().is_none()
    }
}

fn dial(server: &Config) -> Box<dyn Wire> {
    let port = server.get_ports().first().copied().unwrap_or(PORT);
    match &server.get_hosts()[0] {
        Host::Unix(folder) => {
            let socket: PathBuf = folder.join(format!(".s.PGSQL.{port}"));
            Box::new(UnixStream::connect(socket).unwrap())
        }
        Host::Tcp(host) => Box::new(TcpStream::connect((host.as_str(), port)).unwrap()),
    }
}

fn forward(client: Box<dyn Wire>, server: Box<dyn Wire>, next: &Arc<Mutex<Option<Break>>>, drips: &Arc<AtomicBool>) {
    let is_deaf = Arc::new(AtomicBool::new(false));
    let (mut from_server, mut to_client, deaf) = (server.twin(), client.twin(), Arc::clone(&is_deaf));
    let drips = Arc::clone(drips);
    std::thread::spawn(move || {
        let mut bytes = [0; 16_384];
        while let Ok(read @ 1..) = from_server.read(&mut bytes) {
            if deaf.load(Ordering::SeqCst) {
                // The answer is here, so the commit is done; the client will not hear of it.
                break;
            }
            let piece = if drips.load(Ordering::SeqCst) { DRIP_BYTES } else { read };
            let mut pieces = bytes[..read].chunks(piece);
            if pieces.any(|piece| to_client.write_all(piece).is_err()) {
                break;
            }
        }
        to_client.close();
        from_server.close();
    });
    let (mut from_client, mut to_server, next) = (client, server, Arc::clone(next));
    std::thread::spawn(move || {
        let mut is_started = false;
        while let Some(message) = read_message(&mut *from_client, is_started) {
            is_started = true;
            if message.ends_with(b"COMMIT\0") {
                match next.lock().unwrap().take() {
                    Some(Break::Before) => break,
                    Some(Break::After) => is_deaf.store(true, Ordering::SeqCst),
                    None => {}
                }
            }
            if to_server.write_all(&message).is_err() {
                break;
            }
        }
        if !is_deaf.load(Ordering::SeqCst) {
            from_client.close();
            to_server.close();
        }
    });
}

/// One message of the client (PostgreSQL's protocol, version 3): the first has no letter before its length.
fn read_message(wire: &mut dyn Wire, is_started: bool) -> Option<Vec<u8>> {
    let mut head = vec![0; if is_started { 5 } else { 4 }];
    wire.read_exact(&mut head).ok()?;
    let length = u32::from_be_bytes(head[head.len() - 4..].try_into().unwrap()) as usize;
    let mut message = head;
    let from = message.len();
    message.resize(from + length - 4, 0);
    wire.read_exact(&mut message[from..]).ok()?;
    Some(message)
}
