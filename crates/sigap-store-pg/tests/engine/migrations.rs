//! Each step once, none changed afterwards, none unknown; a service does not start on another version's tables.

use sigap_store::Fault;
use sigap_store_pg::migrate;
use sigap_store_pg::testing::{Ground, server};

use super::sealer;

#[test]
fn migrating_twice_changes_nothing_and_two_at_once_do_not_disturb_each_other() {
    let Some(url) = server() else { return };
    let ground = Ground::bare(&url).unwrap();
    let refused = ground.open(&sealer("5a")).err();
    assert!(
        matches!(&refused, Some(Fault::Refused(why)) if why.contains("sigap migrate")),
        "{refused:?}"
    );
    let applied: Vec<_> = std::thread::scope(|scope| {
        let both = [
            scope.spawn(|| migrate(ground.places())),
            scope.spawn(|| migrate(ground.places())),
        ];
        both.map(|thread| thread.join().unwrap().unwrap().len()).into()
    });
    let steps = ["migrations", "keys_migrations"].map(|folder| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        std::fs::read_dir(folder).unwrap().count()
    });
    assert_eq!(
        applied.iter().sum::<usize>(),
        steps.iter().sum::<usize>(),
        "{applied:?}"
    );
    assert_eq!(migrate(ground.places()), Ok(Vec::new()));
    assert!(ground.open(&sealer("5a")).is_ok());
}

#[test]
fn a_step_that_was_changed_or_is_unknown_is_refused() {
    let Some(ground) = Ground::new().unwrap() else { return };
    let refused = |expected: &str| {
        for ended in [
            migrate(ground.places()).map(|_| ()),
            ground.open(&sealer("5a")).map(|_| ()),
        ] {
            assert!(
                matches!(&ended, Err(Fault::Refused(why)) if why.contains(expected)),
                "{ended:?}"
            );
        }
    };
    ground
        .sql("INSERT INTO migration (name, checksum) VALUES ('9999_later', 'x')")
        .unwrap();
    refused("newer");
    ground
        .sql("DELETE FROM migration WHERE name = '9999_later'; UPDATE migration SET checksum = 'x' WHERE name = '0001_the_line'")
        .unwrap();
    refused("0001_the_line");
}
