//! Deliveries as Meta makes them: signed, each again and again until it is answered with 200, one in ten twice.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use sigap_emulator::Emulator;

use crate::chance::Chance;

/// Of so many messages one is delivered twice.
const DUPLICATE_ONE_IN: u64 = 10;
/// Between two tries of one delivery.
const RETRY: Duration = Duration::from_millis(20);

/// The way to the processes.
pub(crate) struct Delivery {
    /// Signs as Meta does.
    meta: Emulator,
    /// One for each process.
    urls: Vec<String>,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Delivery {
    pub(crate) fn new(meta: Emulator, urls: Vec<String>) -> Self {
        Self {
            meta,
            urls,
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    /// Resolves when it is taken. Where there are two processes, both get a duplicate in the same moment.
    pub(crate) async fn deliver(&self, body: &Bytes, chance: &mut Chance, duplicates: &AtomicU64) {
        if chance.one_in(DUPLICATE_ONE_IN) {
            duplicates.fetch_add(1, Ordering::Relaxed);
            tokio::join!(self.once(body, 0), self.once(body, 1));
        } else {
            self.once(body, usize::from(chance.one_in(2))).await;
        }
    }

    /// To one process after the other until one takes it, as a proxy before them would.
    async fn once(&self, body: &Bytes, first: usize) {
        for url in self.urls.iter().cycle().skip(first) {
            if self.post(url, body).await {
                return;
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn post(&self, url: &str, body: &Bytes) -> bool {
        let request = Request::post(url)
            .header("content-type", "application/json")
            .header("x-hub-signature-256", self.meta.sign(body))
            .body(Full::new(body.clone()));
        let Ok(request) = request else { return false };
        let Ok(response) = self.client.request(request).await else {
            return false;
        };
        let is_taken = response.status().as_u16() == 200;
        // Read to the end, so that the connection can be used again.
        response.into_body().collect().await.is_ok() && is_taken
    }
}
