//! What a set says that a sentence holds, against what is read from it.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use sigap_core::conversation::{SaidNumber, read_person, said_number, said_office};
use sigap_core::office::Office;
use sigap_understand::values::{DateRead, Days, read_dates, read_values};

/// The clock of the sets, as in `dates_gold.tsv`.
const NOW: DateTime = DateTime::constant(2020, 2, 12, 9, 30, 0, 0);
/// A birth date that makes a name alone a line of the step that asks who comes.
const SOME_BIRTH: &str = "03-04-1990";

/// A kind of value, by its key in the fourth column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A day as written: read as the phrase alone would be.
    Date,
    /// A name, exactly.
    Name,
    /// An application number.
    Application,
    /// A NIK.
    Nik,
    /// A billing code.
    Billing,
    /// A passport number.
    Passport,
    /// An office as written: the one that the phrase alone means.
    Office,
    /// A number of the queue in the hall.
    QueueNumber,
}

/// What a reader did with one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Values that the set names.
    pub(crate) expected: usize,
    /// Those of them that were found exactly.
    pub(crate) found: usize,
    /// What was found and is not named, or not like that.
    pub(crate) more: usize,
}

/// A set judged: by kind, and what went wrong as lines.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) tallies: BTreeMap<Kind, Tally>,
    pub(crate) misses: Vec<String>,
}

/// The readers of the dialogue with the offices that it knows.
pub(crate) struct Reader<'a> {
    offices: &'a [Office],
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// Days, perhaps with an hour.
    Date(DateRead),
    /// Anything else by its letters; an office by its slug.
    Word(Kind, String),
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Date,
        Self::Name,
        Self::Application,
        Self::Nik,
        Self::Billing,
        Self::Passport,
        Self::Office,
        Self::QueueNumber,
    ];

    /// Its key in the sets.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Name => "name",
            Self::Application => "appno",
            Self::Nik => "nik",
            Self::Billing => "billing",
            Self::Passport => "passport",
            Self::Office => "office",
            Self::QueueNumber => "qno",
        }
    }
}

impl Sheet {
    /// Which share of the values that something reads was found.
    pub(crate) fn recall(&self) -> f32 {
        let read = || self.tallies.iter().filter(|(kind, _)| **kind != Kind::QueueNumber);
        let expected: usize = read().map(|(_, tally)| tally.expected).sum();
        let found: usize = read().map(|(_, tally)| tally.found).sum();
        found as f32 / expected.max(1) as f32
    }
}

/// Judges a set. Empty when no line of it names a value; keys that are not known are passed over.
pub(crate) fn sheet(reader: &Reader<'_>, set: &str) -> Sheet {
    let rows: Vec<(&str, Vec<(Kind, &str)>)> = set.lines().skip(1).filter_map(row).collect();
    let mut sheet = Sheet::default();
    if rows.iter().all(|(_, slots)| slots.is_empty()) {
        return sheet;
    }
    for (text, slots) in rows {
        let mut read = reader.values(text);
        for (kind, written) in slots {
            let tally = sheet.tallies.entry(kind).or_default();
            tally.expected += 1;
            let meant = reader.meant(kind, written);
            let place = read
                .iter()
                .position(|value| meant.as_ref().is_some_and(|meant| meant.is_said_by(value)));
            match place {
                Some(place) => {
                    read.remove(place);
                    tally.found += 1;
                }
                None if kind == Kind::Name && is_alone(text, written) => tally.found += 1,
                None if kind == Kind::QueueNumber => {}
                None => sheet
                    .misses
                    .push(format!("missed {}={written} in {text:?}", kind.name())),
            }
        }
        for value in read {
            sheet.tallies.entry(value.kind()).or_default().more += 1;
            sheet.misses.push(format!("besides {} in {text:?}", value.told()));
        }
    }
    sheet
}

fn row(line: &str) -> Option<(&str, Vec<(Kind, &str)>)> {
    let mut cells = line.split('\t');
    let text = cells.next().filter(|text| !text.trim().is_empty())?;
    let slots = cells.nth(2).unwrap_or_default().split(';').filter_map(|slot| {
        let (key, written) = slot.trim().split_once('=')?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == key.trim())?;
        Some((kind, written.trim()))
    });
    Some((text, slots.collect()))
}

/// Whether the whole text is a name that the step which asks for it would take.
fn is_alone(text: &str, name: &str) -> bool {
    text.trim() == name && read_person(text, SOME_BIRTH, &[], NOW.date()).is_ok_and(|person| person.name == name)
}

impl Value {
    const fn kind(&self) -> Kind {
        match self {
            Self::Date(_) => Kind::Date,
            Self::Word(kind, _) => *kind,
        }
    }

    /// Whether a reading of a sentence says what a phrase alone says. An hour beside the phrase changes nothing.
    fn is_said_by(&self, read: &Self) -> bool {
        match (self, read) {
            (Self::Date(meant), Self::Date(read)) => {
                meant.days == read.days && (meant.time.is_none() || meant.time == read.time)
            }
            (meant, read) => meant == read,
        }
    }

    fn told(&self) -> String {
        let kind = self.kind().name();
        match self {
            Self::Date(read) => match read.days {
                Days::Within(span) if span.is_one_day() => format!("{kind}={}", span.first),
                Days::Within(span) => format!("{kind}={}..{}", span.first, span.last),
                days => format!("{kind}={days:?}"),
            },
            Self::Word(_, word) => format!("{kind}={word}"),
        }
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(offices: &'a [Office]) -> Self {
        Self { offices }
    }

    /// Everything that the dialogue would take from a text.
    fn values(&self, text: &str) -> Vec<Value> {
        let dates = read_dates(text, NOW).into_iter().filter(is_day).map(Value::Date);
        let names = read_values(text)
            .names
            .into_iter()
            .map(|name| Value::Word(Kind::Name, name));
        let number = said_number(text).map(|(number, digits)| Value::Word(kind_of(number), digits));
        dates.chain(names).chain(number).chain(self.office(text)).collect()
    }

    fn office(&self, text: &str) -> Option<Value> {
        said_office(text, self.offices).map(|office| Value::Word(Kind::Office, office.slug.clone()))
    }

    /// What a written value means; `None` when nobody can tell.
    fn meant(&self, kind: Kind, written: &str) -> Option<Value> {
        match kind {
            Kind::Date => read_dates(written, NOW).into_iter().next().map(Value::Date),
            Kind::Office => self.office(written),
            Kind::Name | Kind::Application | Kind::Nik | Kind::Billing | Kind::Passport | Kind::QueueNumber => {
                Some(Value::Word(kind, written.to_owned()))
            }
        }
    }
}

const fn kind_of(number: SaidNumber) -> Kind {
    match number {
        SaidNumber::Application => Kind::Application,
        SaidNumber::Nik => Kind::Nik,
        SaidNumber::Billing => Kind::Billing,
        SaidNumber::Passport => Kind::Passport,
    }
}

/// Whether a reading is a day of a visit, or a wish for one.
const fn is_day(read: &DateRead) -> bool {
    match read.days {
        Days::Within(_) | Days::NoSuchDay { .. } | Days::Ask(_) => true,
        Days::Unsaid | Days::Birth(_) => false,
    }
}

#[cfg(test)]
mod tests;
