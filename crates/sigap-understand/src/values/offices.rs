//! Finds an office by the name somebody writes, with typing errors. The names are handed in.

use super::ordinary;
use super::words::{self, Kind};

/// Offices that are given back.
const OFFICES_MAX: usize = 5;
/// Words of a text that are compared.
const WORDS_MAX: usize = 40;
/// Points of an office that is named letter by letter.
const SCORE_FULL: u32 = 100;
/// Points that a wrong letter costs.
const SLIP_COST: u32 = 8;
/// Points of an office when only the first of its words was said: *Jakarta*.
const SCORE_FIRST_WORD: u32 = 50;

/// An office that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeFound {
    /// Its slug, as handed in.
    pub slug: String,
    /// 1 to 100; 100 is its name letter by letter.
    pub score: u32,
}

/// The offices that a text may mean, the likeliest first; equals in the order handed in. At most five.
///
/// `offices` are slugs with their names. *Kanim*, *kantor imigrasi kelas I* and the like are passed over. In words from four
/// letters one typing error is forgiven, from eight letters two; the first letter must be right, and the word none that people
/// use every day: *sekarang* is not Semarang.
#[must_use]
pub fn find_office(text: &str, offices: &[(&str, &[&str])]) -> Vec<OfficeFound> {
    let said = telling_words(text);
    let mut found: Vec<OfficeFound> = offices
        .iter()
        .filter_map(|(slug, names)| {
            let score = names.iter().map(|name| score(&said, &telling_words(name))).max()?;
            (score > 0).then(|| OfficeFound {
                slug: (*slug).to_owned(),
                score,
            })
        })
        .collect();
    found.sort_by_key(|office| std::cmp::Reverse(office.score));
    found.truncate(OFFICES_MAX);
    found
}

fn telling_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = words::split(words::beginning(text))
        .into_iter()
        .filter(|word| word.kind != Kind::Mark && !is_title(&word.text))
        .flat_map(|word| match in_full(&word.text) {
            Some(full) => full.split(' ').map(str::to_owned).collect(),
            None => vec![word.text],
        })
        .take(WORDS_MAX)
        .collect();
    // *South Jakarta* is Jakarta Selatan.
    for place in 1..words.len() {
        let Some(side) = words.get(place - 1).and_then(|word| side(word)) else {
            continue;
        };
        if words.get(place).is_some_and(|town| town == SIDED_TOWN) {
            words.swap(place - 1, place);
            if let Some(word) = words.get_mut(place) {
                side.clone_into(word);
            }
        }
    }
    words
}

/// The one town that English names by its sides.
const SIDED_TOWN: &str = "jakarta";

fn side(word: &str) -> Option<&'static str> {
    Some(match word {
        "south" => "selatan",
        "north" => "utara",
        "west" => "barat",
        "east" => "timur",
        "central" => "pusat",
        _ => return None,
    })
}

/// What everybody calls a town for short, in full.
fn in_full(word: &str) -> Option<&'static str> {
    Some(match word {
        "jkt" => "jakarta",
        "jakpus" => "jakarta pusat",
        "jaksel" => "jakarta selatan",
        "jakbar" => "jakarta barat",
        "jaktim" => "jakarta timur",
        "jakut" => "jakarta utara",
        "soetta" | "suta" | "cengkareng" => "soekarno hatta",
        "bdg" => "bandung",
        "sby" => "surabaya",
        "smg" => "semarang",
        "jogja" | "yogya" | "jogjakarta" => "yogyakarta",
        "solo" => "surakarta",
        "mks" => "makassar",
        "tasik" => "tasikmalaya",
        "lampung" => "bandar lampung",
        "tj" | "tg" | "tjg" => "tanjung",
        _ => return None,
    })
}

fn is_title(word: &str) -> bool {
    matches!(
        word,
        "kanim"
            | "kantor"
            | "ktr"
            | "kntr"
            | "imigrasi"
            | "imigrsi"
            | "imigras"
            | "immigration"
            | "office"
            | "kelas"
            | "i"
            | "ii"
            | "iii"
            | "1"
            | "2"
            | "3"
            | "tpi"
            | "non"
            | "khusus"
            | "ulp"
            | "ukk"
            | "unit"
            | "layanan"
            | "paspor"
            | "kota"
            | "kab"
            | "kabupaten"
            | "the"
            | "of"
    )
}

fn score(said: &[String], name: &[String]) -> u32 {
    let count = name.len();
    if count == 0 {
        return 0;
    }
    let mut best = 0;
    for window in said.windows(count) {
        best = best.max(points(window.iter().zip(name).map(|(one, other)| forgiven(one, other))));
    }
    // *Jakartaselatan* and *tanjung perak* beside *tanjungperak*. Words that only together come near a name mean themselves.
    let joined = name.concat();
    for width in 1..=count + 1 {
        for window in said.windows(width).filter(|_| width != count || count == 1) {
            let whole = window.concat();
            if width == 1 || whole == joined {
                best = best.max(points([forgiven(&whole, &joined)].into_iter()));
            }
        }
    }
    let first = name.first().map_or("", String::as_str);
    if best == 0 && count > 1 && first.len() >= 4 {
        let is_said = said.iter().any(|word| forgiven(word, first) == Some(0));
        best = if is_said { SCORE_FIRST_WORD } else { 0 };
    }
    best
}

fn points(slips: impl Iterator<Item = Option<usize>>) -> u32 {
    let mut total = 0;
    for slip in slips {
        match slip {
            Some(slip) => total += u32::try_from(slip).unwrap_or(SCORE_FULL),
            None => return 0,
        }
    }
    SCORE_FULL.saturating_sub(total.saturating_mul(SLIP_COST))
}

/// Wrong letters of a word, if they can be forgiven.
fn forgiven(one: &str, other: &str) -> Option<usize> {
    let allowed = match other.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if one == other {
        return Some(0);
    }
    let begins_alike = one.chars().next() == other.chars().next();
    if allowed == 0 || !begins_alike || one.len().abs_diff(other.len()) > allowed || ordinary::is_ordinary(one) {
        return None;
    }
    Some(strsim::osa_distance(one, other)).filter(|slips| *slips <= allowed)
}
