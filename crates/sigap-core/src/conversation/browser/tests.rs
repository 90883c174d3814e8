use super::code_in;

#[test]
fn a_code_is_found_wherever_it_stands_and_however_it_is_written() {
    for text in [
        "WEB-K7QX-M2PD",
        "Hubungkan browser saya: WEB-K7QX-M2PD",
        "web-k7qxm2pd terima kasih",
        "kode WEB-K7QX-M2PD\n",
    ] {
        assert_eq!(
            code_in(text).map(|code| code.grouped()).as_deref(),
            Some("K7QX-M2PD"),
            "{text}"
        );
    }
}

#[test]
fn what_only_looks_like_one_is_none() {
    for text in [
        "",
        "WEB-",
        "WEB K7QX-M2PD",
        "web-design",
        "WEB-K7QX",
        "K7QX-M2PD",
        "WEB-0000-0000",
        "é WEB-",
    ] {
        assert_eq!(code_in(text), None, "{text}");
    }
}
