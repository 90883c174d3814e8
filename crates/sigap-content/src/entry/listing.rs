//! Which entries there are at an office, and which fields each has.

use std::collections::BTreeSet;

use sigap_core::language::Language;
use sigap_core::office::Office;
use sigap_understand::classify::Intent;

use super::{DAY_STATES, EntryKey, Field, Kind, OFFICE_PARTS, RELEASES, Shape, WEEKDAYS, field, ground};
use crate::content::{Content, place};
use crate::template::{FACT_PREFIX, Template};

/// Topics that citizens never read, and those that have a kind of their own.
const NOT_TEXTS: [&str; 4] = ["console", "editor", "notice", "canned"];

impl Content {
    /// The keys of a kind that an office can edit, in the order of its page.
    #[must_use]
    pub fn entries(&self, office: &Office, kind: Kind) -> Vec<EntryKey> {
        let file = self.offices.files.get(&office.slug);
        let names: Vec<String> = match kind {
            Kind::Text => self.text_names(|topic| !NOT_TEXTS.contains(&topic)),
            Kind::Notice => {
                let names = self.text_names(|topic| topic == "notice");
                names
                    .iter()
                    .filter_map(|name| Some(name.strip_prefix("notice.")?.to_owned()))
                    .collect()
            }
            Kind::Fee => {
                let fees = self.catalogue_of(office.id).fees.iter();
                let mut codes: Vec<String> = Vec::new();
                for fee in fees.filter(|fee| fee.until.is_none()) {
                    codes.push(fee.code.clone());
                }
                codes
            }
            Kind::Case => self.catalogue.cases.iter().map(|case| case.id.clone()).collect(),
            Kind::Office => OFFICE_PARTS.into_iter().map(str::to_owned).collect(),
            Kind::Fact => {
                let own = file.into_iter().flat_map(|file| &file.fact);
                let general = self.offices.default.fact.iter().chain(own);
                let mut names: BTreeSet<String> = general.map(|fact| fact.name.clone()).collect();
                names.extend(self.used_facts());
                names.into_iter().collect()
            }
            Kind::Holiday => {
                let days = file.into_iter().flat_map(|file| &file.exception);
                let days: BTreeSet<String> = days.map(|day| day.date.to_string()).collect();
                days.into_iter().collect()
            }
            Kind::Opening => {
                let services = file.into_iter().flat_map(|file| &file.service);
                let openings = services.flat_map(|service| {
                    service
                        .opening
                        .iter()
                        .map(move |opening| format!("{}.{}", service.id, opening.date))
                });
                let openings: BTreeSet<String> = openings.collect();
                openings.into_iter().collect()
            }
            Kind::Answer => office.answers.clone(),
            Kind::Example => Intent::all().map(|intent| intent.name().to_owned()).collect(),
        };
        names.iter().map(|name| kind.key(name)).collect()
    }

    /// Names of all texts of the topics that are wanted, parts beside them, sorted.
    fn text_names(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut names = Vec::new();
        for (topic, name, entry) in self.texts[place(Language::Id)].words.iter() {
            if !is_wanted(topic) {
                continue;
            }
            if entry.main.is_some() {
                names.push(format!("{topic}.{name}"));
            }
            names.extend(entry.parts.iter().map(|(part, _)| format!("{topic}.{name}.{part}")));
        }
        names.sort();
        names
    }

    /// Facts that texts use.
    fn used_facts(&self) -> BTreeSet<String> {
        let entries = self.texts[place(Language::Id)].words.iter();
        entries
            .flat_map(|(_, _, entry)| entry.main.iter().flat_map(Template::holes))
            .filter_map(|hole| Some(hole.strip_prefix(FACT_PREFIX)?.to_owned()))
            .collect()
    }

    /// The fields of an entry; none when there is no such entry and none can be added under that name.
    #[must_use]
    pub fn fields(&self, office: &Office, key: &EntryKey) -> Vec<Field> {
        let words = |is_required: bool| {
            [("id", is_required), ("en", is_required), ("su", false)]
                .map(|(code, is_required)| field(code, Shape::Words(code), is_required))
        };
        match key.kind {
            Kind::Text | Kind::Notice => {
                let known = key.text_key().is_some_and(|name| self.has_text(&name));
                if known { words(true).into() } else { Vec::new() }
            }
            Kind::Answer => {
                let mut fields = vec![field("title", Shape::Line, true)];
                fields.extend(words(true).into_iter().take(2));
                fields
            }
            Kind::Example if Intent::find(&key.name).is_some() => ["id", "en", "su", "jv"]
                .map(|code| field(code, Shape::Words(code), false))
                .into(),
            Kind::Example => Vec::new(),
            Kind::Fee => {
                let known = self.catalogue.fees.iter().any(|fee| fee.code == key.name);
                let mut fields = vec![
                    field("rupiah", Shape::Number, true),
                    field("from", Shape::Day, true),
                    field("offered", Shape::Yes, false),
                ];
                fields.extend(ground());
                if known { fields } else { Vec::new() }
            }
            Kind::Case => {
                let papers = self.catalogue.documents.iter();
                let papers = papers.map(|id| (id.clone(), format!("document.{id}"))).collect();
                let mut fields = vec![
                    field("papers", Shape::Any(papers), true),
                    field("work_days", Shape::Number, false),
                ];
                fields.extend(ground());
                if self.catalogue.case(&key.name).is_some() {
                    fields
                } else {
                    Vec::new()
                }
            }
            Kind::Office => self.office_fields(&key.name),
            Kind::Fact => {
                let mut fields: Vec<Field> = words(true).into();
                fields.extend(ground());
                fields
            }
            Kind::Holiday => vec![
                field("state", Shape::One(DAY_STATES), true),
                field("hours", Shape::Hours, false),
                field("reason", Shape::Line, true),
            ],
            Kind::Opening => self.opening_fields(office, key),
        }
    }

    fn office_fields(&self, part: &str) -> Vec<Field> {
        let mut fields = match part {
            "names" => {
                return ["name", "short", "line_name"]
                    .map(|name| field(name, Shape::Line, true))
                    .into();
            }
            "settings" => return vec![field("four_eyes", Shape::Yes, false)],
            "address" | "phone" | "whatsapp" | "site" => vec![field("value", Shape::Line, true)],
            "hours" => WEEKDAYS.map(|day| field(day, Shape::Hours, false)).into(),
            "priority" => {
                let groups = self.catalogue.priority.iter();
                let groups = groups.map(|row| (row.group.id.clone(), format!("editor.group_{}", row.group.id)));
                vec![
                    field("groups", Shape::Any(groups.collect()), true),
                    field("age_lansia", Shape::Number, false),
                    field("age_balita", Shape::Number, false),
                ]
            }
            _ => return Vec::new(),
        };
        fields.extend(ground());
        fields
    }

    fn opening_fields(&self, office: &Office, key: &EntryKey) -> Vec<Field> {
        let Some((service, day)) = key.name.split_once('.') else {
            return Vec::new();
        };
        let is_known = self.opening_services(office).iter().any(|known| known == service);
        if !is_known || day.parse::<jiff::civil::Date>().is_err() {
            return Vec::new();
        }
        vec![
            field("hours", Shape::Hours, true),
            field("places", Shape::Number, true),
            field("day_places", Shape::Number, false),
            field("release", Shape::One(RELEASES), true),
            field("opens_at", Shape::Moment, true),
            field("per_minute", Shape::Number, false),
            field("closes_at", Shape::Moment, false),
            field("drawn_at", Shape::Moment, false),
            field("public_value", Shape::Line, false),
            field("offers_at", Shape::Moment, false),
        ]
    }

    /// Services that may have special openings: those the office books, and *paspor simpatik*.
    #[must_use]
    pub fn opening_services(&self, office: &Office) -> Vec<String> {
        let mut services: Vec<String> = office.services.iter().map(|service| service.id.clone()).collect();
        if !services.iter().any(|known| known == super::writing::SIMPATIK) {
            services.push(super::writing::SIMPATIK.to_owned());
        }
        services
    }

    fn has_text(&self, name: &str) -> bool {
        self.general(Language::Id, name).is_some()
    }

    /// The general words of a key or of its part in one language, without falling back.
    pub(crate) fn general(&self, language: Language, key: &str) -> Option<&Template> {
        self.texts[place(language)].words.template(key)
    }

    /// The words of a key or of its part as they are at an office in one language, without falling back.
    pub(crate) fn own_or_general(&self, office: &Office, language: Language, key: &str) -> Option<&Template> {
        let own = self.own_texts.get(&office.id);
        let own = own.and_then(|own| own[place(language)].template(key));
        own.or_else(|| self.general(language, key))
    }
}
