//! From a message key with arguments to the words one person reads. Never fails: a key without words shows itself in
//! brackets, which the check finds before a citizen does.

use sigap_core::application::Stage;
use sigap_core::conversation::reply::{Arg, Choice, Choices, Pick, Reply};
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::limits::{BUTTONS_MAX, INTERACTIVE_BODY_CHARS_MAX, LIST_ROWS_MAX, TEXT_BODY_CHARS_MAX};
use sigap_core::message::{Button, Fill, Form, FormName, OutboundMessage, Row, Section};
use sigap_core::office::Office;

use crate::content::Content;
use crate::fit::{cut_body, cut_title};
use crate::format::in_fours;
use crate::limits::{
    BUTTON_TITLE_CHARS_MAX, LIST_BUTTON_CHARS_MAX, ROW_DESCRIPTION_CHARS_MAX, ROW_TITLE_CHARS_MAX,
    SECTION_TITLE_CHARS_MAX,
};
use crate::template::{FACT_PREFIX, Segment, Supply, Template};

/// Sentences inside sentences: the engine nests two; more would be a circle of content.
const NESTING_MAX: u8 = 6;

impl Content {
    /// The message in the reader's language, with the office's own words, inside WhatsApp's limits.
    #[must_use]
    pub fn render(&self, office: &Office, language: Language, reply: &Reply) -> OutboundMessage {
        let reader = Reader {
            content: self,
            office,
            language,
        };
        let limit = match reply.choices {
            Choices::None => TEXT_BODY_CHARS_MAX,
            Choices::Buttons(_)
            | Choices::About { .. }
            | Choices::List { .. }
            | Choices::Picks { .. }
            | Choices::Link { .. }
            | Choices::Survey { .. } => INTERACTIVE_BODY_CHARS_MAX,
        };
        let mut body = String::with_capacity(512);
        reader.write_key(&mut body, reply.key, &reply.args, 0);
        OutboundMessage {
            body: reader.with_note(body, limit, reply.note),
            form: reader.form(&reply.choices),
            fill: reply.fill.map(|name| reader.fill(name)),
        }
    }

    /// What goes into the placeholders of the template that says the same as `reply`, in their order, each in one line; a
    /// dash where there is nothing to say, since a template cannot leave a line out.
    #[must_use]
    pub fn values(&self, office: &Office, language: Language, reply: &Reply) -> Vec<String> {
        self.placeholders(office, language, reply.key)
            .into_iter()
            .map(|name| {
                let words = reply
                    .args
                    .iter()
                    .find(|(given, _)| *given == name)
                    .map(|(_, arg)| self.words_of(office, language, arg))
                    .unwrap_or_default();
                let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if line.is_empty() { String::from("-") } else { line }
            })
            .collect()
    }

    /// The template of a notice as it is handed in for approval: its text with `{{1}}`, `{{2}}` … for what is filled in.
    #[must_use]
    pub fn template_text(&self, office: &Office, language: Language, key: &str) -> String {
        let args: Vec<(&'static str, Arg)> = self
            .placeholders(office, language, key)
            .into_iter()
            .zip(1..)
            .map(|(name, number)| (name, Arg::Text(format!("{{{{{number}}}}}"))))
            .collect();
        self.text(office, language, key, &args)
    }

    /// The arguments that the text of a key uses, in the order in which they first appear.
    pub(crate) fn placeholders(&self, office: &Office, language: Language, key: &str) -> Vec<&'static str> {
        let spec = sigap_core::conversation::messages::find(key);
        let template = self.find_key(office.id, language, key);
        let mut names: Vec<&'static str> = Vec::new();
        for hole in template.into_iter().flat_map(Template::holes) {
            let known = spec.and_then(|spec| spec.arg_names().find(|name| *name == hole));
            if let Some(name) = known.filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
        names
    }

    /// The words of any key with arguments, for pages and commands outside the chat.
    #[must_use]
    pub fn text(&self, office: &Office, language: Language, key: &str, args: &[(&'static str, Arg)]) -> String {
        let mut text = String::new();
        Reader {
            content: self,
            office,
            language,
        }
        .write_key(&mut text, key, args, 0);
        text
    }

    /// The words of one argument as this reader sees it.
    #[must_use]
    pub fn words_of(&self, office: &Office, language: Language, arg: &Arg) -> String {
        let mut words = String::new();
        Reader {
            content: self,
            office,
            language,
        }
        .write_arg(&mut words, arg, 0);
        words
    }

    /// The name of a stage: *Siap diambil*.
    #[must_use]
    pub fn name_of_stage(&self, office: &Office, language: Language, stage: Stage) -> String {
        let mut name = String::new();
        Reader {
            content: self,
            office,
            language,
        }
        .write_stage(&mut name, stage);
        name
    }

    /// The short name of an office: *Kanim Sukabumi*; its number in brackets when it is not in the register.
    #[must_use]
    pub fn name_of_office(&self, id: OfficeId) -> String {
        self.office(id)
            .map_or_else(|| format!("[{id}]"), |office| office.short.clone())
    }

    /// The words on a choice.
    #[must_use]
    pub fn title_of_choice(&self, office: &Office, language: Language, choice: Choice) -> String {
        Reader {
            content: self,
            office,
            language,
        }
        .title("choice", choice.0, ROW_TITLE_CHARS_MAX)
    }
}

/// Words without any filling, for what must not have holes.
pub(crate) fn plain(template: &Template) -> String {
    let mut text = String::new();
    for (number, line) in template.lines.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        for segment in line {
            match segment {
                Segment::Words(words) => text.push_str(words),
                Segment::Hole(name, _) => text.extend(["{", name, "}"]),
            }
        }
    }
    text
}

/// One person at one office.
#[derive(Clone, Copy)]
struct Reader<'a> {
    content: &'a Content,
    office: &'a Office,
    language: Language,
}

impl Reader<'_> {
    /// The body of a message, and under it words about the talk itself: they are never cut.
    fn with_note(self, body: String, chars_max: usize, note: Option<&str>) -> String {
        let Some(key) = note else {
            return cut_body(body, chars_max);
        };
        let mut note = String::from("\n\n");
        self.write_key(&mut note, key, &[], 0);
        let mut all = cut_body(body, chars_max.saturating_sub(note.chars().count()));
        all.push_str(&note);
        all
    }

    fn write_key(self, out: &mut String, key: &str, args: &[(&'static str, Arg)], depth: u8) {
        match self.content.find_key(self.office.id, self.language, key) {
            Some(template) if depth < NESTING_MAX => self.write_template(out, template, args, depth),
            _ => out.extend(["[", key, "]"]),
        }
    }

    fn write_template(self, out: &mut String, template: &Template, args: &[(&'static str, Arg)], depth: u8) {
        let start = out.len();
        for line in &template.lines {
            let line_start = out.len();
            if line_start > start {
                out.push('\n');
            }
            let words_start = out.len();
            if !self.write_line(out, line, args, depth) {
                out.truncate(line_start);
            } else if out.len() == words_start && (line_start == start || out[..line_start].ends_with('\n')) {
                // An empty line after another one, or at the top: a line between them was dropped.
                out.truncate(line_start);
            }
        }
        let end = out.trim_end().len().max(start);
        out.truncate(end);
    }

    /// Writes one line; false when the line has to go because one of its holes stays empty: *Atas nama:* without a name
    /// says nothing.
    fn write_line(self, out: &mut String, line: &[Segment], args: &[(&'static str, Arg)], depth: u8) -> bool {
        line.iter().all(|segment| match segment {
            Segment::Words(words) => {
                out.push_str(words);
                true
            }
            Segment::Hole(name, supply) => {
                let given = args.iter().find(|(given, _)| *given == name.as_ref());
                match (given, supply) {
                    (Some((_, arg)), _) => self.write_arg(out, arg, depth),
                    (None, Some(supply)) => self.write_supply(out, *supply, name),
                    (None, None) => false,
                }
            }
        })
    }

    /// Writes what the office supplies; false when it has no such thing.
    fn write_supply(self, out: &mut String, supply: Supply, name: &str) -> bool {
        let office = self.office;
        let words = match supply {
            Supply::Office => Some(office.short.as_str()),
            Supply::OfficeFull => Some(office.name.as_str()),
            Supply::Line => Some(office.line_name.as_str()),
            Supply::Whatsapp => office.whatsapp.as_deref(),
            Supply::Site => office.site.as_deref(),
            Supply::Address => office.address.as_deref(),
            Supply::Phone => office.phone.as_deref(),
            Supply::City => Some(office.city.as_str()),
            Supply::Zone => Some(office.zone_name.as_str()),
            Supply::Fact => self.fact(name.strip_prefix(FACT_PREFIX).unwrap_or_default()),
        };
        out.push_str(words.unwrap_or_default());
        words.is_some()
    }

    fn fact(&self, name: &str) -> Option<&str> {
        let of = |language: Language| self.office.facts.get(language.code())?.get(name).map(String::as_str);
        of(self.language).or_else(|| of(self.language.fallback()?))
    }

    /// Writes an argument; false when it has no words.
    fn write_arg(self, out: &mut String, arg: &Arg, depth: u8) -> bool {
        let start = out.len();
        let format = self.content.format(self.language);
        match arg {
            Arg::Text(text) => out.push_str(text),
            Arg::Key(key) => self.write_key(out, key, &[], depth + 1),
            Arg::Number(number) => out.push_str(&format.number(*number)),
            Arg::Rupiah(amount) => out.push_str(&format.rupiah(*amount)),
            Arg::Day(date) => out.push_str(&format.day(*date)),
            Arg::Moment(at) => {
                out.push_str(&format.moment(self.office.zone.to_datetime(*at), &self.office.zone_name));
            }
            Arg::Office(id) => match self.content.office(*id) {
                Some(office) => out.push_str(&office.short),
                None => out.push_str(&self.content.name_of_office(*id)),
            },
            Arg::ShortDay(date) => out.push_str(&format.short_day(*date)),
            Arg::Hour(time) => out.push_str(&format.time(*time)),
            Arg::Clock(time) => out.push_str(&format.clock(*time, &self.office.zone_name)),
            Arg::Hours(spans) => out.push_str(&format.hours(spans)),
            Arg::Weekdays(from, to) => out.push_str(&format.weekdays(*from, *to)),
            Arg::Stage(stage) => self.write_stage(out, *stage),
            Arg::ApplicationNumber(number) => out.push_str(&in_fours(number.as_str())),
            Arg::Lines(lines) => self.write_lines(out, lines, depth),
            Arg::Pair(label, value) => {
                if self.write_arg(out, label, depth) {
                    out.push_str(": ");
                }
                if !self.write_arg(out, value, depth) {
                    out.truncate(start);
                }
            }
            Arg::Phrase(key, args) => self.write_key(out, key, args, depth + 1),
            Arg::Empty => {}
        }
        out.len() > start
    }

    fn write_lines(self, out: &mut String, lines: &[Arg], depth: u8) {
        let start = out.len();
        for line in lines {
            let before = out.len();
            if before > start {
                out.push('\n');
            }
            out.push_str("- ");
            if !self.write_arg(out, line, depth) {
                out.truncate(before);
            }
        }
    }

    fn write_stage(self, out: &mut String, stage: Stage) {
        match self
            .content
            .find(self.office.id, self.language, "stage", stage.name())
            .and_then(|e| e.main.as_ref())
        {
            Some(template) => self.write_template(out, template, &[], 0),
            None => out.extend(["[stage.", stage.name(), "]"]),
        }
    }

    fn form(self, choices: &Choices) -> Form {
        match choices {
            Choices::None => Form::Text,
            Choices::Buttons(buttons) => Form::Buttons(
                buttons
                    .iter()
                    .take(BUTTONS_MAX)
                    .map(|choice| Button {
                        choice: choice.0.to_owned(),
                        title: self.title("choice", choice.0, BUTTON_TITLE_CHARS_MAX),
                    })
                    .collect(),
            ),
            Choices::About { value, buttons } => Form::Buttons(
                buttons
                    .iter()
                    .take(BUTTONS_MAX)
                    .map(|choice| Button {
                        choice: format!("{}:{value}", choice.0),
                        title: self.title("choice", choice.0, BUTTON_TITLE_CHARS_MAX),
                    })
                    .collect(),
            ),
            Choices::List { button, sections } => self.list(button, sections),
            Choices::Picks { button, rows, also } => {
                let picks = rows.iter().map(|pick| self.pick(pick));
                let rows = picks.chain(also.iter().map(|choice| self.row(*choice)));
                Form::List {
                    button: self.title("list", button, LIST_BUTTON_CHARS_MAX),
                    sections: vec![Section {
                        title: None,
                        rows: rows.take(LIST_ROWS_MAX).collect(),
                    }],
                }
            }
            Choices::Link { label, url } => Form::Link {
                label: self.title("link", label, LIST_BUTTON_CHARS_MAX),
                url: url.clone(),
            },
            // Meta has forms in the languages of templates.
            Choices::Survey { label, token } => Form::Survey {
                label: self.title("link", label, LIST_BUTTON_CHARS_MAX),
                language: self.language.of_template().code().to_owned(),
                token: token.clone(),
            },
        }
    }

    /// Meta has forms in the languages of templates.
    fn fill(self, name: FormName) -> Fill {
        Fill {
            name,
            language: self.language.of_template().code().to_owned(),
            label: self.title("link", &format!("form_{}", name.name()), LIST_BUTTON_CHARS_MAX),
            instead: self.title("form", "instead", INTERACTIVE_BODY_CHARS_MAX),
        }
    }

    fn list(self, button: &str, sections: &[(Option<&'static str>, Vec<Choice>)]) -> Form {
        let mut rows_left = LIST_ROWS_MAX;
        let sections = sections
            .iter()
            .map(|(title, choices)| {
                let rows: Vec<Row> = choices.iter().take(rows_left).map(|choice| self.row(*choice)).collect();
                rows_left -= rows.len();
                Section {
                    title: title.map(|title| self.title("section", title, SECTION_TITLE_CHARS_MAX)),
                    rows,
                }
            })
            .filter(|section| !section.rows.is_empty())
            .collect();
        Form::List {
            button: self.title("list", button, LIST_BUTTON_CHARS_MAX),
            sections,
        }
    }

    fn pick(self, pick: &Pick) -> Row {
        let words = |arg: &Arg, most: usize| {
            let mut words = String::new();
            self.write_arg(&mut words, arg, 0);
            cut_title(words, most)
        };
        let description = words(&pick.description, ROW_DESCRIPTION_CHARS_MAX);
        Row {
            choice: format!("{}:{}", pick.choice.0, pick.value),
            title: words(&pick.title, ROW_TITLE_CHARS_MAX),
            description: Some(description).filter(|words| !words.is_empty()),
        }
    }

    fn row(self, choice: Choice) -> Row {
        let entry = self.content.find(self.office.id, self.language, "choice", choice.0);
        let description = entry.and_then(|entry| entry.part("description")).map(|template| {
            let mut words = String::new();
            self.write_template(&mut words, template, &[], 0);
            cut_title(words, ROW_DESCRIPTION_CHARS_MAX)
        });
        Row {
            choice: choice.0.to_owned(),
            title: self.title("choice", choice.0, ROW_TITLE_CHARS_MAX),
            description: description.filter(|words| !words.is_empty()),
        }
    }

    fn title(self, topic: &str, name: &str, chars_max: usize) -> String {
        let mut title = String::with_capacity(chars_max);
        match self
            .content
            .find(self.office.id, self.language, topic, name)
            .and_then(|entry| entry.main.as_ref())
        {
            Some(template) => self.write_template(&mut title, template, &[], 0),
            None => title.extend(["[", topic, ".", name, "]"]),
        }
        cut_title(title, chars_max)
    }
}

#[cfg(test)]
mod tests;
