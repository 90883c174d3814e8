//! Birth dates as people write them: `12031990`, `12-03-1990`, `12/3/90`, `12 Maret 1990`, `1990-03-12`.

use jiff::civil::Date;
use sigap_understand::spelling::is_within_one_slip;

/// Parts of a text that are looked at.
const PARTS_MAX: usize = 24;
/// Nobody who applies was born earlier.
const YEAR_MIN: i16 = 1900;
/// Letters of a month's name that is cut short: *agus*, *sept*. What is longer is written out, or no month: *Maria*, *Novianti*.
const SHORT_MONTH_LETTERS_MAX: usize = 4;
const MONTHS: [&str; 23] = [
    "januari",
    "january",
    "februari",
    "pebruari",
    "february",
    "maret",
    "march",
    "april",
    "mei",
    "may",
    "juni",
    "june",
    "juli",
    "july",
    "agustus",
    "august",
    "september",
    "oktober",
    "october",
    "november",
    "nopember",
    "desember",
    "december",
];

#[derive(Clone, Copy, Default)]
enum Part {
    #[default]
    Other,
    Number {
        value: u32,
        digits: usize,
    },
    Month(i8),
}

/// The birth date in a text; `None` when there is none, or when it lies in the future.
///
/// Day comes before month, as everywhere in Indonesia. A year of two digits is the latest one that is not in the future.
#[must_use]
pub fn read(text: &str, today: Date) -> Option<Date> {
    let mut parts = [Part::Other; PARTS_MAX];
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    for (place, word) in parts.iter_mut().zip(words) {
        *place = part(word);
    }
    (0..PARTS_MAX).find_map(|at| date_at(parts.get(at..)?, today))
}

fn date_at(parts: &[Part], today: Date) -> Option<Date> {
    let (day, month, year) = match *parts {
        [Part::Number { value, digits: 8 }, ..] => {
            return checked(value / 1_000_000, value / 10_000 % 100, value % 10_000, today)
                .or_else(|| checked(value % 100, value / 100 % 100, value / 10_000, today));
        }
        [Part::Number { value, digits: 6 }, ..] => (value / 10_000, value / 100 % 100, full_year(value % 100, today)),
        [
            Part::Number { value: year, digits: 4 },
            Part::Number { value: month, .. },
            Part::Number { value: day, .. },
            ..,
        ]
        | [
            Part::Number { value: year, digits: 4 },
            Part::Number { value: day, .. },
            Part::Number { value: month, .. },
            ..,
        ] if (1..=12).contains(&month) => (day, month, year),
        [
            Part::Number {
                value: day,
                digits: 1 | 2,
            },
            Part::Number {
                value: month,
                digits: 1 | 2,
            },
            Part::Number { value: year, digits },
            ..,
        ] => (day, month, year_of(year, digits, today)?),
        // *Agus 15-08-1985*: a month before a whole date is a name.
        [
            Part::Month(_),
            Part::Number { .. },
            Part::Number { .. },
            Part::Number { .. },
            ..,
        ] => return None,
        [
            Part::Number {
                value: day,
                digits: 1 | 2,
            },
            Part::Month(month),
            Part::Number { value: year, digits },
            ..,
        ]
        | [
            Part::Month(month),
            Part::Number {
                value: day,
                digits: 1 | 2,
            },
            Part::Number { value: year, digits },
            ..,
        ] => (day, u32::try_from(month).ok()?, year_of(year, digits, today)?),
        _ => return None,
    };
    checked(day, month, year, today)
}

fn checked(day: u32, month: u32, year: u32, today: Date) -> Option<Date> {
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    (date <= today && date.year() >= YEAR_MIN).then_some(date)
}

fn year_of(value: u32, digits: usize, today: Date) -> Option<u32> {
    match digits {
        4 => Some(value),
        2 => Some(full_year(value, today)),
        _ => None,
    }
}

fn full_year(two_digits: u32, today: Date) -> u32 {
    let this_year = u32::try_from(today.year()).unwrap_or(2000);
    let century = this_year / 100 * 100;
    if century + two_digits > this_year {
        century - 100 + two_digits
    } else {
        century + two_digits
    }
}

fn part(word: &str) -> Part {
    if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 8 {
        return word.parse().map_or(Part::Other, |value| Part::Number {
            value,
            digits: word.len(),
        });
    }
    month(word).map_or(Part::Other, Part::Month)
}

/// The number of a month by its name, long or short: they differ in their first three letters, in Indonesian and in English.
/// One letter too many, too few or wrong is forgiven in a long name.
pub(super) fn month(word: &str) -> Option<i8> {
    let small = word.to_lowercase();
    let is_month = small.chars().count() <= SHORT_MONTH_LETTERS_MAX
        || MONTHS.iter().any(|month| is_within_one_slip(&small, month));
    if !is_month {
        return None;
    }
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let start = [letters.next(), letters.next(), letters.next()].map(|letter| letter.unwrap_or(' '));
    Some(match start {
        ['j', 'a', 'n'] => 1,
        ['f' | 'p', 'e', 'b'] => 2,
        ['m', 'a', 'r'] => 3,
        ['a', 'p', 'r'] => 4,
        ['m', 'e', 'i'] | ['m', 'a', 'y'] => 5,
        ['j', 'u', 'n'] => 6,
        ['j', 'u', 'l'] => 7,
        ['a', 'g', 'u' | 't' | 's'] | ['a', 'u', 'g'] => 8,
        ['s', 'e', 'p'] => 9,
        ['o', 'k' | 'c', 't'] => 10,
        ['n', 'o', 'v' | 'p'] => 11,
        ['d', 'e', 's' | 'c'] => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
