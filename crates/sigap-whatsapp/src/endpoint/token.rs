//! The token of a form's message: for whom it was sent, by which of our numbers, which form in which language, until when. Signed, so
//! that nothing has to be kept until the form is filled in.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use sigap_core::ids::{OfficeId, OutboxId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::FormName;
use subtle::ConstantTimeEq;

use crate::mac;

/// The version in front. Raise it when the fields change: older forms then say that they are over.
const VERSION: &str = "1";
/// Between the fields; no character of any of them.
const SEPARATOR: char = '.';
/// Bytes of the signature that are kept: 128 bits.
const SIGNATURE_BYTES: usize = 16;

/// What a token says.
#[derive(Clone, PartialEq, Eq)]
pub struct FormToken {
    /// The office that sent the form.
    pub office: OfficeId,
    /// To whom.
    pub person: PersonId,
    /// By which of our numbers.
    pub number: String,
    /// The message: what makes the token one of a kind, and lets it be used once.
    pub message: OutboxId,
    /// Which form.
    pub form: FormName,
    /// In which language.
    pub language: Language,
    /// From then on the form is over.
    pub until: Timestamp,
}

/// The key that signs tokens.
#[derive(Clone)]
pub struct FormTokenKey(Hmac<Sha256>);

impl FormTokenKey {
    /// Prepares the key; any length, but use 32 random bytes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self(mac::keyed(secret).chain_update(b"sigap form token\0"))
    }

    /// The token as it travels: letters, digits, dots, dashes.
    #[must_use]
    pub fn sign(&self, token: &FormToken) -> String {
        let said = format!(
            "{VERSION}.{}.{}.{}.{}.{}.{}.{}",
            token.office,
            token.person,
            token.number,
            token.message,
            token.form.name(),
            token.language.code(),
            token.until.as_second(),
        );
        format!("{said}{SEPARATOR}{}", self.signature(&said))
    }

    /// What a token says that came back; `None` when it is not ours, or not of this version. Whether it is over is for the caller.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<FormToken> {
        let (said, signature) = token.rsplit_once(SEPARATOR)?;
        if !bool::from(self.signature(said).as_bytes().ct_eq(signature.as_bytes())) {
            return None;
        }
        let fields: Vec<&str> = said.split(SEPARATOR).collect();
        let [version, office, person, number, message, form, language, until] = fields.as_slice() else {
            return None;
        };
        if *version != VERSION {
            return None;
        }
        Some(FormToken {
            office: OfficeId(office.parse().ok()?),
            person: PersonId(person.parse().ok()?),
            number: (*number).to_owned(),
            message: OutboxId(message.parse().ok()?),
            form: FormName::from_name(form)?,
            language: Language::ALL.into_iter().find(|known| known.code() == *language)?,
            until: Timestamp::from_second(until.parse().ok()?).ok()?,
        })
    }

    fn signature(&self, said: &str) -> String {
        let digest = self.0.clone().chain_update(said.as_bytes()).finalize().into_bytes();
        let kept: Vec<u8> = digest.iter().copied().take(SIGNATURE_BYTES).collect();
        BASE64URL_NOPAD.encode(&kept)
    }
}

impl fmt::Debug for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FormToken({}, …)", self.form.name())
    }
}

impl fmt::Debug for FormTokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormTokenKey(…)")
    }
}

#[cfg(test)]
mod tests;
