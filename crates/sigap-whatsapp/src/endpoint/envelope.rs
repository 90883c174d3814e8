//! The envelope of a form's requests: RSA-OAEP for the key, AES-128-GCM for the body, and the answer under the same key with every bit
//! of the IV turned over (Meta, flows, implementing your endpoint). Knows nothing of what is inside.

use std::fmt;

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::consts::U16;
use aes_gcm::{AesGcm, Nonce};
use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::rand_core::{Infallible, TryCryptoRng, TryRng};
use rsa::traits::PublicKeyParts;
use rsa::{Oaep, RsaPrivateKey};
use serde::Deserialize;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::mac;

/// Bits of a key; Meta takes no others.
const KEY_BITS: usize = 2_048;
/// Bytes of the AES key and of the IV. GCM usually has 12; this one has 16.
const BLOCK: usize = 16;
/// The cipher with its unusual IV.
type Cipher = AesGcm<Aes128, U16>;

/// The private key of our endpoint. Its public half is uploaded for every number.
#[derive(Clone)]
pub struct EndpointKey(RsaPrivateKey);

/// A file that holds no key for forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no RSA key of 2048 bits in PKCS #8 form")]
pub struct BadKey;

/// Why an envelope stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpened {
    /// It is none.
    Unreadable,
    /// Closed with another key than ours, or changed on the way: the phone fetches our public key anew and tries once more (421).
    WrongKey,
}

/// What was inside, and how to answer.
pub struct Opened {
    /// The body.
    pub body: Zeroizing<Vec<u8>>,
    /// Closes the answer.
    pub reply: ReplyKey,
}

/// Closes one answer.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct ReplyKey {
    key: [u8; BLOCK],
    iv: [u8; BLOCK],
}

#[derive(Deserialize)]
struct Envelope {
    encrypted_flow_data: String,
    encrypted_aes_key: String,
    initial_vector: String,
}

impl EndpointKey {
    /// A new key from 32 random bytes.
    ///
    /// # Errors
    /// When no primes were found, which does not happen.
    pub fn generate(seed: [u8; 32]) -> Result<Self, BadKey> {
        let key = RsaPrivateKey::new(&mut Chance::new(seed), KEY_BITS);
        key.map(Self).map_err(|_| BadKey)
    }

    /// Reads a private key in PKCS #8 form, as `to_pem` writes it.
    ///
    /// # Errors
    /// A text that is no such key.
    pub fn from_pem(text: &str) -> Result<Self, BadKey> {
        let key = RsaPrivateKey::from_pkcs8_pem(text.trim()).map_err(|_| BadKey)?;
        if key.size() * 8 != KEY_BITS {
            return Err(BadKey);
        }
        Ok(Self(key))
    }

    /// For the file that keeps it.
    ///
    /// # Errors
    /// When it cannot be written down, which does not happen.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, BadKey> {
        let text = self.0.to_pkcs8_pem(LineEnding::LF).map_err(|_| BadKey)?;
        Ok(text)
    }

    /// The half that Meta gets, `BEGIN PUBLIC KEY`.
    ///
    /// # Errors
    /// When it cannot be written down, which does not happen.
    pub fn public_pem(&self) -> Result<String, BadKey> {
        let text = self.0.to_public_key().to_public_key_pem(LineEnding::LF);
        text.map_err(|_| BadKey)
    }

    /// Opens the body of a request. `seed` is 32 random bytes: they blind the private key, so that how long it takes tells nothing of it.
    ///
    /// # Errors
    /// What is no envelope, or is not for this key.
    pub fn open(&self, body: &[u8], seed: [u8; 32]) -> Result<Opened, NotOpened> {
        let envelope: Envelope = serde_json::from_slice(body).map_err(|_| NotOpened::Unreadable)?;
        let bytes = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| NotOpened::Unreadable);
        let closed_key = bytes(&envelope.encrypted_aes_key)?;
        let iv = block(&bytes(&envelope.initial_vector)?).ok_or(NotOpened::Unreadable)?;
        let closed_body = bytes(&envelope.encrypted_flow_data)?;
        let key = self
            .0
            .decrypt_blinded(&mut Chance::new(seed), Oaep::<Sha256>::new(), &closed_key)
            .map(Zeroizing::new)
            .map_err(|_| NotOpened::WrongKey)?;
        let key = block(&key).ok_or(NotOpened::WrongKey)?;
        let opened = Cipher::new(&key.into())
            .decrypt(&Nonce::<U16>::from(iv), closed_body.as_slice())
            .map_err(|_| NotOpened::WrongKey)?;
        Ok(Opened {
            body: Zeroizing::new(opened),
            reply: ReplyKey { key, iv },
        })
    }
}

impl ReplyKey {
    /// The answer as it travels. Used up, since one IV must close one text only.
    ///
    /// # Errors
    /// `None` for an answer of many gigabytes, which is never made.
    #[must_use]
    pub fn close(self, answer: &[u8]) -> Option<String> {
        let iv = self.iv.map(|byte| !byte);
        let closed = Cipher::new(&self.key.into())
            .encrypt(&Nonce::<U16>::from(iv), answer)
            .ok()?;
        Some(BASE64.encode(&closed))
    }
}

fn block(bytes: &[u8]) -> Option<[u8; BLOCK]> {
    bytes.try_into().ok()
}

/// Random numbers made from 32 random bytes: HMAC of a counter. Lets chance be handed in as a value.
struct Chance {
    key: Hmac<Sha256>,
    counter: u64,
    left: Vec<u8>,
}

impl Chance {
    fn new(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        Self {
            key: mac::keyed(&*seed).chain_update(b"sigap form key\0"),
            counter: 0,
            left: Vec::new(),
        }
    }

    fn byte(&mut self) -> u8 {
        if let Some(byte) = self.left.pop() {
            return byte;
        }
        let block = self.key.clone().chain_update(self.counter.to_be_bytes()).finalize();
        self.counter = self.counter.wrapping_add(1);
        self.left = block.into_bytes().to_vec();
        self.left.pop().unwrap_or_default()
    }
}

impl TryRng for Chance {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for byte in bytes {
            *byte = self.byte();
        }
        Ok(())
    }
}

impl TryCryptoRng for Chance {}

// Keys and what they open must not reach a log.

impl fmt::Debug for EndpointKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EndpointKey(…)")
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened(…)")
    }
}

impl fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyKey(…)")
    }
}

#[cfg(test)]
mod tests;
