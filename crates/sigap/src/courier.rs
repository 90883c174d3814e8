//! Carries requests to the institution's identity service and calls to partners over HTTP: bounded in time, in size and in number, and to no address that is
//! not `https` but this machine's own.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Response, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sigap_actions::ports::{Carried, Courier, NotCarried};
use tokio::sync::Semaphore;

/// For one request with its answer. Somebody waits before a page that does not move.
const REQUEST_MAX: Duration = Duration::from_secs(10);
/// Until the connection stands.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// Bytes of an answer: what a service says of itself has some thousands, its keys as many.
const ANSWER_BYTES_MAX: usize = 512 * 1024;
/// Requests under way: whoever opens the page causes one, and a service that hangs must not gather them.
const UNDER_WAY_MAX: usize = 32;
/// Connections that wait for the next sign-in. There are few, and minutes lie between them.
const IDLE_CONNECTIONS_MAX: usize = 4;

/// The client.
#[derive(Clone)]
pub struct HttpCourier {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    under_way: Arc<Semaphore>,
    request_max: Duration,
}

impl HttpCourier {
    /// Prepares the client; connects to nobody yet. `certificates` is a PEM file with those that are believed, or empty: those that
    /// browsers believe.
    ///
    /// # Errors
    /// When the file holds no certificates.
    pub fn new(certificates: &str) -> anyhow::Result<Self> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_connect_timeout(Some(CONNECT_MAX));
        let builder = HttpsConnectorBuilder::new();
        let builder = if certificates.is_empty() {
            builder.with_webpki_roots()
        } else {
            builder.with_tls_config(believing(Path::new(certificates))?)
        };
        let connector = builder.https_or_http().enable_http1().wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(connector);
        Ok(Self {
            client,
            under_way: Arc::new(Semaphore::new(UNDER_WAY_MAX)),
            request_max: REQUEST_MAX,
        })
    }

    async fn ask(self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NotCarried> {
        if !is_safe(request.uri()) {
            tracing::warn!("an address that is not https is not asked");
            return Err(NotCarried);
        }
        let _place = self.under_way.try_acquire().map_err(|_| NotCarried)?;
        let exchange = async {
            let request = request.map(|body| Full::new(Bytes::from(body)));
            let answer = self.client.request(request).await.map_err(|_| NotCarried)?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|_| NotCarried)?.to_bytes().to_vec();
            Ok(Response::from_parts(head, body))
        };
        tokio::time::timeout(self.request_max, exchange)
            .await
            .map_err(|_| NotCarried)?
    }
}

impl Courier for HttpCourier {
    fn carry(&self, request: Request<Vec<u8>>) -> Carried {
        Box::pin(self.clone().ask(request))
    }
}

/// Codes and secrets must not travel in the clear; a service on this machine is for tests and trials.
fn is_safe(address: &Uri) -> bool {
    let host = address.host().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    let is_own = host == "localhost"
        || literal
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match address.scheme_str() {
        Some("https") => true,
        Some("http") => is_own,
        _ => false,
    }
}

fn believing(path: &Path) -> anyhow::Result<rustls::ClientConfig> {
    let named = || {
        format!(
            "`oidc.certificates`: `{}` is no PEM file of certificates",
            path.display()
        )
    };
    let mut believed = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).with_context(named)? {
        believed.add(certificate.with_context(named)?).with_context(named)?;
    }
    anyhow::ensure!(!believed.is_empty(), named());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(believed)
        .with_no_client_auth())
}

#[cfg(test)]
mod tests;
