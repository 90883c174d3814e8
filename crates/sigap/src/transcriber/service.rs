//! A service on this machine that hears, asked as whisper.cpp's server wants it: a form with the sound under `file`, answered with words or
//! with JSON that has them under `text` (the page on its server in its repository). It is not followed to another address.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::handshake;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::rt::{Read, Write};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use sigap_core::files::ending_of;
use tokio::net::{TcpStream, UnixStream};

use super::WORDS_BYTES_MAX;

/// Where a service is asked when its address names no path.
const PATH: &str = "/inference";
/// What parts the fields of the form. A sound in which it stands is nobody's voice and is not sent.
const BOUNDARY: &str = "sigap-5b1f0c9e7d2a4863b0e1f7c2a9d84e65";

/// Where a service listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingService {
    at: Place,
    path: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

#[derive(Deserialize)]
struct Heard {
    text: String,
}

impl HearingService {
    /// `None` for a setting that is no address: it names a program.
    pub(super) fn read(setting: &str) -> anyhow::Result<Option<Self>> {
        const FORM: &str = "`files.transcriber` is a program, `http://127.0.0.1:PORT/PATH`, or `unix:SOCKET`";
        if let Some(rest) = setting.strip_prefix("unix:") {
            let (socket, path) = rest.split_once(char::is_whitespace).unwrap_or((rest, PATH));
            let path = path.trim();
            if socket.is_empty() || !path.starts_with('/') {
                bail!("{FORM}, the socket with a space and `/PATH` after it when it is not `{PATH}`");
            }
            return Ok(Some(Self {
                at: Place::Unix(PathBuf::from(socket)),
                path: path.to_owned(),
            }));
        }
        let Some((scheme, rest)) = setting.split_once("://") else {
            return Ok(None);
        };
        let (host, path) = rest.find('/').map_or((rest, PATH), |at| rest.split_at(at));
        if scheme != "http" {
            bail!("{FORM}; `{scheme}` is for services elsewhere, and no voice leaves this machine");
        }
        let Ok(at) = host.parse::<SocketAddr>() else {
            bail!("{FORM}, with the number of the address and a port: a name may lead to another machine");
        };
        if !at.ip().is_loopback() {
            bail!(
                "`files.transcriber` leads to another machine: a voice is personal data and stays on this one; {FORM}"
            );
        }
        Ok(Some(Self {
            at: Place::Tcp(at),
            path: path.to_owned(),
        }))
    }

    pub(super) async fn hear(&self, mime_type: &str, sound: &[u8]) -> anyhow::Result<Option<String>> {
        let Some(form) = form_of(mime_type, sound) else {
            return Ok(None);
        };
        match &self.at {
            Place::Tcp(at) => self.ask(TcpStream::connect(at).await?, form).await,
            Place::Unix(path) => self.ask(UnixStream::connect(path).await?, form).await,
        }
    }

    async fn ask<S>(&self, stream: S, form: Vec<u8>) -> anyhow::Result<Option<String>>
    where
        TokioIo<S>: Read + Write + Unpin,
    {
        let (mut asker, connection) = handshake(TokioIo::new(stream)).await?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.path)
            .header(HOST, "localhost")
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(Full::new(Bytes::from(form)))?;
        let answer = async {
            let response = asker.send_request(request).await?;
            let (head, body) = response.into_parts();
            if !head.status.is_success() {
                bail!("it answered {}", head.status);
            }
            let body = Limited::new(body, WORDS_BYTES_MAX).collect().await;
            // What went wrong is told without what was heard.
            let body = body.map_err(|_| anyhow::anyhow!("its answer broke off, or is too long"))?;
            let is_json = head
                .headers
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
            Ok((is_json, body.to_bytes()))
        };
        tokio::pin!(answer, connection);
        let (is_json, body) = tokio::select! {
            answer = &mut answer => answer?,
            ended = &mut connection => {
                ended.context("it hung up")?;
                answer.await?
            }
        };
        if !is_json {
            return Ok(Some(String::from_utf8_lossy(&body).into_owned()));
        }
        match serde_json::from_slice::<Heard>(&body) {
            Ok(heard) => Ok(Some(heard.text)),
            Err(_) => bail!("its answer has no `text`"),
        }
    }
}

/// The form with the sound in it. The name of the file is made here: the one it was sent under may say anything.
fn form_of(mime_type: &str, sound: &[u8]) -> Option<Vec<u8>> {
    if sound.windows(BOUNDARY.len()).any(|piece| piece == BOUNDARY.as_bytes()) {
        return None;
    }
    let ending = ending_of(mime_type);
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"response_format\"\r\n\r\ntext\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"suara.{ending}\"\r\nContent-Type: {mime_type}\r\n\r\n"
    );
    let tail = format!("\r\n--{BOUNDARY}--\r\n");
    Some([head.as_bytes(), sound, tail.as_bytes()].concat())
}
