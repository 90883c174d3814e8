//! Numbers that stand for a person or a thing: sixteen digits, billing codes, passports, queue labels.

use std::ops::Range;

use jiff::civil::Date;

use super::words::{self, Kind, Word};

/// Numbers of one kind that are given back.
const FOUND_MAX: usize = 8;
/// Digits of an application number, a NIK, a family card.
const SIXTEEN: usize = 16;
/// Digits of a billing code.
const BILLING_DIGITS: usize = 15;
/// Digits from which a number in groups is a telephone or an account, no date with its hour.
const LONG_NUMBER_DIGITS_MIN: usize = 10;
/// Digits from which a single number is no date.
const SINGLE_NUMBER_DIGITS_MIN: usize = 9;

/// Sixteen digits. Whether they are a NIK is never certain: 3 to 7 in a hundred random numbers look like one.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityNumber(String);

/// As a NIK tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// The day stands as it is.
    Male,
    /// The day has forty added.
    Female,
}

impl std::fmt::Debug for IdentityNumber {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("IdentityNumber(…)")
    }
}

impl IdentityNumber {
    /// The sixteen digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether it can be a NIK: province 11 to 97, day 01–31 or 41–71, month 01–12.
    #[must_use]
    pub fn may_be_nik(&self) -> bool {
        (11..=97).contains(&self.part(0..2)) && self.birth_day().is_some() && (1..=12).contains(&self.part(8..10))
    }

    /// The sex that it tells if it is a NIK.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        self.may_be_nik()
            .then(|| if self.part(6..8) > 40 { Sex::Female } else { Sex::Male })
    }

    /// The birth date that it tells if it is a NIK; of the two centuries the later one that is not after `today`.
    #[must_use]
    pub fn born_on(&self, today: Date) -> Option<Date> {
        let day = self.birth_day().filter(|_| self.may_be_nik())?;
        let (month, year) = (
            i8::try_from(self.part(8..10)).ok()?,
            i16::try_from(self.part(10..12)).ok()?,
        );
        [2000, 1900]
            .into_iter()
            .filter_map(|century| Date::new(century + year, month, day).ok())
            .find(|date| *date <= today)
    }

    fn birth_day(&self) -> Option<i8> {
        match self.part(6..8) {
            day @ 1..=31 => i8::try_from(day).ok(),
            day @ 41..=71 => i8::try_from(day - 40).ok(),
            _ => None,
        }
    }

    fn part(&self, range: Range<usize>) -> u16 {
        self.0.get(range).and_then(|part| part.parse().ok()).unwrap_or(0)
    }
}

/// What a text holds of them.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) sixteen_digits: Vec<IdentityNumber>,
    pub(super) billing_codes: Vec<String>,
    pub(super) passport_numbers: Vec<String>,
    pub(super) queue_labels: Vec<String>,
}

pub(super) fn read(text: &str) -> Numbers {
    let words = words::split(text);
    let mut numbers = Numbers::default();
    for run in runs(&words) {
        if let Some(digits) = whole(&run, SIXTEEN) {
            keep(&mut numbers.sixteen_digits, IdentityNumber(digits));
        } else if let Some(digits) = whole(&run, BILLING_DIGITS) {
            keep(&mut numbers.billing_codes, digits);
        }
    }
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let is_inside = rest.first().is_some_and(|word| word.is_glued)
            && at
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .is_some_and(|word| word.kind != Kind::Mark);
        if is_inside {
            continue;
        }
        if let Some(passport) = passport(rest, text) {
            keep(&mut numbers.passport_numbers, passport);
        } else if let Some(label) = queue_label(rest) {
            keep(&mut numbers.queue_labels, label);
        }
    }
    numbers
}

/// Where numbers stand that are too long to be dates.
pub(super) fn long_numbers(words: &[Word]) -> Vec<Range<usize>> {
    let is_long = |run: &Run<'_>| {
        let digits: usize = run.groups.iter().map(|word| word.text.len()).sum();
        let is_even = run.joints.iter().all(|joint| run.joints.first() == Some(joint));
        let is_telephone = run
            .groups
            .first()
            .is_some_and(|word| word.text.len() >= 3 && (word.text.starts_with('0') || word.text.starts_with("62")));
        run.groups
            .iter()
            .any(|word| word.text.len() >= SINGLE_NUMBER_DIGITS_MIN)
            || whole(run, SIXTEEN).is_some()
            || (digits >= LONG_NUMBER_DIGITS_MIN && (is_even || is_telephone))
    };
    let range = |run: Run<'_>| Some(run.groups.first()?.start..run.groups.last()?.end);
    runs(words).into_iter().filter(is_long).filter_map(range).collect()
}

/// Groups of digits with a space, a dot or a dash between them.
struct Run<'w> {
    groups: Vec<&'w Word>,
    joints: Vec<Option<char>>,
}

fn runs(words: &[Word]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut joint = None;
    let mut is_open = false;
    for word in words {
        match word.kind {
            Kind::Digits => {
                match runs.last_mut().filter(|_| is_open) {
                    Some(run) => {
                        run.groups.push(word);
                        run.joints.push(joint);
                    }
                    None => runs.push(Run {
                        groups: vec![word],
                        joints: Vec::new(),
                    }),
                }
                is_open = true;
                joint = None;
            }
            Kind::Mark if is_open && joint.is_none() && matches!(word.text.as_str(), "." | "-") => {
                joint = word.text.chars().next();
            }
            Kind::Mark | Kind::Letters => is_open = false,
        }
    }
    runs
}

/// The number of so many digits that the run holds: one group, or the groups from the first on, with no more than a date after
/// them.
fn whole(run: &Run<'_>, digits: usize) -> Option<String> {
    if let Some(single) = run.groups.iter().find(|word| word.text.len() == digits) {
        return Some(single.text.clone());
    }
    let total: usize = run.groups.iter().map(|word| word.text.len()).sum();
    let mut number = String::new();
    for group in &run.groups {
        number.push_str(&group.text);
        if number.len() == digits {
            return matches!(total - digits, 0 | 6 | 8).then_some(number);
        }
    }
    None
}

fn passport(rest: &[Word], text: &str) -> Option<String> {
    let [letters, digits, after @ ..] = rest else {
        return None;
    };
    let written = text.get(letters.start..letters.end)?;
    let is_capital = written.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_shaped = letters.kind == Kind::Letters
        && written.bytes().all(|byte| byte.is_ascii_alphabetic())
        && matches!(written.len(), 1 | 2)
        && digits.kind == Kind::Digits
        && matches!(digits.text.len(), 6 | 7);
    let goes_on = after
        .first()
        .is_some_and(|word| word.is_glued && word.kind != Kind::Mark);
    let is_prefix = matches!(
        letters.text.as_str(),
        "no" | "rp" | "hp" | "wa" | "rt" | "rw" | "an" | "id" | "tg"
    );
    let is_told = digits.is_glued || is_capital;
    (is_shaped && is_told && !goes_on && !is_prefix).then(|| format!("{}{}", letters.text.to_uppercase(), digits.text))
}

/// `A-012`, `A012`, `AB-7`; `h-1` counts days.
fn queue_label(rest: &[Word]) -> Option<String> {
    let letters = rest.first().filter(|word| {
        word.kind == Kind::Letters
            && matches!(word.text.len(), 1 | 2)
            && word.text.bytes().all(|byte| byte.is_ascii_lowercase())
    })?;
    let (digits, has_dash, after) = match rest {
        [_, dash, digits, after @ ..] if dash.text == "-" && dash.is_glued && digits.is_glued => (digits, true, after),
        [_, digits, after @ ..] if digits.is_glued => (digits, false, after),
        _ => return None,
    };
    let count = digits.text.len();
    let is_shaped = digits.kind == Kind::Digits && if has_dash { (1..=4).contains(&count) } else { count == 3 };
    let goes_on = after
        .first()
        .is_some_and(|word| word.is_glued && (word.kind != Kind::Mark || word.text == "-"));
    let is_days = letters.text == "h" && count < 3;
    let is_word = matches!(
        letters.text.as_str(),
        "no" | "rp" | "rt" | "rw" | "jm" | "hr" | "tg" | "an" | "ke"
    );
    (is_shaped && !goes_on && !is_days && !is_word).then(|| format!("{}-{}", letters.text.to_uppercase(), digits.text))
}

fn keep<T: PartialEq>(found: &mut Vec<T>, value: T) {
    if found.len() < FOUND_MAX && !found.contains(&value) {
        found.push(value);
    }
}
