//! Which notices go out, when, and to whom.

use jiff::SignedDuration;
use jiff::civil::time;
use sigap_actions::manage_notices::{Decision, NoticeAct, NoticeTrouble, view_notices};
use sigap_actions::send_notice::Notice;
use sigap_core::booking::BookingState;
use sigap_core::conversation::state::State;
use sigap_core::ids::PersonId;
use sigap_core::language::Language;
use sigap_core::message::Form;
use sigap_core::notices::Outcome;
use sigap_core::notices::budget::Used;
use sigap_store::records::{BookingRow, ConversationRow};

use crate::world::{HEAD, HELPDESK, IT, Office, decided, pair};

#[test]
fn a_button_of_a_template_carries_its_booking() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    let booking = office.tell(7, Notice::Reminder);
    let claimed = office.claimed();
    let Form::Template { choices, .. } = &claimed[0].row.message.form else {
        panic!();
    };
    assert_eq!(choices.len(), 1);
    assert!(choices[0].ends_with(&format!(":{booking}")), "{choices:?}");
}

#[test]
fn at_night_a_notice_waits_for_the_morning_unless_it_is_over_by_then() {
    let mut office = Office::new();
    for person in [7, 8, 9] {
        office.person(person, Language::Id);
    }
    // 21.00 WIB.
    office.at("2026-11-30T14:00:00Z");
    office.tell(7, Notice::NotDrawn);
    let cancelled = office.tell(8, Notice::NotDrawn);
    // *Tomorrow* cannot be said in the morning.
    office.tell(9, Notice::Reminder);
    // A receipt is an answer.
    office.tell(9, Notice::Booked);
    assert_eq!(office.sent(), [pair("notice_booked", "id")]);
    assert_eq!(office.count("reminder", Outcome::Late), 1);
    office.run(move |tx, ctx| {
        let row = tx.find_booking(ctx.office.id, cancelled)?.unwrap();
        let ended = BookingRow {
            state: BookingState::Cancelled,
            ..row.clone()
        };
        tx.replace_booking(ctx.office.id, row.state, &ended)
    });
    // 06.59 and 07.00 WIB.
    office.at("2026-11-30T23:59:00Z");
    office.desk.run_jobs(office.now);
    assert_eq!(office.sent(), []);
    office.at("2026-12-01T00:00:00Z");
    office.desk.run_jobs(office.now);
    assert_eq!(office.sent(), [pair("notice_not_drawn", "id")]);
    assert_eq!(
        office.count("not_drawn", Outcome::Late),
        1,
        "that booking went on meanwhile"
    );
    office.desk.run_jobs(office.now);
    assert_eq!(office.sent(), [], "once");
}

#[test]
fn a_held_notice_goes_free_when_somebody_wrote_at_night() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    office.at("2026-11-30T14:00:00Z");
    office.tell(7, Notice::NotDrawn);
    let wrote = office.now + SignedDuration::from_hours(1);
    office.run(move |tx, ctx| {
        let row = ConversationRow {
            state: State::default().to_stored(),
            last_inbound_at: wrote,
        };
        tx.save_conversation(ctx.office.id, PersonId(7), &row)
    });
    office.at("2026-12-01T00:00:00Z");
    office.desk.run_jobs(office.now);
    let claimed = office.claimed();
    assert!(matches!(claimed[0].row.message.form, Form::Buttons(_)));
    assert_eq!(office.count("not_drawn", Outcome::Free), 1);
}

#[test]
fn what_the_office_decided_holds() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    let off = NoticeAct::Switch {
        notice: "lapsed".into(),
        is_on: false,
    };
    assert_eq!(office.manage(IT, off), Ok(()));
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.sent(), []);
    assert_eq!(office.count("lapsed", Outcome::Off), 1);
    // Two templates a day to one person.
    assert_eq!(office.manage(HEAD, decided(1_000_000, 2)), Ok(()));
    for _ in 0..3 {
        office.tell(7, Notice::Missed);
    }
    assert_eq!(office.count("missed", Outcome::Paid), 2);
    assert_eq!(office.count("missed", Outcome::PersonMax), 1);
    office.person(8, Language::Id);
    office.tell(8, Notice::Missed);
    assert_eq!(office.count("missed", Outcome::Paid), 3, "another person");
    office.at("2026-12-01T02:00:00Z");
    office.tell(7, Notice::Missed);
    assert_eq!(
        office.count("missed", Outcome::Paid),
        1,
        "another day, and another month"
    );
}

#[test]
fn without_money_only_important_ones_go_on() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    // Two messages cost Rp714.
    assert_eq!(office.manage(HEAD, decided(714, 9)), Ok(()));
    for _ in 0..3 {
        office.tell(7, Notice::Missed);
    }
    assert_eq!(office.count("missed", Outcome::Paid), 2);
    assert_eq!(office.count("missed", Outcome::Budget), 1);
    assert_eq!(office.view().money.used(), Used::Up);
    office.tell(7, Notice::Reminder);
    assert_eq!(office.count("reminder", Outcome::Paid), 1, "marked as important");
    let mark = NoticeAct::Mark {
        notice: "missed".into(),
        is_important: true,
    };
    assert_eq!(office.manage(IT, mark.clone()), Err(NoticeTrouble::Denied));
    assert_eq!(office.manage(HEAD, mark), Ok(()));
    office.tell(7, Notice::Missed);
    assert_eq!(office.count("missed", Outcome::Paid), 3);
}

#[test]
fn hours_limits_and_budgets_that_nobody_means_are_refused() {
    let mut office = Office::new();
    let with = |from, until, day, month, budget| {
        NoticeAct::Decide(Decision {
            day: (time(from, 0, 0, 0), time(until, 0, 0, 0)),
            person_max: (day, month),
            budget_rupiah: budget,
        })
    };
    for (act, expected) in [
        (with(7, 12, 1, 1, 1), Err(NoticeTrouble::Hours)),
        (with(11, 20, 1, 1, 1), Err(NoticeTrouble::Hours)),
        (with(7, 20, 0, 1, 1), Err(NoticeTrouble::Limits)),
        (with(7, 20, 5, 4, 1), Err(NoticeTrouble::Limits)),
        (with(7, 20, 1, 101, 1), Err(NoticeTrouble::Limits)),
        (with(7, 20, 1, 1, -1), Err(NoticeTrouble::Budget)),
        (with(7, 20, 1, 1, 1_000_000_001), Err(NoticeTrouble::Budget)),
        (with(7, 20, 1, 1, 0), Ok(())),
    ] {
        assert_eq!(office.manage(HEAD, act.clone()), expected, "{act:?}");
        assert_eq!(office.manage(IT, act), Err(NoticeTrouble::Denied));
    }
    let unknown = NoticeAct::Switch {
        notice: "x".into(),
        is_on: true,
    };
    assert_eq!(office.manage(HEAD, unknown), Err(NoticeTrouble::Unknown));
    assert_eq!(office.manage(HELPDESK, NoticeAct::Compare), Err(NoticeTrouble::Denied));
    let seen = office.as_staff(HELPDESK, |tx, ctx, who| view_notices(tx, ctx, who));
    assert_eq!(seen, Err(NoticeTrouble::Denied));
    let acts = office.run(|tx, ctx| tx.list_acts(ctx.office.id, 1, 99));
    let told: Vec<_> = acts.iter().map(|row| format!("{row:?}")).collect();
    assert_eq!(
        told.iter().filter(|line| line.contains("notices_decided")).count(),
        1,
        "{told:?}"
    );
}
