//! What the fields of an entry mean for the office's file. The file is then read as if somebody had written it by hand.

use jiff::civil::{Date, DateTime};
use sigap_core::cases::READY_ANSWERS;
use sigap_core::language::Language;
use sigap_core::office::Office;
use toml::{Table, Value};

use super::problems::{Problem, What};
use super::{EntryKey, Kind, RELEASES, Shape, WEEKDAYS};
use crate::content::Content;
use crate::office_file::{SpanText, spans};
use crate::overlay::Fields;

/// The service that offices open on days off.
pub(crate) const SIMPATIK: &str = "simpatik";
/// Minutes of a slot where an office opens a service that its file does not have.
const SLOT_MINUTES: i64 = 60;
/// Sentences of one language that teach one thing: a clerk has read each of them.
const EXAMPLES_MAX: usize = 100;
/// Where office pages live; anything else may be a fake.
const OFFICIAL_SITE_ENDING: &str = ".go.id";
/// Priority groups whose words name an age.
const GROUPS_BY_AGE: [(&str, &str); 2] = [("lansia", "age_from"), ("balita", "age_below")];

/// Writes an entry into the office's file, or takes it out. `content` is what lies under all changes. With problems the table is
/// half written and to be thrown away; but for words, where it is then untouched.
pub(crate) fn write(
    content: &Content,
    office: &Office,
    key: &EntryKey,
    fields: Option<&Fields>,
    table: &mut Table,
) -> Result<(), Vec<Problem>> {
    let Some(fields) = fields else {
        return remove(key, table).ok_or_else(|| vec![Problem::of("", What::NoSuchEntry)]);
    };
    let shape = content.fields(office, key);
    if shape.is_empty() {
        return Err(vec![Problem::of("", What::NoSuchEntry)]);
    }
    let mut writer = Writer {
        content,
        office,
        key,
        fields,
        problems: Vec::new(),
    };
    for field in &shape {
        if field.is_required && writer.text(&field.name).is_empty() {
            writer.problem(&field.name, What::Missing);
        }
        if let Shape::Any(known) = &field.shape
            && let Some(unknown) = writer
                .list(&field.name)
                .into_iter()
                .find(|value| !known.iter().any(|(id, _)| id == value))
        {
            writer.problem(&field.name, What::NoSuchValue(unknown));
        }
    }
    if writer.problems.is_empty() || !key.kind.is_words() {
        writer.write(table);
    }
    if writer.problems.is_empty() {
        Ok(())
    } else {
        Err(writer.problems)
    }
}

struct Writer<'a> {
    content: &'a Content,
    office: &'a Office,
    key: &'a EntryKey,
    fields: &'a Fields,
    problems: Vec<Problem>,
}

impl Writer<'_> {
    fn write(&mut self, table: &mut Table) {
        let name = self.key.name.clone();
        match self.key.kind {
            Kind::Text | Kind::Notice => self.words(table),
            Kind::Answer => {
                let mut row = Table::new();
                row.insert("name".into(), name.clone().into());
                for field in ["title", "id", "en"] {
                    row.insert(field.into(), self.text(field).into());
                }
                put_row(array(table, "answer"), "name", &name, row);
                array(table, "answers_without").retain(|known| known.as_str() != Some(&name));
            }
            Kind::Example => self.examples(table),
            Kind::Fee => self.fee(table),
            Kind::Case => self.papers(table),
            Kind::Office => self.office_part(table),
            Kind::Fact => {
                let (source, checked_on) = self.ground(table);
                let mut row = Table::new();
                row.insert("name".into(), name.clone().into());
                for code in ["id", "en", "su"] {
                    if !self.text(code).is_empty() {
                        row.insert(code.into(), self.text(code).into());
                    }
                }
                confirm(&mut row, source, &checked_on);
                put_row(array(table, "fact"), "name", &name, row);
            }
            Kind::Holiday => self.holiday(table),
            Kind::Opening => self.opening(table),
        }
    }

    fn words(&mut self, table: &mut Table) {
        let Some(key) = self.key.text_key() else { return };
        for language in [Language::Id, Language::En, Language::Su] {
            let code = language.code();
            let words = self.text(code);
            let general = self
                .content
                .general(language, &key)
                .map(crate::template::Template::source);
            let own = table_at(table_at(table, "texts"), code);
            if words.is_empty() || general.as_deref() == Some(&words) {
                own.remove(&key);
            } else {
                own.insert(key.clone(), words.into());
            }
        }
    }

    /// Sentences, one a line.
    fn examples(&mut self, table: &mut Table) {
        let mut row = Table::new();
        row.insert("intent".into(), self.key.name.clone().into());
        for code in ["id", "en", "su", "jv"] {
            let text = self.text(code);
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let lines: Vec<Value> = lines.map(Value::from).collect();
            if lines.len() > EXAMPLES_MAX {
                self.problem(code, What::TooMany { most: EXAMPLES_MAX });
            }
            if !lines.is_empty() {
                row.insert(code.into(), lines.into());
            }
        }
        if row.len() > 1 {
            put_row(array(table, "example"), "intent", &self.key.name, row);
        } else {
            take_row(array(table, "example"), "intent", &self.key.name);
        }
    }

    fn fee(&mut self, table: &mut Table) {
        let code = self.key.name.clone();
        let (source, _) = self.ground(table);
        let mut row = Table::new();
        row.insert("code".into(), code.clone().into());
        row.insert("rupiah".into(), self.number("rupiah").into());
        row.insert("from".into(), self.day("from").into());
        row.insert("source".into(), source.into());
        let is_offered = !self.text("offered").is_empty();
        let rules = table_at(table, "rules");
        put_row(array(rules, "fee"), "code", &code, row);
        for (list, belongs) in [("offers", is_offered), ("withholds", !is_offered)] {
            let codes = array(rules, list);
            codes.retain(|known| known.as_str() != Some(&code));
            if belongs {
                codes.push(code.clone().into());
            }
        }
    }

    fn papers(&mut self, table: &mut Table) {
        let id = self.key.name.clone();
        let (source, _) = self.ground(table);
        let Some(case) = self.content.catalogue.case(&id) else {
            return;
        };
        let wanted = self.list("papers");
        let of = |names: Vec<String>| Value::Array(names.into_iter().map(Value::from).collect());
        let added = wanted.iter().filter(|paper| !case.documents.contains(paper));
        let removed = case.documents.iter().filter(|paper| !wanted.contains(paper));
        let mut row = Table::new();
        row.insert("id".into(), id.clone().into());
        row.insert("add".into(), of(added.cloned().collect()));
        row.insert("remove".into(), of(removed.cloned().collect()));
        if !self.text("work_days").is_empty() {
            let days = self.small("work_days", 250);
            row.insert("work_days".into(), days.into());
        }
        row.insert("source".into(), source.into());
        put_row(array(table_at(table, "rules"), "case"), "id", &id, row);
    }

    fn office_part(&mut self, table: &mut Table) {
        let part = self.key.name.clone();
        match part.as_str() {
            "names" => {
                for name in ["name", "short", "line_name"] {
                    table.insert(name.into(), self.text(name).into());
                }
            }
            "settings" => {
                table.insert("four_eyes".into(), (!self.text("four_eyes").is_empty()).into());
            }
            "hours" => {
                let (source, checked_on) = self.ground(table);
                let mut row = Table::new();
                for day in WEEKDAYS {
                    row.insert(day.into(), self.hours(day));
                }
                confirm(&mut row, source, &checked_on);
                table.insert(part, row.into());
            }
            "priority" => {
                self.ground(table);
                let mut groups = Vec::new();
                for id in self.list("groups") {
                    let mut row = Table::new();
                    row.insert("id".into(), id.clone().into());
                    if let Some((_, bound)) = GROUPS_BY_AGE.iter().find(|(group, _)| *group == id) {
                        let field = format!("age_{id}");
                        if self.text(&field).is_empty() {
                            self.problem(&field, What::Missing);
                        }
                        row.insert((*bound).into(), self.small(&field, 120).into());
                    }
                    groups.push(Value::Table(row));
                }
                table.insert(part, groups.into());
            }
            _ => {
                let (source, checked_on) = self.ground(table);
                let value = self.text("value");
                if part == "site" && !is_official(&value) && !value.is_empty() {
                    self.problem("value", What::NotOfficial);
                }
                if part == "whatsapp" && !is_dialled(&value) && !value.is_empty() {
                    self.problem("value", What::NotDialled);
                }
                let mut row = Table::new();
                row.insert("value".into(), value.into());
                confirm(&mut row, source, &checked_on);
                table.insert(part, row.into());
            }
        }
    }

    fn holiday(&mut self, table: &mut Table) {
        let name = self.key.name.clone();
        if name.parse::<Date>().is_err() {
            self.problem("", What::NotDay);
        }
        let is_open = self.text("state") == "open";
        let mut row = Table::new();
        row.insert("date".into(), name.clone().into());
        row.insert("reason".into(), self.text("reason").into());
        if is_open {
            if self.text("hours").is_empty() {
                self.problem("hours", What::Missing);
            }
            row.insert("open".into(), self.hours("hours"));
        } else {
            row.insert("is_closed".into(), true.into());
        }
        put_row(array(table, "exception"), "date", &name, row);
    }

    fn opening(&mut self, table: &mut Table) {
        let name = self.key.name.clone();
        let Some((service, day)) = name.split_once('.') else {
            return;
        };
        let release = self.text("release");
        if !RELEASES.contains(&release.as_str()) {
            self.problem("release", What::Missing);
        }
        let mut row = Table::new();
        row.insert("date".into(), day.into());
        row.insert("hours".into(), self.hours("hours"));
        row.insert("places".into(), self.small("places", 10_000).into());
        row.insert("release".into(), release.clone().into());
        row.insert("opens_at".into(), self.moment("opens_at").into());
        if !self.text("day_places").is_empty() {
            row.insert("day_places".into(), self.small("day_places", 60_000).into());
        }
        let needed: &[&str] = match release.as_str() {
            "shuffled" => &["per_minute"],
            "draw" => &["closes_at", "drawn_at", "public_value"],
            "waiting_list" => &["offers_at"],
            _ => &[],
        };
        for field in needed {
            if self.text(field).is_empty() {
                self.problem(field, What::Missing);
                continue;
            }
            let value: Value = match *field {
                "per_minute" => self.small(field, 10_000).into(),
                "public_value" => self.text(field).into(),
                _ => self.moment(field).into(),
            };
            row.insert((*field).into(), value);
        }
        let services = array(table, "service");
        let is_there = |known: &Value| known.get("id").and_then(Value::as_str) == Some(service);
        if !services.iter().any(is_there) {
            let mut bare = Table::new();
            bare.insert("id".into(), service.into());
            bare.insert("slot_minutes".into(), SLOT_MINUTES.into());
            bare.insert("needs_nik".into(), true.into());
            bare.insert("is_confirmed".into(), true.into());
            bare.insert("source".into(), "project2020".into());
            bare.insert("from".into(), day.into());
            services.push(bare.into());
        }
        if let Some(Value::Table(known)) = services.iter_mut().find(|known| is_there(known)) {
            put_row(array(known, "opening"), "date", day, row);
        }
    }

    /// Notes who looks after the fact; the name of its source, and the day on which somebody looked.
    fn ground(&mut self, table: &mut Table) -> (String, String) {
        let key = self.key.to_string();
        let checked_on = self.day("checked_on");
        let mut ground = Table::new();
        ground.insert("checked_on".into(), checked_on.clone().into());
        if !self.text("owner").is_empty() {
            ground.insert("owner".into(), self.text("owner").into());
        }
        if !self.text("check_again_on").is_empty() {
            let again = self.day("check_again_on");
            if again <= checked_on {
                self.problem("check_again_on", What::BeforeCheck);
            }
            ground.insert("check_again_on".into(), again.into());
        }
        let words = self.text("source");
        let known = self.content.catalogue.sources.keys();
        let known = known
            .into_iter()
            .find(|name| **name == words || self.content.source_words(self.office, name) == words);
        let source = known.cloned().unwrap_or_else(|| {
            let own = key.replace(['/', '-', '.'], "_");
            table_at(table, "sources").insert(own.clone(), words.into());
            own
        });
        // Everything else says its source itself.
        if key == "office/priority" {
            ground.insert("source".into(), source.clone().into());
        }
        table_at(table, "grounds").insert(key, ground.into());
        (source, checked_on)
    }

    fn problem(&mut self, field: &str, what: What) {
        if !self.problems.iter().any(|known| known.field == field) {
            self.problems.push(Problem::of(field, what));
        }
    }

    /// What was typed, without space around it and with plain line ends.
    fn text(&self, name: &str) -> String {
        let text = self.fields.get(name).map(String::as_str).unwrap_or_default();
        let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
        lines.join("\n")
    }

    fn list(&self, name: &str) -> Vec<String> {
        self.text(name).split_whitespace().map(str::to_owned).collect()
    }

    fn number(&mut self, name: &str) -> i64 {
        let digits = self.text(name).replace(['.', ' ', ','], "");
        match digits.trim_start_matches("Rp").parse::<i64>() {
            Ok(number) if number >= 0 => number,
            _ => {
                self.problem(name, What::NotNumber);
                0
            }
        }
    }

    fn small(&mut self, name: &str, most: i64) -> i64 {
        let number = self.number(name);
        if number > most {
            self.problem(name, What::NotNumber);
        }
        number.min(most)
    }

    fn day(&mut self, name: &str) -> String {
        match self.text(name).parse::<Date>() {
            Ok(day) => day.to_string(),
            Err(_) => {
                self.problem(name, What::NotDay);
                String::new()
            }
        }
    }

    fn moment(&mut self, name: &str) -> String {
        match self.text(name).parse::<DateTime>() {
            Ok(at) => at.to_string(),
            Err(_) => {
                self.problem(name, What::NotMoment);
                String::new()
            }
        }
    }

    /// Hours of a day: `08.00-12.00 dan 13.00-16.00`, or nothing.
    fn hours(&mut self, name: &str) -> Value {
        let text = self
            .text(name)
            .replace(['–', '—'], "-")
            .replace(" dan ", ",")
            .replace(" and ", ",");
        let is_closed = ["", "-", "tutup", "closed"].contains(&text.to_lowercase().as_str());
        let mut parts: Vec<String> = Vec::new();
        let mut read: Vec<SpanText> = Vec::new();
        for part in text.split([',', ';', '\n']).filter(|_| !is_closed) {
            let part = part.replace('.', ":").replace(' ', "");
            match SpanText::try_from(part.clone()) {
                Ok(span) => {
                    read.push(span);
                    parts.push(part);
                }
                Err(_) => self.problem(name, What::NotHours),
            }
        }
        let sorted = spans(&read);
        if crate::check::overlap(&sorted) {
            self.problem(name, What::HoursOverlap);
        }
        parts.into_iter().map(Value::from).collect::<Vec<_>>().into()
    }
}

/// Takes an entry of the office out; nothing when there is none.
fn remove(key: &EntryKey, table: &mut Table) -> Option<()> {
    let name = key.name.as_str();
    let has_gone = match key.kind {
        Kind::Fact => take_row(array(table, "fact"), "name", name),
        Kind::Holiday => take_row(array(table, "exception"), "date", name),
        Kind::Answer => {
            let was_own = take_row(array(table, "answer"), "name", name);
            if READY_ANSWERS.contains(&name) {
                array(table, "answers_without").push(name.into());
                true
            } else {
                was_own
            }
        }
        Kind::Opening => {
            let (service, day) = name.split_once('.')?;
            let services = array(table, "service");
            let found = services
                .iter_mut()
                .filter_map(Value::as_table_mut)
                .find(|known| known.get("id").and_then(Value::as_str) == Some(service))?;
            take_row(array(found, "opening"), "date", day)
        }
        _ => false,
    };
    has_gone.then_some(())
}

/// The office stands behind it since that day.
fn confirm(row: &mut Table, source: String, checked_on: &str) {
    row.insert("is_confirmed".into(), true.into());
    row.insert("source".into(), source.into());
    row.insert("from".into(), checked_on.into());
}

/// The table of that name; what is none is made one.
fn table_at<'a>(table: &'a mut Table, name: &str) -> &'a mut Table {
    let value = table.entry(name).or_insert_with(|| Table::new().into());
    if !value.is_table() {
        *value = Table::new().into();
    }
    let Value::Table(inner) = value else {
        unreachable!("it was made a table");
    };
    inner
}

/// The list of that name; what is none is made one.
fn array<'a>(table: &'a mut Table, name: &str) -> &'a mut Vec<Value> {
    let value = table.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    if !value.is_array() {
        *value = Value::Array(Vec::new());
    }
    let Value::Array(inner) = value else {
        unreachable!("it was made a list");
    };
    inner
}

fn take_row(rows: &mut Vec<Value>, field: &str, name: &str) -> bool {
    let before = rows.len();
    rows.retain(|row| row.get(field).and_then(Value::as_str) != Some(name));
    rows.len() < before
}

/// Puts a row in the place of the one of that name, or behind the others.
fn put_row(rows: &mut Vec<Value>, field: &str, name: &str, row: Table) {
    let is_it = |known: &Value| known.get(field).and_then(Value::as_str) == Some(name);
    let place = rows.iter().position(is_it);
    rows.retain(|known| !is_it(known));
    rows.insert(place.unwrap_or(rows.len()).min(rows.len()), row.into());
}

fn is_official(site: &str) -> bool {
    let host = site.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.ends_with(OFFICIAL_SITE_ENDING))
}

fn is_dialled(number: &str) -> bool {
    number.starts_with('0') && number.chars().all(|c| c.is_ascii_digit() || c == '-')
}
