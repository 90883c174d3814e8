//! A seeded differential test: random operations on two stores, what each returned and what can be seen afterwards.
//!
//! The conformance cases say what was thought of; this looks for what was not. Both stores need the same master key:
//! the order of equals hangs on blind indexes. Operations are drawn from the seed alone, whatever the stores answer, so
//! a seed is a whole bug report.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a harness that is broken panics: this is test support"
)]

mod answer;
mod api_keys;
mod applications;
mod bookings;
mod browsers;
mod cases;
mod contents;
mod chance;
mod conversations;
mod difference;
mod figures;
mod files;
mod follows;
mod hall;
mod hooks;
mod inbox;
mod intakes;
mod jobs;
mod notices;
mod office;
mod openings;
mod op;
mod outbox;
mod own_data;
mod passports;
mod people;
mod plan;
mod processes;
mod reports;
mod space;
mod staff;
mod summary;
mod surveys;
mod unclear;
mod view;

use crate::conformance::Subject;

use answer::{Answer, Contrast, contrast, show};
use op::Op;
use plan::{Ending, Plan, Step};

pub use difference::Difference;
pub use summary::Summary;

/// Steps of a run that calls every storage method many times.
pub const STEPS: usize = 600;
/// After so many steps everything is compared, and not only what the last step touched.
const STEPS_PER_WHOLE_VIEW: usize = 25;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where all chance comes from.
    pub seed: u64,
    /// How many steps; each is a transaction, a read, or several transactions together.
    pub steps: usize,
}

/// Does the same to two fresh stores and compares them after each step.
///
/// # Errors
/// The first difference.
pub fn run(run: &Run, left: &Subject<'_>, right: &Subject<'_>) -> Result<Summary, Difference> {
    let mut plan = Plan::new(run.seed);
    let mut summary = Summary::default();
    for number in 1..=run.steps {
        let step = plan.next_step();
        let found = |place, contrast: &Contrast| Difference::new(run.seed, number, told(&step), place, contrast);
        summary.count(
            &step,
            &compared(&step, left, right).map_err(|(place, it)| found(place, &it))?,
        );

        let is_whole = number % STEPS_PER_WHOLE_VIEW == 0 || number == run.steps;
        let questions = if is_whole {
            view::everything(&mut plan.space)
        } else {
            view::touched(&step, &mut plan.space)
        };
        compare_views(&questions, left, right).map_err(|(place, it)| found(place, &it))?;
        if is_whole {
            let probes = Step::Write(view::probes(&mut plan.space));
            compared(&probes, left, right).map_err(|(place, it)| found(place, &it))?;
        }
    }
    Ok(summary)
}

/// The names of all storage methods that a run calls.
#[must_use]
pub fn methods() -> Vec<&'static str> {
    op::kinds().map(|kind| kind.method).collect()
}

/// Does a step to both; what the left one said.
fn compared(step: &Step, left: &Subject<'_>, right: &Subject<'_>) -> Result<Vec<Answer>, (String, Contrast)> {
    match step {
        Step::Write(transactions) => {
            let [lefts, rights] = [left, right].map(|subject| answer::write(subject, transactions));
            for ((transaction, left), right) in transactions.iter().zip(&lefts).zip(&rights) {
                let must_be_undone = transaction.ending != Ending::Commit || left.told.iter().any(answer::is_refused);
                compare(&transaction.ops, left, right, must_be_undone)
                    .map_err(|(place, contrast)| (format!("{place}, for office {}", transaction.office), contrast))?;
            }
            Ok(lefts)
        }
        Step::Read { ops, tries_to_write } => {
            let [left, right] = [left, right].map(|subject| answer::read(subject, ops.clone()));
            compare(ops, &left, &right, *tries_to_write)?;
            Ok(vec![left])
        }
    }
}

fn compare_views(questions: &[Op], left: &Subject<'_>, right: &Subject<'_>) -> Result<(), (String, Contrast)> {
    let [left, right] = [left, right].map(|subject| answer::read(subject, questions.to_vec()));
    compare(questions, &left, &right, false)?;
    match left.told.iter().position(Result::is_err) {
        Some(call) => Err((
            format!("neither can answer {:?}", questions[call]),
            Contrast {
                call: Some(call),
                sides: [&left, &right].map(|answer| show(&answer.told[call])),
            },
        )),
        None => Ok(()),
    }
}

fn compare(ops: &[Op], left: &Answer, right: &Answer, must_be_undone: bool) -> Result<(), (String, Contrast)> {
    if let Some(contrast) = contrast(left, right) {
        let place = contrast.call.map_or_else(
            || "how it ended".into(),
            |call| format!("the answer to {:?}", ops[call]),
        );
        return Err((place, contrast));
    }
    if must_be_undone && left.end.is_ok() {
        let sides = [left, right].map(|_| "committed".into());
        return Err(("what must be refused is not".into(), Contrast { call: None, sides }));
    }
    Ok(())
}

fn told(step: &Step) -> String {
    match step {
        Step::Write(transactions) => transactions
            .iter()
            .map(|each| {
                let taken = if each.takes_faults_in { ", takes faults in" } else { "" };
                format!(
                    "  transaction of office {}, ends in {:?}{taken}\n{}",
                    each.office,
                    each.ending,
                    lines(&each.ops)
                )
            })
            .collect(),
        Step::Read { ops, .. } => format!("  read\n{}", lines(ops)),
    }
}

fn lines(ops: &[Op]) -> String {
    ops.iter().map(|op| format!("    {op:?}\n")).collect()
}

#[cfg(test)]
mod tests;
