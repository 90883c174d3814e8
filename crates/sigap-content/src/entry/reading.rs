//! What an entry says now: the fields of its form as content has them.

use jiff::civil::Date;
use sigap_core::catalogue::UNVERIFIED;
use sigap_core::language::Language;
use sigap_core::office::Office;

use super::{EntryKey, Kind, WEEKDAYS};
use crate::content::Content;
use crate::office_file::{Claim, OfficeFile, SpanText};
use crate::overlay::Fields;
use crate::service_file::ReleaseName;

impl Content {
    /// The fields of an entry as they are at an office; `None` when there is no such entry.
    #[must_use]
    pub fn entry(&self, office: &Office, key: &EntryKey) -> Option<Fields> {
        let none = OfficeFile::default();
        let file = self.offices.files.get(&office.slug).unwrap_or(&none);
        let mut fields = match key.kind {
            Kind::Text | Kind::Notice => self.words_of_text(office, &key.text_key()?),
            Kind::Answer => self.answer(office, key)?,
            Kind::Example => examples(file, &key.name),
            Kind::Fee => self.fee(office, &key.name)?,
            Kind::Case => self.papers(office, &key.name)?,
            Kind::Office => self.office_part(office, file, &key.name)?,
            Kind::Fact => self.fact_fields(office, file, &key.name),
            Kind::Holiday => holiday(file, &key.name)?,
            Kind::Opening => opening(file, &key.name)?,
        };
        if matches!(key.kind, Kind::Fee | Kind::Case | Kind::Fact | Kind::Office)
            && !["names", "settings"].contains(&key.name.as_str())
        {
            let ground = file.grounds.get(&key.to_string()).cloned().unwrap_or_default();
            put(&mut fields, "owner", ground.owner.unwrap_or_default());
            if let Some(source) = ground.source {
                put(&mut fields, "source", self.source_words(office, &source));
            }
            if let Some(on) = ground.checked_on {
                put(&mut fields, "checked_on", on);
            }
            put(&mut fields, "check_again_on", shown(ground.check_again_on));
        }
        fields.retain(|_, value| !value.is_empty());
        Some(fields)
    }

    /// The words of a source as citizens read them.
    pub(crate) fn source_words(&self, office: &Office, source: &str) -> String {
        if source == UNVERIFIED {
            return String::new();
        }
        let words = self.own_or_general(office, Language::Id, &format!("source.{source}"));
        let listed = || self.catalogue_of(office.id).sources.get(source).cloned();
        words
            .map(crate::template::Template::source)
            .or_else(listed)
            .unwrap_or_default()
    }

    fn words_of_text(&self, office: &Office, key: &str) -> Fields {
        let mut fields = Fields::new();
        for language in [Language::Id, Language::En, Language::Su] {
            if let Some(template) = self.own_or_general(office, language, key) {
                put(&mut fields, language.code(), template.source());
            }
        }
        fields
    }

    fn answer(&self, office: &Office, key: &EntryKey) -> Option<Fields> {
        if !office.answers.contains(&key.name) {
            return None;
        }
        let mut fields = self.words_of_text(office, &key.text_key()?);
        fields.remove(Language::Su.code());
        let title = self.own_or_general(office, Language::Id, &format!("console.canned_{}", key.name));
        put(
            &mut fields,
            "title",
            title.map(crate::template::Template::source).unwrap_or_default(),
        );
        Some(fields)
    }

    fn fee(&self, office: &Office, code: &str) -> Option<Fields> {
        let fees = &self.catalogue_of(office.id).fees;
        let fee = fees.iter().find(|fee| fee.code == code && fee.until.is_none());
        let fee = fee.or_else(|| fees.iter().rfind(|fee| fee.code == code))?;
        let mut fields = Fields::new();
        put(&mut fields, "rupiah", fee.rupiah);
        put(&mut fields, "from", fee.from);
        put(&mut fields, "offered", yes(fee.is_offered));
        put(&mut fields, "source", self.source_words(office, &fee.source));
        put(&mut fields, "checked_on", self.catalogue.checked);
        Some(fields)
    }

    fn papers(&self, office: &Office, id: &str) -> Option<Fields> {
        let case = self.catalogue_of(office.id).case(id)?;
        let mut fields = Fields::new();
        put(&mut fields, "papers", case.documents.join(" "));
        put(
            &mut fields,
            "work_days",
            case.work_days.map(|days| days.to_string()).unwrap_or_default(),
        );
        put(&mut fields, "source", self.source_words(office, &case.source));
        put(&mut fields, "checked_on", self.catalogue.checked);
        Some(fields)
    }

    fn office_part(&self, office: &Office, file: &OfficeFile, part: &str) -> Option<Fields> {
        let mut fields = Fields::new();
        let claim = |claim: &Option<Claim>, shown: &Option<String>| {
            let mut fields = Fields::new();
            let known = claim.as_ref().map(|claim| claim.value.clone());
            put(
                &mut fields,
                "value",
                known.or_else(|| shown.clone()).unwrap_or_default(),
            );
            if let Some(claim) = claim {
                put(&mut fields, "source", self.source_words(office, &claim.source));
                put(&mut fields, "checked_on", claim.from);
            }
            fields
        };
        match part {
            "names" => {
                put(&mut fields, "name", &office.name);
                put(&mut fields, "short", &office.short);
                put(&mut fields, "line_name", &office.line_name);
            }
            "settings" => put(&mut fields, "four_eyes", yes(office.needs_four_eyes)),
            "address" => fields = claim(&file.address, &office.address),
            "phone" => fields = claim(&file.phone, &office.phone),
            "whatsapp" => fields = claim(&file.whatsapp, &office.whatsapp),
            "site" => fields = claim(&file.site, &office.site),
            "hours" => {
                for (name, spans) in WEEKDAYS.iter().zip(&office.hours.week) {
                    let spans: Vec<String> = spans
                        .iter()
                        .map(|span| format!("{}-{}", clock(span.from), clock(span.to)))
                        .collect();
                    put(&mut fields, name, spans.join(", "));
                }
                if let Some(hours) = file.hours.as_ref().or(self.offices.default.hours.as_ref()) {
                    put(&mut fields, "source", self.source_words(office, &hours.source));
                    put(&mut fields, "checked_on", hours.from);
                }
            }
            "priority" => {
                let groups: Vec<&str> = office.priority.iter().map(|group| group.id.as_str()).collect();
                put(&mut fields, "groups", groups.join(" "));
                for group in &office.priority {
                    if let Some(age) = group.age_from.or(group.age_below) {
                        put(&mut fields, &format!("age_{}", group.id), age);
                    }
                }
            }
            _ => return None,
        }
        Some(fields)
    }

    fn fact_fields(&self, office: &Office, file: &OfficeFile, name: &str) -> Fields {
        let mut fields = Fields::new();
        let own = file.fact.iter().rfind(|fact| fact.name == name);
        let general = || self.offices.default.fact.iter().rfind(|fact| fact.name == name);
        if let Some(fact) = own.or_else(general) {
            put(&mut fields, "id", &fact.id);
            put(&mut fields, "en", fact.en.clone().unwrap_or_default());
            put(&mut fields, "su", fact.su.clone().unwrap_or_default());
            put(&mut fields, "source", self.source_words(office, &fact.source));
            put(&mut fields, "checked_on", fact.from);
        }
        fields
    }
}

/// The sentences of an office for an intent, one a line.
fn examples(file: &OfficeFile, intent: &str) -> Fields {
    let mut fields = Fields::new();
    for example in file.example.iter().filter(|example| example.intent == intent) {
        for (code, texts) in [
            ("id", &example.id),
            ("en", &example.en),
            ("su", &example.su),
            ("jv", &example.jv),
        ] {
            put(&mut fields, code, texts.join("\n"));
        }
    }
    fields
}

fn holiday(file: &OfficeFile, day: &str) -> Option<Fields> {
    let day: Date = day.parse().ok()?;
    let known = file.exception.iter().rfind(|known| known.date == day)?;
    let mut fields = Fields::new();
    let is_closed = known.is_closed || known.open.is_empty();
    put(&mut fields, "state", if is_closed { "closed" } else { "open" });
    put(&mut fields, "hours", spans(&known.open));
    put(&mut fields, "reason", &known.reason);
    Some(fields)
}

fn opening(file: &OfficeFile, name: &str) -> Option<Fields> {
    let (service, day) = name.split_once('.')?;
    let day: Date = day.parse().ok()?;
    let service = file.service.iter().find(|known| known.id == service)?;
    let known = service.opening.iter().find(|known| known.date == day)?;
    let mut fields = Fields::new();
    let moment = |at: Option<jiff::civil::DateTime>| at.map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string());
    put(&mut fields, "hours", spans(&known.hours));
    put(&mut fields, "places", known.places);
    put(&mut fields, "day_places", shown(known.day_places));
    let release = match known.release {
        ReleaseName::FirstCome => "first_come",
        ReleaseName::Shuffled => "shuffled",
        ReleaseName::Draw => "draw",
        ReleaseName::WaitingList => "waiting_list",
    };
    put(&mut fields, "release", release);
    put(&mut fields, "opens_at", shown(moment(Some(known.opens_at))));
    put(&mut fields, "per_minute", shown(known.per_minute));
    put(&mut fields, "closes_at", shown(moment(known.closes_at)));
    put(&mut fields, "drawn_at", shown(moment(known.drawn_at)));
    put(
        &mut fields,
        "public_value",
        known.public_value.clone().unwrap_or_default(),
    );
    put(&mut fields, "offers_at", shown(moment(known.offers_at)));
    Some(fields)
}

fn put(fields: &mut Fields, name: &str, value: impl ToString) {
    fields.insert(name.to_owned(), value.to_string());
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What a ticked box sends; an empty one sends nothing.
fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "" }
}

fn clock(time: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn spans(spans: &[SpanText]) -> String {
    let spans: Vec<String> = crate::office_file::spans(spans)
        .iter()
        .map(|span| format!("{}-{}", clock(span.from), clock(span.to)))
        .collect();
    spans.join(", ")
}
