//! How long the words of each part may be. Characters are Unicode scalars; Meta does not say how it counts.
//!
//! Bodies have their bounds in `sigap_core::limits`.

/// Words on a reply button (Meta, interactive reply buttons messages).
pub const BUTTON_TITLE_CHARS_MAX: usize = 20;
/// Words on the button that opens a list, or a web address (Meta, interactive list and cta_url messages).
pub const LIST_BUTTON_CHARS_MAX: usize = 20;
/// Title of a row (Meta, interactive list messages).
pub const ROW_TITLE_CHARS_MAX: usize = 24;
/// Small words under a row (Meta, interactive list messages).
pub const ROW_DESCRIPTION_CHARS_MAX: usize = 72;
/// Title of a section (Meta, interactive list messages).
pub const SECTION_TITLE_CHARS_MAX: usize = 24;
/// Words of one Indonesian sentence: seven in ten adults tested in Jakarta find one fact in a short text, no more.
pub const SENTENCE_WORDS_MAX: usize = 20;
/// Words on a button: verb and object.
pub const BUTTON_WORDS_MAX: usize = 3;
