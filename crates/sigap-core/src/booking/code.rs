//! Codes that people read out and type: the booking code, and the eight digits of the dialogue of 2017.

use serde::{Deserialize, Serialize};

/// Letters and digits that cannot be taken for one another: without 0, 1, I, L, O and U.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code: 30^8 is 6.6 × 10¹¹, so guessing one of ten thousand live ones takes sixty million tries.
const LENGTH: usize = 8;

/// The code of a booking, unique at its office. Shown as `K7QX-M2PD`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BookingCode(String);

impl BookingCode {
    /// Makes a code from random bytes that are handed in.
    #[must_use]
    pub fn from_random(random: [u8; 16]) -> Self {
        let mut value = u128::from_be_bytes(random);
        let base = u128::try_from(ALPHABET.len()).unwrap_or(1);
        let code = (0..LENGTH)
            .map(|_| {
                let place = usize::try_from(value % base).unwrap_or_default();
                value /= base;
                char::from(*ALPHABET.get(place).unwrap_or(&b'2'))
            })
            .collect();
        Self(code)
    }

    /// Reads a code as people type it: small letters, spaces and dashes do not matter. `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let is_code = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        is_code.then_some(Self(code))
    }

    /// The eight characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In two groups of four.
    #[must_use]
    pub fn grouped(&self) -> String {
        let (left, right) = self.0.split_at_checked(LENGTH / 2).unwrap_or((&self.0, ""));
        format!("{left}-{right}")
    }
}

/// The approval code of the dialogue of 2017: eight digits that the citizen sends back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApprovalCode(u32);

impl ApprovalCode {
    const COUNT: u32 = 100_000_000;

    /// Makes a code from random bytes that are handed in.
    #[must_use]
    pub const fn from_random(random: [u8; 8]) -> Self {
        // The remainder of a 64-bit number is even to one part in 10^11.
        let code = u64::from_be_bytes(random) % Self::COUNT as u64;
        #[allow(clippy::cast_possible_truncation, reason = "smaller than COUNT")]
        Self(code as u32)
    }

    /// Reads exactly eight digits, spaces allowed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| digits.parse().ok().map(Self)).flatten()
    }
}

impl std::fmt::Display for ApprovalCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

#[cfg(test)]
mod tests;
