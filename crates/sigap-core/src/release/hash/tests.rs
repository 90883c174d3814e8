//! Values from an independent program (Python's hashlib), and what must differ.

use super::*;

#[test]
fn the_hash_is_sha_256_over_lengths_and_parts() {
    let is = |purpose, parts: &[&[u8]], expected: &str| assert_eq!(Hex(hash(purpose, parts)).to_string(), expected);
    is(
        "sigap",
        &[],
        "0559afeb68ec412ceec85b26f616308b24c878d91ecb01848ed7c79b94202f49",
    );
    is(
        "sigap",
        &[b"a", b"bc"],
        "58fedeeec7e1fd5a8fe9f8a34340bb6f3cf557290216282cc85a98bb2f626ac6",
    );
}

#[test]
fn the_keyed_hash_is_hmac_sha_256() {
    let key: Hash = std::array::from_fn(|place| u8::try_from(place).unwrap());
    let found = Keyed::new(&key, "sigap").of(&[1, u64::MAX]);
    assert_eq!(
        Hex(found).to_string(),
        "4fc80fe8e5e4bbf60655a48ffe191c6072ae6739ca40bb9f2ab5f04644fc6311"
    );
}

#[test]
fn where_a_part_ends_makes_a_difference() {
    assert_ne!(hash("p", &[b"a", b"bc"]), hash("p", &[b"ab", b"c"]));
    assert_ne!(hash("p", &[b"a"]), hash("pa", &[]));
    assert_ne!(hash("p", &[]), hash("p", &[b""]));
    assert_ne!(hash("p", &[b"a"]), hash("q", &[b"a"]));
}

#[test]
fn the_plain_hash_is_what_other_tools_print() {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Hex(plain(b"abc")).to_string(), expected);
}

#[test]
fn hex_has_one_form_only() {
    let text = "0f".repeat(32);
    assert_eq!(Hex::parse(&text), Some(Hex([15; 32])));
    assert_eq!(Hex::parse(&text.to_uppercase()), None);
    assert_eq!(Hex::parse(&text[1..]), None);
    assert_eq!(Hex::parse(""), None);
    assert_eq!(serde_json::to_string(&Hex([15; 32])).unwrap(), format!("\"{text}\""));
    assert_eq!(
        serde_json::from_str::<Hex>(&format!("\"{text}\"")).unwrap(),
        Hex([15; 32])
    );
    assert!(serde_json::from_str::<Hex>("\"0f\"").is_err());
}

#[test]
fn debug_hides_a_key() {
    assert_eq!(format!("{:?}", Keyed::new(&[7; 32], "p")), "Keyed(…)");
}
