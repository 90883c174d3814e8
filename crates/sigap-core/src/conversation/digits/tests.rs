use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    match read(text) {
        Digits::Sixteen(number, _) => assert_eq!(number.as_str(), expected, "{text}"),
        Digits::Other(count) => assert_eq!(count.to_string(), expected, "{text}"),
        Digits::None => assert_eq!("", expected, "{text}"),
    }
}

#[test]
fn sixteen_digits_are_found_however_they_are_grouped() {
    for text in [
        "1179000000123456",
        "1179 0000 0012 3456",
        "1179.0000.0012.3456",
        "status 1179-0000-0012-3456 dong",
        "no: 1179 000000123456, tgl 12",
        "1179\u{a0}0000\u{a0}0012\u{a0}3456",
        "'1179000000123456'",
        "hp 081234567890 dan 1179000000123456",
    ] {
        check(text, "1179000000123456");
    }
}

#[test]
fn a_date_beside_the_number_stays_outside() {
    check("1179 0000 0012 3456 12 03 1990", "1179000000123456");
    check("1179000000123456 12-03-1990", "1179000000123456");
    check("1179 0000 0012 3456 12031990", "1179000000123456");
}

#[test]
fn other_lengths_are_counted_over_the_longest_run() {
    check("117900000012", "12");
    check("11790000001234567", "17");
    check("1179 0000 0012 3456 7", "17");
    check("halo", "");
    check("", "");
    check("3", "1");
    check(&"1".repeat(5000), "5000");
}

#[test]
fn where_the_number_stands_is_told() {
    let Digits::Sixteen(_, range) = read("a 1179 0000 0012 3456 b") else {
        panic!("no number")
    };
    assert_eq!(&"a 1179 0000 0012 3456 b"[range], "1179 0000 0012 3456");
}

#[test]
fn a_nik_is_told_by_province_birth_date_and_sequence() {
    assert!(looks_like_nik("3171015203900001"));
    assert!(looks_like_nik("3202123112990012"));
    for other in [
        "1179000000123456",
        "0071015203900001",
        "3171013203900001",
        "3171010013900001",
        "3171017203900001",
        "3171015213900001",
        "3171015203900000",
        "317101520390000",
        "",
    ] {
        assert!(!looks_like_nik(other), "{other}");
    }
}

#[test]
fn a_nik_inside_words_is_hidden_and_other_numbers_stay() {
    assert_eq!(
        without_nik("nik 3171015203900001 ya").as_deref(),
        Some("nik •••••••••••••••• ya")
    );
    assert_eq!(without_nik("3171 0152 0390 0001").as_deref(), Some("••••••••••••••••"));
    assert_eq!(without_nik("nomor 1179000000123456"), None);
    let both = without_nik("3171015203900001 dan 3171015203900002").unwrap();
    assert!(!both.contains("3171"), "{both}");
}

#[test]
fn a_passport_number_is_seen_among_words() {
    for (text, number) in [
        ("nomor paspor B9815061", "B9815061"),
        ("cek C7710254, ya", "C7710254"),
        ("buku e3130588 kerendem banjir", "E3130588"),
        ("lost passport no X 2166478 on the ferry", "X2166478"),
    ] {
        assert_eq!(passport_number(text).as_deref(), Some(number), "{text}");
    }
    for text in [
        "bayar rp500000",
        "hp no0812345",
        "AB12",
        "tanggal 20022020",
        "paspor hilang",
    ] {
        assert_eq!(passport_number(text), None, "{text}");
    }
    assert!(is_only_labelled("nomor paspor saya b9815061"));
    assert!(!is_only_labelled("paspor b9815061 hilang"));
}

#[test]
fn a_passport_number_stands_alone() {
    for text in ["C1234567", "x 123456", "AB1234567"] {
        assert!(is_passport_number(text), "{text}");
    }
    for text in ["C123", "paspor C1234567", "1234567", "ABC1234567", "C12345678", ""] {
        assert!(!is_passport_number(text), "{text}");
    }
}
