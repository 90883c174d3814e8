//! What stands in the QR of a ticket: the visit, signed, so that a door without a network can tell a true one from a made-up
//! one. Who holds the public key can check and cannot sign.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// The form written today; a reader refuses others.
const FORM: &str = "SIGAP1";

/// What a ticket says. No names: whoever comes shows an identity card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketClaims {
    /// Slug of the office.
    pub office: String,
    /// The booking's code.
    pub code: String,
    /// The service.
    pub service: String,
    /// Day and hour at the office, `2026-12-05T08:00`.
    pub at: String,
    /// People.
    pub places: usize,
}

/// Why a text is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketProblem {
    /// Another QR code, or one that was read in part.
    #[error("this is not a ticket of sigap")]
    NoTicket,
    /// Made by somebody else, or changed.
    #[error("the signature does not fit: the ticket was made up or changed")]
    Signature,
    /// The key to check with is not 64 hex characters.
    #[error("the public key is not 64 hex characters")]
    Key,
}

/// Signs tickets (Ed25519, RFC 8032).
pub struct TicketKey(Option<Ed25519KeyPair>);

impl std::fmt::Debug for TicketKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TicketKey(…)")
    }
}

impl TicketKey {
    /// The key of that seed, which is derived from the master key.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        // Any 32 bytes are a seed; the error cannot come.
        Self(Ed25519KeyPair::from_seed_unchecked(seed).ok())
    }

    /// The key to check with, 64 hex characters.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.0
            .as_ref()
            .map(|pair| HEXLOWER.encode(pair.public_key().as_ref()))
            .unwrap_or_default()
    }

    /// The text of a QR code.
    #[must_use]
    pub fn sign(&self, claims: &TicketClaims) -> String {
        let said = claims.said();
        let signature = self
            .0
            .as_ref()
            .map(|pair| BASE64URL_NOPAD.encode(pair.sign(said.as_bytes()).as_ref()))
            .unwrap_or_default();
        format!("{said}|{signature}")
    }
}

/// Bytes of the secret in the address of a case: 128 bits.
const CASE_SECRET_BYTES: usize = 16;

impl TicketKey {
    /// The secret in the address of a case's page. It is reckoned, not kept: the beginning of the signature over office and number.
    #[must_use]
    pub fn case_secret(&self, office: &str, number: &str) -> String {
        let said = format!("SIGAP-CASE|{office}|{number}");
        let secret = self.0.as_ref().map(|pair| {
            let signature = pair.sign(said.as_bytes());
            let begin = signature.as_ref().get(..CASE_SECRET_BYTES).unwrap_or_default();
            BASE64URL_NOPAD.encode(begin)
        });
        secret.unwrap_or_default()
    }

    /// Whether it is the secret of that case, in the same time whatever it is.
    #[must_use]
    pub fn is_case_secret(&self, office: &str, number: &str, secret: &str) -> bool {
        let expected = self.case_secret(office, number);
        let is_known = !expected.is_empty() && expected.len() == secret.len();
        let differs = expected
            .bytes()
            .zip(secret.bytes())
            .fold(0, |differs, (left, right)| differs | (left ^ right));
        is_known && differs == 0
    }
}

impl TicketClaims {
    fn said(&self) -> String {
        let Self {
            office,
            code,
            service,
            at,
            places,
        } = self;
        format!("{FORM}|{office}|{code}|{service}|{at}|{places}")
    }

    /// Reads and checks the text of a QR code with a public key; needs no network and no database.
    ///
    /// # Errors
    /// Why it is no ticket.
    pub fn check(public_key: &str, text: &str) -> Result<Self, TicketProblem> {
        let key = HEXLOWER
            .decode(public_key.trim().to_ascii_lowercase().as_bytes())
            .ok()
            .filter(|key| key.len() == 32)
            .ok_or(TicketProblem::Key)?;
        let (said, signature) = text.trim().rsplit_once('|').ok_or(TicketProblem::NoTicket)?;
        let parts: Vec<&str> = said.split('|').collect();
        let [FORM, office, code, service, at, places] = parts.as_slice() else {
            return Err(TicketProblem::NoTicket);
        };
        let claims = Self {
            office: (*office).to_owned(),
            code: (*code).to_owned(),
            service: (*service).to_owned(),
            at: (*at).to_owned(),
            places: places.parse().map_err(|_| TicketProblem::NoTicket)?,
        };
        let signature = BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .map_err(|_| TicketProblem::NoTicket)?;
        UnparsedPublicKey::new(&ED25519, key)
            .verify(said.as_bytes(), &signature)
            .map_err(|_| TicketProblem::Signature)?;
        Ok(claims)
    }
}

#[cfg(test)]
mod tests;
