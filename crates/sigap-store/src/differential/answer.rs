//! What a store said to a step, as text that can be compared.

use std::sync::{Arc, Mutex};

use super::op::Op;
use super::plan::{Ending, Transaction};
use crate::conformance::{Part, Subject};
use crate::fault::Fault;
use crate::tx::Tx;

/// The answer to a call, or the kind of its fault: engines word their refusals differently.
pub(super) type Told = Result<String, &'static str>;

/// What became of one transaction or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// By call, as far as it went.
    pub(super) told: Vec<Told>,
    /// How it ended.
    pub(super) end: Result<(), &'static str>,
}

/// Where two answers differ, and both sides of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contrast {
    /// The call; `None` for how it ended.
    pub(super) call: Option<usize>,
    pub(super) sides: [String; 2],
}

/// Runs transactions, several of them together.
pub(super) fn write(subject: &Subject<'_>, transactions: &[Transaction]) -> Vec<Answer> {
    let (parts, slots): (Vec<_>, Vec<_>) = transactions
        .iter()
        .map(|transaction| {
            let slot = Slot::default();
            let part: Part<()> = Box::new(work(transaction.clone(), Arc::clone(&slot)));
            ((transaction.office, part), slot)
        })
        .unzip();
    let ends = subject.write_together(parts);
    ends.into_iter()
        .zip(slots)
        .map(|(end, slot)| answer(end, &slot))
        .collect()
}

/// Runs operations on a snapshot.
pub(super) fn read(subject: &Subject<'_>, ops: Vec<Op>) -> Answer {
    let slot = Slot::default();
    let transaction = Transaction {
        office: sigap_core::ids::OfficeId(0),
        ops,
        ending: Ending::Commit,
        takes_faults_in: false,
    };
    let end = subject.read(work(transaction, Arc::clone(&slot)));
    answer(end, &slot)
}

/// The first place where two answers differ. What one refuses the other may refuse late, by a later call or by the end
/// (`Store::write`); what calls answer after a refusal counts for nothing. From there on it counts that both were undone.
pub(super) fn contrast(left: &Answer, right: &Answer) -> Option<Contrast> {
    let both_undone = left.end.is_err() && right.end.is_err();
    for call in 0..left.told.len().max(right.told.len()) {
        let sides = [left, right].map(|answer| answer.told.get(call));
        match sides {
            [Some(left), Some(right)] if both_undone && is_refused(left) && is_refused(right) => return None,
            [left, right] if left == right => {}
            [Some(early), Some(late)] | [Some(late), Some(early)]
                if both_undone && is_refused(early) && late.is_ok() =>
            {
                return None;
            }
            sides => {
                return Some(Contrast {
                    call: Some(call),
                    sides: sides.map(|told| told.map_or_else(|| "was not called".into(), show)),
                });
            }
        }
    }
    (left.end != right.end).then(|| Contrast {
        call: None,
        sides: [left, right].map(|answer| answer.end.map_or_else(Into::into, |()| "committed".into())),
    })
}

/// Readable, whichever it is.
pub(super) fn show(told: &Told) -> String {
    match told {
        Ok(answer) => answer.clone(),
        Err(kind) => format!("fault: {kind}"),
    }
}

/// Whether the database refused: then nothing of the transaction may stay.
pub(super) fn is_refused(told: &Told) -> bool {
    *told == Err(kind(&Fault::Refused(String::new())))
}

type Slot = Arc<Mutex<Vec<Told>>>;

/// After a fault nothing more is called, unless the transaction takes it in.
fn work(transaction: Transaction, slot: Slot) -> impl FnMut(&mut dyn Tx) -> Result<(), Fault> + Send + 'static {
    move |tx| {
        // The last run counts: after a conflict the function runs again.
        slot.lock().unwrap().clear();
        for op in &transaction.ops {
            let outcome = op.run(tx);
            let told = outcome.clone().map_err(|fault| kind(&fault));
            slot.lock().unwrap().push(told);
            match outcome {
                Err(Fault::Broken(_) | Fault::Refused(_)) if transaction.takes_faults_in => {}
                outcome => drop(outcome?),
            }
        }
        match transaction.ending {
            Ending::Commit => Ok(()),
            Ending::Fault => Err(Fault::Unreadable("on purpose")),
            // Past the hook that would print it: nothing went wrong.
            Ending::Panic => std::panic::resume_unwind(Box::new("on purpose")),
        }
    }
}

fn answer(end: Result<(), Fault>, slot: &Slot) -> Answer {
    Answer {
        told: slot.lock().unwrap().clone(),
        end: end.map_err(|fault| kind(&fault)),
    }
}

fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::Busy => "busy",
        Fault::Refused(_) => "refused",
        Fault::Sealed { .. } => "sealed",
        Fault::Unreadable(_) => "unreadable",
        Fault::Broken(_) => "broken",
        Fault::Closed => "closed",
    }
}
