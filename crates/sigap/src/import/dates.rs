//! Reads the dates of the reports: dd-mm-yyyy as text, or a date cell. What could be read in two ways is refused.

use calamine::ExcelDateTime;
use jiff::civil::Date;

/// Nobody alive was born earlier, and no report is older.
const YEAR_MIN: i16 = 1900;
/// A later year is a typing error; whether a date lies in the future is judged against the day of the import.
const YEAR_MAX: i16 = 2100;

/// Day, month and year with `-`, `/`, `.` or a space between, or year first; a time of day behind it is passed over.
///
/// Years of two digits are refused: `17-05-45` may be 1945 or 2045.
pub(super) fn read_text(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/', '.', ' ', 'T']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if !parts.all(is_time) {
        return None;
    }
    let month = number(second, 2)?;
    let (year, day) = if first.len() == 4 {
        (number(first, 4)?, number(third, 2)?)
    } else if third.len() == 4 {
        (number(third, 4)?, number(first, 2)?)
    } else {
        return None;
    };
    in_range(Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?)
}

/// A cell in a date format, in either of the two epochs.
pub(super) fn read_cell(cell: &ExcelDateTime) -> Option<Date> {
    if !cell.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = cell.to_ymd_hms_milli();
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    in_range(date.ok()?)
}

fn in_range(date: Date) -> Option<Date> {
    (YEAR_MIN..=YEAR_MAX).contains(&date.year()).then_some(date)
}

fn number(digits: &str, digits_max: usize) -> Option<i16> {
    let is_number = (1..=digits_max).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn is_time(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') || matches!(text, "WIB" | "WITA" | "WIT")
}

#[cfg(test)]
mod tests;
