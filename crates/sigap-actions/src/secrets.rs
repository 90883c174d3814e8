//! What staff prove themselves with: passwords and the codes of a generator. Pure computing; nothing here waits for a store.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::Timestamp;
use sigap_store::Fault;
use totp_rs::{Builder, Secret};

/// A hash that no password fits, of the same cost as a real one: whoever asks for an unknown address waits as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2lnYXAgbm9ib2R5IGhlcmU$R2VuYXBrYW4gMzIgYnl0ZSB1bnR1ayBzaWdhcCAhISE";
/// Codes before and after the present one that count too: clocks of phones differ (RFC 6238, section 5.2).
const SKEW: u16 = 1;
/// Seconds of one code.
const STEP: u64 = 30;

/// Hashes a password with Argon2id, 19 MiB and two passes (OWASP, Password Storage). Takes tens of milliseconds: never within
/// a transaction.
///
/// # Errors
/// When it cannot be hashed.
pub fn hash_password(password: &str, salt: [u8; 16]) -> Result<String, Fault> {
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| Fault::Broken("a password could not be hashed".into()))?;
    Ok(hash.to_string())
}

/// Whether the password fits the hash; with an empty hash the same work is done and nothing fits.
#[must_use]
pub fn fits(password: &str, hash: &str) -> bool {
    let (hash, is_somebody) = if hash.is_empty() { (NOBODY, false) } else { (hash, true) };
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && is_somebody
}

/// The step of a code that is right now, when it is later than the last one used: each code counts once.
#[must_use]
pub fn step_of(secret: &str, code: &str, last: u64, now: Timestamp) -> Option<u64> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let generator = Builder::new().with_secret(secret).with_skew(SKEW).build().ok()?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let second = u64::try_from(now.as_second()).ok()?;
    let present = second / STEP;
    let skew = u64::from(SKEW);
    (present.saturating_sub(skew)..=present + skew)
        .find(|step| *step > last && generator.generate(step * STEP).to_string() == digits)
}

/// A new secret for a generator, base32 of 160 bits (RFC 4226, section 4).
#[must_use]
pub fn code_secret(random: [u8; 20]) -> String {
    data_encoding::BASE32_NOPAD.encode(&random)
}

/// What a generator app reads from a picture.
#[must_use]
pub fn code_address(secret: &str, email: &str, issuer: &str) -> String {
    let (email, issuer) = (escaped(email), escaped(issuer));
    format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}")
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The code of this moment; for tests and the demo, which has no phone.
///
/// # Errors
/// When the secret is none.
pub fn code_now(secret: &str, now: Timestamp) -> Option<String> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let generator = Builder::new().with_secret(secret).with_skew(SKEW).build().ok()?;
    Some(generator.generate(u64::try_from(now.as_second()).ok()?).to_string())
}

#[cfg(test)]
mod tests;
