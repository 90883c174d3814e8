//! The satisfaction survey of the ministry (SKM) and its index (IKM): PermenPANRB 14/2017, `content/catalogue/survey.toml`.

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;

use crate::catalogue::Confidence;

/// Elements that are asked.
pub const ELEMENTS: usize = 9;
/// The best answer; the worst is 1.
pub const BEST: u8 = 4;

/// What one visitor answered, element by element; what was skipped is `None`.
pub type Answers = [Option<u8>; ELEMENTS];

/// The rules of the survey as content gives them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyRules {
    /// The elements in order; their words stand in content under `survey.{element}`.
    pub elements: [String; ELEMENTS],
    /// The grades, the best first.
    pub grades: Vec<GradeRow>,
    /// First day on which it holds.
    pub from: Date,
    /// Whether that day is known only roughly.
    #[serde(default)]
    pub is_from_approximate: bool,
    /// Short name in `Catalogue::sources`.
    pub source: String,
    /// How well founded.
    pub confidence: Confidence,
    /// For editors.
    pub note: Option<String>,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRow {
    /// `A` to `D`.
    pub grade: String,
    /// The least index that earns it.
    pub least: f64,
}

/// Answers of many, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Who answered at least one question.
    pub people: u64,
    /// Answers to each element.
    pub counts: [u64; ELEMENTS],
    /// Their sum.
    pub sums: [u64; ELEMENTS],
}

/// The index in hundredths, as it is published: two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index(pub u32);

impl fmt::Display for Index {
    /// With a decimal comma, as Indonesian is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Tally {
    /// Adds what one visitor answered; answers outside 1 to `BEST` are left out.
    pub fn add(&mut self, answers: &Answers) {
        self.people += 1;
        for (place, answer) in answers.iter().enumerate() {
            if let (Some(answer), Some(count), Some(sum)) = (
                answer.filter(|answer| (1..=BEST).contains(answer)),
                self.counts.get_mut(place),
                self.sums.get_mut(place),
            ) {
                *count += 1;
                *sum += u64::from(answer);
            }
        }
    }

    /// Both together.
    #[must_use]
    pub fn join(mut self, other: &Self) -> Self {
        self.people += other.people;
        for (own, other) in self.counts.iter_mut().zip(&other.counts) {
            *own += other;
        }
        for (own, other) in self.sums.iter_mut().zip(&other.sums) {
            *own += other;
        }
        self
    }

    /// The mean answer to an element; `None` when nobody answered it.
    #[must_use]
    pub fn mean(&self, element: usize) -> Option<f64> {
        let (count, sum) = (*self.counts.get(element)?, *self.sums.get(element)?);
        (count > 0).then(|| sum as f64 / count as f64)
    }

    /// 25 times the sum of each element's mean times a ninth, rounded to two decimals; `None` until each element was answered.
    #[must_use]
    pub fn index(&self) -> Option<Index> {
        let means: Option<Vec<f64>> = (0..ELEMENTS).map(|element| self.mean(element)).collect();
        let sum: f64 = means?.iter().sum();
        Some(Index((25.0 * sum / ELEMENTS as f64 * 100.0).round() as u32))
    }
}

impl SurveyRules {
    /// The grade of an index; `None` for one below all grades.
    #[must_use]
    pub fn grade(&self, index: Index) -> Option<&str> {
        let hundredths = |row: &GradeRow| (row.least * 100.0).round() as u32;
        self.grades
            .iter()
            .find(|row| index.0 >= hundredths(row))
            .map(|row| row.grade.as_str())
    }
}

#[cfg(test)]
pub(crate) mod tests;
