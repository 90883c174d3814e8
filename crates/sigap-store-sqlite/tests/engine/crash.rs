//! A process killed in the middle of its work: what it acknowledged is there, exactly once, and nothing is there in half.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use futures_util::future::join_all;

use super::{HERE, open, owed, read, received, turn, wait, write};

const FOLDER: &str = "SIGAP_TEST_CRASH_FOLDER";
const FIRST: &str = "SIGAP_TEST_CRASH_FIRST";
const KILLS: u64 = 10;
/// Works in flight at once, so that commits hold several.
const TOGETHER: i64 = 8;

/// The same test is both parent and child: the child is this binary again, with two variables set.
#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "a child process is told its part by its environment"
)]
fn acknowledged_rows_survive_a_killed_process() {
    if let (Ok(folder), Ok(first)) = (std::env::var(FOLDER), std::env::var(FIRST)) {
        write_until_killed(folder.as_ref(), first.parse().unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeSet::new();
    let mut seed = 20_261_124_u64;
    for kill in 0..KILLS {
        // Numerical Recipes' generator: any moments will do, as long as they are the same everywhere.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % (1 << 32);
        let first = i64::try_from(kill).unwrap() * 1_000_000;
        acknowledged.extend(run_and_kill(folder.path(), first, 1 + seed % 60));
        check(folder.path(), &acknowledged);
    }
    assert!(acknowledged.len() >= usize::try_from(KILLS).unwrap());
}

#[expect(clippy::disallowed_methods, reason = "the process to be killed is this binary again")]
fn run_and_kill(folder: &std::path::Path, first: i64, after: u64) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::acknowledged_rows_survive_a_killed_process",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut heard = Vec::new();
    let mut is_killed = false;
    // After the kill the pipe is read to its end: what was acknowledged before counts as well.
    while let Some(Ok(line)) = lines.next() {
        // A line may be torn by the kill; a whole one ends with a point.
        if let Some(n) = line.strip_prefix("kept ").and_then(|rest| rest.strip_suffix('.')) {
            heard.push(n.parse().unwrap());
        }
        if !is_killed && heard.len() as u64 >= after {
            child.kill().unwrap();
            is_killed = true;
        }
    }
    child.wait().unwrap();
    assert!(is_killed, "the child ended by itself");
    heard
}

#[expect(
    clippy::explicit_write,
    reason = "acknowledgements go to the pipe itself, past the test harness"
)]
fn write_until_killed(folder: &std::path::Path, first: i64) -> ! {
    let store = open(folder);
    let mut next = first;
    loop {
        let store = &store;
        let works = (next..next + TOGETHER).map(|n| async move {
            sigap_store::write(store, HERE, turn(n)).await.unwrap();
            writeln!(std::io::stdout(), "kept {n}.").unwrap();
        });
        wait(join_all(works));
        next += TOGETHER;
    }
}

fn check(folder: &std::path::Path, acknowledged: &BTreeSet<i64>) {
    let store = open(folder);
    // Every row is opened here, so its person's key is there too.
    let rows = read(&store, |tx| tx.list_owed(HERE, usize::MAX)).unwrap();
    let numbers: Vec<i64> = rows.iter().map(|row| row.person.0).collect();
    let there: BTreeSet<i64> = numbers.iter().copied().collect();
    assert_eq!(numbers.len(), there.len(), "twice");
    assert!(
        acknowledged.is_subset(&there),
        "lost: {:?}",
        acknowledged.difference(&there).collect::<Vec<_>>()
    );
    let mut expected = rows.clone();
    for row in &mut expected {
        *row = received(row.person.0);
    }
    assert_eq!(rows, expected);
    // What was not acknowledged is there as a whole or not at all.
    let answers = numbers.clone();
    let found = read(&store, move |tx| {
        answers
            .iter()
            .map(|n| tx.find_owed(HERE, owed(*n).id))
            .collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(
        found.unwrap(),
        numbers.iter().map(|n| Some(owed(*n))).collect::<Vec<_>>()
    );
    assert_eq!(
        read(&store, |tx| tx.find_backlog()).unwrap().unsent,
        numbers.len() as u64
    );
    let next = write(&store, |tx| {
        let next = tx.next_count(HERE, "turns")?;
        // Undone on purpose: the count belongs to the turns.
        Err::<(), _>(sigap_store::Fault::Broken(next.to_string()))
    });
    assert_eq!(next, Err(sigap_store::Fault::Broken((numbers.len() + 1).to_string())));
}
