use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::{AnswerProblem, MAN, Mismatch, WOMAN, mismatches, read};
use crate::booking::Visitor;
use crate::intake::{AnswerKind, Form, QuestionWant};

const TODAY: Date = date(2026, 11, 26);

#[track_caller]
fn check(kind: AnswerKind, text: &str, expected: Result<&str, AnswerProblem>) {
    let born_on = text.parse().ok();
    let read = read(kind, text, born_on, TODAY);
    assert_eq!(read.as_deref().map_err(|problem| *problem), expected, "{text}");
}

#[test]
fn answers_are_read_by_their_kind() {
    check(AnswerKind::Name, "  Ani   Lestari ", Ok("Ani Lestari"));
    check(AnswerKind::Name, "Ani 2", Err(AnswerProblem::Name));
    check(AnswerKind::Name, "", Err(AnswerProblem::Length));
    check(AnswerKind::BirthDate, "1990-08-17", Ok("1990-08-17"));
    check(AnswerKind::BirthDate, "2027-01-01", Err(AnswerProblem::Date));
    check(AnswerKind::BirthDate, "1800-01-01", Err(AnswerProblem::Date));
    check(AnswerKind::Sex, "Perempuan", Ok(WOMAN));
    check(AnswerKind::Sex, "laki-laki", Ok(MAN));
    check(AnswerKind::Sex, "?", Err(AnswerProblem::Sex));
    check(AnswerKind::Nik, "3172 0257 0890 0003", Ok("3172025708900003"));
    check(AnswerKind::Nik, "317202570890", Err(AnswerProblem::NikLength));
    check(AnswerKind::Nik, "3172025713900003", Err(AnswerProblem::NikShape));
    check(AnswerKind::Nik, "3172023102900003", Err(AnswerProblem::NikShape));
    // Born on a leap day of this century.
    check(AnswerKind::Nik, "3172022902000003", Ok("3172022902000003"));
}

#[test]
fn a_nik_is_compared_with_birth_date_and_sex_and_names_with_the_booking() {
    let question = |id: &str, kind| QuestionWant { id: id.into(), kind };
    let form = Form {
        questions: vec![
            question("nama", AnswerKind::Name),
            question("nik", AnswerKind::Nik),
            question("lahir", AnswerKind::BirthDate),
            question("kelamin", AnswerKind::Sex),
        ],
        ..Form::default()
    };
    let booked = Visitor {
        name: "Ani Lestari".into(),
        born_on: date(1990, 8, 17),
    };
    let answers = |name: &str, nik: &str, born: &str, sex: &str| {
        let pairs = [("nama", name), ("nik", nik), ("lahir", born), ("kelamin", sex)];
        pairs
            .into_iter()
            .map(|(id, answer)| (id.to_owned(), answer.to_owned()))
            .collect::<BTreeMap<_, _>>()
    };
    let right = answers("ANI LESTARI", "3172025708900003", "1990-08-17", WOMAN);
    assert_eq!(mismatches(&form, &right, Some(&booked)), []);
    let wrong = answers("Ani", "3172021708900003", "1991-08-17", WOMAN);
    assert_eq!(
        mismatches(&form, &wrong, Some(&booked)),
        [
            Mismatch::NikBirthDate,
            Mismatch::NikSex,
            Mismatch::BookedName,
            Mismatch::BookedBirthDate
        ]
    );
    assert_eq!(mismatches(&form, &BTreeMap::new(), Some(&booked)), []);
}
