//! The HTTP client to Meta's Graph API: sends, marks as read, moves files, lists and submits templates, publishes Flows. It makes one attempt and
//! says truthfully how it ended; when to try again is the sender's decision.
//!
//! Plain `http://` is refused except to loopback addresses (the emulator, tests).

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Pool;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use secrecy::{ExposeSecret, SecretString};

use crate::errors::{ApiError, NotSent, SendOutcome};
use crate::outbound::MarkAsRead;

mod answer;
mod body;
mod files;
mod flows;
mod templates;

pub use files::{MediaInfo, Upload};

use body::WatchedBody;

/// Bytes of an answer of the Graph API that are read; a message's answer has about 200.
const ANSWER_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Idle connections kept to one host. More than a number's 40 messages a second need at 500 ms each.
const IDLE_CONNECTIONS_MAX: usize = 64;
/// Meta closes idle connections; ours go first, so that a request rarely meets a closing one.
const IDLE_SECONDS_MAX: u64 = 30;

/// Where and as whom to call.
#[derive(Clone)]
pub struct Config {
    /// `https://graph.facebook.com`, or the emulator's address.
    pub graph_url: String,
    /// `v25.0`; a setting, because Meta retires versions.
    pub version: String,
    /// The system user's token.
    pub access_token: SecretString,
    /// Until the connection stands.
    pub connect_timeout: Duration,
    /// For a whole call without files.
    pub call_timeout: Duration,
    /// For a whole up- or download.
    pub file_timeout: Duration,
}

impl Config {
    /// The usual timeouts: 5 s to connect, 20 s a call, 2 minutes a file.
    #[must_use]
    pub fn new(graph_url: &str, version: &str, access_token: SecretString) -> Self {
        Self {
            graph_url: graph_url.trim_end_matches('/').to_owned(),
            version: version.to_owned(),
            access_token,
            connect_timeout: Duration::from_secs(5),
            call_timeout: Duration::from_secs(20),
            file_timeout: Duration::from_secs(120),
        }
    }
}

/// A client with its pool of connections. Cloning shares the pool.
#[derive(Clone)]
pub struct Client {
    pool: Pool<HttpsConnector<HttpConnector>, WatchedBody>,
    base: String,
    authorization: HeaderValue,
    call_timeout: Duration,
    file_timeout: Duration,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// The settings cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Not an address.
    #[error("`whatsapp.graph_url` is not an address like `https://graph.facebook.com`")]
    Address,
    /// Tokens and people's words must not travel in the clear.
    #[error("`whatsapp.graph_url` uses plain http to another machine; use https")]
    PlainHttp,
    /// Line breaks or the like in the token.
    #[error("`whatsapp.access_token` holds characters that a header cannot carry")]
    Token,
}

/// Why a call other than sending a message failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Meta says no; [`ApiError::action`] says what it means.
    #[error(transparent)]
    Refused(ApiError),
    /// Nothing went out.
    #[error(transparent)]
    NotSent(#[from] NotSent),
    /// No answer came, or one without meaning.
    #[error("the Graph API gave no readable answer")]
    NoAnswer,
    /// A file is larger than allowed.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The most that was allowed.
        most: usize,
    },
    /// A file is not the one that was promised.
    #[error("the file's digest differs from the promised one")]
    WrongDigest,
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// How an attempt broke.
enum Broken {
    NotSent(NotSent),
    NoAnswer,
    TooLarge,
}

impl Client {
    /// Prepares the client; connects to nobody yet.
    ///
    /// # Errors
    /// Settings that cannot work.
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        let base = format!("{}/{}", config.graph_url.trim_end_matches('/'), config.version);
        check_address(&base)?;
        let token = config.access_token.expose_secret();
        let mut authorization = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| ConfigError::Token)?;
        authorization.set_sensitive(true);
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(config.connect_timeout));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let pool = Pool::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(IDLE_SECONDS_MAX))
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(connector);
        Ok(Self {
            pool,
            base,
            authorization,
            call_timeout: config.call_timeout,
            file_timeout: config.file_timeout,
        })
    }

    /// Sends one message from a business number: one attempt, with a truthful end.
    pub async fn send(&self, phone_number_id: &str, request_json: Bytes) -> SendOutcome {
        match self.post_message(phone_number_id, request_json).await {
            Ok(answer) => answer::to_outcome(&answer),
            Err(Broken::NotSent(reason)) => SendOutcome::NotSent(reason),
            Err(Broken::NoAnswer | Broken::TooLarge) => SendOutcome::Unknown,
        }
    }

    /// Marks a person's message as read, perhaps with a typing indicator.
    ///
    /// # Errors
    /// As [`CallError`] tells; none of them matters to the person.
    pub async fn mark_read(&self, phone_number_id: &str, mark: &MarkAsRead) -> Result<(), CallError> {
        let answer = self.post_message(phone_number_id, mark.to_json()).await?;
        answer::to_success(&answer).map(|_| ())
    }

    async fn post_message(&self, phone_number_id: &str, json: Bytes) -> Result<Answer, Broken> {
        let uri = self.uri(&format!("{phone_number_id}/messages"))?;
        let json_type = HeaderValue::from_static("application/json");
        self.call(
            Method::POST,
            uri,
            Some((json_type, json)),
            self.call_timeout,
            ANSWER_BYTES_MAX,
        )
        .await
    }

    async fn get(&self, uri: Uri) -> Result<Answer, Broken> {
        self.call(Method::GET, uri, None, self.call_timeout, ANSWER_BYTES_MAX)
            .await
    }

    /// An address below the Graph version.
    fn uri(&self, path: &str) -> Result<Uri, Broken> {
        Uri::try_from(format!("{}/{path}", self.base)).map_err(|_| Broken::NotSent(NotSent::Unbuildable))
    }

    async fn call(
        &self,
        method: Method,
        uri: Uri,
        content: Option<(HeaderValue, Bytes)>,
        timeout: Duration,
        answer_bytes_max: usize,
    ) -> Result<Answer, Broken> {
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header(AUTHORIZATION, self.authorization.clone());
        let (body, watch) = match content {
            Some((content_type, bytes)) => {
                request = request.header(CONTENT_TYPE, content_type);
                WatchedBody::new(bytes)
            }
            None => WatchedBody::new(Bytes::new()),
        };
        let request = request.body(body).map_err(|_| Broken::NotSent(NotSent::Unbuildable))?;
        let exchange = async {
            let response = self.pool.request(request).await.map_err(|_| {
                if watch.was_taken() {
                    Broken::NoAnswer
                } else {
                    Broken::NotSent(NotSent::NoConnection)
                }
            })?;
            answer::read(response, answer_bytes_max).await
        };
        match tokio::time::timeout(timeout, exchange).await {
            Ok(result) => result,
            Err(_) if watch.was_taken() => Err(Broken::NoAnswer),
            Err(_) => Err(Broken::NotSent(NotSent::TimedOut)),
        }
    }
}

impl From<Broken> for CallError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::NotSent(reason) => Self::NotSent(reason),
            Broken::NoAnswer => Self::NoAnswer,
            Broken::TooLarge => Self::TooLarge { most: ANSWER_BYTES_MAX },
        }
    }
}

/// Only https, or plain http to this machine.
fn check_address(address: &str) -> Result<Uri, ConfigError> {
    let uri: Uri = address.parse().map_err(|_| ConfigError::Address)?;
    let host = uri.host().ok_or(ConfigError::Address)?;
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if is_loopback(host) => Ok(uri),
        Some("http") => Err(ConfigError::PlainHttp),
        _ => Err(ConfigError::Address),
    }
}

fn is_loopback(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || literal
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
