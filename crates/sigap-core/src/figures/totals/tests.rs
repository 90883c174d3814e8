use super::*;
use crate::calendar::tests::jakarta as office;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn visit(state: VisitState, since: &str, called: Option<&str>) -> VisitOfDay {
    VisitOfDay {
        line: "passport".into(),
        state,
        has_priority: false,
        is_booked: true,
        since: at(since),
        called_at: called.map(at),
    }
}

#[test]
fn a_visit_counts_by_line_class_end_hour_and_wait() {
    let office = office();
    let mut totals = Totals::default();
    totals.add_visit(
        &office,
        &visit(VisitState::Done, "2026-11-25T01:59:59Z", Some("2026-11-25T02:12:00Z")),
        true,
    );
    let rows: Vec<String> = totals
        .rows()
        .into_iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    assert_eq!(
        rows,
        ["hour/08 1", "visit/passport/booked/served 1", "wait/booked/15 1"]
    );
}

#[test]
fn who_waits_when_the_day_is_over_has_left_and_who_is_at_a_counter_was_served() {
    let office = office();
    let ends = |is_over| {
        let mut totals = Totals::default();
        for state in VisitState::ALL {
            totals.add_visit(&office, &visit(state, "2026-11-25T02:00:00Z", None), is_over);
        }
        End::ALL.map(|end| {
            totals
                .find(&format!("visit/passport/booked/{}", end.name()))
                .unwrap_or_default()
        })
    };
    assert_eq!(ends(true), [2, 3, 1, 0]);
    assert_eq!(ends(false), [1, 1, 1, 3]);
}

#[test]
fn a_priority_group_counts_before_a_booking() {
    let mut both = visit(VisitState::Done, "2026-11-25T02:00:00Z", None);
    both.has_priority = true;
    assert_eq!(both.class(), Class::Priority);
    both.has_priority = false;
    both.is_booked = false;
    assert_eq!(both.class(), Class::WalkIn);
}

#[test]
fn a_call_before_the_wait_began_is_no_wait() {
    let mut totals = Totals::default();
    let early = visit(VisitState::Done, "2026-11-25T02:00:00Z", Some("2026-11-25T01:50:00Z"));
    totals.add_visit(&office(), &early, true);
    assert_eq!(totals.find("wait/booked/1"), Some(1));
}

#[track_caller]
fn check_answer(kind: CaseKind, opened: &str, answered: &str, due_on: Option<Date>, expected: bool) {
    let answer = FirstAnswer {
        kind,
        opened_at: at(opened),
        answered_at: at(answered),
        due_on,
    };
    assert_eq!(answer.is_in_time(&office()), expected);
    let mut totals = Totals::default();
    totals.add_answer(&office(), &answer);
    let word = if expected { "in_time" } else { "late" };
    assert_eq!(totals.find(&format!("case/{}/{word}", kind.name())), Some(1));
}

#[test]
fn an_answer_of_the_last_day_is_in_time_until_midnight_at_the_office() {
    let due = Some(jiff::civil::date(2026, 11, 27));
    check_answer(
        CaseKind::Complaint,
        "2026-11-24T02:00:00Z",
        "2026-11-27T16:59:59Z",
        due,
        true,
    );
    check_answer(
        CaseKind::Complaint,
        "2026-11-24T02:00:00Z",
        "2026-11-27T17:00:00Z",
        due,
        false,
    );
    check_answer(
        CaseKind::Comment,
        "2026-11-24T02:00:00Z",
        "2027-11-27T17:00:00Z",
        None,
        true,
    );
}

#[test]
fn who_wanted_an_officer_is_answered_in_time_by_what_the_chat_promised() {
    // A Wednesday morning: until the doors close on that day.
    check_answer(
        CaseKind::Officer,
        "2026-11-25T02:00:00Z",
        "2026-11-25T02:30:00Z",
        None,
        true,
    );
    check_answer(
        CaseKind::Officer,
        "2026-11-25T02:00:00Z",
        "2026-11-26T02:30:00Z",
        None,
        false,
    );
}
