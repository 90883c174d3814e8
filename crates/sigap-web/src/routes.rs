//! Every route, listed once.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use secrecy::SecretString;
use sigap_actions::ports::Clock;
use sigap_actions::service::Service;
use sigap_whatsapp::limits::WEBHOOK_BYTES_MAX;
use sigap_whatsapp::routing::RoutingKey;
use sigap_whatsapp::signature::SignatureKey;
use tower_http::catch_panic::CatchPanicLayer;

use crate::metrics::Metrics;
use crate::numbers::Numbers;
use crate::pages::{identity, openings, room, style, ticket};
use crate::ticket_code::TicketKey;
use crate::{health, webhook};

/// Shows a person that the message was read and that an answer is on its way. A courtesy that may be dropped.
pub trait ReadMarks: Send + Sync {
    /// Marks a message of a business number as read.
    fn mark_read(&self, number: &str, message_id: &str);
}

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub service: Service,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Our business numbers.
    pub numbers: Arc<Numbers>,
    /// Checks Meta's signature.
    pub signature: Arc<SignatureKey>,
    /// Signs and checks the ids on our buttons.
    pub routing: Arc<RoutingKey>,
    /// The word Meta repeats when the webhook is set up.
    pub verify_token: SecretString,
    /// Signs tickets.
    pub tickets: Arc<TicketKey>,
    /// Blue ticks, where the office wants them.
    pub read_marks: Option<Arc<dyn ReadMarks>>,
    /// Figures.
    pub metrics: Arc<Metrics>,
}

/// The routes of the service.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/webhooks/whatsapp", get(webhook::verify).post(webhook::receive))
        .layer(DefaultBodyLimit::max(WEBHOOK_BYTES_MAX))
        .route("/o/{office}/n/{token}", get(identity::show).post(identity::send))
        .route("/o/{office}/t/{token}", get(ticket::show))
        .route("/o/{office}/t/{token}/kunjungan.ics", get(ticket::calendar))
        .route("/o/{office}/r/{service}/{day}/{token}", get(room::show))
        .route("/o/{office}/undian", get(openings::list))
        .route("/o/{office}/undian/{service}/{day}", get(openings::transcript))
        .route("/kunci-tiket", get(ticket::public_key))
        .route("/gaya.css", get(style))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .layer(CatchPanicLayer::new())
        .with_state(state)
}
