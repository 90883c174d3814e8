//! Several wishes in one message: where it can be divided, and which parts count. Not measured yet: no set holds such
//! messages.

use super::intent::Intent;
use super::model::{Judgement, Verdict};
use super::normalise::LETTERS_READ_MAX;

/// Wishes of one message that are judged. Nobody answers more in one go.
const WISHES_MAX: usize = 4;
/// Letters a part needs to be a wish of its own.
const PART_LETTERS_MIN: usize = 4;
/// Words that join two wishes.
const JOINTS: [&str; 8] = [
    " sama ", " terus ", " trus ", " dan ", " lalu ", " and ", " sareng ", " karo ",
];
/// Signs that end a wish.
const ENDS: [char; 4] = ['?', '\n', ';', '!'];

/// Every wish with its own judgement: greetings and thanks fall away beside another wish, and parts that are not
/// understood are judged with the whole.
pub(super) fn each(text: &str, judge: impl Fn(&str) -> Judgement) -> Vec<Judgement> {
    let mut wishes: Vec<Judgement> = Vec::new();
    for part in parts(text, &ENDS, &JOINTS) {
        let judgement = judge(part);
        let Verdict::Answer(intent) = judgement.verdict else {
            continue;
        };
        let is_new = wishes.iter().all(|wish| wish.verdict != Verdict::Answer(intent));
        if counts_alone(intent) && is_new {
            wishes.push(judgement);
        }
    }
    if wishes.len() < 2 {
        return vec![without_courtesy(text, judge(text), judge)];
    }
    wishes
}

/// When the whole looks like nothing but politeness, or is not understood, the first part that is an answer counts.
fn without_courtesy(text: &str, whole: Judgement, judge: impl Fn(&str) -> Judgement) -> Judgement {
    let is_clear = matches!(&whole.verdict, Verdict::Answer(intent) if !intent.is_courtesy());
    if is_clear {
        return whole;
    }
    let parts = parts(text, &ENDS, &[]);
    if parts.len() < 2 {
        return whole;
    }
    let wish = parts
        .into_iter()
        .map(judge)
        .find(|part| matches!(&part.verdict, Verdict::Answer(intent) if counts_alone(*intent)));
    wish.unwrap_or(whole)
}

/// An intent that is a wish when it stands in a part of a message. "Ya", "besok" and insults say something about the rest.
fn counts_alone(intent: Intent) -> bool {
    !matches!(
        intent,
        Intent::Greeting
            | Intent::Thanks
            | Intent::Affirm
            | Intent::Deny
            | Intent::Inform
            | Intent::Abuse
            | Intent::Menu
            | Intent::OutOfScope
    )
}

fn parts<'t>(text: &'t str, ends: &[char], joints: &[&str]) -> Vec<&'t str> {
    let read = text
        .char_indices()
        .nth(LETTERS_READ_MAX)
        .map_or(text.len(), |(at, _)| at);
    let mut parts = Vec::new();
    for sentence in text.get(..read).unwrap_or(text).split(ends) {
        let mut rest = sentence;
        loop {
            let joint = joints
                .iter()
                .filter_map(|joint| Some((rest.find(joint)?, joint.len())))
                .min();
            let Some((at, length)) = joint else { break };
            parts.push(rest.get(..at).unwrap_or_default());
            rest = rest.get(at + length..).unwrap_or_default();
        }
        parts.push(rest);
    }
    parts.retain(|part| part.trim().chars().count() >= PART_LETTERS_MIN);
    parts.truncate(WISHES_MAX);
    parts
}

#[cfg(test)]
mod tests;
