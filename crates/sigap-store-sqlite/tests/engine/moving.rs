//! Both files moved row by row: a store opens the copies with the same master key and finds all of it.

use std::path::Path;

use sigap_store::Fault;
use sigap_store::copying::{copy, verify};
use sigap_store::schema::{Table, keys_tables, tables};
use sigap_store_sqlite::{Places, RawFile, RawPart};

use super::{HERE, open, owed, places, read, received, turn, write};

const TURNS: i64 = 20;

fn moved(part: RawPart, tables: &[Table], from: &Path, to: &Path) -> u64 {
    let mut from = RawFile::open_source(from, part).unwrap();
    let mut to = RawFile::open_target(to, part).unwrap();
    let copied = copy(tables, &mut from, &mut to, &mut |_| {}).unwrap();
    let verified = verify(tables, &mut from, &mut to, &mut |_| {}).unwrap();
    assert_eq!((verified.rows, verified.differences), (copied.rows, Vec::new()));
    copied.rows
}

fn move_both(from: &Places, to: &Places) -> u64 {
    // The keys first, as in every transaction: no row stands anywhere without its key.
    let keys = moved(RawPart::Keys, &keys_tables().unwrap(), &from.keys, &to.keys);
    moved(RawPart::Database, &tables().unwrap(), &from.database, &to.database);
    keys
}

#[test]
fn a_store_over_moved_files_opens_everything_and_goes_on() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The service may still be there: while it does nothing it is in nobody's way.
    let service = open(old.path());
    for n in 1..=TURNS {
        write(&service, turn(n)).unwrap();
    }
    assert_eq!(move_both(&places(old.path()), &places(new.path())), TURNS as u64);
    drop(service);

    let store = open(new.path());
    let kept = read(&store, |tx| tx.list_owed(HERE, 99)).unwrap();
    assert_eq!(kept, (1..=TURNS).map(received).collect::<Vec<_>>());
    for n in 1..=TURNS {
        assert_eq!(
            read(&store, move |tx| tx.find_owed(HERE, owed(n).id)),
            Ok(Some(owed(n)))
        );
    }
    write(&store, turn(TURNS + 1)).unwrap();
    assert_eq!(write(&store, |tx| tx.next_count(HERE, "turns")), Ok(TURNS as u64 + 2));
}

#[test]
fn a_file_of_the_other_kind_is_not_taken_for_a_source() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let places = places(folder.path());
    for (path, part) in [(&places.keys, RawPart::Database), (&places.database, RawPart::Keys)] {
        let refused = RawFile::open_source(path, part).err();
        assert!(matches!(refused, Some(Fault::Refused(_))), "{refused:?}");
    }
}
