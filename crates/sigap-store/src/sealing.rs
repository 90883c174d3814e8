//! Sealing of personal data: master key → office key → person key → a key per value, each bound to its row.
//!
//! Scheme (decision 0006, after `docs/storage.md`): a person key is 32 random bytes, kept wrapped in the key store. A
//! value is sealed by AES-256-GCM-SIV under HKDF-SHA256(person key, 16 random bytes of salt, column); the row's identity
//! is authenticated, so a value moved to another row does not open. Look-ups go through HMAC blind indexes.

use std::sync::{Arc, Mutex, PoisonError};

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sigap_core::ids::{OfficeId, PersonId};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::fault::Fault;

/// Version byte of a sealed value.
const VERSION: u8 = 1;
/// Bytes before the ciphertext: version 1, number of the office key 4, salt 16.
const HEAD_BYTES: usize = 21;
/// Sealed values are padded to a multiple of this, so that a stolen file does not tell how long a message was.
const PADDING_BYTES: usize = 64;
/// Random bytes fetched at once: enough for 128 salts.
const RANDOM_AHEAD_BYTES: usize = 2_048;
/// Bytes of a blind index: 128 bits, far beyond any chance collision of all people of a country.
pub const BLIND_BYTES: usize = 16;

/// A keyed hash that finds a row without saying what it holds.
pub type BlindIndex = [u8; BLIND_BYTES];

/// Fills a buffer with random bytes. Handed in, so that tests can replay.
pub type RandomBytes = fn(&mut [u8]) -> Result<(), Fault>;

/// Random bytes from the operating system.
///
/// # Errors
/// `Fault::Refused` when the operating system has none, which on a running machine means a broken set-up.
#[expect(
    clippy::disallowed_methods,
    reason = "the true source of the keys' bytes; tests hand in another"
)]
pub fn system_random(buffer: &mut [u8]) -> Result<(), Fault> {
    getrandom::fill(buffer).map_err(|error| Fault::Refused(format!("no random bytes: {error}")))
}

/// The key-encryption key of an installation, 32 bytes, from the file named by `keys.master`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// Reads 64 hex characters, with any white space around them.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// A fresh key.
    ///
    /// # Errors
    /// As `random`.
    pub fn generate(random: RandomBytes) -> Result<Self, Fault> {
        let mut bytes = [0; 32];
        random(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The 64 hex characters of the file.
    #[must_use]
    pub fn to_hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// A key for another purpose (signatures of buttons, say), so that no key serves two.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut out = [0; 32];
        // HKDF refuses only outputs over 8,160 bytes.
        let _ = Hkdf::<Sha256>::new(Some(b"sigap/derive/v1"), &self.0).expand(purpose.as_bytes(), &mut out);
        out
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// The key of one person at one office. Destroying it erases everything sealed under it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PersonKey([u8; 32]);

/// What a key store has of a person.
#[derive(Clone)]
pub enum Held {
    /// The key.
    Key(PersonKey),
    /// It was destroyed: nothing of the person can be read, and nothing more is sealed for them.
    Destroyed,
    /// There was never one.
    Nothing,
}

impl Held {
    /// As it stands in the key store, where a destroyed key leaves a row without bytes.
    ///
    /// # Errors
    /// As `Sealer::unwrap`.
    pub fn from_row(
        sealer: &Sealer,
        office: OfficeId,
        person: PersonId,
        wrapped: Option<&[u8]>,
    ) -> Result<Self, Fault> {
        match wrapped {
            None => Ok(Self::Nothing),
            Some([]) => Ok(Self::Destroyed),
            Some(wrapped) => sealer.unwrap(office, person, wrapped).map(Self::Key),
        }
    }
}

/// Where a sealed value stands. All of it is authenticated.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The office of the row.
    pub office: OfficeId,
    /// Whose value it is.
    pub person: PersonId,
    /// The row's own key, as bytes.
    pub row: &'a [u8],
    /// `table.column`, also part of the key derivation.
    pub column: &'static str,
}

impl Place<'_> {
    fn authenticated(&self, version: u8) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(18 + self.row.len() + self.column.len());
        bytes.push(version);
        bytes.extend_from_slice(&self.office.0.to_be_bytes());
        bytes.extend_from_slice(&self.person.0.to_be_bytes());
        bytes.push(u8::try_from(self.row.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(self.row);
        bytes.extend_from_slice(self.column.as_bytes());
        bytes
    }
}

/// Seals, opens, wraps and indexes for one installation.
#[derive(Clone)]
pub struct Sealer {
    master: MasterKey,
    index: Hmac<Sha256>,
    random: Arc<Mutex<RandomPool>>,
}

/// Random bytes fetched ahead: a call to the system for each salt would cost as much as the sealing itself.
struct RandomPool {
    source: RandomBytes,
    bytes: Box<[u8; RANDOM_AHEAD_BYTES]>,
    left: usize,
}

impl RandomPool {
    fn take(&mut self, buffer: &mut [u8]) -> Result<(), Fault> {
        if self.left < buffer.len() {
            (self.source)(&mut self.bytes[..])?;
            self.left = RANDOM_AHEAD_BYTES;
        }
        let from = self.left - buffer.len();
        let taken = &mut self.bytes[from..self.left];
        buffer.copy_from_slice(taken);
        // What was handed out is nobody else's any more.
        taken.zeroize();
        self.left = from;
        Ok(())
    }
}

impl Sealer {
    /// Prepares the keys of an installation.
    #[must_use]
    pub fn new(master: MasterKey, random: RandomBytes) -> Self {
        let index = keyed(&master.derive("blind index"));
        let pool = RandomPool {
            source: random,
            bytes: Box::new([0; RANDOM_AHEAD_BYTES]),
            left: 0,
        };
        Self {
            master,
            index,
            random: Arc::new(Mutex::new(pool)),
        }
    }

    /// A poisoned pool still holds unused bytes: handing them out and wiping them cannot be parted by a panic.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Fault> {
        self.random.lock().unwrap_or_else(PoisonError::into_inner).take(buffer)
    }

    /// A number drawn from the source of chance that was handed in, for ids that need not be secret.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn draw_number(&self) -> Result<i64, Fault> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(i64::from_be_bytes(bytes))
    }

    /// A key for a person not seen before.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn new_person_key(&self) -> Result<PersonKey, Fault> {
        let mut bytes = [0; 32];
        self.fill(&mut bytes)?;
        Ok(PersonKey(bytes))
    }

    /// Wraps a person key for the key store: nonce 24, ciphertext 32, tag 16.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn wrap(&self, office: OfficeId, person: PersonId, key: &PersonKey) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0; 24];
        self.fill(&mut nonce)?;
        let owner = owner(office, person);
        let wrapped = self
            .office_cipher(office)
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &key.0,
                    aad: &owner,
                },
            )
            .map_err(|_| Fault::Sealed { column: "person_key" })?;
        Ok([&nonce[..], &wrapped].concat())
    }

    /// Unwraps what `wrap` made.
    ///
    /// # Errors
    /// `Fault::Sealed` when the master key is another one, or the row belongs to somebody else.
    pub fn unwrap(&self, office: OfficeId, person: PersonId, wrapped: &[u8]) -> Result<PersonKey, Fault> {
        let fault = Fault::Sealed { column: "person_key" };
        let (nonce, sealed) = wrapped.split_first_chunk::<24>().ok_or_else(|| fault.clone())?;
        let owner = owner(office, person);
        let opened = self
            .office_cipher(office)
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: sealed,
                    aad: &owner,
                },
            )
            .map_err(|_| fault.clone())?;
        Ok(PersonKey(opened.try_into().map_err(|_| fault)?))
    }

    /// Seals one value under a key of its own.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn seal(&self, key: &PersonKey, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut salt = [0; 16];
        self.fill(&mut salt)?;
        let padded_length = (plain.len() / PADDING_BYTES + 1) * PADDING_BYTES;
        let mut padded = Vec::with_capacity(padded_length);
        padded.extend_from_slice(plain);
        padded.push(0x80);
        padded.resize(padded_length, 0);
        let sealed = value_cipher(key, &salt, place.column).encrypt(
            &Nonce::default(),
            Payload {
                msg: &padded,
                aad: &place.authenticated(VERSION),
            },
        );
        padded.zeroize();
        let sealed = sealed.map_err(|_| Fault::Sealed { column: place.column })?;
        let mut record = Vec::with_capacity(HEAD_BYTES + sealed.len());
        record.push(VERSION);
        record.extend_from_slice(&1_u32.to_be_bytes());
        record.extend_from_slice(&salt);
        record.extend_from_slice(&sealed);
        Ok(record)
    }

    /// Opens what `seal` made for exactly this place.
    ///
    /// # Errors
    /// `Fault::Sealed` when key, place or bytes differ.
    pub fn open(&self, key: &PersonKey, place: Place<'_>, record: &[u8]) -> Result<Vec<u8>, Fault> {
        let fault = || Fault::Sealed { column: place.column };
        let (head, sealed) = record.split_first_chunk::<HEAD_BYTES>().ok_or_else(fault)?;
        let (version, salt) = (head[0], &head[5..]);
        if version != VERSION {
            return Err(fault());
        }
        let mut padded = value_cipher(key, salt, place.column)
            .decrypt(
                &Nonce::default(),
                Payload {
                    msg: sealed,
                    aad: &place.authenticated(version),
                },
            )
            .map_err(|_| fault())?;
        let end = padded
            .iter()
            .rposition(|&byte| byte != 0)
            .filter(|&at| padded.get(at) == Some(&0x80));
        padded.truncate(end.ok_or_else(fault)?);
        Ok(padded)
    }

    /// The blind index of a value in a column: equal values give equal indexes, and only with the master key.
    #[must_use]
    pub fn blind(&self, column: &str, value: &[u8]) -> BlindIndex {
        let mut hash = self.index.clone();
        hash.update(column.as_bytes());
        hash.update(&[0]);
        hash.update(value);
        let full: [u8; 32] = hash.finalize().into_bytes().into();
        let mut index = [0; BLIND_BYTES];
        index.copy_from_slice(&full[..BLIND_BYTES]);
        index
    }

    fn office_cipher(&self, office: OfficeId) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.master.derive(&format!("office {office} version 1")).into())
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

fn owner(office: OfficeId, person: PersonId) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&office.0.to_be_bytes());
    bytes[8..].copy_from_slice(&person.0.to_be_bytes());
    bytes
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new(&(*key).into_key())
}

/// HMAC takes a block-sized key; 32 bytes padded with zeros are the same key by definition of HMAC (RFC 2104).
trait IntoKey {
    fn into_key(self) -> hmac::digest::Key<Hmac<Sha256>>;
}

impl IntoKey for [u8; 32] {
    fn into_key(self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..32].copy_from_slice(&self);
        block
    }
}

fn value_cipher(key: &PersonKey, salt: &[u8], column: &str) -> Aes256GcmSiv {
    let mut value_key = [0; 32];
    // HKDF refuses only outputs over 8,160 bytes.
    let _ = Hkdf::<Sha256>::new(Some(salt), &key.0)
        .expand_multi_info(&[b"sigap/", column.as_bytes(), b"/v1"], &mut value_key);
    let cipher = Aes256GcmSiv::new(&value_key.into());
    value_key.zeroize();
    cipher
}

#[cfg(test)]
mod tests;
