//! All offices: the register, the national holidays, the defaults and each office's own file, put together.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sigap_core::booking::{Opening, Service};
use sigap_core::cases::READY_ANSWERS;
use sigap_core::catalogue::Catalogue;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::office::{DayException, Office, Span};

use crate::error::ContentError;
use crate::files::Files;
use crate::office_file::{Claim, OfficeFile, spans};
use crate::points::{self, PointRow};

const REGISTER: &str = "offices/register.csv";
const HOLIDAYS: &str = "catalogue/holidays.csv";
const DEFAULT_STEM: &str = "default";

/// A row of the register. Columns that only editors read are not taken.
#[derive(Debug, Clone, Deserialize)]
struct RegisterRow {
    id: i64,
    slug: String,
    name: String,
    short: String,
    class: String,
    city: String,
    province: String,
    zone: String,
    iana_tz: String,
    address: String,
    phone: String,
}

/// A row of the holidays.
#[derive(Debug, Deserialize)]
struct HolidayRow {
    date: Date,
    name: String,
    status: String,
}

/// Offices with the files they came from.
#[derive(Debug, Default, Clone)]
pub(crate) struct Offices {
    /// By number.
    pub(crate) rows: Vec<Office>,
    /// Own files by slug; most offices have none.
    pub(crate) files: BTreeMap<String, OfficeFile>,
    /// What holds for the others.
    pub(crate) default: OfficeFile,
    /// The same files as they are written, to lay changes over them.
    pub(crate) tables: Arc<BTreeMap<String, toml::Table>>,
    /// Where offices are, by slug.
    pub(crate) points: Arc<BTreeMap<String, PointRow>>,
    register: Arc<Vec<RegisterRow>>,
    holidays: Arc<BTreeMap<Date, DayException>>,
    by_id: HashMap<OfficeId, usize>,
    by_slug: HashMap<String, usize>,
}

impl Offices {
    /// Reads and joins everything.
    pub(crate) fn read(files: &Files, catalogue: &Catalogue) -> Result<Self, ContentError> {
        let mut offices = Self {
            holidays: Arc::new(read_holidays(files)?),
            points: Arc::new(points::read(files)?),
            ..Self::default()
        };
        let mut tables = BTreeMap::new();
        for (path, stem, text) in files.list("offices", ".toml") {
            let file: OfficeFile = toml::from_str(text).map_err(|error| ContentError::invalid(path, error))?;
            if stem == DEFAULT_STEM {
                offices.default = file;
            } else {
                let table = toml::from_str(text).map_err(|error| ContentError::invalid(path, error))?;
                tables.insert(stem.to_owned(), table);
                offices.files.insert(stem.to_owned(), file);
            }
        }
        offices.tables = Arc::new(tables);
        let none = OfficeFile::default();
        let text = files.get(REGISTER)?;
        let mut register = Vec::new();
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
            let row: RegisterRow = row.map_err(|error| ContentError::invalid(REGISTER, error))?;
            let own = offices.files.get(&row.slug).unwrap_or(&none);
            let office = offices.build(&row, own, catalogue)?;
            register.push(row);
            let place = offices.rows.len();
            if offices.by_id.insert(office.id, place).is_some() {
                return Err(ContentError::invalid(
                    REGISTER,
                    format!("the number {} stands twice", office.id),
                ));
            }
            if offices.by_slug.insert(office.slug.clone(), place).is_some() {
                return Err(ContentError::invalid(
                    REGISTER,
                    format!("`{}` stands twice", office.slug),
                ));
            }
            offices.rows.push(office);
        }
        offices.register = Arc::new(register);
        Ok(offices)
    }

    /// The office as it is with another file.
    pub(crate) fn rebuilt(
        &self,
        id: OfficeId,
        own: &OfficeFile,
        catalogue: &Catalogue,
    ) -> Result<Office, ContentError> {
        let place = self.by_id.get(&id);
        let row = place.and_then(|place| self.register.get(*place));
        let row = row.ok_or_else(|| ContentError::invalid(REGISTER, format!("there is no office {id}")))?;
        self.build(row, own, catalogue)
    }

    fn build(&self, row: &RegisterRow, own: &OfficeFile, catalogue: &Catalogue) -> Result<Office, ContentError> {
        let mut office = build(row, own, &self.default, &self.holidays, catalogue)?;
        office.point = points::of(own, self.points.get(&row.slug));
        Ok(office)
    }

    /// One office alone, with its file.
    pub(crate) fn alone(&self, id: OfficeId) -> Self {
        let Some(office) = self.find(id).cloned() else {
            return Self::default();
        };
        let file = self.files.get(&office.slug).cloned();
        Self {
            files: file.map(|file| (office.slug.clone(), file)).into_iter().collect(),
            default: self.default.clone(),
            tables: Arc::clone(&self.tables),
            points: Arc::clone(&self.points),
            register: Arc::clone(&self.register),
            holidays: Arc::clone(&self.holidays),
            by_id: HashMap::from([(id, 0)]),
            by_slug: HashMap::from([(office.slug.clone(), 0)]),
            rows: vec![office],
        }
    }

    /// Puts an office and its file in the place of those before.
    pub(crate) fn replace(&mut self, office: Office, file: OfficeFile) {
        self.files.insert(office.slug.clone(), file);
        if let Some(row) = self.by_id.get(&office.id).and_then(|place| self.rows.get_mut(*place)) {
            *row = office;
        }
    }

    pub(crate) fn find(&self, id: OfficeId) -> Option<&Office> {
        self.rows.get(*self.by_id.get(&id)?)
    }

    pub(crate) fn find_slug(&self, slug: &str) -> Option<&Office> {
        self.rows.get(*self.by_slug.get(slug)?)
    }
}

fn read_holidays(files: &Files) -> Result<BTreeMap<Date, DayException>, ContentError> {
    let mut holidays = BTreeMap::new();
    for row in csv::Reader::from_reader(files.get(HOLIDAYS)?.as_bytes()).deserialize() {
        let row: HolidayRow = row.map_err(|error| ContentError::invalid(HOLIDAYS, error))?;
        let is_estimated = row.status != "confirmed";
        holidays.insert(
            row.date,
            DayException::Closed {
                reason: row.name,
                is_estimated,
            },
        );
    }
    Ok(holidays)
}

fn build(
    row: &RegisterRow,
    own: &OfficeFile,
    default: &OfficeFile,
    holidays: &BTreeMap<Date, DayException>,
    catalogue: &Catalogue,
) -> Result<Office, ContentError> {
    let zone = TimeZone::get(&row.iana_tz).map_err(|_| {
        ContentError::invalid(
            REGISTER,
            format!("`{}` has an unknown zone `{}`", row.slug, row.iana_tz),
        )
    })?;
    let claimed = |claim: &Option<Claim>| claim.as_ref().map(|claim| claim.value.clone());
    // What has no source at all is a guess: an address may be told with a warning, a number or a page may not.
    let founded = |claim: &Option<Claim>| claimed(&claim.clone().filter(Claim::is_founded));
    let hours = own.hours.as_ref().or(default.hours.as_ref());
    let hours = hours.map(crate::office_file::HoursFile::hours).unwrap_or_default();
    let mut exceptions = holidays.clone();
    for day in default.exception.iter().chain(&own.exception) {
        let reason = day.reason.clone();
        let exception = if day.is_closed || day.open.is_empty() {
            DayException::Closed {
                reason,
                is_estimated: day.is_estimated,
            }
        } else {
            DayException::Open {
                spans: spans(&day.open),
                reason,
            }
        };
        exceptions.insert(day.date, exception);
    }
    let mut facts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for fact in default.fact.iter().chain(&own.fact) {
        let words = [
            (Language::Id, Some(&fact.id)),
            (Language::En, fact.en.as_ref()),
            (Language::Su, fact.su.as_ref()),
            (Language::Jv, fact.jv.as_ref()),
        ];
        for (language, words) in words {
            if let Some(words) = words {
                facts
                    .entry(language.code().to_owned())
                    .or_default()
                    .insert(fact.name.clone(), words.clone());
            }
        }
    }
    let national = || {
        catalogue
            .priority
            .iter()
            .filter(|row| row.is_default)
            .map(|row| row.group.clone())
            .collect()
    };
    let path = format!("offices/{}.toml", row.slug);
    let services = own
        .service
        .iter()
        .map(|file| {
            file.service(&default.booking_rules)
                .map_err(|what| ContentError::invalid(&path, what))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let hall = own
        .hall
        .as_ref()
        .map(|file| file.hall().map_err(|what| ContentError::invalid(&path, what)))
        .transpose()?;
    for service in &services {
        for opening in &service.openings {
            // A special opening opens the office, whatever holiday it is, unless the office itself says otherwise.
            if !own.exception.iter().any(|day| day.date == opening.date) {
                let usual = match exceptions.get(&opening.date) {
                    Some(DayException::Open { spans, .. }) => spans.clone(),
                    Some(DayException::Closed { .. }) => Vec::new(),
                    None => hours
                        .week
                        .get(usize::try_from(opening.date.weekday().to_monday_zero_offset()).unwrap_or_default())
                        .cloned()
                        .unwrap_or_default(),
                };
                if let Some(day) = open_for(service, opening, &usual) {
                    exceptions.insert(opening.date, day);
                }
            }
        }
    }
    Ok(Office {
        id: OfficeId(row.id),
        slug: row.slug.clone(),
        name: own.name.clone().unwrap_or_else(|| row.name.clone()),
        short: own.short.clone().unwrap_or_else(|| row.short.clone()),
        class: row.class.clone(),
        city: row.city.clone(),
        province: row.province.clone(),
        zone_name: row.zone.clone(),
        zone,
        address: claimed(&own.address).or_else(|| some(row.address.clone())),
        point: None,
        is_address_confirmed: own.address.as_ref().is_some_and(|claim| claim.is_confirmed),
        phone: founded(&own.phone).or_else(|| some(row.phone.clone()).map(|phone| as_dialled(&phone))),
        whatsapp: founded(&own.whatsapp),
        handover: founded(&own.handover).filter(|url| url.starts_with("https://")),
        site: founded(&own.site).or_else(|| founded(&default.site)),
        line_name: own
            .line_name
            .as_ref()
            .or(default.line_name.as_ref())
            .cloned()
            .unwrap_or_default(),
        hours,
        exceptions,
        priority: own
            .priority
            .clone()
            .or_else(|| default.priority.clone())
            .unwrap_or_else(national),
        is_priority_stale: false,
        services,
        hall,
        without: own
            .without
            .clone()
            .or_else(|| default.without.clone())
            .unwrap_or_default(),
        facts,
        answers: answers(own),
        needs_four_eyes: own.four_eyes.or(default.four_eyes).unwrap_or_default(),
    })
}

/// The ready answers of an office: everybody's without those it does not want, then its own.
fn answers(own: &OfficeFile) -> Vec<String> {
    let general = READY_ANSWERS.into_iter().map(str::to_owned);
    let further = own.answer.iter().map(|answer| answer.name.clone());
    let mut names: Vec<String> = general.filter(|name| !own.answers_without.contains(name)).collect();
    names.extend(further.filter(|name| !READY_ANSWERS.contains(&name.as_str())));
    names
}

/// The day of a special opening in the calendar, beside what is usual on it; nothing when it is open then anyway. Its reason is
/// the service's name, a key of content.
fn open_for(service: &Service, opening: &Opening, usual: &[Span]) -> Option<DayException> {
    let mut spans: Vec<Span> = Vec::new();
    let mut all: Vec<Span> = usual
        .iter()
        .copied()
        .chain(opening.plan.iter().map(|plan| plan.span))
        .collect();
    all.sort_by_key(|span| span.from);
    for span in all {
        match spans.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => spans.push(span),
        }
    }
    (spans != usual).then(|| DayException::Open {
        spans,
        reason: service.id.clone(),
    })
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// `+62342 554759` as people dial it: `0342 554759`.
fn as_dialled(phone: &str) -> String {
    phone
        .strip_prefix("+62")
        .map_or_else(|| phone.to_owned(), |rest| format!("0{}", rest.trim_start()))
}

#[cfg(test)]
mod tests;
