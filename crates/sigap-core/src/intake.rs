//! Intake (*permohonan*): what a person of a booking gives ahead of the visit, and how far each paper is.
//!
//! Which questions are asked and which papers are wanted is content (`[[intake]]` in the catalogue). Whether a photo shows the
//! paper that was asked for is for an officer to say: the program sees light, sharpness and shape (`intake/picture.rs`).

pub mod answers;
pub mod picture;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::booking::Visitor;
use crate::catalogue::{Case, Confidence};
use crate::files::FileRefusal;
use crate::ids::{BookingId, FileId};
use crate::inbound::Media;

/// How far an intake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntakeState {
    /// Something is missing.
    Open,
    /// Everything was given, and an officer has not looked at all of it.
    Given,
    /// An officer accepted every paper.
    Accepted,
}

impl IntakeState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Given, Self::Accepted];

    /// The word in storage and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Given => "given",
            Self::Accepted => "accepted",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// How far a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// The photo was sent and is still to be fetched and looked at.
    Waiting,
    /// The program found nothing that keeps an officer from reading it, or only what an officer should weigh.
    Checked,
    /// An officer accepted it.
    Accepted,
    /// Another photo is wanted.
    Again,
}

impl PaperState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Checked, Self::Accepted, Self::Again];

    /// The word in storage and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Checked => "checked",
            Self::Accepted => "accepted",
            Self::Again => "again",
        }
    }
}

/// What was noticed about a photo. Each has a sentence for the citizen that says how to do better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It cannot be opened as a picture.
    Unreadable,
    /// Too few dots to read small print.
    TooSmall,
    /// Out of focus or shaken.
    Blurred,
    /// Too little light.
    TooDark,
    /// Washed out, or a lamp mirrors in it.
    TooBright,
    /// The paper seems to reach over the edge of the picture.
    CutOff,
    /// It lies or stands otherwise than the paper does.
    Turned,
    /// Its shape is not that of the paper.
    OtherShape,
    /// Nothing of it was looked at by the program: a PDF.
    NotLookedAt,
}

impl Finding {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Unreadable,
        Self::TooSmall,
        Self::Blurred,
        Self::TooDark,
        Self::TooBright,
        Self::CutOff,
        Self::Turned,
        Self::OtherShape,
        Self::NotLookedAt,
    ];

    /// The word in storage and in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::TooSmall => "too_small",
            Self::Blurred => "blurred",
            Self::TooDark => "too_dark",
            Self::TooBright => "too_bright",
            Self::CutOff => "cut_off",
            Self::Turned => "turned",
            Self::OtherShape => "other_shape",
            Self::NotLookedAt => "not_looked_at",
        }
    }

    /// Whether the citizen is asked for another photo at once. The others are guesses: an officer weighs them.
    #[must_use]
    pub const fn asks_again(self) -> bool {
        matches!(
            self,
            Self::Unreadable | Self::TooSmall | Self::Blurred | Self::TooDark | Self::TooBright
        )
    }
}

/// A paper of an intake. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which, by its id in content.
    pub id: String,
    /// The photo that counts: the one sent last.
    pub file: FileId,
    /// How far it is.
    pub state: PaperState,
    /// What the program noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Why the file was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<FileRefusal>,
    /// An officer's words for the citizen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The sealed part of an intake. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Intake {
    /// Which papers are wanted: a case of the catalogue; empty until it was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub case: String,
    /// Answers by question. The only place where a NIK is kept.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// Questions and papers that were passed over; they are asked again when somebody comes back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<String>,
    /// Papers of which a photo came.
    #[serde(default)]
    pub papers: Vec<Paper>,
}

impl Intake {
    /// The paper of this id, when a photo of it came.
    #[must_use]
    pub fn paper(&self, id: &str) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.id == id)
    }

    /// Puts a paper in the place of the one with its id.
    pub fn put_paper(&mut self, paper: Paper) {
        self.skipped.retain(|id| *id != paper.id);
        match self.papers.iter_mut().find(|known| known.id == paper.id) {
            Some(known) => *known = paper,
            None => self.papers.push(paper),
        }
    }

    /// Keeps an answer.
    pub fn put_answer(&mut self, question: &str, answer: String) {
        self.skipped.retain(|id| id != question);
        self.answers.insert(question.to_owned(), answer);
    }

    /// Passes over a question or a paper.
    pub fn skip(&mut self, id: &str) {
        if !self.skipped.iter().any(|known| known == id) {
            self.skipped.push(id.to_owned());
        }
    }

    /// What is still wanted, in the order of the form.
    #[must_use]
    pub fn missing<'f>(&self, form: &'f Form) -> Vec<Want<'f>> {
        let questions = form
            .questions
            .iter()
            .filter(|question| !self.answers.contains_key(&question.id));
        let papers = form.papers.iter().filter(|paper| {
            self.paper(&paper.id)
                .is_none_or(|known| known.state == PaperState::Again)
        });
        questions.map(Want::Answer).chain(papers.map(Want::Photo)).collect()
    }

    /// What is asked next: what is missing and was not passed over.
    #[must_use]
    pub fn next<'f>(&self, form: &'f Form) -> Option<Want<'f>> {
        self.missing(form)
            .into_iter()
            .find(|want| !self.skipped.iter().any(|id| id == want.id()))
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self, form: &Form) -> IntakeState {
        if !self.missing(form).is_empty() {
            return IntakeState::Open;
        }
        let is_accepted = |want: &PaperWant| {
            self.paper(&want.id)
                .is_some_and(|paper| paper.state == PaperState::Accepted)
        };
        if form.papers.iter().all(is_accepted) {
            IntakeState::Accepted
        } else {
            IntakeState::Given
        }
    }
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Intake({} answers, {} papers)",
            self.answers.len(),
            self.papers.len()
        )
    }
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Paper({} {:?} {:?})", self.id, self.state, self.findings)
    }
}

/// What is asked ahead of visits, and how long it is kept (`content/catalogue/intake.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeRules {
    /// Bookable services for which people may give answers and photos ahead.
    pub services: Vec<String>,
    /// Cases of the catalogue to choose from, at most nine.
    pub cases: Vec<String>,
    /// Days after the visit until all of it is erased.
    pub keep_days: u16,
    /// Days until a file is erased that was sent to an officer.
    pub talk_file_days: u16,
    /// What is asked of everybody.
    pub questions: Vec<QuestionWant>,
    /// Papers with one shape.
    #[serde(default)]
    pub shapes: Vec<Shape>,
    /// Papers that are brought and not photographed.
    #[serde(default)]
    pub not_photographed: Vec<String>,
    /// First day on which this holds.
    pub from: Date,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// The shape of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// The paper, by its id.
    pub document: String,
    /// Longer side over shorter side, in thousandths.
    pub aspect_thousandths: u32,
    /// For editors: where the shape comes from.
    pub note: String,
}

impl IntakeRules {
    /// What is wanted of somebody in this case; of one that is not known yet only the questions.
    #[must_use]
    pub fn form(&self, case: Option<&Case>) -> Form {
        let shape = |id: &str| self.shapes.iter().find(|shape| shape.document == id);
        let papers = case.map(|case| case.documents.as_slice()).unwrap_or_default();
        Form {
            questions: self.questions.clone(),
            papers: papers
                .iter()
                .filter(|id| !self.not_photographed.contains(id))
                .map(|id| PaperWant {
                    id: id.clone(),
                    aspect_thousandths: shape(id).map(|shape| shape.aspect_thousandths),
                })
                .collect(),
        }
    }
}

/// What is wanted of one person ahead of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// What is asked.
    pub questions: Vec<QuestionWant>,
    /// Of which papers a photo is wanted.
    pub papers: Vec<PaperWant>,
}

impl Form {
    /// Everything that is wanted, in order.
    #[must_use]
    pub fn wants(&self) -> Vec<Want<'_>> {
        let questions = self.questions.iter().map(Want::Answer);
        questions.chain(self.papers.iter().map(Want::Photo)).collect()
    }
}

/// An intake as the dialogue sees it; empty for somebody who has given nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeView {
    /// The booking.
    pub booking: BookingId,
    /// Which of its people, from 0.
    pub place: u8,
    /// That person, as booked.
    pub visitor: Visitor,
    /// The service, by its id.
    pub service: String,
    /// The day of the visit.
    pub day: Date,
    /// What was given.
    pub intake: Intake,
}

/// Something that a person gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeChange {
    /// Which papers are wanted.
    Case(String),
    /// An answer, read and found fit.
    Answer {
        /// To which question.
        question: String,
        /// As it is kept.
        answer: String,
    },
    /// A question or a paper is passed over.
    Skip(String),
    /// A photo of a paper.
    Photo {
        /// Of which.
        paper: String,
        /// The file.
        media: Media,
    },
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionWant {
    /// Its id.
    pub id: String,
    /// How an answer is read.
    pub kind: AnswerKind,
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// A name as it stands on a paper.
    Name,
    /// A NIK.
    Nik,
    /// A birth date.
    BirthDate,
    /// Woman or man.
    Sex,
    /// Words.
    Text,
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperWant {
    /// Its id, one of the documents of the catalogue.
    pub id: String,
    /// The longer side over the shorter one in thousandths, when the paper has one shape; 1,586 is an identity card.
    pub aspect_thousandths: Option<u32>,
}

/// Something that is still wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want<'f> {
    /// An answer.
    Answer(&'f QuestionWant),
    /// A photo.
    Photo(&'f PaperWant),
}

impl<'f> Want<'f> {
    /// The id in content.
    #[must_use]
    pub fn id(self) -> &'f str {
        match self {
            Self::Answer(question) => &question.id,
            Self::Photo(paper) => &paper.id,
        }
    }
}

#[cfg(test)]
mod tests;
