//! Keys of programs: found by what they are, listed without it, taken back once.

use sigap_core::ids::ApiKeyId;

use super::Case;
use super::samples::{ELSEWHERE, HERE, api_key, at};
use crate::records::ApiKeyRow;

pub(super) const CASES: &[Case] = &[Case {
    name: "a key is found at its office, listed, and taken back once",
    covers: &["insert_api_key", "find_api_key", "list_api_keys", "revoke_api_key"],
    run: |s| {
        s.write(HERE, |tx| {
            tx.insert_api_key(HERE, &api_key(1), "first")?;
            tx.insert_api_key(HERE, &api_key(2), "second")
        })
        .unwrap();
        let find = |office, key: &'static str| s.read(move |tx| tx.find_api_key(office, key)).unwrap();
        assert_eq!(find(HERE, "first"), Some(api_key(1)));
        assert_eq!((find(HERE, "First"), find(ELSEWHERE, "first")), (None, None));
        let list = |most| s.read(move |tx| tx.list_api_keys(HERE, most)).unwrap();
        assert_eq!(list(9), [api_key(2), api_key(1)]);
        assert_eq!(list(1), [api_key(2)]);
        let revoke = |office, id, second| {
            s.write(office, move |tx| tx.revoke_api_key(office, ApiKeyId(id), at(second)))
                .unwrap()
        };
        assert_eq!(
            [
                revoke(ELSEWHERE, 1, 5),
                revoke(HERE, 1, 5),
                revoke(HERE, 1, 6),
                revoke(HERE, 9, 5)
            ],
            [false, true, false, false]
        );
        let revoked = ApiKeyRow {
            revoked_at: Some(at(5)),
            ..api_key(1)
        };
        assert_eq!(find(HERE, "first"), Some(revoked));
        let twice = s.write(HERE, |tx| tx.insert_api_key(HERE, &api_key(3), "second"));
        assert!(twice.is_err(), "no key stands for two");
    },
}];
