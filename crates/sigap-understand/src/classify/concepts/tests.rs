use super::*;

const LEXICON: &str = "
# a remark
[fungsi]
saya: aku abdi
[tanya]
bayar: byr mbayar pembayaran
perpanjang: renew
nuhun_: hatur_nuhun
buka: muka
muka: wajah
sedang: keur_
untuk: keur
";

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = Concepts::new(LEXICON).find(&normalise::words(text));
    let names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
    assert_eq!(names, expected);
}

#[test]
fn words_and_phrases_lead_to_their_concept() {
    check("Aku byr", &["saya", "bayar"]);
    check("hatur nuhun", &["nuhun"]);
    check("hatur saya", &["hatur", "saya"]);
}

#[test]
fn affixes_fall_away() {
    check("dibayarnya membayarkan bayare", &["bayar", "bayar", "bayar"]);
}

#[test]
fn a_word_without_its_vowels_is_read() {
    check("prpnjng prpnjngny mk", &["perpanjang", "perpanjang", "mk"]);
    check("prpnjing", &["prpnjing"]);
}

#[test]
fn one_slip_is_forgiven_in_a_long_word_only() {
    check("prepanjang perpnjang perpaanjang perpanjong", &["perpanjang"; 4]);
    check("prepnjng xerpanjang byt", &["prepnjng", "xerpanjang", "byt"]);
}

#[test]
fn the_first_claim_on_a_word_holds_and_an_underscore_gives_way() {
    check("muka", &["buka"]);
    check("keur", &["untuk"]);
}

#[test]
fn grammar_and_unknown_words_are_marked() {
    let found = Concepts::new(LEXICON).find(&normalise::words("saya bayar zebra 12"));
    let marks: Vec<(bool, bool)> = found.iter().map(|found| (found.is_known, found.is_grammar)).collect();
    assert_eq!(marks, [(true, true), (true, false), (false, false), (true, false)]);
}

#[test]
fn a_later_line_says_whether_a_concept_is_grammar() {
    let found = Concepts::new("[fungsi]\ntidak: ora\n[meaning]\ntidak: moal").find(&normalise::words("ora moal"));
    assert!(found.iter().all(|found| found.name == "tidak" && !found.is_grammar));
}
