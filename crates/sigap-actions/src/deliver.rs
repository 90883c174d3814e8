//! The sender's transactions: claim what is due, write down what became of it, settle what nobody knows.
//!
//! How a message is put on the wire, and what an error code means, is the channel's affair; here only its consequence.

use jiff::{SignedDuration, Timestamp};
use sigap_core::ids::{OfficeId, OutboxId, ProcessId};
use sigap_core::limits::RESEND_UNKNOWN_MAX;
pub use sigap_store::records::ClaimedMessage;
use sigap_store::records::OutboxState;
use sigap_store::{Fault, Tx};

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The office.
    pub office: OfficeId,
    /// The message.
    pub id: OutboxId,
    /// Its result.
    pub result: AttemptResult,
}

/// The result of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptResult {
    /// Taken over by the channel under this id.
    Accepted {
        /// The channel's message id.
        message_id: String,
    },
    /// Does not count as tried (a rate was used up, the number is stopped); again at this time.
    Unclaimed {
        /// Not before.
        not_before: Timestamp,
    },
    /// Certainly not sent; again at this time.
    PutBack {
        /// Not before.
        not_before: Timestamp,
    },
    /// Nobody knows; a status may tell until then.
    Unknown {
        /// When to settle it without one.
        settle_at: Timestamp,
    },
    /// It will not be sent.
    Failed {
        /// The channel's code.
        code: Option<i64>,
    },
    /// The window closed before it could go.
    Expired,
}

/// Claims due messages of all offices, a fair share each, at most `limit` in all. Messages whose window has closed are
/// ended on the way.
///
/// # Errors
/// Storage faults only.
pub fn claim_due(
    tx: &mut dyn Tx,
    now: Timestamp,
    settle_after: SignedDuration,
    process: ProcessId,
    is_paused: impl Fn(OfficeId) -> bool,
    limit: usize,
) -> Result<Vec<ClaimedMessage>, Fault> {
    let mut offices = tx.list_offices_with_due()?;
    offices.retain(|office| !is_paused(*office));
    let settle_at = now.saturating_add(settle_after).unwrap_or(Timestamp::MAX);
    let mut claimed = Vec::new();
    for (turn, office) in offices.iter().enumerate() {
        let share = (limit - claimed.len().min(limit)).div_ceil(offices.len() - turn);
        if share == 0 {
            break;
        }
        for message in tx.claim_due(*office, now, settle_at, process, share)? {
            if message.row.expires_at <= now {
                tx.give_up(*office, message.row.id, OutboxState::Expired, None, now)?;
            } else {
                claimed.push(message);
            }
        }
    }
    Ok(claimed)
}

/// Writes down what became of attempts of this process.
///
/// # Errors
/// Storage faults only.
pub fn record_attempts(tx: &mut dyn Tx, process: ProcessId, attempts: &[Attempt], now: Timestamp) -> Result<(), Fault> {
    for Attempt { office, id, result } in attempts {
        match result {
            AttemptResult::Accepted { message_id } => tx.mark_accepted(*office, *id, message_id, now)?,
            AttemptResult::Unclaimed { not_before } => tx.unclaim(*office, *id, process, *not_before)?,
            AttemptResult::PutBack { not_before } => tx.put_back(*office, *id, process, *not_before)?,
            AttemptResult::Unknown { settle_at } => tx.mark_unknown(*office, *id, process, *settle_at)?,
            AttemptResult::Failed { code } => tx.give_up(*office, *id, OutboxState::Failed, *code, now)?,
            AttemptResult::Expired => tx.give_up(*office, *id, OutboxState::Expired, None, now)?,
        }
    }
    Ok(())
}

/// How many messages were settled, by how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Sent once more.
    pub resent: usize,
    /// Given up; staff sees them.
    pub given_up: usize,
}

/// Settles messages of unknown outcome whose time for a status has passed: sent once more, since an answer read twice
/// harms nobody and an answer never read does; after that they end as failed, for people to look at.
///
/// # Errors
/// Storage faults only.
pub fn settle_unknown(tx: &mut dyn Tx, now: Timestamp, limit: usize) -> Result<Settled, Fault> {
    let mut settled = Settled::default();
    for office in tx.list_offices_with_due()? {
        for row in tx.list_unsettled(office, now, limit)? {
            if row.expires_at > now && tx.resend(office, row.id, now, RESEND_UNKNOWN_MAX)? {
                settled.resent += 1;
            } else {
                tx.give_up(office, row.id, OutboxState::Failed, None, now)?;
                settled.given_up += 1;
            }
        }
    }
    Ok(settled)
}

/// Gives everything under way until `settle_at` at least: for a process that starts, since the statuses that nobody took
/// meanwhile are still on their way to it.
///
/// # Errors
/// Storage faults only.
pub fn postpone_settling(tx: &mut dyn Tx, settle_at: Timestamp) -> Result<usize, Fault> {
    let mut postponed = 0;
    for office in tx.list_offices_with_due()? {
        postponed += tx.postpone_settling(office, settle_at)?;
    }
    Ok(postponed)
}

/// Settles soon what a process that fell silent has under way, and forgets the process; how many messages it left.
///
/// # Errors
/// Storage faults only.
pub fn take_over(tx: &mut dyn Tx, process: ProcessId, settle_at: Timestamp) -> Result<usize, Fault> {
    let mut left = 0;
    for office in tx.list_offices_with_due()? {
        left += tx.take_over(office, process, settle_at)?;
    }
    tx.forget_process(process)?;
    Ok(left)
}

impl AttemptResult {
    /// A word for metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Unclaimed { .. } => "held_back",
            Self::PutBack { .. } => "again_later",
            Self::Unknown { .. } => "unknown",
            Self::Failed { .. } => "failed",
            Self::Expired => "expired",
        }
    }
}
