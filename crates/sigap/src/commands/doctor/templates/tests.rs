use sigap_core::notices::AccountNews;

use super::*;

const ACCOUNT: &str = "9";

fn known(state: TemplateState, reason: Option<&str>, category: &str) -> (Vec<TemplateRow>, PlanRow) {
    let content = Content::embedded().unwrap();
    let mut rows = Vec::new();
    for kind in content.catalogue().notices.with_template() {
        for language in Language::OF_TEMPLATES {
            let mut facts = TemplateFacts {
                state: TemplateState::Approved,
                category: "UTILITY".into(),
                text: Some(Default::default()),
                ..TemplateFacts::default()
            };
            if kind.id == "ready" && language == Language::En {
                facts.state = state;
                facts.reason = reason.map(str::to_owned);
                facts.category = category.into();
            }
            rows.push(TemplateRow {
                account: ACCOUNT.into(),
                name: template_name(&kind.id),
                language: language.code().into(),
                revision: 1,
                facts,
            });
        }
    }
    let mut plan = PlanRow::default();
    let news = AccountNews {
        compared_at: Some(jiff::Timestamp::UNIX_EPOCH),
        problem: None,
    };
    plan.plan.accounts.insert(ACCOUNT.into(), news);
    (rows, plan)
}

fn told(account: Option<&str>, known: (Vec<TemplateRow>, PlanRow)) -> String {
    let content = Content::embedded().unwrap();
    let office = content.office_by_slug("sukabumi").unwrap().id;
    let accounts = [("1".to_owned(), office, account.map(str::to_owned))]
        .into_iter()
        .collect();
    match finding(&content, &accounts, office, Ok(known)) {
        Finding::Fine(text) => format!("ok {text}"),
        Finding::Look(text) => format!("look {text}"),
        Finding::Wrong(text) => format!("WRONG {text}"),
    }
}

#[track_caller]
fn check(account: Option<&str>, known: (Vec<TemplateRow>, PlanRow), expected: &[&str]) {
    let told = told(account, known);
    for part in expected {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn what_keeps_notices_from_people_is_named_with_the_next_step() {
    use TemplateState::{Approved, Disabled, NotSubmitted, Paused, Pending, Rejected};
    let of = |state| known(state, None, "UTILITY");
    check(Some(ACCOUNT), of(Approved), &["ok sukabumi"]);
    check(None, of(Approved), &["WRONG", "waba_id"]);
    check(
        Some(ACCOUNT),
        of(NotSubmitted),
        &[
            "look",
            "not submitted: notice_ready (en)",
            "/staff/sukabumi/pemberitahuan",
        ],
    );
    check(Some(ACCOUNT), of(Pending), &["look", "pending: notice_ready (en)"]);
    check(
        Some(ACCOUNT),
        known(Rejected, Some("INVALID_FORMAT"), "UTILITY"),
        &["WRONG", "rejected (INVALID_FORMAT)"],
    );
    check(Some(ACCOUNT), of(Paused), &["WRONG", "paused by Meta"]);
    check(Some(ACCOUNT), of(Disabled), &["WRONG", "disabled by Meta"]);
    check(
        Some(ACCOUNT),
        known(Approved, None, "MARKETING"),
        &["WRONG", "moved to MARKETING"],
    );
    check(Some("8"), of(Approved), &["look", "never compared"]);
    let (rows, mut plan) = of(Approved);
    plan.plan.accounts.get_mut(ACCOUNT).unwrap().problem = Some("no permission (10)".into());
    check(
        Some(ACCOUNT),
        (rows, plan),
        &["WRONG", "no permission (10)", "whatsapp_business_management"],
    );
}
