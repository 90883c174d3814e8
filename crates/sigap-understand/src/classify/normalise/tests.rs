use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(words(text).join(" "), expected);
}

#[test]
fn letters_become_plain() {
    check("RÉNGSÉ  Paspor!", "rengse paspor");
    check("ｐａｓｐｏｒ 𝗕𝗔𝗥𝗨", "paspor baru");
    check("pas\u{200b}por\u{202e}", "paspor");
    check("don't assalamu'alaikum", "dont assalamualaikum");
}

#[test]
fn letters_are_said_twice_at_most() {
    check("tolooooong yaaa", "toloong yaa");
    assert_eq!(undoubled("toloong"), Some("tolong".to_owned()));
    assert_eq!(undoubled("tolong"), None);
}

#[test]
fn doubled_words_are_written_once() {
    check("syarat2nya laki-laki", "syaratnya laki");
}

#[test]
fn numbers_become_their_kind() {
    check("1011524493909266", "#16");
    check("820262251996198", "#15");
    check("x8310122", "#passport");
    check("A-220", "#queue");
    check("17/03/2020", "#date");
    check("jam 8.30", "jam #clock");
    check("20rb 3 hari", "#few rb #few hari");
}

#[test]
fn joined_words_are_one_or_several() {
    check("e-paspor m-banking", "epaspor mbanking");
    check("ktp/kk", "ktp kk");
}

#[test]
fn signs_without_letters_are_told_apart() {
    check("👍👍", "#emoji");
    check("...", "");
    check("jam berapa??", "jam berapa #ask #ask");
}

#[test]
fn a_long_message_is_read_from_its_beginning() {
    let text = "paspor ".repeat(5_000);
    assert_eq!(words(&text).len(), WORDS_READ_MAX);
    let word = words(&"ab".repeat(5_000));
    assert!(word.iter().all(|word| word.chars().count() <= 30), "{word:?}");
}
