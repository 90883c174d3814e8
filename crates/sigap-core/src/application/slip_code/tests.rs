//! Codes made and codes typed.

use super::*;

#[track_caller]
fn check(typed: &str, read: Option<&str>) {
    let code = SlipCode::parse(typed);
    assert_eq!(code.as_ref().map(SlipCode::as_str), read, "{typed:?}");
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    check("7KQ2M0XA", Some("7KQ2M0XA"));
    check("7kq2-m0xa", Some("7KQ2M0XA"));
    check("  7KQ2 M0XA\n", Some("7KQ2M0XA"));
    check("7k q2 – m0 xa.", Some("7KQ2M0XA"));
}

#[test]
fn look_alikes_are_read_as_the_digit_they_look_like() {
    check("ooooIIll", Some("00001111"));
    check("OKQ2MoXa", Some("0KQ2M0XA"));
}

#[test]
fn anything_else_is_no_code() {
    for typed in [
        "",
        "7KQ2M0X",
        "7KQ2M0XAB",
        "7KQ2M0XU",
        "7KQ2M0X!",
        "7KQ2M0XÄ",
        "٧KQ2M0XA",
        "--------",
    ] {
        check(typed, None);
    }
    check(&"7".repeat(100_000), None);
}

#[test]
fn the_ends_of_chance_make_the_ends_of_the_alphabet() {
    assert_eq!(SlipCode::from_random([0; 5]).as_str(), "00000000");
    assert_eq!(SlipCode::from_random([255; 5]).as_str(), "ZZZZZZZZ");
    assert_eq!(SlipCode::from_random([0, 0, 0, 0, 31]).as_str(), "0000000Z");
    assert_eq!(SlipCode::from_random([0b0000_1000, 0, 0, 0, 0]).as_str(), "10000000");
}

#[test]
fn debug_hides_the_code() {
    assert_eq!(format!("{:?}", SlipCode::from_random([1; 5])), "SlipCode(…)");
}

proptest::proptest! {
    #[test]
    fn what_is_printed_is_read_back(bytes: [u8; 5]) {
        let code = SlipCode::from_random(bytes);
        proptest::prop_assert_eq!(SlipCode::parse(&code.to_string()), Some(code.clone()));
        proptest::prop_assert_eq!(SlipCode::parse(&code.to_string().to_lowercase()), Some(code));
    }

    #[test]
    fn different_chance_makes_different_codes(one: [u8; 5], other: [u8; 5]) {
        proptest::prop_assert_eq!(
            one == other,
            SlipCode::from_random(one) == SlipCode::from_random(other)
        );
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text: String) {
        if let Some(code) = SlipCode::parse(&text) {
            proptest::prop_assert_eq!(code.as_str().len(), SlipCode::CHARS);
        }
    }
}
