//! Owing a message: answers not yet sent to the person are merged into it, so that a burst is answered once.

use jiff::{SignedDuration, Timestamp};
use sigap_core::conversation::reply::Reply;
use sigap_core::ids::{OutboxId, PersonId};
use sigap_core::inbound::PAGE_LINE;
use sigap_core::limits::{INTERACTIVE_BODY_CHARS_MAX, MERGE_MAX, TEXT_BODY_CHARS_MAX};
use sigap_core::message::{Form, OutboundMessage};
use sigap_store::records::{ConversationRow, OutboxRow, OutboxState};
use sigap_store::{Fault, Tx};

use crate::booking_parts::language_of;
use crate::context::Context;
use crate::say_in_browser::answer_on_page;

/// How long after the person's last message a free reply may go out: 24 hours less a minute for clocks that differ
/// (Meta, customer service window).
const WINDOW: SignedDuration = SignedDuration::from_secs(24 * 3600 - 60);

/// When the window that a message opened closes.
#[must_use]
pub fn window_until(sent_at: Timestamp) -> Timestamp {
    sent_at.saturating_add(WINDOW).unwrap_or(Timestamp::MAX)
}

/// Until when words can be sent in a conversation for nothing; `None` when they cannot.
pub(crate) fn open_until(known: &ConversationRow, now: Timestamp) -> Option<Timestamp> {
    Some(window_until(known.last_inbound_at)).filter(|until| *until > now)
}

/// Owes what is told unasked, while that costs nothing; whether it is owed. Otherwise the person reads the same when they write next.
///
/// # Errors
/// Storage faults only.
pub(crate) fn tell_while_open(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    told: &Reply,
) -> Result<bool, Fault> {
    let known = tx.find_conversation(ctx.office.id, person)?;
    let Some(known) = known.filter(|known| open_until(known, ctx.now).is_some()) else {
        return Ok(false);
    };
    let words = ctx.content.render(ctx.office, language_of(Some(&known)), told);
    owe_reply(tx, ctx, person, number, known.last_inbound_at, words).map(|_| true)
}

/// Owes `message` to the person; it goes out from `number` before the window closes. Messages that wait and were never
/// attempted go out inside it where their words fit. What was asked on a page is answered there.
///
/// # Errors
/// Storage faults only.
pub fn owe_reply(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    person: PersonId,
    number: &str,
    last_inbound_at: Timestamp,
    message: OutboundMessage,
) -> Result<OutboxId, Fault> {
    if number == PAGE_LINE {
        return answer_on_page(tx, ctx, person, message).map(OutboxId);
    }
    let office = ctx.office.id;
    let id = OutboxId(ctx.new_id());
    let mut message = message;
    for waiting in tx.list_mergeable(office, person, MERGE_MAX)?.into_iter().rev() {
        let Some(merged) = merge(&waiting.message, &message).filter(|_| waiting.number == number) else {
            break;
        };
        if tx.merge_owed(office, waiting.id, id)? {
            message = merged;
        }
    }
    let row = OutboxRow {
        id,
        person,
        number: number.to_owned(),
        state: OutboxState::Queued,
        attempts: 0,
        created_at: ctx.now,
        expires_at: window_until(last_inbound_at),
        message,
    };
    tx.insert_owed(office, &row)?;
    Ok(id)
}

/// One message that says both, or `None` when they do not fit into one. Words that stand at the end already are said
/// once; nothing else is left out, for the earlier message may be made of several answers.
fn merge(earlier: &OutboundMessage, later: &OutboundMessage) -> Option<OutboundMessage> {
    let is_said = earlier.body == later.body || earlier.body.ends_with(&format!("\n\n{}", later.body));
    let body = if is_said {
        earlier.body.clone()
    } else {
        format!("{}\n\n{}", earlier.body, later.body)
    };
    let most = if later.form == Form::Text {
        TEXT_BODY_CHARS_MAX
    } else {
        INTERACTIVE_BODY_CHARS_MAX
    };
    // An earlier question whose buttons would vanish is not folded into mere words.
    let keeps_choices = earlier.form == Form::Text || later.form != Form::Text;
    (keeps_choices && body.chars().count() <= most).then(|| OutboundMessage {
        body,
        form: later.form.clone(),
        fill: later.fill.clone(),
    })
}

#[cfg(test)]
mod tests;
