//! The shape of `content/offices/{slug}.toml`: what an office says of itself, every part of it optional.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, Time};
use serde::Deserialize;
use sigap_core::catalogue::UNVERIFIED;
use sigap_core::language::Language;
use sigap_core::office::{OpeningHours, PriorityGroup, Span};

use crate::hall_file::HallFile;
use crate::service_file::{RulesFile, ServiceFile};

/// One office file, or `default.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeFile {
    /// Name of this line.
    pub(crate) line_name: Option<String>,
    /// Full and short name, where the office is not called as the register has it.
    pub(crate) name: Option<String>,
    pub(crate) short: Option<String>,
    /// True where nobody publishes what they wrote themselves.
    pub(crate) four_eyes: Option<bool>,
    /// Choices that are not offered here.
    pub(crate) without: Option<Vec<String>>,
    pub(crate) whatsapp: Option<Claim>,
    pub(crate) address: Option<Claim>,
    /// Its door on the map, where it is known better than in `points.csv`.
    pub(crate) point: Option<PointFile>,
    pub(crate) phone: Option<Claim>,
    pub(crate) site: Option<Claim>,
    /// The page of the national application that officers open with an intake.
    pub(crate) handover: Option<Claim>,
    pub(crate) hours: Option<HoursFile>,
    /// Groups that need no booking; replaces the list of the catalogue.
    pub(crate) priority: Option<Vec<PriorityGroup>>,
    #[serde(default)]
    pub(crate) exception: Vec<ExceptionFile>,
    #[serde(default)]
    pub(crate) fact: Vec<FactFile>,
    /// What can be booked.
    #[serde(default)]
    pub(crate) service: Vec<ServiceFile>,
    /// How people queue in the hall.
    pub(crate) hall: Option<HallFile>,
    /// Rules of booking; complete in `default.toml`, absent elsewhere.
    #[serde(default)]
    pub(crate) booking_rules: RulesFile,
    #[serde(default)]
    pub(crate) rules: Rules,
    /// Ready answers of its officers: further ones, and other words for those that every office has.
    #[serde(default)]
    pub(crate) answer: Vec<AnswerFile>,
    /// Ready answers that every office has and this one does not want.
    #[serde(default)]
    pub(crate) answers_without: Vec<String>,
    /// Sentences that teach the understanding of free text.
    #[serde(default)]
    pub(crate) example: Vec<ExampleFile>,
    /// Sources of its own: a short name, and the words that citizens read.
    #[serde(default)]
    pub(crate) sources: BTreeMap<String, String>,
    /// Who looks after a fact and when it is looked at again, by its key: `office/hours`, `fact/helpdesk_place`, `fee/EP10`.
    #[serde(default)]
    pub(crate) grounds: BTreeMap<String, Ground>,
    /// Words by language code, then by key `topic.name`.
    #[serde(default)]
    pub(crate) texts: HashMap<String, HashMap<String, String>>,
}

impl OfficeFile {
    /// Its words by language code and key: texts, names of its own sources, ready answers.
    pub(crate) fn words(&self) -> HashMap<String, HashMap<String, String>> {
        let mut words = self.texts.clone();
        let mut put = |language: Language, key: String, text: &str| {
            let table: &mut HashMap<String, String> = words.entry(language.code().to_owned()).or_default();
            table.insert(key, text.to_owned());
        };
        for language in [Language::Id, Language::En] {
            for (name, source) in &self.sources {
                put(language, format!("source.{name}"), source);
            }
            for answer in &self.answer {
                let text = if language == Language::En {
                    &answer.en
                } else {
                    &answer.id
                };
                put(language, format!("canned.{}", answer.name), text);
                put(language, format!("console.canned_{}", answer.name), &answer.title);
            }
        }
        words
    }
}

/// A value somebody claims, with where and when.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim {
    pub(crate) value: String,
    pub(crate) is_confirmed: bool,
    pub(crate) source: String,
    pub(crate) from: Date,
    #[serde(default)]
    pub(crate) until: Option<Date>,
    #[serde(default)]
    #[allow(dead_code, reason = "kept for editors who read the file")]
    pub(crate) note: Option<String>,
}

impl Claim {
    /// Whether anybody stands behind it.
    pub(crate) fn is_founded(&self) -> bool {
        self.is_confirmed || self.source != UNVERIFIED
    }
}

/// Where the office's door is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PointFile {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) source: String,
    pub(crate) from: Date,
}

/// Who looks after a fact, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ground {
    /// Where it comes from, for what has no place of its own to say so.
    pub(crate) source: Option<String>,
    /// A name or a role at the office.
    pub(crate) owner: Option<String>,
    /// The day on which somebody looked last.
    pub(crate) checked_on: Option<Date>,
    /// From this day on nobody vouches for it until somebody has looked again.
    pub(crate) check_again_on: Option<Date>,
}

/// Sentences that ask for the same thing, by language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleFile {
    /// One of the labels of `content/understanding/intents.md`.
    pub(crate) intent: String,
    #[serde(default)]
    pub(crate) id: Vec<String>,
    #[serde(default)]
    pub(crate) en: Vec<String>,
    #[serde(default)]
    pub(crate) su: Vec<String>,
    #[serde(default)]
    pub(crate) jv: Vec<String>,
}

/// A ready answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerFile {
    pub(crate) name: String,
    /// What officers choose it by.
    pub(crate) title: String,
    pub(crate) id: String,
    pub(crate) en: String,
}

/// Opening hours as `"08:00-12:00"` spans by weekday.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoursFile {
    monday: Vec<SpanText>,
    tuesday: Vec<SpanText>,
    wednesday: Vec<SpanText>,
    thursday: Vec<SpanText>,
    friday: Vec<SpanText>,
    saturday: Vec<SpanText>,
    sunday: Vec<SpanText>,
    pub(crate) is_confirmed: bool,
    pub(crate) source: String,
    pub(crate) from: Date,
    #[serde(default)]
    #[allow(dead_code, reason = "kept for editors who read the file")]
    pub(crate) note: Option<String>,
}

impl HoursFile {
    pub(crate) fn hours(&self) -> OpeningHours {
        let days = [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ];
        OpeningHours {
            week: days.map(|day| spans(day)),
            is_confirmed: self.is_confirmed,
        }
    }
}

/// A day unlike its weekday: either `is_closed = true` or hours in `open`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExceptionFile {
    pub(crate) date: Date,
    #[serde(default)]
    pub(crate) is_closed: bool,
    #[serde(default)]
    pub(crate) open: Vec<SpanText>,
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) is_estimated: bool,
}

/// A short fact that texts may use as `{fact.NAME}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactFile {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) en: Option<String>,
    pub(crate) su: Option<String>,
    pub(crate) jv: Option<String>,
    pub(crate) is_confirmed: bool,
    pub(crate) source: String,
    pub(crate) from: Date,
    #[serde(default)]
    pub(crate) until: Option<Date>,
    #[serde(default)]
    #[allow(dead_code, reason = "kept for editors who read the file")]
    pub(crate) note: Option<String>,
}

/// What this office does otherwise than the country.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    /// Fee codes offered here although they are not offered everywhere.
    #[serde(default)]
    pub(crate) offers: Vec<String>,
    /// Fee codes not offered here.
    #[serde(default)]
    pub(crate) withholds: Vec<String>,
    /// Fees that differ here.
    #[serde(default)]
    pub(crate) fee: Vec<FeeRule>,
    /// Cases with other papers.
    #[serde(default)]
    pub(crate) case: Vec<CaseRule>,
    /// Days until the passport is cancelled.
    pub(crate) pickup_days_kept: Option<u16>,
    /// Hours a code from M-Paspor can be paid.
    pub(crate) payment_hours_m_paspor: Option<u16>,
    /// Days a code from the counter can be paid.
    pub(crate) payment_days_counter: Option<u16>,
}

/// A fee as this office takes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeeRule {
    pub(crate) code: String,
    pub(crate) rupiah: i64,
    pub(crate) from: Date,
    pub(crate) source: String,
}

/// Papers of one case that this office adds or leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseRule {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) add: Vec<String>,
    #[serde(default)]
    pub(crate) remove: Vec<String>,
    pub(crate) work_days: Option<u8>,
    pub(crate) source: String,
}

/// `"08:00-12:00"`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct SpanText(Span);

impl TryFrom<String> for SpanText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parse = |text: &str| text.trim().parse::<Time>().ok();
        text.split_once('-')
            .and_then(|(from, to)| {
                Some(Span {
                    from: parse(from)?,
                    to: parse(to)?,
                })
            })
            .filter(|span| span.from < span.to)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not a span of hours, write `08:00-12:00`"))
    }
}

/// The spans in order of the clock.
pub(crate) fn spans(texts: &[SpanText]) -> Vec<Span> {
    let mut spans: Vec<Span> = texts.iter().map(|text| text.0).collect();
    spans.sort_by_key(|span| span.from);
    spans
}
