//! Everything that a sentence says besides what its writer wants: days and hours, numbers, names, a yes or a no.
//!
//! Indonesian with slang and the spelling of short messages, Sundanese, Javanese, English, and all of them in one sentence.
//! What is read is a proposal: the conversation repeats it with its weekday before anything happens.

mod amounts;
mod consent;
mod dates;
mod faceless;
mod long_numbers;
mod numbers;
mod offices;
mod ordinary;
mod people;
mod words;

pub use consent::Consent;
pub use dates::{DateRead, Days, Occasion, PartOfDay, Role, Span, TimeOfDay, read_dates, table};
pub use faceless::faceless;
pub use offices::{OfficeFound, find_office};

/// Names that are given back.
const NAMES_MAX: usize = 8;

/// What a text says besides days and hours. Numbers of applications and persons are read where they are kept. Every list is in the order of the text, without repetitions.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// Amounts in rupiah. At most eight.
    pub rupiah: Vec<u64>,
    /// How many people come, 1 to 99.
    pub people: Option<u32>,
    /// Names of people, introduced (`a.n. …`, `nama saya …`) or known by their words, as written. At most eight.
    pub names: Vec<String>,
    /// A yes or a no.
    pub consent: Option<Consent>,
}

impl std::fmt::Debug for Values {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // All of it is personal: logs learn how much was read, never what.
        formatter
            .debug_struct("Values")
            .field("rupiah", &self.rupiah.len())
            .field("people", &self.people)
            .field("names", &self.names.len())
            .field("consent", &self.consent)
            .finish()
    }
}

/// Reads the values of a text. Looks at the first thousand characters.
#[must_use]
pub fn read_values(text: &str) -> Values {
    let text = words::beginning(text);
    let spoken = words::split(text);
    Values {
        rupiah: amounts::rupiah(&spoken),
        people: amounts::people(&spoken),
        names: different_names(text),
        consent: consent::read(&spoken),
    }
}

fn different_names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for found in people::names(text) {
        if names.len() < NAMES_MAX && !names.contains(&found.name) {
            names.push(found.name);
        }
    }
    names
}

#[cfg(test)]
mod tests;
