//! The parts of a form that asks us screen by screen: written as Flow JSON, held to Meta's limits while they are made. What a screen shows is
//! declared with an example, as Meta wants it; the endpoint fills it in.
//!
//! To add a form: a file beside this one with its screens and the data of each, a name in `sigap_core::message::FormName`, its steps in
//! `sigap-web/src/forms`, its words under `form.` in content (docs/whatsapp.md).

use serde_json::{Map, Value, json};

use super::VERSION;
use crate::endpoint::Answer;
use crate::limits::{
    FLOW_BODY_CHARS_MAX, FLOW_COMPONENTS_MAX, FLOW_DATE_LABEL_CHARS_MAX, FLOW_FIELD_LABEL_CHARS_MAX,
    FLOW_FOOTER_CHARS_MAX, FLOW_HELPER_CHARS_MAX, FLOW_OPT_IN_CHARS_MAX, FLOW_OPTION_CHARS_MAX, FLOW_OPTIONS_MAX,
    FLOW_RADIO_LABEL_CHARS_MAX, FLOW_SCREEN_TITLE_CHARS_MAX, FLOW_TEXT_AREA_CHARS_MAX, FLOW_TEXT_AREA_LABEL_CHARS_MAX,
    LimitBreach,
};

/// The version of the data API between phone and endpoint.
const DATA_API_VERSION: &str = "3.0";

/// One row of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowOption {
    /// What comes back.
    pub id: String,
    /// What is read; cut where it is too long.
    pub title: String,
    /// Smaller words below.
    pub about: Option<String>,
    /// Whether it can be taken.
    pub is_free: bool,
}

impl FlowOption {
    /// One that can be taken.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            about: None,
            is_free: true,
        }
    }

    fn to_wire(&self) -> Value {
        let mut row = json!({ "id": self.id, "title": cut(&self.title, FLOW_OPTION_CHARS_MAX) });
        if let Some(about) = &self.about {
            row["description"] = json!(cut(about, FLOW_OPTION_CHARS_MAX));
        }
        if !self.is_free {
            row["enabled"] = json!(false);
        }
        row
    }
}

/// Rows as the data of a screen.
pub(super) fn rows(options: &[FlowOption], most: usize) -> Value {
    options.iter().take(most).map(FlowOption::to_wire).collect()
}

/// Words within a limit; what is over it ends with an ellipsis.
pub(super) fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// What a screen is given, by its kind.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given {
    /// Words.
    Text,
    /// Yes or no.
    Flag,
    /// Rows of a choice.
    Rows,
    /// Days.
    Days,
}

impl Given {
    fn declared(self) -> Value {
        match self {
            Self::Text => json!({ "type": "string", "__example__": "…" }),
            Self::Flag => json!({ "type": "boolean", "__example__": false }),
            Self::Rows => json!({
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "id": { "type": "string" },
                        "title": { "type": "string" },
                        "description": { "type": "string" },
                        "enabled": { "type": "boolean" },
                    },
                },
                "__example__": [{ "id": "1", "title": "…" }],
            }),
            Self::Days => json!({
                "type": "array",
                "items": { "type": "string" },
                "__example__": ["2026-12-25"],
            }),
        }
    }
}

/// A field of what the endpoint gave the screen.
pub(super) fn given(field: &str) -> Value {
    json!(format!("${{data.{field}}}"))
}

/// A field that is filled in on the screen.
pub(super) fn typed(field: &str) -> Value {
    json!(format!("${{form.{field}}}"))
}

/// One screen in the making.
pub(super) struct Sheet {
    id: &'static str,
    title: String,
    data: Map<String, Value>,
    children: Vec<Value>,
    breaches: Vec<LimitBreach>,
}

impl Sheet {
    pub(super) fn new(id: &'static str, title: &str, place: usize, of: usize) -> Self {
        let title = format!("{title} {place}/{of}");
        let mut sheet = Self {
            id,
            title: String::new(),
            data: Map::new(),
            children: Vec::new(),
            breaches: Vec::new(),
        };
        sheet.title = sheet.words("screen title", &title, FLOW_SCREEN_TITLE_CHARS_MAX);
        sheet
    }

    /// What the endpoint gives it.
    pub(super) fn with_data(mut self, fields: &[(&str, Given)]) -> Self {
        let declared = fields.iter().map(|(name, kind)| ((*name).to_owned(), kind.declared()));
        self.data.extend(declared);
        self
    }

    fn words(&mut self, what: &'static str, words: &str, most: usize) -> String {
        let words = words.trim();
        self.breaches.extend(LimitBreach::of_text(what, words, 1, most));
        words.to_owned()
    }

    /// Words that the endpoint gives.
    pub(super) fn text(mut self, field: &str) -> Self {
        self.children.push(json!({ "type": "TextBody", "text": given(field) }));
        self
    }

    /// The same, seen only where the endpoint says so.
    pub(super) fn text_if(self, flag: &str, field: &str) -> Self {
        self.text(field).seen_if(flag)
    }

    /// Words that always stand there.
    pub(super) fn caption(mut self, words: &str) -> Self {
        let words = self.words("text", words, FLOW_BODY_CHARS_MAX);
        self.children.push(json!({ "type": "TextCaption", "text": words }));
        self
    }

    /// One of a few rows, all in sight.
    pub(super) fn radio(mut self, field: &str, label: &str, source: Value, is_required: bool) -> Self {
        let label = self.words("label of a choice", label, FLOW_RADIO_LABEL_CHARS_MAX);
        self.children.push(json!({
            "type": "RadioButtonsGroup", "name": field, "label": label, "required": is_required, "data-source": source,
        }));
        self
    }

    /// The same, seen only where the endpoint says so.
    pub(super) fn radio_if(self, flag: &str, field: &str, label: &str, source: Value) -> Self {
        self.radio(field, label, source, false).seen_if(flag)
    }

    /// One of many rows, which open on a tap.
    pub(super) fn dropdown(mut self, field: &str, label: &str, source: Value, is_required: bool) -> Self {
        let label = self.words("label of a choice", label, FLOW_RADIO_LABEL_CHARS_MAX);
        self.children.push(json!({
            "type": "Dropdown", "name": field, "label": label, "required": is_required, "data-source": source,
        }));
        self
    }

    /// The same, seen and needed only where the endpoint says so.
    pub(super) fn dropdown_if(self, flag: &str, field: &str, label: &str, source: Value) -> Self {
        let mut sheet = self.dropdown(field, label, source, false).seen_if(flag);
        if let Some(last) = sheet.children.last_mut() {
            last["required"] = given(flag);
        }
        sheet
    }

    /// A line that may stay empty; what the endpoint gives stands there already.
    pub(super) fn line(mut self, field: &str, label: &str, hint: &str, at_first: Option<&str>) -> Self {
        let label = self.words("label of a line", label, FLOW_FIELD_LABEL_CHARS_MAX);
        let hint = self.words("hint of a line", hint, FLOW_HELPER_CHARS_MAX);
        self.children.push(json!({
            "type": "TextInput", "name": field, "label": label, "helper-text": hint, "input-type": "text", "required": false,
        }));
        self.at_first(at_first)
    }

    /// A date that may stay empty; what the endpoint gives stands there already.
    pub(super) fn date(mut self, field: &str, label: &str, bounds: [&str; 2], at_first: &str) -> Self {
        let [earliest, latest] = bounds;
        let label = self.words("label of a date", label, FLOW_DATE_LABEL_CHARS_MAX);
        self.children.push(json!({
            "type": "DatePicker", "name": field, "label": label, "required": false,
            "min-date": given(earliest), "max-date": given(latest),
        }));
        self.at_first(Some(at_first))
    }

    /// Outside of a `Form`, as all parts here are, a field may begin with a value (Meta, flows, components).
    fn at_first(mut self, field: Option<&str>) -> Self {
        if let (Some(last), Some(field)) = (self.children.last_mut(), field) {
            last["init-value"] = given(field);
        }
        self
    }

    /// A line to type, seen and needed only where the endpoint says so.
    pub(super) fn line_if(mut self, flag: &str, field: &str, label: &str) -> Self {
        let label = self.words("label of a line", label, FLOW_FIELD_LABEL_CHARS_MAX);
        self.children.push(json!({
            "type": "TextInput", "name": field, "label": label, "input-type": "text", "required": given(flag),
        }));
        self.seen_if(flag)
    }

    /// A birth date, seen and needed only where the endpoint says so.
    pub(super) fn date_if(mut self, flag: &str, field: &str, label: &str, earliest: &str, latest: &str) -> Self {
        let label = self.words("label of a date", label, FLOW_DATE_LABEL_CHARS_MAX);
        self.children.push(json!({
            "type": "DatePicker", "name": field, "label": label, "required": given(flag),
            "min-date": given(earliest), "max-date": given(latest),
        }));
        self.seen_if(flag)
    }

    /// A tick, seen only where the endpoint says so.
    pub(super) fn tick_if(mut self, flag: &str, field: &str, label: &str) -> Self {
        let label = self.words("label of a tick", label, FLOW_OPT_IN_CHARS_MAX);
        self.children
            .push(json!({ "type": "OptIn", "name": field, "label": label, "required": false }));
        self.seen_if(flag)
    }

    /// A day of a calendar, in which some cannot be taken.
    pub(super) fn calendar(mut self, field: &str, label: &str, hint: &str, bounds: [&str; 3]) -> Self {
        let [earliest, latest, closed] = bounds;
        let label = self.words("label of a calendar", label, FLOW_DATE_LABEL_CHARS_MAX);
        let hint = self.words("hint of a calendar", hint, FLOW_HELPER_CHARS_MAX);
        self.children.push(json!({
            "type": "CalendarPicker", "name": field, "label": label, "helper-text": hint, "mode": "single", "required": true,
            "min-date": given(earliest), "max-date": given(latest), "unavailable-dates": given(closed),
        }));
        self
    }

    /// Several lines to type.
    pub(super) fn area(mut self, field: &str, label: &str, hint: &str) -> Self {
        let label = self.words("label of a text", label, FLOW_TEXT_AREA_LABEL_CHARS_MAX);
        let hint = self.words("hint of a text", hint, FLOW_HELPER_CHARS_MAX);
        self.children.push(json!({
            "type": "TextArea", "name": field, "label": label, "helper-text": hint,
            "max-length": FLOW_TEXT_AREA_CHARS_MAX, "required": true,
        }));
        self
    }

    fn seen_if(mut self, flag: &str) -> Self {
        if let Some(last) = self.children.last_mut() {
            last["visible"] = given(flag);
        }
        self
    }

    /// The button at the end, which brings these fields to the endpoint; nothing follows it.
    pub(super) fn asks(mut self, label: &str, payload: &[(&str, Value)]) -> Self {
        let label = self.words("button", label, FLOW_FOOTER_CHARS_MAX);
        let payload: Map<String, Value> = payload
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        self.children.push(json!({
            "type": "Footer", "label": label, "on-click-action": { "name": "data_exchange", "payload": payload },
        }));
        let count = self.children.len();
        let breach = LimitBreach::of_count("number of parts of a screen", count, 1, FLOW_COMPONENTS_MAX);
        self.breaches.extend(breach);
        self
    }
}

/// A screen with what it is given, and why it is shown again.
pub(super) fn screen(id: &'static str, data: Value, wrong: Option<String>) -> Answer {
    let data = match data {
        Value::Object(data) => data,
        _ => Map::new(),
    };
    Answer::Screen {
        screen: id,
        data,
        wrong,
    }
}

/// Rows that are always the same, written into the form itself.
pub(super) fn fixed(options: &[FlowOption]) -> Value {
    rows(options, FLOW_OPTIONS_MAX)
}

/// The Flow JSON of screens that follow each other; the endpoint ends the last one.
pub(super) fn flow(sheets: Vec<Sheet>) -> Result<Value, Vec<LimitBreach>> {
    let ids: Vec<&str> = sheets.iter().map(|sheet| sheet.id).collect();
    let ways: Map<String, Value> = ids
        .iter()
        .enumerate()
        .map(|(place, id)| {
            let next: Vec<&str> = ids.get(place + 1).copied().into_iter().collect();
            ((*id).to_owned(), json!(next))
        })
        .collect();
    let last = ids.last().copied();
    let mut breaches = Vec::new();
    let mut screens = Vec::new();
    for sheet in sheets {
        breaches.extend(sheet.breaches);
        let mut screen = json!({
            "id": sheet.id,
            "title": sheet.title,
            "data": sheet.data,
            "layout": { "type": "SingleColumnLayout", "children": sheet.children },
        });
        if Some(sheet.id) == last {
            screen["terminal"] = json!(true);
            screen["success"] = json!(true);
        }
        screens.push(screen);
    }
    if !breaches.is_empty() {
        return Err(breaches);
    }
    Ok(json!({
        "version": VERSION, "data_api_version": DATA_API_VERSION, "routing_model": ways, "screens": screens,
    }))
}
