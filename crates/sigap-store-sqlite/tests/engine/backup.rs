//! Copies while the service writes, putting them back, and what is refused.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use sigap_store::Fault;
use sigap_store_sqlite::{copy_to, restore_from};

use super::{HERE, open, places, read, received, turn, write};

#[test]
fn a_copy_made_while_others_write_opens_elsewhere_and_is_whole() {
    let (folder, copies, elsewhere) = folders();
    let store = open(folder.path());
    let (is_done, written) = (AtomicBool::new(false), AtomicI64::new(0));
    let (before, report) = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Ordering::Acquire) {
                let n = written.load(Ordering::Acquire);
                write(&store, turn(n)).unwrap();
                written.store(n + 1, Ordering::Release);
            }
        });
        while written.load(Ordering::Acquire) < 20 {
            std::thread::yield_now();
        }
        let before = written.load(Ordering::Acquire);
        let report = copy_to(&places(folder.path()), copies.path());
        is_done.store(true, Ordering::Release);
        (before, report.unwrap())
    });
    let copied = i64::try_from(report.messages).unwrap();
    assert!(
        before <= copied && copied <= written.load(Ordering::Acquire),
        "{before} {copied}"
    );
    assert!(report.keys >= report.messages, "every row finds its key");
    assert_eq!(
        report.bytes,
        report
            .files
            .iter()
            .map(|file| file.metadata().unwrap().len())
            .sum::<u64>()
    );

    let back = restore_from(copies.path(), &places(elsewhere.path())).unwrap();
    assert_eq!((back.messages, back.keys), (report.messages, report.keys));
    let restored = open(elsewhere.path());
    let rows = read(&restored, |tx| tx.list_owed(HERE, usize::MAX)).unwrap();
    assert_eq!(rows, (0..copied).map(received).collect::<Vec<_>>());
    write(&restored, turn(copied)).unwrap();
}

#[test]
fn nothing_is_overwritten() {
    let (folder, copies, elsewhere) = folders();
    let store = open(folder.path());
    write(&store, turn(1)).unwrap();
    copy_to(&places(folder.path()), copies.path()).unwrap();
    write(&store, turn(2)).unwrap();
    assert!(matches!(
        copy_to(&places(folder.path()), copies.path()),
        Err(Fault::Refused(_))
    ));
    assert!(matches!(
        restore_from(copies.path(), &places(folder.path())),
        Err(Fault::Refused(_))
    ));
    assert_eq!(read(&store, |tx| tx.list_owed(HERE, 9)).unwrap().len(), 2);
    assert_eq!(
        restore_from(copies.path(), &places(elsewhere.path())).unwrap().messages,
        1
    );
}

#[test]
fn a_damaged_or_incomplete_copy_is_refused_and_puts_nothing_in_place() {
    for harm in [overwrite as fn(&Path), cut, remove] {
        for name in ["sigap.db", "sigap.keys.db"] {
            let (folder, copies, elsewhere) = folders();
            let store = open(folder.path());
            for n in 0..40 {
                write(&store, turn(n)).unwrap();
            }
            copy_to(&places(folder.path()), copies.path()).unwrap();
            harm(&copies.path().join(name));
            let refused = restore_from(copies.path(), &places(elsewhere.path()));
            assert!(matches!(refused, Err(Fault::Refused(_))), "{name}: {refused:?}");
            assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0, "{name}");
        }
    }
}

#[test]
fn there_is_no_copy_of_a_database_that_is_not_there() {
    let (folder, copies, _) = folders();
    assert!(matches!(
        copy_to(&places(folder.path()), copies.path()),
        Err(Fault::Refused(_))
    ));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "none was made");
}

fn folders() -> (tempfile::TempDir, tempfile::TempDir, tempfile::TempDir) {
    (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    )
}

fn overwrite(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let length = bytes.len();
    bytes[length / 2..].fill(0xff);
    std::fs::write(path, bytes).unwrap();
}

fn cut(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
}
