//! What Meta finds wrong with the screens of a Flow: ids, ways, fields and how long words may be.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::limits::{
    FLOW_BODY_CHARS_MAX, FLOW_COMPONENTS_MAX, FLOW_DATE_CHARS_MAX, FLOW_DROPDOWN_MAX, FLOW_FIELD_CHARS_MAX,
    FLOW_FOOTER_CHARS_MAX, FLOW_GROUP_CHARS_MAX, FLOW_HEADING_CHARS_MAX, FLOW_HELPER_CHARS_MAX, FLOW_OPTION_CHARS_MAX,
    FLOW_OPTIONS_MAX, FLOW_TICK_CHARS_MAX,
};

/// Versions that can be published (state of November 2026).
const VERSIONS: [&str; 9] = ["5.1", "6.0", "6.1", "6.2", "6.3", "7.0", "7.1", "7.2", "7.3"];

/// Components that are filled in.
const FIELDS: [&str; 7] = [
    "RadioButtonsGroup",
    "Dropdown",
    "TextArea",
    "TextInput",
    "DatePicker",
    "CalendarPicker",
    "OptIn",
];

type Object = Map<String, Value>;

/// The ids of its screens, in order.
pub(crate) fn screen_ids(flow: &Value) -> impl Iterator<Item = &str> {
    let screens = flow["screens"].as_array();
    screens.into_iter().flatten().filter_map(|screen| screen["id"].as_str())
}

/// Every fault in a sentence; none when it can be published.
pub(crate) fn faults(flow: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    if !flow["version"]
        .as_str()
        .is_some_and(|version| VERSIONS.contains(&version))
    {
        faults.push("version is none that can be published".to_owned());
    }
    let screens = flow["screens"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ids: HashSet<&str> = screen_ids(flow).collect();
    if ids.is_empty() || ids.len() != screens.len() {
        faults.push("screens need ids, each its own".to_owned());
    }
    if !screens.iter().any(|screen| screen["terminal"] == true) {
        faults.push("no screen is terminal".to_owned());
    }
    for screen in screens {
        let id = screen["id"].as_str().unwrap_or_default();
        let mut looked = Look {
            place: id,
            ids: &ids,
            ways: &flow["routing_model"],
            asks_endpoint: flow.get("data_api_version").is_some(),
            declared: screen["data"].as_object(),
            faults: &mut faults,
        };
        looked.screen(screen);
    }
    if flow
        .get("data_api_version")
        .is_some_and(|version| version != "3.0" && version != "4.0")
    {
        faults.push("data_api_version is none that there is".to_owned());
    }
    if let Some(ways) = flow.get("routing_model") {
        let known = ways.as_object().is_some_and(|ways| {
            let mut all = ways.iter().flat_map(|(from, to)| {
                let to = to
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|to| to.as_str().unwrap_or_default());
                to.chain([from.as_str()])
            });
            all.all(|id| ids.contains(id))
        });
        if !known {
            faults.push("routing_model names a screen that is not there".to_owned());
        }
    }
    faults
}

/// The children of a screen, those of a form among them.
fn components(screen: &Value) -> Vec<&Value> {
    let children = screen["layout"]["children"].as_array().into_iter().flatten();
    children
        .flat_map(|child| match child["children"].as_array() {
            Some(inner) if child["type"] == "Form" => inner.iter().collect(),
            _ => vec![child],
        })
        .collect()
}

struct Look<'a> {
    place: &'a str,
    ids: &'a HashSet<&'a str>,
    ways: &'a Value,
    asks_endpoint: bool,
    declared: Option<&'a Object>,
    faults: &'a mut Vec<String>,
}

impl Look<'_> {
    fn fault(&mut self, what: &str) {
        self.faults.push(format!("screen {}: {what}", self.place));
    }

    /// Whether a value is one that the endpoint gives, and says which kind when the screen declares it.
    fn given(&mut self, value: &Value, kind: &str) -> bool {
        let Some(field) = data_field(value) else {
            return false;
        };
        let declared = self.declared.and_then(|data| data.get(field));
        if !declared.is_some_and(|declared| declared["type"] == kind && !declared["__example__"].is_null()) {
            self.fault(&format!("{field} is not declared as {kind} with an example"));
        }
        true
    }

    /// Words of one to `most` characters, or words that the endpoint gives.
    fn words(&mut self, part: &Value, name: &str, most: usize) {
        if self.given(&part[name], "string") {
            return;
        }
        let count = part[name].as_str().map_or(0, |words| {
            if words.trim().is_empty() {
                0
            } else {
                words.chars().count()
            }
        });
        if !(1..=most).contains(&count) {
            self.fault(&format!("{name} must have 1 to {most} characters"));
        }
    }

    fn screen(&mut self, screen: &Value) {
        if self.place == "SUCCESS"
            || !self
                .place
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        {
            self.fault("its id must be letters and underscores, and not SUCCESS");
        }
        self.words(screen, "title", FLOW_HEADING_CHARS_MAX);
        if screen["layout"]["type"] != "SingleColumnLayout" {
            self.fault("its layout must be SingleColumnLayout");
        }
        let components = components(screen);
        if components.is_empty() || components.len() > FLOW_COMPONENTS_MAX {
            self.fault("it must have 1 to 50 components");
        }
        let mut names = HashSet::new();
        for component in &components {
            self.component(component);
            if let Some(name) = component["name"].as_str()
                && !names.insert(name)
            {
                self.fault(&format!("two fields are called {name}"));
            }
        }
        let footers: Vec<&&Value> = components.iter().filter(|part| part["type"] == "Footer").collect();
        match footers.as_slice() {
            [footer] => self.way(footer, screen["terminal"] == true),
            _ => self.fault("it must have exactly one Footer"),
        }
    }

    fn component(&mut self, part: &Value) {
        let Some(kind) = part["type"].as_str() else {
            return self.fault("a component has no type");
        };
        for flag in ["visible", "required", "enabled"] {
            let value = &part[flag];
            if !value.is_null() && !value.is_boolean() && !self.given(value, "boolean") {
                self.fault(&format!("{flag} must be yes or no"));
            }
        }
        self.given(&part["init-value"], "string");
        if FIELDS.contains(&kind) && !part["name"].is_string() {
            self.fault(&format!("a {kind} has no name"));
        }
        match kind {
            "TextHeading" | "TextSubheading" => self.words(part, "text", FLOW_HEADING_CHARS_MAX),
            "TextBody" | "TextCaption" => self.words(part, "text", FLOW_BODY_CHARS_MAX),
            "DatePicker" | "CalendarPicker" => {
                self.words(part, "label", FLOW_DATE_CHARS_MAX);
                for day in ["min-date", "max-date"] {
                    self.given(&part[day], "string");
                }
                self.given(&part["unavailable-dates"], "array");
                if kind == "CalendarPicker" && part["mode"] == "range" {
                    self.fault("a calendar over a range is not drawn by this emulator");
                }
            }
            "OptIn" => self.words(part, "label", FLOW_TICK_CHARS_MAX),
            "RadioButtonsGroup" | "Dropdown" => {
                self.words(part, "label", FLOW_GROUP_CHARS_MAX);
                if self.given(&part["data-source"], "array") {
                    return;
                }
                let options = part["data-source"].as_array().map(Vec::as_slice).unwrap_or_default();
                let ids: HashSet<&str> = options.iter().filter_map(|option| option["id"].as_str()).collect();
                if options.is_empty() || options.len() > FLOW_OPTIONS_MAX || ids.len() != options.len() {
                    self.fault("a group needs 1 to 20 answers with ids of their own");
                }
                for option in options {
                    self.words(option, "title", FLOW_OPTION_CHARS_MAX);
                }
            }
            "TextArea" | "TextInput" => {
                self.words(part, "label", FLOW_FIELD_CHARS_MAX);
                if part.get("helper-text").is_some() {
                    self.words(part, "helper-text", FLOW_HELPER_CHARS_MAX);
                }
            }
            "Footer" => self.words(part, "label", FLOW_FOOTER_CHARS_MAX),
            _ => self.fault(&format!("{kind} is a component that this emulator does not draw")),
        }
    }

    /// Where the button at the end leads.
    fn way(&mut self, footer: &Value, is_terminal: bool) {
        let action = &footer["on-click-action"];
        let next = action["next"]["name"].as_str().unwrap_or_default();
        match action["name"].as_str() {
            Some("data_exchange") if !self.asks_endpoint => self.fault("it asks an endpoint without data_api_version"),
            Some("data_exchange") => {}
            Some("complete") if !is_terminal => self.fault("only a terminal screen completes"),
            Some("complete") => {}
            Some("navigate") if next == self.place || !self.ids.contains(next) => {
                self.fault("it leads to a screen that is not there");
            }
            Some("navigate") => {
                let modelled = self.ways.as_object().map(|ways| is_way(ways, self.place, next));
                if modelled == Some(false) {
                    self.fault("it leads where routing_model has no way");
                }
            }
            _ => self.fault("its button must navigate, complete or data_exchange"),
        }
    }
}

fn is_way(ways: &Object, from: &str, to: &str) -> bool {
    let known = ways.get(from).and_then(Value::as_array);
    known.is_some_and(|known| known.iter().any(|way| way == to))
}

/// The field behind `${data.field}`.
fn data_field(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix("${data.")?.strip_suffix('}')
}

/// What a phone finds wrong with the data an endpoint gave a screen: a field that is missing or of another kind, too many rows or words.
pub(crate) fn data_faults(flow: &Value, screen: &str, data: &Object) -> Vec<String> {
    let mut faults = Vec::new();
    let screens = flow["screens"].as_array().into_iter().flatten();
    let Some(screen) = screens.into_iter().find(|known| known["id"] == screen) else {
        return vec!["there is no such screen".to_owned()];
    };
    for (field, declared) in screen["data"].as_object().into_iter().flatten() {
        let is_right = data.get(field).is_some_and(|value| match declared["type"].as_str() {
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("array") => value.is_array(),
            _ => true,
        });
        if !is_right {
            faults.push(format!("{field} is missing or of another kind"));
        }
    }
    for part in components(screen) {
        let most = match part["type"].as_str() {
            Some("Dropdown") => FLOW_DROPDOWN_MAX,
            Some("RadioButtonsGroup") => FLOW_OPTIONS_MAX,
            Some("TextBody" | "TextCaption") => {
                let words = data_field(&part["text"])
                    .and_then(|field| data.get(field))
                    .and_then(Value::as_str);
                if words.is_some_and(|words| words.trim().is_empty() || words.chars().count() > FLOW_BODY_CHARS_MAX) {
                    faults.push("a text is empty or too long".to_owned());
                }
                continue;
            }
            _ => continue,
        };
        let given = data_field(&part["data-source"]).and_then(|field| data.get(field));
        let Some(rows) = given.and_then(Value::as_array) else {
            continue;
        };
        let ids: HashSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
        let fits = |row: &Value| {
            let count = row["title"].as_str().map_or(0, |title| title.chars().count());
            (1..=FLOW_OPTION_CHARS_MAX).contains(&count)
        };
        if rows.is_empty() || rows.len() > most || ids.len() != rows.len() || !rows.iter().all(fits) {
            faults.push("rows are none, too many, alike or too long".to_owned());
        }
    }
    faults
}
