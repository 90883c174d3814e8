use super::spoken;

#[track_caller]
fn check(text: &str, expected: Option<u64>) {
    assert_eq!(spoken(text.split(' ')).map(|(value, _)| value), expected, "{text}");
}

#[test]
fn numbers_of_four_languages_are_read() {
    check("dua puluh lima", Some(25));
    check("duapuluh lima", Some(25));
    check("lima belas", Some(15));
    check("duabelas", Some(12));
    check("tilu belas", Some(13));
    check("dua puluh genep", Some(26));
    check("selawe", Some(25));
    check("rong puluh", Some(20));
    check("kalih dasa", Some(20));
    check("twenty five", Some(25));
    check("tiga ratus lima puluh ribu", Some(350_000));
    check("satu juta dua ratus ribu", Some(1_200_000));
    check("seratus", Some(100));
    check("paspor", None);
}

#[test]
fn two_numbers_stay_two() {
    assert_eq!(spoken(["dua", "tiga"]), Some((2, 1)));
    assert_eq!(spoken(["ribu"]), None);
}
