//! Two versions of an entry beside each other, word by word. What went and what came is marked by a sign and a line, not by colour only.

use sigap_actions::publish_content::Difference;
use sigap_content::overlay::Fields;
use similar::{ChangeTag, TextDiff};

use super::names::{entry_name, field_name, kind_name};
use crate::pages::Words;

/// Texts that have less in common are shown one after the other: word by word nobody could read them.
const ALIKE: f32 = 0.4;
/// What stands below everything else.
const LAST: [&str; 4] = ["source", "checked_on", "owner", "check_again_on"];

/// A changed entry.
pub(super) struct Changed {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_new: bool,
    pub(super) is_gone: bool,
    pub(super) fields: Vec<ChangedField>,
}

/// A changed field of it.
pub(super) struct ChangedField {
    pub(super) label: String,
    pub(super) pieces: Vec<Piece>,
}

/// Words that stayed, went or came.
pub(super) struct Piece {
    pub(super) sign: &'static str,
    pub(super) text: String,
}

pub(super) fn changed(words: Words<'_>, slug: &str, difference: &Difference) -> Changed {
    let key = &difference.key;
    let none = Fields::new();
    let before = difference.before.as_ref().unwrap_or(&none);
    let after = difference.after.as_ref().unwrap_or(&none);
    Changed {
        kind: kind_name(words, key.kind),
        name: entry_name(words, key),
        href: format!("/staff/{slug}/isi/{}/{}", key.kind.word(), key.name),
        is_new: difference.before.is_none(),
        is_gone: difference.after.is_none(),
        fields: fields(words, before, after),
    }
}

/// The fields that differ.
pub(super) fn fields(words: Words<'_>, before: &Fields, after: &Fields) -> Vec<ChangedField> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_by_key(|name| (LAST.iter().position(|last| last == name), *name));
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            let of = |fields: &Fields| fields.get(name).cloned().unwrap_or_default();
            ChangedField {
                label: field_name(words, name),
                pieces: pieces(&of(before), &of(after)),
            }
        })
        .collect()
}

fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let diff = TextDiff::from_words(before, after);
    if diff.ratio() < ALIKE {
        let whole = |sign, text: &str| Piece {
            sign,
            text: text.to_owned(),
        };
        let both = [whole("-", before), whole("+", after)];
        return both.into_iter().filter(|piece| !piece.text.is_empty()).collect();
    }
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Equal => "",
            ChangeTag::Delete => "-",
            ChangeTag::Insert => "+",
        };
        match pieces.last_mut() {
            Some(last) if last.sign == sign => last.text.push_str(change.value()),
            _ => pieces.push(Piece {
                sign,
                text: change.value().to_owned(),
            }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests;
