//! The published record of a draw. Anybody replays it with `sigap draw verify FILE`, or with a program of their own:
//! docs/fairness.md says every byte.
//!
//! It grows in four steps, and what was published does not change any more. `committed` before the first entry: the plan,
//! and a commitment to plan and secret. `closed` at the closing: count, root, entries, and the secret, told before the
//! public value exists, so that nobody can hold back a result that is not liked. `given`: the public value. `drawn`: the
//! result and the fingerprint of everything.
//!
//! What a transcript alone cannot show: that commitment and root are those that were published in time, that the public
//! value is the true one, and that entries and weights are those of real people. Compare the first two with what was
//! published then, the value with its source, and the own entry with the own proof (`inclusion`).

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::draw::{self, DOUBLED_WEIGHT_MAX, Drawn, Entry, EntryId};
use super::hash::{Hash, Hex, hash, plain};
use crate::limits::{ENTRIES_MAX, PARTY_MAX, PUBLIC_VALUE_CHARS_MAX, SLOTS_PER_DAY_MAX};

pub mod checks;
pub mod counts;
pub mod sample;

pub use checks::{Mismatch, Verified, verify};

/// The version written today.
pub const VERSION: u8 = 1;

const COMMITMENT: &str = "sigap draw commitment";

/// What is drawn for, fixed before the first entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawPlan {
    /// Slug of the office.
    pub office: String,
    /// The service.
    pub service: String,
    /// The day of the opening, at the office.
    pub day: Date,
    /// Where the public value comes from and of which day it is, so that nobody can choose among several.
    pub public_value_source: String,
    /// The slots by number, from 0.
    pub slots: Vec<DrawSlot>,
    /// The places of the whole day, where they are fewer than those of its slots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places_max: Option<u16>,
}

/// One slot of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawSlot {
    /// When it begins, at the office.
    pub at: Time,
    /// People.
    pub places: u16,
}

/// The record. Stored and published as JSON: add fields with a default, never rename, and keep their order, which the
/// fingerprint covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// Of this form.
    pub version: u8,
    /// What is drawn for.
    pub plan: DrawPlan,
    /// Binds the office to plan and secret without telling the secret.
    pub commitment: Hex,
    /// How many entries there are; from the closing on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Root over the entries; from the closing on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Hex>,
    /// The secret; from the closing on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Hex>,
    /// All entries by number; from the closing on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// The public value, exactly as its source published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_value: Option<String>,
    /// The result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Drawn>,
    /// The fingerprint; with the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Hex>,
}

/// What is published before the first entry: SHA-256 over the secret and the plan as compact JSON. Changing anything of the
/// plan afterwards breaks it.
#[must_use]
pub fn commitment(secret: &Hash, plan: &DrawPlan) -> Hash {
    hash(COMMITMENT, &[secret, compact(plan).as_bytes()])
}

impl Transcript {
    /// The first step. `secret` are 32 random bytes that nobody learns before the closing.
    #[must_use]
    pub fn committed(plan: DrawPlan, secret: &Hash) -> Self {
        Self {
            version: VERSION,
            commitment: Hex(commitment(secret, &plan)),
            plan,
            count: None,
            root: None,
            secret: None,
            entries: Vec::new(),
            public_value: None,
            result: None,
            sha256: None,
        }
    }

    /// Closes entries and tells the secret.
    ///
    /// # Errors
    /// When it was closed, the secret is not the one committed to, or an entry breaks its bounds.
    pub fn closed(mut self, secret: &Hash, entries: Vec<Entry>) -> Result<Self, Mismatch> {
        if self.root.is_some() {
            return Err(Mismatch::Already("root"));
        }
        let entries = draw::sorted(entries);
        checks::check_entries(&entries, self.plan.slots.len())?;
        self.count = u64::try_from(entries.len()).ok();
        self.root = Some(Hex(draw::tree(&entries).root()));
        self.secret = Some(Hex(*secret));
        self.entries = entries;
        checks::commitment(&self)?;
        Ok(self)
    }

    /// Takes the public value, once. White space around it is not part of it.
    ///
    /// # Errors
    /// When entries are still open, a value was given, or it is not one line of up to `PUBLIC_VALUE_CHARS_MAX` characters.
    pub fn given(mut self, public_value: &str) -> Result<Self, Mismatch> {
        if self.root.is_none() {
            return Err(Mismatch::Missing("root"));
        }
        if self.public_value.is_some() {
            return Err(Mismatch::Already("public_value"));
        }
        let value = public_value.trim();
        checks::check_public_value(value)?;
        self.public_value = Some(value.to_owned());
        Ok(self)
    }

    /// Draws. Doing it again gives the same.
    ///
    /// # Errors
    /// When entries are not closed or the public value is missing.
    pub fn drawn(mut self) -> Result<Self, Mismatch> {
        self.result = Some(self.replay()?);
        self.sha256 = None;
        self.sha256 = Some(self.fingerprint());
        Ok(self)
    }

    /// What the draw gives by secret, root, public value, entries and plan.
    fn replay(&self) -> Result<Drawn, Mismatch> {
        let secret = self.secret.ok_or(Mismatch::Missing("secret"))?;
        let root = self.root.ok_or(Mismatch::Missing("root"))?;
        let value = self.public_value.as_deref().ok_or(Mismatch::Missing("public_value"))?;
        let seed = draw::seed(&secret.0, &root.0, value);
        let capacities: Vec<u16> = self.plan.slots.iter().map(|slot| slot.places).collect();
        Ok(draw::draw(&seed, &self.entries, &capacities, self.plan.places_max))
    }

    /// SHA-256 of the canonical form: the record as compact JSON, its fields in their order, without `sha256`.
    #[must_use]
    pub fn fingerprint(&self) -> Hex {
        let bare = Self {
            sha256: None,
            ..self.clone()
        };
        Hex(plain(compact(&bare).as_bytes()))
    }

    /// Reads a record, however its JSON is laid out.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// As it is published: laid out for people.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts, numbers and lists only: writing cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// The one way of writing that hashes cover.
fn compact(value: &impl Serialize) -> String {
    // As above: writing cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
