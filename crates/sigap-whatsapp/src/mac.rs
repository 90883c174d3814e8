//! A prepared HMAC-SHA256 key, cloned for each use so that the two key blocks are hashed once. Holds no policy.

use hmac::{Hmac, KeyInit};
use sha2::{Digest, Sha256};

/// The bytes of one SHA-256 block; HMAC pads shorter keys with zeros and hashes longer ones (RFC 2104).
const BLOCK_BYTES: usize = 64;

/// Prepares a key of any length. Cannot fail, unlike the general constructor, because the block is always full.
pub(crate) fn keyed(secret: &[u8]) -> Hmac<Sha256> {
    let mut block = [0_u8; BLOCK_BYTES];
    if secret.len() > BLOCK_BYTES {
        let digest = Sha256::digest(secret);
        for (place, byte) in block.iter_mut().zip(digest.iter()) {
            *place = *byte;
        }
    } else {
        for (place, byte) in block.iter_mut().zip(secret) {
            *place = *byte;
        }
    }
    Hmac::new(&block.into())
}
