use jiff::civil::date;

use super::{PersonProblem, read_person};

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
