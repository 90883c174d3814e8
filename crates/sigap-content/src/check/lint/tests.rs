mod catalogue;

use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = indonesian(text);
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            found.to_string().contains(expected),
            "{found} should speak of {expected}"
        );
    }
}

#[test]
fn plain_sentences_pass() {
    check(
        "Bawa KTP asli. Datang pukul 08.00 WIB.\nBiaya Rp650.000, bayar lewat bank.",
        &[],
    );
}

#[test]
fn a_sentence_of_more_than_twenty_words_is_found() {
    let long = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas tigabelas empatbelas \
                limabelas enambelas tujuhbelas delapanbelas sembilanbelas duapuluh duasatu.";
    check(long, &["21 words"]);
    let two = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh. sebelas duabelas tigabelas empatbelas \
               limabelas enambelas tujuhbelas delapanbelas sembilanbelas duapuluh duasatu.";
    check(two, &[]);
}

#[test]
fn words_of_the_office_are_found_but_not_inside_other_words() {
    check("Silahkan Upload berkas.", &["silahkan", "upload"]);
    check("Antrean dan perizinan, izin tertulis.", &[]);
    check("Antrian panjang.", &["antrian"]);
    check("Bawa no. permohonan.", &["nomor"]);
    check("Alamat: Jl. Merpati no. 3.", &[]);
}

#[test]
fn an_exclamation_mark_is_found_but_an_official_name_may_have_one() {
    assert!(any_language("Selamat datang!").is_some());
    assert!(any_language("Lapor ke SP4N-LAPOR! (lapor.go.id).").is_none());
}
