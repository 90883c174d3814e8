//! The survey filled in inside the chat, with the real use cases on a real store: once for a visit, and only by whose visit it was.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::call_visit::call_next;
use sigap_actions::change_visit::{Change, change_visit};
use sigap_actions::give_number::{Ticket, check_in};
use sigap_content::sample;
use sigap_core::booking::{BookingView, Visitor};
use sigap_core::conversation::dialogue::{Answer, Question, SurveyTold};
use sigap_core::ids::{CounterName, PersonId};
use sigap_core::inbound::FilledSurvey;
use sigap_core::staff::Role;
use sigap_core::survey::ELEMENTS;
use sigap_testkit::script::desk::{Desk, content};
use sigap_testkit::staff::{add_signed_in, as_staff};

/// A Monday; pick-up has places then.
const TODAY: Date = date(2026, 11, 30);
/// Who booked.
const SITI: PersonId = PersonId(2);

fn now() -> Timestamp {
    // 09.00 WIB.
    "2026-11-30T02:00:00Z".parse().unwrap()
}

fn ask(desk: &mut Desk, at: Timestamp, question: &Question) -> BookingView {
    match desk.answer_as(SITI, at, question) {
        Answer::Booking(Ok(view)) => view,
        other => panic!("{other:?}"),
    }
}

/// Siti booked in the chat days ago, and is here.
fn arrived() -> (Desk, Ticket) {
    let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
    let mut desk = Desk::new(office, TODAY, now());
    desk.run(now(), |tx, ctx| {
        add_signed_in(tx, ctx.office.id, ctx.now, 1, Role::Counter)
    });
    let earlier = now() - SignedDuration::from_hours(72);
    let people = vec![Visitor {
        name: "Siti Aminah".into(),
        born_on: date(1990, 2, 1),
    }];
    let wish = Question::HoldPlaces {
        service: "pickup".into(),
        at: TODAY.at(9, 30, 0, 0),
        people,
    };
    let held = ask(&mut desk, earlier, &wish);
    let code = ask(&mut desk, earlier, &Question::ConfirmBooking { id: held.id }).code;
    let given = as_staff(&mut desk, now(), 1, move |tx, ctx, who| {
        check_in(tx, ctx, who, &code, &[], None)
    });
    (desk, given.unwrap().0)
}

fn fill(desk: &mut Desk, person: PersonId, token: &str, answer: Option<u8>) -> SurveyTold {
    let filled = FilledSurvey {
        token: token.to_owned(),
        answers: [answer; ELEMENTS],
        comment: "Kursi kurang".to_owned(),
    };
    match desk.answer_as(person, now(), &Question::KeepSurvey(filled)) {
        Answer::Survey(told) => told,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_counts_once_and_only_for_whose_visit_it_was() {
    let (mut desk, ticket) = arrived();
    let token = ticket.token.as_str();
    assert_eq!(fill(&mut desk, SITI, token, Some(4)), SurveyTold::NotYet);
    let id = ticket.id;
    as_staff(&mut desk, now(), 1, move |tx, ctx, who| {
        assert_eq!(
            call_next(tx, ctx, who, CounterName::new(4).unwrap())?.unwrap(),
            Some(id)
        );
        change_visit(tx, ctx, who, id, &Change::Finish)
    })
    .unwrap();
    let unknown = SurveyTold::Unknown;
    assert_eq!(
        fill(&mut desk, PersonId(3), token, Some(1)),
        unknown,
        "it was passed on"
    );
    assert_eq!(fill(&mut desk, SITI, "made up", Some(1)), unknown);
    assert_eq!(fill(&mut desk, SITI, "", Some(1)), unknown);
    assert!(matches!(fill(&mut desk, SITI, token, None), SurveyTold::Nothing { url } if url.ends_with(token)));
    assert_eq!(fill(&mut desk, SITI, token, Some(4)), SurveyTold::Kept);
    assert_eq!(fill(&mut desk, SITI, token, Some(1)), SurveyTold::Again);
    let (lines, comments) = desk.run(now(), |tx, ctx| {
        let office = ctx.office.id;
        Ok((
            tx.sum_surveys(office, "2026-11")?,
            tx.list_survey_comments(office, "2026-11", 10)?,
        ))
    });
    assert_eq!((lines.len(), lines[0].1.people, lines[0].1.sums), (1, 1, [4; ELEMENTS]));
    assert_eq!(comments, ["Kursi kurang"]);
}
