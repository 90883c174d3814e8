//! The code on the slip from the counter that binds a phone to an application; how it is made and how it is read when a
//! person types it. Whether a code is still good is the store's to say.

use std::fmt;

/// Digits and letters without I, L, O and U: no two look alike on paper, and no common word appears by chance.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight base32 characters, 40 bits (docs/privacy.md). Prints as dots in `Debug`: it is a proof of person until it is used.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SlipCode(String);

impl SlipCode {
    /// How many characters a code has, without the dash it is printed with.
    pub const CHARS: usize = 8;

    /// Makes a code of five bytes from a source of randomness that cannot be foretold.
    #[must_use]
    pub fn from_random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let code = (0..Self::CHARS)
            .rev()
            .filter_map(|place| ALPHABET.get((bits >> (place * 5)) as usize & 31))
            .map(|letter| char::from(*letter))
            .collect();
        Self(code)
    }

    /// Reads what a person typed: any case, with spaces, dashes and dots anywhere, O for 0, I or L for 1.
    ///
    /// `None` unless exactly eight characters of the alphabet remain. Eight digits (a date) and some words of eight
    /// letters read as codes too: ask only where a code is expected.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = String::with_capacity(Self::CHARS);
        for typed in text.chars() {
            let letter = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                separator if separator.is_whitespace() => continue,
                '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' => continue,
                other => other,
            };
            let is_in_alphabet = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
            if !is_in_alphabet || code.len() == Self::CHARS {
                return None;
            }
            code.push(letter);
        }
        (code.len() == Self::CHARS).then_some(Self(code))
    }

    /// The eight characters, upper case, without the dash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As it is printed on the slip: two groups of four.
impl fmt::Display for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(Self::CHARS / 2);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SlipCode(…)")
    }
}

#[cfg(test)]
mod tests;
