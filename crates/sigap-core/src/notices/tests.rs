use jiff::civil::{date, time};
use jiff::{SignedDuration, tz};

use super::budget::{Pricing, Spending, Used, rupiah};
use super::template::{NotNow, RemoteTemplate, TemplateButton, TemplateFacts, TemplateState, TemplateText};
use super::*;

pub(crate) fn pricing() -> Pricing {
    Pricing {
        utility_sen: 35_665,
        marketing_sen: 58_633,
        service_sen: 35_665,
        service_free: 1_000,
        from: date(2026, 10, 1),
        source: "x".into(),
        confidence: Confidence::Low,
        note: None,
    }
}

pub(crate) fn catalogue() -> NoticeCatalogue {
    let kind = |id: &str, is_important, has_template, is_sent_at_night| NoticeKind {
        id: id.into(),
        is_on: id != "survey",
        is_important,
        has_template,
        is_sent_at_night,
    };
    NoticeCatalogue {
        day_from: time(7, 0, 0, 0),
        day_until: time(20, 0, 0, 0),
        person_day_max: 3,
        person_month_max: 20,
        budget_rupiah: 1_000,
        source: "x".into(),
        confidence: Confidence::Low,
        from: date(2026, 11, 26),
        note: None,
        kinds: vec![
            kind("ready", true, true, false),
            kind("near", true, true, true),
            kind("called", false, false, true),
            kind("survey", false, false, false),
        ],
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone() -> tz::TimeZone {
    tz::TimeZone::fixed(tz::offset(7))
}

#[track_caller]
fn check(id: &str, now: &str, worth_minutes: i64, free: bool, is_stopped: bool, expected: Course) {
    let (catalogue, plan) = (catalogue(), NoticePlan::default());
    let rules = Rules {
        catalogue: &catalogue,
        plan: &plan,
    };
    let now = at(now);
    let occasion = Occasion {
        now,
        by_day: rules.by_day(&zone(), now),
        worth_until: now + SignedDuration::from_mins(worth_minutes),
        free_until: free.then(|| now + SignedDuration::from_hours(1)),
        is_stopped,
    };
    assert_eq!(course(rules, id, &occasion), expected);
}

#[test]
fn a_notice_takes_the_cheapest_course_that_is_open() {
    // 10.00 and 22.00 in Jakarta.
    let (day, night) = ("2026-11-26T03:00:00Z", "2026-11-26T15:00:00Z");
    check("ready", day, 720, true, true, Course::Free);
    check("ready", day, 720, false, false, Course::ByTemplate);
    check("ready", day, 720, false, true, Course::Drop(Outcome::Stopped));
    check("called", day, 5, false, false, Course::Drop(Outcome::NoWindow));
    check("survey", day, 5, true, false, Course::Drop(Outcome::Off));
    check("unknown", day, 5, true, false, Course::Drop(Outcome::Off));
    check("ready", day, 0, true, false, Course::Drop(Outcome::Late));
    let morning = at("2026-11-27T00:00:00Z");
    check("ready", night, 720, true, false, Course::Hold(morning));
    check("ready", night, 539, true, false, Course::Drop(Outcome::Late));
    check("near", night, 30, false, false, Course::ByTemplate);
}

#[test]
fn the_night_is_that_of_the_office_and_its_bounds_belong_to_the_day_once() {
    let (catalogue, mut plan) = (catalogue(), NoticePlan::default());
    let by_day = |plan: &NoticePlan, text: &str| {
        let rules = Rules {
            catalogue: &catalogue,
            plan,
        };
        rules.by_day(&zone(), at(text)).to_string()
    };
    assert_eq!(by_day(&plan, "2026-11-26T00:00:00Z"), "2026-11-26T00:00:00Z");
    assert_eq!(by_day(&plan, "2026-11-25T23:59:59Z"), "2026-11-26T00:00:00Z");
    assert_eq!(by_day(&plan, "2026-11-26T12:59:59Z"), "2026-11-26T12:59:59Z");
    assert_eq!(by_day(&plan, "2026-11-26T13:00:00Z"), "2026-11-27T00:00:00Z");
    plan.day = Some((time(8, 30, 0, 0), time(17, 0, 0, 0)));
    assert_eq!(by_day(&plan, "2026-11-26T11:00:00Z"), "2026-11-27T01:30:00Z");
    // Hours that make no day are not followed.
    plan.day = Some((time(17, 0, 0, 0), time(8, 0, 0, 0)));
    assert_eq!(by_day(&plan, "2026-11-26T11:00:00Z"), "2026-11-26T11:00:00Z");
}

#[test]
fn an_office_decides_over_what_holds_everywhere() {
    let catalogue = catalogue();
    let mut plan = NoticePlan::default();
    plan.is_on.insert("ready".into(), false);
    plan.is_important.insert("called".into(), true);
    plan.person_day_max = Some(1);
    let rules = Rules {
        catalogue: &catalogue,
        plan: &plan,
    };
    assert!(!rules.is_on("ready") && rules.is_on("near"));
    assert!(rules.is_important("called") && rules.is_important("near"));
    assert_eq!(rules.person_max(), (1, 20));
    let stored = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<NoticePlan>(&stored).unwrap(), plan);
    assert_eq!(serde_json::from_str::<NoticePlan>("{}").unwrap(), NoticePlan::default());
}

#[test]
fn what_is_under_way_uses_the_budget_before_it_is_delivered() {
    let of = |delivered: &[(&str, u64)], owed, failed, budget| {
        let spending = Spending {
            delivered: delivered
                .iter()
                .map(|(category, messages)| ("1".to_owned(), (*category).to_owned(), *messages))
                .collect(),
            owed,
            failed,
        };
        spending.money(&pricing(), budget)
    };
    assert_eq!(of(&[], 0, 0, 1_000).used(), Used::Fine);
    assert_eq!(of(&[("service", 1_000)], 0, 0, 1_000).used_sen, 0);
    assert_eq!(of(&[("service", 1_002)], 0, 0, 1_000).spent_sen, 71_330);
    let two = of(&[("utility", 1)], 2, 0, 1_000);
    assert_eq!((two.spent_sen, two.used_sen, two.used()), (35_665, 71_330, Used::Up));
    assert_eq!(two.left_rupiah(), 286);
    assert_eq!(of(&[], 2, 1, 1_000).used(), Used::Fine);
    assert_eq!(of(&[("utility", 10)], 10, 0, 4_000).used(), Used::Nearly);
    assert_eq!(of(&[("marketing", 1)], 0, 0, 0).used(), Used::Up);
    assert_eq!(of(&[], 0, 0, 0).percent(), 100);
    assert_eq!(rupiah(35_665), 357);
}

fn ours() -> TemplateText {
    TemplateText {
        body: "Paspor {{1}} siap di {{2}} sekarang.".into(),
        holes: vec!["number".into(), "office".into()],
        examples: vec!["1179".into(), "Kanim".into()],
        buttons: vec![TemplateButton {
            choice: "officer".into(),
            title: "Petugas".into(),
        }],
    }
}

fn remote(status: &str) -> RemoteTemplate {
    RemoteTemplate {
        id: "7".into(),
        status: status.into(),
        category: "UTILITY".into(),
        body: ours().body,
        buttons: vec!["Petugas".into()],
        ..RemoteTemplate::default()
    }
}

#[test]
fn only_an_approved_template_of_known_words_is_filled_in() {
    let now = at("2026-11-26T03:00:00Z");
    let values = [
        ("office".to_owned(), "Kanim A".to_owned()),
        ("number".to_owned(), String::new()),
    ];
    let choices = ["officer:7".to_owned(), "booking:1".to_owned()];
    let fill = |facts: &TemplateFacts| facts.fill(&values, &choices);
    let mut facts = TemplateFacts::default();
    assert_eq!(fill(&facts), None);
    facts.want(5, now);
    assert!(facts.begin(now) && !facts.begin(now), "one process makes the call");
    facts.submitted(ours(), &remote("PENDING"), false, now);
    assert_eq!(fill(&facts), None);
    assert!(facts.compare(Some(&remote("APPROVED")), &ours(), now));
    let filled = fill(&facts).unwrap();
    assert_eq!(filled.values, ["-", "Kanim A"]);
    assert_eq!(filled.choices, ["officer:7"]);
    assert_eq!(facts.fill(&values, &[]), None, "a button without its choice");
    assert!(!facts.compare(Some(&remote("APPROVED")), &ours(), now), "nothing new");

    // New words of ours: what Meta has is sent on, with the holes it has.
    let mut newer = ours();
    newer.body = "Kantor {{1}} menyimpan paspor {{2}} Anda.".into();
    newer.holes.reverse();
    assert!(facts.differs_from(&newer));
    facts.compare(Some(&remote("APPROVED")), &newer, now);
    assert_eq!(fill(&facts).unwrap().values, ["-", "Kanim A"]);
    // Words that somebody wrote at Meta: nobody knows what goes into them.
    let mut foreign = remote("APPROVED");
    foreign.body = "Halo {{1}}, {{2}} menunggu Anda.".into();
    facts.compare(Some(&foreign), &newer, now);
    assert_eq!(fill(&facts), None);
    assert!(facts.differs_from(&newer));
}

#[test]
fn another_category_stops_it_until_somebody_allows_it() {
    let now = at("2026-11-26T03:00:00Z");
    let mut facts = TemplateFacts::default();
    facts.compare(Some(&remote("APPROVED")), &ours(), now);
    facts.change_category("MARKETING", now);
    assert!(!facts.is_sendable());
    facts.allow_marketing(5, now);
    assert!(facts.is_sendable());
    facts.change_category("AUTHENTICATION", now);
    assert!(!facts.is_sendable(), "that was not what was allowed");
}

#[test]
fn refusals_of_single_messages_stop_a_template() {
    let now = at("2026-11-26T03:00:00Z");
    for (code, state) in [
        (132_001, TemplateState::NotSubmitted),
        (132_007, TemplateState::Rejected),
        (132_015, TemplateState::Paused),
        (132_016, TemplateState::Disabled),
        (132_000, TemplateState::Approved),
    ] {
        let mut facts = TemplateFacts::default();
        facts.compare(Some(&remote("APPROVED")), &ours(), now);
        facts.not_sent(code, now);
        assert_eq!(facts.state, state);
        assert!(!facts.is_sendable(), "{code}");
        facts.compare(Some(&remote("APPROVED")), &ours(), now);
        assert!(facts.is_sendable(), "Meta's own word restores it");
    }
}

#[test]
fn edits_keep_metas_pace() {
    let start = at("2026-11-01T03:00:00Z");
    let mut facts = TemplateFacts::default();
    assert_eq!(facts.may_submit(&ours(), start), Ok(()));
    facts.submitted(ours(), &remote("APPROVED"), false, start);
    assert_eq!(facts.may_submit(&ours(), start), Err(NotNow::Same));
    for day in 0..10 {
        let now = start + SignedDuration::from_hours(24 * day);
        let text = |number: i64| TemplateText {
            body: format!("Versi nomor {number} dari pesan ini."),
            ..ours()
        };
        assert_eq!(facts.may_submit(&text(day), now), Ok(()), "{day}");
        facts.want(1, now);
        assert_eq!(facts.may_submit(&text(day), now), Err(NotNow::UnderWay));
        facts.submitted(text(day), &remote("APPROVED"), true, now);
        let soon = now + SignedDuration::from_hours(23);
        assert_eq!(
            facts.may_submit(&text(-1), soon),
            Err(NotNow::Until(if day < 9 {
                now + SignedDuration::from_hours(24)
            } else {
                start + SignedDuration::from_hours(720)
            }))
        );
    }
    facts.change_state(TemplateState::Rejected, Some("INVALID_FORMAT"), start);
    let same = facts.text.clone().unwrap();
    assert_eq!(facts.may_submit(&same, start), Err(NotNow::Rejected));
    facts.change_state(TemplateState::Disabled, None, start);
    assert_eq!(facts.may_submit(&ours(), start), Err(NotNow::Disabled));
}

#[test]
fn all_that_was_heard_is_kept_with_its_reason_and_no_more_than_a_bound() {
    let now = at("2026-11-26T03:00:00Z");
    let mut facts = TemplateFacts::default();
    facts.change_state(TemplateState::Rejected, Some("INCORRECT_CATEGORY"), now);
    facts.change_state(TemplateState::Rejected, Some("INCORRECT_CATEGORY"), now);
    facts.compare(None, &ours(), now);
    let told: Vec<_> = facts
        .history
        .iter()
        .map(|event| (event.state, event.words.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (TemplateState::Rejected, "INCORRECT_CATEGORY"),
            (TemplateState::NotSubmitted, "")
        ]
    );
    for number in 0..200 {
        facts.change_quality(if number % 2 == 0 { "RED" } else { "YELLOW" }, now);
    }
    assert_eq!(facts.history.len(), crate::limits::TEMPLATE_HISTORY_MAX);
}
