//! The trail of what staff did: each line's hash covers the line before, so that nobody changes or removes one unseen.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::ids::{OfficeId, StaffId};

/// A line of the trail: what was done, never to whom in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Counted from 1 in each office, without gaps.
    pub place: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub staff: StaffId,
    /// Past tense: `called`, `signed_in`.
    pub act: String,
    /// An id or a label of ours, no personal data.
    pub subject: String,
}

/// The hash of a line.
pub type Link = [u8; 32];

/// What the first line of an office covers.
pub const START: Link = [0; 32];

/// The hash of a line after another one: SHA-256 over the one before, office, place, time in microseconds, staff, act, subject, each
/// text led by its length, all numbers as eight bytes, the largest first.
#[must_use]
pub fn link(before: &Link, office: OfficeId, act: &Act) -> Link {
    let mut hash = Sha256::new();
    hash.update(b"sigap act 1");
    hash.update(before);
    hash.update(office.0.to_be_bytes());
    hash.update(act.place.to_be_bytes());
    hash.update(act.at.as_microsecond().to_be_bytes());
    hash.update(act.staff.0.to_be_bytes());
    for text in [&act.act, &act.subject] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}

/// What a look at the chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Every line covers the one before; so many lines, and the last hash, to be compared with one that was written down elsewhere.
    Whole {
        /// How many lines.
        lines: u64,
        /// The last hash.
        head: Link,
    },
    /// The first line that is changed or missing.
    Broken {
        /// Its place.
        place: u64,
    },
}

/// Follows the chain line by line; give the lines in their order.
#[derive(Debug, Clone)]
pub struct Follower {
    office: OfficeId,
    head: Link,
    lines: u64,
    broken: Option<u64>,
}

impl Follower {
    /// Before the first line of an office.
    #[must_use]
    pub const fn new(office: OfficeId) -> Self {
        Self {
            office,
            head: START,
            lines: 0,
            broken: None,
        }
    }

    /// Looks at the next line and the hash that stands beside it.
    pub fn follow(&mut self, act: &Act, hash: &Link) {
        if self.broken.is_some() {
            return;
        }
        let expected = self.lines + 1;
        let link = link(&self.head, self.office, act);
        if act.place != expected || link != *hash {
            self.broken = Some(expected);
            return;
        }
        self.lines = expected;
        self.head = link;
    }

    /// What was found.
    #[must_use]
    pub const fn end(&self) -> Chain {
        match self.broken {
            Some(place) => Chain::Broken { place },
            None => Chain::Whole {
                lines: self.lines,
                head: self.head,
            },
        }
    }
}

#[cfg(test)]
mod tests;
