//! One entry: its form, what citizens would see of it, and what happened to it meanwhile.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use sigap_actions::edit_content::{Change, ChangeTo, EditRefusal, Preview, Workbench};
use sigap_content::entry::{EntryKey, FIELD_CHARS_MAX, Field, Kind, Problem, Shape};
use sigap_content::overlay::Fields;
use sigap_core::conversation::messages;
use sigap_core::conversation::reply::Arg;
use sigap_core::ids::StaffId;

use super::diff::{ChangedField, fields};
use super::names::{entry_name, field_name, kind_name};
use super::preview::{Shown, Trouble, shown, troubles};
use super::{refused, workbench};
use crate::console::{Asker, Bar, go};
use crate::pages::{Words, busy, nowhere, private_page};
use crate::routes::AppState;

#[derive(Template)]
#[template(path = "console/content/entry.html", blocks = ["preview"])]
struct EntryPage<'a> {
    words: Words<'a>,
    bar: Bar,
    kind: Kind,
    kind_name: String,
    name: String,
    seen: String,
    inputs: Vec<Input>,
    holes: String,
    troubles: Vec<Trouble>,
    is_refused: bool,
    previews: Vec<Shown>,
    is_notice: bool,
    is_changed: bool,
    can_be_removed: bool,
    /// What a colleague changed meanwhile: who, and what is theirs beside what is typed here.
    conflict: Option<(String, Vec<ChangedField>)>,
    before: Vec<ChangedField>,
    most: usize,
}

/// A field as it is shown.
struct Input {
    name: String,
    label: String,
    hint: String,
    value: String,
    shape: &'static str,
    language: &'static str,
    choices: Vec<(String, String, bool)>,
    is_required: bool,
    problem: String,
}

/// The form.
pub async fn show(
    State(state): State<AppState>,
    Path((_, kind, name)): Path<(String, String, String)>,
    asker: Asker,
) -> Response {
    let Some(key) = EntryKey::parse(&format!("{kind}/{name}")) else {
        return nowhere();
    };
    let (words, bench) = match opened(&state, &asker).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let Some(office) = bench.office(words.office.id) else {
        return nowhere();
    };
    // What was typed counts, even where the files have moved on under it.
    let patched = bench.overlay.find(&key).and_then(|patch| patch.fields.clone());
    let typed = patched.or_else(|| bench.draft.entry(office, &key)).unwrap_or_default();
    let seen = bench.overlay.mark(&key);
    let page = Page {
        state: &state,
        asker: &asker,
        bench: &bench,
        words,
        key,
    };
    page.render(StatusCode::OK, typed, seen, None, None).await
}

async fn opened<'a>(state: &'a AppState, asker: &Asker) -> Result<(Words<'a>, Workbench), Response> {
    let words = asker.words(state).ok_or_else(nowhere)?;
    Ok((words, workbench(state, asker).await?))
}

/// What is typed: kept, shown, put back, or taken out.
pub async fn send(
    State(state): State<AppState>,
    Path((_, kind, name)): Path<(String, String, String)>,
    asker: Asker,
    headers: HeaderMap,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let Some(key) = EntryKey::parse(&format!("{kind}/{name}")) else {
        return nowhere();
    };
    let (words, bench) = match opened(&state, &asker).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let Some(office) = bench.office(words.office.id) else {
        return nowhere();
    };
    let text = |wanted: &str| {
        let found = sent.iter().rfind(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let typed: Fields = bench
        .draft
        .fields(office, &key)
        .iter()
        .map(|field| {
            let values = sent.iter().filter(|(name, _)| *name == field.name);
            let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
            (field.name.clone(), values.join(" "))
        })
        .collect();
    let (deed, seen) = (text("deed"), text("seen"));
    let to = match deed.as_str() {
        "files" => ChangeTo::Files,
        "remove" => ChangeTo::Removed,
        _ => ChangeTo::Fields(typed.clone()),
    };
    let change = Change {
        key: key.clone(),
        to,
        seen: seen.clone(),
    };
    let page = Page {
        state: &state,
        asker: &asker,
        bench: &bench,
        words,
        key,
    };
    if headers.contains_key("x-parts") {
        return page.part(typed, seen, change).await;
    }
    if deed == "preview" {
        return page.render(StatusCode::OK, typed, seen, None, None).await;
    }
    let done = state
        .service
        .change_entry(asker.officer.office(), asker.officer.clone(), change)
        .await;
    match done {
        Err(_) => busy(),
        Ok(Ok(())) => go(&format!("/staff/{}/isi/{}", asker.slug, page.key.kind.word())),
        Ok(Err(EditRefusal::Problems(problems))) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page.render(status, typed, seen, Some(problems), None).await
        }
        Ok(Err(EditRefusal::Conflict(conflict))) => {
            let theirs = fields(words, &typed_only(&typed), &conflict.theirs);
            let mark = conflict.mark.clone();
            let theirs = Some((conflict.by, theirs));
            page.render(StatusCode::CONFLICT, typed, mark, None, theirs).await
        }
        Ok(Err(refusal)) => refused(&state, &asker, &refusal),
    }
}

fn typed_only(typed: &Fields) -> Fields {
    let typed = typed.iter().filter(|(_, value)| !value.trim().is_empty());
    typed
        .map(|(name, value)| (name.clone(), value.replace("\r\n", "\n")))
        .collect()
}

struct Page<'a> {
    state: &'a AppState,
    asker: &'a Asker,
    bench: &'a Workbench,
    words: Words<'a>,
    key: EntryKey,
}

impl Page<'_> {
    async fn preview(&self, change: Change) -> Result<Preview, Response> {
        let (office, who) = (self.asker.officer.office(), self.asker.officer.clone());
        match self.state.service.preview_change(office, who, change).await {
            Err(_) => Err(busy()),
            Ok(Ok(preview)) => Ok(preview),
            Ok(Err(refusal)) => Err(refused(self.state, self.asker, &refusal)),
        }
    }

    /// The preview alone, for a page that follows the typing.
    async fn part(&self, typed: Fields, seen: String, change: Change) -> Response {
        let preview = match self.preview(change).await {
            Ok(preview) => preview,
            Err(response) => return response,
        };
        let Some(page) = self.page(typed, seen, &preview, true, None) else {
            return nowhere();
        };
        match page.as_preview().render() {
            Ok(html) => Json(BTreeMap::from([("preview", html)])).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    async fn render(
        &self,
        status: StatusCode,
        typed: Fields,
        seen: String,
        wrong: Option<Vec<Problem>>,
        conflict: Option<(Option<StaffId>, Vec<ChangedField>)>,
    ) -> Response {
        let change = Change {
            key: self.key.clone(),
            to: ChangeTo::Fields(typed.clone()),
            seen: seen.clone(),
        };
        let is_refused = wrong.is_some();
        let mut preview = match self.preview(change).await {
            Ok(preview) => preview,
            Err(response) => return response,
        };
        // What kept it from being kept counts; a preview may know less.
        preview.problems = wrong.unwrap_or(preview.problems);
        match self.page(typed, seen, &preview, is_refused, conflict) {
            Some(page) => private_page(status, &page),
            None => nowhere(),
        }
    }

    /// The page; nothing when there is no such entry and none can be added under that name.
    fn page(
        &self,
        typed: Fields,
        seen: String,
        preview: &Preview,
        is_refused: bool,
        conflict: Option<(Option<StaffId>, Vec<ChangedField>)>,
    ) -> Option<EntryPage<'_>> {
        let (words, bench, key) = (self.words, self.bench, &self.key);
        let office = bench.office(words.office.id)?;
        let shape = bench.draft.fields(office, key);
        if shape.is_empty() {
            return None;
        }
        let live = bench.live.office(words.office.id)?;
        let is_new = bench.draft.entry(office, key).is_none_or(|fields| fields.is_empty());
        // A form that nobody sent has nothing wrong yet: it is empty because it is new.
        let troubles = if is_refused || !is_new {
            troubles(words, preview)
        } else {
            Vec::new()
        };
        let name_of = |staff: Option<StaffId>| {
            let name = staff.map(|staff| bench.name_of(staff).to_owned());
            name.filter(|name| !name.is_empty())
                .unwrap_or_else(|| words.e("somebody"))
        };
        let before = bench.live.entry(live, key).unwrap_or_default();
        Some(EntryPage {
            bar: self.asker.bar("content"),
            kind: key.kind,
            kind_name: kind_name(words, key.kind),
            name: entry_name(words, key),
            seen,
            inputs: shape
                .iter()
                .map(|field| input(words, key, field, &typed, &troubles))
                .collect(),
            holes: holes(words, key),
            previews: shown(words, &preview.content, key, self.state.clock.now()),
            is_notice: key.kind == Kind::Notice,
            is_changed: bench.overlay.find(key).is_some(),
            can_be_removed: key.kind.can_be_added() && !is_new,
            is_refused,
            conflict: conflict.map(|(by, theirs)| (name_of(by), theirs)),
            before: if bench.edition > 0 || bench.overlay.find(key).is_some() {
                fields(words, &before, &typed_only(&typed))
            } else {
                Vec::new()
            },
            troubles,
            most: FIELD_CHARS_MAX,
            words,
        })
    }
}

fn input(words: Words<'_>, key: &EntryKey, field: &Field, typed: &Fields, troubles: &[Trouble]) -> Input {
    let value = typed.get(&field.name).cloned().unwrap_or_default();
    let chosen: Vec<&str> = value.split_whitespace().collect();
    let (shape, language, choices) = match &field.shape {
        Shape::Line | Shape::Hours => ("line", "", Vec::new()),
        Shape::Words(code) => ("words", *code, Vec::new()),
        Shape::Number => ("number", "", Vec::new()),
        Shape::Day => ("day", "", Vec::new()),
        Shape::Moment => ("moment", "", Vec::new()),
        Shape::Yes => ("yes", "", vec![("yes".to_owned(), String::new(), !value.is_empty())]),
        Shape::One(values) => {
            let choices = values.iter().map(|one| {
                let name = words.e(&format!("{}_{one}", field.name));
                ((*one).to_owned(), name, value == *one)
            });
            ("one", "", choices.collect())
        }
        Shape::Any(values) => {
            let choices = values
                .iter()
                .map(|(id, name)| (id.clone(), words.key(name, &[]), chosen.contains(&id.as_str())));
            ("any", "", choices.collect())
        }
    };
    let hint = match (&field.shape, field.name.as_str()) {
        (Shape::Hours, _) => words.e("hint_hours"),
        (_, "check_again_on" | "source" | "owner" | "per_minute" | "public_value" | "day_places" | "four_eyes") => {
            words.e(&format!("hint_{}", field.name))
        }
        (Shape::Words("su"), _) if key.text_key().is_some() => words.e("hint_su"),
        _ => String::new(),
    };
    let problems: Vec<&str> = troubles
        .iter()
        .filter(|trouble| trouble.field == field.name)
        .map(|trouble| trouble.words.as_str())
        .collect();
    Input {
        name: field.name.clone(),
        label: field_name(words, &field.name),
        hint,
        value,
        shape,
        language,
        choices,
        is_required: field.is_required,
        problem: problems.join(" "),
    }
}

/// What may stand in braces in a text.
fn holes(words: Words<'_>, key: &EntryKey) -> String {
    let Some(text) = key.text_key() else {
        return String::new();
    };
    let mut names: Vec<String> = match messages::find(&text) {
        Some(spec) => spec.arg_names().map(|name| format!("{{{name}}}")).collect(),
        None if key.kind == Kind::Answer => ["{name}", "{case}", "{office}"].map(str::to_owned).into(),
        None => Vec::new(),
    };
    names.extend(["{office}", "{address}", "{phone}", "{whatsapp}", "{site}"].map(str::to_owned));
    names.dedup();
    words.key("editor.holes", &[("names", Arg::Text(names.join(" ")))])
}
