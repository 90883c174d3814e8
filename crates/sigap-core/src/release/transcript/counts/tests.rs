use jiff::civil::{date, time};

use super::super::DrawSlot;
use super::super::sample::sample;
use super::*;
use crate::release::draw::Entry;

#[test]
fn people_are_counted_with_those_who_lost_before() {
    let plan = DrawPlan {
        office: "sukabumi".into(),
        service: "simpatik".into(),
        day: date(2026, 12, 5),
        public_value_source: "a public value".into(),
        slots: vec![
            DrawSlot {
                at: time(8, 0, 0, 0),
                places: 6,
            };
            2
        ],
        places_max: Some(10),
    };
    let record = Transcript::committed(plan, &[1; 32]);
    let open = record.counts();
    assert_eq!((open.places, open.entries, open.entered), (10, None, None));
    let entry = |id, places, doubled_weight| Entry {
        id: EntryId(id),
        places,
        doubled_weight,
        slots: Vec::new(),
    };
    let entries = vec![entry(1, 2, 2), entry(2, 3, 4), entry(3, 1, 1)];
    let closed = record.closed(&[1; 32], entries).unwrap();
    let people = |all, lost_before| Some(People { all, lost_before });
    assert_eq!((closed.counts().entered, closed.counts().placed), (people(6, 3), None));
    let drawn = closed.given("7.101,55").unwrap().drawn().unwrap();
    assert_eq!(drawn.counts().placed, people(6, 3), "there is room for all");
}

#[test]
fn not_more_people_are_placed_than_there_are_places() {
    let counts = sample().unwrap().counts();
    let placed = counts.placed.unwrap();
    assert!(placed.all <= counts.places && placed.lost_before <= counts.entered.unwrap().lost_before);
    assert!(placed.lost_before > 0, "{counts:?}");
}
