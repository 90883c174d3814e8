//! A status of a sent message: only upward, and each paid delivery counted once.

use sigap_core::ids::OfficeId;
pub use sigap_store::records::{DeliveryStatus, OutboxState};
use sigap_store::{Fault, Tx};

/// What a status did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// True when it told something new.
    pub is_news: bool,
    /// Paid messages of the category so far this month, when this one was counted.
    pub delivered_this_month: Option<u64>,
}

/// A delivery that costs: which category, in which month of the account's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    /// `service`, `utility` …
    pub category: String,
    /// `2026-11`.
    pub month: String,
}

/// Applies a status; counts the message when this status is the first to say that it arrived and costs.
///
/// # Errors
/// Storage faults only.
pub fn apply_status(
    tx: &mut dyn Tx,
    office: OfficeId,
    number: &str,
    status: &DeliveryStatus,
    billed: Option<&Billed>,
) -> Result<Applied, Fault> {
    let is_news = tx.apply_status(office, status)?;
    // `read` can overtake `delivered`, and only one of them carries the price: the count hangs on the price, not on news.
    let delivered_this_month = match billed {
        Some(billed) if tx.mark_billed(office, status.id)? => {
            Some(tx.count_delivered(office, number, &billed.month, &billed.category)?)
        }
        _ => None,
    };
    Ok(Applied {
        is_news,
        delivered_this_month,
    })
}
