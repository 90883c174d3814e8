//! The whole engine with sentences whose meaning is known: answered rightly, guessed, or sent to the menu, never wrongly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;

use jiff::Timestamp;
use sigap_content::Content;
use sigap_core::conversation::dialogue::Outcome;
use sigap_core::conversation::state::State;
use sigap_core::inbound::Said;
use sigap_testkit::script::engine::{FakeStore, take_turn};
use sigap_understand::classify::{Intent, Row, rows};

fn now() -> Timestamp {
    "2026-12-01T02:15:00Z".parse().unwrap()
}

/// What became of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Became {
    Answered,
    OneTap,
    SentAway,
    Wrong,
}

/// Topics that answer an intent. What only answers a question may lead anywhere but into a topic.
fn topics(intent: Intent) -> &'static [&'static str] {
    match intent {
        Intent::Status => &["status"],
        Intent::PayHow => &["payment"],
        Intent::Fee | Intent::PassportKind => &["fees"],
        Intent::RequirementsNew
        | Intent::RequirementsRenewal
        | Intent::RequirementsLost
        | Intent::RequirementsChild
        | Intent::RequirementsData => &["requirements"],
        Intent::Pickup => &["pickup"],
        Intent::Duration => &["duration", "fees"],
        Intent::QueueBook | Intent::Quota => &["booking", "queue"],
        Intent::QueueCancel | Intent::QueueReschedule => &["booking", "queue"],
        Intent::AppTrouble => &["helpdesk"],
        Intent::Hours | Intent::Address => &["hours"],
        Intent::Priority => &["priority"],
        Intent::Simpatik => &["simpatik"],
        Intent::Complaint | Intent::Appreciation => &["feedback"],
        Intent::Human => &["officer"],
        Intent::Broker => &["broker", "feedback"],
        Intent::Greeting | Intent::Menu => &["menu", "greeting"],
        Intent::Thanks => &["thanks"],
        Intent::Abuse => &["abuse"],
        Intent::ChangeLanguage => &["language"],
        Intent::Affirm | Intent::Deny | Intent::Inform => &["misunderstood", "thanks", "menu", "status"],
        Intent::OutOfScope => &["elsewhere", "misunderstood", "thanks", "wordless"],
    }
}

fn became(row: &Row, outcome: &Outcome) -> Became {
    let reply = outcome.reply.as_ref().expect("an answer");
    let topics = topics(row.intent);
    if topics.contains(&outcome.topic) {
        return Became::Answered;
    }
    if outcome.topic != "misunderstood" {
        return Became::Wrong;
    }
    let is_near = reply.key == "misunderstood.guess"
        && outcome
            .state
            .offered
            .iter()
            .any(|choice| topics.contains(&choice.topic()));
    if is_near { Became::OneTap } else { Became::SentAway }
}

#[test]
fn sentences_are_answered_and_hardly_ever_wrongly() {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("jakarta-pusat").unwrap();
    let state = State {
        is_greeted: true,
        ..State::default()
    };
    let set = rows::development().unwrap();
    let mut counts: BTreeMap<Became, usize> = BTreeMap::new();
    for row in &set {
        let mut store = FakeStore::default();
        let said = Said::Text(row.text.clone());
        let outcome = take_turn(&content, office.id, &mut store, now(), &state, &said).unwrap();
        let became = became(row, &outcome);
        *counts.entry(became).or_default() += 1;
        if became != Became::Answered {
            println!(
                "{became:?}: {} taken for {}: {}",
                row.intent.name(),
                outcome.topic,
                row.text
            );
        }
    }
    println!("{counts:?}");
    let hundredths = |became| counts.get(&became).copied().unwrap_or_default() * 100 / set.len();
    assert!(hundredths(Became::Answered) >= 90, "{counts:?}");
    assert!(hundredths(Became::SentAway) <= 2, "{counts:?}");
    assert!(hundredths(Became::Wrong) <= 2, "{counts:?}");
}
