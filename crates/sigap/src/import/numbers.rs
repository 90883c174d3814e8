//! Reads an application number out of a cell, and refuses one that a spreadsheet may have changed: a wrong digit shows
//! one person's status to another.

use sigap_core::ids::ApplicationNumber;

use super::spreadsheet::Cell;
use sigap_core::application::RowProblem;

/// From here on neighbouring whole numbers share a cell value.
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;

/// The number in a cell.
///
/// A number cell is taken only when all sixteen digits are certain. Excel keeps fifteen and writes zero for the
/// sixteenth, so one that ends in zero is refused, although one true number in ten ends so.
pub(super) fn read(cell: &Cell) -> Result<ApplicationNumber, RowProblem> {
    match cell {
        Cell::Empty => Err(RowProblem::NumberMissing),
        Cell::Text(text) => read_text(text),
        Cell::Number(value) => read_number(*value),
        Cell::TooLong | Cell::Date(_) | Cell::Unreadable => Err(RowProblem::NumberNotSixteenDigits { last: None }),
    }
}

fn read_text(text: &str) -> Result<ApplicationNumber, RowProblem> {
    // Excel's ways of forcing text: a leading apostrophe, or ="…" in csv.
    let digits: String = text
        .strip_prefix('=')
        .unwrap_or(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '\'' | '"' | '`' | '’' | '‘' | '-'))
        .collect();
    if is_scientific(&digits) {
        return Err(RowProblem::NumberLostDigits { last: None });
    }
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    ApplicationNumber::parse(&digits)
        .filter(|_| is_plain)
        .ok_or_else(|| RowProblem::NumberNotSixteenDigits {
            last: last_four(&digits),
        })
}

fn read_number(value: f64) -> Result<ApplicationNumber, RowProblem> {
    let digits = format!("{value:.0}");
    let last = last_four(&digits);
    if value.fract() != 0.0 || digits.len() < ApplicationNumber::DIGITS || value < 0.0 {
        return Err(RowProblem::NumberNotSixteenDigits { last });
    }
    if value >= EXACT_BELOW || digits.ends_with('0') {
        return Err(RowProblem::NumberLostDigits { last });
    }
    ApplicationNumber::parse(&digits).ok_or(RowProblem::NumberNotSixteenDigits { last })
}

/// `1.179E+15`, in either way of writing the decimal sign.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.trim_start_matches('+');
    !mantissa.is_empty()
        && mantissa
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

/// Enough to find the row, too little to look anybody up. Short numbers are not shown at all.
fn last_four(digits: &str) -> Option<String> {
    let only_digits: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
    let shown = only_digits.len().checked_sub(4).filter(|hidden| *hidden >= 4)?;
    only_digits.get(shown..).map(|last| last.iter().collect())
}

#[cfg(test)]
mod tests;
