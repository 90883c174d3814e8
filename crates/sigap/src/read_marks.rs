//! Blue ticks and the typing sign: a courtesy, not a debt. Dropped when there are too many, never repeated.

use std::sync::Arc;

use sigap_web::routes::ReadMarks;
use sigap_whatsapp::client::Client;
use sigap_whatsapp::outbound::MarkAsRead;
use tokio::sync::mpsc;

/// Marks that may wait. Under a flood answers matter more.
const WAITING_MAX: usize = 256;

/// Hands marks to a task of their own.
pub struct Marker(mpsc::Sender<(String, MarkAsRead)>);

impl Marker {
    /// Starts the task; it ends when the marker is dropped.
    #[must_use]
    pub fn start(client: Client) -> Arc<Self> {
        let (marks, mut waiting) = mpsc::channel::<(String, MarkAsRead)>(WAITING_MAX);
        tokio::spawn(async move {
            while let Some((number, mark)) = waiting.recv().await {
                if let Err(error) = client.mark_read(&number, &mark).await {
                    tracing::debug!(%error, "a message could not be marked as read");
                }
            }
        });
        Arc::new(Self(marks))
    }
}

impl Marker {
    /// A full queue drops the mark; the reply itself is owed elsewhere.
    fn offer(&self, number: &str, mark: MarkAsRead) {
        let _ = self.0.try_send((number.to_owned(), mark));
    }
}

impl ReadMarks for Marker {
    fn mark_read(&self, number: &str, message_id: &str) {
        self.offer(number, MarkAsRead::new(message_id).with_typing());
    }

    fn mark_seen(&self, number: &str, message_id: &str) {
        self.offer(number, MarkAsRead::new(message_id));
    }
}
