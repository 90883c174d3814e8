//! What a run did, so that a test can tell whether it did enough.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::plan::Step;

/// What a run did. Figures are of the left store; the right one did the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Transactions, reads among them.
    pub transactions: usize,
    /// Calls of storage methods.
    pub operations: usize,
    /// Calls that ended in a fault.
    pub refused: usize,
    /// Transactions that ended in a fault.
    pub undone: usize,
    /// Calls without a fault, by method.
    pub exercised: BTreeMap<&'static str, usize>,
    /// Different answers, by method.
    pub answers: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Summary {
    pub(super) fn count(&mut self, step: &Step, answers: &[Answer]) {
        let done: Vec<_> = match step {
            Step::Write(transactions) => transactions.iter().map(|each| &each.ops).collect(),
            Step::Read { ops, .. } => vec![ops],
        };
        for (ops, answer) in done.into_iter().zip(answers) {
            self.transactions += 1;
            self.undone += usize::from(answer.end.is_err());
            for (op, told) in ops.iter().zip(&answer.told) {
                self.operations += 1;
                match told {
                    Ok(told) => {
                        *self.exercised.entry(op.method).or_default() += 1;
                        self.answers.entry(op.method).or_default().insert(told.clone());
                    }
                    Err(_) => self.refused += 1,
                }
            }
        }
    }
}
