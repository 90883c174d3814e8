//! How templates stand, and what follows for what is sent.

use jiff::SignedDuration;
use sigap_actions::deliver::{Attempt, AttemptResult, record_attempts};
use sigap_actions::keep_templates::{
    NewsOf, TemplateNews, begin_submission, compare_templates, end_submission, hear_of_template,
};
use sigap_actions::manage_notices::{NoticeAct, NoticeTrouble};
use sigap_actions::send_notice::Notice;
use sigap_core::ids::ProcessId;
use sigap_core::language::Language;
use sigap_core::message::Form;
use sigap_core::notices::Outcome;
use sigap_core::notices::template::{NotNow, RemoteTemplate, TemplateState};
use sigap_store::records::ClaimedMessage;
use sigap_testkit::script::desk::{ACCOUNT, content};

use crate::world::{HEAD, IT, Office, TODAY, pair};

#[test]
fn only_an_approved_template_is_sent_and_the_other_language_steps_in() {
    let mut office = Office::new();
    office.person(7, Language::En);
    office.person(8, Language::Su);
    office.tell(7, Notice::Lapsed);
    office.tell(8, Notice::Lapsed);
    assert_eq!(
        office.sent(),
        [pair("notice_lapsed", "en"), pair("notice_lapsed", "id")]
    );
    office.meta(|template| {
        if template.language == "en" {
            template.status = "REJECTED".into();
            template.reason = Some("INVALID_FORMAT".into());
        }
    });
    office.tell(7, Notice::Lapsed);
    let claimed = office.claimed();
    let message = &claimed[0].row.message;
    let Form::Template { language, values, .. } = &message.form else {
        panic!("{message:?}");
    };
    assert_eq!(language, "id", "the other one");
    assert!(
        values.contains(&"Selasa, 1 Desember 2026".to_owned()),
        "in its own words: {values:?}"
    );
    assert!(message.body.contains("Tawaran tempat"), "{}", message.body);
    office.meta(|template| template.status = "PENDING".into());
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.sent(), []);
    assert_eq!(office.count("lapsed", Outcome::NoTemplate), 1);
    assert_eq!(office.count("lapsed", Outcome::Paid), 3);
}

#[test]
fn a_refusal_of_meta_stops_the_template_and_counts_no_cost() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    office.tell(7, Notice::Lapsed);
    let now = office.now;
    let claimed = office.run(move |tx, ctx| tx.claim_due(ctx.office.id, now, now, ProcessId(1), 100));
    let refused = |claimed: &[ClaimedMessage], code| {
        let attempts: Vec<Attempt> = claimed
            .iter()
            .map(|message| Attempt {
                office: message.office,
                id: message.row.id,
                result: AttemptResult::Failed { code: Some(code) },
            })
            .collect();
        attempts
    };
    let attempts = refused(&claimed, 132_015);
    office.run(move |tx, ctx| {
        record_attempts(tx, ProcessId(1), &attempts, ctx.now)?;
        for attempt in &attempts {
            sigap_actions::keep_templates::note_failed(
                tx,
                ctx.accounts,
                Some(&ctx.office.zone),
                attempt.office,
                attempt.id,
                Some(132_015),
                ctx.now,
            )?;
        }
        Ok(())
    });
    assert_eq!(office.state("lapsed", Language::Id), TemplateState::Paused);
    let view = office.view();
    assert_eq!(view.find("lapsed").unwrap().count(Outcome::Failed), 1);
    assert_eq!(view.money.used_sen, 0, "what was refused costs nothing");
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.sent(), [pair("notice_lapsed", "en")], "the other language");
    office.meta(|_| {});
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.sent(), [pair("notice_lapsed", "id")], "Meta says it is well");
}

#[test]
fn webhooks_move_a_template_and_the_head_decides_about_another_category() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    let hear = |office: &mut Office, name: Option<&str>, meta_id: Option<&str>, change: NewsOf| {
        let news = TemplateNews {
            meta_id: meta_id.map(str::to_owned),
            name: name.map(str::to_owned),
            language: name.map(|_| "id".to_owned()),
            change,
        };
        office.run(move |tx, ctx| hear_of_template(tx, ctx, ACCOUNT, &news))
    };
    let state = |word: &str, reason: Option<&str>| NewsOf::State(word.into(), reason.map(str::to_owned));
    let name = Some("notice_lapsed");
    assert!(hear(&mut office, name, None, state("REJECTED", Some("INVALID_FORMAT"))));
    assert_eq!(office.state("lapsed", Language::Id), TemplateState::Rejected);
    assert_eq!(office.state("lapsed", Language::En), TemplateState::Approved);
    // Without its name, by Meta's id.
    assert!(hear(&mut office, None, Some("lapsedid"), state("APPROVED", None)));
    assert_eq!(office.state("lapsed", Language::Id), TemplateState::Approved);
    assert!(
        !hear(&mut office, Some("hello_world"), None, state("APPROVED", None)),
        "none of ours"
    );
    assert!(!hear(&mut office, name, None, state("INVALID_EVENT", None)));
    assert!(
        !hear(&mut office, name, None, NewsOf::Words),
        "its words have to be fetched"
    );
    assert!(hear(&mut office, name, None, NewsOf::Category("MARKETING".into())));
    for language in Language::OF_TEMPLATES {
        let news = TemplateNews {
            meta_id: None,
            name: Some("notice_lapsed".into()),
            language: Some(language.code().into()),
            change: NewsOf::Category("MARKETING".into()),
        };
        office.run(move |tx, ctx| hear_of_template(tx, ctx, ACCOUNT, &news));
    }
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.count("lapsed", Outcome::NoTemplate), 1);
    let allow = NoticeAct::AllowMarketing {
        notice: "lapsed".into(),
        language: Language::Id,
    };
    assert_eq!(office.manage(IT, allow.clone()), Err(NoticeTrouble::Denied));
    assert_eq!(office.manage(HEAD, allow.clone()), Ok(()));
    assert_eq!(office.manage(HEAD, allow), Err(NoticeTrouble::Nothing));
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.sent(), [pair("notice_lapsed", "id")]);
    let view = office.view();
    let template = &view.find("lapsed").unwrap().templates[0];
    let reasons: Vec<&str> = template
        .facts
        .history
        .iter()
        .map(|event| event.words.as_str())
        .collect();
    assert!(
        reasons.contains(&"INVALID_FORMAT"),
        "nothing that was heard is lost: {reasons:?}"
    );
}

#[test]
fn a_template_is_submitted_once_with_the_words_of_now_and_metas_answer_stays() {
    let mut office = Office::new();
    let submit = || NoticeAct::Submit {
        notice: "lapsed".into(),
        language: Language::Id,
    };
    assert_eq!(office.manage(IT, submit()), Err(NoticeTrouble::NotNow(NotNow::Same)));
    // Meta has none of them any more.
    office.run(|tx, ctx| compare_templates(tx, ctx, ACCOUNT, &Ok(Vec::new())));
    assert_eq!(office.manage(IT, submit()), Ok(()));
    assert_eq!(
        office.manage(HEAD, submit()),
        Err(NoticeTrouble::NotNow(NotNow::UnderWay))
    );
    let begun = office.run(|tx, ctx| begin_submission(tx, ctx)).unwrap();
    assert_eq!((begun.name.as_str(), begun.meta_id.as_deref()), ("notice_lapsed", None));
    assert!(begun.text.body.contains("{{1}}"));
    assert_eq!(
        office.run(|tx, ctx| begin_submission(tx, ctx)),
        None,
        "one process makes the call"
    );
    // A process that dies on the way is followed by another.
    office.now += SignedDuration::from_mins(6);
    let again = office.run(|tx, ctx| begin_submission(tx, ctx)).unwrap();
    assert_eq!(again, begun);
    office.run(move |tx, ctx| end_submission(tx, ctx, &again, &Err("Too many variables (2388293)".into())));
    assert_eq!(office.state("lapsed", Language::Id), TemplateState::NotSubmitted);
    let view = office.view();
    let history = &view.find("lapsed").unwrap().templates[0].facts.history;
    assert_eq!(history.last().unwrap().words, "Too many variables (2388293)");
    assert_eq!(history.last().unwrap().staff, Some(IT));

    assert_eq!(office.manage(HEAD, NoticeAct::SubmitAll), Ok(()));
    let mut many = 0;
    while let Some(begun) = office.run(|tx, ctx| begin_submission(tx, ctx)) {
        let remote = RemoteTemplate {
            id: format!("{many}"),
            status: "PENDING".into(),
            category: "UTILITY".into(),
            ..RemoteTemplate::default()
        };
        office.run(move |tx, ctx| end_submission(tx, ctx, &begun, &Ok(remote.clone())));
        many += 1;
    }
    let kinds = content(TODAY).catalogue().notices.with_template().count();
    assert_eq!(many, 2 * kinds);
    assert_eq!(office.state("booked", Language::En), TemplateState::Pending);
    assert_eq!(office.manage(HEAD, NoticeAct::SubmitAll), Err(NoticeTrouble::Nothing));
}

#[test]
fn a_comparison_that_fails_is_told_and_changes_no_template() {
    let mut office = Office::new();
    office.run(|tx, ctx| compare_templates(tx, ctx, ACCOUNT, &Err("no permission (10)".into())));
    let view = office.view();
    assert_eq!(view.accounts[0].1.problem.as_deref(), Some("no permission (10)"));
    assert!(view.accounts[0].1.compared_at.is_some(), "the one before");
    assert_eq!(office.state("lapsed", Language::Id), TemplateState::Approved);
    office.meta(|_| {});
    assert_eq!(office.view().accounts[0].1.problem, None);
}

#[test]
fn words_that_somebody_changed_at_meta_stop_a_template() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    office.meta(|template| {
        if template.name == "notice_lapsed" {
            template.body = "Halo {{1}}, ada {{2}} untuk Anda di kantor kami.".into();
        }
    });
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.count("lapsed", Outcome::NoTemplate), 1);
    let view = office.view();
    assert!(
        view.find("lapsed")
            .unwrap()
            .templates
            .iter()
            .all(|template| template.differs)
    );
}
