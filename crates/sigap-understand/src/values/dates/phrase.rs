//! Phrases of a few words that fill one slot of a date: *minggu depan*, *3 hari lagi*, *tgl 20*, *13/2*.

use super::clock::{self, Before};
use super::partial::{Fill, Partial, Shift};
use super::reader::Reader;
use super::terms::{Edge, Term, Unit};
use super::{Occasion, PartOfDay};

/// Words between *setelah* and the feast: *habis libur hari raya*.
const FEAST_WORDS_MAX: usize = 4;
/// Days of a list that share one month: *17, 18, 19 dan 20 feb*.
const LIST_DAYS_MAX: usize = 5;

impl Reader<'_> {
    /// What the spots at a place say, and how many they are.
    pub(super) fn phrase(&self, at: usize) -> Option<(Fill, usize)> {
        let before = match self.term(at.wrapping_sub(1)) {
            _ if self.current().has_days() => Before::Day,
            Term::Number { .. } if !self.is_used(at.wrapping_sub(1)) => Before::Number,
            _ => Before::Nothing,
        };
        if let Some((clock, used)) = clock::clock(self.spots(), at, before) {
            return Some((Fill::Clock(clock), used));
        }
        match self.term(at) {
            Term::Number { value, digits } => self.number(at, value, digits),
            Term::DayWord => self.day_of_month(at),
            Term::Relative(-1) if matches!(self.word(at + 1), "dulu" | "dulunya") => Some((Fill::Relative(-2), 2)),
            Term::Relative(days) => Some((Fill::Relative(days), 1)),
            Term::NightBefore => Some(self.tomorrow_or_morning(at)),
            Term::Now => self.is_visit_now(at).then_some((Fill::Relative(0), 1)),
            Term::Weekday(weekday) => Some((Fill::Weekday(weekday), 1)),
            Term::SundayOrWeek => Some(self.sunday_or_week(at)),
            Term::Month(month) => Some((Fill::Month(month), 1)),
            Term::MonthBesideNumber(month) => self.is_beside_number(at).then_some((Fill::Month(month), 1)),
            Term::Unit(unit) => self.unit(at, unit),
            Term::OneUnit(unit) => Some(
                self.count(at + 1, 1, unit)
                    .map_or((Fill::Nothing, 1), |(fill, used)| (fill, used + 1)),
            ),
            Term::Article => match self.term(at + 1) {
                Term::Unit(unit) => self.count(at + 2, 1, unit).map(|(fill, used)| (fill, used + 2)),
                _ => None,
            },
            Term::In => self.in_some_days(at),
            Term::Next => self.shift(at, Shift::Next),
            Term::This => self.shift(at, Shift::This),
            Term::Last | Term::Ago => self.shift(at, Shift::Last),
            Term::Edge(Edge::End) if matches!(self.term(at + 1), Term::SundayOrWeek | Term::Unit(Unit::Week)) => {
                Some((Fill::Weekend, 2))
            }
            Term::Edge(Edge::Middle) if self.is_middle_of_day(at) => Some((Fill::Part(PartOfDay::Noon), 2)),
            Term::Edge(edge) if self.is_edge_behind(at) => Some((Fill::EdgeBehind(edge), 1)),
            Term::Edge(edge) => Some((Fill::Edge(edge), 1)),
            Term::Weekend => Some((Fill::Weekend, 1)),
            Term::Part(part) => {
                let used = if self.is_doubled(at) { 3 } else { 1 };
                Some((self.part(at, part)?, used))
            }
            Term::Eve => Some((Fill::NightOf(0), 1)),
            Term::Later | Term::Earlier => self.of_today(at),
            Term::Hyphenated => self.days_before_something(at),
            Term::After | Term::Before | Term::Around => {
                self.feast(at + 1).map(|used| (Fill::Ask(Occasion::Feast), used + 1))
            }
            _ => self.nth(at),
        }
    }

    /// *Maret awal*, but not *maret, awal april*.
    fn is_edge_behind(&self, at: usize) -> bool {
        let current = self.current();
        let is_month = current.month.is_some() || current.months.is_some();
        let leads = matches!(
            self.term(at + 1),
            Term::Month(_) | Term::MonthBesideNumber(_) | Term::Unit(_) | Term::SundayOrWeek
        );
        is_month && current.day.is_none() && current.weekday.is_none() && current.edge.is_none() && !leads
    }

    /// *Senin pertama maret*, *first week of march*.
    fn nth(&self, at: usize) -> Option<(Fill, usize)> {
        let nth = ordinal(self.word(at))?;
        let of = usize::from(self.word(at + 1) == "of");
        if matches!(self.term(at + 1 + of), Term::Month(_) | Term::MonthBesideNumber(_)) && self.current().is_empty() {
            return Some((Fill::Day(nth), 1 + of));
        }
        let follows = self.current().weekday.is_some();
        let leads = matches!(self.term(at + 1), Term::Unit(Unit::Week) | Term::Weekday(_));
        (follows || leads).then_some((Fill::Nth(nth), 1))
    }

    fn number(&self, at: usize, value: u32, digits: u8) -> Option<(Fill, usize)> {
        if matches!(self.term(at.wrapping_sub(1)), Term::Numbering) {
            return Some((Fill::Nothing, 1));
        }
        if let Some(found) = self.written(at, false) {
            return Some(found);
        }
        let day = i8::try_from(value)
            .ok()
            .filter(|day| (1..=31).contains(day) && digits <= 2);
        if let (Some(day), Term::OrdinalEnding) = (day, self.term(at + 1)) {
            return Some((Fill::Day(day), 2));
        }
        if digits <= 2 && value > 0 && self.leads_to_month(at) {
            // *32 maret* is a day too, one that does not exist.
            return Some((Fill::Day(i8::try_from(value).ok()?), 1));
        }
        if digits == 4 && self.current().month.is_some() {
            return self.number_of_open_date(at, value, digits, day);
        }
        match self.term(at + 1) {
            Term::Unit(unit) => {
                let count = i32::try_from(value).ok()?;
                if unit == Unit::Day && self.term(at + 2) == Term::Working {
                    let is_ahead = self.term(at + 3) == Term::Again;
                    return Some(if is_ahead {
                        (Fill::WorkingDays(count), 4)
                    } else {
                        (Fill::Nothing, 3)
                    });
                }
                return Some(match self.count(at + 2, count, unit) {
                    Some((fill, used)) => (fill, used + 2),
                    None => (Fill::Nothing, 2),
                });
            }
            Term::SundayOrWeek => {
                let count = i32::try_from(value).ok()?;
                return Some(match self.count(at + 2, count, Unit::Week) {
                    Some((fill, used)) => (fill, used + 2),
                    None => (Fill::Nothing, 2),
                });
            }
            Term::ClockWord if !matches!(self.term(at + 2), Term::Number { .. } | Term::Half) => {
                return Some((Fill::Nothing, 2));
            }
            Term::Measure | Term::Mark('%') => return Some((Fill::Nothing, 2)),
            _ => {}
        }
        self.number_of_open_date(at, value, digits, day)
    }

    /// A number that means something only because of what was said before it.
    fn number_of_open_date(&self, at: usize, value: u32, digits: u8, day: Option<i8>) -> Option<(Fill, usize)> {
        let current = self.current();
        if current.month.is_some() && current.year.is_none() {
            if digits == 4 && (1900..=2100).contains(&value) {
                return Some((Fill::Year(i16::try_from(value).ok()?), 1));
            }
            if digits == 2 && current.day.is_some() && (20..=99).contains(&value) && self.is_free_number(at) {
                let century = if value < 50 { 2000 } else { 1900 };
                return Some((Fill::Year(i16::try_from(century + value).ok()?), 1));
            }
            if let Some(day) = day.filter(|_| current.day.is_none() && self.is_free_number(at)) {
                return Some((Fill::Day(day), 1));
            }
        }
        let day = day.filter(|_| self.is_free_number(at))?;
        // *tgl 17 sampai 20*, *tgl 14 ke 17*, *17 sampe 20*.
        let continues = current.is_empty() && self.is_linked() && self.last().is_some_and(|last| last.day.is_some());
        let is_wish = current.is_empty() && self.is_linked_to() && self.moves() && self.last().is_none();
        let is_counted = matches!(self.term(at.wrapping_sub(1)), Term::Measure);
        let begins_range = match (self.term(at + 1), self.term(at + 2)) {
            (Term::Until | Term::Or, Term::Number { value: last, digits }) => {
                let is_range = self.term(at + 1) == Term::Until || self.term(at.wrapping_sub(1)) == Term::From;
                is_range && digits <= 2 && last > value && last <= 31 && self.is_free_number(at + 2)
            }
            _ => false,
        };
        (continues || is_wish || (begins_range && !is_counted)).then_some((Fill::Day(day), 1))
    }

    /// Whether a number counts nothing and is no piece of a longer one.
    fn is_free_number(&self, at: usize) -> bool {
        let is_piece = matches!(self.term(at + 1), Term::Mark('.' | ':' | ',' | '/'))
            && self.is_glued(at + 1)
            && self.is_glued(at + 2)
            && matches!(self.term(at + 2), Term::Number { .. });
        !is_piece
            && !matches!(
                self.term(at + 1),
                Term::Measure
                    | Term::Unit(_)
                    | Term::SundayOrWeek
                    | Term::ClockWord
                    | Term::Meridiem(_)
                    | Term::Mark('%')
            )
    }

    /// *17 feb*, *17-20 feb*, *17, 18 dan 19 feb*, *3rd of march*, *20 bulan 3*.
    pub(super) fn leads_to_month(&self, at: usize) -> bool {
        let mut at = at + 1;
        for _ in 0..LIST_DAYS_MAX {
            while matches!(self.term(at), Term::Filler | Term::OrdinalEnding) {
                at += 1;
            }
            match self.term(at) {
                Term::Month(_) | Term::MonthBesideNumber(_) => return true,
                Term::Unit(Unit::Month) => {
                    return matches!(
                        self.term(at + 1),
                        Term::Month(_) | Term::Number { .. } | Term::Next | Term::This | Term::Ago | Term::Last
                    ) && !matches!(self.term(at + 1), Term::Ago);
                }
                Term::Until | Term::Or | Term::English | Term::To | Term::Mark('-' | ',' | '/' | '&') => at += 1,
                _ => return false,
            }
            if self.term(at) == Term::DayWord {
                at += 1;
            }
            match self.term(at) {
                Term::Number { value, digits } if (1..=31).contains(&value) && digits <= 2 => at += 1,
                _ => return false,
            }
        }
        false
    }

    fn sunday_or_week(&self, at: usize) -> (Fill, usize) {
        let current = self.current();
        let after_day = self.term(at.wrapping_sub(1)) == Term::Unit(Unit::Day);
        let comes_after_night = self.term(at.wrapping_sub(1)) == Term::Part(PartOfDay::Night);
        if after_day || comes_after_night {
            return (Fill::Weekday(jiff::civil::Weekday::Sunday), 1);
        }
        if let Some(found) = self.nth_after(at + 1) {
            return found;
        }
        match self.shift_after(at + 1, current.shift) {
            Some((weeks, used)) => (Fill::Weeks(weeks), 1 + used),
            None if current.edge.is_some() => (Fill::Weeks(0), 1),
            None => (Fill::Weekday(jiff::civil::Weekday::Sunday), 1),
        }
    }

    /// *Minggu ke-2*, *minggu pertama*; *minggu ke berapa* asks.
    fn nth_after(&self, at: usize) -> Option<(Fill, usize)> {
        if self.word(at) == "ke" && matches!(self.word(at + 1), "berapa" | "brp" | "brapa") {
            return Some((Fill::Nothing, 3));
        }
        if let Some(nth) = ordinal(self.word(at)) {
            return Some((Fill::Nth(nth), 2));
        }
        let place = if self.term(at + 1) == Term::Mark('-') {
            at + 2
        } else {
            at + 1
        };
        match self.term(place) {
            Term::Number { value, .. } if self.word(at) == "ke" && (1..=5).contains(&value) => {
                Some((Fill::Nth(i8::try_from(value).ok()?), place + 2 - at))
            }
            _ => None,
        }
    }

    /// Weeks, months or years that a word after (or before) their name moves them by.
    fn shift_after(&self, at: usize, before: Option<Shift>) -> Option<(i32, usize)> {
        // *Minggu2 ini* says the week twice.
        let skipped = usize::from(matches!(
            self.word(at),
            "yang" | "yg" | "ke" | "nu" | "sing" | "kang" | "k" | "2"
        ));
        let place = at + skipped;
        let shift = match self.term(place) {
            Term::Next => 1,
            Term::This => 0,
            Term::Ago | Term::Last | Term::Relative(-1) => -1,
            // *Minggu besok* is the Sunday.
            _ => {
                return match before {
                    Some(Shift::Next) => Some((1, 0)),
                    Some(Shift::This) => Some((0, 0)),
                    Some(Shift::Last) => Some((-1, 0)),
                    None => None,
                };
            }
        };
        // *Minggu depannya lagi* is one further.
        let again = usize::from(shift == 1 && self.term(place + 1) == Term::Again);
        let shift = shift + i32::try_from(again).unwrap_or(0);
        // *Ini* stays for the slots: an edge that is past means another month without it.
        let used = if shift == 0 { skipped } else { skipped + 1 + again };
        Some((shift, used))
    }

    fn unit(&self, at: usize, unit: Unit) -> Option<(Fill, usize)> {
        let current = self.current();
        if unit == Unit::Week
            && let Some(found) = self.nth_after(at + 1)
        {
            return Some(found);
        }
        if unit == Unit::Week && current.nth.is_some() {
            return Some((Fill::Again, 1));
        }
        let fill = |count: i32| match unit {
            Unit::Week => Fill::Weeks(count),
            Unit::Month => Fill::Months(count),
            Unit::Year => Fill::Years(count),
            Unit::Day | Unit::Clock => Fill::Nothing,
        };
        match (unit, self.term(at + 1)) {
            (Unit::Day, Term::This) => return Some((Fill::Relative(0), 2)),
            (Unit::Day, Term::After) => return Some((Fill::Offset(1), 2)),
            (Unit::Day, Term::Before) => return Some((Fill::Offset(-1), 2)),
            (Unit::Day | Unit::Clock, _) => return None,
            (Unit::Month, Term::Month(month)) => return Some((Fill::Month(month), 2)),
            (Unit::Month, Term::MonthBesideNumber(month)) => return Some((Fill::Month(month), 2)),
            (Unit::Month, Term::Number { value, digits })
                if (1..=12).contains(&value)
                    && digits <= 2
                    && (self.is_free_number(at + 1) || self.is_year(at + 2)) =>
            {
                return Some((Fill::Month(i8::try_from(value).ok()?), 2));
            }
            (Unit::Year, Term::Number { value, digits: 4 }) if (1900..=2100).contains(&value) => {
                let is_open = current.month.is_some() || current.day.is_some();
                return Some((
                    if is_open {
                        Fill::Year(i16::try_from(value).ok()?)
                    } else {
                        Fill::Nothing
                    },
                    2,
                ));
            }
            _ => {}
        }
        match self.shift_after(at + 1, current.shift) {
            Some((count, used)) => Some((fill(count), 1 + used)),
            None if current.edge.is_some() => Some((fill(0), 1)),
            None => None,
        }
    }

    /// What makes a date of *3 hari*: *lagi*, *yang lalu*, *setelah tgl 20*. The place is the one after the unit.
    fn count(&self, at: usize, count: i32, unit: Unit) -> Option<(Fill, usize)> {
        let skipped = usize::from(matches!(self.word(at), "yang" | "yg" | "ke" | "nu" | "sing" | "kang"));
        let place = at + skipped;
        let days = match unit {
            Unit::Day => Some(count),
            Unit::Week => count.checked_mul(7),
            Unit::Month | Unit::Year | Unit::Clock => None,
        };
        if unit == Unit::Clock {
            return None;
        }
        match self.term(place) {
            Term::Again | Term::Next => Some((Fill::Count(count, unit), skipped + 1)),
            Term::Ago | Term::Relative(-1) => Some((Fill::Count(count.checked_neg()?, unit), skipped + 1)),
            Term::From if matches!(self.term(place + 1), Term::Now | Term::Relative(0)) => {
                Some((Fill::Count(count, unit), skipped + 2))
            }
            Term::From
                if matches!(self.term(place + 1), Term::Unit(Unit::Day)) && self.term(place + 2) == Term::This =>
            {
                Some((Fill::Count(count, unit), skipped + 3))
            }
            Term::After | Term::From if self.is_day(place + 1) => Some((Fill::Offset(days?), skipped + 1)),
            Term::Before if self.is_day(place + 1) => Some((Fill::Offset(days?.checked_neg()?), skipped + 1)),
            _ => None,
        }
    }

    /// *Tahun 2021*, *tahun depan*.
    fn is_year(&self, at: usize) -> bool {
        self.term(at) == Term::Unit(Unit::Year)
            && matches!(
                self.term(at + 1),
                Term::Number { digits: 4, .. } | Term::Next | Term::This
            )
    }

    fn is_day(&self, at: usize) -> bool {
        let place = at + usize::from(matches!(self.term(at), Term::Unit(Unit::Day) | Term::Filler));
        matches!(
            self.term(place),
            Term::Weekday(_) | Term::SundayOrWeek | Term::Relative(_) | Term::DayWord | Term::Number { .. }
        )
    }

    /// *In 3 days*, but not *dalam 3 hari*, which is how long something takes.
    fn in_some_days(&self, at: usize) -> Option<(Fill, usize)> {
        if self.word(at) != "in" {
            return None;
        }
        match (self.term(at + 1), self.term(at + 2)) {
            (Term::Number { value, .. }, Term::Unit(unit)) if unit != Unit::Clock => {
                Some((Fill::Count(i32::try_from(value).ok()?, unit), 3))
            }
            (Term::Article, Term::Unit(unit)) if unit != Unit::Clock => Some((Fill::Count(1, unit), 3)),
            _ => None,
        }
    }

    fn shift(&self, at: usize, shift: Shift) -> Option<(Fill, usize)> {
        let current = self.current();
        // *Malam ini*, *sore ini*.
        if shift == Shift::This && current.part.is_some() && !current.has_days() {
            return Some((Fill::Relative(0), 1));
        }
        // *This morning*
        if shift == Shift::This && current.is_empty() && matches!(self.term(at + 1), Term::Part(_)) {
            return Some((Fill::Relative(0), 1));
        }
        // *Benjing ngajeng* is still tomorrow.
        if shift == Shift::Next && current.relative.is_some() && current.weekday.is_none() {
            return None;
        }
        let is_before = matches!(
            self.term(at + 1),
            Term::Weekday(_)
                | Term::SundayOrWeek
                | Term::Unit(Unit::Week | Unit::Month | Unit::Year)
                | Term::Weekend
                | Term::Month(_)
        );
        (current.has_days() || (current.is_empty() && is_before)).then_some((Fill::Shift(shift), 1))
    }

    fn is_middle_of_day(&self, at: usize) -> bool {
        self.term(at + 1) == Term::Unit(Unit::Day)
    }

    fn days_before_something(&self, at: usize) -> Option<(Fill, usize)> {
        let sign = match self.term(at + 1) {
            Term::Mark('-') => -1,
            Term::Mark('+') => 1,
            _ => return None,
        };
        match self.term(at + 2) {
            Term::Number { value, digits } if digits <= 2 => {
                Some((Fill::OffsetOfSomething(sign * i32::try_from(value).ok()?), 3))
            }
            _ => None,
        }
    }

    /// Words up to and with the name of a feast.
    fn feast(&self, at: usize) -> Option<usize> {
        for used in 0..FEAST_WORDS_MAX {
            match self.term(at + used) {
                Term::Occasion => {
                    let further = (1..3)
                        .take_while(|more| self.term(at + used + more) == Term::Occasion)
                        .count();
                    return Some(used + further + 1);
                }
                Term::Unit(Unit::Year) if self.word(at + used + 1) == "baru" => return Some(used + 2),
                Term::Unit(Unit::Day) | Term::Filler | Term::Unknown => {}
                _ => return None,
            }
        }
        None
    }

    fn is_beside_number(&self, at: usize) -> bool {
        let current: &Partial = self.current();
        let has_day = current.day.is_some() && current.month.is_none();
        let leads =
            matches!(self.term(at + 1), Term::Number { value, digits } if (1..=31).contains(&value) && digits <= 2);
        let is_told = matches!(self.term(at.wrapping_sub(1)), Term::In | Term::Next | Term::Filler)
            && self.word(at.wrapping_sub(1)) != "yg";
        has_day
            || leads
            || current.edge.is_some()
            || (is_told && matches!(self.word(at.wrapping_sub(1)), "in" | "next" | "of"))
    }
}

fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "pertama" | "kesatu" | "kahiji" | "first" | "kapisan" => 1,
        "kedua" | "kadua" | "second" => 2,
        "ketiga" | "katilu" | "third" => 3,
        "keempat" | "kaopat" | "fourth" => 4,
        _ => return None,
    })
}
