//! All content in memory: read once, looked up cheaply, never changed. A new version is a new value.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sigap_core::catalogue::Catalogue;
use sigap_core::conversation::dialogue::World;
use sigap_core::conversation::vocabulary::Vocabulary;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::office::Office;
use sigap_understand::classify::Model;

use crate::catalogue_files;
use crate::error::ContentError;
use crate::files::Files;
use crate::format::Format;
use crate::lesson;
use crate::office_file::OfficeFile;
use crate::offices::Offices;
use crate::template::Template;
use crate::texts::{Entry, LanguageTexts, TextProblem, Words, read_language, read_overrides};
use crate::understanding::{self, Taught};
use crate::vocabulary_files;

/// Texts, offices, catalogue and vocabulary of one installation.
#[derive(Debug, Clone)]
pub struct Content {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) own_catalogues: HashMap<OfficeId, Arc<Catalogue>>,
    pub(crate) offices: Offices,
    pub(crate) texts: Arc<[LanguageTexts; 4]>,
    pub(crate) own_texts: HashMap<OfficeId, Arc<[Words; 4]>>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) understanding: Arc<Model>,
    pub(crate) own_understanding: HashMap<OfficeId, Arc<Taught>>,
    pub(crate) problems: Vec<TextProblem>,
    /// Where dates are written when a language says nothing: Indonesian always does.
    format: Format,
    /// A hash of the files, to tell one version of them from another.
    pub(crate) digest: String,
}

impl Content {
    /// The content this program was built with.
    ///
    /// # Errors
    /// When a file of it is broken, which the tests of this crate rule out.
    pub fn embedded() -> Result<Self, ContentError> {
        Self::from_files(&Files::embedded()?)
    }

    /// The embedded content with the files of a folder laid over it: same path below the folder, other words.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, or a file is not what its place promises. A text that is merely wrong is
    /// no error: it is shown as written and reported by `check`.
    pub fn from_dir(folder: impl AsRef<Path>) -> Result<Self, ContentError> {
        let mut files = Files::embedded()?;
        files.overlay(folder.as_ref())?;
        Self::from_files(&files)
    }

    pub(crate) fn from_files(files: &Files) -> Result<Self, ContentError> {
        let catalogue = catalogue_files::read(files)?;
        let offices = Offices::read(files, &catalogue)?;
        let mut problems = Vec::new();
        let mut texts: [LanguageTexts; 4] = Default::default();
        for (language, texts) in Language::ALL.into_iter().zip(&mut texts) {
            *texts = read_language(files, language, &mut problems)?;
        }
        let format_path = "texts/id/format.toml";
        let format =
            toml::from_str(files.get(format_path)?).map_err(|error| ContentError::invalid(format_path, error))?;
        let vocabulary = vocabulary_files::read(files, &texts)?;
        let mut content = Self {
            catalogue: Arc::new(catalogue),
            own_catalogues: HashMap::new(),
            offices,
            texts: Arc::new(texts),
            own_texts: HashMap::new(),
            vocabulary: Arc::new(vocabulary),
            understanding: understanding::built(),
            own_understanding: HashMap::new(),
            problems,
            format,
            digest: files.digest(),
        };
        for (slug, file) in content.offices.files.clone() {
            // A file whose slug is not in the register belongs to nobody; the check reports it.
            if let Some(id) = content.offices.find_slug(&slug).map(|office| office.id) {
                content.take_own(id, &slug, &file);
            }
        }
        Ok(content)
    }

    /// Takes the rules and words of an office's file in, in the place of those before.
    pub(crate) fn take_own(&mut self, id: OfficeId, slug: &str, file: &OfficeFile) {
        let path = format!("offices/{slug}.toml");
        self.problems.retain(|problem| problem.file != path);
        match catalogue_files::with_rules(&self.catalogue, file) {
            Some(own) => self.own_catalogues.insert(id, Arc::new(own)),
            None => self.own_catalogues.remove(&id),
        };
        match lesson::rows_of(&file.example) {
            rows if rows.is_empty() => self.own_understanding.remove(&id),
            rows => self.own_understanding.insert(id, Taught::of(rows)),
        };
        let tables = file.words();
        if tables.is_empty() {
            self.own_texts.remove(&id);
            return;
        }
        let mut own: [Words; 4] = Default::default();
        for ((language, general), own) in Language::ALL.into_iter().zip(self.texts.iter()).zip(&mut own) {
            if let Some(table) = tables.get(language.code()) {
                *own = read_overrides(&path, table, &general.words, &mut self.problems);
            }
        }
        self.own_texts.insert(id, Arc::new(own));
    }

    /// Tells one version of the files from another.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// This content as if there were one office only, so that a check looks at that one.
    #[must_use]
    pub fn alone(&self, id: OfficeId) -> Self {
        let mut alone = self.clone();
        alone.offices = self.offices.alone(id);
        alone.own_texts.retain(|office, _| *office == id);
        alone.own_catalogues.retain(|office, _| *office == id);
        alone.own_understanding.retain(|office, _| *office == id);
        alone
    }

    /// The office of that number.
    #[must_use]
    pub fn office(&self, id: OfficeId) -> Option<&Office> {
        self.offices.find(id)
    }

    /// The office of that slug, e.g. `jakarta-pusat`.
    #[must_use]
    pub fn office_by_slug(&self, slug: &str) -> Option<&Office> {
        self.offices.find_slug(slug)
    }

    /// All offices by number.
    #[must_use]
    pub fn offices(&self) -> &[Office] {
        &self.offices.rows
    }

    /// What holds in the whole country.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What holds at one office: the country's catalogue unless the office has rules of its own.
    #[must_use]
    pub fn catalogue_of(&self, id: OfficeId) -> &Catalogue {
        self.own_catalogues.get(&id).map_or(&*self.catalogue, |own| &**own)
    }

    /// Words that lead to choices.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Knows what whole sentences ask for: what the office taught, once it was learned.
    #[must_use]
    pub fn understanding(&self, office: OfficeId) -> &Model {
        let own = self.own_understanding.get(&office);
        own.and_then(|taught| taught.model()).unwrap_or(&self.understanding)
    }

    /// Everything the engine may look at; `None` when there is no such office.
    #[must_use]
    pub fn world(&self, office: OfficeId, now: Timestamp) -> Option<World<'_>> {
        let vocabulary = &self.vocabulary;
        Some(World {
            office: self.office(office)?,
            catalogue: self.catalogue_of(office),
            vocabulary,
            offices: self.offices(),
            understanding: self.understanding(office),
            now,
        })
    }

    /// How that language writes dates and numbers.
    #[must_use]
    pub fn format(&self, language: Language) -> &Format {
        let texts = &self.texts[place(language)];
        let fallback = || {
            language
                .fallback()
                .and_then(|language| self.texts[place(language)].format.as_ref())
        };
        texts.format.as_ref().or_else(fallback).unwrap_or(&self.format)
    }

    /// The words of a key for one office: its own, else everybody's, else the same two in the fallback language.
    pub(crate) fn find(&self, office: OfficeId, language: Language, topic: &str, name: &str) -> Option<&Entry> {
        let own = self.own_texts.get(&office);
        let mut language = Some(language);
        while let Some(now) = language {
            let place = place(now);
            let found = own
                .and_then(|own| own[place].find(topic, name))
                .or_else(|| self.texts[place].words.find(topic, name));
            if found.is_some_and(|entry| entry.main.is_some()) {
                return found;
            }
            language = now.fallback();
        }
        None
    }

    /// Whether the words of `topic.name` are there in that language itself, so that nothing else stands in their place.
    #[must_use]
    pub fn speaks(&self, office: &Office, language: Language, key: &str) -> bool {
        let place = place(language);
        let own = self.own_texts.get(&office.id).and_then(|own| own[place].template(key));
        own.or_else(|| self.texts[place].words.template(key)).is_some()
    }

    /// The words of `topic.name`, or of the part `topic.name.part`.
    pub(crate) fn find_key(&self, office: OfficeId, language: Language, key: &str) -> Option<&Template> {
        let (topic, name) = key.split_once('.')?;
        if let Some(entry) = self.find(office, language, topic, name) {
            return entry.main.as_ref();
        }
        let (name, part) = name.rsplit_once('.')?;
        self.find(office, language, topic, name)?.part(part)
    }
}

/// The place of a language in arrays by language.
pub(crate) const fn place(language: Language) -> usize {
    match language {
        Language::Id => 0,
        Language::En => 1,
        Language::Su => 2,
        Language::Jv => 3,
    }
}

#[cfg(test)]
mod tests;
