//! Calls about the processes that share a database.

use sigap_core::ids::ProcessId;

use super::op::{self, Kind, plain};
use crate::fault::Fault;
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    Beat { process: ProcessId, beats: u64 },
    ListProcesses { limit: usize },
    ForgetProcess { process: ProcessId },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("beat", 2, |s| {
        Call::Beat {
            process: s.process(),
            beats: s.chance.below(9),
        }
        .into()
    })
    .of_the_nation(),
    Kind::reads("list_processes", 1, |s| Call::ListProcesses { limit: s.limit() }.into()).of_the_nation(),
    Kind::may_write("forget_process", 1, |s| {
        Call::ForgetProcess { process: s.process() }.into()
    })
    .of_the_nation(),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Processes(call)
    }
}

impl Call {
    pub(super) fn run(&self, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::Beat { process, beats } => tx.beat(process, beats).map(plain),
            Self::ListProcesses { limit } => tx.list_processes(limit).map(plain),
            Self::ForgetProcess { process } => tx.forget_process(process).map(plain),
        }
    }
}

/// Who is there.
pub(super) fn questions() -> Vec<op::Call> {
    vec![Call::ListProcesses { limit: 50 }.into()]
}
