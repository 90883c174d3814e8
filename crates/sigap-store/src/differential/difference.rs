//! Where two stores differ, told so that it can be found again.

use std::fmt;

use super::answer::Contrast;

/// Characters of an answer that are shown, around the place where it differs.
const SHOWN_MAX: usize = 800;
/// Of these, before that place.
const SHOWN_BEFORE: usize = 80;

/// Two stores that did not say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Of the run.
    pub seed: u64,
    /// At which step it was seen.
    pub step: usize,
    /// What was done in that step.
    pub(super) done: String,
    /// Which answer differs.
    pub(super) place: String,
    /// What each store said.
    pub(super) sides: [String; 2],
}

impl Difference {
    pub(super) fn new(seed: u64, step: usize, done: String, place: String, contrast: &Contrast) -> Self {
        Self {
            seed,
            step,
            done,
            place,
            sides: shortened(&contrast.sides),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, step, done, .. } = self;
        let [left, right] = &self.sides;
        writeln!(f, "seed {seed}, step {step}: {}", self.place)?;
        writeln!(f, "  left:  {left}")?;
        writeln!(f, "  right: {right}")?;
        writeln!(f, "in this step:\n{done}")?;
        write!(f, "again: cargo xtask diff --seed {seed} --steps {step}")
    }
}

impl std::error::Error for Difference {}

/// Both sides from a little before the place where they begin to differ.
fn shortened(sides: &[String; 2]) -> [String; 2] {
    let [left, right] = sides;
    let alike = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
    let skipped = alike.saturating_sub(SHOWN_BEFORE);
    [left, right].map(|side| {
        let mut shown: String = side.chars().skip(skipped).take(SHOWN_MAX).collect();
        if skipped > 0 {
            shown.insert(0, '…');
        }
        if side.chars().count() > skipped + SHOWN_MAX {
            shown.push('…');
        }
        shown
    })
}
