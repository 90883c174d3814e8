//! Turns that failed by our fault are tried again, each in its own transaction; after the last try a person takes over.

use jiff::{SignedDuration, Timestamp};
use sigap_core::cases::CaseKind;
use sigap_core::conversation::reply::{Arg, Choices, Reply};
use sigap_core::conversation::state::State;
use sigap_core::inbound::Said;
use sigap_core::limits::{OWED_ATTEMPTS_MAX, OWED_RETRY_SECONDS};
use sigap_store::records::{InboxContent, InboxRow, InboxState, MessageKey};
use sigap_store::{Fault, Tx};

use crate::booking_parts::Asker;
use crate::context::Context;
use crate::open_case::open_case;
use crate::owe_reply::owe_reply;
use crate::receive_message::{Received, is_late, late_turn, readable_sent_at, run_turn, without_place};

/// What the citizen reads when the program gave up: an officer answers, with a case number.
const HANDED_OVER: &str = "officer.handed_over";

/// Whether the wait before the next try is over: 5 s, doubled with every try.
#[must_use]
pub fn is_due(row: &InboxRow, now: Timestamp) -> bool {
    let wait = SignedDuration::from_secs(OWED_RETRY_SECONDS << row.attempts.min(16));
    row.received_at.saturating_add(wait).unwrap_or(Timestamp::MAX) <= now
}

/// Tries one owed turn again.
///
/// # Errors
/// As the first try. The caller then counts the try with `count_failed_try`.
pub fn retry_owed(tx: &mut dyn Tx, ctx: &Context<'_>, row: &InboxRow) -> Result<Received, Fault> {
    // Held and read again inside the transaction: meanwhile it may have been answered, changed or taken back.
    let Some(row) = &find_owed_still(tx, ctx, row)? else {
        return Ok(Received::Seen);
    };
    let Some(content) = &row.content else {
        tx.settle_received(ctx.office.id, &row.key, InboxState::Silent, row.attempts)?;
        return Ok(Received::Silent);
    };
    let turn = if is_late(row.key.sent_at, ctx.now) {
        late_turn(tx, ctx, row.person, &content.message)?
    } else {
        run_turn(tx, ctx, row.person, &content.message)?
    };
    let state = match turn.received {
        Received::Answered(_) => InboxState::Answered,
        Received::HandedOver => InboxState::HandedOver,
        _ => InboxState::Silent,
    };
    tx.settle_received(ctx.office.id, &row.key, state, row.attempts + 1)?;
    if !turn.keeps_content {
        tx.replace_content(ctx.office.id, &row.key, None)?;
    } else if let Some(rest) = without_place(content) {
        tx.replace_content(ctx.office.id, &row.key, Some(&rest))?;
    }
    Ok(turn.received)
}

/// Counts a try that failed again; after the last one opens a case for an officer and tells the citizen.
///
/// # Errors
/// Storage faults only.
pub fn count_failed_try(tx: &mut dyn Tx, ctx: &Context<'_>, row: &InboxRow) -> Result<InboxState, Fault> {
    let Some(row) = &find_owed_still(tx, ctx, row)? else {
        return Ok(InboxState::Answered);
    };
    let attempts = row.attempts + 1;
    let state = if attempts < OWED_ATTEMPTS_MAX {
        InboxState::Owed
    } else {
        InboxState::HandedOver
    };
    if state == InboxState::HandedOver {
        let asker = Asker {
            person: row.person,
            number: &row.key.number,
        };
        let (case, _) = open_case(tx, ctx, asker, CaseKind::Unanswered, "", None)?;
        let language = tx
            .find_conversation(ctx.office.id, row.person)
            .ok()
            .flatten()
            .and_then(|known| State::from_stored(&known.state).ok())
            .unwrap_or_default()
            .language;
        let reply = Reply {
            key: HANDED_OVER,
            args: vec![("case", Arg::Text(case))],
            choices: Choices::None,
            fill: None,
            note: None,
        };
        let words = ctx.content.render(ctx.office, language, &reply);
        let sent_at = readable_sent_at(row.key.sent_at, row.received_at);
        owe_reply(tx, ctx, row.person, &row.key.number, sent_at, words)?;
    }
    tx.settle_received(ctx.office.id, &row.key, state, attempts)?;
    // How somebody rated a visit is not for whoever takes over.
    let is_survey = |content: &InboxContent| matches!(content.message.said, Said::Survey(_));
    if state == InboxState::HandedOver && row.content.as_ref().is_some_and(is_survey) {
        tx.replace_content(ctx.office.id, &row.key, None)?;
    }
    if state == InboxState::HandedOver
        && let Some(rest) = row.content.as_ref().and_then(without_place)
    {
        tx.replace_content(ctx.office.id, &row.key, Some(&rest))?;
    }
    Ok(state)
}

fn find_owed_still(tx: &mut dyn Tx, ctx: &Context<'_>, row: &InboxRow) -> Result<Option<InboxRow>, Fault> {
    tx.hold_person(ctx.office.id, row.person)?;
    let MessageKey {
        number,
        message_id,
        sent_at,
    } = &row.key;
    let known = tx.find_received(ctx.office.id, number, message_id, *sent_at)?;
    Ok(known.filter(|known| known.state == InboxState::Owed))
}
