//! The chat on a page: the same turn as on WhatsApp, with its answers kept as lines of the page instead of owed to Meta.

use jiff::{SignedDuration, Timestamp};
use sigap_core::cases::CaseKind;
use sigap_core::conversation::state::{PrivateWords, State};
use sigap_core::ids::PersonId;
use sigap_core::inbound::{InboundMessage, PAGE_LINE, Said};
use sigap_core::language::Language;
use sigap_core::limits::{LINE_CHARS_MAX, LINES_SHOWN_MAX};
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::person::Contact;
pub use sigap_store::records::BrowserLine;
use sigap_store::records::{ConversationRow, InboxRow, InboxState, LineContent, MessageKey};
use sigap_store::{Fault, Tx};

use crate::booking_parts::Asker;
use crate::browsers::{Browser, keep};
use crate::context::Context;
use crate::open_case::open_case;
use crate::receive_message::{Received, keep_of, receive_of};

/// What stands for words that are not kept (a NIK typed by mistake).
const UNKEPT: &str = "…";
/// How old a key may be: a form that was left open longer is without a time.
const KEY_MINUTES: i64 = 24 * 60;

/// What somebody typed or tapped on the page of the chat.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// Words.
    Words(String),
    /// One of the choices below an earlier line, by its name.
    Choice(String),
}

/// What a form brings forward.
#[derive(Clone, PartialEq, Eq)]
pub struct Brought {
    /// What kind.
    pub kind: CaseKind,
    /// The words.
    pub text: String,
    /// One to five, when given.
    pub rating: Option<u8>,
}

/// Says something. The same key again changes nothing: a double tap, or a form that is sent once more after a lost network.
///
/// # Errors
/// Storage faults, and `Fault::Broken` when the turn fails by our fault; then `keep_said` owes the answer.
pub fn say_in_browser(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    browser: &Browser,
    key: &str,
    language: Language,
    typed: &Typed,
) -> Result<Received, Fault> {
    let (office, person) = (ctx.office.id, browser.row.person);
    tx.hold_person(office, person)?;
    begin_in(tx, ctx, person, language)?;
    let line = ctx.new_id();
    let (said, words) = read(tx, ctx, person, typed)?;
    let message = message(ctx, key, said);
    if tx.has_received(office, &MessageKey::from(&message))? {
        return Ok(Received::Seen);
    }
    let (received, keeps_content) = receive_of(tx, ctx, person, &message, None)?;
    let words = if keeps_content { words } else { UNKEPT.to_owned() };
    insert_line(tx, ctx, person, line, false, words, Form::Text)?;
    keep(tx, ctx, &browser.row)?;
    Ok(received)
}

/// Opens a case with words from a form; its number, or `None` when this form was sent before.
///
/// # Errors
/// Storage faults only.
pub fn bring_forward(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    browser: &Browser,
    key: &str,
    language: Language,
    brought: &Brought,
) -> Result<Option<String>, Fault> {
    let (office, person) = (ctx.office.id, browser.row.person);
    tx.hold_person(office, person)?;
    begin_in(tx, ctx, person, language)?;
    let row = InboxRow {
        person,
        key: MessageKey::from(&message(ctx, key, Said::Text(String::new()))),
        state: InboxState::HandedOver,
        attempts: 1,
        received_at: ctx.now,
        // The words stand in the case.
        content: None,
    };
    if tx.has_received(office, &row.key)? {
        return Ok(None);
    }
    if !tx.insert_received(office, &row)? {
        return Err(Fault::Busy);
    }
    let asker = Asker {
        person,
        number: PAGE_LINE,
    };
    keep(tx, ctx, &browser.row)?;
    open_case(tx, ctx, asker, brought.kind, &brought.text, brought.rating).map(|(number, _)| Some(number))
}

/// The language of the page is that of the talk which begins on it.
fn begin_in(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId, language: Language) -> Result<(), Fault> {
    if tx.find_conversation(ctx.office.id, person)?.is_some() {
        return Ok(());
    }
    let state = State {
        language,
        // The page itself says what the office's line says to strangers, and nothing on it passes Meta.
        is_greeted: true,
        ..State::default()
    };
    let row = ConversationRow {
        state: state.to_stored(),
        last_inbound_at: ctx.now,
    };
    tx.save_conversation(ctx.office.id, person, &row)
}

/// Keeps what was said when its turn failed by our fault: the answer is owed from here on.
///
/// # Errors
/// Storage faults only.
pub fn keep_said(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    browser: &Browser,
    key: &str,
    typed: &Typed,
) -> Result<Received, Fault> {
    let person = browser.row.person;
    tx.hold_person(ctx.office.id, person)?;
    let (said, words) = read(tx, ctx, person, typed)?;
    let received = keep_of(tx, ctx, person, &message(ctx, key, said), None)?;
    if received == Received::Owed {
        insert_line(tx, ctx, person, ctx.new_id(), false, words, Form::Text)?;
    }
    Ok(received)
}

/// The newest lines after a line.
///
/// # Errors
/// Storage faults only.
pub fn list_lines(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId, after: i64) -> Result<Vec<BrowserLine>, Fault> {
    tx.list_lines(ctx.office.id, person, after, LINES_SHOWN_MAX)
}

/// Puts an answer on the page, where `owe_reply` would owe it to Meta. Where the browser is gone nobody can read it; a case it brought has a
/// page of its own.
pub(crate) fn answer_on_page(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    message: OutboundMessage,
) -> Result<i64, Fault> {
    let line = ctx.new_id();
    if tx.find_browser_of(ctx.office.id, person)?.is_some() {
        insert_line(tx, ctx, person, line, true, message.body, message.form)?;
    }
    Ok(line)
}

fn insert_line(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    id: i64,
    is_ours: bool,
    words: String,
    form: Form,
) -> Result<(), Fault> {
    let line = BrowserLine {
        id,
        said_at: ctx.now,
        is_ours,
        content: LineContent {
            words: PrivateWords(words),
            form,
        },
    };
    tx.insert_line(ctx.office.id, person, &line)
}

/// What was said, and its words for the page. A choice has to stand below one of the lines that are shown: its title stands there as well.
fn read(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId, typed: &Typed) -> Result<(Said, String), Fault> {
    Ok(match typed {
        Typed::Words(words) => {
            let words: String = words.trim().chars().take(LINE_CHARS_MAX).collect();
            (Said::Text(words.clone()), words)
        }
        Typed::Choice(name) => {
            let lines = list_lines(tx, ctx, person, 0)?;
            match lines.iter().rev().find_map(|line| title_of(&line.content.form, name)) {
                Some(title) => (Said::Choice(name.clone()), title),
                None => (Said::StaleChoice(String::new()), UNKEPT.to_owned()),
            }
        }
    })
}

fn title_of(form: &Form, name: &str) -> Option<String> {
    match form {
        Form::Buttons(buttons) => buttons
            .iter()
            .find(|button| button.choice == name)
            .map(|button| button.title.clone()),
        Form::List { sections, .. } => sections
            .iter()
            .flat_map(|section| &section.rows)
            .find(|row| row.choice == name)
            .map(|row| row.title.clone()),
        Form::Text | Form::Link { .. } | Form::Survey { .. } | Form::Template { .. } => None,
    }
}

/// A key is the second in which its form was made, a dash and chance. Whoever makes one up only hurts themselves; one that cannot be read, or is
/// old, counts as without a time, so that it is still the same key when it comes again.
fn message(ctx: &Context<'_>, key: &str, said: Said) -> InboundMessage {
    let made = key
        .split_once('-')
        .and_then(|(second, _)| second.parse().ok())
        .and_then(|second| Timestamp::from_second(second).ok())
        .filter(|made| {
            let age = ctx.now.duration_since(*made);
            !age.is_negative() && age <= SignedDuration::from_mins(KEY_MINUTES - 1)
        });
    InboundMessage {
        number: PAGE_LINE.to_owned(),
        message_id: key.to_owned(),
        sent_at: made.unwrap_or(Timestamp::UNIX_EPOCH),
        from: Contact::default(),
        said,
    }
}
