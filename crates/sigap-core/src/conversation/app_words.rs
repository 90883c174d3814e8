//! Words of the citizens' web app around its pages: head and foot, settings, what works without a network, what scripts say.

use super::messages::{FormKind, MessageSpec};
use super::page_words::page_words;

page_words! {
    APP_WORDS;
    "app.skip", [];
    "app.description", [];
    "app.name", [];
    "app.help", [];
    "app.help_none", [];
    "app.call", ["!number"];
    "app.settings", [];
    "app.settings_note", [];
    "app.settings_language", [];
    "app.settings_size", [];
    "app.settings_ordinary", [];
    "app.settings_large", [];
    "app.settings_contrast", [];
    "app.settings_high", [];
    "app.settings_colours", [];
    "app.settings_phone", [];
    "app.settings_light", [];
    "app.settings_dark", [];
    "app.settings_save", [];
    "app.settings_saved", [];
    "app.back", [];
    "app.offline_title", [];
    "app.offline_body", [];
    "app.offline_again", [];
    "app.offline_tickets", [];
    "app.offline_pages", [];
    "app.offline_none", [];
    "app.offline_waiting", [];
    "app.offline_draft", [];
    "app.no_script", [];
    "app.forget", [];
    "app.forgotten", [];
    "app.sending", [];
    "app.disconnected", ["!time"];
    "app.kept", ["!time"];
    "app.needs_network", [];
    "app.restored", [];
    "app.queued", [];
    "app.sent", ["!time"];
    "app.not_sent", [];
    "app.update", [];
    "app.reload", [];
    "app.install", [];
    "app.install_button", [];
    "app.install_apple", [];
    "app.later", [];
    "app.read", [];
    "app.stop", [];
}
