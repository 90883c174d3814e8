//! Words of the forms inside the chat that ask us screen by screen. Limits are Meta's and are checked where the forms are made.

use super::messages::{FormKind, MessageSpec};
use super::page_words::page_words;

page_words! {
    FORM_WORDS;
    "form.instead", [];
    "form.next", [];
    "form.over", [];
    "form.busy", [];
    "form.missing", [];
    "form.booking_title", [];
    "form.booking_service", [];
    "form.booking_count", [];
    "form.booking_people", ["!count"];
    "form.booking_no_service", [];
    "form.booking_too_many", ["!most"];
    "form.booking_who", [];
    "form.booking_name", ["!number"];
    "form.booking_born", ["!number"];
    "form.booking_person_wrong", ["!number"];
    "form.booking_parent", [];
    "form.booking_parent_asked", ["!age"];
    "form.booking_day", [];
    "form.booking_day_hint", [];
    "form.booking_closed", ["days"];
    "form.booking_elsewhere", [];
    "form.booking_no_days", [];
    "form.booking_hour", [];
    "form.booking_full_hour", [];
    "form.booking_left", ["!places"];
    "form.booking_summary", ["!service", "!day", "!time", "!office", "!people"];
    "form.booking_caution", [];
    "form.booking_nik", [];
    "form.booking_other", [];
    "form.booking_only_now", [];
    "form.booking_send", [];
    "form.feedback_title", [];
    "form.feedback_kind", [];
    "form.feedback_words", [];
    "form.feedback_hint", [];
    "form.feedback_short", [];
    "form.feedback_check", ["!kind", "!words"];
    "form.feedback_nik", [];
    "form.feedback_rating", [];
    "form.feedback_send", [];
}
