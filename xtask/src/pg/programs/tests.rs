//! Which of several installed versions is taken.

use std::path::Path;

use super::{newest_in, version_in};
use crate::workspace;

fn install(folder: &Path, version: &str, programs: &[&str]) {
    let bin = folder.join(version).join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    for program in programs {
        std::fs::write(bin.join(program), "").unwrap();
    }
}

#[test]
fn the_newest_whole_version_is_taken_by_number() {
    let folder = workspace::fresh_folder("pg-versions").unwrap();
    install(&folder, "9.6", &["initdb", "postgres"]);
    install(&folder, "15", &["initdb", "postgres"]);
    install(&folder, "101", &["initdb", "postgres"]);
    // Only the client, as other packages bring it.
    install(&folder, "102", &["psql"]);
    assert_eq!(newest_in(&folder).unwrap().version, 101);
}

#[test]
fn an_old_version_is_as_good_as_none() {
    let folder = workspace::fresh_folder("pg-old-versions").unwrap();
    install(&folder, "14", &["initdb", "postgres"]);
    assert_eq!(newest_in(&folder), None);
    assert_eq!(newest_in(&folder.join("nothing")), None);
}

#[test]
fn the_version_is_read_from_what_the_server_says() {
    assert_eq!(
        version_in("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)"),
        Some(15)
    );
    assert_eq!(version_in("postgres (PostgreSQL) 18beta1"), Some(18));
    assert_eq!(version_in("something else 12"), None);
}
