//! How a person is addressed. On WhatsApp the phone number is optional; the business-scoped user id is the identity.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The identifiers one inbound message carried. At least one is present.
///
/// Source: Meta, business-scoped user ids (in all message webhooks since April 2026; the phone may be withheld).
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// `CC.` and up to 128 letters and digits; one business portfolio's id of the person.
    pub bsuid: Option<String>,
    /// The parent id, for portfolios that are enrolled.
    pub parent_bsuid: Option<String>,
    /// International digits without plus, as WhatsApp writes `wa_id`.
    pub phone: Option<String>,
    /// The name the person shows; a claim, never a proof.
    pub name: Option<String>,
    /// The chosen user name, without `@`.
    pub username: Option<String>,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact")
            .field("bsuid", &self.bsuid.is_some())
            .field("phone", &self.phone.is_some())
            .finish_non_exhaustive()
    }
}

/// Digits of an international phone number: E.164 allows 15, and no country has mobile numbers shorter than 8 with its code.
const PHONE_DIGITS: RangeInclusive<usize> = 8..=15;

/// A phone number as it is dialled from everywhere: its digits, with Indonesia's code in the place of the zero.
#[must_use]
pub fn international(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('0') {
        Some(rest) => format!("62{rest}"),
        None => digits,
    }
}

impl Contact {
    /// Somebody whose phone number was typed, in the country's way (`0812…`) or the international one; nobody when nothing was typed, and
    /// `None` when it is no phone number.
    #[must_use]
    pub fn of_typed_phone(typed: &str) -> Option<Self> {
        let phone = international(typed);
        let phone = match phone.len() {
            0 if typed.trim().is_empty() => None,
            length if PHONE_DIGITS.contains(&length) => Some(phone),
            _ => return None,
        };
        Some(Self {
            phone,
            ..Self::default()
        })
    }

    /// What is known after hearing from the person again: newer values win, absent ones keep what was known.
    #[must_use]
    pub fn updated_by(&self, newer: &Self) -> Self {
        let pick = |newer: &Option<String>, known: &Option<String>| newer.clone().or_else(|| known.clone());
        Self {
            bsuid: pick(&newer.bsuid, &self.bsuid),
            parent_bsuid: pick(&newer.parent_bsuid, &self.parent_bsuid),
            phone: pick(&newer.phone, &self.phone),
            name: pick(&newer.name, &self.name),
            username: pick(&newer.username, &self.username),
        }
    }

    /// What is known after a move: identifiers given up are forgotten unless a new value replaces them.
    #[must_use]
    pub fn moved_to(&self, previous: &Self, current: &Self) -> Self {
        let keep =
            |known: &Option<String>, gone: &Option<String>| known.clone().filter(|value| Some(value) != gone.as_ref());
        Self {
            bsuid: keep(&self.bsuid, &previous.bsuid),
            parent_bsuid: keep(&self.parent_bsuid, &previous.parent_bsuid),
            phone: keep(&self.phone, &previous.phone),
            name: self.name.clone(),
            username: self.username.clone(),
        }
        .updated_by(current)
    }
}

#[cfg(test)]
mod tests;
