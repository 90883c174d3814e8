//! Names that nothing introduces: runs of words that people's names are made of.

use std::ops::Range;

use super::{NAME_WORDS_MAX, is_capital, is_inner_dot, is_no_name, without_dot};
use crate::values::dates::terms::is_of_time;
use crate::values::numbers;
use crate::values::ordinary::{is_name, is_unknown, may_be_name};
use crate::values::words::{Kind, Word};

/// The end of the words from `at` on that may be a name which nothing introduces: listed ones, or unknown ones written large.
pub(super) fn end(words: &[Word], at: usize, text: &str) -> usize {
    let is_known = |place: usize| words.get(place).is_some_and(|word| is_name(&word.text));
    let mut end = at;
    let mut count = 0;
    while let Some(word) = words.get(end).filter(|_| count < NAME_WORDS_MAX) {
        if end > at && is_inner_dot(words, end) {
            end += 1;
            continue;
        }
        let is_joined = end > at && is_joint(&word.text) && is_known(end + 1);
        if !is_joined && !may_belong(word, text) {
            break;
        }
        end += 1;
        count += 1;
    }
    without_dot(words, at, end)
}

fn may_belong(word: &Word, text: &str) -> bool {
    let is_capital = is_capital(word, text);
    let is_other = || is_of_time(&word.text) || numbers::spoken([word.text.as_str()]).is_some();
    word.kind == Kind::Letters
        && word.text.len() > 1
        && (is_name(&word.text)
            || may_be_name(&word.text) && (is_capital || !is_other())
            || is_capital && is_unknown(&word.text) && !is_no_name(&word.text) && !is_other())
}

/// Whether a run of words is somebody's name: two known words, one of them written large beside another, or one after *bu*,
/// *adik saya* and the like, or after another name with *dan* between. Streets and offices have names of people too.
pub(super) fn is_person(words: &[Word], place: Range<usize>, text: &str, last_end: Option<usize>) -> bool {
    let run = words.get(place.clone()).unwrap_or_default();
    let known = || run.iter().filter(|word| is_name(&word.text));
    let is_announced = || is_after_relative(words, place.start) || is_after_name(words, place.start, last_end);
    let is_enough = match known().count() {
        0 => false,
        1 if run.len() == 1 => is_announced(),
        1 => {
            run.iter().all(|word| may_be_name(&word.text))
                || known().any(|word| is_capital(word, text))
                || is_announced()
        }
        _ => true,
    };
    is_enough && !is_after_place(words, place.start)
}

/// *Jalan Dewi Sartika* is a street, *kanim Ngurah Rai* an office.
fn is_after_place(words: &[Word], at: usize) -> bool {
    let mut before = words
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .filter(|word| word.kind == Kind::Letters);
    before.next().is_some_and(|word| {
        matches!(
            word.text.as_str(),
            "jalan"
                | "jl"
                | "jln"
                | "gang"
                | "gg"
                | "street"
                | "rs"
                | "rsud"
                | "masjid"
                | "pasar"
                | "hotel"
                | "gedung"
                | "pt"
                | "cv"
                | "kanim"
                | "imigrasi"
                | "immigration"
                | "kantor"
                | "bandara"
                | "airport"
        )
    })
}

/// *Usman bin Affan*.
fn is_joint(word: &str) -> bool {
    matches!(word, "bin" | "binti" | "bt" | "van" | "de")
}

/// Whether *bu*, *mbah*, *adik saya*, *bojoku*, *my wife* stand before.
fn is_after_relative(words: &[Word], at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back)
            .and_then(|place| words.get(place))
            .map_or("", |word| word.text.as_str())
    };
    is_relative(word(1)) || (is_owner(word(1)) && is_relative(word(2))) || word(1) == "sama" && is_relative(word(2))
}

/// Whether the name before ended with a comma or *dan* between.
fn is_after_name(words: &[Word], at: usize, last_end: Option<usize>) -> bool {
    let between = last_end.and_then(|end| words.get(end..at));
    let links = |word: &Word| {
        matches!(
            word.text.as_str(),
            "," | "&" | "dan" | "sama" | "and" | "karo" | "jeung" | "sareng" | "kaliyan"
        )
    };
    between.is_some_and(|between| (1..=2).contains(&between.len()) && between.iter().all(links))
}

fn is_owner(word: &str) -> bool {
    matches!(
        word,
        "saya" | "sy" | "aku" | "abdi" | "kuring" | "kula" | "kulo" | "gue" | "gw" | "kami" | "nama"
    )
}

/// People who are called by a title or by what they are to the writer.
fn is_relative(word: &str) -> bool {
    let bare = ["nya", "ku", "ne", "na", "e"]
        .into_iter()
        .find_map(|ending| word.strip_suffix(ending));
    [Some(word), bare].into_iter().flatten().any(|word| {
        matches!(
            word,
            "pak"
                | "bapak"
                | "bpk"
                | "bu"
                | "ibu"
                | "mbah"
                | "mang"
                | "ceu"
                | "teh"
                | "kang"
                | "mas"
                | "mbak"
                | "mba"
                | "om"
                | "tante"
                | "ustad"
                | "ustadz"
                | "haji"
                | "hajjah"
                | "hj"
                | "istri"
                | "suami"
                | "anak"
                | "adik"
                | "adek"
                | "kakak"
                | "ayah"
                | "mama"
                | "nenek"
                | "kakek"
                | "opung"
                | "oma"
                | "opa"
                | "bojo"
                | "biang"
                | "bapa"
                | "lanceuk"
                | "rayi"
                | "raka"
                | "pun"
                | "wife"
                | "husband"
                | "son"
                | "daughter"
                | "mother"
                | "father"
                | "mr"
                | "mrs"
                | "ms"
        )
    })
}
