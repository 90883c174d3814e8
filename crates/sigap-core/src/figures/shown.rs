//! What everybody may see, of months that are over: small numbers are not told, so that nobody can be found in them. Of a month that goes on
//! nothing is told, because from one day to the next every number would tell what that day added.

use super::histogram::{Bound, Histogram};

/// Fewer than so many are not told one by one.
pub const FEW: u64 = 5;

/// A number as everybody may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<T> {
    /// As it is.
    Told(T),
    /// Too few to tell.
    Few,
    /// It was not kept, or there is nothing.
    None,
}

/// A count.
#[must_use]
pub const fn count(count: u64) -> Shown<u64> {
    match count {
        0 => Shown::Told(0),
        1..FEW => Shown::Few,
        more => Shown::Told(more),
    }
}

/// Counts whose sum may be told beside them. Where one is too small to tell, the smallest of the others is withheld as well: what is
/// withheld cannot be found by subtraction.
#[must_use]
pub fn parts<const N: usize>(parts: [u64; N]) -> [Shown<u64>; N] {
    let mut shown = parts.map(count);
    if shown.contains(&Shown::Few)
        && let Some(smallest) = parts.into_iter().filter(|part| *part >= FEW).min()
        && let Some(beside) = shown.iter_mut().find(|one| **one == Shown::Told(smallest))
    {
        *beside = Shown::Few;
    }
    shown
}

/// The step by whose end so many of a hundred are done. Not told where those beyond it are few: it would be their own time.
#[must_use]
pub fn bound(of: &Histogram, percent: u64) -> Shown<Bound> {
    match of.bound(percent) {
        None => Shown::None,
        Some(_) if of.count() * 100_u64.saturating_sub(percent) / 100 < FEW => Shown::Few,
        Some(bound) => Shown::Told(bound),
    }
}

/// A share in percent, rounded. Not told where either side of it could be counted back to a few people.
#[must_use]
pub fn share(part: u64, whole: u64) -> Shown<u64> {
    let Some(percent) = super::summary::percent(part, whole) else {
        return Shown::None;
    };
    let is_few = |count: u64| (1..FEW).contains(&count);
    if whole < FEW || is_few(part) || is_few(whole.saturating_sub(part)) {
        return Shown::Few;
    }
    Shown::Told(percent)
}

/// A value that stands for so many people.
#[must_use]
pub fn of_people<T>(value: Option<T>, people: u64) -> Shown<T> {
    match value {
        None => Shown::None,
        Some(_) if people < FEW => Shown::Few,
        Some(value) => Shown::Told(value),
    }
}

#[cfg(test)]
mod tests;
