//! A status of one of our messages, and the budget of paid messages behind it.

use sigap_actions::apply_status::{Billed, DeliveryStatus, OutboxState};
use sigap_core::ids::OfficeId;
use sigap_whatsapp::inbound::{Status, StatusUpdate};
use sigap_whatsapp::limits::FREE_SERVICE_MESSAGES_PER_MONTH;
use sigap_whatsapp::pricing::{BillingMonth, Budget, SERVICE, delivered_category};

use super::NotCommitted;
use crate::routes::AppState;

pub(super) async fn receive(
    state: &AppState,
    office: OfficeId,
    number: String,
    update: StatusUpdate,
) -> Result<(), NotCommitted> {
    let (word, reached) = match &update.status {
        Status::Sent => ("sent", Some(OutboxState::Sent)),
        Status::Delivered => ("delivered", Some(OutboxState::Delivered)),
        Status::Read => ("read", Some(OutboxState::Read)),
        Status::Played => ("played", Some(OutboxState::Read)),
        Status::Failed => ("failed", Some(OutboxState::Failed)),
        Status::Deleted => ("deleted", None),
        Status::Unknown(_) => ("unknown", None),
    };
    state.metrics.count_status(word);
    let error_code = update.errors.first().map(|error| error.code);
    if let Some(code) = error_code {
        state.metrics.count_refusal(code);
    }
    let (Some(reached), Some(id)) = (reached, update.outbox_id) else {
        return Ok(());
    };
    let zone = state.service.content().office(office).map(|office| &office.zone);
    let billed = delivered_category(&update).zip(zone).map(|(category, zone)| Billed {
        category: category.into(),
        month: BillingMonth::of(update.at, zone).to_string(),
    });
    let is_service = billed.as_ref().is_some_and(|billed| billed.category == SERVICE);
    let status = DeliveryStatus {
        id,
        state: reached,
        error_code,
        at: update.at,
    };
    match state.service.apply_status(office, number.clone(), status, billed).await {
        Ok(applied) => {
            if let Some(messages) = applied.delivered_this_month.filter(|_| is_service) {
                state.metrics.set_delivered(&number, messages);
                warn_of_budget(&number, messages);
            }
            Ok(())
        }
        Err(fault) => {
            tracing::error!(%fault, "a status could not be kept; Meta will deliver it again");
            Err(NotCommitted)
        }
    }
}

/// At 80 % and 100 % of the free messages of a month (Meta, pricing of non-template messages, 1 October 2026).
fn warn_of_budget(number: &str, messages: u64) {
    let free = FREE_SERVICE_MESSAGES_PER_MONTH;
    let after = |messages: u64| Budget::after(u32::try_from(messages).unwrap_or(u32::MAX));
    if after(messages) != after(messages.saturating_sub(1)) {
        tracing::warn!(
            number,
            messages,
            free,
            "paid service messages: the month's free ones are nearly used up"
        );
    }
}
