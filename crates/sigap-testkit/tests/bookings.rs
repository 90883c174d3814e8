//! What needs several people or a long time: the last place, limits, the form, places that come back, draws, signals.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::arrive::{ArrivalRefusal, arrive, excuse};
use sigap_actions::run_opening::view_openings;
use sigap_content::sample;
use sigap_core::application::Stage;
use sigap_core::booking::identity::NikProblem;
use sigap_core::booking::slots::{DayState, WhyNot};
use sigap_core::booking::{BookingCode, BookingRefusal, BookingState, BookingView, Visitor, slots};
use sigap_core::conversation::dialogue::{Answer, Question};
use sigap_core::conversation::{messages, notice, talk};
use sigap_core::ids::{ApplicationNumber, BookingId, CounterName, PersonId, ProcessId};
use sigap_core::language::Language;
use sigap_core::queue::TicketLabel;
use sigap_core::release::transcript::{Transcript, verify};
use sigap_store::records::SignalKind;
use sigap_testkit::script::desk::{Desk, content};

const TODAY: Date = date(2026, 11, 25);

/// A morning at Sukabumi and the people who write there.
struct Morning {
    desk: Desk,
    now: Timestamp,
}

impl Morning {
    fn new() -> Self {
        let now = "2026-11-25T02:15:00Z".parse().unwrap();
        let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
        Self {
            desk: Desk::new(office, TODAY, now),
            now,
        }
    }

    fn pass(&mut self, time: SignedDuration) {
        self.now += time;
        self.desk.run_jobs(self.now);
    }

    fn ask(&mut self, person: i64, question: Question) -> Answer {
        self.desk.answer_as(PersonId(person), self.now, &question)
    }

    fn hold(
        &mut self,
        person: i64,
        service: &str,
        at: DateTime,
        people: &[Visitor],
    ) -> Result<BookingView, BookingRefusal> {
        booking(self.ask(
            person,
            Question::HoldPlaces {
                service: service.into(),
                at,
                people: people.to_vec(),
            },
        ))
    }

    fn confirm(&mut self, person: i64, id: BookingId) -> Result<BookingView, BookingRefusal> {
        booking(self.ask(person, Question::ConfirmBooking { id }))
    }

    fn cancel(&mut self, person: i64, id: BookingId) -> Result<BookingView, BookingRefusal> {
        booking(self.ask(person, Question::CancelBooking { id }))
    }

    fn book(&mut self, person: i64, service: &str, at: DateTime, people: &[Visitor]) -> BookingView {
        let held = self.hold(person, service, at, people).unwrap();
        self.pass(SignedDuration::from_secs(30));
        self.confirm(person, held.id).unwrap()
    }

    fn days(&mut self, service: &str) -> Vec<(Date, DayState)> {
        match self.ask(
            1,
            Question::ListFree {
                service: service.into(),
                places: 1,
            },
        ) {
            Answer::Free(days) => days,
            other => panic!("{other:?}"),
        }
    }

    fn left(&mut self, service: &str, at: DateTime) -> u16 {
        let days = self.days(service);
        match days.into_iter().find(|(day, _)| *day == at.date()) {
            Some((_, DayState::Free(hours))) => hours
                .into_iter()
                .find(|(time, _)| *time == at.time())
                .map_or(0, |(_, left)| left),
            _ => 0,
        }
    }

    /// Words of the messages that are owed now, each taken out of the line.
    fn told(&mut self) -> Vec<String> {
        let now = self.now;
        self.desk.run(now, move |tx, ctx| {
            let claimed = tx.claim_due(ctx.office.id, now, now, ProcessId(1), 100)?;
            for message in &claimed {
                tx.mark_accepted(ctx.office.id, message.row.id, &format!("wamid.{}", message.row.id), now)?;
            }
            Ok(claimed.into_iter().map(|message| message.row.message.body).collect())
        })
    }

    /// Whether the counter of every hour of a day says what bookings and returned places hold.
    fn check_counters(&mut self, service: &'static str, day: Date) {
        let now = self.now;
        let sums = self.desk.run(now, move |tx, ctx| {
            let known = ctx.office.services.iter().find(|known| known.id == service).unwrap();
            let mut sums = Vec::new();
            for slot in slots::planned(ctx.office, known, day).unwrap() {
                let at = day.to_datetime(slot.time);
                let name = slots::slot_quota(known, at);
                let used = tx.list_quotas(ctx.office.id, &name, &format!("{name}!"), 1)?;
                let counted = used.first().map_or(0, |(_, used)| u64::from(used.taken));
                let starts_at = ctx.office.zone.to_timestamp(at).unwrap();
                sums.push((at, counted, tx.sum_places(ctx.office.id, service, day, starts_at)?));
            }
            Ok(sums)
        });
        for (at, counted, held) in sums {
            assert_eq!(counted, held, "{at}");
        }
    }
}

fn booking(answer: Answer) -> Result<BookingView, BookingRefusal> {
    match answer {
        Answer::Booking(result) => result,
        other => panic!("{other:?}"),
    }
}

fn visitor(name: &str) -> Visitor {
    Visitor {
        name: name.into(),
        born_on: date(1990, 2, 1),
    }
}

fn at(day: i8, hour: i8) -> DateTime {
    date(2026, 12, day).at(hour, 0, 0, 0)
}

#[test]
fn the_hour_that_filled_meanwhile_is_refused_with_the_nearest_three() {
    let mut morning = Morning::new();
    for person in 2..=5 {
        morning.hold(person, "pickup", at(1, 10), &[visitor("Warga")]).unwrap();
    }
    let refused = morning.hold(6, "pickup", at(1, 10), &[visitor("Warga")]).unwrap_err();
    let BookingRefusal::Full { nearest } = refused else {
        panic!("{refused:?}")
    };
    let half = |hour, minute| date(2026, 12, 1).at(hour, minute, 0, 0);
    assert_eq!(nearest, [half(9, 30), half(10, 30), half(9, 0)]);
    morning.check_counters("pickup", date(2026, 12, 1));
}

#[test]
fn a_stopped_hour_says_why_and_not_that_it_is_full() {
    let mut morning = Morning::new();
    let day = date(2026, 12, 1);
    morning
        .desk
        .stop(morning.now, "pickup".into(), day, "Listrik padam".into());
    let refused = morning.hold(2, "pickup", at(1, 10), &[visitor("Ani")]);
    let reason = "Listrik padam".to_owned();
    assert_eq!(refused, Err(BookingRefusal::NotThen(WhyNot::Stopped { reason })));
}

#[test]
fn a_hold_that_nobody_confirms_is_free_again_and_a_late_yes_is_told() {
    let mut morning = Morning::new();
    let held = morning
        .hold(2, "pickup", at(1, 10), &[visitor("Ani"), visitor("Budi")])
        .unwrap();
    assert_eq!(morning.left("pickup", at(1, 10)), 2);
    morning.pass(SignedDuration::from_mins(16));
    assert_eq!(morning.left("pickup", at(1, 10)), 4);
    assert_eq!(morning.confirm(2, held.id), Err(BookingRefusal::Lapsed));
    morning.check_counters("pickup", date(2026, 12, 1));
    // Its people can book again at once.
    morning.book(2, "pickup", at(1, 10), &[visitor("Ani")]);
}

#[test]
fn nobody_acts_on_the_booking_of_somebody_else() {
    let mut morning = Morning::new();
    let booked = morning.book(2, "pickup", at(1, 10), &[visitor("Ani")]);
    assert_eq!(morning.cancel(3, booked.id), Err(BookingRefusal::Unknown));
    assert_eq!(morning.confirm(3, booked.id), Err(BookingRefusal::Unknown));
    let moved = Question::MoveBooking {
        id: booked.id,
        at: at(2, 10),
    };
    assert_eq!(booking(morning.ask(3, moved)), Err(BookingRefusal::Unknown));
    assert!(matches!(morning.ask(3, Question::ViewBookings), Answer::Bookings(none) if none.is_empty()));
}

#[test]
fn one_person_has_one_live_booking_of_a_service() {
    let mut morning = Morning::new();
    let first = morning.book(2, "pickup", at(1, 10), &[visitor("Ani")]);
    let again = morning.hold(2, "pickup", at(2, 10), &[visitor("ANI."), visitor("Budi")]);
    assert!(
        matches!(again, Err(BookingRefusal::HasOne { is_own: true, .. })),
        "{again:?}"
    );
    // Nothing of the refused one stays.
    morning.check_counters("pickup", date(2026, 12, 2));
    assert_eq!(morning.left("pickup", at(2, 10)), 4);
    morning.cancel(2, first.id).unwrap();
    morning.book(2, "pickup", at(2, 10), &[visitor("Ani"), visitor("Budi")]);
}

#[test]
fn holds_without_end_meet_a_limit_that_a_family_does_not() {
    let mut morning = Morning::new();
    let mut held = 0;
    let refused = loop {
        let hour = at(1, 9) + SignedDuration::from_mins(30 * (held % 6));
        match morning.hold(2, "pickup", hour, &[visitor("Ani")]) {
            Ok(_) => held += 1,
            Err(refused) => break refused,
        }
        assert!(held < 100);
    };
    assert_eq!(refused, BookingRefusal::Helpdesk);
    assert!(held >= 10, "{held}");
    morning.check_counters("pickup", date(2026, 12, 1));
}

#[test]
fn a_scarce_place_waits_for_the_nik_and_one_nik_has_one_place() {
    let mut morning = Morning::new();
    let nik = || vec!["3272014102900001".to_owned()];
    let held = morning.hold(2, "simpatik", at(19, 9), &[visitor("Ani")]).unwrap();
    assert!(held.needs_nik && held.url.is_some());
    assert!(matches!(
        morning.confirm(2, held.id),
        Err(BookingRefusal::NeedsNik { .. })
    ));
    morning.desk.send_form(morning.now, nik()).unwrap();
    let other = morning.hold(3, "simpatik", at(19, 10), &[visitor("Annie")]).unwrap();
    let refused = morning.desk.send_form(morning.now, nik()).unwrap_err();
    assert!(refused.contains("HasOne"), "{refused}");
    // Cancelled, the person is free: the other hold can have the NIK now.
    morning.cancel(2, held.id).unwrap();
    morning.desk.send_form(morning.now, nik()).unwrap();
    assert_eq!(morning.confirm(3, other.id).unwrap().state, BookingState::Booked);
    morning.check_counters("simpatik", date(2026, 12, 19));
}

#[test]
fn a_place_given_back_is_hidden_and_then_offered_to_the_list() {
    let mut morning = Morning::new();
    let mut booked = Vec::new();
    for person in 2..=61 {
        let hour = at(19, 8) + SignedDuration::from_hours((person - 2) / 20);
        let held = morning
            .hold(person, "simpatik", hour, &[visitor(&format!("Warga {person}"))])
            .unwrap();
        morning
            .desk
            .send_form(morning.now, vec![format!("327201410290{person:04}")])
            .unwrap();
        booked.push((person, held.id));
    }
    // The day's sixty places are gone though its hours had eighty.
    let full = morning.hold(70, "simpatik", at(19, 11), &[visitor("Telat")]);
    assert!(matches!(full, Err(BookingRefusal::Full { .. })), "{full:?}");
    let waits = Question::EnterOpening {
        service: "simpatik".into(),
        date: date(2026, 12, 19),
        people: vec![visitor("Penunggu")],
    };
    let entry = booking(morning.ask(71, waits)).unwrap();
    morning
        .desk
        .send_form(morning.now, vec!["3272014102909999".into()])
        .unwrap();
    morning.told();
    let (person, id) = booked[0];
    morning.cancel(person, id).unwrap();
    // Whoever refreshes finds nothing, for half an hour at least.
    morning.pass(SignedDuration::from_mins(29));
    let refreshed = morning.hold(70, "simpatik", at(19, 8), &[visitor("Telat")]);
    assert!(matches!(refreshed, Err(BookingRefusal::Full { .. })), "{refreshed:?}");
    assert!(morning.told().is_empty());
    morning.check_counters("simpatik", date(2026, 12, 19));
    for _ in 0..5 {
        morning.pass(SignedDuration::from_mins(50));
    }
    let Answer::Bookings(mine) = morning.ask(71, Question::ViewBookings) else {
        panic!()
    };
    // The offer may have run out meanwhile; it was made to the one who waited, and to nobody else.
    let told = morning.told();
    assert!(
        told.iter().any(|words| words.contains("Ada tempat untuk Anda")),
        "{told:?}"
    );
    assert!(mine.iter().all(|view| view.id == entry.id));
    morning.check_counters("simpatik", date(2026, 12, 19));
}

#[test]
fn a_draw_can_be_checked_by_anybody_and_gives_no_more_than_there_is() {
    let mut morning = Morning::new();
    let day = date(2026, 12, 5);
    for person in 2..=101 {
        let entry = Question::EnterOpening {
            service: "simpatik".into(),
            date: day,
            people: vec![visitor(&format!("Warga {person}"))],
        };
        booking(morning.ask(person, entry)).unwrap();
        morning
            .desk
            .send_form(morning.now, vec![format!("327201410290{person:04}")])
            .unwrap();
    }
    let published = |morning: &mut Morning| {
        let now = morning.now;
        let all = morning.desk.run(now, |tx, ctx| view_openings(tx, ctx));
        let found = all.into_iter().find(|opening| opening.day == day).unwrap();
        Transcript::from_json(&found.transcript).unwrap()
    };
    let before = published(&mut morning);
    assert!(before.secret.is_none() && before.entries.is_empty());
    // Too early: entries are open.
    morning.desk.give_value(morning.now, "simpatik".into(), day, "1".into());
    morning.pass(SignedDuration::from_hours(24 * 8));
    let closed = published(&mut morning);
    assert_eq!(closed.entries.len(), 100);
    assert_eq!(closed.commitment, before.commitment);
    assert!(closed.secret.is_some() && closed.public_value.is_none());
    morning
        .desk
        .give_value(morning.now, "simpatik".into(), day, "7123,456".into());
    morning.pass(SignedDuration::from_hours(9));
    morning.pass(SignedDuration::from_secs(2));
    let drawn = published(&mut morning);
    let verified = verify(&drawn).unwrap();
    assert_eq!(
        (verified.entries, verified.winners, verified.places_given),
        (100, 80, 80)
    );
    morning.check_counters("simpatik", day);
    // Everybody hears: eighty an offer, twenty that they wait and have a better chance next time.
    let mut told = Vec::new();
    loop {
        let more = morning.told();
        if more.is_empty() {
            break;
        }
        told.extend(more);
    }
    let count = |words: &str| told.iter().filter(|told| told.contains(words)).count();
    assert_eq!(
        (count("Ada tempat untuk Anda"), count("belum mendapat tempat")),
        (80, 20)
    );
}

#[test]
fn who_arrives_shows_the_nik_and_can_book_again() {
    let mut morning = Morning::new();
    let booked = morning.book(2, "bap", at(1, 9), &[visitor("Ani"), visitor("Budi")]);
    let arrive = |morning: &mut Morning, code: BookingCode, niks: [&str; 2]| {
        let (now, niks) = (morning.now, niks.map(str::to_owned));
        morning
            .desk
            .run(now, move |tx, ctx| arrive(tx, ctx, "desk", &code, &niks))
    };
    let shown = ["3272014102900001", "3272010102900002"];
    let other_day = arrive(&mut morning, booked.code.clone(), shown);
    assert_eq!(other_day, Err(ArrivalRefusal::OtherDay(date(2026, 12, 1))));
    // Half past eight on the day.
    morning.pass(
        "2026-12-01T01:30:00Z"
            .parse::<Timestamp>()
            .unwrap()
            .duration_since(morning.now),
    );
    let unknown = BookingCode::from_random([9; 16]);
    assert_eq!(arrive(&mut morning, unknown, shown), Err(ArrivalRefusal::Unknown));
    let wrong = arrive(&mut morning, booked.code.clone(), ["3272014102900001", "12"]);
    assert_eq!(
        wrong,
        Err(ArrivalRefusal::Niks(vec![(1, NikProblem::Length { digits: 2 })]))
    );
    // The second one showed no card.
    let here = arrive(&mut morning, booked.code.clone(), ["3272014102900001", ""]).unwrap();
    assert_eq!(here.state, BookingState::Attended);
    let again = arrive(&mut morning, booked.code, shown);
    assert_eq!(again, Err(ArrivalRefusal::NotBooked(BookingState::Attended)));
    morning.book(2, "bap", at(2, 9), &[visitor("Ani")]);
}

#[test]
fn who_did_not_come_is_barred_until_excused() {
    let mut morning = Morning::new();
    let booked = morning.book(2, "bap", at(1, 9), &[visitor("Ani")]);
    let excused = |morning: &mut Morning, code: BookingCode| {
        let now = morning.now;
        morning.desk.run(now, move |tx, ctx| excuse(tx, ctx, "desk", &code))
    };
    let early = excused(&mut morning, booked.code.clone());
    assert_eq!(early, Err(ArrivalRefusal::NotBooked(BookingState::Booked)));
    // Past the hour, and the hour that people may be late.
    morning.pass(
        "2026-12-01T04:00:00Z"
            .parse::<Timestamp>()
            .unwrap()
            .duration_since(morning.now),
    );
    let refused = morning.hold(2, "bap", at(3, 9), &[visitor("Ani")]);
    assert!(matches!(refused, Err(BookingRefusal::Barred { .. })), "{refused:?}");
    assert_eq!(excused(&mut morning, booked.code), Ok(()));
    morning.book(2, "bap", at(3, 9), &[visitor("Ani")]);
}

#[test]
fn signals_are_written_down_and_refuse_nobody() {
    let mut morning = Morning::new();
    // At once: nobody reads a summary in no time.
    let held = morning.hold(2, "pickup", at(1, 10), &[visitor("Ani")]).unwrap();
    morning.confirm(2, held.id).unwrap();
    // Cancelled, and the same day booked for somebody else.
    morning.cancel(2, held.id).unwrap();
    morning.book(2, "pickup", at(1, 11), &[visitor("Budi")]);
    // One person from four phones.
    for person in 3..=6 {
        morning.book(
            person,
            "pickup",
            at(2, 9 + i8::try_from(person % 3).unwrap()),
            &[visitor("Cici")],
        );
    }
    let now = morning.now;
    let signals = morning.desk.run(now, |tx, ctx| tx.list_signals(ctx.office.id, 0, 99));
    let kinds: std::collections::BTreeSet<&str> = signals.iter().map(|signal| signal.kind.name()).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        [
            SignalKind::CancelRebook.name(),
            SignalKind::MachineTiming.name(),
            SignalKind::ManyContacts.name()
        ]
    );
}

#[test]
fn every_notice_has_words_in_both_languages() {
    let content = content(TODAY);
    let office = content.office_by_slug(sample::OFFICE).unwrap();
    let mut morning = Morning::new();
    let view = morning.book(2, "pickup", at(1, 10), &[visitor("Ani")]);
    let offered = BookingView {
        until: Some(morning.now),
        ..view.clone()
    };
    let application = ApplicationNumber::parse("1179000000123456").unwrap();
    let number = TicketLabel {
        letter: 'A',
        number: 12,
    };
    let replies = [
        notice::booked(&view),
        notice::entered(&view),
        notice::waiting(&view),
        notice::reminder(&view),
        notice::offered(&offered),
        notice::not_drawn(&view),
        notice::lapsed(&view),
        notice::missed(&view),
        notice::room_turn("simpatik", date(2026, 12, 12)),
        notice::near(
            number,
            3,
            Some((
                date(2026, 12, 12).at(10, 20, 0, 0).time(),
                date(2026, 12, 12).at(10, 50, 0, 0).time(),
            )),
            "https://sigap.example/o/sukabumi/q/x",
        ),
        notice::ready(&application, office.id, date(2026, 12, 30)),
        notice::ready_still(&application, office.id, date(2026, 12, 30), 16),
        notice::moved(&application, office.id, Stage::Printing),
        notice::called(number, CounterName::new(4).unwrap()),
        notice::samples::sample("photo_again", office, at(1, 10), "").unwrap(),
        talk::waits("S-2611-0001", office),
        notice::survey("https://sigap.example/o/sukabumi/s/x", "x"),
    ];
    let said: std::collections::BTreeSet<&str> = replies.iter().map(|reply| reply.key).collect();
    let notices = messages::MESSAGES.iter().filter(|spec| spec.key.starts_with("notice."));
    for spec in notices {
        assert!(said.contains(spec.key), "nobody says `{}`", spec.key);
    }
    for reply in &replies {
        for language in [Language::Id, Language::En] {
            let words = content.render(office, language, reply).body;
            assert!(!words.contains(['[', ']', '{', '}', '…']), "{words}");
            let template = content.template_text(office, language, reply.key);
            let values = content.values(office, language, reply);
            for number in 1..=values.len() {
                assert!(template.contains(&format!("{{{{{number}}}}}")), "{template}");
            }
            assert!(
                !template.contains(&format!("{{{{{}}}}}", values.len() + 1)),
                "{template}"
            );
        }
    }
}

#[test]
fn what_a_day_says_when_nothing_can_be_taken() {
    let mut morning = Morning::new();
    let days = morning.days("bap");
    let of = |day: Date| {
        days.iter()
            .find(|(known, _)| *known == day)
            .map(|(_, state)| state.clone())
    };
    assert!(matches!(
        of(date(2026, 11, 28)),
        Some(DayState::Not(WhyNot::Closed { reason: None, .. }))
    ));
    // One day beyond the horizon says when it comes out.
    let last = days.last().unwrap();
    assert!(
        matches!(last.1, DayState::Not(WhyNot::NotYet { .. } | WhyNot::Closed { .. })),
        "{last:?}"
    );
}
