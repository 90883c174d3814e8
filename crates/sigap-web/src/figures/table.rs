//! A table of figures: the same one is shown on a page, on paper and in files.

use sigap_core::conversation::reply::Arg;
use sigap_core::figures::Bound;
use sigap_core::language::Language;
use sigap_core::survey::Index;

use crate::pages::Words;

/// Minutes from which on hours are told, and minutes from which on days are.
const HOURS_FROM: u32 = 120;
const DAYS_FROM: u32 = 2_880;

/// What stands in a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Words(String),
    Count(u64),
    Percent(u64),
    Time(Bound),
    Index(Index),
    /// It was not kept.
    None,
}

impl Cell {
    pub(crate) fn count(count: Option<u64>) -> Self {
        count.map_or(Self::None, Self::Count)
    }

    pub(crate) fn percent(percent: Option<u64>) -> Self {
        percent.map_or(Self::None, Self::Percent)
    }

    pub(crate) fn time(bound: Option<Bound>) -> Self {
        bound.map_or(Self::None, Self::Time)
    }

    pub(crate) fn index(index: Option<Index>) -> Self {
        index.map_or(Self::None, Self::Index)
    }

    /// Whether there is nothing to tell.
    pub(crate) fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// As people read it.
    pub(crate) fn words(&self, words: Words<'_>) -> String {
        match self {
            Self::Words(text) => text.clone(),
            Self::Count(count) => number(words, *count),
            Self::Percent(percent) => words.key("figures.percent", &[("count", count(*percent))]),
            Self::Time(bound) => time_words(words, *bound),
            Self::Index(index) => index_words(words, *index),
            Self::None => words.f("none"),
        }
    }
}

/// A row with its name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) cells: Vec<Cell>,
}

/// A table; the first of its heads names the rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// A head as a file shows it: with the unit where its column holds times.
    pub(crate) fn head_in_file(&self, words: Words<'_>, place: usize) -> String {
        let head = self.heads.get(place).map_or("", String::as_str);
        let is_time = place > 0
            && self
                .rows
                .iter()
                .any(|row| matches!(row.cells.get(place - 1), Some(Cell::Time(_))));
        if is_time {
            format!("{head} ({})", words.f("minutes_unit"))
        } else {
            head.to_owned()
        }
    }
}

/// A number in the reader's language.
pub(crate) fn number(words: Words<'_>, value: u64) -> String {
    words.arg(&count(value))
}

fn count(value: u64) -> Arg {
    Arg::count(value)
}

/// *15 minutes*, *over 4 hours*; that it is the most stands in the head of its column.
pub(crate) fn time_words(words: Words<'_>, bound: Bound) -> String {
    let minutes = bound.minutes();
    let (unit, value) = if minutes >= DAYS_FROM {
        ("figures.days", minutes / (24 * 60))
    } else if minutes >= HOURS_FROM && minutes.is_multiple_of(60) {
        ("figures.hours", minutes / 60)
    } else {
        ("figures.minutes", minutes)
    };
    let time = if minutes == 1 {
        words.f("minute")
    } else {
        words.key(unit, &[("count", Arg::Number(i64::from(value)))])
    };
    let key = match bound {
        Bound::AtMost(_) => "figures.at_most",
        Bound::Over(_) => "figures.over",
    };
    words.key(key, &[("time", Arg::Text(time))])
}

/// An index with the sign of the language before its decimals.
pub(crate) fn index_words(words: Words<'_>, index: Index) -> String {
    with_decimal_sign(words, index.to_string())
}

/// A number that is written with a decimal comma, with the sign of the language.
pub(crate) fn with_decimal_sign(words: Words<'_>, number: String) -> String {
    if words.language == Language::En {
        number.replace(',', ".")
    } else {
        number
    }
}
