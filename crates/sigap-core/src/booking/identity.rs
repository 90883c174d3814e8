//! Who a person is to the rules: the NIK where places are scarce, else name, birth date and contact. Only keyed hashes of
//! these are kept (`docs/storage.md`).

use jiff::civil::Date;

use super::Visitor;

/// A national identity number whose shape is right. It lives for one request: nothing prints it, and only an intake keeps it, sealed.
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
const PROVINCES: std::ops::RangeInclusive<i16> = 11..=99;
/// Added to the day of birth of women.
const WOMEN: i16 = 40;

impl Nik {
    /// Reads a NIK of a person born on that day; spaces and dots between digits do not matter.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str, born_on: Date) -> Result<Self, NikProblem> {
        let nik = Self::read(text)?;
        if nik.is_of(born_on) {
            Ok(nik)
        } else {
            Err(NikProblem::BirthDate)
        }
    }

    /// Reads a NIK by its shape alone.
    ///
    /// The shape proves nothing: it only finds slips of the finger. Source: dukcapil.klaten.go.id (PP KK CC, DDMMYY with
    /// 40 added to the day for women, four digits from 0001).
    ///
    /// # Errors
    /// What is wrong; never the birth date.
    pub fn read(text: &str) -> Result<Self, NikProblem> {
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}'))
            .collect();
        if digits.len() != DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NikProblem::Length {
                digits: digits.chars().filter(char::is_ascii_digit).count(),
            });
        }
        let nik = Self(digits);
        let has_places = PROVINCES.contains(&nik.part(0, 2)) && nik.part(2, 4) > 0 && nik.part(4, 6) > 0;
        // The year has two digits; a 29th of February may be in one of the centuries alone.
        let (day, month, year) = nik.birth();
        let is_day = [1900, 2000]
            .into_iter()
            .any(|century| Date::new(century + year, month, day).is_ok());
        if has_places && is_day && nik.part(12, 16) > 0 {
            Ok(nik)
        } else {
            Err(NikProblem::Shape)
        }
    }

    /// Whether somebody born on that day can have it.
    #[must_use]
    pub fn is_of(&self, born_on: Date) -> bool {
        self.birth() == (born_on.day(), born_on.month(), born_on.year().rem_euclid(100))
    }

    /// Whether it is that of a woman.
    #[must_use]
    pub fn is_of_woman(&self) -> bool {
        self.part(6, 8) > WOMEN
    }

    /// Its digits, for the one place where it is kept: an intake.
    #[must_use]
    pub(crate) fn digits(&self) -> &str {
        &self.0
    }

    /// Day, month and the last two digits of the year of birth.
    fn birth(&self) -> (i8, i8, i16) {
        let day = self.part(6, 8);
        let day = if day > WOMEN { day - WOMEN } else { day };
        let small = |number: i16| i8::try_from(number).unwrap_or(0);
        (small(day), small(self.part(8, 10)), self.part(10, 12))
    }

    fn part(&self, from: usize, to: usize) -> i16 {
        self.0.get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0)
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
