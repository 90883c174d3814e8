//! Counting service messages that Meta charges: which month a message falls into, and when to warn. Stores nothing.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::inbound::{Pricing, Status, StatusUpdate};
use crate::limits::FREE_SERVICE_MESSAGES_PER_MONTH;

/// Meta's word for ordinary messages.
pub const SERVICE: &str = "service";

/// A month of the account's zone; the free messages start anew with it at 00:00 there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BillingMonth {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl BillingMonth {
    /// The month of an instant in the zone of the business account.
    #[must_use]
    pub fn of(at: Timestamp, zone: &TimeZone) -> Self {
        let local = zone.to_datetime(at);
        Self {
            year: local.year(),
            month: local.month(),
        }
    }
}

impl std::fmt::Display for BillingMonth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// How much of a number's free messages is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Budget {
    /// Under 80 %.
    Fine,
    /// From 80 % on: warn.
    NearlyUsed,
    /// From 100 % on: every further message is charged.
    Used,
}

impl Budget {
    /// The state after `delivered` service messages of a month.
    #[must_use]
    pub const fn after(delivered: u32) -> Self {
        if delivered >= FREE_SERVICE_MESSAGES_PER_MONTH {
            Self::Used
        } else if delivered >= FREE_SERVICE_MESSAGES_PER_MONTH / 5 * 4 {
            Self::NearlyUsed
        } else {
            Self::Fine
        }
    }
}

/// The category of a message of which a status tells that it arrived and counts: ordinary ones until the free ones are used, templates
/// always. Meta sends the price with `sent` and again with one of `delivered` and `read`: the caller counts each message once.
#[must_use]
pub fn delivered_category(update: &StatusUpdate) -> Option<&str> {
    if !matches!(update.status, Status::Delivered | Status::Read | Status::Played) {
        return None;
    }
    let pricing = update.pricing.as_ref()?;
    pricing.category.as_deref().filter(|category| counts(pricing, category))
}

fn counts(pricing: &Pricing, category: &str) -> bool {
    match pricing.kind.as_deref() {
        Some("free_entry_point") => false,
        // Within an open window templates were free until October 2026.
        Some("free_customer_service") => category == SERVICE,
        _ => !category.is_empty(),
    }
}

#[cfg(test)]
mod tests;
