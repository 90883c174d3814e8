//! The two hashes under everything that is released by chance, and how 32 bytes are written in what is published.
//!
//! A purpose stands in front of whatever is hashed, so that a value made for one use never fits another.

use std::fmt;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// 32 bytes: a hash, a key or random bytes.
pub type Hash = [u8; 32];

/// SHA-256 over a purpose and parts. Before each of them stands its length in bytes, as eight bytes, highest first: no
/// two lists of parts are hashed as the same bytes.
#[must_use]
pub fn hash(purpose: &str, parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// SHA-256 over bytes as they are, for what people compare with tools of their own.
#[must_use]
pub fn plain(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// HMAC-SHA256 under one key for one purpose. Made once and asked often: the key is worked in only once.
pub struct Keyed(Hmac<Sha256>);

impl Keyed {
    /// Under that key. The purpose and a zero byte stand before the numbers.
    #[must_use]
    pub fn new(key: &Hash, purpose: &str) -> Self {
        // A key of exactly one block: RFC 2104 fills shorter keys up with zeros, so that this is the same HMAC.
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        let mut mac = Hmac::new(&block);
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        Self(mac)
    }

    /// Of numbers, each as eight bytes, highest first.
    #[must_use]
    pub fn of(&self, numbers: &[u64]) -> Hash {
        let mut mac = self.0.clone();
        for number in numbers {
            mac.update(&number.to_be_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Keyed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyed(…)")
    }
}

/// 32 bytes as they are published: 64 hex characters in small letters, and read in no other form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hex(pub Hash);

impl Hex {
    /// Reads exactly 64 hex characters in small letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()?))
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not 64 hex characters in small letters"))
    }
}

#[cfg(test)]
mod tests;
