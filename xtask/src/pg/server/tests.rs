//! A server is there, comes back when it is killed, and leaves nothing behind. Where PostgreSQL is not installed these say
//! so: `cargo xtask ci` fails there by its own step.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::{Care, LOOK_AGAIN, Server, is_ready, lock, percent_encoded};
use crate::pg::find_programs;

fn start() -> Option<Server> {
    if find_programs().is_none() {
        eprintln!("SKIPPED, NO SERVER WAS STARTED: PostgreSQL is not installed (`cargo xtask setup` brings it)");
        return None;
    }
    Some(Server::start(Care::Quick).unwrap())
}

#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "not in time: {what}");
        thread::sleep(LOOK_AGAIN);
    }
}

#[test]
fn a_killed_server_comes_back_and_a_dropped_one_leaves_nothing() {
    let Some(server) = start() else { return };
    let id = |server: &Server| lock(&server.watch).server.as_ref().map(std::process::Child::id);
    let first = id(&server).unwrap();
    let killed = Command::new("sh")
        .args(["-c", &format!("kill -QUIT {first}")])
        .status()
        .unwrap();
    assert!(killed.success());
    wait_until("another server", || {
        id(&server).is_some_and(|id| id != first) && is_ready(&server.folder)
    });
    let second = id(&server).unwrap();
    let folder = server.folder.clone();
    drop(server);
    assert!(!folder.exists());
    let is_there = Command::new("sh")
        .args(["-c", &format!("kill -0 {second} 2>&1")])
        .output()
        .unwrap();
    assert!(!is_there.status.success(), "the server still runs");
}

#[test]
fn a_folder_becomes_one_word_of_an_address() {
    assert_eq!(percent_encoded("/tmp/sigap-pg-1-0"), "%2Ftmp%2Fsigap-pg-1-0");
    assert_eq!(percent_encoded("/a b:@"), "%2Fa%20b%3A%40");
}
