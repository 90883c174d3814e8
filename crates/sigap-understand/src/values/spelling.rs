//! How far two words are apart, letter by letter.

/// Letters of a word that are compared. Longer ones are no words of ours.
const LETTERS_MAX: usize = 32;

/// Whether two words differ by one letter: changed, missing, too many, or two neighbours swapped. The first must agree.
pub(super) fn is_one_slip_apart(one: &str, other: &str) -> bool {
    one.bytes().next() == other.bytes().next() && slips(one, other) == 1
}

/// How many letters must be changed, added, taken out or swapped with their neighbour.
pub(super) fn slips(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(LETTERS_MAX).collect();
    let other: Vec<char> = other.chars().take(LETTERS_MAX).collect();
    // Three rows of the table are enough: a swap looks two rows back.
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, a) in one.iter().enumerate() {
        let mut this = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(a != b);
            let mut best = changed.min(at(&last, column + 1) + 1).min(at(&this, column) + 1);
            let left = column
                .checked_sub(1)
                .and_then(|left| other.get(left).map(|c| (left, c)));
            if let Some((left, c)) = left
                && previous == Some(b)
                && a == c
            {
                best = best.min(at(&before_last, left) + 1);
            }
            this.push(best);
        }
        before_last = std::mem::replace(&mut last, this);
        previous = Some(a);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
