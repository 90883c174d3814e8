//! Meta's limits as its pages state them, counted in Unicode scalars. Written down a second time on purpose:
//! the program under test has its own list, and the two must agree.

/// Text body (Meta, text messages).
pub(crate) const TEXT_BODY_CHARS_MAX: usize = 4_096;
/// Body of any interactive message (Meta, reply buttons; the stricter of two sources for lists).
pub(crate) const INTERACTIVE_BODY_CHARS_MAX: usize = 1_024;
/// Text header of an interactive message.
pub(crate) const HEADER_CHARS_MAX: usize = 60;
/// Footer of an interactive message.
pub(crate) const FOOTER_CHARS_MAX: usize = 60;
/// Reply buttons of a message.
pub(crate) const BUTTONS_MAX: usize = 3;
/// Words on a reply button.
pub(crate) const BUTTON_TITLE_CHARS_MAX: usize = 20;
/// Id of a reply button.
pub(crate) const BUTTON_ID_CHARS_MAX: usize = 256;
/// Words on the button that opens a list.
pub(crate) const LIST_BUTTON_CHARS_MAX: usize = 20;
/// Sections of a list.
pub(crate) const LIST_SECTIONS_MAX: usize = 10;
/// Rows of a list over all its sections (Meta, interactive list messages).
pub(crate) const LIST_ROWS_MAX: usize = 10;
/// Heading of a section.
pub(crate) const SECTION_TITLE_CHARS_MAX: usize = 24;
/// Words of a row.
pub(crate) const ROW_TITLE_CHARS_MAX: usize = 24;
/// Smaller words of a row.
pub(crate) const ROW_DESCRIPTION_CHARS_MAX: usize = 72;
/// Id of a row.
pub(crate) const ROW_ID_CHARS_MAX: usize = 200;
/// Words on a link button.
pub(crate) const LINK_LABEL_CHARS_MAX: usize = 20;
/// Address behind a link button (Meta, template url buttons; taken for both).
pub(crate) const LINK_URL_CHARS_MAX: usize = 2_000;
/// Words on the button of a Flow.
pub(crate) const FLOW_LABEL_CHARS_MAX: usize = 30;
/// Words of a Flow's screens by what they are (Meta, flows, components): text, subheading, label over answers, one answer, label of a
/// long field, words below a field, the button at the end; and the title of a screen, which phones cut.
pub(crate) const FLOW_BODY_CHARS_MAX: usize = 4_096;
pub(crate) const FLOW_HEADING_CHARS_MAX: usize = 80;
pub(crate) const FLOW_GROUP_CHARS_MAX: usize = 30;
pub(crate) const FLOW_OPTION_CHARS_MAX: usize = 30;
pub(crate) const FLOW_FIELD_CHARS_MAX: usize = 20;
pub(crate) const FLOW_HELPER_CHARS_MAX: usize = 80;
pub(crate) const FLOW_FOOTER_CHARS_MAX: usize = 35;
/// Words over a date, and beside a tick (Meta, flows, components; the latter taken).
pub(crate) const FLOW_DATE_CHARS_MAX: usize = 40;
pub(crate) const FLOW_TICK_CHARS_MAX: usize = 120;
/// Rows that open on a tap (Meta, flows, components).
pub(crate) const FLOW_DROPDOWN_MAX: usize = 200;
/// Answers of one group (Meta, flows, components).
pub(crate) const FLOW_OPTIONS_MAX: usize = 20;
/// Components of one screen.
pub(crate) const FLOW_COMPONENTS_MAX: usize = 50;
/// Bytes of a Flow's screens (Meta, Flows API: 10 MB; far less here).
pub(crate) const FLOW_BYTES_MAX: usize = 256 * 1024;
/// Words under a file.
pub(crate) const CAPTION_CHARS_MAX: usize = 1_024;
/// Name of a document.
pub(crate) const FILENAME_CHARS_MAX: usize = 240;
/// Contact cards of a message.
pub(crate) const CONTACTS_MAX: usize = 5;
/// Body of a template.
pub(crate) const TEMPLATE_BODY_CHARS_MAX: usize = 1_024;
/// Words on a button of a template.
pub(crate) const TEMPLATE_BUTTON_CHARS_MAX: usize = 25;
/// Buttons of a template.
pub(crate) const TEMPLATE_BUTTONS_MAX: usize = 10;
/// Templates of an account that is not verified.
pub(crate) const TEMPLATES_MAX: usize = 250;
/// Templates created in an account in an hour.
pub(crate) const TEMPLATES_CREATED_HOUR_MAX: usize = 100;
/// Hours between two edits of a template.
pub(crate) const TEMPLATE_EDIT_HOURS: i64 = 24;
/// Edits of a template in thirty days.
pub(crate) const TEMPLATE_EDITS_MONTH_MAX: usize = 10;
/// Name of a template.
pub(crate) const TEMPLATE_NAME_CHARS_MAX: usize = 512;
/// `biz_opaque_callback_data`.
pub(crate) const CALLBACK_CHARS_MAX: usize = 512;
/// Seconds a person's message opens the window for.
pub(crate) const WINDOW_SECONDS: i64 = 24 * 60 * 60;
/// Messages to one person at a stretch, before the pace of one in six seconds holds.
pub(crate) const PAIR_BURST: f64 = 45.0;
/// Messages to one person a second in the long run.
pub(crate) const PAIR_PER_SECOND: f64 = 1.0 / 6.0;
/// Delivered service messages a month that cost nothing, per number.
pub(crate) const FREE_SERVICE_MESSAGES: u64 = 1_000;
/// Seconds a media address can be fetched for.
pub(crate) const MEDIA_URL_SECONDS: i64 = 5 * 60;
/// Bytes of an image.
pub(crate) const IMAGE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Bytes of sound and film.
pub(crate) const SOUND_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes of a document.
pub(crate) const DOCUMENT_BYTES_MAX: usize = 100 * 1024 * 1024;
/// Bytes of an animated sticker.
pub(crate) const STICKER_BYTES_MAX: usize = 500 * 1024;
/// Seconds the typing sign stays without an answer.
pub(crate) const TYPING_SECONDS: i64 = 25;
/// Seconds for which an unanswered webhook is tried again.
pub(crate) const WEBHOOK_RETRY_SECONDS: i64 = 7 * 24 * 60 * 60;

// Bounds of the emulator itself, so that a long demo or a load run stays in memory.

/// Webhooks waiting; further ones are dropped and counted.
pub(crate) const WAITING_WEBHOOKS_MAX: usize = 1_000_000;
/// Bubbles kept per chat.
pub(crate) const BUBBLES_PER_CHAT_MAX: usize = 500;
/// Accepted messages kept with their bodies.
pub(crate) const ACCEPTED_KEPT_MAX: usize = 100_000;
/// Flows kept.
pub(crate) const FLOWS_KEPT_MAX: usize = 100;
/// Bytes of a filled form.
pub(crate) const FORM_BYTES_MAX: usize = 64 * 1024;
/// Files kept.
pub(crate) const MEDIA_KEPT_MAX: usize = 200;
/// Exchanges kept for the wire view.
pub(crate) const EXCHANGES_KEPT_MAX: usize = 40;
/// Faults that may wait at once.
pub(crate) const FAULTS_MAX: usize = 100;
