//! A yes or a no, in many words and four languages. Only a conversation that has asked should listen.

use super::words::{Kind, Word, without_runs};

/// Words of an answer. In a longer text only a yes is heard, at its beginning.
const ANSWER_WORDS_MAX: usize = 8;
/// Words that tell something, after a no: *batal saja antriannya*. With more it is a story: *tidak bisa masuk aplikasi*.
const TOLD_WORDS_MAX: usize = 1;

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
    if spoken.iter().any(|word| is_asking(word)) {
        return None;
    }
    let mut told = spoken.iter().map(String::as_str).filter(|word| !is_particle(word));
    let (first, next) = (told.next().unwrap_or_default(), told.next().unwrap_or_default());
    if is_comforting(first, next) || matches!((first, next), ("he", "eh") | ("heu", "euh")) {
        return Some(Consent::Yes);
    }
    if matches!((first, next), ("nanti", "dulu" | "") | ("never", "mind")) {
        return Some(Consent::No);
    }
    match answer(first) {
        Some(Consent::Yes) if answer(next) == Some(Consent::No) => {
            let after = told.next().unwrap_or_default();
            Some(if is_comforting(next, after) {
                Consent::Yes
            } else {
                Consent::No
            })
        }
        Some(Consent::Yes) => Some(Consent::Yes),
        Some(Consent::No) => {
            let count = told.count() + usize::from(!next.is_empty());
            let is_told = is_refused(next) && count < ANSWER_WORDS_MAX;
            (!has_number && (is_told || count <= TOLD_WORDS_MAX)).then_some(Consent::No)
        }
        None => alone(&spoken),
    }
}

/// What a no is followed by when it answers: *ga jadi*, *bukan yang itu*.
fn is_refused(word: &str) -> bool {
    matches!(
        word,
        "bukan"
            | "nama"
            | "jadi"
            | "jd"
            | "sido"
            | "janten"
            | "usah"
            | "perlu"
            | "mau"
            | "yang"
            | "yg"
            | "itu"
            | "sing"
            | "nu"
            | "betul"
            | "benar"
            | "bener"
            | "sesuai"
            | "setuju"
            | "dulu"
            | "leres"
            | "cocok"
            | "thanks"
            | "thank"
            | "ini"
            | "makasih"
            | "terima"
            | "batal"
    )
}

/// Words that make a question of a text.
fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "gimana"
            | "gmn"
            | "bagaimana"
            | "berapa"
            | "brp"
            | "kapan"
            | "kpn"
            | "dimana"
            | "dmn"
            | "mana"
            | "siapa"
            | "apakah"
            | "kumaha"
            | "piye"
            | "pripun"
            | "how"
            | "what"
            | "when"
            | "where"
            | "kenapa"
            | "knp"
            | "piro"
            | "sabaraha"
    )
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

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "saya"
            | "sy"
            | "aku"
            | "abdi"
            | "kulo"
            | "i"
            | "it"
            | "is"
            | "its"
            | "thats"
            | "sudah"
            | "udah"
            | "sdh"
            | "data"
            | "datanya"
            | "semua"
            | "kak"
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
        "ya" | "iya" | "iyes" | "baik" | "sesuai" | "iyah" | "iyaa" | "yaa" | "yah" | "iye" | "yes" | "yess"
        | "yup" | "yep" | "yap" | "yoi" | "yo" | "betul" | "btul" | "btl" | "bener" | "benar" | "bnr" | "leres"
        | "sumuhun" | "muhun" | "enya" | "nggih" | "inggih" | "injih" | "nggeh" | "enggih" | "oke" | "ok" | "okay"
        | "okey" | "okeh" | "okee" | "sip" | "siap" | "siip" | "setuju" | "lanjut" | "lanjutkan" | "sure"
        | "correct" | "right" | "monggo" | "mangga" | "tentu" | "pasti" | "cocok" | "sepakat" | "sarujuk"
        | "gapapa" | "gpp" | "confirm" | "yeah" | "yea" | "agree" | "exactly" | "sae" | "hooh" | "heeh" | "bet"
        | "konfirmasi" | "definitely" => Some(Consent::Yes),
        "embung" | "skip" | "tidak" | "tdk" | "tak" | "ga" | "gak" | "gk" | "nggak" | "ngga" | "nggk" | "enggak"
        | "engga" | "gausah" | "gajadi" | "gaus" | "kagak" | "kaga" | "bukan" | "bkn" | "jangan" | "jgn" | "batal"
        | "salah" | "no" | "nope" | "nah" | "not" | "dont" | "cancel" | "mboten" | "boten" | "ora" | "ra" | "emoh"
        | "sanes" | "teu" | "henteu" | "moal" | "ulah" | "ogah" | "wrong" | "ndak" | "endak" | "nda" | "gamau"
        | "gakjadi" | "gkjadi" | "gada" | "ojo" | "dudu" | "sanesna" | "lepat" | "keliru" | "alim" => Some(Consent::No),
        _ => None,
    }
}
