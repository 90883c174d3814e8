//! The engine against worlds and inputs that no script shows: offices without hours, answers that do not fit, any text.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{date, time};
use sigap_content::Content;
use sigap_core::application::ApplicationView;
use sigap_core::catalogue::{Catalogue, Confidence};
use sigap_core::conversation::choice::{self, Reach};
use sigap_core::conversation::dialogue::{Answer, Effect, Outcome, Question, Step, World};
use sigap_core::conversation::state::{Place, State};
use sigap_core::conversation::step;
use sigap_core::ids::OfficeId;
use sigap_core::inbound::Said;
use sigap_core::office::{DayException, Office, OpeningHours, PriorityGroup, Span};
use sigap_testkit::script::engine::{FakeStore, take_turn};

fn now() -> Timestamp {
    "2026-12-01T02:15:00Z".parse().unwrap()
}

fn content() -> Content {
    Content::embedded().unwrap()
}

/// One message to an office and catalogue of one's own; every question is answered with a case number.
fn say(content: &Content, office: &Office, catalogue: &Catalogue, state: &State, said: &Said) -> Outcome {
    let world = World {
        office,
        catalogue,
        vocabulary: content.vocabulary(),
        offices: content.offices(),
        understanding: content.understanding(office.id),
        now: now(),
    };
    let mut answers = Vec::new();
    loop {
        match step(&world, state, said, &answers) {
            Step::Done(outcome) => return *outcome,
            Step::Ask(_) => answers.push(opened()),
        }
    }
}

fn opened() -> Answer {
    Answer::Opened {
        number: "C-1".into(),
        files: 0,
    }
}

fn text(words: &str) -> Said {
    Said::Text(words.into())
}

fn key(outcome: &Outcome) -> &'static str {
    outcome.reply.as_ref().unwrap().key
}

#[test]
fn an_office_without_hours_makes_no_promise() {
    let content = content();
    let mut office = content.office_by_slug("jakarta-pusat").unwrap().clone();
    office.hours = OpeningHours::default();
    office.exceptions = BTreeMap::new();
    let fresh = State::default();
    assert_eq!(
        key(&say(&content, &office, content.catalogue(), &fresh, &text("jam buka"))),
        "hours.unknown"
    );
    let asked = say(&content, &office, content.catalogue(), &fresh, &text("petugas"));
    assert_eq!(key(&asked), "officer.ask");
    assert_eq!(
        key(&say(
            &content,
            &office,
            content.catalogue(),
            &asked.state,
            &text("tolong")
        )),
        "officer.noted"
    );
}

#[test]
fn what_an_office_does_not_offer_is_neither_shown_nor_entered() {
    let content = content();
    let mut office = content.office_by_slug("jakarta-pusat").unwrap().clone();
    office.without = vec!["simpatik".into(), "pickup".into()];
    let fresh = State::default();
    assert_eq!(
        key(&say(
            &content,
            &office,
            content.catalogue(),
            &fresh,
            &text("paspor simpatik")
        )),
        "menu.not_here"
    );
    let menu = say(&content, &office, content.catalogue(), &fresh, &text("menu"));
    assert!(!menu.state.offered.contains(choice::PICKUP) && menu.state.offered.contains(choice::STATUS));
}

#[test]
fn groups_and_openings_are_the_offices_own() {
    let content = content();
    let mut office = content.office_by_slug("sukabumi").unwrap().clone();
    let fresh = State::default();
    office.priority = vec![PriorityGroup {
        id: "sakit".into(),
        age_from: None,
        age_below: None,
    }];
    assert_eq!(
        key(&say(&content, &office, content.catalogue(), &fresh, &text("prioritas"))),
        "priority.info"
    );
    office.priority.clear();
    assert_eq!(
        key(&say(&content, &office, content.catalogue(), &fresh, &text("prioritas"))),
        "priority.ask_office"
    );
    let spans = vec![Span {
        from: time(8, 0, 0, 0),
        to: time(12, 0, 0, 0),
    }];
    office.exceptions.insert(
        date(2026, 12, 5),
        DayException::Open {
            spans,
            reason: "Paspor simpatik".into(),
        },
    );
    let outcome = say(&content, &office, content.catalogue(), &fresh, &text("simpatik"));
    assert_eq!(key(&outcome), "simpatik.dates");
    let body = content
        .render(&office, outcome.state.language, outcome.reply.as_ref().unwrap())
        .body;
    assert!(body.contains("5 Desember 2026") && body.contains("08.00"), "{body}");
}

#[test]
fn rows_nobody_confirmed_come_with_a_caution() {
    let content = content();
    let office = content.office_by_slug("sukabumi").unwrap();
    let mut catalogue = content.catalogue().clone();
    catalogue
        .cases
        .iter_mut()
        .for_each(|case| case.confidence = Confidence::Low);
    catalogue.pickup.by.clear();
    let tap = |name: &str| Said::Choice(name.into());
    let outcome = say(
        &content,
        office,
        &catalogue,
        &State::default(),
        &tap("requirements.umrah"),
    );
    let body = content
        .render(office, outcome.state.language, outcome.reply.as_ref().unwrap())
        .body;
    assert!(body.to_lowercase().contains("tanyakan"), "{body}");
    assert_eq!(
        key(&say(
            &content,
            office,
            &catalogue,
            &State::default(),
            &tap("pickup.self")
        )),
        "pickup.ask_office"
    );
}

#[test]
fn every_choice_has_a_topic() {
    let content = content();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    for choice in choice::all() {
        let outcome = say(
            &content,
            office,
            content.catalogue(),
            &State::default(),
            &Said::Choice(choice.0.to_owned()),
        );
        let is_stale = key(&outcome) == "menu.stale";
        assert!(
            !is_stale || choice.reach() == Reach::Answer,
            "`{}` leads nowhere",
            choice.0
        );
    }
}

#[test]
fn answers_that_do_not_fit_end_in_the_careful_reply() {
    let content = content();
    let world = content
        .world(content.office_by_slug("jakarta-pusat").unwrap().id, now())
        .unwrap();
    let wrong = [
        Answer::Case("C-1".into()),
        Answer::Bound(None),
        Answer::View(ApplicationView::NotShown),
    ];
    for said in [
        text("1179000000123456"),
        text("status"),
        text("AB12CD34"),
        Said::Choice("officer.skip".into()),
    ] {
        for answer in &wrong {
            let done = step(&world, &State::default(), &said, std::slice::from_ref(answer));
            assert!(
                matches!(done, Step::Done(outcome) if outcome.reply.is_some()),
                "{said:?}"
            );
        }
    }
}

#[test]
fn a_step_asks_before_it_changes_anything() {
    let content = content();
    let world = content
        .world(content.office_by_slug("jakarta-pusat").unwrap().id, now())
        .unwrap();
    let number = "1179000000123456";
    let asked = step(&world, &State::default(), &text(number), &[]);
    assert!(matches!(
        asked,
        Step::Ask(Question::ViewApplication { born_on: None, .. })
    ));
    let asked = step(&world, &State::default(), &text(&format!("{number} 12-03-1990")), &[]);
    assert!(matches!(
        asked,
        Step::Ask(Question::ViewApplication { born_on: Some(_), .. })
    ));
}

#[test]
fn a_nik_in_a_complaint_reaches_nobody() {
    let content = content();
    let world = content
        .world(content.office_by_slug("jakarta-pusat").unwrap().id, now())
        .unwrap();
    let state = State {
        place: Place::OfficerWords,
        ..State::default()
    };
    let Step::Ask(Question::OpenCase { text: words, .. }) = step(&world, &state, &text("NIK 3171015203900001"), &[])
    else {
        panic!("no case")
    };
    assert!(!words.contains("3171015203900001"), "{words}");
    let Step::Done(outcome) = step(&world, &state, &text("NIK 3171015203900001"), &[opened()]) else {
        panic!("not done")
    };
    assert_eq!(outcome.effects, [Effect::ForgetMessage]);
}

#[test]
fn any_text_at_any_place_gets_one_reply_and_a_readable_state() {
    let content = content();
    let office: OfficeId = content.office_by_slug("jakarta-pusat").unwrap().id;
    let mut store = FakeStore::default();
    let mut random = Random(20_261_123);
    let pieces = [
        "menu",
        "1",
        "0",
        "#",
        "1179000000123456",
        "3171015203900001",
        "12-03-1990",
        "biaya",
        "\u{0}",
        "\u{202e}",
        "👍",
        "مرحبا",
        "AB12CD34",
        "{",
        "}}",
        "\\",
        "\n\n",
        "batal",
        "pengaduan",
        "petugas",
        "stop",
        "%s",
        "ẞ",
        "İ",
        "ﷺ",
        "𝔹",
        "９",
        " ",
        "'",
        "kode",
        "paspor hilang",
        "17",
        "\u{fe0f}",
        "ǅ",
        "a\u{301}\u{301}",
        "-- ",
        "anak",
    ];
    let mut state = State::default();
    for round in 0..20_000 {
        let said = match random.below(8) {
            0 => Said::Choice(
                choice::all()
                    .nth(random.below(80))
                    .map_or("gone", |choice| choice.0)
                    .to_owned(),
            ),
            1 => Said::StaleChoice(pieces[random.below(pieces.len())].to_owned()),
            _ => Said::Text(
                (0..random.below(6))
                    .map(|_| pieces[random.below(pieces.len())])
                    .collect(),
            ),
        };
        let outcome = take_turn(&content, office, &mut store, now(), &state, &said)
            .unwrap_or_else(|error| panic!("round {round}: {error} after {said:?}"));
        assert!(outcome.reply.is_some(), "round {round}: no reply to {said:?}");
        state = outcome.state;
        if random.below(50) == 0 {
            state = State::default();
        }
    }
}

/// A seeded generator (xorshift), so that a failure shows again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}
