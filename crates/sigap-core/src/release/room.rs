//! The ticket of a waiting room as a signed text: who shows it needs no row and no sign-in, and cannot make another one.

use data_encoding::BASE32_NOPAD;

use super::hash::{Hash, Keyed};

const PURPOSE: &str = "sigap room ticket";
/// Bytes of the signature: 96 bits cannot be guessed while a room is open.
const SIGNATURE: usize = 12;
/// Bytes of the ticket's number.
const NUMBER: usize = 8;

/// The text of a ticket: whether it was taken before the hour, its number, and a signature.
#[must_use]
pub fn to_token(key: &Hash, ticket: u64, is_before: bool) -> String {
    let signature = Keyed::new(key, PURPOSE).of(&[ticket, u64::from(is_before)]);
    let mut bytes = vec![u8::from(is_before)];
    bytes.extend(ticket.to_be_bytes());
    bytes.extend(signature.iter().take(SIGNATURE));
    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
}

/// The ticket of a text: its number and whether it was taken before the hour; `None` when we did not sign it.
#[must_use]
pub fn from_token(key: &Hash, token: &str) -> Option<(u64, bool)> {
    let bytes = BASE32_NOPAD.decode(token.to_ascii_uppercase().as_bytes()).ok()?;
    let (kind, rest) = bytes.split_first()?;
    let (number, _) = rest.split_at_checked(NUMBER)?;
    let ticket = u64::from_be_bytes(number.try_into().ok()?);
    let is_before = *kind == 1;
    // A ticket is no secret of a person, and a wrong guess tells nothing: comparing texts is enough.
    (to_token(key, ticket, is_before) == token.to_ascii_lowercase()).then_some((ticket, is_before))
}

#[cfg(test)]
mod tests;
