//! The turn: a received message, what it changes and the reply it earns, in one transaction.

use jiff::{SignedDuration, Timestamp};
use sigap_core::conversation::dialogue::{Effect, Outcome, Step};
use sigap_core::conversation::reply::Choice;
use sigap_core::conversation::state::{Place, PrivateWords, State};
use sigap_core::ids::PersonId;
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::language::Language;
use sigap_core::limits::{QUESTIONS_PER_TURN_MAX, REVOKE_HOURS_MAX};
use sigap_core::person::Contact;
use sigap_store::records::{ConversationRow, InboxContent, InboxRow, InboxState, MessageKey};
use sigap_store::{Fault, Tx};

use crate::answer_question::answer_question;
use crate::booking_parts::Asker;
use crate::context::Context;
use crate::noted_files::forget_noted;
use crate::owe_reply::{owe_reply, window_until};
use crate::survey::keep_filled;
use crate::talk::{hear_in_talk, told};
use crate::unclear::note_unclear;

/// Parts of a message that `InboundMessage` has no field for.
const BESIDES: [&str; 4] = ["\"context\"", "\"referral\"", "\"identity\"", "\"errors\""];

/// What became of a received message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// A reply is in the outbox; the topic that answered.
    Answered(&'static str),
    /// Kept for the officer who talks with the person; the answer is owed by them.
    HandedOver,
    /// Kept; it needs no answer.
    Silent,
    /// Kept; it came over a day late (a redelivery after an outage) and opens no window, so it gets no answer.
    Late,
    /// Known from an earlier delivery; nothing was changed.
    Seen,
    /// Kept; the turn failed by our fault, and the reply is owed.
    Owed,
}

/// Runs the turn of one message. Redelivery changes nothing.
///
/// # Errors
/// Storage faults, and `Fault::Broken` when the engine does not come to an end; then nothing of the turn is kept and the
/// caller keeps the message as owed.
pub fn receive_message(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    message: &InboundMessage,
    raw: Option<&str>,
) -> Result<Received, Fault> {
    if tx.has_received(ctx.office.id, &MessageKey::from(message))? {
        return Ok(Received::Seen);
    }
    let person = ensure_sender(tx, ctx, message)?;
    receive_of(tx, ctx, person, message, raw).map(|(received, _)| received)
}

/// The turn of a message whose sender is known and that was not received before; and whether its words may be kept.
pub(crate) fn receive_of(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    message: &InboundMessage,
    raw: Option<&str>,
) -> Result<(Received, bool), Fault> {
    let key = MessageKey::from(message);
    let turn = if is_late(message.sent_at, ctx.now) {
        late_turn(tx, ctx, person, message)?
    } else {
        run_turn(tx, ctx, person, message)?
    };
    let state = match turn.received {
        Received::Answered(_) => InboxState::Answered,
        Received::HandedOver => InboxState::HandedOver,
        _ => InboxState::Silent,
    };
    let content = turn.keeps_content.then(|| {
        let content = content(message, raw);
        without_place(&content).unwrap_or(content)
    });
    if !insert(tx, ctx, person, key, state, content)? {
        // Another process was given the same message in the same moment and committed first. All of this turn is undone;
        // the next try finds the message received.
        return Err(Fault::Busy);
    }
    Ok((turn.received, turn.keeps_content))
}

/// Keeps a message whose turn failed: the reply is owed from here on.
///
/// # Errors
/// Storage faults only.
pub fn keep_as_owed(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    message: &InboundMessage,
    raw: Option<&str>,
) -> Result<Received, Fault> {
    let person = ensure_sender(tx, ctx, message)?;
    keep_of(tx, ctx, person, message, raw)
}

/// As `keep_as_owed`, of a sender who is known.
pub(crate) fn keep_of(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    message: &InboundMessage,
    raw: Option<&str>,
) -> Result<Received, Fault> {
    let kept = insert(
        tx,
        ctx,
        person,
        MessageKey::from(message),
        InboxState::Owed,
        Some(content(message, raw)),
    )?;
    Ok(if kept { Received::Owed } else { Received::Seen })
}

/// Whether the window that this message opened is closed already. A message without a readable time (the epoch stands
/// for it) counts as new: a doubtful clock must not cost a citizen the answer.
pub(crate) fn is_late(sent_at: Timestamp, now: Timestamp) -> bool {
    sent_at != Timestamp::UNIX_EPOCH && window_until(sent_at) < now
}

/// The turn of a message that comes too late to be answered. Answers to the survey are taken all the same, and kept apart from who
/// gave them.
pub(crate) fn late_turn(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    message: &InboundMessage,
) -> Result<Turn, Fault> {
    if let Said::Survey(filled) = &message.said {
        keep_filled(tx, ctx, person, filled)?;
    }
    Ok(Turn {
        received: Received::Late,
        keeps_content: !matches!(message.said, Said::Survey(_)),
    })
}

/// When a message was sent, for its window: a time that cannot be read or lies ahead counts as its receipt, since a window
/// that began in 1970 would let the answer lapse and one that begins next year would never close.
pub(crate) fn readable_sent_at(sent_at: Timestamp, received_at: Timestamp) -> Timestamp {
    if sent_at == Timestamp::UNIX_EPOCH {
        received_at
    } else {
        sent_at.min(received_at)
    }
}

/// How a turn ended.
pub(crate) struct Turn {
    pub(crate) received: Received,
    /// False when the words must not be kept (a NIK sent by mistake, answers to the survey, a message taken back).
    pub(crate) keeps_content: bool,
}

/// The turn itself, without the inbox row: shared by first tries and later ones.
pub(crate) fn run_turn(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    message: &InboundMessage,
) -> Result<Turn, Fault> {
    let silent = Turn {
        received: Received::Silent,
        keeps_content: true,
    };
    match &message.said {
        Said::Silent { .. } | Said::Reaction(_) => Ok(silent),
        Said::Revoked { message_id } => {
            if let Some(row) = find_earlier(tx, ctx, message, message_id)? {
                tx.replace_content(ctx.office.id, &row.key, None)?;
                forget_recent(tx, ctx, row.person)?;
                if let Some(Said::Media(media)) = row.content.map(|content| content.message.said) {
                    forget_noted(tx, ctx, row.person, &media)?;
                }
            }
            Ok(silent)
        }
        Said::Edited { message_id, text } => {
            if let (
                Some(InboxRow {
                    person,
                    key,
                    content: Some(content),
                    ..
                }),
                Some(text),
            ) = (find_earlier(tx, ctx, message, message_id)?, text)
            {
                let edited = InboundMessage {
                    said: Said::Text(text.clone()),
                    ..content.message
                };
                // A message whose reply is still owed is answered as it stands now; one that was answered stays so.
                tx.replace_content(
                    ctx.office.id,
                    &key,
                    Some(&InboxContent {
                        message: edited,
                        raw: None,
                    }),
                )?;
                forget_recent(tx, ctx, person)?;
            }
            Ok(Turn {
                keeps_content: false,
                ..silent
            })
        }
        Said::IdentityChanged {
            previous_bsuid,
            previous_phone,
            current,
        } => {
            let told = Contact {
                bsuid: previous_bsuid.clone(),
                phone: previous_phone.clone(),
                ..Contact::default()
            };
            let previous = if told == Contact::default() {
                message.from.clone()
            } else {
                told
            };
            // A move to nowhere would leave a person whom nobody can answer.
            if current.bsuid.is_some() || current.phone.is_some() {
                tx.move_person(ctx.office.id, &previous, current, ctx.now)?;
            }
            Ok(silent)
        }
        _ => answer(tx, ctx, person, message),
    }
}

fn answer(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId, message: &InboundMessage) -> Result<Turn, Fault> {
    let office = ctx.office.id;
    let conversation = tx.find_conversation(office, person)?;
    let sent_at = readable_sent_at(message.sent_at, ctx.now);
    let last_inbound_at = conversation
        .as_ref()
        .map_or(sent_at, |known| known.last_inbound_at.max(sent_at));
    let asker = Asker {
        person,
        number: &message.number,
    };
    if hear_in_talk(tx, ctx, asker, &message.said, last_inbound_at)? {
        let mut state = conversation
            .and_then(|known| State::from_stored(&known.state).ok())
            .unwrap_or_default();
        state.last_message = Some(PrivateWords(message.message_id.clone()));
        let row = ConversationRow {
            state: state.to_stored(),
            last_inbound_at,
        };
        tx.save_conversation(office, person, &row)?;
        return Ok(Turn {
            received: Received::HandedOver,
            keeps_content: true,
        });
    }
    // A state that this version cannot read belongs to a dialogue we cannot go on with: it starts anew, kindly.
    let state = conversation
        .and_then(|known| State::from_stored(&known.state).ok())
        .unwrap_or_default();
    let mut outcome = run_engine(tx, ctx, asker, &state, &message.said)?;
    let mut turn = Turn {
        received: Received::Silent,
        keeps_content: true,
    };
    for effect in &outcome.effects {
        match effect {
            Effect::ForgetMessage => turn.keeps_content = false,
            Effect::NoteUnclear(words) => note_unclear(tx, ctx, outcome.state.language, &words.0)?,
            Effect::SetOptOut(is_opted_out) => tx.set_opt_out(office, person, *is_opted_out)?,
        }
    }
    if let Some(reply) = &outcome.reply {
        let words = ctx.content.render(ctx.office, outcome.state.language, reply);
        if turn.keeps_content
            && let Some(said) = told_in_words(ctx, outcome.state.language, &state.place, &message.said)
        {
            outcome.state.remember(&state.place, &said, &words.body);
        }
        owe_reply(tx, ctx, person, &message.number, last_inbound_at, words)?;
        turn.received = Received::Answered(outcome.topic);
    }
    tx.save_conversation(
        office,
        person,
        &ConversationRow {
            state: outcome.state.to_stored(),
            last_inbound_at,
        },
    )?;
    Ok(turn)
}

/// What somebody typed, the words of the button that was tapped, or which kind of file came; nothing for what has none.
fn told_in_words(ctx: &Context<'_>, language: Language, was: &Place, said: &Said) -> Option<String> {
    match said {
        Said::Text(text) => Some(text.clone()),
        Said::Choice(name) => {
            let (name, _) = Choice::split(name);
            Choice::find(name)?;
            Some(ctx.content.text(ctx.office, language, &format!("choice.{name}"), &[]))
        }
        // The officer who gets the file sees what was answered to it. A photo of a paper is none of their business.
        Said::Media(_) if !matches!(was, Place::Intake { .. }) => Some(told(said)),
        _ => None,
    }
}

pub(crate) fn run_engine(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    asker: Asker<'_>,
    state: &State,
    said: &Said,
) -> Result<Outcome, Fault> {
    let world = ctx
        .content
        .world(ctx.office.id, ctx.now)
        .ok_or_else(|| Fault::Broken(format!("office {} is not in the content", ctx.office.id)))?;
    let mut answers = Vec::new();
    loop {
        match (ctx.step)(&world, state, said, &answers) {
            Step::Done(outcome) => return Ok(*outcome),
            Step::Ask(_) if answers.len() >= QUESTIONS_PER_TURN_MAX => {
                return Err(Fault::Broken("the dialogue asks without end".into()));
            }
            Step::Ask(question) => answers.push(answer_question(tx, ctx, asker, &question)?),
        }
    }
}

/// The person behind the message. A number shared on our request belongs to the sender (Meta marks it so).
fn ensure_sender(tx: &mut dyn Tx, ctx: &Context<'_>, message: &InboundMessage) -> Result<PersonId, Fault> {
    let mut contact = message.from.clone();
    if let Said::Contacts {
        own_number: Some(phone),
        ..
    } = &message.said
    {
        contact.phone.get_or_insert_with(|| phone.clone());
    }
    tx.ensure_person(ctx.office.id, &contact, PersonId(ctx.new_id()), ctx.now)
}

/// What was said of late is shown to an officer who is asked to help: not what the person no longer says.
fn forget_recent(tx: &mut dyn Tx, ctx: &Context<'_>, person: PersonId) -> Result<(), Fault> {
    let Some(mut known) = tx.find_conversation(ctx.office.id, person)? else {
        return Ok(());
    };
    // A state that cannot be read holds nothing that is shown.
    if let Ok(mut state) = State::from_stored(&known.state) {
        state.forget_recent();
        known.state = state.to_stored();
        tx.save_conversation(ctx.office.id, person, &known)?;
    }
    Ok(())
}

fn find_earlier(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    message: &InboundMessage,
    earlier: &str,
) -> Result<Option<InboxRow>, Fault> {
    let since = message
        .sent_at
        .saturating_sub(SignedDuration::from_hours(REVOKE_HOURS_MAX))
        .unwrap_or(Timestamp::MIN);
    tx.find_received(ctx.office.id, &message.number, earlier, since)
}

/// The same without where the person was, which only the answer needed; `None` where it says nothing of that.
pub(crate) fn without_place(content: &InboxContent) -> Option<InboxContent> {
    matches!(content.message.said, Said::LocationAt(_)).then(|| InboxContent {
        message: InboundMessage {
            said: Said::Location,
            ..content.message.clone()
        },
        raw: None,
    })
}

fn content(message: &InboundMessage, raw: Option<&str>) -> InboxContent {
    let is_plain = matches!(message.said, Said::Text(_) | Said::Choice(_));
    // The channel's text tells a place to the metre, often with its name, and the number of whoever is on a card.
    let raw = raw.filter(|_| {
        !matches!(
            message.said,
            Said::Location | Said::LocationAt(_) | Said::Contacts { .. }
        )
    });
    // Plain words are kept once; what they answered, came from or carried besides stands only in the channel's text.
    let is_whole = |raw: &str| is_plain && !BESIDES.iter().any(|part| raw.contains(part));
    InboxContent {
        message: message.clone(),
        raw: raw.filter(|raw| !is_whole(raw)).map(str::to_owned),
    }
}

fn insert(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    key: MessageKey,
    state: InboxState,
    content: Option<InboxContent>,
) -> Result<bool, Fault> {
    let row = InboxRow {
        person,
        key,
        state,
        attempts: 1,
        received_at: ctx.now,
        content,
    };
    tx.insert_received(ctx.office.id, &row)
}

#[cfg(test)]
mod tests;
