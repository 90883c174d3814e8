//! What the messages of a month cost, and whether there is money for one more. Prices are content.

use jiff::civil::Date;
use serde::Deserialize;

use crate::catalogue::Confidence;

/// What Meta charges for a delivered message, in sen: a hundredth of a rupiah, because prices have decimals.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pricing {
    /// A utility template.
    pub utility_sen: i64,
    /// A marketing template.
    pub marketing_sen: i64,
    /// An ordinary message, after the free ones.
    pub service_sen: i64,
    /// Ordinary messages a month and number that cost nothing.
    pub service_free: u64,
    /// First day on which it holds.
    pub from: Date,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// Sen of a rupiah.
const SEN: i64 = 100;

impl Pricing {
    /// What so many messages of a category cost at most, in rupiah: none of them free.
    #[must_use]
    pub fn rupiah_most(&self, category: &str, messages: u64) -> i64 {
        let price = match category {
            "service" => self.service_sen,
            "marketing" => self.marketing_sen,
            _ => self.utility_sen,
        };
        rupiah(cost(messages, price))
    }
}

/// Messages of a month, as far as they cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spending {
    /// Delivered: number, category as Meta names it, messages.
    pub delivered: Vec<(String, String, u64)>,
    /// Notices owed by template.
    pub owed: u64,
    /// Those of them that failed.
    pub failed: u64,
}

/// How far a budget is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Used {
    /// Under 80 %.
    Fine,
    /// From 80 % on.
    Nearly,
    /// There is no money for one more.
    Up,
}

impl Used {
    /// The word in keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Nearly => "nearly",
            Self::Up => "up",
        }
    }
}

/// The money of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// What may be spent, in sen.
    pub budget_sen: i64,
    /// What delivered messages cost, in sen.
    pub spent_sen: i64,
    /// What delivered messages and those under way cost, in sen.
    pub used_sen: i64,
    /// The price of one more template, in sen.
    pub next_sen: i64,
}

impl Spending {
    /// Adds it up.
    #[must_use]
    pub fn money(&self, pricing: &Pricing, budget_rupiah: i64) -> Money {
        let (mut templates, mut ordinary) = (0_i64, 0_i64);
        for (_, category, messages) in &self.delivered {
            match category.as_str() {
                "service" => ordinary += cost(messages.saturating_sub(pricing.service_free), pricing.service_sen),
                "marketing" => templates += cost(*messages, pricing.marketing_sen),
                // Authentication costs as much as utility at most, and we send none.
                _ => templates += cost(*messages, pricing.utility_sen),
            }
        }
        let committed = cost(self.owed.saturating_sub(self.failed), pricing.utility_sen);
        Money {
            budget_sen: budget_rupiah.saturating_mul(SEN),
            spent_sen: templates + ordinary,
            used_sen: templates.max(committed) + ordinary,
            next_sen: pricing.utility_sen,
        }
    }
}

impl Money {
    /// Whether one more template can be paid.
    #[must_use]
    pub const fn has_one_more(&self) -> bool {
        self.used_sen + self.next_sen <= self.budget_sen
    }

    /// How far the budget is used.
    #[must_use]
    pub const fn used(&self) -> Used {
        if !self.has_one_more() {
            Used::Up
        } else if self.used_sen >= self.budget_sen / 5 * 4 {
            Used::Nearly
        } else {
            Used::Fine
        }
    }

    /// Whole rupiah that are left; never below zero.
    #[must_use]
    pub fn left_rupiah(&self) -> i64 {
        (self.budget_sen - self.used_sen).max(0) / SEN
    }

    /// Whole percent of the budget that are used, at most a hundred.
    #[must_use]
    pub fn percent(&self) -> i64 {
        if self.budget_sen <= 0 {
            return 100;
        }
        (self.used_sen.saturating_mul(100) / self.budget_sen).clamp(0, 100)
    }
}

/// Sen as whole rupiah, rounded up: nobody is told less than it costs.
#[must_use]
pub const fn rupiah(sen: i64) -> i64 {
    (sen + SEN - 1).div_euclid(SEN)
}

/// The price of many, in sen.
#[must_use]
pub fn cost(messages: u64, sen: i64) -> i64 {
    i64::try_from(messages).unwrap_or(i64::MAX).saturating_mul(sen)
}
