//! Figures as lines, aims as checks, one closing line.

use std::process::ExitCode;

/// What was measured so far.
pub(crate) struct Report {
    checked: u32,
    failed: u32,
    is_trial: bool,
}

impl Report {
    /// A report. A trial (a quick run) shows that everything works: its figures are too short to be held against an aim.
    pub(crate) fn new(is_trial: bool) -> Self {
        Self {
            checked: 0,
            failed: 0,
            is_trial,
        }
    }

    /// A figure without an aim.
    #[expect(clippy::unused_self, clippy::print_stdout, reason = "a bench prints its figures")]
    pub(crate) fn figure(&self, name: &str, value: &str) {
        println!("{name:52} {value}");
    }

    /// A figure with an aim. Aims are goals, machines are noisy: a missed aim is marked, and fails the bench only when
    /// the value is worse than twice the aim.
    pub(crate) fn aim(&mut self, name: &str, value: f64, unit: &str, aim: Aim) {
        self.checked += 1;
        let (is_met, is_near, sign) = match aim {
            Aim::AtMost(most) => (value <= most, value <= most * 2.0, "≤"),
            Aim::AtLeast(least) => (value >= least, value >= least / 2.0, "≥"),
        };
        let (Aim::AtMost(goal) | Aim::AtLeast(goal)) = aim;
        let verdict = if is_met {
            "met"
        } else if self.is_trial {
            "not met in this trial"
        } else if is_near {
            "MISSED"
        } else {
            self.failed += 1;
            "FAR OFF"
        };
        self.figure(
            name,
            &format!("{value:.1} {unit}  (aim {sign} {goal} {unit}: {verdict})"),
        );
    }

    /// Something could not be measured.
    pub(crate) fn failed(&mut self, why: &str) {
        self.checked += 1;
        self.failed += 1;
        self.figure("FAILED", why);
    }

    /// The closing line.
    #[expect(clippy::print_stdout, reason = "a bench prints its figures")]
    pub(crate) fn finish(self) -> ExitCode {
        println!("checked {}, failed {}", self.checked, self.failed);
        if self.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// A goal.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// Smaller is better.
    AtMost(f64),
    /// Larger is better.
    AtLeast(f64),
}
