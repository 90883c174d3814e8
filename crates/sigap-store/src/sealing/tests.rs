//! A sealed value opens in its place and nowhere else.

use super::*;

fn sealer(byte: u8) -> Sealer {
    Sealer::new(
        MasterKey::from_hex(&format!("{byte:02x}").repeat(32)).unwrap(),
        system_random,
    )
}

const PLACE: Place<'static> = Place {
    office: OfficeId(7),
    person: PersonId(42),
    row: b"row",
    column: "inbox.content",
};

#[test]
fn what_was_sealed_opens_in_its_place() {
    let sealer = sealer(1);
    let key = sealer.new_person_key().unwrap();
    for plain in [&b""[..], b"halo", b"ends in zeros \x80\0\0", &[7; 64], &[0; 500]] {
        let sealed = sealer.seal(&key, PLACE, plain).unwrap();
        assert_eq!(sealer.open(&key, PLACE, &sealed).unwrap(), plain);
    }
}

#[test]
fn the_length_of_a_short_message_does_not_show() {
    let sealer = sealer(1);
    let key = sealer.new_person_key().unwrap();
    let lengths: Vec<_> = [1, 10, 63]
        .map(|n| sealer.seal(&key, PLACE, &vec![1; n]).unwrap().len())
        .into();
    assert_eq!(lengths, [HEAD_BYTES + 64 + 16; 3]);
}

#[test]
fn equal_texts_are_sealed_under_different_keys() {
    let sealer = sealer(1);
    let key = sealer.new_person_key().unwrap();
    assert_ne!(
        sealer.seal(&key, PLACE, b"halo").unwrap(),
        sealer.seal(&key, PLACE, b"halo").unwrap()
    );
}

#[test]
fn a_value_moved_elsewhere_does_not_open() {
    let sealer = sealer(1);
    let key = sealer.new_person_key().unwrap();
    let sealed = sealer.seal(&key, PLACE, b"halo").unwrap();
    let elsewhere = [
        Place {
            office: OfficeId(8),
            ..PLACE
        },
        Place {
            person: PersonId(43),
            ..PLACE
        },
        Place { row: b"other", ..PLACE },
        Place {
            column: "outbox.content",
            ..PLACE
        },
    ];
    for place in elsewhere {
        assert!(sealer.open(&key, place, &sealed).is_err());
    }
    let mut changed = sealed;
    for at in [0, 6, 25] {
        changed[at] ^= 1;
        assert!(sealer.open(&key, PLACE, &changed).is_err());
        changed[at] ^= 1;
    }
    assert!(sealer.open(&sealer.new_person_key().unwrap(), PLACE, &changed).is_err());
    assert!(sealer.open(&key, PLACE, b"short").is_err());
}

#[test]
fn a_person_key_unwraps_for_its_owner_under_its_master_key_only() {
    let (ours, other) = (sealer(1), sealer(2));
    let key = ours.new_person_key().unwrap();
    let wrapped = ours.wrap(OfficeId(7), PersonId(42), &key).unwrap();
    assert_eq!(wrapped.len(), 72);
    assert_eq!(ours.unwrap(OfficeId(7), PersonId(42), &wrapped).unwrap().0, key.0);
    assert!(ours.unwrap(OfficeId(7), PersonId(43), &wrapped).is_err());
    assert!(ours.unwrap(OfficeId(8), PersonId(42), &wrapped).is_err());
    assert!(other.unwrap(OfficeId(7), PersonId(42), &wrapped).is_err());
}

#[test]
fn a_blind_index_depends_on_column_value_and_master_key() {
    let ours = sealer(1);
    let index = ours.blind("phone", b"628110000001");
    assert_eq!(index, ours.blind("phone", b"628110000001"));
    assert_ne!(index, ours.blind("bsuid", b"628110000001"));
    assert_ne!(index, ours.blind("phone", b"628110000002"));
    assert_ne!(index, sealer(2).blind("phone", b"628110000001"));
}

#[test]
fn a_master_key_that_is_no_64_hex_characters_is_refused() {
    assert!(MasterKey::from_hex("abc").is_none());
    assert!(MasterKey::from_hex(&"zz".repeat(32)).is_none());
    let key = MasterKey::from_hex(&format!(" {}\n", "Ab".repeat(32))).unwrap();
    assert_eq!(key.to_hex(), "ab".repeat(32));
}
