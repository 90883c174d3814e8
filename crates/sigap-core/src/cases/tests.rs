use jiff::civil::date;

use super::*;
use crate::calendar::tests::office;

const ME: StaffId = StaffId(1);
const OTHER: StaffId = StaffId(2);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn case(kind: CaseKind) -> Case {
    Case::new(
        CaseId(1),
        "JP-2611-0001".into(),
        kind,
        PersonId(1),
        at("2026-11-30T02:00:00Z"),
    )
}

fn taken(kind: CaseKind) -> Case {
    Case {
        state: CaseState::Taken,
        staff: Some(ME),
        ..case(kind)
    }
}

#[test]
fn only_whoever_has_a_case_answers_and_only_the_head_takes_it_from_a_colleague() {
    use CaseDeed::{Answer, Close, Reopen, Take};
    let open = case(CaseKind::Officer);
    assert_eq!(open.allows(Take, ME, false), Ok(()));
    assert_eq!(open.allows(Answer, ME, true), Err(CaseRefusal::NotTaken));
    let mine = taken(CaseKind::Officer);
    assert_eq!(mine.allows(Answer, ME, false), Ok(()));
    assert_eq!(mine.allows(Answer, OTHER, true), Err(CaseRefusal::Taken(ME)));
    assert_eq!(mine.allows(Take, OTHER, false), Err(CaseRefusal::Taken(ME)));
    assert_eq!(mine.allows(Take, OTHER, true), Ok(()));
    assert_eq!(mine.allows(Reopen, ME, false), Err(CaseRefusal::NotClosed));
    let closed = Case {
        state: CaseState::Closed,
        ..mine
    };
    for deed in [Take, Answer, Close] {
        assert_eq!(closed.allows(deed, ME, true), Err(CaseRefusal::Closed));
    }
    assert_eq!(closed.allows(Reopen, OTHER, false), Ok(()));
}

#[test]
fn the_law_wants_an_answer_before_the_end_of_a_complaint() {
    let complaint = taken(CaseKind::Complaint);
    assert_eq!(
        complaint.allows(CaseDeed::Close, ME, false),
        Err(CaseRefusal::Unanswered)
    );
    assert_eq!(taken(CaseKind::Appreciation).allows(CaseDeed::Close, ME, false), Ok(()));
    let answered = Case {
        answered_at: Some(at("2026-12-01T02:00:00Z")),
        ..complaint
    };
    assert_eq!(answered.allows(CaseDeed::Close, ME, false), Ok(()));
    assert_eq!(
        answered.allows(CaseDeed::FieldCheck, ME, false),
        Err(CaseRefusal::NoDeadline)
    );
    assert_eq!(answered.allows(CaseDeed::GiveBack, ME, false), Err(CaseRefusal::NoTalk));
}

#[test]
fn a_complaint_owes_a_first_answer_and_then_an_end() {
    let office = office("Asia/Jakarta");
    let first = Case {
        due_on: Some(date(2026, 12, 3)),
        end_on: Some(date(2026, 12, 18)),
        ..case(CaseKind::Complaint)
    };
    // The whole day counts.
    assert_eq!(first.next_owed(&office), Some(at("2026-12-03T17:00:00Z")));
    let answered = Case {
        answered_at: Some(at("2026-12-01T02:00:00Z")),
        ..first.clone()
    };
    assert_eq!(answered.next_owed(&office), Some(at("2026-12-18T17:00:00Z")));
    let closed = Case {
        state: CaseState::Closed,
        ..answered
    };
    assert_eq!(closed.next_owed(&office), None);
    let mut seen = first.clone();
    seen.owed_at = first.next_owed(&office);
    assert_eq!(seen.urgency(at("2026-12-01T02:00:00Z")), Urgency::InTime);
    assert_eq!(seen.urgency(at("2026-12-02T17:00:00Z")), Urgency::Soon);
    assert_eq!(seen.urgency(at("2026-12-03T17:00:00Z")), Urgency::Late);
    assert_eq!(
        case(CaseKind::Comment).urgency(at("2027-12-03T17:00:00Z")),
        Urgency::None
    );
}

#[test]
fn whoever_asks_for_an_officer_is_promised_the_same_day_or_the_next_open_one() {
    let office = office("Asia/Jakarta");
    // Monday 09.00, in the break, after hours, and on a Saturday.
    for (asked, promised) in [
        ("2026-11-30T02:00:00Z", "2026-11-30T09:00:00Z"),
        ("2026-11-30T05:30:00Z", "2026-11-30T09:00:00Z"),
        ("2026-11-30T10:00:00Z", "2026-12-01T09:00:00Z"),
        ("2026-12-05T02:00:00Z", "2026-12-07T09:00:00Z"),
    ] {
        assert_eq!(promise(&office, at(asked)), Some(at(promised)), "{asked}");
    }
    let asked = case(CaseKind::Officer);
    assert_eq!(asked.next_owed(&office), Some(at("2026-11-30T09:00:00Z")));
    let answered = Case {
        heard_at: None,
        ..asked
    };
    assert_eq!(answered.next_owed(&office), None);
}

#[test]
fn days_of_the_law_are_working_days_of_the_office() {
    let office = office("Asia/Jakarta");
    let days = ComplaintDeadlines {
        first_reply_days: 3,
        information_days: 5,
        no_field_check_days: 14,
        field_check_days: 60,
        national_channel: String::new(),
        from: date(2018, 6, 14),
        source: String::new(),
        confidence: crate::catalogue::Confidence::High,
        note: None,
    };
    // A Thursday: the weekend does not count.
    let thursday = date(2026, 11, 26);
    assert_eq!(
        deadlines(&office, &days, CaseKind::Broker, thursday),
        (Some(date(2026, 12, 1)), Some(date(2026, 12, 16)))
    );
    assert_eq!(
        deadlines(&office, &days, CaseKind::LostFile, thursday),
        (Some(date(2026, 12, 1)), Some(date(2026, 12, 3)))
    );
    assert_eq!(
        deadlines(&office, &days, CaseKind::Officer, thursday),
        (Some(date(2026, 12, 3)), None)
    );
    assert_eq!(deadlines(&office, &days, CaseKind::Comment, thursday), (None, None));
    assert_eq!(field_check_end(&office, &days, thursday), Some(date(2027, 2, 18)));
}

#[test]
fn words_are_their_own() {
    for kind in CaseKind::ALL {
        assert_eq!(CaseKind::from_name(kind.name()), Some(kind));
    }
    for state in CaseState::ALL {
        assert_eq!(CaseState::from_name(state.name()), Some(state));
    }
}
