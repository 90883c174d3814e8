//! Notices: templates and decisions that two people change at once, counts, and what waits for the morning.

use sigap_core::ids::{BookingId, IntakeId, OfficeId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::notices::NoticePlan;
use sigap_core::notices::template::{TemplateFacts, TemplateState};

use super::samples::{ANI, BUDI, ELSEWHERE, HERE, at};
use super::{Case, Subject};
use crate::records::{HeldContent, HeldNotice, HeldTemplate, PlanRow, TemplateRow};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a template is kept by office, account, name and language, and listed in that order",
        covers: &["save_template", "find_template", "list_templates"],
        run: |s| {
            for (account, language) in [("2", "id"), ("1", "id"), ("1", "en")] {
                assert!(save(s, HERE, &template(account, language, 1)));
            }
            assert!(save(s, ELSEWHERE, &template("1", "id", 1)));
            assert_eq!(find(s, HERE, "1", "en"), Some(template("1", "en", 1)));
            assert_eq!(find(s, HERE, "2", "en"), None);
            let listed = |limit| s.read(move |tx| tx.list_templates(HERE, limit)).unwrap();
            let all = [template("1", "en", 1), template("1", "id", 1), template("2", "id", 1)];
            assert_eq!(listed(9), all);
            assert_eq!(listed(1), all[..1]);
            let elsewhere = s.read(|tx| tx.list_templates(ELSEWHERE, 9)).unwrap();
            assert_eq!(elsewhere, [template("1", "id", 1)]);
        },
    },
    Case {
        name: "a template changes only from the revision that was read",
        covers: &["save_template"],
        run: |s| {
            assert!(save(s, HERE, &template("1", "id", 1)));
            assert!(!save(s, HERE, &template("1", "id", 1)), "somebody else was first");
            let mut later = template("1", "id", 2);
            later.facts.state = TemplateState::Paused;
            assert!(save(s, HERE, &later));
            assert!(!save(s, HERE, &template("1", "id", 2)));
            assert!(!save(s, HERE, &template("1", "id", 4)));
            assert_eq!(find(s, HERE, "1", "id"), Some(later));
        },
    },
    Case {
        name: "what an office decided changes only from the revision that was read",
        covers: &["save_notice_plan", "find_notice_plan"],
        run: |s| {
            let save = |office, row: PlanRow| s.write(office, move |tx| tx.save_notice_plan(office, &row)).unwrap();
            let find = |office| s.read(move |tx| tx.find_notice_plan(office)).unwrap();
            assert_eq!(find(HERE), None);
            assert!(save(HERE, plan(1, 500_000)));
            assert!(!save(HERE, plan(1, 600_000)));
            assert!(!save(HERE, plan(3, 600_000)));
            assert_eq!(find(HERE), Some(plan(1, 500_000)));
            assert!(save(HERE, plan(2, 600_000)));
            assert!(save(ELSEWHERE, plan(1, 7)));
            assert_eq!(
                [find(HERE), find(ELSEWHERE)],
                [Some(plan(2, 600_000)), Some(plan(1, 7))]
            );
        },
    },
    Case {
        name: "notices are counted by month, notice and outcome, each office for itself",
        covers: &["count_notice", "list_notice_counts"],
        run: |s| {
            let count = |office, month: &'static str, notice: &'static str, outcome: &'static str| {
                s.write(office, move |tx| tx.count_notice(office, month, notice, outcome))
                    .unwrap()
            };
            assert_eq!(
                [
                    count(HERE, "2026-11", "ready", "paid"),
                    count(HERE, "2026-11", "ready", "paid")
                ],
                [1, 2]
            );
            assert_eq!(count(HERE, "2026-11", "near", "free"), 1);
            assert_eq!(count(HERE, "2026-12", "ready", "paid"), 1);
            assert_eq!(count(ELSEWHERE, "2026-11", "ready", "paid"), 1);
            let list = |office, limit| {
                s.read(move |tx| tx.list_notice_counts(office, "2026-11", limit))
                    .unwrap()
            };
            let row = |notice: &str, outcome: &str, many| (notice.to_owned(), outcome.to_owned(), many);
            assert_eq!(list(HERE, 9), [row("near", "free", 1), row("ready", "paid", 2)]);
            assert_eq!(list(HERE, 1), [row("near", "free", 1)]);
            assert_eq!(list(ELSEWHERE, 9), [row("ready", "paid", 1)]);
        },
    },
    Case {
        name: "held notices are taken once, when they are due, the longest waiting first",
        covers: &["insert_held_notice", "take_held_notices"],
        run: |s| {
            for held in [held(3, ANI, 5), held(1, BUDI, 5), held(2, ANI, 4), held(4, ANI, 9)] {
                s.write(HERE, move |tx| tx.insert_held_notice(HERE, &held)).unwrap();
            }
            s.write(ELSEWHERE, |tx| tx.insert_held_notice(ELSEWHERE, &held(1, ANI, 1)))
                .unwrap();
            let take = |second, limit| {
                s.write(HERE, move |tx| tx.take_held_notices(HERE, at(second), limit))
                    .unwrap()
            };
            assert_eq!(take(3, 9), []);
            assert_eq!(take(5, 2), [held(2, ANI, 4), held(1, BUDI, 5)]);
            assert_eq!(take(5, 9), [held(3, ANI, 5)]);
            assert_eq!(take(5, 9), []);
            let undone = s.write(HERE, |tx| {
                assert_eq!(tx.take_held_notices(HERE, at(9), 9)?.len(), 1);
                Err::<(), _>(crate::fault::Fault::Busy)
            });
            assert!(undone.is_err());
            assert_eq!(take(9, 9), [held(4, ANI, 9)], "what was not committed is not taken");
        },
    },
];

pub(super) fn template(account: &str, language: &str, revision: i64) -> TemplateRow {
    TemplateRow {
        account: account.into(),
        name: "notice_ready".into(),
        language: language.into(),
        revision,
        facts: TemplateFacts {
            state: TemplateState::Rejected,
            reason: Some("\"\u{e9}\" \u{1F6C2}".into()),
            ..TemplateFacts::default()
        },
    }
}

pub(super) fn plan(revision: i64, rupiah: i64) -> PlanRow {
    PlanRow {
        revision,
        plan: NoticePlan {
            budget_rupiah: Some(rupiah),
            ..NoticePlan::default()
        },
    }
}

pub(super) fn held(id: i64, person: PersonId, second: i64) -> HeldNotice {
    HeldNotice {
        id,
        due_at: at(second),
        person,
        content: HeldContent {
            notice: "ready".into(),
            number: "1".into(),
            language: Language::En,
            message: OutboundMessage {
                body: format!("ready {id}"),
                form: Form::Text,
                fill: None,
            },
            templates: vec![HeldTemplate {
                language: Language::Id,
                values: vec![("office".into(), "Kanim".into())],
                body: "Kanim".into(),
            }],
            worth_until: at(99),
            booking: Some((BookingId(id), "booked".into())),
            paper: Some((IntakeId(id), "ktp".into())),
        },
    }
}

fn save(s: &Subject<'_>, office: OfficeId, row: &TemplateRow) -> bool {
    let row = row.clone();
    s.write(office, move |tx| tx.save_template(office, &row)).unwrap()
}

fn find(s: &Subject<'_>, office: OfficeId, account: &'static str, language: &'static str) -> Option<TemplateRow> {
    s.read(move |tx| tx.find_template(office, account, "notice_ready", language))
        .unwrap()
}
