//! What Meta tells about a template: taken over for every office that has a number in that account.

use sigap_actions::keep_templates::{NewsOf, TemplateNews};
use sigap_whatsapp::inbound::{TemplateChange, TemplateUpdate};

use super::NotCommitted;
use crate::routes::AppState;

pub(super) async fn receive(state: &AppState, account: String, update: TemplateUpdate) -> Result<(), NotCommitted> {
    let news = TemplateNews {
        meta_id: update.template_id,
        name: update.name,
        language: update.language,
        change: match update.change {
            TemplateChange::Status { event, reason } => NewsOf::State(event, reason),
            TemplateChange::Quality { current } => NewsOf::Quality(current),
            TemplateChange::Category { current } => NewsOf::Category(current),
            TemplateChange::Components => NewsOf::Words,
        },
    };
    state.service.hear_of_template(&account, &news).await.map_err(|fault| {
        tracing::error!(%fault, "news of a template could not be kept; Meta will deliver it again");
        NotCommitted
    })
}
