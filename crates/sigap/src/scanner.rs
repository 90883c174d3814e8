//! Looks through files for malicious code by ClamAV's daemon (`INSTREAM`, clamd(8)), over a Unix socket or TCP. Without one configured
//! nothing is looked through, and `sigap doctor` cannot know better than the settings.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// For one file, connecting included: sixteen megabytes take a second or two, archives longer.
const SCAN_MAX: Duration = Duration::from_secs(60);
/// Bytes of one piece of the stream.
const PIECE_BYTES: usize = 64 * 1024;
/// Bytes of the daemon's answer: a line.
const ANSWER_BYTES_MAX: u64 = 4_096;

/// Where the daemon listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// A socket on this machine.
    Unix(PathBuf),
    /// `host:port`.
    Tcp(String),
}

/// What the daemon said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scanned {
    /// Nothing was found.
    Clean,
    /// Malicious code.
    Found,
    /// It did not answer, or could not look.
    Unreachable,
}

impl Scanner {
    /// The daemon of a setting: `unix:/run/clamav/clamd.ctl`, `tcp:127.0.0.1:3310`; none when it is empty.
    ///
    /// # Errors
    /// When it is of neither form.
    pub fn read(setting: &str) -> anyhow::Result<Option<Self>> {
        if setting.is_empty() {
            return Ok(None);
        }
        if let Some(path) = setting.strip_prefix("unix:") {
            return Ok(Some(Self::Unix(PathBuf::from(path))));
        }
        match setting.strip_prefix("tcp:") {
            Some(address) if address.contains(':') => Ok(Some(Self::Tcp(address.to_owned()))),
            _ => bail!("`files.clamav` is written `unix:PATH` or `tcp:HOST:PORT`"),
        }
    }

    /// Looks through a file.
    pub async fn scan(&self, bytes: &[u8]) -> Scanned {
        let asked = async {
            match self {
                Self::Unix(path) => ask(UnixStream::connect(path).await?, bytes).await,
                Self::Tcp(address) => ask(TcpStream::connect(address).await?, bytes).await,
            }
        };
        match tokio::time::timeout(SCAN_MAX, asked).await {
            Ok(Ok(answer)) => read_answer(&answer),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the virus scanner cannot be reached; files wait");
                Scanned::Unreachable
            }
            Err(_) => {
                tracing::warn!("the virus scanner did not answer in time; files wait");
                Scanned::Unreachable
            }
        }
    }
}

async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE_BYTES) {
        let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(piece).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    Ok(answer)
}

fn read_answer(answer: &[u8]) -> Scanned {
    let answer = String::from_utf8_lossy(answer);
    let answer = answer.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    if answer == "stream: OK" {
        Scanned::Clean
    } else if answer.starts_with("stream: ") && answer.ends_with(" FOUND") {
        // The name of what was found is not told: it comes from outside, and nobody here acts on it.
        tracing::warn!("the virus scanner found malicious code in a file");
        Scanned::Found
    } else {
        tracing::warn!("the virus scanner could not look through a file; it waits");
        Scanned::Unreachable
    }
}

#[cfg(test)]
mod tests;
