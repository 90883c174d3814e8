//! Values of a text by the very functions that the dialogue reads them with, for whoever measures them.

use super::digits::{self, Digits};
use super::status::BILLING_DIGITS;
use super::wanted;
use crate::booking::identity::Nik;
use crate::office::Office;

/// A number that stands for somebody or something. Personal: it has no `Debug`, and nothing keeps it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SaidNumber {
    /// Sixteen digits that are looked up.
    Application,
    /// Sixteen digits with the shape of a NIK: looked up as well, and taken for one when nothing is found.
    Nik,
    /// A SIMPONI billing code.
    Billing,
    /// A passport number.
    Passport,
}

/// The number that the dialogue takes from a text, and its digits and letters without what parts them.
#[must_use]
pub fn said_number(text: &str) -> Option<(SaidNumber, String)> {
    match digits::read(text) {
        Digits::Sixteen(number, _) => {
            let kind = if Nik::read(number.as_str()).is_ok() {
                SaidNumber::Nik
            } else {
                SaidNumber::Application
            };
            Some((kind, number.as_str().to_owned()))
        }
        Digits::Other(BILLING_DIGITS) => {
            let digits = text.chars().filter(char::is_ascii_digit).collect();
            Some((SaidNumber::Billing, digits))
        }
        Digits::Other(_) | Digits::None => Some((SaidNumber::Passport, digits::passport_number(text)?)),
    }
}

/// The office that a text names, its own one included.
#[must_use]
pub fn said_office<'a>(text: &str, offices: &'a [Office]) -> Option<&'a Office> {
    wanted::named_office(text, None, offices)
}
