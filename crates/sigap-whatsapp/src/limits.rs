//! Meta's limits with the page they come from, and text that is known to be within one.
//!
//! Meta does not say how characters are counted; we count Unicode scalars. Content should keep 5 % spare for emoji.

use std::fmt;

use serde::Serialize;

/// Characters of a plain text (pywa; courier).
pub const TEXT_BODY_CHARS_MAX: usize = 4_096;
/// Characters of a body over buttons, a list or a link. Meta's list page says 4,096, the OpenAPI file 1,024.
pub const INTERACTIVE_BODY_CHARS_MAX: usize = 1_024;
/// Characters of a text header (OpenAPI).
pub const HEADER_CHARS_MAX: usize = 60;
/// Characters of a footer (OpenAPI).
pub const FOOTER_CHARS_MAX: usize = 60;
/// Reply buttons of a message (interactive-reply-buttons-messages).
pub const BUTTONS_MAX: usize = 3;
/// Characters on a reply button, unique among them, no markup (interactive-reply-buttons-messages).
pub const BUTTON_TITLE_CHARS_MAX: usize = 20;
/// Characters of a button's id (OpenAPI).
pub const BUTTON_ID_CHARS_MAX: usize = 256;
/// Characters on the button that opens a list (interactive-list-messages).
pub const LIST_BUTTON_CHARS_MAX: usize = 20;
/// Sections of a list (interactive-list-messages).
pub const LIST_SECTIONS_MAX: usize = 10;
/// Rows over all sections together (interactive-list-messages); the schema cannot express it.
pub const LIST_ROWS_MAX: usize = 10;
/// Characters of a section's title; required when there is more than one section (interactive-list-messages).
pub const SECTION_TITLE_CHARS_MAX: usize = 24;
/// Characters of a row's id (interactive-list-messages).
pub const ROW_ID_CHARS_MAX: usize = 200;
/// Characters of a row's title (interactive-list-messages).
pub const ROW_TITLE_CHARS_MAX: usize = 24;
/// Characters of a row's description (interactive-list-messages).
pub const ROW_DESCRIPTION_CHARS_MAX: usize = 72;
/// Characters on a button that opens a web address (interactive-cta-url-messages).
pub const LINK_LABEL_CHARS_MAX: usize = 20;
/// Characters of a web address behind a button (template buttons: 2,000; taken for links as well).
pub const LINK_URL_CHARS_MAX: usize = 2_000;
/// Characters on a Flow's button, no emoji (OpenAPI: 30; pywa: 20, the stricter is taken).
pub const FLOW_BUTTON_CHARS_MAX: usize = 20;
/// Components of a screen of a Flow (pywa).
pub const FLOW_COMPONENTS_MAX: usize = 50;
/// Characters of a screen's title. Meta's pages give none; longer ones are cut on a phone (taken).
pub const FLOW_SCREEN_TITLE_CHARS_MAX: usize = 30;
/// Characters of a subheading (flows/reference/components).
pub const FLOW_SUBHEADING_CHARS_MAX: usize = 80;
/// Characters of a text of a Flow. The components' page prints 409, elsewhere 4,096; the stricter is taken.
pub const FLOW_BODY_CHARS_MAX: usize = 409;
/// Characters over a group of answers (flows/reference/components).
pub const FLOW_RADIO_LABEL_CHARS_MAX: usize = 30;
/// Characters of one answer (flows/reference/components).
pub const FLOW_OPTION_CHARS_MAX: usize = 30;
/// Characters over a field for several lines (flows/reference/components).
pub const FLOW_TEXT_AREA_LABEL_CHARS_MAX: usize = 20;
/// Characters that may be typed into one, as it is when nothing is set (flows/reference/components).
pub const FLOW_TEXT_AREA_CHARS_MAX: usize = 600;
/// Characters below a field (flows/reference/components).
pub const FLOW_HELPER_CHARS_MAX: usize = 80;
/// Characters over a field for one line, without the label variant of 7.0 (flows/reference/components).
pub const FLOW_FIELD_LABEL_CHARS_MAX: usize = 20;
/// Characters over a date or a calendar (flows/reference/components).
pub const FLOW_DATE_LABEL_CHARS_MAX: usize = 40;
/// Characters beside a tick (flows/reference/components; taken).
pub const FLOW_OPT_IN_CHARS_MAX: usize = 120;
/// Answers of a group that is all in sight (flows/reference/components).
pub const FLOW_OPTIONS_MAX: usize = 20;
/// Rows of a choice that opens on a tap (flows/reference/components).
pub const FLOW_DROPDOWN_MAX: usize = 200;
/// Characters on the button at the end of a screen, of which there is exactly one (flows/reference/components).
pub const FLOW_FOOTER_CHARS_MAX: usize = 35;
/// Characters of a Flow's id; they are digits (taken).
pub const FLOW_ID_CHARS_MAX: usize = 32;
/// Characters of the token of a Flow's message (taken; Meta gives none).
pub const FLOW_TOKEN_CHARS_MAX: usize = 200;
/// Characters of a sentence that is shown over a screen, or that closes a form (taken; Meta gives none).
pub const FLOW_ERROR_CHARS_MAX: usize = 200;
/// Contact cards of a message (OpenAPI).
pub const CONTACTS_MAX: usize = 5;
/// Letters of a name on a card that are taken: longer ones are no names.
pub const CONTACT_NAME_CHARS_MAX: usize = 60;
/// Characters under a file (OpenAPI).
pub const CAPTION_CHARS_MAX: usize = 1_024;
/// Characters of a file's name (OpenAPI; unverified).
pub const FILENAME_CHARS_MAX: usize = 240;
/// Bytes of an image, jpeg or png (reference/media).
pub const IMAGE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Bytes of sound or film (reference/media).
pub const AUDIO_VIDEO_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes of a document (reference/media).
pub const DOCUMENT_BYTES_MAX: usize = 100 * 1024 * 1024;
/// Bytes of a moving sticker; a still one has a fifth (reference/media).
pub const STICKER_BYTES_MAX: usize = 500 * 1024;
/// Days an uploaded file's id works (reference/media).
pub const UPLOADED_MEDIA_DAYS: i64 = 30;
/// Days the id of a file from a webhook works (reference/media).
pub const INBOUND_MEDIA_DAYS: i64 = 7;
/// Seconds a media address works (reference/media).
pub const MEDIA_URL_SECONDS: i64 = 5 * 60;
/// Seconds a typing indicator is shown, unless the reply ends it (pywa; courier).
pub const TYPING_SECONDS_MAX: i64 = 25;
/// Days within which a message can be marked as read (pywa).
pub const MARK_AS_READ_DAYS: i64 = 30;
/// Characters of a template's name (pywa).
pub const TEMPLATE_NAME_CHARS_MAX: usize = 512;
/// Characters of a template's body (pywa; unverified).
pub const TEMPLATE_BODY_CHARS_MAX: usize = 1_024;
/// Characters of a template's button (pywa).
pub const TEMPLATE_BUTTON_CHARS_MAX: usize = 25;
/// Buttons of a template (pywa).
pub const TEMPLATE_BUTTONS_MAX: usize = 10;
/// Characters of a quick reply's payload (pywa).
pub const TEMPLATE_PAYLOAD_CHARS_MAX: usize = 256;
/// Characters of a code to copy (pywa).
pub const TEMPLATE_CODE_CHARS_MAX: usize = 15;
/// Characters of our callback data (messages/send-messages).
pub const CALLBACK_DATA_CHARS_MAX: usize = 512;
/// Bytes of a webhook body (webhooks/overview).
pub const WEBHOOK_BYTES_MAX: usize = 3 * 1024 * 1024;
/// Opening questions of a chat, and characters of each (conversational automation, OpenAPI).
pub const ICE_BREAKERS_MAX: usize = 3;
/// Characters of an opening question (OpenAPI).
pub const ICE_BREAKER_CHARS_MAX: usize = 80;
/// Commands of a chat (OpenAPI).
pub const COMMANDS_MAX: usize = 30;
/// Messages a second and number, in and out together (throughput).
pub const NUMBER_MESSAGES_PER_SECOND: u32 = 80;
/// Messages at once to one person (about-the-platform, pair rate limit).
pub const PAIR_BURST: u32 = 45;
/// Seconds for one more message to the same person (about-the-platform, pair rate limit).
pub const PAIR_SECONDS: u32 = 6;
/// Service messages a number sends free each month, from 1 October 2026 (pricing/non-template-messages).
pub const FREE_SERVICE_MESSAGES_PER_MONTH: u32 = 1_000;

/// A limit that a message does not keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {what} has {found}, allowed are {least} to {most}")]
pub struct LimitBreach {
    /// Which part of the message, in words.
    pub what: &'static str,
    /// Characters, bytes or items that were found.
    pub found: usize,
    /// The least allowed.
    pub least: usize,
    /// The most allowed.
    pub most: usize,
}

impl LimitBreach {
    /// Checks a count; `None` when it is within the limit.
    #[must_use]
    pub fn of_count(what: &'static str, found: usize, least: usize, most: usize) -> Option<Self> {
        (!(least..=most).contains(&found)).then_some(Self {
            what,
            found,
            least,
            most,
        })
    }

    /// Checks the characters of a text; `None` when it is within the limit.
    #[must_use]
    pub fn of_text(what: &'static str, text: &str, least: usize, most: usize) -> Option<Self> {
        Self::of_count(what, text.chars().count(), least, most)
    }
}

/// Text of 1 to `MOST` characters. One that is too long cannot be built, so no request can carry it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Limited<const MOST: usize>(String);

impl<const MOST: usize> Limited<MOST> {
    /// Checks the text; `what` names it in the refusal.
    ///
    /// # Errors
    /// The breach, when the text is empty or too long.
    pub fn new(what: &'static str, text: impl Into<String>) -> Result<Self, LimitBreach> {
        let text = text.into();
        match LimitBreach::of_text(what, &text, 1, MOST) {
            Some(breach) => Err(breach),
            None => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> fmt::Debug for Limited<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Limited(… of {MOST})")
    }
}
