//! Notices with their real use cases on a real store: by approved template or not at all, by day, not too many, within the budget; and the
//! templates themselves, from the wish of an officer to Meta's word.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, date, time};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::Officer;
use sigap_actions::context::Context;
use sigap_actions::deliver::{Attempt, AttemptResult, record_attempts};
use sigap_actions::keep_templates::{
    NewsOf, TemplateNews, begin_submission, compare_templates, end_submission, hear_of_template,
};
use sigap_actions::manage_notices::{Decision, NoticeAct, NoticeTrouble, NoticesView, manage_notices, view_notices};
use sigap_actions::send_notice::{Notice, owe_notice};
use sigap_content::sample;
use sigap_core::booking::{BookingCode, BookingState, BookingView};
use sigap_core::conversation::state::State;
use sigap_core::ids::{BookingId, PersonId, ProcessId};
use sigap_core::language::Language;
use sigap_core::message::Form;
use sigap_core::notices::Outcome;
use sigap_core::notices::budget::Used;
use sigap_core::notices::template::{NotNow, RemoteTemplate, TemplateState};
use sigap_core::person::Contact;
use sigap_core::staff::Role;
use sigap_store::records::{BookingContent, BookingRow, ClaimedMessage, ConversationRow};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{ACCOUNT, Desk, content, templates_at_meta};
use sigap_testkit::staff::{add_signed_in, as_staff};

const TODAY: Date = date(2026, 11, 30);
const LINE: &str = "100000000000001";
const HEAD: i64 = 1;
const IT: i64 = 2;
const HELPDESK: i64 = 3;

struct Office {
    desk: Desk,
    now: Timestamp,
    bookings: i64,
}

impl Office {
    /// Monday, 09.00 WIB; every template is approved.
    fn new() -> Self {
        let now: Timestamp = "2026-11-30T02:00:00Z".parse().unwrap();
        let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
        let mut office = Self {
            desk: Desk::new(office, TODAY, now),
            now,
            bookings: 0,
        };
        for (staff, role) in [(HEAD, Role::Head), (IT, Role::It), (HELPDESK, Role::Helpdesk)] {
            office.run(move |tx, ctx| add_signed_in(tx, ctx.office.id, ctx.now, staff, role));
        }
        office
    }

    fn at(&mut self, time: &str) {
        self.now = time.parse().unwrap();
    }

    fn run<T: Send + 'static>(
        &mut self,
        act: impl FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.run(self.now, act)
    }

    fn as_staff<T: Send + 'static>(
        &mut self,
        staff: i64,
        act: impl FnMut(&mut dyn Tx, &Context<'_>, &Officer) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        as_staff(&mut self.desk, self.now, staff, act)
    }

    /// Somebody whose window is closed, reading this language.
    fn person(&mut self, person: i64, language: Language) {
        let wrote = self.now - SignedDuration::from_hours(72);
        self.run(move |tx, ctx| {
            let contact = Contact {
                phone: Some(format!("62812{person:08}")),
                ..Contact::default()
            };
            let person = tx.ensure_person(ctx.office.id, &contact, PersonId(person), ctx.now)?;
            let state = State {
                language,
                ..State::default()
            };
            let row = ConversationRow {
                state: state.to_stored(),
                last_inbound_at: wrote,
            };
            tx.save_conversation(ctx.office.id, person, &row)
        });
    }

    /// A booking of a person, and a notice about it.
    fn tell(&mut self, person: i64, told: fn(BookingView) -> Notice) -> BookingId {
        self.bookings += 1;
        let number = self.bookings;
        self.run(move |tx, ctx| {
            let mut code = [0; 16];
            code[15] = u8::try_from(number).unwrap();
            let at = date(2026, 12, 1).at(10, 0, 0, 0);
            let row = BookingRow {
                id: BookingId(number),
                code: BookingCode::from_random(code),
                person: PersonId(person),
                service: "simpatik".into(),
                day: at.date(),
                starts_at: ctx.office.zone.to_timestamp(at).ok(),
                places: 1,
                state: BookingState::Booked,
                moves: 0,
                until: None,
                created_at: ctx.now,
                content: BookingContent {
                    people: Vec::new(),
                    needs_nik: false,
                    approval: None,
                    token: None,
                    number: LINE.into(),
                    booked_by: None,
                },
            };
            tx.insert_booking(ctx.office.id, &row)?;
            let view = BookingView {
                id: row.id,
                office: ctx.office.id,
                code: row.code.clone(),
                service: row.service.clone(),
                day: row.day,
                at: Some(at),
                people: Vec::new(),
                state: row.state,
                until: None,
                moves: 0,
                url: Some("https://sigap.example/o/sukabumi/t/x".into()),
                needs_nik: false,
                approval: None,
            };
            owe_notice(tx, ctx, &row, told(view))?;
            Ok(row.id)
        })
    }

    /// What one round of the sender takes.
    fn claimed(&mut self) -> Vec<ClaimedMessage> {
        let now = self.now;
        self.run(move |tx, ctx| {
            let claimed = tx.claim_due(ctx.office.id, now, now, ProcessId(1), 100)?;
            for message in &claimed {
                tx.mark_accepted(ctx.office.id, message.row.id, &format!("wamid.{}", message.row.id), now)?;
            }
            Ok(claimed)
        })
    }

    /// The templates that go out: name and language.
    fn sent(&mut self) -> Vec<(String, String)> {
        let named = |message: ClaimedMessage| match message.row.message.form {
            Form::Template { name, language, .. } => (name, language),
            other => panic!("{other:?}"),
        };
        self.claimed().into_iter().map(named).collect()
    }

    /// What Meta has now; each template may be changed before.
    fn meta(&mut self, change: fn(&mut RemoteTemplate)) {
        self.run(move |tx, ctx| {
            let mut told = templates_at_meta(ctx, "APPROVED");
            told.iter_mut().for_each(change);
            compare_templates(tx, ctx, ACCOUNT, &Ok(told))
        });
    }

    fn manage(&mut self, staff: i64, act: NoticeAct) -> Result<(), NoticeTrouble> {
        self.as_staff(staff, move |tx, ctx, who| manage_notices(tx, ctx, who, &act))
    }

    fn view(&mut self) -> NoticesView {
        self.as_staff(HEAD, |tx, ctx, who| view_notices(tx, ctx, who)).unwrap()
    }

    fn count(&mut self, notice: &str, outcome: Outcome) -> u64 {
        self.view().find(notice).unwrap().count(outcome)
    }

    fn state(&mut self, notice: &str, language: Language) -> TemplateState {
        let view = self.view();
        let templates = &view.find(notice).unwrap().templates;
        templates
            .iter()
            .find(|template| template.language == language)
            .unwrap()
            .facts
            .state
    }
}

fn pair(name: &str, language: &str) -> (String, String) {
    (name.to_owned(), language.to_owned())
}

fn decided(budget_rupiah: i64, day_max: u32) -> NoticeAct {
    NoticeAct::Decide(Decision {
        day: (time(7, 0, 0, 0), time(20, 0, 0, 0)),
        person_max: (day_max, 50),
        budget_rupiah,
    })
}

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
fn a_button_of_a_template_carries_its_booking() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    let booking = office.tell(7, Notice::Reminder);
    let claimed = office.claimed();
    let Form::Template { choices, .. } = &claimed[0].row.message.form else {
        panic!();
    };
    assert_eq!(choices.len(), 1);
    assert!(choices[0].ends_with(&format!(":{booking}")), "{choices:?}");
}

#[test]
fn at_night_a_notice_waits_for_the_morning_unless_it_is_over_by_then() {
    let mut office = Office::new();
    for person in [7, 8, 9] {
        office.person(person, Language::Id);
    }
    // 21.00 WIB.
    office.at("2026-11-30T14:00:00Z");
    office.tell(7, Notice::NotDrawn);
    let cancelled = office.tell(8, Notice::NotDrawn);
    // *Tomorrow* cannot be said in the morning.
    office.tell(9, Notice::Reminder);
    // A receipt is an answer.
    office.tell(9, Notice::Booked);
    assert_eq!(office.sent(), [pair("notice_booked", "id")]);
    assert_eq!(office.count("reminder", Outcome::Late), 1);
    office.run(move |tx, ctx| {
        let row = tx.find_booking(ctx.office.id, cancelled)?.unwrap();
        let ended = BookingRow {
            state: BookingState::Cancelled,
            ..row.clone()
        };
        tx.replace_booking(ctx.office.id, row.state, &ended)
    });
    // 06.59 and 07.00 WIB.
    office.at("2026-11-30T23:59:00Z");
    office.desk.run_jobs(office.now);
    assert_eq!(office.sent(), []);
    office.at("2026-12-01T00:00:00Z");
    office.desk.run_jobs(office.now);
    assert_eq!(office.sent(), [pair("notice_not_drawn", "id")]);
    assert_eq!(
        office.count("not_drawn", Outcome::Late),
        1,
        "that booking went on meanwhile"
    );
    office.desk.run_jobs(office.now);
    assert_eq!(office.sent(), [], "once");
}

#[test]
fn a_held_notice_goes_free_when_somebody_wrote_at_night() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    office.at("2026-11-30T14:00:00Z");
    office.tell(7, Notice::NotDrawn);
    let wrote = office.now + SignedDuration::from_hours(1);
    office.run(move |tx, ctx| {
        let row = ConversationRow {
            state: State::default().to_stored(),
            last_inbound_at: wrote,
        };
        tx.save_conversation(ctx.office.id, PersonId(7), &row)
    });
    office.at("2026-12-01T00:00:00Z");
    office.desk.run_jobs(office.now);
    let claimed = office.claimed();
    assert!(matches!(claimed[0].row.message.form, Form::Buttons(_)));
    assert_eq!(office.count("not_drawn", Outcome::Free), 1);
}

#[test]
fn what_the_office_decided_holds() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    let off = NoticeAct::Switch {
        notice: "lapsed".into(),
        is_on: false,
    };
    assert_eq!(office.manage(IT, off), Ok(()));
    office.tell(7, Notice::Lapsed);
    assert_eq!(office.sent(), []);
    assert_eq!(office.count("lapsed", Outcome::Off), 1);
    // Two templates a day to one person.
    assert_eq!(office.manage(HEAD, decided(1_000_000, 2)), Ok(()));
    for _ in 0..3 {
        office.tell(7, Notice::Missed);
    }
    assert_eq!(office.count("missed", Outcome::Paid), 2);
    assert_eq!(office.count("missed", Outcome::PersonMax), 1);
    office.person(8, Language::Id);
    office.tell(8, Notice::Missed);
    assert_eq!(office.count("missed", Outcome::Paid), 3, "another person");
    office.at("2026-12-01T02:00:00Z");
    office.tell(7, Notice::Missed);
    assert_eq!(
        office.count("missed", Outcome::Paid),
        1,
        "another day, and another month"
    );
}

#[test]
fn without_money_only_important_ones_go_on() {
    let mut office = Office::new();
    office.person(7, Language::Id);
    // Two messages cost Rp714.
    assert_eq!(office.manage(HEAD, decided(714, 9)), Ok(()));
    for _ in 0..3 {
        office.tell(7, Notice::Missed);
    }
    assert_eq!(office.count("missed", Outcome::Paid), 2);
    assert_eq!(office.count("missed", Outcome::Budget), 1);
    assert_eq!(office.view().money.used(), Used::Up);
    office.tell(7, Notice::Reminder);
    assert_eq!(office.count("reminder", Outcome::Paid), 1, "marked as important");
    let mark = NoticeAct::Mark {
        notice: "missed".into(),
        is_important: true,
    };
    assert_eq!(office.manage(IT, mark.clone()), Err(NoticeTrouble::Denied));
    assert_eq!(office.manage(HEAD, mark), Ok(()));
    office.tell(7, Notice::Missed);
    assert_eq!(office.count("missed", Outcome::Paid), 3);
}

#[test]
fn hours_limits_and_budgets_that_nobody_means_are_refused() {
    let mut office = Office::new();
    let with = |from, until, day, month, budget| {
        NoticeAct::Decide(Decision {
            day: (time(from, 0, 0, 0), time(until, 0, 0, 0)),
            person_max: (day, month),
            budget_rupiah: budget,
        })
    };
    for (act, expected) in [
        (with(7, 12, 1, 1, 1), Err(NoticeTrouble::Hours)),
        (with(11, 20, 1, 1, 1), Err(NoticeTrouble::Hours)),
        (with(7, 20, 0, 1, 1), Err(NoticeTrouble::Limits)),
        (with(7, 20, 5, 4, 1), Err(NoticeTrouble::Limits)),
        (with(7, 20, 1, 101, 1), Err(NoticeTrouble::Limits)),
        (with(7, 20, 1, 1, -1), Err(NoticeTrouble::Budget)),
        (with(7, 20, 1, 1, 1_000_000_001), Err(NoticeTrouble::Budget)),
        (with(7, 20, 1, 1, 0), Ok(())),
    ] {
        assert_eq!(office.manage(HEAD, act.clone()), expected, "{act:?}");
        assert_eq!(office.manage(IT, act), Err(NoticeTrouble::Denied));
    }
    let unknown = NoticeAct::Switch {
        notice: "x".into(),
        is_on: true,
    };
    assert_eq!(office.manage(HEAD, unknown), Err(NoticeTrouble::Unknown));
    assert_eq!(office.manage(HELPDESK, NoticeAct::Compare), Err(NoticeTrouble::Denied));
    let seen = office.as_staff(HELPDESK, |tx, ctx, who| view_notices(tx, ctx, who));
    assert_eq!(seen, Err(NoticeTrouble::Denied));
    let acts = office.run(|tx, ctx| tx.list_acts(ctx.office.id, 1, 99));
    let told: Vec<_> = acts.iter().map(|row| format!("{row:?}")).collect();
    assert_eq!(
        told.iter().filter(|line| line.contains("notices_decided")).count(),
        1,
        "{told:?}"
    );
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
