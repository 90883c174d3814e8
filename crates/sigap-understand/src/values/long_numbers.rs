//! Numbers that are too long to be dates: telephones, accounts, what stands for a person or an application. Who they are is read
//! elsewhere; here they only keep out of the way.

use std::ops::Range;

use super::words::{Kind, Word};

/// Digits of an application number, a NIK, a family card.
const SIXTEEN: usize = 16;
/// Digits from which a number in groups is a telephone or an account, no date with its hour.
const LONG_NUMBER_DIGITS_MIN: usize = 10;
/// Digits from which a single number is no date.
const SINGLE_NUMBER_DIGITS_MIN: usize = 9;

/// Where numbers stand that are too long to be dates.
pub(super) fn long_numbers(words: &[Word]) -> Vec<Range<usize>> {
    let is_long = |run: &Run<'_>| {
        let digits: usize = run.groups.iter().map(|word| word.text.len()).sum();
        let is_even = run.joints.iter().all(|joint| run.joints.first() == Some(joint));
        let is_telephone = run
            .groups
            .first()
            .is_some_and(|word| word.text.len() >= 3 && (word.text.starts_with('0') || word.text.starts_with("62")));
        run.groups
            .iter()
            .any(|word| word.text.len() >= SINGLE_NUMBER_DIGITS_MIN)
            || holds_sixteen(run)
            || (digits >= LONG_NUMBER_DIGITS_MIN && (is_even || is_telephone))
    };
    let range = |run: Run<'_>| Some(run.groups.first()?.start..run.groups.last()?.end);
    runs(words).into_iter().filter(is_long).filter_map(range).collect()
}

/// Groups of digits with a space, a dot or a dash between them.
struct Run<'w> {
    groups: Vec<&'w Word>,
    joints: Vec<Option<char>>,
}

fn runs(words: &[Word]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut joint = None;
    let mut is_open = false;
    for word in words {
        match word.kind {
            Kind::Digits => {
                match runs.last_mut().filter(|_| is_open) {
                    Some(run) => {
                        run.groups.push(word);
                        run.joints.push(joint);
                    }
                    None => runs.push(Run {
                        groups: vec![word],
                        joints: Vec::new(),
                    }),
                }
                is_open = true;
                joint = None;
            }
            Kind::Mark if is_open && joint.is_none() && matches!(word.text.as_str(), "." | "-") => {
                joint = word.text.chars().next();
            }
            Kind::Mark | Kind::Letters => is_open = false,
        }
    }
    runs
}

/// Whether the run holds a number of sixteen digits: one group, or the groups from the first on, with no more than a date after them.
fn holds_sixteen(run: &Run<'_>) -> bool {
    let total: usize = run.groups.iter().map(|word| word.text.len()).sum();
    let mut sum = 0;
    run.groups.iter().any(|word| {
        sum += word.text.len();
        word.text.len() == SIXTEEN || (sum == SIXTEEN && matches!(total - sum, 0 | 6 | 8))
    })
}
