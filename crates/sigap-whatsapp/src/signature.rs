//! Proves that a webhook body comes from Meta: `X-Hub-Signature-256` over the exact raw bytes. Does not parse the body.

use std::fmt;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::mac;

/// The name of the header that carries the signature.
pub const HEADER: &str = "x-hub-signature-256";

/// The app secret, prepared once at start.
#[derive(Clone)]
pub struct SignatureKey(Hmac<Sha256>);

impl SignatureKey {
    /// Prepares the app secret (Meta: App settings, Basic, App secret).
    #[must_use]
    pub fn new(app_secret: &[u8]) -> Self {
        Self(mac::keyed(app_secret))
    }

    /// Whether `header` (`sha256=` and 64 hex digits) is the signature of `body`, compared in constant time.
    ///
    /// Hand in the bytes as they came: a body parsed and written again has another signature.
    #[must_use]
    pub fn verify(&self, header: &str, body: &[u8]) -> bool {
        let Some(hex) = header.trim().strip_prefix("sha256=") else {
            return false;
        };
        let Ok(claimed) = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()) else {
            return false;
        };
        self.0.clone().chain_update(body).verify_slice(&claimed).is_ok()
    }

    /// The header value for `body`, as Meta would send it. The emulator and tests sign with it.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        let digest = self.0.clone().chain_update(body).finalize().into_bytes();
        format!("sha256={}", HEXLOWER.encode(&digest))
    }
}

impl fmt::Debug for SignatureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignatureKey(…)")
    }
}

/// Whether the verify token of Meta's GET request is ours, compared in constant time (the length may show).
#[must_use]
pub fn token_matches(given: &str, expected: &str) -> bool {
    !expected.is_empty() && bool::from(given.as_bytes().ct_eq(expected.as_bytes()))
}

#[cfg(test)]
mod tests;
