//! Amounts of money, and how many people come.

use super::numbers::spoken;
use super::words::{Kind, Word};

/// Amounts that are given back.
const AMOUNTS_MAX: usize = 8;
/// More people than this come with a bus and a letter, not by a message.
const PEOPLE_MAX: u64 = 99;
/// Words of a text in which *sendiri* says how many come.
const ALONE_WORDS_MAX: usize = 3;
/// An amount above this is no fee.
const RUPIAH_MAX: u64 = 10_000_000_000;

/// The amounts in rupiah: `350rb`, `1,5jt`, `Rp 650.000`, `tiga ratus ribu`.
pub(super) fn rupiah(words: &[Word]) -> Vec<u64> {
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < words.len() && amounts.len() < AMOUNTS_MAX {
        let rest = words.get(at..).unwrap_or_default();
        let before = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .map_or("", |word| word.text.as_str());
        match amount(rest, before) {
            Some((value, used)) => {
                if value <= RUPIAH_MAX && !amounts.contains(&value) {
                    amounts.push(value);
                }
                at += used;
            }
            None => at += 1,
        }
    }
    amounts
}

fn amount(rest: &[Word], before: &str) -> Option<(u64, usize)> {
    let first = rest.first()?;
    if first.kind == Kind::Letters {
        let letters = rest
            .iter()
            .map_while(|word| (word.kind == Kind::Letters).then_some(word.text.as_str()));
        return spoken(letters).filter(|(value, _)| *value >= 1000);
    }
    if first.kind != Kind::Digits || (first.is_glued && matches!(before, "." | "," | "-" | "/")) {
        return None;
    }
    let mut value: u64 = first.text.parse().ok().filter(|_| first.text.len() <= 10)?;
    let mut used = 1;
    let mut fraction = None;
    let mut is_grouped = false;
    while let [.., mark, digits] = rest.get(..used + 2).unwrap_or_default()
        && mark.is_glued
        && digits.is_glued
        && digits.kind == Kind::Digits
    {
        match (mark.text.as_str(), digits.text.len()) {
            ("." | ",", 3) if first.text.len() <= 3 && fraction.is_none() => {
                value = value.checked_mul(1000)?.checked_add(digits.text.parse().ok()?)?;
                is_grouped = true;
            }
            ("," | ".", 1 | 2) if fraction.is_none() && !is_grouped => fraction = Some(digits.text.clone()),
            _ => break,
        }
        used += 2;
    }
    let power = match rest.get(used).map_or("", |word| word.text.as_str()) {
        "rb" | "ribu" | "rebu" | "ewu" | "k" | "rbu" | "ribuan" => 1_000,
        "jt" | "juta" | "jta" | "yuta" => 1_000_000,
        _ => 1,
    };
    let is_told = matches!(before, "rp" | "idr" | "rupiah");
    if power == 1 {
        // Without a word for thousands only the marks of money make it money.
        let is_money = is_told || is_grouped || rest.get(used).is_some_and(|word| word.text == "rupiah");
        return (is_money && value >= 100).then_some((value, used));
    }
    let mut amount = value.checked_mul(power)?;
    if let Some(fraction) = fraction {
        let scale = if fraction.len() == 1 { 10 } else { 100 };
        amount = amount.checked_add(fraction.parse::<u64>().ok()? * (power / scale))?;
    }
    Some((amount, used + 1))
}

/// How many people come: `3 orang`, `berdua`, `sekeluarga 4`, `for 2 people`, `2 dewasa 1 anak`, `wong telu`.
pub(super) fn people(words: &[Word]) -> Option<u32> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let mut of_age = 0;
    for at in 0..texts.len() {
        let word = texts.get(at).copied().unwrap_or_default();
        // *Ga bisa ambil sendiri* counts nobody.
        let is_counting = texts.len() <= ALONE_WORDS_MAX
            || at > 0
                && texts
                    .get(at - 1)
                    .is_some_and(|word| matches!(*word, "datang" | "dtg" | "dateng"));
        if let Some(count) = together(word).filter(|count| *count > 1 || is_counting) {
            return Some(count);
        }
        let before = at
            .checked_sub(1)
            .and_then(|before| texts.get(before))
            .copied()
            .unwrap_or_default();
        let after = |used: usize| texts.get(at + used).copied().unwrap_or_default();
        // A piece of a longer number counts nobody: 5.000 orang.
        let is_piece = words.get(at).is_some_and(|word| word.is_glued) && matches!(before, "." | "," | "/" | ":");
        let Some((count, used)) = number(words.get(at..).unwrap_or_default()).filter(|_| !is_piece) else {
            continue;
        };
        let is_numeral_tail = number(words.get(at.wrapping_sub(1)..at).unwrap_or_default()).is_some();
        if is_numeral_tail {
            continue;
        }
        if is_person(after(used)) || (after(used) == "sekeluarga") {
            return Some(count);
        }
        if matches!(
            before,
            "wong" | "jalmi" | "jelema" | "tiyang" | "sekeluarga" | "sakulawarga" | "sakeluarga"
        ) {
            return Some(count);
        }
        let is_last =
            after(used).is_empty() || matches!(after(used), "ya" | "please" | "pls" | "on" | "tomorrow" | "?" | ".");
        if matches!(before, "for" | "party") && is_last {
            return Some(count);
        }
        if matches!(
            after(used),
            "dewasa" | "anak" | "bayi" | "balita" | "adults" | "adult" | "kids" | "children" | "child"
        ) {
            of_age += count;
        }
    }
    (of_age > 0 && of_age <= 99).then_some(of_age)
}

fn is_person(word: &str) -> bool {
    matches!(
        word,
        "orang"
            | "org"
            | "orng"
            | "orangan"
            | "wong"
            | "jalmi"
            | "jelema"
            | "jalma"
            | "tiyang"
            | "urang"
            | "people"
            | "persons"
            | "person"
            | "pemohon"
            | "peserta"
            | "pax"
            | "jiwa"
    )
}

/// One word that counts the company.
fn together(word: &str) -> Option<u32> {
    Some(match word {
        "sendiri" | "sendirian" | "dewe" | "dewekan" | "sorangan" | "alone" | "myself" | "seorang" | "saurang"
        | "piyambakan" => 1,
        "berdua" | "berduaan" | "duaan" | "wongloro" => 2,
        "bertiga" | "tiluan" => 3,
        "berempat" | "opatan" => 4,
        "berlima" | "limaan" => 5,
        "berenam" => 6,
        "bertujuh" => 7,
        _ => return None,
    })
}

fn number(words: &[Word]) -> Option<(u32, usize)> {
    let first = words.first()?;
    let (value, used) = match first.kind {
        Kind::Digits if first.text.len() <= 2 => (first.text.parse().ok()?, 1),
        Kind::Letters => spoken(
            words
                .iter()
                .map_while(|word| (word.kind == Kind::Letters).then_some(word.text.as_str())),
        )?,
        _ => return None,
    };
    let is_few = (1..=PEOPLE_MAX).contains(&value);
    is_few
        .then(|| u32::try_from(value).ok().map(|value| (value, used)))
        .flatten()
}
