//! Written words made comparable: small letters, no marks or pictures, everyday abbreviations spelled out, polite words
//! left out. Knows nothing of topics.
//!
//! Phrases of the vocabulary go through the same function as messages, so both always meet in the same form.

use crate::limits::TEXT_READ_CHARS_MAX;

/// A typed text, as it came and as it is compared.
#[derive(Debug)]
pub(super) struct Heard<'a> {
    /// As it came, without space around it, at most `TEXT_READ_CHARS_MAX` characters.
    pub raw: &'a str,
    /// Comparable words, one space between them.
    pub words: String,
    /// True when it holds a letter or a digit at all.
    pub has_words: bool,
}

impl<'a> Heard<'a> {
    /// Reads a text. Any Unicode is welcome.
    pub(super) fn read(text: &'a str) -> Self {
        let end = text
            .char_indices()
            .nth(TEXT_READ_CHARS_MAX)
            .map_or(text.len(), |(at, _)| at);
        let raw = text
            .get(..end)
            .unwrap_or_default()
            .trim_matches(|c: char| c.is_whitespace() || is_unseen(c));
        let words = comparable(raw);
        let has_words = !words.is_empty() || raw.chars().any(char::is_alphanumeric);
        Self { raw, words, has_words }
    }

    /// The text as one number between 0 and 99, as in the answer to a list: `3`, `3.`, `nomor 3`.
    pub(super) fn small_number(&self) -> Option<usize> {
        let digits = self.words.strip_prefix("nomor ").unwrap_or(&self.words);
        (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
    }
}

/// The comparable form of a text: words in small letters with one space between them.
#[must_use]
pub(super) fn comparable(text: &str) -> String {
    let mut words = String::with_capacity(text.len().min(TEXT_READ_CHARS_MAX));
    let mut word_at = 0;
    let (mut last, mut repeated) = (' ', 0);
    for c in text.chars().take(TEXT_READ_CHARS_MAX) {
        let c = plain(c);
        if c.is_alphanumeric() {
            repeated = if c == last && c.is_alphabetic() {
                repeated + 1
            } else {
                0
            };
            last = c;
            match repeated {
                0 | 1 => words.push(c),
                // The third of a kind: halooo. What is meant is one.
                2 => drop(words.pop()),
                _ => {}
            }
        } else if !is_unseen(c) && !matches!(c, '\'' | '’' | '‘' | '`') {
            finish_word(&mut words, &mut word_at);
            last = ' ';
            repeated = 0;
        }
    }
    finish_word(&mut words, &mut word_at);
    words.truncate(words.trim_end().len());
    words
}

/// Closes the word that begins at `word_at`: spelled out, cut or dropped; then a space.
fn finish_word(words: &mut String, word_at: &mut usize) {
    let word = words.get(*word_at..).unwrap_or_default();
    if word.is_empty() {
        return;
    }
    match spelled_out(word) {
        Some("") => {
            words.truncate(*word_at);
            return;
        }
        Some(full) => {
            words.truncate(*word_at);
            words.push_str(full);
        }
        None => {
            // The possessive ending says nothing here: syaratnya, biayanya, pasporku.
            let cut = ["nya", "ku", "na"].into_iter().find_map(|ending| {
                word.strip_suffix(ending)
                    .filter(|rest| rest.len() >= 5 && ENDING_WORDS.contains(rest))
            });
            let cut = cut.or_else(|| word.strip_suffix("nya").filter(|rest| rest.len() >= 4));
            if let Some(rest) = cut {
                let end = *word_at + rest.len();
                words.truncate(end);
            }
        }
    }
    words.push(' ');
    *word_at = words.len();
}

/// Words that lose *-ku* and Sundanese *-na*; anywhere else these letters may belong to the word (*buku*, *warna*).
const ENDING_WORDS: [&str; 8] = [
    "paspor", "biaya", "syarat", "antrean", "status", "alamat", "kantor", "bayar",
];

/// Everyday spellings spelled out; polite and empty words become nothing.
fn spelled_out(word: &str) -> Option<&'static str> {
    Some(match word {
        "yg" | "yang" | "dong" | "donk" | "sih" | "deh" | "kok" | "nih" | "ya" | "yaa" | "pak" | "bapak" | "bu"
        | "ibu" | "kak" | "kakak" | "min" | "mimin" | "admin" | "mas" | "mbak" | "mba" | "bang" | "gan" | "om"
        | "tante" | "tolong" | "tlg" | "mohon" | "mhn" | "pls" | "please" | "maaf" | "permisi" | "saya" | "sy"
        | "sya" | "aku" | "gue" | "gua" | "gw" | "mau" | "mo" | "ingin" | "pengen" | "pingin" | "pgn" | "hendak"
        | "untuk" | "utk" | "dgn" | "dengan" | "itu" | "ini" | "tuh" | "nya" | "kah" | "lah" | "kan" | "teh"
        | "mah" | "atuh" | "euy" | "abdi" | "punten" | "kang" | "hoyong" | "the" | "a" | "an" | "my" | "i"
        | "would" | "like" | "want" | "wanna" | "is" | "are" | "do" | "does" | "to" | "of" | "your" | "di" | "ke"
        | "pada" | "dari" => "",
        "gmn" | "gmna" | "gimana" | "bgmn" | "kumaha" | "piye" | "kepriye" => "bagaimana",
        "brp" | "brapa" | "brpa" | "berapaan" | "sabaraha" | "pira" | "piro" => "berapa",
        "kpn" | "iraha" => "kapan",
        "dmn" | "dmna" | "dimn" | "dimana" | "kemana" | "mana" | "kmn" => "mana",
        "ga" | "gak" | "g" | "gk" | "nggak" | "ngga" | "engga" | "enggak" | "tdk" | "tak" | "kagak" | "teu" | "ora" => {
            "tidak"
        }
        "udah" | "udh" | "sdh" | "dah" | "parantos" | "tos" | "wis" => "sudah",
        "blm" | "blom" | "belom" | "teuacan" | "durung" => "belum",
        "bs" | "bsa" | "tiasa" | "iso" => "bisa",
        "jd" | "janten" | "dadi" => "jadi",
        "kelar" | "beres" | "rampung" | "rengse" | "slesai" => "selesai",
        "no" | "nmr" | "nomer" | "nmor" => "nomor",
        "pasport" | "passport" | "pasfor" | "paspot" | "pspor" | "passpor" => "paspor",
        "syrt" | "sarat" | "sarata" | "persyaratan" | "prasyarat" => "syarat",
        "antri" | "antrian" | "antre" | "ngantri" | "ngantre" | "mengantre" | "antran" => "antrean",
        "byr" | "mayar" | "mbayar" => "bayar",
        "bikin" | "bkin" | "membuat" | "pembuatan" | "nyieun" | "gawe" => "buat",
        "perpanjangan" | "memperpanjang" | "perpanjg" | "prpanjang" | "manjangkeun" => "perpanjang",
        "penggantian" | "mengganti" | "gentos" | "ngganti" => "ganti",
        "kehilangan" | "ilang" | "hlng" | "leungit" => "hilang",
        "tgl" | "tggl" => "tanggal",
        "hr" | "dinten" => "hari",
        "jm" | "tabuh" => "jam",
        "thn" | "th" | "taun" => "tahun",
        "org" | "jalmi" | "wong" => "orang",
        "ank" | "murangkalih" | "bocah" => "anak",
        "imigrsi" | "imigrasih" => "imigrasi",
        "ktr" | "kntor" | "kanim" => "kantor",
        "umroh" => "umrah",
        "kadaluarsa" | "kadaluwarsa" | "kedaluarsa" | "kedaluwarsa" | "expired" | "expire" => "kedaluwarsa",
        "mengambil" | "ngambil" | "diambil" | "nyandak" | "njupuk" => "ambil",
        "blh" => "boleh",
        "makasih" | "mksh" | "mksih" | "makasi" | "trims" | "tks" | "thx" | "nuhun" | "suwun" => "makasih",
        _ => return None,
    })
}

/// Small letter, no accent, ordinary width.
fn plain(c: char) -> char {
    let c = match c {
        // Letters and digits of double width.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{660}'..='\u{669}' => char::from_u32(u32::from(c) - 0x660 + u32::from('0')).unwrap_or(c),
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'á' | 'à' | 'â' | 'ä' | 'Á' | 'À' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' => 'e',
        'í' | 'ì' | 'î' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Characters that are not seen: control, direction, zero width, joiners, variation selectors, combining marks.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests;
