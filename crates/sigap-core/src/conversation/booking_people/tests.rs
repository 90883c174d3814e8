use jiff::civil::date;

use super::{PersonProblem, introduced, read, read_person, visitor};

#[test]
fn two_fields_are_one_person_or_the_reason_why_not() {
    let today = date(2026, 11, 24);
    let siti = read_person("Siti Nur'aini", "17-08-1990", &[], today).unwrap();
    assert_eq!(siti.name, "Siti Nur'aini");
    assert_eq!(siti.born_on, date(1990, 8, 17));
    let known = [siti];
    for (name, born, problem) in [
        ("", "17-08-1990", PersonProblem::NameMissing),
        ("12345", "17-08-1990", PersonProblem::NameMissing),
        ("Budi", "", PersonProblem::BirthWrong),
        ("Budi", "31-02-1990", PersonProblem::BirthWrong),
        ("Budi", "17-08-2990", PersonProblem::BirthWrong),
        ("B", "17-08-1990", PersonProblem::NameWrong),
        ("Budi 3171011708900001", "17-08-1990", PersonProblem::NameWrong),
        ("SITI NURAINI", "17081990", PersonProblem::Twice),
    ] {
        assert_eq!(read_person(name, born, &known, today), Err(problem), "{name} {born}");
    }
    assert!(read_person("Siti Nuraini", "18-08-1990", &known, today).is_ok());
}

#[test]
fn a_month_in_a_name_stays_there() {
    let today = date(2026, 11, 24);
    for (line, name) in [
        ("Sri Novianti 15-08-1985", "Sri Novianti"),
        ("Bambang Agus 15 08 1985", "Bambang Agus"),
        ("Siti Maria 15/08/1985", "Siti Maria"),
        ("Mei Lestari (15-08-1985)", "Mei Lestari"),
        ("15 Agustus 1985 Budi", "Budi"),
        ("Budi, August 15, 1985", "Budi"),
    ] {
        let read = visitor(line, today).unwrap();
        assert_eq!((read.name.as_str(), read.born_on), (name, date(1985, 8, 15)), "{line}");
    }
}

#[test]
fn who_was_named_needs_only_a_birth_date() {
    let today = date(2026, 11, 24);
    let named = ["Bambang Agus".to_owned()];
    for line in [
        "3 april 1990",
        "April 3, 1990",
        "3 april 1990 ya min",
        "lahirnya 3 april 1990",
        "dia lahir 3-4-1990",
        "she was born 3 April 1990",
        "lair 3-4-1990",
    ] {
        let Ok(people) = read(&[line], &named, today, 4) else {
            panic!("{line} is a birth date");
        };
        assert_eq!(
            (people[0].name.as_str(), people[0].born_on),
            ("Bambang Agus", date(1990, 4, 3)),
            "{line}"
        );
    }
    for line in [
        "Sri Lestari 3-4-1990",
        "Xaverius Quentin 3 april 1990",
        "siti aminah 3-4-1990",
    ] {
        let Ok(people) = read(&[line], &named, today, 4) else {
            panic!("{line} is somebody else");
        };
        assert_ne!(people[0].name, "Bambang Agus", "{line}");
    }
    assert!(
        read(&["3-4-1990", "5-6-1992"], &named, today, 4).is_err(),
        "two dates for one name"
    );
}

#[test]
fn people_are_named_and_officers_greeted() {
    let now = date(2026, 11, 24).at(9, 0, 0, 0);
    for (text, names) in [
        ("daftarin wawan setiawan besok jam 10", &["wawan setiawan"][..]),
        (
            "mau daftar buat Budi Santoso dan Siti Aminah",
            &["Budi Santoso", "Siti Aminah"],
        ),
        ("halo pak Budi mau daftar antrian besok", &[]),
        ("mau daftar buat ibu saya, Bu Tuti", &["Tuti"]),
        ("daftar Budi Santoso nik 3171015203900001", &[]),
    ] {
        assert_eq!(
            introduced(text, now),
            (None, names.iter().map(|name| (*name).to_owned()).collect()),
            "{text}"
        );
    }
    let (visitor, names) = introduced("daftar a.n. Budi Santoso lahir 3 april 1990", now);
    assert_eq!((visitor.unwrap().name.as_str(), names), ("Budi Santoso", Vec::new()));
}
