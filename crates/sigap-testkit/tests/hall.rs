//! The hall with its real use cases on a real store: who gets which number, who is called, what is told, what is measured.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::sync::Arc;

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::arrive::{ArrivalRefusal, excuse_visit};
use sigap_actions::authority::Officer;
use sigap_actions::call_visit::{call_by_name, call_next, recall};
use sigap_actions::change_visit::{Change, change_visit};
use sigap_actions::context::Context;
use sigap_actions::give_number::{CheckInRefusal, Ticket, check_in, give_number};
use sigap_actions::hall_parts::HallRefusal;
use sigap_actions::hall_picture::HallCache;
use sigap_actions::ports::Ids;
use sigap_actions::staff_desk::{DeskDeed, staff_desk};
use sigap_actions::view_hall::{DeskView, PlaceView, view_desk, view_display, view_place};
use sigap_actions::view_trail::verify_trail;
use sigap_content::sample;
use sigap_core::booking::{BookingCode, BookingState, BookingView, Visitor};
use sigap_core::conversation::dialogue::{Answer, Question};
use sigap_core::conversation::state::State;
use sigap_core::ids::{CounterName, PersonId, StaffId, VisitId};
use sigap_core::queue::arrival::Punctuality;
use sigap_core::queue::{TicketLabel, VisitState};
use sigap_core::staff::Role;
use sigap_core::trail::Chain;
use sigap_store::records::{ConversationRow, VisitEvent};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{Desk, content};
use sigap_testkit::staff::{add_signed_in, as_staff, told};

/// A Monday; pick-up has places then.
const TODAY: Date = date(2026, 11, 30);
const PASSPORT: &str = "passport";

struct Hall {
    desk: Desk,
    now: Timestamp,
    /// Kept through each test: a picture that grew old must never be shown.
    halls: Arc<HallCache>,
}

impl Hall {
    fn new() -> Self {
        // 09.00 WIB.
        let now = "2026-11-30T02:00:00Z".parse().unwrap();
        let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
        let mut hall = Self {
            desk: Desk::new(office, TODAY, now),
            now,
            halls: Arc::default(),
        };
        let roles = [Role::Counter, Role::Counter, Role::Auditor, Role::Head];
        for (staff, role) in (1..).zip(roles) {
            hall.run(move |tx, ctx| add_signed_in(tx, ctx.office.id, ctx.now, staff, role));
        }
        hall
    }

    fn run<T: Send + 'static>(
        &mut self,
        act: impl FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.run(self.now, act)
    }

    /// As an officer who is signed in.
    fn as_staff<T: Send + 'static>(
        &mut self,
        staff: i64,
        act: impl FnMut(&mut dyn Tx, &Context<'_>, &Officer) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        as_staff(&mut self.desk, self.now, staff, act)
    }

    fn pass(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    fn number(&mut self, line: &'static str, group: Option<&'static str>) -> Result<Ticket, HallRefusal> {
        self.as_staff(1, move |tx, ctx, who| give_number(tx, ctx, who, line, group, false))
    }

    fn next(&mut self, staff: i64, at: u8) -> Option<String> {
        let called = self.as_staff(staff, move |tx, ctx, who| {
            let called = call_next(tx, ctx, who, counter(at))?.unwrap();
            called.map(|id| tx.find_visit(ctx.office.id, id)).transpose()
        });
        called.map(|row| row.unwrap().visit.label.to_string())
    }

    fn change(&mut self, id: VisitId, change: Change) -> Result<(), HallRefusal> {
        self.as_staff(1, move |tx, ctx, who| change_visit(tx, ctx, who, id, &change))
    }

    fn view(&mut self, at: u8) -> DeskView {
        let halls = Arc::clone(&self.halls);
        self.as_staff(1, move |tx, ctx, who| view_desk(tx, ctx, &halls, who, counter(at)))
            .unwrap()
    }

    fn place(&mut self, ticket: &Ticket) -> PlaceView {
        let token = ticket.token.clone();
        let halls = Arc::clone(&self.halls);
        self.run(move |tx, ctx| view_place(tx, ctx, &halls, &token)).unwrap()
    }

    fn state(&mut self, ticket: &Ticket) -> VisitState {
        self.place(ticket).visit.state
    }

    /// Books a pick-up for a person of the chat.
    fn book(&mut self, person: i64, at: DateTime) -> BookingView {
        self.book_for("pickup", person, at)
    }

    fn book_for(&mut self, service: &str, person: i64, at: DateTime) -> BookingView {
        let visitor = Visitor {
            name: format!("Siti {person}"),
            born_on: date(1990, 2, 1),
        };
        let today = self.now;
        self.now = today - SignedDuration::from_hours(24 * 3);
        let ask = |hall: &mut Self, question| match hall.desk.answer_as(PersonId(person), hall.now, &question) {
            Answer::Booking(Ok(view)) => view,
            other => panic!("{other:?}"),
        };
        let held = ask(
            self,
            Question::HoldPlaces {
                service: service.into(),
                at,
                people: vec![visitor],
            },
        );
        let view = ask(self, Question::ConfirmBooking { id: held.id });
        self.now = today;
        view
    }

    fn check_in(&mut self, code: &BookingCode) -> Result<Ticket, CheckInRefusal> {
        self.check_in_of(code, None)
    }

    fn check_in_of(&mut self, code: &BookingCode, group: Option<&'static str>) -> Result<Ticket, CheckInRefusal> {
        let code = code.clone();
        let done = self.as_staff(1, move |tx, ctx, who| check_in(tx, ctx, who, &code, &[], group));
        done.map(|(ticket, _)| ticket)
    }

    fn told(&mut self) -> Vec<String> {
        told(&mut self.desk, self.now)
    }
}

fn counter(number: u8) -> CounterName {
    CounterName::new(number).unwrap()
}

fn hour(hour: i8, minute: i8) -> DateTime {
    TODAY.at(hour, minute, 0, 0)
}

#[test]
fn numbers_count_by_line_and_are_called_by_credit() {
    let mut hall = Hall::new();
    let labels: Vec<String> = [PASSPORT, "pickup", PASSPORT]
        .map(|line| hall.number(line, None).unwrap().label.to_string())
        .into();
    assert_eq!(labels, ["A-001", "C-001", "A-002"]);
    hall.pass(10);
    // Ten minutes later, with double credit: after eleven minutes more it is first.
    assert_eq!(
        hall.number(PASSPORT, Some("lansia")).unwrap().label.to_string(),
        "A-003"
    );
    assert_eq!(hall.next(1, 1).as_deref(), Some("A-001"));
    hall.pass(11);
    assert_eq!(hall.next(1, 1).as_deref(), Some("A-003"));
    assert_eq!(hall.next(2, 2).as_deref(), Some("A-002"));
    assert_eq!(hall.next(2, 4).as_deref(), Some("C-001"));
    assert_eq!(hall.next(2, 2), None);
}

#[test]
fn an_office_gives_so_many_numbers_without_booking_and_priority_groups_need_none() {
    let mut hall = Hall::new();
    for _ in 0..5 {
        hall.number("bap", None).unwrap();
    }
    assert_eq!(hall.number("bap", None), Err(HallRefusal::WalkInsGiven));
    assert!(hall.number("bap", Some("hamil")).unwrap().is_faster);
    assert_eq!(hall.number("bap", Some("teman")), Err(HallRefusal::NoGroup));
    assert_eq!(hall.number("apa", None), Err(HallRefusal::NoLine));
}

#[test]
fn the_head_gives_numbers_past_those_of_the_day_and_excuses_a_missed_visit() {
    let mut hall = Hall::new();
    let beyond =
        |hall: &mut Hall, staff| hall.as_staff(staff, |tx, ctx, who| give_number(tx, ctx, who, "bap", None, true));
    for _ in 0..5 {
        hall.number("bap", None).unwrap();
    }
    assert_eq!(beyond(&mut hall, 1), Err(HallRefusal::Denied));
    assert_eq!(beyond(&mut hall, 4).unwrap().label.number, 6);

    // A service for which the office marks who came.
    let booked = hall.book_for("bap", 2, hour(10, 0));
    let excuse = |hall: &mut Hall, staff| {
        let code = booked.code.clone();
        hall.as_staff(staff, move |tx, ctx, who| excuse_visit(tx, ctx, who, &code))
    };
    let state = BookingState::Booked;
    let early = CheckInRefusal::Booking(ArrivalRefusal::NotBooked(state));
    assert_eq!(excuse(&mut hall, 4), Err(early), "it can still be made");
    hall.pass(24 * 60);
    hall.desk.run_jobs(hall.now);
    let missed = CheckInRefusal::Booking(ArrivalRefusal::NotBooked(BookingState::Missed));
    assert_eq!(hall.check_in(&booked.code), Err(missed));
    assert_eq!(excuse(&mut hall, 1), Err(CheckInRefusal::Hall(HallRefusal::Denied)));
    excuse(&mut hall, 4).unwrap();
    let acts: Vec<String> = hall
        .run(|tx, ctx| tx.list_acts(ctx.office.id, 1, 100))
        .into_iter()
        .map(|(act, _)| act.act)
        .collect();
    assert!(
        acts.iter().any(|act| act == "number_beyond") && acts.iter().any(|act| act == "visit_excused"),
        "{acts:?}"
    );
}

#[test]
fn past_the_number_of_the_day_a_group_gains_as_everybody_and_is_welcome() {
    let mut hall = Hall::new();
    for _ in 0..40 {
        assert!(hall.number(PASSPORT, Some("lansia")).unwrap().is_faster);
    }
    let late = hall.number(PASSPORT, Some("lansia")).unwrap();
    assert_eq!((late.is_faster, late.label.number), (false, 41));
    assert_eq!(hall.place(&late).visit.percent, 100);
    assert!(hall.number(PASSPORT, Some("hamil")).unwrap().is_faster);
}

#[test]
fn a_check_in_that_is_refused_takes_nothing_of_the_groups_day() {
    let mut hall = Hall::new();
    let today = hall.book(2, hour(9, 30));
    let tomorrow = hall.book(3, date(2026, 12, 1).at(9, 30, 0, 0));
    for _ in 0..39 {
        hall.number(PASSPORT, Some("lansia")).unwrap();
    }
    for _ in 0..3 {
        assert!(hall.check_in_of(&tomorrow.code, Some("lansia")).is_err());
        assert_eq!(
            hall.check_in_of(&today.code, Some("teman")),
            Err(CheckInRefusal::Hall(HallRefusal::NoGroup))
        );
    }
    assert!(hall.check_in_of(&today.code, Some("lansia")).unwrap().is_faster);
}

#[test]
fn a_booking_gets_its_number_once_on_its_day() {
    let mut hall = Hall::new();
    let today = hall.book(2, hour(9, 30));
    let early = hall.book(3, hour(11, 0));
    let tomorrow = hall.book(4, date(2026, 12, 1).at(9, 30, 0, 0));
    let ticket = hall.check_in(&today.code).unwrap();
    assert_eq!(
        (ticket.label.to_string().as_str(), ticket.punctuality),
        ("C-001", Some(Punctuality::InTime))
    );
    let again = hall.check_in(&today.code).unwrap_err();
    assert_eq!(again, CheckInRefusal::HasNumber(ticket.label, VisitState::Waiting));
    assert_eq!(
        hall.check_in(&tomorrow.code).unwrap_err(),
        CheckInRefusal::Booking(ArrivalRefusal::OtherDay(date(2026, 12, 1)))
    );
    let unknown = BookingCode::from_random([9; 16]);
    assert_eq!(
        hall.check_in(&unknown).unwrap_err(),
        CheckInRefusal::Booking(ArrivalRefusal::Unknown)
    );
    // Two hours early: welcome, but who is in time does not wait because of it.
    let early = hall.check_in(&early.code).unwrap();
    assert_eq!(early.punctuality, Some(Punctuality::Early));
    hall.number("pickup", None).unwrap();
    assert_eq!(hall.next(1, 4).as_deref(), Some("C-001"));
    hall.pass(1);
    assert_eq!(hall.next(1, 4).as_deref(), Some("C-003"));
    assert_eq!(hall.next(1, 4).as_deref(), Some("C-002"));
}

#[test]
fn whoever_does_not_come_is_called_again_and_missed_after_the_last_time() {
    let mut hall = Hall::new();
    let ticket = hall.number(PASSPORT, None).unwrap();
    for _ in 0..2 {
        assert_eq!(hall.next(1, 1).as_deref(), Some("A-001"));
        hall.change(ticket.id, Change::Skip).unwrap();
        assert_eq!(hall.state(&ticket), VisitState::Held);
        assert_eq!(hall.next(1, 1), None, "not before the minutes are over");
        hall.pass(5);
    }
    assert_eq!(hall.next(1, 1).as_deref(), Some("A-001"));
    hall.change(ticket.id, Change::Skip).unwrap();
    assert_eq!(hall.state(&ticket), VisitState::Missed);
    hall.pass(60);
    assert_eq!(hall.next(1, 1), None);
    // At the door again: back into the line, with the time waited.
    let since = hall.place(&ticket).visit.since;
    hall.change(ticket.id, Change::Back).unwrap();
    assert_eq!(hall.place(&ticket).visit.since, since);
    assert_eq!(hall.next(1, 1).as_deref(), Some("A-001"));
}

#[test]
fn a_transfer_keeps_number_and_time_and_the_next_counter_sees_the_note() {
    let mut hall = Hall::new();
    let ticket = hall.number(PASSPORT, None).unwrap();
    hall.pass(3);
    hall.number("bap", None).unwrap();
    hall.next(1, 1);
    let note = Change::Note {
        text: "  kursi roda ".into(),
    };
    hall.change(ticket.id, note).unwrap();
    let to = |line: &str| Change::Transfer { line: line.into() };
    assert_eq!(hall.change(ticket.id, to("apa")), Err(HallRefusal::NoLine));
    hall.change(ticket.id, to("bap")).unwrap();
    assert_eq!(hall.next(2, 3).as_deref(), Some("A-001"), "waited longer than B-001");
    let seen = hall.view(3).current.unwrap();
    assert_eq!((seen.visit.line.as_str(), seen.note.as_str()), ("bap", "kursi roda"));
}

#[test]
fn a_slip_of_the_finger_is_taken_back_as_long_as_the_counter_is_free() {
    let mut hall = Hall::new();
    let ticket = hall.number(PASSPORT, None).unwrap();
    let other = hall.number(PASSPORT, None).unwrap();
    hall.next(1, 1);
    hall.change(ticket.id, Change::Finish).unwrap();
    assert_eq!(hall.view(1).last.map(|last| last.visit.label), Some(ticket.label));
    hall.change(ticket.id, Change::Undo).unwrap();
    assert_eq!(hall.state(&ticket), VisitState::Called);
    hall.next(1, 1);
    assert_eq!(
        hall.state(&ticket),
        VisitState::Done,
        "calling the next ends the one before"
    );
    assert_eq!(
        hall.change(ticket.id, Change::Undo),
        Err(HallRefusal::Busy(other.label))
    );
    assert_eq!(
        hall.change(ticket.id, Change::Finish),
        Err(HallRefusal::Changed(VisitState::Done))
    );
}

#[test]
fn a_call_out_of_turn_needs_a_reason_and_stands_in_the_trail() {
    let mut hall = Hall::new();
    hall.number(PASSPORT, None).unwrap();
    let second = hall.number(PASSPORT, None).unwrap();
    let call = |hall: &mut Hall, label: TicketLabel, reason: &'static str| {
        hall.as_staff(1, move |tx, ctx, who| {
            call_by_name(tx, ctx, who, counter(1), label, reason)
        })
    };
    assert_eq!(call(&mut hall, second.label, "  "), Err(HallRefusal::NoReason));
    let nobody = TicketLabel { letter: 'Z', number: 1 };
    assert_eq!(call(&mut hall, nobody, "sakit"), Err(HallRefusal::NoVisit));
    call(&mut hall, second.label, "sakit").unwrap();
    assert_eq!(
        call(&mut hall, second.label, "sakit"),
        Err(HallRefusal::Busy(second.label))
    );
    let id = second.id;
    hall.as_staff(1, move |tx, ctx, who| recall(tx, ctx, who, id)).unwrap();
    let (acts, chain) = hall.run(|tx, ctx| Ok((tx.list_acts(ctx.office.id, 1, 99)?, verify_trail(tx, ctx)?)));
    let subjects: Vec<String> = acts
        .iter()
        .map(|(act, _)| format!("{} {}", act.act, act.subject))
        .collect();
    assert!(
        subjects.contains(&"called_out_of_turn A-002 sakit".to_owned()),
        "{subjects:?}"
    );
    assert!(subjects.contains(&"visit_recall A-002 1".to_owned()), "{subjects:?}");
    assert!(matches!(chain, Chain::Whole { .. }));
}

#[test]
fn a_counter_belongs_to_one_officer_and_is_not_left_with_somebody_at_it() {
    let mut hall = Hall::new();
    let ticket = hall.number(PASSPORT, None).unwrap();
    let deed = |hall: &mut Hall, staff, deed| {
        hall.as_staff(staff, move |tx, ctx, who| staff_desk(tx, ctx, who, counter(1), deed))
    };
    deed(&mut hall, 1, DeskDeed::Open).unwrap();
    assert_eq!(deed(&mut hall, 2, DeskDeed::Open), Err(HallRefusal::Taken(StaffId(1))));
    hall.next(1, 1);
    let called = hall.as_staff(2, |tx, ctx, who| call_next(tx, ctx, who, counter(1)));
    assert_eq!(
        called,
        Err(HallRefusal::Taken(StaffId(1))),
        "nobody ends a colleague's service"
    );
    assert_eq!(
        deed(&mut hall, 1, DeskDeed::Break),
        Err(HallRefusal::Busy(ticket.label))
    );
    hall.change(ticket.id, Change::Finish).unwrap();
    deed(&mut hall, 1, DeskDeed::Break).unwrap();
    assert_eq!(hall.view(1).desk.map(|desk| desk.is_open), Some(false));
    deed(&mut hall, 2, DeskDeed::Open).unwrap();
    // An auditor reads and calls nobody.
    assert_eq!(deed(&mut hall, 3, DeskDeed::Open), Err(HallRefusal::Denied));
}

#[test]
fn the_band_follows_the_counters_and_what_was_measured() {
    let mut hall = Hall::new();
    let tickets: Vec<Ticket> = (0..6).map(|_| hall.number(PASSPORT, None).unwrap()).collect();
    assert_eq!(hall.place(&tickets[5]).band, None, "no counter is open");
    hall.next(1, 1);
    let before = hall.place(&tickets[5]);
    assert_eq!(before.ahead, 4);
    // Four services of nine minutes are ahead, as it is believed.
    let half = before.band.unwrap().half;
    assert!(
        half > SignedDuration::from_mins(30) && half < SignedDuration::from_mins(60),
        "{half}"
    );
    // Each of these took two minutes.
    for _ in 0..2 {
        hall.pass(2);
        hall.next(1, 1);
    }
    let after = hall.place(&tickets[5]);
    assert_eq!((after.ahead, after.now_served.map(|label| label.number)), (2, Some(3)));
    assert!(after.band.unwrap().half < half);
    hall.pass(2);
    hall.next(2, 2);
    let display = hall
        .run(|tx, ctx| view_display(tx, ctx, &HallCache::default()))
        .unwrap();
    let called: Vec<(u32, u8)> = display
        .calls
        .iter()
        .map(|call| (call.label.number, call.counter.number()))
        .collect();
    assert_eq!(called, [(4, 2), (3, 1), (2, 1), (1, 1)]);
    assert_eq!(display.lines[0].counters, 2);
}

#[test]
fn whoever_booked_in_the_chat_is_told_when_the_turn_is_near_and_where_to_go() {
    let mut hall = Hall::new();
    let booked: Vec<BookingView> = (2..8)
        .map(|person| hall.book(person, hour(9, if person < 6 { 30 } else { 0 })))
        .collect();
    hall.told();
    for view in &booked {
        hall.check_in(&view.code).unwrap();
    }
    assert_eq!(hall.told(), Vec::<String>::new());
    hall.next(1, 4);
    let told = hall.told();
    // The people of this hall never wrote, so that nothing is free: near comes as a template, the call is heard.
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(
        told[0].contains("sudah dekat") && told[0].contains("C-002") && told[0].contains("/o/sukabumi/q/"),
        "{told:?}"
    );
    hall.next(1, 4);
    assert_eq!(hall.told().len(), 1, "each is told once");
    let Answer::Place(Some(told)) = hall.desk.answer_as(PersonId(7), hall.now, &Question::ViewPlace) else {
        panic!("there is a number");
    };
    assert_eq!((told.label.number, told.ahead, told.state), (6, 3, VisitState::Waiting));
    assert!(told.times.is_some() && told.url.contains("/o/sukabumi/q/"));
    let nobody = hall.desk.answer_as(PersonId(99), hall.now, &Question::ViewPlace);
    assert_eq!(nobody, Answer::Place(None));
}

#[test]
fn a_change_that_was_begun_earlier_and_committed_later_is_seen_all_the_same() {
    let mut hall = Hall::new();
    let ticket = hall.number(PASSPORT, None).unwrap();
    hall.next(1, 1);
    assert!(hall.view(1).current.is_some());
    // Another process was slower: its event has an older name than the newest one here.
    let id = ticket.id;
    hall.run(move |tx, ctx| {
        let mut row = tx.find_visit(ctx.office.id, id)?.unwrap();
        row.visit.state = VisitState::Held;
        tx.replace_visit(ctx.office.id, VisitState::Called, &row)?;
        let event = VisitEvent {
            id: Ids::first_of(ctx.now - SignedDuration::from_secs(5)),
            visit: id,
            label: row.visit.label,
            at: ctx.now,
            kind: "hold".into(),
            line: row.visit.line.clone(),
            counter: None,
            staff: None,
        };
        tx.insert_visit_event(ctx.office.id, &event)
    });
    assert!(hall.view(1).current.is_none());
}

#[test]
fn whoever_wrote_today_is_asked_once_how_the_visit_was() {
    let mut hall = Hall::new();
    let booked = hall.book(2, hour(9, 30));
    hall.run(|tx, ctx| {
        let wrote = ConversationRow {
            state: State::default().to_stored(),
            last_inbound_at: ctx.now,
        };
        tx.save_conversation(ctx.office.id, PersonId(2), &wrote)
    });
    let ticket = hall.check_in(&booked.code).unwrap();
    hall.told();
    hall.next(1, 4);
    assert!(hall.told()[0].contains("silakan ke loket 4"));
    hall.change(ticket.id, Change::Finish).unwrap();
    let told = hall.told();
    assert!(
        told.len() == 1 && told[0].contains(&format!("/o/sukabumi/s/{}", ticket.token)),
        "{told:?}"
    );
    // A slip of the finger is no second visit.
    hall.change(ticket.id, Change::Undo).unwrap();
    hall.change(ticket.id, Change::Finish).unwrap();
    assert_eq!(hall.told(), Vec::<String>::new());
}

#[test]
fn the_day_ends_by_itself() {
    let mut hall = Hall::new();
    let waiting = hall.number(PASSPORT, None).unwrap();
    let served = hall.number("pickup", None).unwrap();
    hall.next(1, 4);
    hall.pass(24 * 60);
    hall.desk.run_jobs(hall.now);
    assert_eq!(hall.state(&waiting), VisitState::Left);
    assert_eq!(hall.state(&served), VisitState::Done);
    assert!(hall.view(4).desk.is_none());
    assert_eq!(
        hall.number(PASSPORT, None).unwrap().label.to_string(),
        "A-001",
        "a new day counts anew"
    );
}
