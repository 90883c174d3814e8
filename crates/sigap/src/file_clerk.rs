//! Fetches the files that people sent, after their turns: from Meta within its five minutes, in bounds, with its digest; looked through,
//! measured, and handed to the store. One at a time: what waits is never lost, and nobody waits before a page for it.

use std::time::Duration;

use sigap_actions::fetch_file::{Fetch, Fetched, Look};
use sigap_actions::look_at_picture::look_at_picture;
use sigap_actions::service::Service;
use sigap_core::files::{FileRefusal, FileUse, use_of};
use sigap_core::ids::OfficeId;
use sigap_core::limits::FILE_BYTES_MAX;
use sigap_whatsapp::client::{CallError, Client};
use sigap_whatsapp::media::sniff;
use tokio::sync::watch;

use crate::scanner::{Scanned, Scanner};
use crate::transcriber::Transcriber;

/// Between two looks: somebody who sent a photo hears of it within seconds.
const LOOK: Duration = Duration::from_secs(2);
/// Files of one office before the next office has its turn.
const FILES_PER_LOOK_MAX: usize = 20;

/// What the clerk needs.
pub struct FileClerk {
    /// The use cases.
    pub service: Service,
    /// The way to Meta.
    pub client: Client,
    /// What looks through files.
    pub scanner: Option<Scanner>,
    /// What hears voice notes.
    pub transcriber: Option<Transcriber>,
}

impl FileClerk {
    /// Runs until told to stop; a file that is under way ends first.
    pub async fn run(self, offices: Vec<OfficeId>, mut stop: watch::Receiver<bool>) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = look.tick() => {}
                _ = stop.changed() => return,
            }
            for office in &offices {
                self.round(*office).await;
            }
        }
    }

    /// Fetches what is due at an office.
    pub async fn round(&self, office: OfficeId) {
        for _ in 0..FILES_PER_LOOK_MAX {
            let fetch = match self.service.begin_fetch(office).await {
                Ok(Some(fetch)) => fetch,
                Ok(None) => return,
                Err(fault) => {
                    tracing::error!(office = office.0, %fault, "a file to fetch could not be taken");
                    return;
                }
            };
            let fetched = self.fetch(&fetch).await;
            if let Err(fault) = self.service.end_fetch(office, fetch.id, fetched).await {
                // It is taken again later, by whoever looks next.
                tracing::error!(office = office.0, %fault, "a fetched file could not be kept");
            }
        }
    }

    async fn fetch(&self, fetch: &Fetch) -> Fetched {
        let info = match self.client.media_url(&fetch.line, &fetch.media_id).await {
            Ok(info) => info,
            Err(error) => return failed(&error),
        };
        let bytes = match self.client.download_media(&info, FILE_BYTES_MAX).await {
            Ok(bytes) => bytes,
            Err(error) => return failed(&error),
        };
        let Some(mime_type) = sniff(&bytes).filter(|kind| use_of(kind).is_some()) else {
            return Fetched::Refused(FileRefusal::WrongKind);
        };
        match &self.scanner {
            None => {}
            Some(scanner) => match scanner.scan(&bytes).await {
                Scanned::Clean => {}
                Scanned::Found => return Fetched::Refused(FileRefusal::Infected),
                Scanned::Unreachable => return Fetched::Later,
            },
        }
        let transcript = match &self.transcriber {
            Some(transcriber) if use_of(mime_type) == Some(FileUse::Sound) => transcriber.hear(mime_type, &bytes).await,
            _ => None,
        };
        let seen = bytes.clone();
        // Opening a picture takes a processor for a while: not one of those that serve requests.
        let look = tokio::task::spawn_blocking(move || look_at_picture(mime_type, &seen)).await;
        Fetched::Bytes {
            mime_type: mime_type.to_owned(),
            bytes: bytes.to_vec(),
            // A decoder that broke on a file could not open it.
            look: look.unwrap_or(Look::Unreadable),
            transcript,
        }
    }
}

/// Whether a try that failed is made again.
fn failed(error: &CallError) -> Fetched {
    match error {
        CallError::TooLarge { .. } => Fetched::Refused(FileRefusal::TooLarge),
        CallError::WrongDigest => Fetched::Later,
        CallError::Refused(refused) if refused.code == MEDIA_GONE => Fetched::Refused(FileRefusal::Gone),
        _ => {
            tracing::warn!(%error, "a file could not be fetched; later again");
            Fetched::Later
        }
    }
}

/// Meta's code for an object that does not exist, or not for this token (Graph API, error codes).
const MEDIA_GONE: i64 = 100;

#[cfg(test)]
mod tests;
