//! Words of every day, names and towns: what is one of the first is no slip of the finger in a name, and no name.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::words::{self, Kind};
use crate::classify::Training;
use crate::classify::rows::{NAME_CONCEPT, name_words};

/// Seeds that a word must stand in. What stands in one alone may be mistyped there.
const SEEDS_MIN: usize = 2;
/// The concept whose words are names of towns.
const TOWNS: &str = "kota";

/// Whether a word stands in the lexicon, as anything but a town, or in some of the seeds.
pub(super) fn is_ordinary(word: &str) -> bool {
    known().ordinary.contains(word)
}

/// Whether a word is nothing but a part of people's names: *siti*, and not *hari*.
pub(super) fn is_name(word: &str) -> bool {
    known().names.contains(word) && !known().meaning.contains(word)
}

/// Whether a word may be a part of a name beside one that is.
pub(super) fn may_be_name(word: &str) -> bool {
    known().names.contains(word) || known().beside_others.contains(word)
}

/// Whether nobody knows a word: it is none of every day, no name and no town.
pub(super) fn is_unknown(word: &str) -> bool {
    !(may_be_name(word) || is_ordinary(word) || known().towns.contains(word))
}

struct Known {
    ordinary: HashSet<String>,
    /// Words that mean something besides a name or a town.
    meaning: HashSet<String>,
    towns: HashSet<String>,
    names: HashSet<String>,
    beside_others: HashSet<String>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(read)
}

fn read() -> Known {
    // A test holds that the embedded files are whole; without them slips are forgiven as before.
    let training = Training::embedded().unwrap_or_default();
    let [names, beside_others] = name_words().map(|words| words.map(str::to_owned).collect());
    let mut known = Known {
        ordinary: HashSet::new(),
        meaning: HashSet::new(),
        towns: HashSet::new(),
        names,
        beside_others,
    };
    for line in training.lexicon.lines().filter(|line| !line.starts_with('#')) {
        let Some((concept, forms)) = line.split_once(':') else {
            continue;
        };
        let plain = |form: &str| form.trim_end_matches('_').to_owned();
        let all = forms.split_whitespace().map(plain);
        if concept == TOWNS {
            known.towns.extend(all);
        } else if concept == NAME_CONCEPT {
            known.ordinary.extend(all);
            // What gives way to another meaning is no name by itself.
            let surely = forms.split_whitespace().filter(|form| !form.ends_with('_'));
            let surely = surely.filter(|form| !known.beside_others.contains(*form));
            known.names.extend(surely.map(str::to_owned));
        } else {
            known.meaning.extend(all);
        }
    }
    let mut seeds: HashMap<String, usize> = HashMap::new();
    for row in &training.rows {
        let letters = words::split(&row.text)
            .into_iter()
            .filter(|word| word.kind == Kind::Letters);
        let different: HashSet<String> = letters.map(|word| word.text).collect();
        for word in different {
            *seeds.entry(word).or_default() += 1;
        }
    }
    known.ordinary.extend(known.meaning.iter().cloned());
    let often = seeds.into_iter().filter(|(_, count)| *count >= SEEDS_MIN);
    known.ordinary.extend(often.map(|(word, _)| word));
    known
}
