use jiff::civil::date;

use super::*;

const BORN: Date = date(1990, 2, 1);

#[test]
fn a_nik_of_a_man_and_of_a_woman_fit_their_birth_date() {
    // The first of February: 01 for men, 41 for women.
    for text in [
        "3272010102900001",
        "3272014102900001",
        " 3272.0141.0290.0001 ",
        "32720141-0290-0001",
    ] {
        assert!(Nik::parse(text, BORN).is_ok(), "{text}");
    }
}

#[test]
fn a_nik_of_a_child_of_this_century_fits() {
    assert!(Nik::parse("3272010102120001", date(2012, 2, 1)).is_ok());
    assert!(Nik::parse("3272010102120001", date(1912, 2, 1)).is_ok());
}

#[test]
fn what_is_wrong_with_a_nik_is_said() {
    let cases = [
        ("", NikProblem::Length { digits: 0 }),
        ("327201010290000", NikProblem::Length { digits: 15 }),
        ("32720101029000011", NikProblem::Length { digits: 17 }),
        ("327201010290000a", NikProblem::Length { digits: 15 }),
        // Province, regency, district, day, month, serial number.
        ("0072010102900001", NikProblem::Shape),
        ("3200010102900001", NikProblem::Shape),
        ("3272000102900001", NikProblem::Shape),
        ("3272013302900001", NikProblem::Shape),
        ("3272017302900001", NikProblem::Shape),
        ("3272010113900001", NikProblem::Shape),
        ("3272010102900000", NikProblem::Shape),
        ("3272010202900001", NikProblem::BirthDate),
        ("3272010103900001", NikProblem::BirthDate),
        ("3272010102910001", NikProblem::BirthDate),
    ];
    for (text, problem) in cases {
        assert_eq!(Nik::parse(text, BORN).err(), Some(problem), "{text}");
    }
}

#[test]
fn a_nik_is_never_printed() {
    let nik = Nik::parse("3272010102900001", BORN).unwrap();
    let identity = Identity::Nik(nik.clone());
    for printed in [format!("{nik:?}"), format!("{identity:?}")] {
        assert!(!printed.contains(|c: char| c.is_ascii_digit()), "{printed}");
    }
}

#[test]
fn one_name_in_several_writings_is_one_person() {
    let plain = plain_name("Siti Nur'aini, S.H.");
    for name in ["SITI NUR'AINI S.H.", " siti  nur’aini S H", "Siti Nuraini S.H"] {
        assert_eq!(plain_name(name), plain, "{name}");
    }
    assert_ne!(plain_name("Siti Nuraini"), plain_name("Siti Nur Aini"));
}

#[test]
fn kinds_of_identities_never_meet() {
    let visitor = || Visitor {
        name: "Siti".into(),
        born_on: BORN,
    };
    let named = |contact: &str| Identity::Named {
        visitor: visitor(),
        contact: contact.into(),
    };
    let texts = [
        Identity::Nik(Nik::parse("3272010102900001", BORN).unwrap()).hashed_text(),
        named("62812").hashed_text(),
        named("62813").hashed_text(),
        Identity::Alike(visitor()).hashed_text(),
    ];
    let different: std::collections::BTreeSet<_> = texts.iter().collect();
    assert_eq!(different.len(), texts.len());
}
