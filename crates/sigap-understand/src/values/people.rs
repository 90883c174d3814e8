//! Names in a text: introduced (*a.n. Budi*, *atas nama …*, *my name is …*), or known by their words (*daftar Sri Wahyuni*).

use std::ops::Range;

use super::dates::terms::is_of_time;
use super::numbers;
use super::ordinary::{is_name, is_unknown, may_be_name};
use super::words::{self, Kind, Word};

mod runs;

/// Words of a name. Longer ones are cut: the officer asks for the rest.
const NAME_WORDS_MAX: usize = 5;
/// Names that are looked for.
const NAMES_MAX: usize = 40;

/// A name as written, and the bytes where it stands.
pub(super) struct FoundName {
    pub(super) name: String,
    pub(super) range: Range<usize>,
}

/// The names in a text.
pub(super) fn names(text: &str) -> Vec<FoundName> {
    let words = words::split(text);
    let mut found: Vec<FoundName> = Vec::new();
    let mut at = 0;
    let mut last_end = None;
    while at < words.len() && found.len() < NAMES_MAX {
        let Some((start, is_certain)) = introduction(&words, at, text) else {
            let end = runs::end(&words, at, text);
            if end > at && runs::is_person(&words, at..end, text, last_end) {
                push(&mut found, &words, at..end, text);
                last_end = Some(end);
            }
            at = end.max(at + 1);
            continue;
        };
        let end = name_end(&words, start, text, is_certain);
        if !is_certain && !is_likely(&words, at, start, end, text) {
            at = start;
            continue;
        }
        if end == start {
            at = start;
            continue;
        }
        push(&mut found, &words, start..end, text);
        last_end = Some(end);
        at = end;
    }
    found
}

fn push(found: &mut Vec<FoundName>, words: &[Word], place: Range<usize>, text: &str) {
    let (Some(first), Some(last)) = (words.get(place.start), words.get(place.end.saturating_sub(1))) else {
        return;
    };
    let range = first.start..last.end;
    if let Some(name) = text.get(range.clone()) {
        found.push(FoundName {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            range,
        });
    }
}

/// *M. Yusuf*: the dot of a short first part belongs to the name.
fn is_inner_dot(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    words.get(at).is_some_and(|word| word.text == "." && word.is_glued)
        && before.is_some_and(|before| before.text.len() <= 3)
        && words.get(at + 1).is_some_and(|next| next.kind == Kind::Letters)
}

/// Whether a doubtful introduction (*an*, *nama*) introduces a name: by its capital letter, by the word before, or by being all
/// that is said.
fn is_likely(words: &[Word], at: usize, start: usize, end: usize, text: &str) -> bool {
    let first = words.get(start);
    let is_listed = first.is_some_and(|word| may_be_name(&word.text));
    let said = first
        .and_then(|word| text.get(word.start..word.end))
        .unwrap_or_default();
    // *an ATM*, *punya SKTM*; *an English officer* is English.
    let is_abbreviation =
        said.chars().count() > 1 && said.chars().all(char::is_uppercase) && text.chars().any(char::is_lowercase);
    let is_article = words.get(at).is_some_and(|word| word.text == "an") && said.starts_with(['A', 'E', 'I', 'O', 'U']);
    let is_capital = first.is_some_and(|word| is_capital(word, text)) && (is_listed || !is_abbreviation && !is_article);
    let before = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .map_or("", |word| word.text.as_str());
    let is_owned = matches!(
        before,
        "paspor"
            | "pasport"
            | "antrian"
            | "nomor"
            | "booking"
            | "daftar"
            | "status"
            | "cek"
            | "permohonan"
            | "punya"
            | "pasporna"
            | "pasporku"
    );
    let is_known = words.get(start).is_some_and(|word| is_name(&word.text));
    is_capital
        || is_known
        || is_owned && words.get(at).is_some_and(|word| word.text == "an")
        || (at == 0 && end == words.len())
}

/// The place of a name's first word, and whether its introduction leaves no doubt.
fn introduction(words: &[Word], at: usize, text: &str) -> Option<(usize, bool)> {
    let is_capital = |place: usize| words.get(place).is_some_and(|word| is_capital(word, text));
    let word = |place: usize| words.get(place).map_or("", |word| word.text.as_str());
    let is_glued = |place: usize| words.get(place).is_some_and(|word| word.is_glued);
    let after_mark = |place: usize| place + usize::from(matches!(word(place), ":" | "=" | "-"));
    let is_after_digit = is_glued(at)
        && at
            .checked_sub(1)
            .is_some_and(|before| words.get(before).is_some_and(|word| word.kind == Kind::Digits));
    let start = match (word(at), word(at + 1)) {
        ("a", "." | "/") if word(at + 2) == "n" => {
            let dotted = at + 3 + usize::from(word(at + 3) == "." && is_glued(at + 3));
            (after_mark(dotted), true)
        }
        ("an", ".") if is_glued(at + 1) => (after_mark(at + 2), true),
        ("an", _) if !is_after_digit && word(at.wrapping_sub(1)) != "-" => (after_mark(at + 1), false),
        ("atas" | "ats", "nama" | "nm" | "nami") | ("atasnama", _) => {
            let used = if word(at) == "atasnama" { 1 } else { 2 };
            (after_mark(at + used), true)
        }
        (
            "nama" | "nm" | "name" | "ngaran" | "jeneng" | "asma" | "nami" | "wasta" | "asmo" | "namanya" | "jenenge"
            | "ngaranna" | "asmane" | "namina",
            _,
        ) => {
            let mut start = at + 1;
            let mut is_certain = false;
            while matches!(
                word(start),
                "saya"
                    | "sy"
                    | "sya"
                    | "aku"
                    | "lengkap"
                    | "lengkapnya"
                    | "abdi"
                    | "kuring"
                    | "kula"
                    | "kulo"
                    | "gue"
                    | "ku"
                    | "is"
                    | "adalah"
                    | "panjang"
                    | "simkuring"
            ) {
                start += 1;
                is_certain = true;
            }
            let marked = after_mark(start);
            is_certain |= marked > start;
            (marked, is_certain)
        }
        ("namaku" | "namaq" | "jenengku", _) => (after_mark(at + 1), true),
        // Only a capital letter tells *punya Neng Siti* from *punya saya*.
        ("punya" | "punyanya", _) if is_capital(at + 1) => (at + 1, false),
        _ => return None,
    };
    Some(start)
}

/// The place after the name's last word; the start itself when there is none.
fn name_end(words: &[Word], start: usize, text: &str, is_certain: bool) -> usize {
    let mut end = start;
    let mut count = 0;
    while count < NAME_WORDS_MAX {
        let Some(word) = words.get(end) else { break };
        if end > start && is_inner_dot(words, end) {
            end += 1;
            continue;
        }
        let is_capital = is_capital(word, text);
        let is_first = end == start;
        let is_followed_by_name = || is_certain && words.get(end + 1).is_some_and(|next| is_name(&next.text));
        let may_begin = !is_first || is_capital || is_certain || is_name(&word.text) || words.len() <= end + 3;
        let belongs = word.kind == Kind::Letters
            && may_begin
            && !is_no_name(&word.text)
            && (is_capital || may_be_name(&word.text) || is_unknown(&word.text) || is_first && is_followed_by_name())
            // Javanese *neng*, in, and not a Sundanese girl.
            && (is_capital || word.text != "neng")
            // A capital letter keeps names that are also days or numbers: Juli, Eka, Siji.
            && (!is_of_time(&word.text) || is_month_or_number(&word.text) && (is_capital || is_followed_by_name()))
            && (is_capital || numbers::spoken([word.text.as_str()]).is_none());
        if !belongs {
            break;
        }
        end += 1;
        count += 1;
    }
    without_dot(words, start, end)
}

/// A dot that no word follows is the end of a sentence.
fn without_dot(words: &[Word], start: usize, mut end: usize) -> usize {
    while end > start && words.get(end - 1).is_some_and(|word| word.kind == Kind::Mark) {
        end -= 1;
    }
    end
}

fn is_capital(word: &Word, text: &str) -> bool {
    text.get(word.start..word.end)
        .and_then(|word| word.chars().next())
        .is_some_and(char::is_uppercase)
}

fn is_month_or_number(word: &str) -> bool {
    matches!(
        word,
        "juni" | "juli" | "april" | "mei" | "maret" | "agustus" | "januari" | "septi" | "minggu" | "rebo" | "tu"
    )
}

/// Words that follow a name, or follow *nama* without being one.
fn is_no_name(word: &str) -> bool {
    matches!(
        word,
        "cuma"
            | "ngan"
            | "hanya"
            | "kamu"
            | "kata"
            | "satu"
            | "mung"
            | "salah"
            | "kurang"
            | "di"
            | "yang"
            | "yg"
            | "beda"
            | "keliru"
            | "apa"
            | "siapa"
            | "dan"
            | "dibatalkan"
            | "batal"
            | "mau"
            | "untuk"
            | "utk"
            | "buat"
            | "sudah"
            | "udah"
            | "sdh"
            | "udh"
            | "belum"
            | "blm"
            | "bisa"
            | "bs"
            | "saja"
            | "aja"
            | "ya"
            | "min"
            | "pak"
            | "kak"
            | "bu"
            | "nik"
            | "no"
            | "nomor"
            | "tolong"
            | "mohon"
            | "saya"
            | "sy"
            | "ingin"
            | "pengen"
            | "daftar"
            | "antri"
            | "antrian"
            | "selesai"
            | "jadi"
            | "paspor"
            | "pasport"
            | "passport"
            | "dengan"
            | "dgn"
            | "sama"
            | "in"
            | "is"
            | "and"
            | "for"
            | "on"
            | "at"
            | "the"
            | "wrong"
            | "please"
            | "pls"
            | "itu"
            | "ini"
            | "nya"
            | "bapak"
            | "ibu"
            | "orang"
            | "lepat"
            | "dina"
            | "typo"
            | "ganti"
            | "diganti"
            | "tambah"
            | "ada"
            | "tidak"
            | "ga"
            | "gak"
            | "dg"
            | "tgl"
            | "tanggal"
            | "status"
            | "cek"
            | "lahir"
            | "umur"
            | "datang"
            | "booking"
            | "book"
            | "need"
            | "want"
            | "i"
            | "my"
            | "would"
            | "dong"
            | "donk"
            | "kah"
            | "apakah"
            | "kapan"
            | "gimana"
            | "gmn"
            | "karena"
            | "krn"
            | "tapi"
            | "tp"
            | "atau"
            | "istri"
            | "suami"
            | "anak"
            | "panggilan"
            | "depan"
            | "belakang"
            | "kantor"
            | "bank"
            | "ibunya"
            | "ayah"
            | "hilang"
            | "pada"
            | "ke"
            | "dr"
            | "dari"
            | "kalau"
            | "kalo"
            | "klo"
            | "masih"
            | "akan"
            | "bade"
            | "badhe"
            | "arep"
            | "hoyong"
            | "abdi"
            | "kulo"
            | "kula"
            | "sing"
            | "wae"
            | "mawon"
            | "nggih"
            | "atuh"
            | "mah"
            | "nu"
            | "has"
            | "have"
            | "sekarang"
            | "skrg"
            | "tsb"
            | "tersebut"
            | "sesuai"
            | "lama"
            | "baru"
            | "double"
            | "berbeda"
            | "perpanjang"
            | "bikin"
            | "simpatik"
            | "jam"
            | "hp"
            | "wa"
            | "alamat"
            | "usia"
            | "minta"
            | "misspelled"
            | "mispelled"
            | "misspelt"
            | "missing"
            | "incorrect"
            | "spelled"
            | "change"
            | "changed"
            | "cm"
            | "cmn"
            | "kepanjangan"
            | "kependekan"
            | "ketuker"
            | "tertukar"
            | "kebalik"
            | "terbalik"
            | "kirang"
            | "kepotong"
            | "keluarga"
            | "indonesian"
            | "id"
            | "ktp"
            | "kk"
            | "sim"
            | "akta"
            | "electronic"
            | "ordinary"
            | "appointment"
            | "officer"
            | "online"
            | "agent"
            | "email"
            | "dihapus"
            | "hapus"
            | "dipindah"
            | "pindah"
            | "pindahin"
            | "cancel"
            | "jadwal"
            | "sampai"
            | "kemarin"
            | "kmrn"
            | "tadi"
            | "telah"
            | "antrean"
            | "nggak"
            | "sama2"
            | "diundur"
            | "diambil"
            | "salam"
    )
}
