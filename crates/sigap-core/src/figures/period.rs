//! Which days: one, a month or a year, at the office. Its parts are what a picture shows side by side.

use jiff::ToSpan;
use jiff::civil::Date;

/// Days that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// One day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
    /// A year, by its first day.
    Year(Date),
}

/// What a period is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Days.
    Day,
    /// Months.
    Month,
}

impl Part {
    /// Characters of a day's text that name the part: `2026-11-26` or `2026-11`.
    #[must_use]
    pub const fn chars(self) -> usize {
        match self {
            Self::Day => 10,
            Self::Month => 7,
        }
    }
}

impl Period {
    /// The month of a day.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        Self::Month(day.first_of_month())
    }

    /// Reads `2026-11-26`, `2026-11` or `2026`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4 && digits(year))?;
        let month = parts.next();
        let day = parts.next();
        if parts.next().is_some()
            || [month, day]
                .into_iter()
                .flatten()
                .any(|part| part.len() != 2 || !digits(part))
        {
            return None;
        }
        let date: Date = format!("{year}-{}-{}", month.unwrap_or("01"), day.unwrap_or("01"))
            .parse()
            .ok()?;
        Some(match (month, day) {
            (None, _) => Self::Year(date),
            (Some(_), None) => Self::Month(date),
            (Some(_), Some(_)) => Self::Day(date),
        })
    }

    /// As `parse` reads it; for addresses and names of files.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(day) => day.strftime("%Y-%m").to_string(),
            Self::Year(day) => day.strftime("%Y").to_string(),
        }
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> Date {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Year(day) => day,
        }
    }

    /// The day after the last one.
    #[must_use]
    pub fn to(self) -> Date {
        let from = self.from();
        match self {
            Self::Day(_) => from.checked_add(1.day()),
            Self::Month(_) => from.checked_add(1.month()),
            Self::Year(_) => from.checked_add(1.year()),
        }
        .unwrap_or(Date::MAX)
    }

    /// Whether a day is in it.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from() <= day && day < self.to()
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let from = self.from();
        Some(match self {
            Self::Day(_) => Self::Day(from.yesterday().ok()?),
            Self::Month(_) => Self::Month(from.checked_sub(1.month()).ok()?),
            Self::Year(_) => Self::Year(from.checked_sub(1.year()).ok()?),
        })
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Option<Self> {
        let next = self.to();
        (next < Date::MAX).then_some(match self {
            Self::Day(_) => Self::Day(next),
            Self::Month(_) => Self::Month(next),
            Self::Year(_) => Self::Year(next),
        })
    }

    /// What it is cut into.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Self::Day(_) | Self::Month(_) => Part::Day,
            Self::Year(_) => Part::Month,
        }
    }

    /// The first days of its parts.
    #[must_use]
    pub fn parts(self) -> Vec<Date> {
        let end = self.to();
        let step = match self.part() {
            Part::Day => 1.day(),
            Part::Month => 1.month(),
        };
        std::iter::successors(Some(self.from()), |day| day.checked_add(step).ok())
            .take_while(|day| *day < end)
            .collect()
    }

    /// Its months, as text: `2026-11`. A day has none of its own.
    #[must_use]
    pub fn months(self) -> Vec<String> {
        let name = |day: &Date| day.strftime("%Y-%m").to_string();
        match self {
            Self::Day(_) => Vec::new(),
            Self::Month(day) => vec![name(&day)],
            Self::Year(_) => self.parts().iter().map(name).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
