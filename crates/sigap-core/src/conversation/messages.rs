//! Every message key the engine can say, with the arguments it comes with and the form it is laid out in. Content is
//! checked against this table; a reply can only be made from it.

use super::app_words::APP_WORDS;
use super::editor_words::EDITOR_WORDS;
use super::figure_words::FIGURE_WORDS;
use super::form_words::FORM_WORDS;
use super::guide_words::GUIDE_WORDS;
use super::intake_words::INTAKE_WORDS;
use super::notice_words::NOTICE_WORDS;
use super::page_words::PAGE_WORDS;
use super::partner_words::PARTNER_WORDS;
use super::reply::{Arg, Choices, Reply};
use super::teaching_words::TEACHING_WORDS;
use super::web_words::WEB_WORDS;
use crate::message::FormName;

/// What content must know about one message.
#[derive(Debug, PartialEq, Eq)]
pub struct MessageSpec {
    /// `topic.name`.
    pub key: &'static str,
    /// Names of the placeholders a text may use; a leading `!` marks those it must use.
    pub args: &'static [&'static str],
    /// What stands under the text, which decides how long it may be.
    pub form: FormKind,
}

/// The form of a message, known before it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// Words alone: up to `TEXT_BODY_CHARS_MAX` characters.
    Text,
    /// With reply buttons: up to `INTERACTIVE_BODY_CHARS_MAX` characters.
    Buttons,
    /// With a list: up to `INTERACTIVE_BODY_CHARS_MAX` characters.
    List,
    /// With a web address: up to `INTERACTIVE_BODY_CHARS_MAX` characters.
    Link,
    /// With the survey's form: up to `INTERACTIVE_BODY_CHARS_MAX` characters.
    Survey,
    /// Never said alone: a sentence inside another message (`Arg::Phrase`, `Arg::Key`).
    Fragment,
    /// Words of a page, never said in a chat.
    Page,
}

impl MessageSpec {
    /// The names of the arguments, without the mark.
    pub fn arg_names(&self) -> impl Iterator<Item = &'static str> {
        self.args.iter().map(|name| name.trim_start_matches('!'))
    }

    /// The names of the arguments that a text has to use.
    pub fn required_args(&self) -> impl Iterator<Item = &'static str> {
        self.args.iter().filter_map(|name| name.strip_prefix('!'))
    }

    /// A reply with this key and nothing in it yet.
    #[must_use]
    pub(super) fn say(&'static self, choices: Choices) -> Reply {
        Reply {
            key: self.key,
            args: Vec::new(),
            choices,
            fill: None,
            note: None,
        }
    }

    /// A sentence of this key inside another message.
    #[must_use]
    pub(super) fn phrase(&'static self, args: Vec<(&'static str, Arg)>) -> Arg {
        Arg::Phrase(self.key.to_owned(), args)
    }

    /// A part of a message with a heading and lines under it; nothing at all when there are no lines.
    #[must_use]
    pub(super) fn lines(&'static self, name: &'static str, lines: Vec<Arg>) -> Arg {
        if lines.is_empty() {
            Arg::Empty
        } else {
            self.phrase(vec![(name, Arg::Lines(lines))])
        }
    }

    /// The words of this key inside another message.
    #[must_use]
    pub(super) fn words(&'static self) -> Arg {
        Arg::Key(self.key.to_owned())
    }
}

impl Reply {
    /// Puts a value into a placeholder. The names are those of the spec.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: Arg) -> Self {
        debug_assert!(
            find(self.key).is_some_and(|spec| spec.arg_names().any(|known| known == name)),
            "`{}` has no argument `{name}`",
            self.key
        );
        self.args.push((name, value));
        self
    }

    /// The same, or in a form inside the chat.
    #[must_use]
    pub(super) const fn or_form(mut self, name: FormName) -> Self {
        self.fill = Some(name);
        self
    }
}

/// The spec of that key.
#[must_use]
pub fn find(key: &str) -> Option<&'static MessageSpec> {
    all().find(|spec| spec.key == key)
}

/// Every key of content: what the engine says, and the words of pages.
pub fn all() -> impl Iterator<Item = &'static MessageSpec> {
    MESSAGES
        .iter()
        .copied()
        .chain(PAGE_WORDS)
        .chain(PARTNER_WORDS)
        .chain(TEACHING_WORDS)
        .chain(WEB_WORDS)
        .chain(FIGURE_WORDS)
        .chain(GUIDE_WORDS)
        .chain(NOTICE_WORDS)
        .chain(EDITOR_WORDS)
        .chain(APP_WORDS)
        .chain(FORM_WORDS)
        .chain(INTAKE_WORDS)
}

macro_rules! messages {
    ($($name:ident = $key:literal, $form:ident, [$($arg:literal),*];)*) => {
        $(
            #[doc = concat!("`", $key, "`")]
            pub const $name: &MessageSpec =
                &MessageSpec { key: $key, args: &[$($arg),*], form: FormKind::$form };
        )*

        /// All of them.
        pub const MESSAGES: &[&MessageSpec] = &[$($name),*];
    };
}

messages! {
    MENU_WELCOME = "menu.welcome", List, [];
    MENU_MAIN = "menu.main", List, [];
    MENU_MORE = "menu.more", List, [];
    MENU_CANCELLED = "menu.cancelled", List, [];
    MENU_RESTARTED = "menu.restarted", List, [];
    MENU_STALE = "menu.stale", List, [];
    MENU_NOT_HERE = "menu.not_here", Buttons, ["!topic"];

    MISUNDERSTOOD_ONCE = "misunderstood.once", List, [];
    MISUNDERSTOOD_GUESS = "misunderstood.guess", Buttons, [];
    MISUNDERSTOOD_OFFICER = "misunderstood.officer", Buttons, [];

    HELP_INFO = "help.info", Buttons, [];
    THANKS_WELCOME = "thanks.welcome", Buttons, [];
    ABUSE_CALM = "abuse.calm", Buttons, [];
    ELSEWHERE_INFO = "elsewhere.info", Buttons, [];
    OTHER_OFFICE_INFO = "other_office.info", Buttons, ["!own", "!other", "whatsapp", "phone", "site"];
    BROKER_WARNING = "broker.warning", Buttons, [];

    WORDLESS_IMAGE = "wordless.image", Buttons, ["minutes"];
    WORDLESS_DOCUMENT = "wordless.document", Buttons, ["minutes"];
    WORDLESS_AUDIO = "wordless.audio", Buttons, ["minutes"];
    WORDLESS_VIDEO = "wordless.video", Buttons, ["minutes"];
    WORDLESS_JOINED = "wordless.joined", Buttons, ["!case"];
    WORDLESS_NOT_TAKEN = "wordless.not_taken", Buttons, [];
    WORDLESS_EMOJI = "wordless.emoji", Buttons, [];
    WORDLESS_LOCATION = "wordless.location", Buttons, ["!office", "address", "address_caution"];
    WORDLESS_LOCATION_HERE = "wordless.location_here", Buttons, ["!office", "address", "address_caution"];
    WORDLESS_LOCATION_FAR = "wordless.location_far", Buttons, ["!office", "address", "address_caution"];
    WORDLESS_LOCATION_NEAR = "wordless.location_near", Buttons, ["!own", "!first", "second", "third", "caution"];
    WORDLESS_NEAR_OFFICE = "wordless.near_office", Fragment, ["!office", "!city", "!distance", "address", "whatsapp", "phone"];
    WORDLESS_NEAR_TOWN = "wordless.near_town", Fragment, [];
    WORDLESS_NEAR_KM = "wordless.near_km", Fragment, ["!km"];
    WORDLESS_CAUTION = "wordless.caution", Fragment, [];
    WORDLESS_CONTACT = "wordless.contact", Buttons, [];
    WORDLESS_UNSUPPORTED = "wordless.unsupported", Buttons, [];

    FOLLOW_STARTED = "follow.started", Buttons, ["!number"];
    FOLLOW_TOO_MANY = "follow.too_many", Buttons, [];
    FOLLOW_NOTHING = "follow.nothing", Buttons, [];
    FOLLOW_STOPPED = "follow.stopped", Buttons, ["!number"];
    FOLLOW_STOPPED_ALL = "follow.stopped_all", Buttons, [];

    STATUS_ASK_NUMBER = "status.ask_number", Buttons, [];
    STATUS_WRONG_LENGTH = "status.wrong_length", Buttons, ["!digits"];
    STATUS_BILLING_CODE = "status.billing_code", Buttons, [];
    STATUS_PASSPORT_NUMBER = "status.passport_number", Buttons, [];
    STATUS_LOOKS_LIKE_NIK = "status.looks_like_nik", Buttons, [];
    STATUS_NOT_FOUND = "status.not_found", Buttons, ["number"];
    STATUS_BARE = "status.bare", Buttons, ["!number", "!stage", "!office", "meaning", "data_at"];
    STATUS_BARE_UNPROVABLE = "status.bare_unprovable", Buttons, ["!number", "!stage", "!office", "meaning", "data_at"];
    STATUS_ASK_BIRTH = "status.ask_birth", Buttons, ["number"];
    STATUS_BIRTH_UNREADABLE = "status.birth_unreadable", Buttons, [];
    STATUS_PROOF_FAILED = "status.proof_failed", Buttons, ["number"];
    STATUS_DATED = "status.dated", Buttons,
        ["!number", "!stage", "!office", "name", "billing", "applied_on", "steps", "!next", "data_at"];
    STATUS_READY = "status.ready", Buttons,
        ["!number", "!office", "name", "applied_on", "steps", "ready_on", "!last_day", "!days_left", "data_at"];
    STATUS_READY_LATE = "status.ready_late", Buttons,
        ["!number", "!office", "name", "applied_on", "steps", "ready_on", "!last_day", "!days_kept", "data_at"];
    STATUS_STEPS = "status.steps", Fragment, ["!steps"];
    STATUS_NEXT_SUBMITTED = "status.next_submitted", Fragment, [];
    STATUS_NEXT_AWAITING_PAYMENT_ONLINE = "status.next_awaiting_payment_online", Fragment, [];
    STATUS_NEXT_INTERVIEWED = "status.next_interviewed", Fragment, [];
    STATUS_NEXT_AWAITING_PAYMENT = "status.next_awaiting_payment", Fragment, [];
    STATUS_NEXT_ADJUDICATION = "status.next_adjudication", Fragment, [];
    STATUS_NEXT_ALLOCATED = "status.next_allocated", Fragment, [];
    STATUS_NEXT_PRINTING = "status.next_printing", Fragment, [];
    STATUS_NEXT_READY = "status.next_ready", Fragment, [];
    STATUS_NEXT_COLLECTED = "status.next_collected", Fragment, [];
    STATUS_NEXT_CANCELLED = "status.next_cancelled", Fragment, [];
    STATUS_NEXT_HELD = "status.next_held", Fragment, [];
    STATUS_NEXT_REFUSED = "status.next_refused", Fragment, [];

    PAYMENT_HOW = "payment.how", Buttons, ["!channels", "unconfirmed", "!hours", "!days", "!digits", "source"];
    PAYMENT_UNCONFIRMED = "payment.unconfirmed", Fragment, ["!channels"];
    PAYMENT_PROBLEM_INFO = "payment.problem", Buttons, [];
    FEES_LIST = "fees.list", Buttons, ["!passports", "others", "caution", "since", "source"];
    FEES_OTHERS = "fees.others", Fragment, ["!fees"];
    FEES_UNKNOWN = "fees.unknown", Buttons, [];
    DURATION_INFO = "duration.info", Buttons, ["!days", "papers_days", "source"];

    REQUIREMENTS_WHICH = "requirements.which", List, [];
    REQUIREMENTS_AGE = "requirements.age", Buttons, [];
    REQUIREMENTS_PURPOSE = "requirements.purpose", Buttons, [];
    REQUIREMENTS_REASON = "requirements.reason", List, [];
    REQUIREMENTS_LOST_QUESTION = "requirements.lost", Buttons, [];
    REQUIREMENTS_DAMAGED_QUESTION = "requirements.damaged", Buttons, [];
    REQUIREMENTS_CHILD_QUESTION = "requirements.child", Buttons, [];
    REQUIREMENTS_LIST = "requirements.list", Text,
        ["!case", "!papers", "if_any", "only_for", "!fees", "extra", "how", "time", "child", "note", "caution", "since", "source", "next"];
    REQUIREMENTS_NEXT = "requirements.next", Fragment, [];
    REQUIREMENTS_IF_ANY = "requirements.if_any", Fragment, ["!papers"];
    REQUIREMENTS_ONLY_FOR = "requirements.only_for", Fragment, ["!cases"];
    REQUIREMENTS_EXTRA = "requirements.extra", Fragment, ["!fees"];
    REQUIREMENTS_ASK_OFFICE = "requirements.ask_office", Buttons, [];
    REQUIREMENTS_HOW_M_PASPOR = "requirements.how_m_paspor", Fragment, [];
    REQUIREMENTS_HOW_WALK_IN = "requirements.how_walk_in", Fragment, [];
    REQUIREMENTS_HOW_BAP = "requirements.how_bap", Fragment, [];
    REQUIREMENTS_TIME_DAYS = "requirements.time_days", Fragment, ["!days"];
    REQUIREMENTS_TIME_SAME_DAY = "requirements.time_same_day", Fragment, [];
    REQUIREMENTS_TIME_OPEN = "requirements.time_open", Fragment, [];
    REQUIREMENTS_CHILD_COMES = "requirements.child_comes", Fragment, [];
    REQUIREMENTS_CAUTION = "requirements.caution", Fragment, [];
    REQUIREMENTS_NOTE_EXPIRED = "requirements.note_expired", Fragment, [];
    REQUIREMENTS_NOTE_LOST = "requirements.note_lost", Fragment, [];
    REQUIREMENTS_NOTE_DAMAGED = "requirements.note_damaged", Fragment, [];
    REQUIREMENTS_NOTE_DATA = "requirements.note_data", Fragment, [];
    REQUIREMENTS_NOTE_UMRAH = "requirements.note_umrah", Fragment, [];
    REQUIREMENTS_NOTE_WORK = "requirements.note_work", Fragment, [];
    REQUIREMENTS_NOTE_FAST = "requirements.note_fast", Fragment, [];

    PICKUP_HOW = "pickup.how", List, ["!days"];
    PICKUP_PAPERS = "pickup.papers", Buttons, ["!who", "!papers", "!days", "caution", "source"];
    PICKUP_ASK_OFFICE = "pickup.ask_office", Buttons, [];

    QUEUE_HOW = "queue.how", Link, ["!app", "!former"];
    QUEUE_CANCEL_INFO = "queue.cancel", Buttons, ["!app", "!times", "!days"];
    QUEUE_OLD_COMMAND = "queue.old_command", Buttons, ["!app", "former"];

    INTAKE_INVITATION = "intake.invitation", Fragment, [];
    INTAKE_NONE = "intake.none", Buttons, [];
    INTAKE_WHO = "intake.who", List, [];
    INTAKE_CASES = "intake.cases", List, ["!name", "!days"];
    INTAKE_QUESTION = "intake.question", Buttons, ["lead", "!name", "!question", "!left"];
    INTAKE_PHOTO = "intake.photo", Buttons, ["lead", "!name", "!paper", "!left"];
    INTAKE_REASON = "intake.reason", Fragment, ["!reason"];
    INTAKE_PHOTO_CAME = "intake.photo_came", Fragment, [];
    INTAKE_SKIPPED = "intake.skipped", Fragment, [];
    INTAKE_FILLED_IN = "intake.filled_in", Fragment, [];
    INTAKE_AGAIN_ANSWER = "intake.again_answer", Buttons, ["!problem", "!question"];
    INTAKE_NOT_NOW = "intake.not_now", Buttons, [];
    INTAKE_NO_PHOTO = "intake.no_photo", Buttons, [];
    INTAKE_OVERVIEW = "intake.overview", List, ["!name", "given", "!left", "notes"];
    INTAKE_GIVEN = "intake.given", Fragment, ["!papers"];
    INTAKE_NOTES = "intake.notes", Fragment, ["!notes"];
    INTAKE_DONE = "intake.done", Buttons, ["lead", "!name", "notes"];
    INTAKE_AGAIN = "intake.again", Buttons, ["!name", "!paper", "!why"];
    INTAKE_ASKED_AGAIN = "intake.asked_again", Buttons, ["!name", "!paper", "!reason"];
    INTAKE_CHECKED = "intake.checked", Buttons, ["!name", "!day"];
    INTAKE_PROBLEM_LENGTH = "intake.problem_length", Fragment, [];
    INTAKE_PROBLEM_NAME = "intake.problem_name", Fragment, [];
    INTAKE_PROBLEM_DATE = "intake.problem_date", Fragment, [];
    INTAKE_PROBLEM_SEX = "intake.problem_sex", Fragment, [];
    INTAKE_PROBLEM_NIK_LENGTH = "intake.problem_nik_length", Fragment, [];
    INTAKE_PROBLEM_NIK_SHAPE = "intake.problem_nik_shape", Fragment, [];
    INTAKE_NOTE_NIK_BIRTH_DATE = "intake.note_nik_birth_date", Fragment, [];
    INTAKE_NOTE_NIK_SEX = "intake.note_nik_sex", Fragment, [];
    INTAKE_NOTE_BOOKED_NAME = "intake.note_booked_name", Fragment, [];
    INTAKE_NOTE_BOOKED_BIRTH_DATE = "intake.note_booked_birth_date", Fragment, [];
    INTAKE_PAPER_WAITING = "intake.paper_waiting", Fragment, [];
    INTAKE_PAPER_CHECKED = "intake.paper_checked", Fragment, [];
    INTAKE_PAPER_ACCEPTED = "intake.paper_accepted", Fragment, [];
    INTAKE_PAPER_AGAIN = "intake.paper_again", Fragment, [];
    INTAKE_FINDING_UNREADABLE = "intake.finding_unreadable", Fragment, [];
    INTAKE_FINDING_TOO_SMALL = "intake.finding_too_small", Fragment, [];
    INTAKE_FINDING_BLURRED = "intake.finding_blurred", Fragment, [];
    INTAKE_FINDING_TOO_DARK = "intake.finding_too_dark", Fragment, [];
    INTAKE_FINDING_TOO_BRIGHT = "intake.finding_too_bright", Fragment, [];
    INTAKE_REFUSED_TOO_LARGE = "intake.refused_too_large", Fragment, [];
    INTAKE_REFUSED_WRONG_KIND = "intake.refused_wrong_kind", Fragment, [];
    INTAKE_REFUSED_INFECTED = "intake.refused_infected", Fragment, [];
    INTAKE_REFUSED_GONE = "intake.refused_gone", Fragment, [];
    TALK_FILE_REFUSED = "talk.file_refused", Text, ["!case", "!why"];

    BOOKING_SERVICES = "booking.services", List, ["noted", "app"];
    BOOKING_PEOPLE_ASK = "booking.people", Buttons, ["!service", "!most", "noted"];
    BOOKING_NOTED = "booking.noted", Fragment, ["day", "last", "time", "people", "names"];
    BOOKING_BIRTHS_ASK = "booking.births", Buttons, ["!service", "!noted"];
    BOOKING_NOT_YET = "booking.not_yet", Buttons, [];
    BOOKING_PEOPLE_UNREADABLE = "booking.people_unreadable", Buttons, ["line"];
    BOOKING_PEOPLE_MANY = "booking.people_many", Buttons, ["!most"];
    BOOKING_PEOPLE_TWICE = "booking.people_twice", Buttons, [];
    BOOKING_PEOPLE_NIK = "booking.people_nik", Buttons, [];
    BOOKING_PARENT_ASK = "booking.parent", Buttons, ["!age"];
    BOOKING_DAYS_LIST = "booking.days", List, ["!service", "people", "closures", "caution"];
    BOOKING_NO_DAYS = "booking.no_days", Buttons, ["!service", "next"];
    BOOKING_NEXT_RELEASE = "booking.next_release", Fragment, ["!day", "!time"];
    BOOKING_CLOSURES = "booking.closures", Fragment, ["!days"];
    BOOKING_CAUTION = "booking.caution", Fragment, [];
    BOOKING_LATER_DAYS = "booking.later_days", Fragment, [];
    BOOKING_LATER_HOURS = "booking.later_hours", Fragment, [];
    BOOKING_DAY_AND_HOUR = "booking.day_and_hour", Fragment, ["!day", "!time"];
    BOOKING_PLACES_LEFT = "booking.places_left", Fragment, ["!places"];
    BOOKING_ABOUT_FULL = "booking.about_full", Fragment, [];
    BOOKING_ABOUT_DRAW = "booking.about_draw", Fragment, ["!day", "!time"];
    BOOKING_ABOUT_LIST = "booking.about_list", Fragment, [];
    BOOKING_ABOUT_ROOM = "booking.about_room", Fragment, [];
    BOOKING_ABOUT_NOT_YET = "booking.about_not_yet", Fragment, ["!day", "!time"];
    BOOKING_HOURS_LIST = "booking.hours", List, ["!day"];
    BOOKING_NOT_THEN = "booking.not_then", List, ["!why", "nearest"];
    BOOKING_NEAREST = "booking.nearest", Fragment, [];
    BOOKING_WAIT_ROW = "booking.wait_row", Fragment, [];
    BOOKING_WHY_PAST = "booking.why_past", Fragment, ["!day"];
    BOOKING_WHY_TOO_LATE = "booking.why_too_late", Fragment, ["!day"];
    BOOKING_WHY_CLOSED = "booking.why_closed", Fragment, ["!day", "!reason"];
    BOOKING_WHY_ESTIMATED = "booking.why_estimated", Fragment, ["!day", "!reason"];
    BOOKING_WHY_WEEKDAY = "booking.why_weekday", Fragment, ["!day"];
    BOOKING_WHY_NO_PLACES = "booking.why_no_places", Fragment, ["!day"];
    BOOKING_WHY_NOT_YET = "booking.why_not_yet", Fragment, ["!day", "!time"];
    BOOKING_WHY_NO_DAY = "booking.why_no_day", Fragment, [];
    BOOKING_WHY_UNTOLD_DAY = "booking.why_untold_day", Fragment, [];
    BOOKING_WHY_NO_HOUR = "booking.why_no_hour", Fragment, ["!day", "time"];
    BOOKING_WHY_DRAWING = "booking.why_drawing", Fragment, ["!day", "!time"];
    BOOKING_WHY_STOPPED = "booking.why_stopped", Fragment, ["!day", "!reason"];
    BOOKING_WHY_RELEASE = "booking.why_release", Fragment, ["!day"];
    BOOKING_WHY_FULL = "booking.why_full", Fragment, ["!day", "time"];
    BOOKING_WHY_FULL_DAY = "booking.why_full_day", Fragment, ["!day"];
    BOOKING_CHECK = "booking.check", Buttons, ["!service", "!day", "time", "!people", "!until", "caution"];
    BOOKING_CHECK_AGAIN = "booking.check_again", Buttons, ["!service", "!day", "time", "!people", "!until", "caution"];
    BOOKING_FORM = "booking.form", Link, ["!service", "!day", "time", "!people", "!until"];
    BOOKING_DONE = "booking.done", Link,
        ["!code", "!service", "!day", "time", "!people", "!office", "address", "!early", "ahead"];
    BOOKING_MOVED = "booking.moved", Link,
        ["!code", "!service", "!day", "time", "people", "!office", "address", "!early"];
    BOOKING_HAS_OWN = "booking.has_own", Buttons, ["!service"];
    BOOKING_HAS_OTHER = "booking.has_other", Buttons, ["!service", "office"];
    BOOKING_TOO_MANY = "booking.too_many", Buttons, ["!most"];
    BOOKING_BARRED = "booking.barred", Buttons, ["!until"];
    BOOKING_LAPSED = "booking.lapsed", Buttons, [];
    BOOKING_NEEDS_NIK = "booking.needs_nik", Link, [];
    BOOKING_HELPDESK = "booking.helpdesk", Buttons, [];
    BOOKING_UNKNOWN = "booking.unknown", Buttons, [];
    BOOKING_OVER = "booking.over", Buttons, [];
    BOOKING_TOO_OFTEN = "booking.too_often", Buttons, ["!most"];
    BOOKING_TOO_LATE = "booking.too_late", Buttons, ["!day", "!time"];
    BOOKING_DRAW = "booking.draw", Buttons,
        ["!day", "!places", "people", "!odds", "!closes_day", "!closes_time", "!drawn_day", "!drawn_time", "!hours", "!public"];
    BOOKING_ODDS = "booking.odds", Fragment, ["!of"];
    BOOKING_ODDS_ALL = "booking.odds_all", Fragment, [];
    BOOKING_LIST = "booking.list", Buttons, ["!day", "people", "!hours"];
    BOOKING_ROOM_BEFORE = "booking.room_before", Buttons, ["service", "!day", "!opens_day", "!opens_time", "inside", "!url"];
    BOOKING_ROOM_WAITING = "booking.room_waiting", Buttons, ["service", "!day", "!ahead", "!about", "!url"];
    BOOKING_MINE_NONE = "booking.mine_none", Buttons, [];
    BOOKING_MINE_ONE = "booking.mine_one", Buttons,
        ["!service", "!state", "!code", "!day", "time", "people", "until", "early", "url"];
    BOOKING_MINE_MANY = "booking.mine_many", List, [];
    BOOKING_UNTIL = "booking.until", Fragment, ["!until"];
    BOOKING_STATE_HELD = "booking.state_held", Fragment, [];
    BOOKING_STATE_ENTERED = "booking.state_entered", Fragment, [];
    BOOKING_STATE_WAITING = "booking.state_waiting", Fragment, [];
    BOOKING_STATE_OFFERED = "booking.state_offered", Fragment, [];
    BOOKING_STATE_BOOKED = "booking.state_booked", Fragment, [];
    BOOKING_STATE_ATTENDED = "booking.state_attended", Fragment, [];
    BOOKING_STATE_MISSED = "booking.state_missed", Fragment, [];
    BOOKING_STATE_CANCELLED = "booking.state_cancelled", Fragment, [];
    BOOKING_STATE_LAPSED = "booking.state_lapsed", Fragment, [];
    POSITION_NONE = "position.none", Buttons, [];
    POSITION_WAITING = "position.waiting", Link, ["!number", "!ahead", "from", "to"];
    POSITION_CALLED = "position.called", Link, ["!number", "!counter"];
    POSITION_HELD = "position.held", Link, ["!number"];
    POSITION_MISSED = "position.missed", Link, ["!number"];
    POSITION_OVER = "position.over", Buttons, ["!number"];

    BOOKING_CANCEL_SURE = "booking.cancel_sure", Buttons, ["!service", "!day", "time", "people"];
    BOOKING_CANCELLED = "booking.cancelled", Buttons, ["!service", "day", "time"];
    BOOKING_OLD_UNREADABLE = "booking.old_unreadable", Buttons, [];
    BOOKING_OLD_APPROVE = "booking.old_approve", Buttons,
        ["!service", "!people", "!born", "!day", "!time", "!code", "!until"];

    NOTICE_BOOKED = "notice.booked", Buttons, ["!service", "office", "!day", "!time", "!code", "people", "!url"];
    NOTICE_ENTERED = "notice.entered", Buttons, ["!service", "office", "!day", "time", "!entry", "people"];
    NOTICE_WAITING = "notice.waiting", Buttons, ["!service", "office", "!day", "time"];
    NOTICE_REMINDER = "notice.reminder", Buttons, ["!service", "!office", "!day", "!time", "!code", "!url"];
    NOTICE_OFFERED = "notice.offered", Buttons, ["!service", "office", "!day", "!time", "!until"];
    NOTICE_NOT_DRAWN = "notice.not_drawn", Buttons, ["!service", "office", "!day", "time", "!entry"];
    NOTICE_LAPSED = "notice.lapsed", Buttons, ["!service", "office", "!day", "time"];
    NOTICE_MISSED = "notice.missed", Buttons, ["!service", "office", "!day", "time"];
    NOTICE_ROOM_TURN = "notice.room_turn", Buttons, ["!service", "!day"];
    NOTICE_READY = "notice.ready", Text, ["!number", "!office", "!last_day"];
    NOTICE_READY_STILL = "notice.ready_still", Text, ["!number", "!office", "!last_day", "!left"];
    NOTICE_MOVED = "notice.moved", Text, ["!number", "!office", "!stage", "!meaning"];
    NOTICE_NEAR = "notice.near", Text, ["!number", "!ahead", "from", "to", "!url"];
    NOTICE_SURVEY = "notice.survey", Survey, ["!url"];
    NOTICE_CALLED = "notice.called", Text, ["!number", "!counter"];

    SURVEY_KEPT = "survey.kept", Text, [];
    SURVEY_RATED = "survey.rated", Text, [];
    SURVEY_EARLY = "survey.early", Text, [];
    SURVEY_EMPTY = "survey.empty", Link, [];
    SURVEY_STRANGE = "survey.strange", Buttons, [];

    PAGE_FOOTER = "page.footer", Page, [];
    PAGE_TEXT_SIZE = "page.text_size", Page, [];
    PAGE_NIK_TITLE = "page.nik_title", Page, [];
    PAGE_NIK_UNTIL = "page.nik_until", Page, [];
    PAGE_NIK_WHY = "page.nik_why", Page, [];
    PAGE_NIK_BORN = "page.nik_born", Page, [];
    PAGE_NIK_SEND = "page.nik_send", Page, [];
    PAGE_NIK_LENGTH = "page.nik_length", Page, ["!digits"];
    PAGE_NIK_SHAPE = "page.nik_shape", Page, [];
    PAGE_NIK_BIRTH_DATE = "page.nik_birth_date", Page, [];
    PAGE_NIK_TWICE = "page.nik_twice", Page, [];
    PAGE_ENTERED_TITLE = "page.entered_title", Page, [];
    PAGE_ENTERED = "page.entered", Page, [];
    PAGE_WAITING_TITLE = "page.waiting_title", Page, [];
    PAGE_WAITING = "page.waiting", Page, [];
    PAGE_OFFERED_TITLE = "page.offered_title", Page, [];
    PAGE_OFFERED = "page.offered", Page, [];
    PAGE_LAPSED_TITLE = "page.lapsed_title", Page, [];
    PAGE_LAPSED = "page.lapsed", Page, [];
    PAGE_REFUSED_TITLE = "page.refused_title", Page, [];
    PAGE_HAS_ONE = "page.has_one", Page, [];
    PAGE_BARRED = "page.barred", Page, [];
    PAGE_HELPDESK = "page.helpdesk", Page, [];
    PAGE_CLOSED = "page.closed", Page, [];
    PAGE_TICKET_TITLE = "page.ticket_title", Page, [];
    PAGE_TICKET_PICTURE = "page.ticket_picture", Page, [];
    PAGE_TICKET_CODE = "page.ticket_code", Page, [];
    PAGE_TICKET_NOTE = "page.ticket_note", Page, [];
    PAGE_TICKET_CALENDAR = "page.ticket_calendar", Page, [];
    PAGE_EARLY = "page.early", Page, ["!minutes"];
    PAGE_CALENDAR_NOTE = "page.calendar_note", Page, ["!code"];
    PAGE_ROOM_BEFORE_TITLE = "page.room_before_title", Page, [];
    PAGE_ROOM_BEFORE = "page.room_before", Page, ["!inside", "!day", "!time"];
    PAGE_ROOM_WAITING_TITLE = "page.room_waiting_title", Page, [];
    PAGE_ROOM_WAITING = "page.room_waiting", Page, ["!time"];
    PAGE_ROOM_INSIDE_TITLE = "page.room_inside_title", Page, [];
    PAGE_ROOM_INSIDE = "page.room_inside", Page, [];
    PAGE_ROOM_GONE_TITLE = "page.room_gone_title", Page, [];
    PAGE_ROOM_GONE = "page.room_gone", Page, [];
    PAGE_OPENINGS_TITLE = "page.openings_title", Page, [];
    PAGE_OPENINGS_NOTE = "page.openings_note", Page, [];
    PAGE_OPENINGS_NONE = "page.openings_none", Page, [];
    PAGE_OPENINGS_DAY = "page.openings_day", Page, [];
    PAGE_OPENINGS_HOW = "page.openings_how", Page, [];
    PAGE_OPENINGS_TRANSCRIPT = "page.openings_transcript", Page, [];
    PAGE_DRAWN_AT = "page.drawn_at", Page, ["!day", "!time"];
    PAGE_OPENS_AT = "page.opens_at", Page, ["!day", "!time"];
    PAGE_RELEASE_FIRST_COME = "page.release_first_come", Page, [];
    PAGE_RELEASE_SHUFFLED = "page.release_shuffled", Page, [];
    PAGE_RELEASE_DRAW = "page.release_draw", Page, [];
    PAGE_RELEASE_WAITING_LIST = "page.release_waiting_list", Page, [];

    HOURS_OPEN = "hours.open", Buttons, ["!until", "!week", "closures", "caution", "address_caution"];
    HOURS_CLOSED = "hours.closed", Buttons,
        ["reason", "next_day", "next_time", "!week", "closures", "caution", "address_caution"];
    HOURS_UNKNOWN = "hours.unknown", Buttons, ["address_caution"];
    HOURS_CLOSURES = "hours.closures", Fragment, ["!days"];
    HOURS_CAUTION = "hours.caution", Fragment, [];
    HOURS_ADDRESS_CAUTION = "hours.address_caution", Fragment, [];

    PRIORITY_INFO = "priority.info", Buttons, ["!groups"];
    PRIORITY_ASK_OFFICE = "priority.ask_office", Buttons, [];
    PRIORITY_LANSIA = "priority.lansia", Fragment, ["age"];
    PRIORITY_DISABILITAS = "priority.disabilitas", Fragment, ["age"];
    PRIORITY_HAMIL = "priority.hamil", Fragment, ["age"];
    PRIORITY_MENYUSUI = "priority.menyusui", Fragment, ["age"];
    PRIORITY_BALITA = "priority.balita", Fragment, ["age"];
    PRIORITY_SAKIT = "priority.sakit", Fragment, ["age"];

    SIMPATIK_DATES = "simpatik.dates", Buttons, ["!dates"];
    SIMPATIK_BOOK = "simpatik.book", Buttons, ["!dates"];
    SIMPATIK_NONE = "simpatik.none", Buttons, [];
    HELPDESK_INFO = "helpdesk.info", Buttons, [];
    ENCRYPTION_INFO = "encryption.info", Buttons, [];

    LANGUAGE_CHOOSE = "language.choose", List, [];
    LANGUAGE_CHANGED = "language.changed", List, [];
    LANGUAGE_FOLLOWED = "language.followed", Fragment, [];

    NOTICES_STOPPED = "notices.stopped", Buttons, [];
    NOTICES_STARTED = "notices.started", Buttons, [];

    FEEDBACK_KIND = "feedback.kind", List, [];
    FEEDBACK_WORDS_APPRECIATION = "feedback.words_appreciation", Buttons, [];
    FEEDBACK_CHECK = "feedback.check", Buttons, ["!kind", "!words"];
    FEEDBACK_WORDS_COMMENT = "feedback.words_comment", Buttons, [];
    FEEDBACK_WORDS_COMPLAINT = "feedback.words_complaint", Buttons, [];
    FEEDBACK_WORDS_BROKER = "feedback.words_broker", Buttons, [];
    FEEDBACK_WORDS_LOST_FILE = "feedback.words_lost_file", Buttons, [];
    FEEDBACK_WORDS_NEEDED = "feedback.words_needed", Buttons, [];
    FEEDBACK_FILE_CAME = "feedback.file_came", Buttons, [];
    FEEDBACK_RATING = "feedback.rating", List, [];
    FEEDBACK_DONE_APPRECIATION = "feedback.done_appreciation", Buttons, ["!case", "files"];
    FEEDBACK_DONE_COMMENT = "feedback.done_comment", Buttons, ["!case", "files"];
    FEEDBACK_DONE_COMPLAINT = "feedback.done_complaint", Buttons, ["!case", "first_days", "!end_days", "elsewhere", "files"];
    FEEDBACK_DONE_BROKER = "feedback.done_broker", Buttons, ["!case", "first_days", "files"];
    FEEDBACK_DONE_LOST_FILE = "feedback.done_lost_file", Buttons, ["!case", "first_days", "end_days", "files"];

    OFFICER_CONFIRM = "officer.confirm", Fragment, [];
    OFFICER_CONFIRM_NOTE = "officer.confirm_note", Fragment, [];
    OFFICER_ASK_OPEN = "officer.ask_open", Buttons, ["!until"];
    OFFICER_ASK_CLOSED = "officer.ask_closed", Buttons, ["reason", "!next_day", "!next_time"];
    OFFICER_ASK = "officer.ask", Buttons, [];
    OFFICER_OPEN = "officer.open", Buttons, ["!case", "!until", "files"];
    OFFICER_CLOSED = "officer.closed", Buttons, ["!case", "reason", "!next_day", "!next_time", "files"];
    OFFICER_NOTED = "officer.noted", Buttons, ["!case", "files"];
    OFFICER_FILE_CAME = "officer.file_came", Buttons, [];
    OFFICER_FILES = "officer.files", Fragment, ["!count"];
    OFFICER_HANDED_OVER = "officer.handed_over", Text, ["!case"];
    TALK_SAYS = "talk.says", Text, ["!case", "!office", "!words"];
    TALK_SAYS_OPEN = "talk.says_open", Text, ["!case", "!office", "!words"];
    TALK_AWAY = "talk.away", Text, ["!case", "reason", "!next_day", "!next_time"];
    TALK_LEFT = "talk.left", Text, ["!case"];
    TALK_BACK = "talk.back", Buttons, ["!case"];
    TALK_ENDED = "talk.ended", List, ["!case"];
    TALK_RATED = "talk.rated", Buttons, ["!case"];
    NOTICE_PHOTO_AGAIN = "notice.photo_again", Buttons, ["!name", "!service", "!office", "!day", "!paper"];
    NOTICE_OFFICER_WAITS = "notice.officer_waits", Text, ["!case", "!office"];

    BROWSER_ASK = "browser.ask", Buttons, ["!check"];
    BROWSER_TIED = "browser.tied", Buttons, [];
    BROWSER_GONE = "browser.gone", Buttons, [];
    BROWSER_REFUSED = "browser.refused", Buttons, [];
    BROWSER_PROVE = "browser.prove", Link, [];

    BIND_ASK_CODE = "bind.ask_code", Buttons, [];
    BIND_DONE = "bind.done", Buttons, ["!number", "stage"];
    BIND_REFUSED = "bind.refused", Buttons, [];
}

#[cfg(test)]
mod tests;
