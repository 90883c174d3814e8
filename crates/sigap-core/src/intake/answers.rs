//! Answers of an intake: each read by its kind, and compared with the others. What does not fit together is told, never refused twice.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{AnswerKind, Form};
use crate::booking::Visitor;
use crate::booking::identity::{Nik, NikProblem, plain_name};
use crate::limits::INTAKE_ANSWER_CHARS_MAX;

/// Why an answer is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerProblem {
    /// Nothing was written, or too much.
    Length,
    /// A name without letters, or with digits.
    Name,
    /// Not a day, or not one on which a living person was born.
    Date,
    /// Neither woman nor man was understood.
    Sex,
    /// Not sixteen digits.
    NikLength,
    /// No region, day or serial number can be like that.
    NikShape,
}

impl AnswerProblem {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Length,
        Self::Name,
        Self::Date,
        Self::Sex,
        Self::NikLength,
        Self::NikShape,
    ];

    /// The word in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Name => "name",
            Self::Date => "date",
            Self::Sex => "sex",
            Self::NikLength => "nik_length",
            Self::NikShape => "nik_shape",
        }
    }
}

/// What does not fit together. An officer sees it; the citizen is told once, and may leave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// The birth date in the NIK is another one.
    NikBirthDate,
    /// The NIK is that of the other sex.
    NikSex,
    /// The name is not the one under which the visit was booked.
    BookedName,
    /// The birth date is not the one under which the visit was booked.
    BookedBirthDate,
}

impl Mismatch {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::NikBirthDate,
        Self::NikSex,
        Self::BookedName,
        Self::BookedBirthDate,
    ];

    /// The word in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NikBirthDate => "nik_birth_date",
            Self::NikSex => "nik_sex",
            Self::BookedName => "booked_name",
            Self::BookedBirthDate => "booked_birth_date",
        }
    }
}

/// Woman, as an answer is kept.
pub const WOMAN: &str = "woman";
/// Man, as an answer is kept.
pub const MAN: &str = "man";
/// Oldest birth year that is believed.
pub const YEARS_BACK_MAX: i16 = 120;

/// Reads an answer into the form in which it is kept: dates as year-month-day, a NIK as digits, names as written.
///
/// # Errors
/// What is wrong with it.
pub fn read(kind: AnswerKind, text: &str, born_on: Option<Date>, today: Date) -> Result<String, AnswerProblem> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > INTAKE_ANSWER_CHARS_MAX {
        return Err(AnswerProblem::Length);
    }
    match kind {
        AnswerKind::Text => Ok(text),
        AnswerKind::Name => {
            let is_name = text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit());
            if is_name { Ok(text) } else { Err(AnswerProblem::Name) }
        }
        AnswerKind::BirthDate => born_on
            .filter(|born| *born <= today && born.year() >= today.year() - YEARS_BACK_MAX)
            .map(|born| born.to_string())
            .ok_or(AnswerProblem::Date),
        AnswerKind::Sex => match text.to_lowercase().as_str() {
            "p" | "pr" | "perempuan" | "wanita" | "woman" | "female" | "f" | "awéwé" | "wadon" => {
                Ok(WOMAN.to_owned())
            }
            "l" | "lk" | "laki-laki" | "laki laki" | "laki" | "pria" | "man" | "male" | "m" | "lalaki" | "lanang" => {
                Ok(MAN.to_owned())
            }
            _ => Err(AnswerProblem::Sex),
        },
        AnswerKind::Nik => nik(&text),
    }
}

/// The shape of a NIK, whatever the birth date: what does not agree with other answers is told apart.
fn nik(text: &str) -> Result<String, AnswerProblem> {
    match Nik::read(text) {
        Ok(nik) => Ok(nik.digits().to_owned()),
        Err(NikProblem::Length { .. }) => Err(AnswerProblem::NikLength),
        Err(NikProblem::Shape | NikProblem::BirthDate) => Err(AnswerProblem::NikShape),
    }
}

/// What does not fit together in answers, and with the person under whose name the visit was booked.
#[must_use]
pub fn mismatches(form: &Form, answers: &BTreeMap<String, String>, booked: Option<&Visitor>) -> Vec<Mismatch> {
    let of = |kind: AnswerKind| {
        form.questions
            .iter()
            .find(|question| question.kind == kind)
            .and_then(|question| answers.get(&question.id))
    };
    let mut found = Vec::new();
    let born_on: Option<Date> = of(AnswerKind::BirthDate).and_then(|text| text.parse().ok());
    if let Some(nik) = of(AnswerKind::Nik).and_then(|nik| Nik::read(nik).ok()) {
        let born_on = born_on.or(booked.map(|visitor| visitor.born_on));
        if born_on.is_some_and(|born_on| !nik.is_of(born_on)) {
            found.push(Mismatch::NikBirthDate);
        }
        if let Some(sex) = of(AnswerKind::Sex)
            && (sex == WOMAN) != nik.is_of_woman()
        {
            found.push(Mismatch::NikSex);
        }
    }
    if let Some(booked) = booked {
        let name = of(AnswerKind::Name).map(|name| plain_name(name));
        if name.is_some_and(|name| name != plain_name(&booked.name)) {
            found.push(Mismatch::BookedName);
        }
        if born_on.is_some_and(|born_on| born_on != booked.born_on) {
            found.push(Mismatch::BookedBirthDate);
        }
    }
    found
}

#[cfg(test)]
mod tests;
