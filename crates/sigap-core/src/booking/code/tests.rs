use super::*;

#[test]
fn a_code_is_read_as_people_type_it() {
    let code = BookingCode::from_random([7; 16]);
    let typed = [
        code.as_str().to_owned(),
        code.grouped(),
        code.grouped().to_lowercase(),
        format!(" {} ", code.grouped().replace('-', " ")),
    ];
    for text in typed {
        assert_eq!(BookingCode::parse(&text), Some(code.clone()), "{text}");
    }
}

#[test]
fn what_is_no_code_is_none() {
    // Too short, too long, letters that are taken for digits, other marks.
    for text in [
        "",
        "K7QX-M2P",
        "K7QX-M2PDD",
        "K7QX-M2P0",
        "OIL1-2345",
        "K7QX_M2PD",
        "ÄÄÄÄ",
    ] {
        assert_eq!(BookingCode::parse(text), None, "{text}");
    }
}

#[test]
fn every_random_number_gives_a_code_that_is_read_again() {
    for seed in 0..=255 {
        let code = BookingCode::from_random([seed; 16]);
        assert_eq!(BookingCode::parse(code.as_str()), Some(code));
    }
}

#[test]
fn codes_of_random_numbers_that_differ_in_one_bit_differ() {
    let mut codes = std::collections::BTreeSet::new();
    for bit in 0..32 {
        codes.insert(BookingCode::from_random((1_u128 << bit).to_be_bytes()));
    }
    assert_eq!(codes.len(), 32);
}

#[test]
fn an_approval_code_has_eight_digits_always() {
    assert_eq!(ApprovalCode::from_random([0; 8]).to_string(), "00000000");
    let code = ApprovalCode::from_random(100_000_042_u64.to_be_bytes());
    assert_eq!(code.to_string(), "00000042");
    assert_eq!(ApprovalCode::parse("0000 0042"), Some(code));
    for text in ["42", "000000042", "0000004a", "", "٠٠٠٠٠٠٤٢"] {
        assert_eq!(ApprovalCode::parse(text), None, "{text}");
    }
}
