use super::*;
use crate::classify::{SEED, Training, rows};

#[test]
fn a_sentence_is_known_by_its_letters() {
    let tongue = Tongue::train(&Training::embedded().unwrap().rows, SEED);
    for (text, language) in [
        ("could you please tell me what I have to bring", Language::English),
        ("paspor saya sudah selesai belum ya pak", Language::Indonesian),
        ("abdi bade ngadamel paspor kanggo murangkalih", Language::Sundanese),
        ("kula badhe ndamel paspor kangge lare kula", Language::Javanese),
    ] {
        let spoken = tongue.judge(text);
        assert_eq!((spoken.language, spoken.is_sure), (language, true), "{text}");
    }
    for short in [
        "ok",
        "price?",
        "menu",
        "paspor ilang",
        "",
        "12345",
        "e-passport",
        "مرحبا كيف حالك اليوم",
        "qwe rty uio pas",
    ] {
        assert!(!tongue.judge(short).is_sure, "{short}");
    }
    for set in [rows::development().unwrap(), rows::held_out().unwrap()] {
        let right = set
            .iter()
            .filter(|row| tongue.judge(&row.text).language == row.language);
        assert!(right.count() * 100 >= set.len() * 95);
        let taken = set.iter().filter(|row| {
            let spoken = tongue.judge(&row.text);
            spoken.is_sure && spoken.language != row.language
        });
        let taken: Vec<&str> = taken.map(|row| row.text.as_str()).collect();
        assert!(taken.len() * 100 <= set.len(), "{taken:?}");
    }
}

#[test]
fn it_comes_back_from_its_bytes() {
    let rows = rows::development().unwrap();
    let tongue = Tongue::train(&rows, SEED);
    assert_eq!(Tongue::from_bytes(&tongue.to_bytes()), Some(tongue));
    assert_eq!(Tongue::from_bytes(&[1, 2, 3]), None);
}
