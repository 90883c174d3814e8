//! The ids on our buttons and rows: versioned and signed, so that a tap can be believed. Knows no choice by name.
//!
//! An id looks like `1~status~x7Qk2wEa`: version, choice, a short signature. Citizens cannot write one by hand;
//! an id of an older version or of another system is answered by the words that stood on the button.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::mac;

/// The version in front of every id. Raise it when the meaning of choices changes, never when words change.
const VERSION: &str = "1";
/// Between the three parts. Not a character of choice names.
const SEPARATOR: char = '~';
/// Bytes of the signature that are kept: 48 bits; a guess costs a WhatsApp message each.
const SIGNATURE_BYTES: usize = 6;
/// Characters that version, separators and signature add to a choice.
pub const ROUTING_OVERHEAD_CHARS: usize = 11;

/// The key that signs choices.
#[derive(Clone)]
pub struct RoutingKey(Hmac<Sha256>);

impl RoutingKey {
    /// Prepares the key; any length, but use 32 random bytes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        // The purpose is mixed in, so that one secret may serve several purposes.
        Self(mac::keyed(secret).chain_update(b"sigap choice\0"))
    }

    /// The id to send for a choice.
    #[must_use]
    pub fn sign(&self, choice: &str) -> String {
        format!(
            "{VERSION}{SEPARATOR}{choice}{SEPARATOR}{}",
            self.short_signature(choice)
        )
    }

    /// The choice behind an id that came back; `None` when it is not ours or of another version.
    #[must_use]
    pub fn verify<'id>(&self, id: &'id str) -> Option<&'id str> {
        let rest = id.strip_prefix(VERSION)?.strip_prefix(SEPARATOR)?;
        let (choice, signature) = rest.rsplit_once(SEPARATOR)?;
        let expected = self.short_signature(choice);
        bool::from(expected.as_bytes().ct_eq(signature.as_bytes())).then_some(choice)
    }

    fn short_signature(&self, choice: &str) -> String {
        let digest = self
            .0
            .clone()
            .chain_update(VERSION.as_bytes())
            .chain_update([0])
            .chain_update(choice.as_bytes())
            .finalize()
            .into_bytes();
        let kept: Vec<u8> = digest.iter().copied().take(SIGNATURE_BYTES).collect();
        BASE64URL_NOPAD.encode(&kept)
    }
}

impl fmt::Debug for RoutingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoutingKey(…)")
    }
}

#[cfg(test)]
mod tests;
