//! Words of every day: what is one of them is no slip of the finger in a name.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::words::{self, Kind};
use crate::classify::Training;

/// Seeds that a word must stand in. What stands in one alone may be mistyped there.
const SEEDS_MIN: usize = 2;
/// The concept whose words are names of towns.
const TOWNS: &str = "kota";

/// Whether a word stands in the lexicon, as anything but a town, or in some of the seeds.
pub(super) fn is_ordinary(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(read).contains(word)
}

fn read() -> HashSet<String> {
    // A test holds that the embedded files are whole; without them slips are forgiven as before.
    let training = Training::embedded().unwrap_or_default();
    let mut ordinary: HashSet<String> = HashSet::new();
    for line in training.lexicon.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, forms)) = line.split_once(':')
            && name != TOWNS
        {
            ordinary.extend(
                forms
                    .split_whitespace()
                    .map(|form| form.trim_end_matches('_').to_owned()),
            );
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
    ordinary.extend(
        seeds
            .into_iter()
            .filter(|(_, count)| *count >= SEEDS_MIN)
            .map(|(word, _)| word),
    );
    ordinary
}
