//! A yes or a no, in many words and four languages. Only a conversation that has asked should listen.

use super::words::{Kind, Word, without_runs};

/// Words of an answer. In a longer text only the beginning can be a yes or a no.
const ANSWER_WORDS_MAX: usize = 8;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Agrees.
    Yes,
    /// Does not agree.
    No,
}

/// The answer that a text gives, if it gives one.
pub(super) fn read(words: &[Word]) -> Option<Consent> {
    if words.iter().any(|word| word.text == "?") {
        return None;
    }
    if words
        .iter()
        .any(|word| matches!(word.text.as_str(), "👍" | "👌" | "✅"))
    {
        return Some(Consent::Yes);
    }
    let spoken: Vec<String> = words
        .iter()
        .filter(|word| word.kind == Kind::Letters)
        .map(|word| {
            if answer(&word.text).is_some() {
                word.text.clone()
            } else {
                without_runs(&word.text)
            }
        })
        .collect();
    let has_number = words.iter().any(|word| word.kind == Kind::Digits);
    let mut found = None;
    let is_long = spoken.len() > ANSWER_WORDS_MAX;
    let mut at = 0;
    while let Some(word) = spoken.get(at) {
        let next = spoken.get(at + 1).map_or("", String::as_str);
        let is_last = next.is_empty() || (is_particle(next) && spoken.get(at + 2).is_none());
        if is_comforting(word, next) {
            found = found.or(Some(Consent::Yes));
            at += 2;
            continue;
        }
        match answer(word) {
            // *Bisa ga*, *buka gak* ask.
            Some(Consent::No) if is_tag(word) && is_last && at > 0 && found.is_none() => return None,
            Some(Consent::No) => return Some(Consent::No),
            Some(Consent::Yes) => found = found.or(Some(Consent::Yes)),
            None if is_particle(word) => {}
            None if found.is_none() && (is_long || has_number) => return None,
            None => {}
        }
        if is_long && found.is_some() {
            break;
        }
        at += 1;
    }
    found.or_else(|| alone(&spoken))
}

/// Words that are an answer only when nothing else is said.
fn alone(spoken: &[String]) -> Option<Consent> {
    let mut told = spoken.iter().filter(|word| !is_particle(word));
    match (told.next().map(String::as_str), told.next()) {
        (
            Some(
                "jadi" | "mau" | "bisa" | "boleh" | "bade" | "hoyong" | "y" | "g" | "gas" | "gass" | "tiasa" | "saged",
            ),
            None,
        ) => Some(Consent::Yes),
        (Some("t" | "n" | "belum" | "blm" | "teuacan" | "dereng"), None) => Some(Consent::No),
        _ => None,
    }
    .filter(|consent| *consent == Consent::No || spoken.first().map(String::as_str) != Some("g"))
    .or_else(|| (spoken.len() == 1 && spoken.first().map(String::as_str) == Some("g")).then_some(Consent::No))
}

/// *Ga papa*, *tidak masalah*, *no problem*: a no that means yes.
fn is_comforting(word: &str, next: &str) -> bool {
    let is_no = answer(word) == Some(Consent::No);
    is_no
        && matches!(
            next,
            "papa" | "apa" | "masalah" | "problem" | "worries" | "pp" | "nanaon" | "napa" | "opo" | "keberatan"
        )
}

fn is_tag(word: &str) -> bool {
    matches!(
        word,
        "ga" | "gak"
            | "gk"
            | "nggak"
            | "ngga"
            | "enggak"
            | "engga"
            | "kagak"
            | "ora"
            | "henteu"
            | "tidak"
            | "tdk"
            | "mboten"
            | "teu"
            | "ndak"
    )
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "kak"
            | "min"
            | "pak"
            | "bu"
            | "mas"
            | "mbak"
            | "deh"
            | "dong"
            | "sih"
            | "lah"
            | "aja"
            | "saja"
            | "kok"
            | "ah"
            | "bang"
            | "kang"
            | "teh"
            | "mah"
            | "atuh"
            | "wae"
            | "mawon"
            | "please"
            | "pls"
            | "admin"
            | "gan"
            | "sis"
            | "donk"
            | "to"
            | "euy"
            | "that"
    )
}

fn answer(word: &str) -> Option<Consent> {
    match word {
        "ya" | "iya" | "iyah" | "iyaa" | "yaa" | "yah" | "iye" | "yes" | "yess" | "yup" | "yep" | "yap" | "yoi"
        | "yo" | "betul" | "btul" | "btl" | "bener" | "benar" | "bnr" | "leres" | "sumuhun" | "muhun" | "enya"
        | "nggih" | "inggih" | "injih" | "nggeh" | "enggih" | "oke" | "ok" | "okay" | "okey" | "okeh" | "okee"
        | "sip" | "siap" | "siip" | "setuju" | "lanjut" | "lanjutkan" | "sure" | "correct" | "right" | "monggo"
        | "mangga" | "tentu" | "pasti" | "cocok" | "sepakat" | "sarujuk" | "gapapa" | "gpp" | "confirm" | "yeah"
        | "yea" | "agree" | "exactly" | "sae" | "hooh" | "heeh" | "bet" | "konfirmasi" | "definitely" => {
            Some(Consent::Yes)
        }
        "tidak" | "tdk" | "tak" | "ga" | "gak" | "gk" | "nggak" | "ngga" | "nggk" | "enggak" | "engga" | "gausah"
        | "gajadi" | "gaus" | "kagak" | "kaga" | "bukan" | "bkn" | "jangan" | "jgn" | "batal" | "salah" | "no"
        | "nope" | "nah" | "not" | "dont" | "cancel" | "mboten" | "boten" | "ora" | "ra" | "emoh" | "sanes" | "teu"
        | "henteu" | "moal" | "ulah" | "ogah" | "wrong" | "ndak" | "endak" | "nda" | "gamau" | "gakjadi" | "gkjadi"
        | "gada" | "ojo" | "dudu" | "sanesna" | "lepat" | "keliru" | "alim" => Some(Consent::No),
        _ => None,
    }
}
