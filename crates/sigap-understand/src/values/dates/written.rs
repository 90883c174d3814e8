//! Dates in numbers: *28/02/2020*, *13-2-20*, *13/2*, *2020-03-01*; after *tgl* also *20*, *20.2* and *01032020*.

use super::partial::Fill;
use super::reader::Reader;
use super::terms::{Edge, Term};

impl Reader<'_> {
    pub(super) fn day_of_month(&self, at: usize) -> Option<(Fill, usize)> {
        let mut place = at + 1;
        while matches!(self.term(place), Term::Mark('.' | ':') | Term::Filler) {
            place += 1;
        }
        if let Some((fill, used)) = self.written(place, true) {
            return Some((fill, place + used - at));
        }
        match self.term(place) {
            Term::Number { value, digits } if (1..=31).contains(&value) && digits <= 2 => {
                // *Tgl 20an* is about the 20th.
                let rounded = usize::from(self.term(place + 1) == Term::Around && self.is_glued(place + 1));
                Some((Fill::Day(i8::try_from(value).ok()?), place + 1 + rounded - at))
            }
            _ => match self.spots().get(place).map(|spot| spot.word.as_str()) {
                Some("muda") => Some((Fill::EdgeOfMonth(Edge::Start), place + 1 - at)),
                Some("tua") => Some((Fill::EdgeOfMonth(Edge::End), place + 1 - at)),
                _ => None,
            },
        }
    }

    /// A date in numbers: *28/02/2020*, *13-2-20*, *13/2*, *2020-03-01*; after *tgl* also *20.2* and *01032020*.
    pub(super) fn written(&self, at: usize, is_told: bool) -> Option<(Fill, usize)> {
        let number = |at: usize| match self.term(at) {
            Term::Number { value, digits } if digits > 0 => Some((value, digits)),
            _ => None,
        };
        let (first, first_digits) = number(at)?;
        if matches!(first_digits, 6 | 8) && (is_told || self.spots().len() == 1) {
            return compact(first, first_digits).map(|fill| (fill, 1));
        }
        let mark = |at: usize| match self.term(at) {
            Term::Mark(mark @ ('/' | '-' | '.')) => Some(mark),
            _ => None,
        };
        let after_numbering = self.term(at.wrapping_sub(1)) == Term::Numbering
            || (matches!(self.term(at.wrapping_sub(1)), Term::Mark('/' | '-' | '.')) && self.is_glued(at));
        // *13 2 2020*
        if let (Some((month, 1 | 2)), Some((year, 4))) = (number(at + 1), number(at + 2)) {
            return day_month(first, month, Some(year)).map(|fill| (fill, 3));
        }
        let joint = mark(at + 1).filter(|_| !after_numbering)?;
        let (second, second_digits) = number(at + 2)?;
        if mark(at + 3) == Some(joint)
            && let Some((third, third_digits)) = number(at + 4)
        {
            let is_short_year = third_digits == 2 && (joint != '.' || is_told);
            return match (first_digits, third_digits) {
                (4, 1 | 2) => year_first(first, second, third).map(|fill| (fill, 5)),
                (1 | 2, 4) => day_month(first, second, Some(third)).map(|fill| (fill, 5)),
                (1 | 2, _) if is_short_year => day_month(first, second, Some(short_year(third))).map(|fill| (fill, 5)),
                _ => None,
            };
        }
        let is_two = first_digits <= 2 && second_digits <= 2 && self.is_glued(at + 1) && self.is_glued(at + 2);
        let is_counted = matches!(
            self.term(at + 3),
            Term::Measure | Term::Unit(_) | Term::ClockWord | Term::SundayOrWeek | Term::Mark('%')
        );
        let is_day = match joint {
            '/' => is_told || (first, second) != (24, 7),
            // *tgl 17-20* are four days, *tgl 13-2* is one.
            '-' => is_told && first >= second,
            _ => is_told && second_digits <= 2,
        };
        (is_two && is_day && !is_counted && !self.leads_to_month(at))
            .then(|| day_month(first, second, None))
            .flatten()
            .map(|fill| (fill, 3))
    }
}

fn short_year(year: u32) -> u32 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

fn day_month(day: u32, month: u32, year: Option<u32>) -> Option<Fill> {
    // Some write the month first; where only that can be read, it is.
    let (day, month) = if month > 12 && day <= 12 && year.is_some() {
        (month, day)
    } else {
        (day, month)
    };
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    let year = match year {
        Some(year) if (1900..=2100).contains(&year) => Some(i16::try_from(year).ok()?),
        Some(_) => return None,
        None => None,
    };
    Some(Fill::Written {
        year,
        month: i8::try_from(month).ok()?,
        day: i8::try_from(day).ok()?,
    })
}

fn year_first(year: u32, month: u32, day: u32) -> Option<Fill> {
    if month > 12 {
        return None;
    }
    day_month(day, month, Some(year))
}

/// *01032020*, *20200301*, *010320*.
fn compact(value: u32, digits: u8) -> Option<Fill> {
    if digits == 6 {
        return day_month(value / 10_000, value / 100 % 100, Some(short_year(value % 100)));
    }
    day_month(value / 1_000_000, value / 10_000 % 100, Some(value % 10_000))
        .or_else(|| year_first(value / 10_000, value / 100 % 100, value % 100))
}
