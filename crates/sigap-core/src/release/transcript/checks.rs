//! The replay of a published draw, check by check, and the sentence for what does not match.

use super::{DOUBLED_WEIGHT_MAX, Hex, Transcript, VERSION, draw};
use super::{ENTRIES_MAX, Entry, EntryId, PARTY_MAX, PUBLIC_VALUE_CHARS_MAX, SLOTS_PER_DAY_MAX};

/// One thing that is compared.
pub struct Check {
    /// What matches when the check passes.
    pub promise: &'static str,
    /// Compares.
    pub run: fn(&Transcript) -> Result<(), Mismatch>,
}

/// All of them, in the order in which they make sense.
pub const CHECKS: &[Check] = &[
    Check {
        promise: "the form is one that this program reads",
        run: version,
    },
    Check {
        promise: "the fingerprint covers everything as it stands",
        run: fingerprint,
    },
    Check {
        promise: "secret and plan fit the commitment from before the first entry",
        run: commitment,
    },
    Check {
        promise: "each entry stands once and keeps the bounds of the draw",
        run: entries,
    },
    Check {
        promise: "the entries fit the root from the closing",
        run: root,
    },
    Check {
        promise: "there is a public value",
        run: public_value,
    },
    Check {
        promise: "the result is the one that the draw gives",
        run: result,
    },
];

/// What a replay found, for people who want to see the sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Entries.
    pub entries: usize,
    /// People of all entries.
    pub people: u64,
    /// Places of the day.
    pub places: u64,
    /// Entries that got places.
    pub winners: usize,
    /// Places given.
    pub places_given: u64,
}

/// What does not match, or is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Another form than this program reads.
    #[error("`version` is {0}, this program reads {VERSION}; take the program of that draw")]
    Version(u8),
    /// The draw has not come so far.
    #[error("`{0}` is not published yet; look again after the draw")]
    Missing(&'static str),
    /// A step that was taken.
    #[error("`{0}` was published and does not change any more")]
    Already(&'static str),
    /// Something was changed after publication, and the fingerprint was not.
    #[error("`sha256` does not fit the rest: something was changed after the draw was published")]
    Fingerprint,
    /// Another secret, or another plan.
    #[error("`secret` and `plan` do not fit `commitment`, which was published before the first entry")]
    Commitment,
    /// More slots than a day has, or a source left out.
    #[error("`plan` has no slots, too many of them, or does not say where the public value comes from")]
    Plan,
    /// Not as many as told.
    #[error("`count` says {told}, but there are {found} entries")]
    Count {
        /// What stands in the record.
        told: u64,
        /// What is there.
        found: usize,
    },
    /// Out of order, twice, or out of bounds.
    #[error(
        "entry `{0}` is out of order, stands twice, or has people, weight or slots that the rules of the draw do not know"
    )]
    Entry(EntryId),
    /// An entry was added, left out or changed after the closing.
    #[error("`entries` do not fit `root`, which was published at the closing")]
    Root,
    /// Empty, too long or of several lines.
    #[error("`public_value` is not one line of 1 to {PUBLIC_VALUE_CHARS_MAX} characters")]
    PublicValue,
    /// Not what the draw gives.
    #[error("`result` is not what the draw gives for these entries, this secret and this public value")]
    Result,
}

/// Replays a draw from its record and nothing else.
///
/// # Errors
/// The first thing that does not match.
pub fn verify(transcript: &Transcript) -> Result<Verified, Mismatch> {
    for check in CHECKS {
        (check.run)(transcript)?;
    }
    let counts = transcript.counts();
    Ok(Verified {
        entries: transcript.entries.len(),
        people: counts.entered.unwrap_or_default().all,
        places: counts.places,
        winners: transcript.result.iter().flat_map(|result| &result.winners).count(),
        places_given: counts.placed.unwrap_or_default().all,
    })
}

fn version(transcript: &Transcript) -> Result<(), Mismatch> {
    holds(transcript.version == VERSION, Mismatch::Version(transcript.version))
}

fn fingerprint(transcript: &Transcript) -> Result<(), Mismatch> {
    let told = transcript.sha256.ok_or(Mismatch::Missing("sha256"))?;
    holds(told == transcript.fingerprint(), Mismatch::Fingerprint)
}

pub(super) fn commitment(transcript: &Transcript) -> Result<(), Mismatch> {
    let plan = &transcript.plan;
    let is_plan = (1..=SLOTS_PER_DAY_MAX).contains(&plan.slots.len()) && !plan.public_value_source.trim().is_empty();
    holds(is_plan, Mismatch::Plan)?;
    let secret = transcript.secret.ok_or(Mismatch::Missing("secret"))?;
    let expected = Hex(super::commitment(&secret.0, plan));
    holds(transcript.commitment == expected, Mismatch::Commitment)
}

fn entries(transcript: &Transcript) -> Result<(), Mismatch> {
    let told = transcript.count.ok_or(Mismatch::Missing("count"))?;
    let found = transcript.entries.len();
    holds(u64::try_from(found) == Ok(told), Mismatch::Count { told, found })?;
    check_entries(&transcript.entries, transcript.plan.slots.len())
}

/// Whether entries are sorted, different, and each within the bounds of the draw.
pub(super) fn check_entries(entries: &[Entry], slots: usize) -> Result<(), Mismatch> {
    let mut before = None;
    for (number, entry) in entries.iter().enumerate() {
        let is_bounded = (1..=PARTY_MAX).contains(&usize::from(entry.places))
            && (1..=DOUBLED_WEIGHT_MAX).contains(&entry.doubled_weight)
            && entry.slots.len() <= slots
            && entry.slots.iter().all(|slot| usize::from(*slot) < slots);
        let is_next = before < Some(entry.id) && number < ENTRIES_MAX;
        holds(is_bounded && is_next, Mismatch::Entry(entry.id))?;
        before = Some(entry.id);
    }
    Ok(())
}

fn root(transcript: &Transcript) -> Result<(), Mismatch> {
    let told = transcript.root.ok_or(Mismatch::Missing("root"))?;
    let found = Hex(draw::tree(&transcript.entries).root());
    holds(told == found, Mismatch::Root)
}

fn public_value(transcript: &Transcript) -> Result<(), Mismatch> {
    let value = transcript.public_value.as_deref();
    check_public_value(value.ok_or(Mismatch::Missing("public_value"))?)
}

pub(super) fn check_public_value(value: &str) -> Result<(), Mismatch> {
    let is_line = (1..=PUBLIC_VALUE_CHARS_MAX).contains(&value.chars().count()) && !value.chars().any(char::is_control);
    holds(is_line, Mismatch::PublicValue)
}

fn result(transcript: &Transcript) -> Result<(), Mismatch> {
    let told = transcript.result.as_ref().ok_or(Mismatch::Missing("result"))?;
    holds(*told == transcript.replay()?, Mismatch::Result)
}

fn holds(is_so: bool, otherwise: Mismatch) -> Result<(), Mismatch> {
    if is_so { Ok(()) } else { Err(otherwise) }
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.promise)
    }
}
