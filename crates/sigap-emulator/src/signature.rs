//! The signature under a webhook: `sha256=` and the HMAC-SHA256 of the exact bytes under the app secret.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The value of `X-Hub-Signature-256` for these bytes.
pub(crate) fn sign(app_secret: &str, body: &[u8]) -> String {
    // HMAC takes keys of any length; the branch exists only because the type cannot say so.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body);
    format!("sha256={}", HEXLOWER.encode(&mac.finalize().into_bytes()))
}

/// SHA-256 of a file, as Meta writes it beside the file's id.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
