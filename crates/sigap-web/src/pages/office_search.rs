//! Finds offices by what people type: town, name or province, in any order, with a slip or two.

use sigap_core::office::Office;

/// Characters of a search that are read.
const SEARCH_CHARS_MAX: usize = 60;
/// Words of a search that are read.
const SEARCH_WORDS_MAX: usize = 6;
/// Offices told at most.
const FOUND_MAX: usize = 20;
/// Near misses told when nothing fits.
const NEAR_MAX: usize = 3;
/// How alike a near miss is at least, by Jaro and Winkler: below it nobody sees why it is offered.
const NEAR_MIN: f64 = 0.82;
/// From so many letters on one slip is forgiven, from so many two.
const ONE_SLIP_LETTERS: usize = 4;
const TWO_SLIPS_LETTERS: usize = 8;
/// Words that every office has, or that name none.
const EMPTY_WORDS: [&str; 12] = [
    "kanim",
    "kantor",
    "imigrasi",
    "kota",
    "kabupaten",
    "kab",
    "kelas",
    "tpi",
    "non",
    "di",
    "paspor",
    "immigration",
];

/// What a search brought.
#[derive(Debug, PartialEq)]
pub(crate) enum Found<'a> {
    /// Nothing, or nothing was searched.
    Nothing,
    /// Offices that fit, the best first.
    Offices(Vec<&'a Office>),
    /// None fits; these look most like it.
    Near(Vec<&'a Office>),
}

/// Searches.
pub(crate) fn find<'a>(offices: &'a [Office], typed: &str) -> Found<'a> {
    let words: Vec<String> = words_of(&typed.chars().take(SEARCH_CHARS_MAX).collect::<String>())
        .into_iter()
        .filter(|word| !EMPTY_WORDS.contains(&word.as_str()))
        .take(SEARCH_WORDS_MAX)
        .collect();
    if words.is_empty() {
        return Found::Nothing;
    }
    let mut fitting: Vec<(u32, &Office)> = offices
        .iter()
        .filter_map(|office| Some((score(office, &words)?, office)))
        .collect();
    if !fitting.is_empty() {
        fitting.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.short.cmp(&other.short)));
        return Found::Offices(fitting.into_iter().take(FOUND_MAX).map(|(_, office)| office).collect());
    }
    let joined = words.concat();
    let mut near: Vec<(f64, &Office)> = offices
        .iter()
        .map(|office| (strsim::jaro_winkler(&joined, &words_of(&office.city).concat()), office))
        .filter(|(likeness, _)| *likeness >= NEAR_MIN)
        .collect();
    near.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.short.cmp(&other.short)));
    if near.is_empty() {
        Found::Nothing
    } else {
        Found::Near(near.into_iter().take(NEAR_MAX).map(|(_, office)| office).collect())
    }
}

/// How well an office fits; `None` when a word fits nowhere.
fn score(office: &Office, words: &[String]) -> Option<u32> {
    let own: Vec<String> = [&office.city, &office.short, &office.name]
        .into_iter()
        .flat_map(|text| words_of(text))
        .collect();
    let province = words_of(&office.province);
    // *jakartapusat* written in one.
    let whole = [words_of(&office.city).concat(), joined_name(&office.short)];
    let joined = words.concat();
    if let Some(best) = whole
        .iter()
        .map(|name| likeness(&joined, name))
        .max()
        .filter(|best| *best >= ALIKE)
    {
        return Some(best * 10);
    }
    words.iter().try_fold(0, |sum, word| {
        let of_own = own.iter().map(|name| likeness(word, name) * 2).max().unwrap_or(0);
        let of_province = province.iter().map(|name| likeness(word, name)).max().unwrap_or(0);
        let best = of_own.max(of_province);
        (best > 0).then(|| sum + best)
    })
}

/// The same word.
const SAME: u32 = 4;
/// Its beginning.
const BEGINS: u32 = 3;
/// The same but for a slip.
const ALIKE: u32 = 2;

fn likeness(typed: &str, name: &str) -> u32 {
    let letters = typed.chars().count();
    let slips = match letters {
        ..ONE_SLIP_LETTERS => 0,
        ONE_SLIP_LETTERS..TWO_SLIPS_LETTERS => 1,
        _ => 2,
    };
    if typed == name {
        SAME
    } else if letters >= 3 && name.starts_with(typed) {
        BEGINS
    } else if slips > 0 && strsim::osa_distance(typed, name) <= slips {
        ALIKE
    } else {
        0
    }
}

fn joined_name(short: &str) -> String {
    let words = words_of(short);
    let words = words.iter().filter(|word| !EMPTY_WORDS.contains(&word.as_str()));
    words.map(String::as_str).collect()
}

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
