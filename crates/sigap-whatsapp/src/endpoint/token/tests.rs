use jiff::Timestamp;
use sigap_core::ids::{OfficeId, OutboxId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::FormName;

use super::{FormToken, FormTokenKey};
use crate::limits::FLOW_TOKEN_CHARS_MAX;

fn token() -> FormToken {
    FormToken {
        office: OfficeId(i64::MAX),
        person: PersonId(i64::MAX),
        number: "123456789012345".into(),
        message: OutboxId(i64::MAX),
        form: FormName::Booking,
        language: Language::Id,
        until: Timestamp::from_second(1_800_000_000).unwrap(),
    }
}

#[test]
fn a_token_comes_back_as_it_went_and_fits_its_message() {
    let key = FormTokenKey::new(b"secret");
    let signed = key.sign(&token());
    assert!(signed.len() <= FLOW_TOKEN_CHARS_MAX, "{}", signed.len());
    assert_eq!(key.read(&signed), Some(token()));
    assert!(!format!("{:?}", token()).contains(&i64::MAX.to_string()));
}

#[test]
fn a_token_that_was_changed_or_signed_elsewhere_is_none_of_ours() {
    let key = FormTokenKey::new(b"secret");
    let signed = key.sign(&token());
    for (at, byte) in signed.bytes().enumerate() {
        let mut changed = signed.clone().into_bytes();
        changed[at] = if byte == b'1' { b'2' } else { b'1' };
        assert_eq!(key.read(&String::from_utf8(changed).unwrap()), None, "{at}");
    }
    assert_eq!(FormTokenKey::new(b"other").read(&signed), None);
    for none in ["", ".", "1.2.3", "tok-1"] {
        assert_eq!(key.read(none), None);
    }
}
