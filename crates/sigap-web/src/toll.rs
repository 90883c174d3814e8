//! A brake for machines that open browsers by the thousand, without a puzzle for anybody: when many more come than people would, a new browser
//! first pays with a second of reckoning, or with twenty seconds of patience where there is no script. Ordinarily nobody meets it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};
use ring::hmac;

/// New browsers a minute in one process above which the toll is due: several times what a busy office sees on its busiest morning.
pub const BROWSERS_PER_MINUTE: usize = 200;
/// Zero bits that the hash must begin with: 16,384 hashes on average, about a second on a cheap phone.
pub const WORK_BITS: u32 = 14;
/// How long whoever has no script waits instead.
pub const PATIENCE: SignedDuration = SignedDuration::from_secs(20);
/// How long a question is good for.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Letters of an answer; longer ones are not looked at.
const ANSWER_LETTERS_MAX: usize = 100;

/// The brake of one process. Questions are signed with a key that all processes have, so any of them takes the answer.
pub struct Toll {
    key: hmac::Key,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// When browsers were opened, of the last minute.
    opened: VecDeque<Timestamp>,
    /// Questions that were paid with already.
    paid: HashMap<String, Timestamp>,
}

impl std::fmt::Debug for Toll {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Toll(…)")
    }
}

impl Toll {
    /// The brake with a key derived from the master key.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
            seen: Mutex::default(),
        }
    }

    /// Counts a browser that is to be opened, and says whether it may: always while few come, else when it has paid.
    pub(crate) fn lets_in(&self, paid: Option<&str>, now: Timestamp) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let minute_ago = now.checked_sub(SignedDuration::from_mins(1)).unwrap_or(now);
        while seen.opened.front().is_some_and(|at| *at <= minute_ago) {
            seen.opened.pop_front();
        }
        if seen.opened.len() >= BROWSERS_PER_MINUTE {
            seen.paid.retain(|_, until| *until > now);
            let Some(question) = paid.and_then(|answer| self.question_of(answer, now)) else {
                return false;
            };
            let until = now.saturating_add(GOOD_FOR).unwrap_or(Timestamp::MAX);
            if seen.paid.insert(question, until).is_some() {
                return false;
            }
        }
        seen.opened.push_back(now);
        true
    }

    /// A question: the second in which it was asked, chance, and our signature over both.
    pub(crate) fn ask(&self, chance: &str, now: Timestamp) -> String {
        let said = format!("{}.{chance}", now.as_second());
        let signature = hmac::sign(&self.key, said.as_bytes());
        format!("{said}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }

    /// The question that an answer pays for: a question of ours, and a number that makes the hash begin with zeros, or patience.
    fn question_of(&self, answer: &str, now: Timestamp) -> Option<String> {
        if answer.len() > ANSWER_LETTERS_MAX {
            return None;
        }
        let (question, number) = answer.split_once('~').unwrap_or((answer, ""));
        let (said, signature) = question.rsplit_once('.')?;
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
        hmac::verify(&self.key, said.as_bytes(), &signature).ok()?;
        let asked_at = Timestamp::from_second(said.split_once('.')?.0.parse().ok()?).ok()?;
        let age = now.duration_since(asked_at);
        let is_paid = (!number.is_empty() && zeros(answer) >= WORK_BITS) || age >= PATIENCE;
        (is_paid && age <= GOOD_FOR).then(|| question.to_owned())
    }
}

/// Zero bits at the beginning of the hash of a text.
fn zeros(text: &str) -> u32 {
    let mut count = 0;
    for byte in digest(&SHA256, text.as_bytes()).as_ref() {
        count += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    count
}

#[cfg(test)]
mod tests;
