//! Who a person is to the rules: the NIK where places are scarce, else name, birth date and contact. Only keyed hashes of
//! these are kept (`docs/storage.md`).

use jiff::civil::Date;

use super::Visitor;

/// A national identity number whose shape is right. It lives for one request: nothing stores or prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Nik(String);

impl std::fmt::Debug for Nik {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nik(…)")
    }
}

/// What is wrong with a NIK as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NikProblem {
    /// Not sixteen digits.
    Length {
        /// How many there are.
        digits: usize,
    },
    /// No region, day or serial number can be like that.
    Shape,
    /// The birth date in it is another one than the person's.
    BirthDate,
}

/// Digits of a NIK (Dukcapil: region 6, birth date 6, serial number 4).
const DIGITS: usize = 16;
/// Codes of provinces lie between these two (Kemendagri: 11 Aceh … 96 Papua Barat Daya; room for new ones).
const PROVINCES: std::ops::RangeInclusive<u32> = 11..=99;
/// Added to the day of birth of women.
const WOMEN: u32 = 40;

impl Nik {
    /// Reads a NIK of a person born on that day; spaces and dots between digits do not matter.
    ///
    /// The shape proves nothing: it only finds slips of the finger. Source: dukcapil.klaten.go.id (PP KK CC, DDMMYY with
    /// 40 added to the day for women, four digits from 0001).
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str, born_on: Date) -> Result<Self, NikProblem> {
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}'))
            .collect();
        if digits.len() != DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NikProblem::Length {
                digits: digits.chars().filter(char::is_ascii_digit).count(),
            });
        }
        let part =
            |from: usize, to: usize| -> u32 { digits.get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0) };
        let day = part(6, 8);
        let day = if day > WOMEN { day - WOMEN } else { day };
        let (month, year) = (part(8, 10), part(10, 12));
        let is_shaped = PROVINCES.contains(&part(0, 2))
            && part(2, 4) > 0
            && part(4, 6) > 0
            && (1..=31).contains(&day)
            && (1..=12).contains(&month)
            && part(12, 16) > 0;
        if !is_shaped {
            return Err(NikProblem::Shape);
        }
        let is_birth_date = i64::from(day) == i64::from(born_on.day())
            && i64::from(month) == i64::from(born_on.month())
            && i64::from(year) == i64::from(born_on.year().rem_euclid(100));
        if !is_birth_date {
            return Err(NikProblem::BirthDate);
        }
        Ok(Self(digits))
    }
}

/// What makes a person the same person. Its text is hashed with a key before anything is stored.
#[derive(Clone, PartialEq, Eq)]
pub enum Identity {
    /// By NIK.
    Nik(Nik),
    /// By name, birth date and contact: weaker, enough where there is room.
    Named {
        /// Name.
        visitor: Visitor,
        /// Under which the person writes: the phone number, or WhatsApp's id of the person when the number is withheld.
        contact: String,
    },
    /// By name and birth date alone: a hint that two bookings may be for one person, never a reason to refuse.
    Alike(Visitor),
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nik(_) => "Identity::Nik(…)",
            Self::Named { .. } => "Identity::Named(…)",
            Self::Alike(_) => "Identity::Alike(…)",
        })
    }
}

impl Identity {
    /// The text that is hashed. Kinds never meet.
    #[must_use]
    pub fn hashed_text(&self) -> String {
        match self {
            Self::Nik(nik) => format!("nik {}", nik.0),
            Self::Named { visitor, contact } => {
                format!("named {} {} {contact}", visitor.born_on, plain_name(&visitor.name))
            }
            Self::Alike(visitor) => format!("alike {} {}", visitor.born_on, plain_name(&visitor.name)),
        }
    }
}

/// A name without what differs from one writing to the next: case, marks, titles in abbreviation, doubled spaces.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        let word: String = word
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        if word.is_empty() {
            continue;
        }
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(&word);
    }
    plain
}

#[cfg(test)]
mod tests;
