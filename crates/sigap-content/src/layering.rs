//! Content with the changes of offices over its files. What does not fit a newer version of the files is left out and named; the
//! service always has content to work with.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use sigap_core::calendar::local_date;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::office::Office;
use toml::{Table, Value};

use crate::content::Content;
use crate::entry::{EntryKey, Problem, What, write};
use crate::office_file::{Claim, OfficeFile};
use crate::overlay::Overlay;

/// The words in the place of a fact that has to be looked at again.
const CONFIRM_KEY: &str = "officer.confirm";

/// Files and changes together.
#[derive(Debug, Clone)]
pub struct Layered {
    /// What citizens read.
    pub content: Content,
    /// Changes that were left out, and why.
    pub broken: Vec<BrokenPatch>,
    /// When a fact has to be looked at again; from then on the same files and changes say something else.
    pub good_until: Option<Timestamp>,
}

/// A change that does not fit the files any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenPatch {
    /// Whose.
    pub office: OfficeId,
    /// Of what.
    pub key: EntryKey,
    /// Why not.
    pub problems: Vec<Problem>,
}

impl Content {
    /// This content with changes of offices over it, as it is at a moment: facts whose day to be looked at again has come are told
    /// with the advice to ask the office.
    #[must_use]
    pub fn layered(&self, overlays: &BTreeMap<OfficeId, Overlay>, now: Timestamp) -> Layered {
        let mut content = self.clone();
        let mut broken = Vec::new();
        for (id, overlay) in overlays {
            let Some(office) = self.office(*id) else { continue };
            let (changed, left_out) = self.with_overlay(office, overlay);
            broken.extend(left_out);
            content = match changed {
                Some((file, office)) => content.with_office(office, file),
                None => content,
            };
        }
        let good_until = content.grow_old(now);
        Layered {
            content,
            broken,
            good_until,
        }
    }

    fn with_office(mut self, office: Office, file: OfficeFile) -> Self {
        let (id, slug) = (office.id, office.slug.clone());
        self.take_own(id, &slug, &file);
        self.offices.replace(office, file);
        self
    }

    /// The office and its file with all patches that fit, and those that do not.
    fn with_overlay(&self, office: &Office, overlay: &Overlay) -> (Option<(OfficeFile, Office)>, Vec<BrokenPatch>) {
        let (table, broken) = self.table_with(office, overlay);
        let read = self.read_office(office, &table).ok();
        (read, broken)
    }

    /// The file of an office with all patches that fit; each was read with those before it.
    fn table_with(&self, office: &Office, overlay: &Overlay) -> (Table, Vec<BrokenPatch>) {
        let mut table = self.office_table(office);
        let mut broken = Vec::new();
        for (key, patch) in &overlay.patches {
            let fields = patch.fields.as_ref();
            let mut problems = fields
                .map(|fields| self.breaking_words(key, fields))
                .unwrap_or_default();
            if problems.is_empty() {
                problems = if key.kind.is_words() {
                    write(self, office, key, fields, &mut table).err().unwrap_or_default()
                } else {
                    let mut next = table.clone();
                    let written = write(self, office, key, fields, &mut next);
                    let read = written.and_then(|()| {
                        let read = self.read_office(office, &next);
                        read.map_err(|why| vec![Problem::of("", What::Unfit(why))])
                    });
                    match read {
                        Ok(_) => {
                            table = next;
                            Vec::new()
                        }
                        Err(problems) => problems,
                    }
                };
            }
            if !problems.is_empty() {
                broken.push(BrokenPatch {
                    office: office.id,
                    key: key.clone(),
                    problems,
                });
            }
        }
        (table, broken)
    }

    /// The file of an office as it is written; empty when it has none.
    fn office_table(&self, office: &Office) -> Table {
        self.offices.tables.get(&office.slug).cloned().unwrap_or_default()
    }

    fn read_office(&self, office: &Office, table: &Table) -> Result<(OfficeFile, Office), String> {
        let file: OfficeFile = Value::Table(table.clone())
            .try_into()
            .map_err(|error: toml::de::Error| error.message().to_owned())?;
        let changed = self
            .offices
            .rebuilt(office.id, &file, &self.catalogue)
            .map_err(|error| error.to_string())?;
        Ok((file, changed))
    }

    /// The office's file with its changes in it, to be kept as a file; `None` for an office that does not exist.
    #[must_use]
    pub fn office_file(&self, id: OfficeId, overlay: &Overlay) -> Option<String> {
        let office = self.office(id)?;
        let (table, _) = self.table_with(office, overlay);
        toml::to_string(&table).ok()
    }

    /// What is wrong with a change on its own, in the content that it would make; for a form, before anything is kept.
    #[must_use]
    pub fn problems_of(&self, general: &Self, office: &Office, key: &EntryKey, overlay: &Overlay) -> Vec<Problem> {
        let Some(patch) = overlay.find(key) else {
            return Vec::new();
        };
        // Whatever else was changed: an opening may need the service that another change brought.
        let mut others = overlay.clone();
        others.patches.remove(key);
        let (mut table, _) = general.table_with(office, &others);
        if let Err(mut problems) = write(general, office, key, patch.fields.as_ref(), &mut table) {
            // Everything at once, so that nobody mends one thing to be told the next; how long it is shows when it is written.
            let others = patch
                .fields
                .iter()
                .flat_map(|fields| self.problems(general, office, key, fields));
            problems.extend(others.filter(|problem| !matches!(problem.what, What::TooLong { .. })));
            return problems;
        }
        if let Err(why) = general.read_office(office, &table) {
            return vec![Problem::of("", What::Unfit(why))];
        }
        match &patch.fields {
            Some(fields) => self.problems(general, office, key, fields),
            None => Vec::new(),
        }
    }

    /// Takes back what nobody vouches for any more, and says when that is to be done again.
    fn grow_old(&mut self, now: Timestamp) -> Option<Timestamp> {
        let mut next: Option<Timestamp> = None;
        for place in 0..self.offices.rows.len() {
            let Some(office) = self.offices.rows.get(place) else {
                continue;
            };
            let Some(file) = self.offices.files.get(&office.slug) else {
                continue;
            };
            let days: Vec<(String, Date)> = lapse_days(file).collect();
            let today = local_date(office, now);
            let coming = days.iter().filter(|(_, day)| *day > today);
            let coming = coming.filter_map(|(_, day)| office.zone.to_timestamp(day.to_datetime(Time::midnight())).ok());
            next = next.into_iter().chain(coming).min();
            let stale: Vec<String> = days
                .into_iter()
                .filter(|(_, day)| *day <= today)
                .map(|(key, _)| key)
                .collect();
            if stale.is_empty() {
                continue;
            }
            let confirm: Vec<(&'static str, String)> = Language::ALL
                .into_iter()
                .map(|language| (language.code(), self.text(office, language, CONFIRM_KEY, &[])))
                .collect();
            if let Some(office) = self.offices.rows.get_mut(place) {
                for key in stale {
                    take_back(office, &key, &confirm);
                }
            }
        }
        next
    }

    /// Entries of an office that somebody has to look at: their day has come, or the office never confirmed them.
    #[must_use]
    pub fn to_check(&self, office: &Office, today: Date) -> Vec<ToCheck> {
        let none = OfficeFile::default();
        let file = self.offices.files.get(&office.slug).unwrap_or(&none);
        let mut found: BTreeMap<EntryKey, ToCheck> = BTreeMap::new();
        let owner = |key: &str| file.grounds.get(key).and_then(|ground| ground.owner.clone());
        for (key, day) in lapse_days(file) {
            if let Some(entry) = EntryKey::parse(&key).filter(|_| day <= today) {
                let owner = owner(&key);
                found.insert(
                    entry.clone(),
                    ToCheck {
                        key: entry,
                        since: Some(day),
                        owner,
                    },
                );
            }
        }
        let claims = [
            ("address", &file.address),
            ("phone", &file.phone),
            ("whatsapp", &file.whatsapp),
            ("site", &file.site),
        ];
        let claims = claims
            .into_iter()
            .filter(|(_, claim)| claim.as_ref().is_some_and(|claim| !claim.is_confirmed))
            .map(|(name, _)| format!("office/{name}"));
        let facts = file.fact.iter().filter(|fact| !fact.is_confirmed);
        let facts = facts.map(|fact| format!("fact/{}", fact.name));
        let hours = file.hours.as_ref().or(self.offices.default.hours.as_ref());
        let hours = hours
            .filter(|hours| !hours.is_confirmed)
            .map(|_| "office/hours".to_owned());
        for key in claims.chain(facts).chain(hours) {
            if let Some(entry) = EntryKey::parse(&key) {
                let owner = owner(&key);
                let fresh = ToCheck {
                    key: entry.clone(),
                    since: None,
                    owner,
                };
                found.entry(entry).or_insert(fresh);
            }
        }
        let mut found: Vec<ToCheck> = found.into_values().collect();
        found.sort_by_key(|entry| (entry.since.is_none(), entry.since));
        found
    }
}

/// A fact that somebody has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToCheck {
    /// Which.
    pub key: EntryKey,
    /// Since when; `None` when the office never confirmed it.
    pub since: Option<Date>,
    /// Who looks after it.
    pub owner: Option<String>,
}

/// Facts with the day from which nobody vouches for them.
fn lapse_days(file: &OfficeFile) -> impl Iterator<Item = (String, Date)> + '_ {
    let grounds = file
        .grounds
        .iter()
        .filter_map(|(key, ground)| Some((key.clone(), ground.check_again_on?)));
    let until = |name: &str, claim: &Option<Claim>| Some((format!("office/{name}"), claim.as_ref()?.until?));
    let claims = [
        until("address", &file.address),
        until("phone", &file.phone),
        until("whatsapp", &file.whatsapp),
        until("site", &file.site),
    ];
    let facts = file
        .fact
        .iter()
        .filter_map(|fact| Some((format!("fact/{}", fact.name), fact.until?)));
    grounds.chain(claims.into_iter().flatten()).chain(facts)
}

/// What is told of a fact whose day has come. Fees and papers know their day themselves (`sigap_core::catalogue`).
fn take_back(office: &mut Office, key: &str, confirm: &[(&'static str, String)]) {
    match key.split_once('/') {
        Some(("office", "hours")) => office.hours.is_confirmed = false,
        Some(("office", "priority")) => office.is_priority_stale = true,
        Some(("office", "address")) => office.is_address_confirmed = false,
        Some(("office", "phone")) => office.phone = None,
        Some(("office", "whatsapp")) => office.whatsapp = None,
        Some(("office", "site")) => office.site = None,
        Some(("fact", name)) => {
            for (code, words) in confirm {
                let facts = office.facts.entry((*code).to_owned()).or_default();
                facts.insert(name.to_owned(), words.clone());
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
