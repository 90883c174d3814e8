//! What a phone and a form's endpoint send each other: the request closed with the number's public key and signed, the answer under the key of
//! the request. Written after Meta's description, without a line of the other side.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::consts::U16;
use aes_gcm::{AesGcm, Nonce};
use bytes::Bytes;
use data_encoding::BASE64;
use rsa::pkcs8::DecodePublicKey;
use rsa::rand_core::{Infallible, TryCryptoRng, TryRng};
use rsa::{Oaep, RsaPublicKey};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::chance::Chance;
use crate::signature;

type Cipher = AesGcm<Aes128, U16>;

/// Phones that ask the endpoint of one number, for load without a chat.
pub struct FormPhones {
    key: RsaPublicKey,
    app_secret: String,
    chance: Chance,
}

impl FormPhones {
    /// With the number's public key as text (PEM); `None` for anything but RSA of 2048 bits.
    #[must_use]
    pub fn new(public_key: &str, app_secret: &str, seed: u64) -> Option<Self> {
        Some(Self {
            key: read_public_key(public_key)?,
            app_secret: app_secret.to_owned(),
            chance: Chance::new(seed),
        })
    }

    /// A request with this inside.
    #[must_use]
    pub fn close(&self, inside: &Value) -> Option<FormRequest> {
        close(&self.key, &self.app_secret, &self.chance, inside)
    }
}

/// A closed and signed request.
pub struct FormRequest {
    /// What is sent.
    pub body: Bytes,
    /// The value of `X-Hub-Signature-256`.
    pub signature: String,
    cipher: Cipher,
    iv: [u8; 16],
}

impl FormRequest {
    /// What the answer to this request says; `None` when it is not closed as it should be.
    #[must_use]
    pub fn open(&self, answer: &[u8]) -> Option<Value> {
        let answer = BASE64.decode(answer).ok()?;
        let iv = Nonce::<U16>::from(self.iv.map(|byte| !byte));
        let opened = self.cipher.decrypt(&iv, answer.as_slice()).ok()?;
        serde_json::from_slice(&opened).ok()
    }
}

/// Closes and signs what a phone says.
pub(crate) fn close(key: &RsaPublicKey, app_secret: &str, chance: &Chance, inside: &Value) -> Option<FormRequest> {
    let mut rng = FormChance(chance);
    let (aes, iv) = (rng.block(), rng.block());
    let cipher = Cipher::new(&aes.into());
    let closed = cipher
        .encrypt(&Nonce::<U16>::from(iv), inside.to_string().as_bytes())
        .ok()?;
    let closed_key = key.encrypt(&mut rng, Oaep::<Sha256>::new(), &aes).ok()?;
    let body = json!({
        "encrypted_flow_data": BASE64.encode(&closed),
        "encrypted_aes_key": BASE64.encode(&closed_key),
        "initial_vector": BASE64.encode(&iv),
    });
    let body = Bytes::from(body.to_string());
    Some(FormRequest {
        signature: signature::sign(app_secret, &body),
        body,
        cipher,
        iv,
    })
}

/// The key that an office uploads; `None` for anything but RSA of 2048 bits.
pub(crate) fn read_public_key(pem: &str) -> Option<RsaPublicKey> {
    use rsa::traits::PublicKeyParts;
    let key = RsaPublicKey::from_public_key_pem(pem.trim()).ok()?;
    (key.size() == 256).then_some(key)
}

/// The emulator's chance as a library wants it. What it closes are made-up people's made-up words.
#[derive(Clone, Copy)]
struct FormChance<'a>(&'a Chance);

impl FormChance<'_> {
    fn block(self) -> [u8; 16] {
        let [one, two] = [self.0.next().to_be_bytes(), self.0.next().to_be_bytes()];
        std::array::from_fn(|at| one.iter().chain(&two).nth(at).copied().unwrap_or_default())
    }
}

impl TryRng for FormChance<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let [.., a, b, c, d] = self.0.next().to_be_bytes();
        Ok(u32::from_be_bytes([a, b, c, d]))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            for (byte, new) in chunk.iter_mut().zip(self.0.next().to_be_bytes()) {
                *byte = new;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for FormChance<'_> {}
