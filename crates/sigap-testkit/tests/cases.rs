//! Cases and talks with their real use cases on a real store: a citizen writes, one officer answers, nobody else does, the law's days
//! are kept.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::Officer;
use sigap_actions::context::Context;
use sigap_actions::keep_templates::compare_templates;
use sigap_actions::receive_message::{Received, receive_message};
use sigap_actions::same_person::{SameRefusal, join_persons, part_persons, view_pair};
use sigap_actions::view_cases::{CaseEventKind, CaseView, view_case, view_cases, view_praises};
use sigap_actions::work_case::{CaseAct, CaseTrouble, work_case};
use sigap_content::sample;
use sigap_core::cases::{CaseRefusal, CaseState, Urgency};
use sigap_core::conversation::choice::{MENU, PAYMENT, REQUIREMENTS_LOST_ORDINARY};
use sigap_core::ids::StaffId;
use sigap_core::inbound::{InboundMessage, Media, MediaKind, Said};
use sigap_core::person::Contact;
use sigap_core::staff::Role;
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{ACCOUNT, Desk, content, templates_at_meta};
use sigap_testkit::staff::{add_signed_in, as_staff, told};

const TODAY: Date = date(2026, 11, 30);
const LINE: &str = "100000000000001";
const HELPDESK: i64 = 1;
const COLLEAGUE: i64 = 2;
const HEAD: i64 = 3;
const COUNTER: i64 = 4;

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
        let mut office = Self {
            desk: Desk::new(office, TODAY, now),
            now,
            messages: 0,
        };
        let roles = [Role::Helpdesk, Role::Helpdesk, Role::Head, Role::Counter];
        for (staff, role) in (1..).zip(roles) {
            office.run(move |tx, ctx| add_signed_in(tx, ctx.office.id, ctx.now, staff, role));
        }
        office
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

    fn pass(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
        self.desk.run_jobs(self.now);
    }

    /// Sari says something on WhatsApp.
    fn hear(&mut self, said: Said) -> Received {
        self.hear_from("6281100000101", said)
    }

    fn hear_from(&mut self, phone: &str, said: Said) -> Received {
        self.messages += 1;
        let message = InboundMessage {
            number: LINE.into(),
            message_id: format!("wamid.{}", self.messages),
            sent_at: self.now,
            from: Contact {
                phone: Some(phone.into()),
                name: Some("Sari Contoh".into()),
                ..Contact::default()
            },
            said,
        };
        self.run(move |tx, ctx| receive_message(tx, ctx, &message, None))
    }

    fn say(&mut self, words: &str) -> Received {
        self.hear(Said::Text(words.into()))
    }

    /// What went out since the last look.
    fn told(&mut self) -> Vec<String> {
        told(&mut self.desk, self.now)
    }

    /// Asks for an officer; the number of the case.
    fn ask_for_officer(&mut self) -> String {
        self.say("petugas");
        self.say("Nama di paspor saya salah cetak");
        self.told();
        self.numbers().remove(0)
    }

    fn complain(&mut self) -> String {
        for words in ["pengaduan", "Loket 3 meminta uang tambahan"] {
            self.say(words);
        }
        self.told();
        self.numbers().remove(0)
    }

    fn numbers(&mut self) -> Vec<String> {
        self.tagged("")
    }

    fn tagged(&mut self, tag: &str) -> Vec<String> {
        let tag = tag.to_owned();
        let seen = self.as_staff(HELPDESK, move |tx, ctx, who| view_cases(tx, ctx, who, &tag));
        seen.unwrap().open.into_iter().map(|row| row.case.number).collect()
    }

    fn work(&mut self, staff: i64, number: &str, act: CaseAct) -> Result<(), CaseTrouble> {
        let id = self.view(number).row.case.id;
        self.as_staff(staff, move |tx, ctx, who| work_case(tx, ctx, who, id, &act))
    }

    fn view(&mut self, number: &str) -> CaseView {
        let number = number.to_owned();
        self.as_staff(HELPDESK, move |tx, ctx, who| view_case(tx, ctx, who, &number))
            .unwrap()
    }

    fn story(&mut self, number: &str) -> Vec<(CaseEventKind, String)> {
        let view = self.view(number);
        view.events
            .into_iter()
            .map(|seen| (seen.event.kind, seen.event.words))
            .collect()
    }
}

fn answer(words: &str) -> CaseAct {
    CaseAct::Answer {
        words: words.into(),
        is_talk: true,
        buttons: Vec::new(),
    }
}

#[test]
fn a_citizen_talks_with_one_officer_and_the_assistant_keeps_silent() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    assert!(number.starts_with("S-2611-"), "{number}");
    // Not taken yet: the assistant still answers.
    assert!(matches!(office.say("biaya"), Received::Answered(_)));
    office.told();
    assert_eq!(
        office.work(HELPDESK, &number, answer("Halo")),
        Err(CaseTrouble::Refused(CaseRefusal::NotTaken))
    );
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    office
        .work(HELPDESK, &number, answer("  Boleh tahu nomor permohonannya?  "))
        .unwrap();
    let told = office.told();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("Boleh tahu nomor permohonannya?") && told[0].contains(&number) && told[0].contains("menu"),
        "{told:?}"
    );
    // What would be a topic of the assistant is for the officer now, and so is a photo.
    assert_eq!(office.say("biaya"), Received::HandedOver);
    let photo = Media {
        kind: MediaKind::Image,
        media_id: Some("1".into()),
        mime_type: None,
        caption: Some("slip saya".into()),
        filename: None,
    };
    assert_eq!(office.hear(Said::Media(photo)), Received::HandedOver);
    assert_eq!(office.told(), Vec::<String>::new());
    assert_eq!(
        office.work(COLLEAGUE, &number, answer("Saya juga menjawab")),
        Err(CaseTrouble::Refused(CaseRefusal::Taken(StaffId(HELPDESK))))
    );
    let view = office.view(&number);
    assert!(view.row.case.heard_at.is_some() && view.window_until.is_some());
    assert_eq!(view.name, "Sari Contoh");
    // The office closes at 16.00: that is what was promised today.
    assert_eq!(view.row.case.owed_at, Some("2026-11-30T09:00:00Z".parse().unwrap()));
    office
        .work(HELPDESK, &number, answer("Terima kasih, sudah kami perbaiki."))
        .unwrap();
    assert_eq!(office.view(&number).row.case.owed_at, None);
    office.work(HELPDESK, &number, CaseAct::Close).unwrap();
    let told = office.told();
    assert!(told.last().unwrap().contains("Bagaimana jawaban kami?"), "{told:?}");
    assert!(matches!(
        office.hear(Said::Choice("feedback.rate_4".into())),
        Received::Answered(_)
    ));
    assert!(office.told()[0].contains(&number));
    let ended = office.view(&number).row.case;
    assert_eq!((ended.state, ended.satisfaction), (CaseState::Closed, Some(4)));
    assert!(
        matches!(office.say("biaya"), Received::Answered(_)),
        "the assistant is back"
    );
    use CaseEventKind::{Answered, Before, Closed, Heard, Rated, Taken};
    let story = office.story(&number);
    let kinds: Vec<_> = story.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [Before, Taken, Answered, Heard, Heard, Answered, Closed, Rated]);
    assert_eq!(story[4].1, "[foto] slip saya");
}

#[test]
fn a_citizen_goes_back_to_the_assistant_with_one_word() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    office.work(HELPDESK, &number, answer("Halo")).unwrap();
    office.told();
    assert!(matches!(office.say(" Menu "), Received::Answered(_)));
    let told = office.told().join("\n");
    assert!(told.contains("kembali ke asisten") && told.contains(&number), "{told}");
    assert!(!office.view(&number).row.case.is_talk);
    assert_eq!(
        office.work(HELPDESK, &number, CaseAct::GiveBack),
        Err(CaseTrouble::Refused(CaseRefusal::NoTalk))
    );
    // The officer may speak again.
    office.work(HELPDESK, &number, answer("Satu hal lagi")).unwrap();
    assert_eq!(office.say("ya?"), Received::HandedOver);
    office.work(HELPDESK, &number, CaseAct::GiveBack).unwrap();
    assert!(matches!(office.say("biaya"), Received::Answered(_)));
}

#[test]
fn outside_office_hours_a_talk_says_once_when_somebody_reads_it() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    office.work(HELPDESK, &number, answer("Halo")).unwrap();
    office.told();
    // 21.00 WIB.
    office.pass(12);
    assert_eq!(office.say("masih ada orang?"), Received::HandedOver);
    let told = office.told();
    assert!(told.len() == 1 && told[0].contains("sedang tutup"), "{told:?}");
    assert_eq!(office.say("halo?"), Received::HandedOver);
    assert_eq!(office.told(), Vec::<String>::new());
    assert_eq!(
        office.view(&number).row.case.owed_at,
        Some("2026-12-01T09:00:00Z".parse().unwrap()),
        "tomorrow until the doors close"
    );
}

#[test]
fn when_the_window_is_closed_an_answer_waits_for_an_invitation() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    assert_eq!(
        office.work(HELPDESK, &number, CaseAct::Invite),
        Err(CaseTrouble::WindowOpen)
    );
    office.pass(25);
    assert_eq!(
        office.work(HELPDESK, &number, answer("Halo")),
        Err(CaseTrouble::WindowClosed)
    );
    assert_eq!(office.told(), Vec::<String>::new());
    let case = office.view(&number).row.case;
    assert!(
        case.answered_at.is_none() && !case.is_talk,
        "what was not sent has not happened"
    );
    office.work(HELPDESK, &number, CaseAct::Invite).unwrap();
    let told = office.told();
    assert!(told.len() == 1 && told[0].contains(&number), "{told:?}");
    assert_eq!(office.say("ya"), Received::HandedOver);
    office.work(HELPDESK, &number, answer("Sudah kami perbaiki")).unwrap();
    assert_eq!(office.told().len(), 1);
}

#[test]
fn an_invitation_needs_an_approved_template_and_tells_what_it_costs() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    office.pass(25);
    let money = office.view(&number).money;
    assert!(money.next_sen > 0 && money.left_rupiah() == 1_000_000, "{money:?}");
    office.run(|tx, ctx| compare_templates(tx, ctx, ACCOUNT, &Ok(templates_at_meta(ctx, "PENDING"))));
    assert_eq!(
        office.work(HELPDESK, &number, CaseAct::Invite),
        Err(CaseTrouble::NoTemplate)
    );
    assert!(
        !office.view(&number).row.case.is_talk,
        "what was not sent has not happened"
    );
    office.run(|tx, ctx| compare_templates(tx, ctx, ACCOUNT, &Ok(templates_at_meta(ctx, "APPROVED"))));
    office.work(HELPDESK, &number, CaseAct::Invite).unwrap();
    assert!(office.view(&number).money.left_rupiah() < 1_000_000);
}

#[test]
fn a_complaint_keeps_the_days_of_the_law_and_goes_to_the_head_when_they_pass() {
    let mut office = Office::new();
    let number = office.complain();
    let case = office.view(&number).row.case;
    assert_eq!(
        (case.due_on, case.end_on),
        (Some(date(2026, 12, 3)), Some(date(2026, 12, 18)))
    );
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    assert_eq!(
        office.work(HELPDESK, &number, CaseAct::Close),
        Err(CaseTrouble::Refused(CaseRefusal::Unanswered))
    );
    office.pass(24 * 3);
    assert_eq!(
        office.view(&number).row.case.escalated_at,
        None,
        "the third day is not over"
    );
    office.pass(24);
    let late = office.view(&number);
    assert_eq!(late.row.case.urgency(late.at), Urgency::Late);
    assert!(late.row.case.escalated_at.is_some());
    assert!(
        office
            .story(&number)
            .iter()
            .any(|(kind, _)| *kind == CaseEventKind::Escalated)
    );
    // The head takes it, and somebody has to look into it on the spot: sixty days.
    office.work(COLLEAGUE, &number, CaseAct::Take).unwrap_err();
    office.work(HEAD, &number, CaseAct::Take).unwrap();
    office.work(HEAD, &number, CaseAct::FieldCheck).unwrap();
    assert_eq!(office.view(&number).row.case.end_on, Some(date(2027, 3, 1)));
}

#[test]
fn who_may_not_may_not_and_words_have_a_measure() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    assert_eq!(office.work(COUNTER, &number, CaseAct::Take), Err(CaseTrouble::Denied));
    let denied = office.as_staff(COUNTER, |tx, ctx, who| view_cases(tx, ctx, who, ""));
    assert_eq!(denied.err(), Some(CaseTrouble::Denied));
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    assert_eq!(office.work(HELPDESK, &number, answer(" \n ")), Err(CaseTrouble::Empty));
    assert_eq!(
        office.work(HELPDESK, &number, answer(&"a".repeat(3_001))),
        Err(CaseTrouble::Long)
    );
    office.work(HELPDESK, &number, answer(&"é".repeat(3_000))).unwrap();
    office
        .work(
            COLLEAGUE,
            &number,
            CaseAct::Note {
                words: "telepon dulu".into(),
            },
        )
        .unwrap();
    office
        .work(HELPDESK, &number, CaseAct::Assign { staff: StaffId(99) })
        .unwrap_err();
    office
        .work(
            HELPDESK,
            &number,
            CaseAct::Assign {
                staff: StaffId(COLLEAGUE),
            },
        )
        .unwrap();
    assert_eq!(
        office.work(HELPDESK, &number, answer("Halo")),
        Err(CaseTrouble::Refused(CaseRefusal::Taken(StaffId(COLLEAGUE))))
    );
    office.work(COLLEAGUE, &number, CaseAct::Close).unwrap();
    office.work(COLLEAGUE, &number, answer("Halo")).unwrap_err();
    office.work(HELPDESK, &number, CaseAct::Reopen).unwrap();
    assert_eq!(office.view(&number).row.case.staff, Some(StaffId(HELPDESK)));
}

#[test]
fn an_officer_sees_what_was_said_before() {
    let mut office = Office::new();
    office.say("biaya");
    let number = office.ask_for_officer();
    let story = office.story(&number);
    let (kind, before) = story.first().unwrap();
    assert_eq!(*kind, CaseEventKind::Before);
    assert!(
        before.starts_with("biaya → ") && before.contains("petugas → "),
        "{before}"
    );
    for _ in 0..9 {
        office.say("syarat");
    }
    office.ask_for_officer();
    let second = office.numbers().into_iter().find(|known| *known != number).unwrap();
    assert_eq!(office.story(&second)[0].1.lines().count(), 5);
}

#[test]
fn an_officer_does_not_see_what_was_taken_back_or_changed_before() {
    for change in [
        Said::Revoked {
            message_id: "wamid.1".into(),
        },
        Said::Edited {
            message_id: "wamid.1".into(),
            text: Some("halo".into()),
        },
    ] {
        let mut office = Office::new();
        office.say("nomor rahasia saya biaya");
        assert_eq!(office.hear(change), Received::Silent);
        let number = office.ask_for_officer();
        let before = office.story(&number);
        assert!(before.iter().all(|(_, words)| !words.contains("rahasia")), "{before:?}");
    }
}

#[test]
fn lists_of_papers_and_buttons_are_answered_by_the_assistant_while_the_talk_goes_on() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    let papers = |choice| CaseAct::Papers { choice };
    assert_eq!(
        office.work(HELPDESK, &number, papers(REQUIREMENTS_LOST_ORDINARY)),
        Err(CaseTrouble::Refused(CaseRefusal::NotTaken))
    );
    office.work(HELPDESK, &number, CaseAct::Take).unwrap();
    office
        .work(HELPDESK, &number, papers(REQUIREMENTS_LOST_ORDINARY))
        .unwrap();
    let told = office.told().join("\n");
    assert!(told.to_lowercase().contains("hilang"), "{told}");
    assert_eq!(office.work(HELPDESK, &number, papers(MENU)), Err(CaseTrouble::Empty));
    let with_buttons = |words: &str| CaseAct::Answer {
        words: words.into(),
        is_talk: true,
        buttons: vec![PAYMENT, MENU],
    };
    office
        .work(HELPDESK, &number, with_buttons("Begini cara bayarnya:"))
        .unwrap();
    office.told();
    assert_eq!(
        office.work(HELPDESK, &number, with_buttons(&"a".repeat(801))),
        Err(CaseTrouble::Long),
        "with buttons there is less room"
    );
    // A tap is answered at once, and nobody waits for the officer because of it.
    assert!(matches!(
        office.hear(Said::Choice("payment".into())),
        Received::Answered(_)
    ));
    assert!(!office.told().is_empty());
    assert_eq!(office.view(&number).row.case.heard_at, None);
    let story = office.story(&number);
    assert!(story.last().unwrap().1.starts_with('['), "{story:?}");
    // Typed words and other taps are for the officer, as before.
    assert_eq!(office.say("sudah saya bayar"), Received::HandedOver);
    assert_eq!(office.hear(Said::Choice("status".into())), Received::HandedOver);
}

#[test]
fn tags_sort_cases_and_are_kept_within_bounds() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    let tag = |words: &str| CaseAct::Tag { words: words.into() };
    office.work(COLLEAGUE, &number, tag("salah cetak, Mendesak")).unwrap();
    let story = office.story(&number);
    assert_eq!(
        story.last().unwrap(),
        &(CaseEventKind::Tagged, "salah cetak, mendesak".to_owned())
    );
    assert_eq!(office.view(&number).row.tags, ["salah cetak", "mendesak"]);
    assert_eq!(office.tagged("mendesak"), std::slice::from_ref(&number));
    assert_eq!(office.tagged("cetak"), Vec::<String>::new());
    for wrong in [&*"a".repeat(31), "1,2,3,4,5,6,7"] {
        assert_eq!(
            office.work(HELPDESK, &number, tag(wrong)),
            Err(CaseTrouble::Tags),
            "{wrong:?}"
        );
    }
    office.work(HELPDESK, &number, tag("")).unwrap();
    assert_eq!(office.tagged("mendesak"), Vec::<String>::new());
}

#[test]
fn praise_reaches_the_officers_it_names_and_tells_nobody_who_praised() {
    let mut office = Office::new();
    office.say("apresiasi");
    office.say("Terima kasih Bu Ani di loket 2, ramah sekali");
    office.say("5");
    office.told();
    let number = office.numbers().remove(0);
    let pass = |staff: &[i64]| CaseAct::Praise {
        staff: staff.iter().map(|id| StaffId(*id)).collect(),
    };
    office.work(HELPDESK, &number, pass(&[COUNTER])).unwrap();
    office.work(HELPDESK, &number, pass(&[COUNTER])).unwrap();
    let read = |office: &mut Office, staff| office.as_staff(staff, view_praises);
    let praises = read(&mut office, COUNTER);
    assert_eq!(praises.len(), 1, "once, however often it is passed on");
    assert!(praises[0].1.contains("ramah sekali"));
    assert!(read(&mut office, COLLEAGUE).is_empty());
    assert_eq!(office.work(HELPDESK, &number, pass(&[])), Err(CaseTrouble::NoColleague));
    assert_eq!(
        office.work(HELPDESK, &number, pass(&[99])),
        Err(CaseTrouble::NoColleague)
    );
    let other = office.ask_for_officer();
    let talk = office.numbers().into_iter().find(|known| *known == other).unwrap();
    assert_eq!(
        office.work(HELPDESK, &talk, pass(&[COUNTER])),
        Err(CaseTrouble::NoPraise)
    );
}

#[test]
fn one_person_with_two_phones_is_seen_as_one_after_an_officer_looked_at_both() {
    let mut office = Office::new();
    let number = office.ask_for_officer();
    let second = "6281100000999";
    office.hear_from(second, Said::Text("petugas".into()));
    office.hear_from(second, Said::Text("Ini Sari dari HP suami".into()));
    office.told();
    let other = office.numbers().into_iter().find(|known| *known != number).unwrap();
    let look = |office: &mut Office, staff, one: &str, other: &str| {
        let (one, other) = (one.to_owned(), other.to_owned());
        office.as_staff(staff, move |tx, ctx, who| view_pair(tx, ctx, who, &one, &other))
    };
    assert_eq!(look(&mut office, COUNTER, &number, &other), Err(SameRefusal::Denied));
    assert_eq!(look(&mut office, HELPDESK, &number, &number), Err(SameRefusal::Same));
    assert_eq!(
        look(&mut office, HELPDESK, &number, "S-2611-9999"),
        Err(SameRefusal::Unknown)
    );
    let pair = look(&mut office, HELPDESK, &number, &other.to_lowercase()).unwrap();
    assert_eq!(
        (pair.one.phone.as_str(), pair.other.phone.as_str()),
        ("6281100000101", second)
    );
    assert!(office.view(&number).same.is_empty(), "looking changes nothing");
    let (one, two) = (number.clone(), other.clone());
    office
        .as_staff(HELPDESK, move |tx, ctx, who| join_persons(tx, ctx, who, &one, &two))
        .unwrap();
    for (mine, theirs) in [(&number, &other), (&other, &number)] {
        let view = office.view(mine);
        assert_eq!(view.same.len(), 1);
        assert!(
            view.others.iter().any(|row| row.case.number == **theirs),
            "both histories are one"
        );
    }
    assert_eq!(look(&mut office, HELPDESK, &number, &other), Err(SameRefusal::Same));
    // Each phone still gets its own answers.
    office.work(HELPDESK, &other, CaseAct::Take).unwrap();
    office.work(HELPDESK, &other, answer("Untuk HP kedua")).unwrap();
    assert_eq!(office.told().len(), 1);
    assert!(!office.view(&number).row.case.is_talk);
    let person = office.view(&number).same[0].person;
    let one = number.clone();
    office
        .as_staff(HELPDESK, move |tx, ctx, who| part_persons(tx, ctx, who, &one, person))
        .unwrap();
    assert!(office.view(&number).same.is_empty() && office.view(&other).same.is_empty());
}
