//! A text as a row of terms: words looked up, numbers in words counted, what belongs to names and long numbers blotted out.

use std::ops::Range;

use super::terms::{Term, Unit, term};
use crate::values::words::{Kind, Word};
use crate::values::{long_numbers::long_numbers, numbers, people, words};

/// A term and where it stands in the text.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) term: Term,
    pub(super) word: String,
    pub(super) is_glued: bool,
}

/// The terms of a text.
pub(super) fn spots(text: &str) -> Vec<Spot> {
    let words = words::split(text);
    let hidden: Vec<Range<usize>> = people::names(text)
        .into_iter()
        .map(|found| found.range)
        .chain(long_numbers(&words))
        .collect();
    let mut spots = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let is_hidden = hidden.iter().any(|range| range.contains(&word.start));
        let rest = words.get(at..).unwrap_or_default();
        let (term, used) = if is_hidden {
            (Term::Unknown, 1)
        } else {
            read(rest, spots.last())
        };
        spots.push(Spot {
            term,
            word: word.text.clone(),
            is_glued: word.is_glued,
        });
        at += used;
    }
    spots
}

/// The term that a row of words begins with, and how many of them it takes.
fn read(rest: &[Word], before: Option<&Spot>) -> (Term, usize) {
    let Some(word) = rest.first() else {
        return (Term::End, 1);
    };
    match word.kind {
        Kind::Mark => (Term::Mark(word.text.chars().next().unwrap_or(' ')), 1),
        Kind::Digits => (number(word, before), 1),
        Kind::Letters => {
            let letters = rest
                .iter()
                .map_while(|word| (word.kind == Kind::Letters).then_some(word.text.as_str()));
            if let Some((value, used)) = numbers::spoken(letters).filter(|(value, _)| *value < 10_000) {
                let value = u32::try_from(value).unwrap_or(0);
                return (Term::Number { value, digits: 0 }, used);
            }
            if let Some(is_after_noon) = dotted_meridiem(rest) {
                return (Term::Meridiem(is_after_noon), 3);
            }
            if is_until(rest) {
                return (Term::Until, 3);
            }
            let is_of_month = || {
                let next = rest.get(1).map_or(Term::End, |next| term(&next.text));
                matches!(next, Term::Month(_) | Term::MonthBesideNumber(_) | Term::English)
            };
            // *10 th* is ten years, *10th* and *10 th of march* are a day.
            if word.text == "th" && !word.is_glued && !is_of_month() {
                return (Term::Unit(Unit::Year), 1);
            }
            (term(&word.text), 1)
        }
    }
}

fn number(word: &Word, before: Option<&Spot>) -> Term {
    // *Pagi2* says the word twice; *tgl2* and *jam2* have forgotten a space.
    let is_doubling = word.text == "2"
        && word.is_glued
        && before.is_some_and(|spot| {
            spot.word.len() > 2
                && !matches!(
                    spot.term,
                    Term::DayWord
                        | Term::ClockWord
                        | Term::Numbering
                        | Term::Mark(_)
                        | Term::Number { .. }
                        | Term::Month(_)
                )
        });
    if is_doubling {
        return Term::Filler;
    }
    match (word.text.parse(), u8::try_from(word.text.len())) {
        (Ok(value), Ok(digits)) if digits <= 8 => Term::Number { value, digits },
        _ => Term::Unknown,
    }
}

/// *a.m.* and *p.m.*
fn dotted_meridiem(rest: &[Word]) -> Option<bool> {
    let [first, dot, last, ..] = rest else { return None };
    let is_dotted = dot.text == "." && dot.is_glued && last.text == "m" && last.is_glued;
    match first.text.as_str() {
        "a" if is_dotted => Some(false),
        "p" if is_dotted => Some(true),
        _ => None,
    }
}

/// *s/d* and *s.d*
fn is_until(rest: &[Word]) -> bool {
    matches!(rest, [s, mark, d, ..] if s.text == "s" && matches!(mark.text.as_str(), "/" | "." | "-") && d.text == "d")
}
