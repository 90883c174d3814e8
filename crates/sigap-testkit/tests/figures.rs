//! Counting a day: what places there were, and that days follow one after the other however long nobody counted.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use sigap_actions::keep_figures::{ensure_figures, total_day};
use sigap_content::sample;
use sigap_core::booking::slots::{day_quota, slot_quota};
use sigap_core::figures::{Part, Summary};
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Tx;
use sigap_store::records::{InboxRow, InboxState, MessageKey};
use sigap_testkit::script::desk::{Desk, content};

/// A Wednesday.
const TODAY: Date = date(2026, 11, 25);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn desk() -> (Desk, OfficeId) {
    let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
    (Desk::new(office, TODAY, at("2026-11-25T02:00:00Z")), office)
}

/// Places of a service on a day, by what was counted.
fn places(desk: &mut Desk, day: Date, service: &'static str) -> (u64, u64) {
    desk.run(at("2026-11-25T02:00:00Z"), move |tx, ctx| {
        let summary = Summary::of(&total_day(tx, ctx, day)?);
        let found = summary.places.iter().find(|(known, _)| known == service);
        Ok(found.map(|(_, places)| (places.open, places.taken)).unwrap_or_default())
    })
}

#[test]
fn places_that_nobody_asked_for_were_open_and_stopped_ones_were_not() {
    let (mut desk, office) = desk();
    assert_eq!(places(&mut desk, TODAY, "pickup"), (40, 0), "ten half hours of four");
    desk.run(at("2026-11-25T02:00:00Z"), move |tx, ctx| {
        let service = ctx
            .office
            .services
            .iter()
            .find(|service| service.id == "pickup")
            .unwrap();
        let hour = |hour: i8, minute: i8| slot_quota(service, TODAY.to_datetime(time(hour, minute, 0, 0)));
        assert!(tx.take_places(office, &hour(9, 0), 4, 3)?);
        assert!(tx.take_places(office, &hour(9, 30), 4, 1)?);
        tx.stop_quota(office, &hour(9, 30), Some("listrik padam"))?;
        tx.stop_quota(office, &hour(10, 0), Some("listrik padam"))
    });
    assert_eq!(places(&mut desk, TODAY, "pickup"), (40 - 3 - 4, 4));
    assert_eq!(
        places(&mut desk, date(2026, 11, 28), "pickup"),
        (0, 0),
        "a Saturday has none"
    );
}

#[test]
fn a_day_may_hold_fewer_people_than_its_hours_together() {
    let (mut desk, office) = desk();
    // A special day of four hours with twenty places each, sixty on the whole day.
    let day = sample::draw_day(TODAY).checked_add(jiff::ToSpan::days(14)).unwrap();
    assert_eq!(places(&mut desk, day, "simpatik"), (60, 0));
    desk.run(at("2026-11-25T02:00:00Z"), move |tx, ctx| {
        let service = ctx
            .office
            .services
            .iter()
            .find(|service| service.id == "simpatik")
            .unwrap();
        assert!(tx.take_places(office, &day_quota(service, day), 60, 5)?);
        let hour = slot_quota(service, day.to_datetime(time(8, 0, 0, 0)));
        assert!(tx.take_places(office, &hour, 20, 5)?);
        Ok(())
    });
    assert_eq!(places(&mut desk, day, "simpatik"), (60, 5));
}

#[test]
fn an_office_that_was_in_use_before_is_counted_from_its_first_message_on() {
    let (mut desk, office) = desk();
    let now = at("2026-11-25T02:00:00Z");
    desk.run(now, move |tx: &mut dyn Tx, ctx| {
        for (name, sent_at) in [("a", "2026-11-20T17:30:00Z"), ("b", "2026-11-22T03:00:00Z")] {
            let row = InboxRow {
                person: PersonId(1),
                key: MessageKey {
                    number: "1".into(),
                    message_id: name.into(),
                    sent_at: at(sent_at),
                },
                state: InboxState::Answered,
                attempts: 1,
                received_at: at(sent_at),
                content: None,
            };
            tx.insert_received(office, &row)?;
        }
        ensure_figures(tx, ctx)?;
        ensure_figures(tx, ctx)
    });
    desk.run_jobs(now);
    let kept = |desk: &mut Desk| {
        desk.run(now, move |tx, _| {
            let rows = tx.sum_day_figures(office, date(2026, 1, 1), date(2027, 1, 1), Part::Day, 10_000)?;
            let messages = rows.into_iter().filter(|(_, name, _)| name == "chat/messages");
            Ok(messages.map(|(day, _, count)| (day, count)).collect::<Vec<_>>())
        })
    };
    let of = |day: u8, count| (format!("2026-11-{day}"), count);
    // The first one was sent half an hour after midnight at the office.
    let expected = [of(21, 1), of(22, 1), of(23, 0), of(24, 0)];
    assert_eq!(kept(&mut desk), expected, "up to yesterday");
    desk.run(now, |tx, ctx| ensure_figures(tx, ctx));
    desk.run_jobs(now);
    assert_eq!(kept(&mut desk), expected, "and today is not over");
}
