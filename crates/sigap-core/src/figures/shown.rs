//! What everybody may see: small numbers are not told, so that nobody can be found in them.

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
