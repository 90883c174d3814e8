//! Citizens' browsers with their real use cases on a real store: whose a browser is, what it may do, what is said in it, and that nothing is
//! done twice.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::book_in_browser::{Booked, book_in_browser, keep_draft};
use sigap_actions::browsers::{Browser, ask_proof, end_browsers_of, find_browser, leave_browser, open_browser};
use sigap_actions::context::Context;
use sigap_actions::list_free::list_free;
use sigap_actions::own_data::view_own_data;
use sigap_actions::receive_message::{Received, receive_message};
use sigap_actions::run_jobs::run_job;
use sigap_actions::say_in_browser::{Brought, Typed, bring_forward, list_lines, say_in_browser};
use sigap_actions::view_bookings::view_bookings;
use sigap_actions::view_own_case::view_own_case;
use sigap_actions::work_case::{CaseAct, work_case};
use sigap_content::sample;
use sigap_core::booking::slots::DayState;
use sigap_core::booking::{BookingState, Visitor};
use sigap_core::cases::CaseKind;
use sigap_core::conversation::state::Draft;
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::language::Language;
use sigap_core::person::Contact;
use sigap_core::staff::Role;
use sigap_store::records::{BrowserContent, BrowserRow};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{Desk, content};
use sigap_testkit::staff::{add_signed_in, as_staff};

const TODAY: Date = date(2026, 11, 30);
const LINE: &str = "100000000000001";

struct Office {
    desk: Desk,
    now: Timestamp,
    messages: u32,
}

impl Office {
    fn new() -> Self {
        // Monday, 09.00 WIB.
        let now = "2026-11-30T02:00:00Z".parse().unwrap();
        let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
        Self {
            desk: Desk::new(office, TODAY, now),
            now,
            messages: 0,
        }
    }

    fn run<T: Send + 'static>(
        &mut self,
        act: impl FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.run(self.now, act)
    }

    fn pass(&mut self, time: SignedDuration) {
        self.now += time;
    }

    fn open(&mut self) -> (String, Browser) {
        self.run(open_browser)
    }

    fn find(&mut self, token: &str) -> Option<Browser> {
        let token = token.to_owned();
        self.run(move |tx, ctx| find_browser(tx, ctx, &token))
    }

    /// A message from a phone.
    fn phone_says(&mut self, said: Said) -> Received {
        self.messages += 1;
        let message = InboundMessage {
            number: LINE.into(),
            message_id: format!("wamid.{}", self.messages),
            sent_at: self.now,
            from: Contact {
                phone: Some("6281200000001".into()),
                ..Contact::default()
            },
            said,
        };
        self.run(move |tx, ctx| receive_message(tx, ctx, &message, None))
    }

    /// Shows whose a browser is; the browser afterwards.
    fn prove(&mut self, token: &str) -> Browser {
        let browser = self.find(token).unwrap();
        let asked = self.run(move |tx, ctx| ask_proof(tx, ctx, &browser));
        let code = asked.code.grouped();
        self.phone_says(Said::Text(format!("Hubungkan browser saya: WEB-{code}")));
        self.phone_says(Said::Choice(format!("browser.tie:{}", asked.code.as_str())));
        self.find(token).unwrap()
    }

    fn say(&mut self, browser: &Browser, key: &str, typed: Typed) -> Received {
        let (browser, key) = (browser.clone(), key.to_owned());
        self.run(move |tx, ctx| say_in_browser(tx, ctx, &browser, &key, Language::Id, &typed))
    }

    /// Runs what is due, each job in a transaction of its own, until nothing is; how many.
    fn run_due(&mut self) -> usize {
        let mut count = 0;
        loop {
            let jobs = self.run(|tx, ctx| tx.list_due_jobs(ctx.office.id, ctx.now, 50));
            if jobs.is_empty() {
                return count;
            }
            for job in jobs {
                self.run(move |tx, ctx| run_job(tx, ctx, &job));
                count += 1;
            }
        }
    }

    /// Whether a browser's person is gone with their key: what is sealed for them now is kept without content.
    fn is_sealed_away(&mut self, browser: &Browser) -> bool {
        let person = browser.row.person;
        self.run(move |tx, ctx| {
            let row = BrowserRow {
                person,
                proven: None,
                proven_at: None,
                made_at: ctx.now,
                expires_at: ctx.now,
                content: BrowserContent {
                    check: 42,
                    ..BrowserContent::default()
                },
            };
            tx.insert_browser(ctx.office.id, "a secret of its own", &row)?;
            let kept = tx.find_browser_of(ctx.office.id, person)?;
            tx.delete_browser(ctx.office.id, person)?;
            Ok(kept.is_some_and(|row| row.content.check == 0))
        })
    }

    /// What stands on the page: who said it, and the words.
    fn lines(&mut self, browser: &Browser) -> Vec<(bool, String)> {
        let person = browser.row.person;
        let lines = self.run(move |tx, ctx| list_lines(tx, ctx, person, 0));
        lines
            .into_iter()
            .map(|line| (line.is_ours, line.content.words.0))
            .collect()
    }

    /// The first hour that is free for somebody who wants to collect.
    fn draft(&mut self, service: &'static str) -> Draft {
        let free = self.run(move |tx, ctx| list_free(tx, ctx, service, 1));
        let (day, hour) = free
            .into_iter()
            .find_map(|(day, state)| match state {
                DayState::Free(hours) => Some((day, hours[0].0)),
                _ => None,
            })
            .unwrap();
        Draft {
            service: service.into(),
            people: vec![Visitor {
                name: "Siti Aminah".into(),
                born_on: date(1990, 2, 1),
            }],
            held: Some(day.to_datetime(hour)),
            ..Draft::default()
        }
    }

    fn book(&mut self, token: &str, draft: Option<Draft>) -> Booked {
        let token = token.to_owned();
        self.run(move |tx, ctx| {
            let mut browser = find_browser(tx, ctx, &token)?.unwrap();
            if draft.is_some() {
                keep_draft(tx, ctx, &browser, draft.clone())?;
                browser = find_browser(tx, ctx, &token)?.unwrap();
            }
            book_in_browser(tx, ctx, &browser)
        })
    }
}

#[test]
fn a_browser_is_somebody_s_only_after_a_message_and_a_yes() {
    let mut office = Office::new();
    let (token, browser) = office.open();
    assert_eq!(browser.acts_for, None);
    let asked = {
        let browser = browser.clone();
        office.run(move |tx, ctx| ask_proof(tx, ctx, &browser))
    };
    // Loaded again, the page shows the same code.
    let again = office.find(&token).unwrap();
    assert_eq!(office.run(move |tx, ctx| ask_proof(tx, ctx, &again)), asked);
    let code = asked.code.as_str().to_owned();
    office.phone_says(Said::Text(format!("WEB-{}", asked.code.grouped())));
    assert_eq!(office.find(&token).unwrap().acts_for, None, "no yes was said");
    office.phone_says(Said::Choice(format!("browser.tie:{code}")));
    let tied = office.find(&token).unwrap();
    assert!(tied.acts_for.is_some_and(|person| person != browser.row.person));
    assert_eq!(tied.row.content.number, LINE);
    // Its code is used up: another browser that heard it gets nothing.
    let other = Said::Choice(format!("browser.tie:{code}"));
    office.phone_says(other);
    office.pass(SignedDuration::from_hours(25));
    assert_eq!(office.find(&token).unwrap().acts_for, None, "a proof is good for a day");
}

#[test]
fn a_no_and_a_late_message_tie_nothing() {
    let mut office = Office::new();
    let (token, browser) = office.open();
    let asked = office.run(move |tx, ctx| ask_proof(tx, ctx, &browser));
    office.phone_says(Said::Text(format!("WEB-{}", asked.code.grouped())));
    office.phone_says(Said::Choice(format!("browser.refuse:{}", asked.code.as_str())));
    office.phone_says(Said::Choice(format!("browser.tie:{}", asked.code.as_str())));
    assert_eq!(office.find(&token).unwrap().acts_for, None);
    let browser = office.find(&token).unwrap();
    let later = office.run(move |tx, ctx| ask_proof(tx, ctx, &browser));
    assert_ne!(later.code, asked.code, "a refused code is never shown again");
    office.pass(SignedDuration::from_mins(16));
    office.phone_says(Said::Choice(format!("browser.tie:{}", later.code.as_str())));
    assert_eq!(office.find(&token).unwrap().acts_for, None);
}

#[test]
fn the_chat_on_a_page_proves_nothing_and_asks_for_the_phone() {
    let mut office = Office::new();
    let (token, browser) = office.open();
    let asked = {
        let browser = browser.clone();
        office.run(move |tx, ctx| ask_proof(tx, ctx, &browser))
    };
    office.say(&browser, "1-a", Typed::Words(format!("WEB-{}", asked.code.grouped())));
    let browser = office.find(&token).unwrap();
    assert_eq!(browser.acts_for, None);
    office.say(&browser, "1-b", Typed::Words("janji saya".into()));
    let (is_ours, words) = office.lines(&browser).pop().unwrap();
    assert!(is_ours && words.contains("nomor WhatsApp"), "{words}");
}

#[test]
fn a_visit_is_booked_once_however_often_the_button_is_pressed() {
    let mut office = Office::new();
    let (token, _) = office.open();
    let draft = office.draft("pickup");
    assert_eq!(office.book(&token, Some(draft.clone())), Booked::NeedsPhone);
    let person = office.prove(&token).acts_for.unwrap();
    let Booked::Done(view) = office.book(&token, None) else {
        panic!("the draft was kept through the proof");
    };
    assert_eq!((view.state, view.at), (BookingState::Booked, draft.held));
    assert_eq!(office.book(&token, None), Booked::Incomplete);
    let known = office.run(move |tx, ctx| view_bookings(tx, ctx, person));
    assert_eq!(known.len(), 1);
    // The same day changed, under the same rules.
    let mut other = office.draft("pickup");
    other.moving = Some(view.id);
    other.held = Some(
        draft
            .held
            .unwrap()
            .date()
            .tomorrow()
            .unwrap()
            .to_datetime(draft.held.unwrap().time()),
    );
    let moved = office.book(&token, Some(other.clone()));
    assert!(
        matches!(&moved, Booked::Done(view) if view.at == other.held) || matches!(moved, Booked::Refused(_)),
        "{moved:?}"
    );
}

#[test]
fn the_same_form_sent_again_says_nothing_twice() {
    let mut office = Office::new();
    let (_, browser) = office.open();
    let hello = || Typed::Words("biaya".into());
    let second = office.now.as_second();
    assert!(matches!(
        office.say(&browser, &format!("{second}-x"), hello()),
        Received::Answered(_)
    ));
    assert_eq!(office.say(&browser, &format!("{second}-x"), hello()), Received::Seen);
    let lines = office.lines(&browser);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], (false, "biaya".to_owned()));
    // A key without a time is the same key all the same.
    assert!(matches!(office.say(&browser, "zzz", hello()), Received::Answered(_)));
    assert_eq!(office.say(&browser, "zzz", hello()), Received::Seen);
}

#[test]
fn a_choice_counts_only_where_it_was_offered_and_a_nik_is_not_kept() {
    let mut office = Office::new();
    let (_, browser) = office.open();
    office.say(&browser, "1-a", Typed::Choice("fees".into()));
    assert_eq!(office.lines(&browser)[0].1, "…", "nothing was offered yet");
    office.say(&browser, "1-b", Typed::Words("menu".into()));
    office.say(&browser, "1-c", Typed::Choice("fees".into()));
    let lines = office.lines(&browser);
    assert_eq!(lines[4], (false, "Biaya paspor".to_owned()), "{lines:?}");
    office.say(&browser, "1-d", Typed::Words("3272014102900001".into()));
    assert!(
        office
            .lines(&browser)
            .iter()
            .all(|(_, words)| !words.contains("3272014102900001"))
    );
}

#[test]
fn an_officer_s_answer_stands_on_the_page() {
    let mut office = Office::new();
    let (token, browser) = office.open();
    office.run(|tx, ctx| add_signed_in(tx, ctx.office.id, ctx.now, 1, Role::Helpdesk));
    let brought = Brought {
        kind: CaseKind::Complaint,
        text: "Loket 3 tutup sebelum jam dua belas.".into(),
        rating: None,
    };
    let send = {
        let browser = browser.clone();
        move |tx: &mut dyn Tx, ctx: &Context<'_>| bring_forward(tx, ctx, &browser, "1-a", Language::Id, &brought)
    };
    let number = office.run(send.clone()).unwrap();
    assert_eq!(office.run(send), None, "sent twice");
    // Days later: a page has no window that closes.
    office.pass(SignedDuration::from_hours(50));
    let at = {
        let number = number.clone();
        office
            .run(move |tx, ctx| tx.find_case_by_number(ctx.office.id, &number))
            .unwrap()
    };
    let answer = CaseAct::Answer {
        words: "Terima kasih, loket 3 sudah kami atur ulang.".into(),
        is_talk: true,
        buttons: Vec::new(),
    };
    for act in [CaseAct::Take, answer] {
        as_staff(&mut office.desk, office.now, 1, move |tx, ctx, who| {
            work_case(tx, ctx, who, at, &act)
        })
        .unwrap();
    }
    let case = office.run(move |tx, ctx| view_own_case(tx, ctx, &number)).unwrap();
    assert_eq!(case.lines.len(), 2);
    assert!(case.lines[1].is_ours && case.lines[1].words.contains("atur ulang"));
    let (is_ours, words) = office.lines(&browser).pop().unwrap();
    assert!(is_ours && words.contains("atur ulang"), "{words}");
    // The office answers for it, with or without the browser.
    let (gone, asked) = (token, case.number);
    office.run(move |tx, ctx| leave_browser(tx, ctx, &gone));
    office.run_due();
    let kept = office.run(move |tx, ctx| view_own_case(tx, ctx, &asked)).unwrap();
    assert_eq!(kept.lines.len(), 2);
}

#[test]
fn a_browser_is_forgotten_when_it_is_not_used_and_at_once_when_asked() {
    let mut office = Office::new();
    let (token, browser) = office.open();
    office.say(&browser, "1-a", Typed::Words("menu".into()));
    office.pass(SignedDuration::from_hours(24 * 20));
    let seen = office.find(&token).unwrap();
    office.say(&seen, "1-b", Typed::Words("menu".into()));
    office.pass(SignedDuration::from_hours(24 * 20));
    assert!(office.run_due() > 0);
    assert!(office.find(&token).is_some(), "it was used in between");
    office.pass(SignedDuration::from_hours(24 * 20));
    assert!(office.find(&token).is_none());
    office.run_due();
    assert!(office.lines(&browser).is_empty());
    assert!(office.is_sealed_away(&browser), "nothing of it is left to open");
    let (left, _) = office.open();
    let proven = office.prove(&left);
    assert!(proven.acts_for.is_some());
    let gone = left.clone();
    office.run(move |tx, ctx| leave_browser(tx, ctx, &gone));
    assert!(office.find(&left).is_none());
    office.run_due();
    assert!(office.is_sealed_away(&proven));
    let (third, _) = office.open();
    let person = office.prove(&third).acts_for.unwrap();
    assert_eq!(office.run(move |tx, ctx| end_browsers_of(tx, ctx, person)), 1);
    assert!(office.find(&third).is_none());
}

#[test]
fn the_data_of_a_browser_are_what_was_said_in_it_and_of_a_phone_how_many_act_for_it() {
    let mut office = Office::new();
    let (token, browser) = office.open();
    office.say(&browser, "1-a", Typed::Words("biaya".into()));
    let person = browser.row.person;
    let data = office.run(move |tx, ctx| view_own_data(tx, ctx, person)).unwrap();
    let said: Vec<&str> = data.messages.iter().map(|message| message.from).collect();
    assert_eq!(said, ["office", "person"], "each once, the newest first");
    assert_eq!(data.messages[1].words, "biaya");
    assert_eq!(data.browsers, 0);
    let phone = office.prove(&token).acts_for.unwrap();
    let data = office.run(move |tx, ctx| view_own_data(tx, ctx, phone)).unwrap();
    assert_eq!(data.browsers, 1);
}
