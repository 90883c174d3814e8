use super::*;

pub(crate) fn rules() -> SurveyRules {
    let grade = |grade: &str, least| GradeRow {
        grade: grade.into(),
        least,
    };
    SurveyRules {
        elements: std::array::from_fn(|place| format!("u{place}")),
        grades: vec![grade("A", 88.31), grade("B", 76.61), grade("C", 65.0), grade("D", 25.0)],
        from: jiff::civil::date(2017, 5, 1),
        is_from_approximate: true,
        source: String::new(),
        confidence: Confidence::High,
        note: None,
    }
}

fn tally(answers: &[Answers]) -> Tally {
    let mut tally = Tally::default();
    for answer in answers {
        tally.add(answer);
    }
    tally
}

#[test]
fn the_index_runs_from_25_to_100_and_needs_every_element() {
    assert_eq!(tally(&[[Some(4); 9]]).index(), Some(Index(10_000)));
    assert_eq!(tally(&[[Some(1); 9]]).index(), Some(Index(2_500)));
    let mut skipped = [Some(3); 9];
    skipped[4] = None;
    assert_eq!(tally(&[skipped]).index(), None);
    // Somebody else answered what was skipped.
    let mut only = [None; 9];
    only[4] = Some(4);
    // Eight threes and a four: 25 × 28 / 9.
    assert_eq!(tally(&[skipped, only]).index(), Some(Index(7_778)));
    assert_eq!(Tally::default().index(), None);
}

#[test]
fn means_are_of_those_who_answered_and_what_nobody_can_answer_is_left_out() {
    let mut wrong = [Some(9); 9];
    wrong[0] = Some(2);
    wrong[1] = Some(0);
    let both = tally(&[wrong, [Some(3); 9]]);
    assert_eq!((both.people, both.counts[0], both.counts[1]), (2, 2, 1));
    assert_eq!((both.mean(0), both.mean(1), both.mean(9)), (Some(2.5), Some(3.0), None));
    let joined = tally(&[wrong]).join(&tally(&[[Some(3); 9]]));
    assert_eq!(joined, both);
}

#[test]
fn grades_close_their_gaps_by_rounding_first() {
    let rules = rules();
    let grade = |hundredths| rules.grade(Index(hundredths)).map(str::to_owned);
    let of = |hundredths: [u32; 8]| hundredths.map(grade).map(Option::unwrap_or_default).join("");
    assert_eq!(
        of([10_000, 8_831, 8_830, 7_661, 7_660, 6_500, 6_499, 2_500]),
        "AABBCCDD"
    );
    assert_eq!(grade(2_499), None);
    assert_eq!(Index(7_778).to_string(), "77,78");
    assert_eq!(Index(10_000).to_string(), "100,00");
}
