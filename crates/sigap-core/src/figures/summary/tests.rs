use super::*;
use crate::figures::Bound;

fn totals(rows: &[(&str, u64)]) -> Totals {
    Totals::from_rows(rows.iter().map(|(name, count)| ((*name).to_owned(), *count)))
}

#[test]
fn what_was_not_kept_is_none_and_not_nought() {
    let nothing = Summary::of(&Totals::default());
    assert_eq!(nothing, Summary::default());
    assert_eq!((nothing.visits, nothing.chat), (None, None));
    assert_eq!((nothing.all_attendance(), nothing.all_places()), (None, None));
    let quiet = Summary::of(&totals(&[
        ("kept/day", 1),
        ("kept/hall", 1),
        ("chat/people", 0),
        ("chat/messages", 0),
    ]));
    assert_eq!(quiet.visits, Some(Visits::default()), "a day on which nobody came");
    assert_eq!(
        quiet.chat.and_then(|chat| chat.first_contact()),
        None,
        "a share of nobody"
    );
}

#[test]
fn days_add_up_to_a_month() {
    let mut month = totals(&[
        ("kept/day", 1),
        ("kept/hall", 1),
        ("visit/passport/booked/served", 8),
        ("visit/passport/walk_in/left", 1),
        ("visit/pickup/priority/missed", 1),
        ("wait/booked/10", 8),
        ("wait/priority/2", 1),
        ("hour/08", 9),
        ("hour/13", 1),
        ("booking/simpatik/came", 8),
        ("booking/simpatik/stayed_away", 2),
        ("place/simpatik/open", 20),
        ("place/simpatik/taken", 13),
        ("chat/messages", 30),
        ("chat/people", 10),
        ("chat/handed_over", 1),
        ("case/complaint/came", 2),
        ("case/complaint/in_time", 1),
        ("reply/60", 1),
    ]);
    month.join(&totals(&[
        ("kept/day", 1),
        ("kept/hall", 1),
        ("visit/passport/booked/served", 1),
        ("wait/booked/60", 1),
        ("case/complaint/late", 1),
        ("case/comment/came", 4),
    ]));
    let summary = Summary::of(&month);
    assert_eq!(summary.days, 2);
    let visits = Visits {
        came: 11,
        served: 9,
        left: 1,
        missed: 1,
    };
    assert_eq!(summary.visits, Some(visits));
    assert_eq!(summary.lines.len(), 2);
    assert_eq!(
        summary.lines[1].1,
        Visits {
            came: 1,
            missed: 1,
            ..Visits::default()
        }
    );
    assert_eq!(summary.classes.iter().map(|(_, of)| of.came).sum::<u64>(), visits.came);
    assert_eq!(summary.hours, [(8, 9), (13, 1)]);
    assert_eq!(summary.wait.count(), 10);
    assert_eq!(summary.wait.bound(90), Some(Bound::AtMost(10)));
    assert_eq!(summary.wait.bound(91), Some(Bound::AtMost(60)));
    let attendance = summary.all_attendance().unwrap();
    assert_eq!(attendance.no_show(), Some(20));
    assert_eq!(summary.all_places().unwrap().used(), Some(65));
    assert_eq!(summary.chat.unwrap().first_contact(), Some(90));
    let legal = summary.legal_cases();
    assert_eq!(
        (legal.came, legal.in_time, legal.late, legal.punctual()),
        (2, 1, 1, Some(50))
    );
    assert_eq!(summary.cases.len(), 2);
}

#[test]
fn shares_are_rounded_half_up() {
    assert_eq!(percent(0, 0), None);
    assert_eq!(percent(1, 3), Some(33));
    assert_eq!(percent(1, 8), Some(13));
    assert_eq!(percent(1, 200), Some(1));
    assert_eq!(percent(199, 200), Some(100));
}
