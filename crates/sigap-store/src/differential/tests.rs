use std::collections::BTreeSet;

use super::answer::{Answer, contrast};
use super::difference::Difference;
use super::methods;
use super::plan::Plan;

/// Every file of traits, by its module in `tx.rs`.
const TRAITS: [(&str, &str); 27] = [
    ("api_keys", include_str!("../tx/api_keys.rs")),
    ("applications", include_str!("../tx/applications.rs")),
    ("bookings", include_str!("../tx/bookings.rs")),
    ("browsers", include_str!("../tx/browsers.rs")),
    ("cases", include_str!("../tx/cases.rs")),
    ("contents", include_str!("../tx/contents.rs")),
    ("conversations", include_str!("../tx/conversations.rs")),
    ("figures", include_str!("../tx/figures.rs")),
    ("files", include_str!("../tx/files.rs")),
    ("follows", include_str!("../tx/follows.rs")),
    ("hall", include_str!("../tx/hall.rs")),
    ("hooks", include_str!("../tx/hooks.rs")),
    ("inbox", include_str!("../tx/inbox.rs")),
    ("intakes", include_str!("../tx/intakes.rs")),
    ("jobs", include_str!("../tx/jobs.rs")),
    ("notices", include_str!("../tx/notices.rs")),
    ("office", include_str!("../tx/office.rs")),
    ("openings", include_str!("../tx/openings.rs")),
    ("outbox", include_str!("../tx/outbox.rs")),
    ("own_data", include_str!("../tx/own_data.rs")),
    ("passports", include_str!("../tx/passports.rs")),
    ("people", include_str!("../tx/people.rs")),
    ("processes", include_str!("../tx/processes.rs")),
    ("reports", include_str!("../tx/reports.rs")),
    ("staff", include_str!("../tx/staff.rs")),
    ("surveys", include_str!("../tx/surveys.rs")),
    ("unclear", include_str!("../tx/unclear.rs")),
];

#[test]
fn every_storage_method_has_an_operation_under_its_own_name() {
    let modules: Vec<_> = include_str!("../tx.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(modules, TRAITS.map(|(module, _)| module));
    let declared: Vec<_> = TRAITS
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.strip_prefix("    fn ")?.split('(').next())
        .collect();
    let drawn = methods();
    assert_eq!(
        drawn.iter().copied().collect::<BTreeSet<_>>(),
        declared.iter().copied().collect()
    );
    assert_eq!(drawn.len(), declared.len(), "each once");
}

#[test]
fn an_operation_calls_the_method_whose_name_it_bears() {
    let mut plan = Plan::new(1);
    let mut seen = BTreeSet::new();
    for step in (0..3_000).map(|_| plan.next_step()) {
        for op in step.ops() {
            // `Inbox(HasReceived { … })` is `has_received`.
            let call = format!("{:?}", op.call);
            let variant = call.split(['(', ' ', ')']).nth(1).unwrap();
            assert_eq!(variant.to_lowercase(), op.method.replace('_', ""), "{call}");
            seen.insert(op.method);
        }
    }
    assert_eq!(seen, methods().into_iter().collect());
}

#[test]
fn a_seed_is_the_same_list_each_time_and_another_seed_another() {
    let list = |seed| {
        let mut plan = Plan::new(seed);
        (0..50).map(|_| format!("{:?}", plan.next_step())).collect::<Vec<_>>()
    };
    assert_eq!(list(1), list(1));
    assert_ne!(list(1), list(2));
}

#[test]
fn a_refusal_may_come_late_as_long_as_both_undo() {
    let ok = |text: &str| Ok(text.to_owned());
    let answer = |told: Vec<_>, end| Answer { told, end };
    let early = answer(vec![ok("1"), Err("refused")], Err("refused"));
    let late = answer(vec![ok("1"), ok("()"), ok("7")], Err("refused"));
    assert_eq!(contrast(&early, &late), None);
    assert_eq!(contrast(&late, &early), None);

    let taken_in = answer(vec![ok("1"), Err("refused"), ok("8"), Err("sealed")], Err("sealed"));
    for also_undone in [&early, &late] {
        assert_eq!(
            contrast(also_undone, &taken_in),
            None,
            "what was answered after it counts for nothing"
        );
    }

    let committed = answer(vec![ok("1"), ok("()"), ok("7")], Ok(()));
    let broken = answer(vec![ok("1"), Err("broken")], Err("broken"));
    let other = answer(vec![ok("2"), Err("refused")], Err("refused"));
    for different in [&committed, &broken, &other] {
        assert!(contrast(&early, different).is_some(), "{different:?}");
    }
    let never = answer(vec![ok("1"), ok("()"), ok("7")], Err("busy"));
    assert!(contrast(&late, &never).is_some());
}

#[test]
fn a_difference_shows_the_place_and_the_way_back() {
    let same = "x".repeat(5_000);
    let contrast = super::answer::Contrast {
        call: None,
        sides: ["left", "right"].map(|end| format!("{same}{end}")),
    };
    let told = Difference::new(7, 3, "    an operation\n".into(), "how it ended".into(), &contrast).to_string();
    assert!(told.contains("cargo xtask diff --seed 7 --steps 3"), "{told}");
    assert!(told.contains("xleft") && told.contains("xright"), "{told}");
    assert!(told.contains("an operation"), "{told}");
    assert!(told.len() < 1_000, "{told}");
}
