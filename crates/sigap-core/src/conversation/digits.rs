//! Numbers inside written text: the application number, however it is grouped, and what only looks like one.
//!
//! Nothing here is stored and nothing prints digits.

use std::ops::Range;

use crate::ids::ApplicationNumber;

/// Groups of digits in one text that are looked at.
const GROUPS_MAX: usize = 24;
/// Characters between two groups of one number: `1179 - 0000`.
const GAP_CHARS_MAX: usize = 3;

/// Provinces as they begin a NIK or a family-card number (Kemendagri region codes, 2022 provinces included).
const PROVINCES: [u8; 38] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75,
    76, 81, 82, 91, 92, 93, 94, 95, 96,
];

/// What the digits of a text amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Digits {
    /// No digits worth speaking of.
    None,
    /// Sixteen digits in one run, and where they stand.
    Sixteen(ApplicationNumber, Range<usize>),
    /// One run of another length, with how many digits it has in all.
    Other(usize),
}

/// Looks for an application number. Dates beside it stay outside of it.
pub(super) fn read(text: &str) -> Digits {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Digits::None;
    }
    let groups = groups(text);
    let single = groups.iter().find(|group| group.count == ApplicationNumber::DIGITS);
    if let Some(group) = single {
        return number_at(text, group.range.clone());
    }
    let mut longest = 0;
    let mut rest = groups.as_slice();
    while let Some(first) = rest.first() {
        let (run, after) = rest.split_at(run_length(text, rest));
        let total: usize = run.iter().map(|group| group.count).sum();
        let start = first.range.start;
        longest = longest.max(total);
        let mut sum = 0;
        for group in run {
            sum += group.count;
            // What follows the sixteen may only be a date of its own: 12 03 1990.
            if sum == ApplicationNumber::DIGITS && matches!(total - sum, 0 | 6 | 8) {
                return number_at(text, start..group.range.end);
            }
        }
        rest = after;
    }
    if longest == 0 {
        Digits::None
    } else {
        Digits::Other(longest)
    }
}

/// Whether sixteen digits have the shape of a NIK or a family-card number: province, birth date (women: day + 40), and a
/// sequence from 0001. About 7 in 100 random numbers pass: look the number up before believing it.
#[must_use]
pub(super) fn looks_like_nik(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u16>().ok());
    digits.len() == ApplicationNumber::DIGITS
        && part(0..2).is_some_and(|province| PROVINCES.iter().any(|known| u16::from(*known) == province))
        && part(6..8).is_some_and(|day| matches!(day, 1..=31 | 41..=71))
        && part(8..10).is_some_and(|month| matches!(month, 1..=12))
        && part(12..16).is_some_and(|sequence| sequence != 0)
}

/// Whether a text is a passport number and nothing else: one or two letters, six or seven digits.
#[must_use]
pub(super) fn is_passport_number(text: &str) -> bool {
    let compact = || text.chars().filter(|c| *c != ' ');
    let letters = compact().take_while(char::is_ascii_alphabetic).count();
    let digits = compact().skip(letters).take_while(char::is_ascii_digit).count();
    matches!(letters, 1 | 2) && matches!(digits, 6 | 7) && compact().count() == letters + digits
}

/// The passport number that a text is, or that stands in it as a word, or as a letter and seven digits: *nomor paspor B 1234567*.
/// In capitals, without gaps.
#[must_use]
pub(super) fn passport_number(text: &str) -> Option<String> {
    let written = |text: &str| text.replace(' ', "").to_uppercase();
    if is_passport_number(text) {
        return Some(written(text));
    }
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let whole = words().filter(|word| is_passport_number(word)).find(|word| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        !matches!(letters.as_str(), "rp" | "no" | "hp" | "wa" | "id")
    });
    if let Some(whole) = whole {
        return Some(written(whole));
    }
    let is_letter = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_seven = |word: &str| word.len() == 7 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut pairs = words().zip(words().skip(1));
    let (letter, digits) = pairs.find(|(letter, digits)| is_letter(letter) && is_seven(digits))?;
    Some(written(&format!("{letter}{digits}")))
}

/// Whether a text is a number and words that say no more than what number it is.
#[must_use]
pub(super) fn is_only_labelled(words: &str) -> bool {
    words.split(' ').all(|word| {
        word.bytes().any(|byte| byte.is_ascii_digit())
            || matches!(
                word,
                "nomor"
                    | "no"
                    | "nomer"
                    | "nomornya"
                    | "nomernya"
                    | "number"
                    | "kode"
                    | "kodenya"
                    | "code"
                    | "billing"
                    | "biling"
                    | "paspor"
                    | "pasport"
                    | "passport"
                    | "saya"
                    | "sy"
                    | "ini"
                    | "my"
                    | "is"
                    | "lama"
                    | "baru"
            )
    })
}

/// The text with numbers that look like a NIK made unreadable; `None` when there is none.
pub(super) fn without_nik(text: &str) -> Option<String> {
    let mut hidden: Option<String> = None;
    for group in groups(text) {
        let digits = text.get(group.range.clone()).unwrap_or_default();
        if looks_like_nik(digits) {
            // Bullets have another length than digits, so the text is replaced by value, not by place.
            let known = hidden.get_or_insert_with(|| text.to_owned());
            *known = known.replace(digits, "••••••••••••••••");
        }
    }
    if hidden.is_none()
        && let Digits::Sixteen(number, range) = read(text)
        && looks_like_nik(number.as_str())
    {
        let mut copy = text.to_owned();
        copy.replace_range(range, "••••••••••••••••");
        hidden = Some(copy);
    }
    hidden
}

struct Group {
    range: Range<usize>,
    count: usize,
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_ascii_digit() {
            continue;
        }
        if let Some(group) = groups.last_mut().filter(|group| group.range.end == at) {
            group.range.end = at + 1;
            group.count += 1;
        } else if groups.len() < GROUPS_MAX {
            groups.push(Group {
                range: at..at + 1,
                count: 1,
            });
        } else {
            break;
        }
    }
    groups
}

/// How many groups from the first on belong together, with only spaces, dots, dashes and quotes between them.
fn run_length(text: &str, groups: &[Group]) -> usize {
    let joined = groups.windows(2).take_while(|pair| match pair {
        [left, right] => text.get(left.range.end..right.range.start).is_some_and(is_gap),
        _ => false,
    });
    (1 + joined.count()).min(groups.len())
}

fn is_gap(between: &str) -> bool {
    between.chars().count() <= GAP_CHARS_MAX
        && between
            .chars()
            .all(|c| matches!(c, ' ' | '.' | '-' | '\'' | '’' | '\u{a0}' | '\t' | '\u{2013}'))
}

fn number_at(text: &str, range: Range<usize>) -> Digits {
    let digits: String = text
        .get(range.clone())
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    ApplicationNumber::parse(&digits).map_or(Digits::None, |number| Digits::Sixteen(number, range))
}

#[cfg(test)]
mod tests;
