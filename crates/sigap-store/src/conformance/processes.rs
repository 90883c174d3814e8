//! Processes: who is there, by their beats.

use sigap_core::ids::ProcessId;

use super::samples::{HERE, ME, OTHER};
use super::{Case, Subject};

pub(super) const CASES: &[Case] = &[Case {
    name: "processes are known by their beats until they are forgotten, and may come back",
    covers: &["beat", "list_processes", "forget_process"],
    run: |s| {
        assert_eq!(listed(s, 9), []);
        beat(s, OTHER, 1);
        beat(s, ME, 1);
        beat(s, ME, 2);
        assert_eq!(listed(s, 9), [(ME, 2), (OTHER, 1)]);
        assert_eq!(listed(s, 1), [(ME, 2)]);
        for _ in 0..2 {
            s.write(HERE, |tx| tx.forget_process(ME)).unwrap();
            assert_eq!(listed(s, 9), [(OTHER, 1)]);
        }
        beat(s, ME, 3);
        assert_eq!(listed(s, 9), [(ME, 3), (OTHER, 1)]);
    },
}];

fn beat(s: &Subject<'_>, process: ProcessId, beats: u64) {
    s.write(HERE, move |tx| tx.beat(process, beats)).unwrap();
}

fn listed(s: &Subject<'_>, limit: usize) -> Vec<(ProcessId, u64)> {
    s.read(move |tx| tx.list_processes(limit)).unwrap()
}
