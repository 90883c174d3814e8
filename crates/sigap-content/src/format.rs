//! How one language writes dates, times, money and numbers. The forms stand in `texts/{language}/format.toml`.

use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;
use sigap_core::office::Span;

/// The forms of one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    weekdays: [String; 7],
    months: [String; 12],
    day: String,
    moment: String,
    time_separator: String,
    thousands_separator: String,
    closed: String,
    and: String,
    range: String,
}

impl Format {
    /// `Sabtu, 28 November 2026`
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        self.fill_date(&self.day, date)
    }

    /// `November 2026`
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        let name = self.months.get(month).map_or("", String::as_str);
        format!("{name} {}", date.year())
    }

    /// `Sab, 5 Des`: weekday and month by their first three letters.
    #[must_use]
    pub fn short_day(&self, date: Date) -> String {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        let short = |names: &[String], place: usize| -> String {
            names.get(place).map_or("", String::as_str).chars().take(3).collect()
        };
        format!(
            "{}, {} {}",
            short(&self.weekdays, weekday),
            date.day(),
            short(&self.months, month)
        )
    }

    /// `28 November 2026 pukul 09.30 WIB`
    #[must_use]
    pub fn moment(&self, at: DateTime, zone_name: &str) -> String {
        self.fill_date(&self.moment, at.date())
            .replace("{time}", &self.time(at.time()))
            .replace("{zone}", zone_name)
    }

    /// `09.30`
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        format!("{:02}{}{:02}", time.hour(), self.time_separator, time.minute())
    }

    /// `09.30 WIB`
    #[must_use]
    pub fn clock(&self, time: Time, zone_name: &str) -> String {
        format!("{} {zone_name}", self.time(time))
    }

    /// `08.00–12.00 dan 13.00–16.00`, or `tutup` when there are none.
    #[must_use]
    pub fn hours(&self, spans: &[Span]) -> String {
        let mut hours = String::new();
        for (place, span) in spans.iter().enumerate() {
            if place > 0 {
                let joint = if place + 1 == spans.len() {
                    format!(" {} ", self.and)
                } else {
                    ", ".to_owned()
                };
                hours.push_str(&joint);
            }
            hours.extend([self.time(span.from).as_str(), &self.range, &self.time(span.to)]);
        }
        if spans.is_empty() { self.closed.clone() } else { hours }
    }

    /// `Senin–Kamis`, or `Jumat` when both ends are the same; 0 is Monday. Days that do not exist have no name.
    #[must_use]
    pub fn weekdays(&self, from: u8, to: u8) -> String {
        let name = |day: u8| self.weekdays.get(usize::from(day)).map_or("", String::as_str);
        if from == to {
            name(from).to_owned()
        } else {
            [name(from), &self.range, name(to)].concat()
        }
    }

    /// `Rp650.000`
    #[must_use]
    pub fn rupiah(&self, amount: i64) -> String {
        let sign = if amount < 0 { "-" } else { "" };
        format!("{sign}Rp{}", self.digits(amount.unsigned_abs()))
    }

    /// `1.234`
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        let sign = if number < 0 { "-" } else { "" };
        format!("{sign}{}", self.digits(number.unsigned_abs()))
    }

    fn digits(&self, number: u64) -> String {
        let plain = number.to_string();
        let mut grouped = String::with_capacity(plain.len() + plain.len() / 3);
        for (position, digit) in plain.chars().enumerate() {
            if position > 0 && (plain.len() - position).is_multiple_of(3) {
                grouped.push_str(&self.thousands_separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    fn fill_date(&self, form: &str, date: Date) -> String {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        form.replace("{weekday}", self.weekdays.get(weekday).map_or("", String::as_str))
            .replace("{day}", &date.day().to_string())
            .replace("{month}", self.months.get(month).map_or("", String::as_str))
            .replace("{year}", &date.year().to_string())
    }
}

/// Digits in groups of four: `1179 0000 0012 3456`.
#[must_use]
pub fn in_fours(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 4);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && position.is_multiple_of(4) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests;
