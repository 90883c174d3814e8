//! A date as far as it is said: slots that words fill one by one, and how the full ones become days of the calendar.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, clipped, coming, monday, month_span, past};
use super::clock::Clock;
use super::terms::{Edge, Unit};
use super::{Days, Occasion, PartOfDay, Span};

/// Which way a name is meant: *depan*, *ini*, *lalu*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    Next,
    This,
    Last,
}

/// What stands between a date and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Link {
    #[default]
    None,
    From,
    To,
    Until,
    Or,
}

/// A thing that words say about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Weekday(Weekday),
    Relative(i32),
    Shift(Shift),
    Weeks(i32),
    Months(i32),
    Years(i32),
    Month(i8),
    Year(i16),
    Day(i8),
    Written {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    Edge(Edge),
    /// *Maret awal*: the edge behind its month.
    EdgeBehind(Edge),
    /// *Tanggal muda*, *tanggal tua*.
    EdgeOfMonth(Edge),
    Weekend,
    Count(i32, Unit),
    WorkingDays(i32),
    /// Days before or after what follows.
    Offset(i32),
    /// *H-1*: days before something that ought to be said.
    OffsetOfSomething(i32),
    Clock(Clock),
    Part(PartOfDay),
    /// *Malam minggu* is the evening before Sunday.
    Eve,
    /// *Nanti jam 2* is today, unless the text names a day.
    LaterToday,
    /// *Minggu kedua*, *senin pertama*: of a month.
    Nth(i8),
    /// *Tonight*, *semalam*: a day and its night in one word.
    NightOf(i32),
    Ask(Occasion),
    /// A word that repeats what is filled already.
    Again,
    /// Words that count or measure: read, and no date.
    Nothing,
}

/// A bound without a number of days: *setelah tgl 20*, *sebelum senin*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    After,
    Before,
}

/// The slots.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Partial {
    pub(super) weekday: Option<Weekday>,
    pub(super) relative: Option<i32>,
    pub(super) shift: Option<Shift>,
    pub(super) weeks: Option<i32>,
    pub(super) months: Option<i32>,
    pub(super) years: Option<i32>,
    pub(super) month: Option<i8>,
    pub(super) year: Option<i16>,
    pub(super) day: Option<i8>,
    pub(super) edge: Option<Edge>,
    pub(super) is_weekend: bool,
    pub(super) count: Option<(i32, Unit)>,
    pub(super) working_days: Option<i32>,
    pub(super) offset: Option<i32>,
    pub(super) is_offset_of_something: bool,
    pub(super) bound: Option<Bound>,
    pub(super) clock: Option<Clock>,
    pub(super) part: Option<PartOfDay>,
    pub(super) is_eve: bool,
    pub(super) nth: Option<i8>,
    /// Whether the day is only supposed, and any day that the text names is better.
    pub(super) is_supposed: bool,
    pub(super) ask: Option<Occasion>,
    pub(super) is_birth: bool,
    pub(super) link: Link,
    /// Whether nothing but the link stands between it and the date before it.
    pub(super) is_adjacent: bool,
}

impl Partial {
    /// Whether it says anything about days.
    pub(super) fn has_days(&self) -> bool {
        self.weekday.is_some()
            || self.relative.is_some()
            || self.weeks.is_some()
            || self.months.is_some()
            || self.years.is_some()
            || self.month.is_some()
            || self.day.is_some()
            || self.is_weekend
            || self.count.is_some()
            || self.working_days.is_some()
            || self.ask.is_some()
            || self.is_offset_of_something
    }

    /// Whether it says anything at all.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_days() && self.clock.is_none() && self.part.is_none()
    }

    /// Fills a slot; `false` when something else stands there, so that a new date begins.
    pub(super) fn fill(&mut self, fill: Fill) -> bool {
        match fill {
            Fill::Weekday(weekday) => put(&mut self.weekday, weekday),
            Fill::Relative(days) => self.fill_relative(days),
            Fill::Shift(shift) => put(&mut self.shift, shift),
            Fill::Weeks(weeks) => self.relative.is_none() && put(&mut self.weeks, weeks),
            Fill::Months(months) => self.month.is_none() && put(&mut self.months, months),
            Fill::Years(years) => self.year.is_none() && put(&mut self.years, years),
            Fill::Month(month) => self.months.is_none() && put(&mut self.month, month),
            Fill::Year(year) => put(&mut self.year, year),
            Fill::Day(day) => self.relative.is_none_or(|days| days >= 0) && put(&mut self.day, day),
            Fill::Written { year, month, day } => {
                let is_free = self.day.is_none() && self.month.is_none();
                if is_free {
                    (self.day, self.month) = (Some(day), Some(month));
                    self.year = year.or(self.year);
                }
                is_free
            }
            Fill::Edge(edge) => !self.has_days() && put(&mut self.edge, edge),
            Fill::EdgeBehind(edge) => put(&mut self.edge, edge),
            Fill::EdgeOfMonth(edge) => {
                let is_free = !self.has_days() && put(&mut self.edge, edge);
                is_free && put(&mut self.months, 0)
            }
            Fill::Weekend => !std::mem::replace(&mut self.is_weekend, true),
            Fill::Count(count, unit) => put(&mut self.count, (count, unit)),
            Fill::WorkingDays(days) => put(&mut self.working_days, days),
            Fill::Offset(days) => !self.has_days() && put(&mut self.offset, days),
            Fill::OffsetOfSomething(days) => {
                let is_free = !self.has_days();
                self.is_offset_of_something |= is_free;
                is_free && put(&mut self.offset, days)
            }
            Fill::Clock(clock) => put(&mut self.clock, clock),
            Fill::Part(part) => self.part == Some(part) || put(&mut self.part, part),
            Fill::Eve => {
                self.is_eve = true;
                put(&mut self.part, PartOfDay::Night)
            }
            Fill::LaterToday => {
                self.is_supposed = true;
                self.fill_relative(0)
            }
            Fill::Nth(nth) => put(&mut self.nth, nth),
            Fill::NightOf(days) => self.fill_relative(days) && put(&mut self.part, PartOfDay::Night),
            Fill::Ask(occasion) => put(&mut self.ask, occasion),
            Fill::Again | Fill::Nothing => true,
        }
    }

    fn fill_relative(&mut self, days: i32) -> bool {
        match (self.relative, days) {
            // *Besok lusa* and *kemarin lusa* are one day each.
            (Some(1), 2) => self.relative = Some(2),
            (Some(-1), 2) => self.relative = Some(-2),
            (Some(same), days) => return same == days,
            (None, days) => self.relative = Some(days),
        }
        true
    }

    /// The days that are meant, seen from `today`. `after` is the beginning of a range whose end this is.
    pub(super) fn resolve(&self, today: Date, after: Option<Date>) -> Option<Days> {
        if let Some(occasion) = self.ask.filter(|_| self.day.is_none()) {
            return Some(Days::Ask(occasion));
        }
        let from = after.unwrap_or(today);
        let days = self.core(today, from);
        match (days, self.offset) {
            (None, Some(_)) if self.is_offset_of_something => Some(Days::Ask(Occasion::Unnamed)),
            (Some(Days::Within(span)), Some(offset)) => {
                let day = if offset < 0 { span.first } else { span.last };
                calendar::plus(day, offset).map(Days::one)
            }
            (Some(Days::Within(span)), None) => match self.bound {
                Some(bound) => Some(bounded(span, bound, today, self.weekday.is_some())),
                None => Some(Days::Within(span)),
            },
            (days, _) => days,
        }
    }

    fn core(&self, today: Date, from: Date) -> Option<Days> {
        if let Some(day) = self.day {
            return self.of_month(day, today, from);
        }
        if let Some(nth) = self.nth.filter(|_| self.month.is_some() || self.months.is_some()) {
            return self.nth_of_month(nth, today, from).map(Days::Within);
        }
        if let Some(weekday) = self.weekday {
            return self.of_week(weekday, today, from).map(Days::one);
        }
        if let Some((count, unit)) = self.count {
            return calendar::plus_units(today, count, unit).map(Days::one);
        }
        if let Some(days) = self.working_days {
            return calendar::plus_working_days(today, days).map(Days::one);
        }
        if self.is_weekend {
            let first = calendar::plus(monday(today)?, 7 * self.week_offset().unwrap_or(0) + 5)?;
            return Span::new(first, calendar::plus(first, 1)?).map(Days::Within);
        }
        if let Some(weeks) = self.weeks {
            return self.week(weeks, today).map(Days::Within);
        }
        if self.month.is_some() || self.months.is_some() {
            return self.whole_month(today, from).map(Days::Within);
        }
        if let Some(years) = self.years {
            let year = today.year().checked_add(i16::try_from(years).ok()?)?;
            let span = match self.edge {
                Some(Edge::Start) => Span::new(Date::new(year, 1, 1).ok()?, Date::new(year, 1, 31).ok()?)?,
                Some(Edge::Middle) => Span::new(Date::new(year, 6, 1).ok()?, Date::new(year, 7, 31).ok()?)?,
                Some(Edge::End) => Span::new(Date::new(year, 12, 1).ok()?, Date::new(year, 12, 31).ok()?)?,
                None => Span::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)?,
            };
            return Some(Days::Within(clipped(span, today)));
        }
        calendar::plus(today, self.relative?).map(Days::one)
    }

    fn is_past(&self) -> bool {
        self.shift == Some(Shift::Last) || self.relative.is_some_and(|days| days < 0)
    }

    fn week_offset(&self) -> Option<i32> {
        self.weeks.or(match self.shift {
            Some(Shift::Next) => Some(1),
            Some(Shift::Last) => Some(-1),
            Some(Shift::This) => Some(0),
            None => None,
        })
    }

    fn week(&self, weeks: i32, today: Date) -> Option<Span> {
        let first = calendar::plus(monday(today)?, weeks.checked_mul(7)?)?;
        let (from, to) = match self.edge {
            Some(Edge::Start) => (0, 1),
            Some(Edge::Middle) => (1, 3),
            Some(Edge::End) => (5, 6),
            None => (0, 6),
        };
        Some(clipped(
            Span::new(calendar::plus(first, from)?, calendar::plus(first, to)?)?,
            today,
        ))
    }

    fn of_week(&self, weekday: Weekday, today: Date, from: Date) -> Option<Date> {
        let in_week = |weeks: i32| {
            let days = weeks
                .checked_mul(7)?
                .checked_add(i32::from(weekday.to_monday_zero_offset()))?;
            calendar::plus(monday(today)?, days)
        };
        if let Some((count, unit)) = self.count {
            return match unit {
                Unit::Week => in_week(count),
                _ => calendar::plus_units(today, count, unit),
            };
        }
        let day = match (self.weeks, self.shift, self.relative) {
            (Some(weeks), _, _) => in_week(weeks)?,
            (None, Some(Shift::Next), _) => in_week(1)?,
            (None, Some(Shift::Last), _) => past(today, weekday)?,
            (None, _, Some(days)) if days < 0 => past(today, weekday)?,
            (None, _, Some(0)) if today.weekday() == weekday => today,
            (None, Some(Shift::This), _) if today.weekday() == weekday => today,
            _ => coming(from, weekday)?,
        };
        if self.is_eve {
            calendar::plus(day, -1)
        } else {
            Some(day)
        }
    }

    fn of_month(&self, day: i8, today: Date, from: Date) -> Option<Days> {
        let year = self.year.or_else(|| {
            self.years
                .and_then(|years| today.year().checked_add(i16::try_from(years).ok()?))
        });
        if let Some(month) = self.month {
            if let Some(year) = year {
                return Some(calendar::day_or_problem(year, month, day));
            }
            return Some(self.of_named_month(month, day, today, from));
        }
        if let Some(months) = self.months {
            let first = calendar::plus_units(today.first_of_month(), months, Unit::Month)?;
            return Some(calendar::day_or_problem(first.year(), first.month(), day));
        }
        // The weekday says which month is meant, when one of the next two fits.
        let candidates = |step: i32, skipped: i32| {
            (skipped..skipped + 14).filter_map(move |count| {
                let first = calendar::plus_units(from.first_of_month(), step * count, Unit::Month)?;
                Date::new(first.year(), first.month(), day).ok()
            })
        };
        if self.is_past() {
            return candidates(-1, 0).find(|date| *date < today).map(Days::one);
        }
        let fitting = |date: &Date| self.weekday.is_some_and(|weekday| weekday == date.weekday());
        let mut ahead = candidates(1, 0).filter(|date| *date >= from).take(2);
        let first = ahead.next()?;
        let chosen = [Some(first), ahead.next()].into_iter().flatten().find(fitting);
        Some(Days::one(chosen.unwrap_or(first)))
    }

    fn of_named_month(&self, month: i8, day: i8, today: Date, from: Date) -> Days {
        let this_year = from.year();
        let in_year = |years: i16| Date::new(this_year.checked_add(years)?, month, day).ok();
        if self.is_past() {
            let past = [0, -1, -2, -3, -4]
                .into_iter()
                .filter_map(in_year)
                .find(|date| *date <= today);
            return past.map_or(Days::NoSuchDay { day, month, year: None }, Days::one);
        }
        let fits = |date: &Date| self.weekday.is_some_and(|weekday| weekday == date.weekday());
        let by_weekday = [0, 1].into_iter().filter_map(in_year).find(fits);
        // The 29th of February waits for its year.
        let ahead = || (0..=8).filter_map(in_year).find(|date| *date >= from);
        by_weekday
            .or_else(ahead)
            .map_or(Days::NoSuchDay { day, month, year: None }, Days::one)
    }

    /// *Senin pertama maret*, *minggu kedua bulan depan*: weeks of a month are counted from its first day.
    fn nth_of_month(&self, nth: i8, today: Date, from: Date) -> Option<Span> {
        let first = self.whole_month(today, from)?.last.first_of_month();
        let begin = calendar::plus(first, 7 * i32::from(nth - 1))?;
        let end = calendar::plus(begin, 6)?.min(first.last_of_month());
        let within = Span::new(begin, end)?;
        match self.weekday {
            Some(weekday) => {
                let day = coming(calendar::plus(begin, -1)?, weekday).filter(|day| *day <= end)?;
                Span::new(day, day)
            }
            None => Some(within),
        }
    }

    fn whole_month(&self, today: Date, from: Date) -> Option<Span> {
        let first = match (self.month, self.months) {
            (Some(month), _) => {
                let years = self.years.map_or(0, |years| i16::try_from(years).unwrap_or(0));
                let this_year = from.year().checked_add(years)?;
                let year = match self.year {
                    Some(year) => year,
                    None if self.years.is_some() => this_year,
                    None if self.is_past() && month >= today.month() => this_year - 1,
                    None if !self.is_past() && month < from.month() => this_year + 1,
                    None => this_year,
                };
                Date::new(year, month, 1).ok()?
            }
            (None, Some(months)) => calendar::plus_units(today.first_of_month(), months, Unit::Month)?,
            (None, None) => return None,
        };
        let whole = month_span(first, self.edge)?;
        // The beginning of this month is gone: the next one is meant.
        if whole.last < today && self.edge.is_some() && self.months == Some(0) && self.shift.is_none() {
            return month_span(calendar::plus_units(first, 1, Unit::Month)?, self.edge);
        }
        Some(clipped(whole, today))
    }
}

fn put<T: Copy>(slot: &mut Option<T>, value: T) -> bool {
    let is_free = slot.is_none();
    if is_free {
        *slot = Some(value);
    }
    is_free
}

/// *Setelah tgl 20*: the rest of its month, or of its week; *sebelum tgl 20*: from today to the day before.
fn bounded(span: Span, bound: Bound, today: Date, is_weekday: bool) -> Days {
    let within = match bound {
        Bound::Before => calendar::plus(span.first, -1).and_then(|last| Span::new(today, last)),
        Bound::After => calendar::plus(span.last, 1).and_then(|first| {
            let last = if is_weekday {
                calendar::plus(monday(first)?, 6)?
            } else {
                first.last_of_month()
            };
            Span::new(first, last)
        }),
    };
    within.map_or(Days::Ask(Occasion::Unnamed), Days::Within)
}
