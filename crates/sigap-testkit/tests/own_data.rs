//! What is kept about a person, shown and erased with the real use cases on a real store; afterwards everything goes on without them.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::context::Context;
use sigap_actions::erase_own_data::{Consent, EraseRefusal, Kept, Receipt, erase_own_data};
use sigap_actions::own_data::{AskedBy, OwnData, export, find_by_phone, view_own_data};
use sigap_actions::receive_message::{Received, receive_message};
use sigap_actions::run_jobs::run_job;
use sigap_actions::view_bookings::view_bookings;
use sigap_actions::view_cases::{view_case, view_cases};
use sigap_actions::view_trail::{verify_trail, view_trail};
use sigap_actions::work_case::{CaseAct, CaseTrouble, work_case};
use sigap_content::sample;
use sigap_core::application::Stage;
use sigap_core::booking::identity::Identity;
use sigap_core::booking::{BookingCode, BookingRefusal, BookingState, BookingView, Visitor};
use sigap_core::cases::CaseState;
use sigap_core::conversation::dialogue::{Answer, Question};
use sigap_core::ids::{ApplicationNumber, PersonId, VisitId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::person::Contact;
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::Role;
use sigap_core::trail::Chain;
use sigap_store::records::{FollowRow, JobKind, VisitContent, VisitRow};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{Desk, content};
use sigap_testkit::staff::{add_signed_in, as_staff, told};

const TODAY: Date = date(2026, 11, 30);
const LINE: &str = "100000000000001";
const HEAD: i64 = 100;
/// Sari, and the phone that the desk of tests gives her.
const SARI: PersonId = PersonId(7);
const PHONE: &str = "6281200000007";

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
        office.run(|tx, ctx| add_signed_in(tx, ctx.office.id, ctx.now, HEAD, Role::Head));
        office
    }

    fn run<T: Send + 'static>(
        &mut self,
        act: impl FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.run(self.now, act)
    }

    fn pass(&mut self, time: SignedDuration) {
        self.now += time;
        self.desk.run_jobs(self.now);
    }

    fn say(&mut self, words: &str) -> Received {
        self.messages += 1;
        self.now += SignedDuration::from_secs(1);
        let message = InboundMessage {
            number: LINE.into(),
            message_id: format!("wamid.{}", self.messages),
            sent_at: self.now,
            from: Contact {
                phone: Some(PHONE.into()),
                name: Some("Sari Contoh".into()),
                ..Contact::default()
            },
            said: Said::Text(words.into()),
        };
        self.run(move |tx, ctx| receive_message(tx, ctx, &message, None))
    }

    fn ask(&mut self, question: &Question) -> Result<BookingView, BookingRefusal> {
        match self.desk.answer_as(SARI, self.now, question) {
            Answer::Booking(booked) => booked,
            other => panic!("{other:?}"),
        }
    }

    fn try_hold(&mut self, service: &str, day: i8, hour: i8) -> Result<BookingView, BookingRefusal> {
        self.ask(&Question::HoldPlaces {
            service: service.into(),
            at: date(2026, 12, day).at(hour, 0, 0, 0),
            people: vec![ani()],
        })
    }

    fn hold(&mut self, service: &str, day: i8, hour: i8) -> BookingView {
        self.try_hold(service, day, hour).unwrap()
    }

    fn view(&mut self, person: PersonId) -> Option<OwnData> {
        self.run(move |tx, ctx| view_own_data(tx, ctx, person))
    }

    /// The first of the two transactions.
    fn erase(&mut self, consent: Consent) -> Result<Receipt, EraseRefusal> {
        let erased = self.run(move |tx, ctx| erase_own_data(tx, ctx, SARI, AskedBy::Person, consent));
        erased.map(|(receipt, _)| receipt)
    }

    fn who_writes(&mut self) -> Option<PersonId> {
        self.run(|tx, ctx| find_by_phone(tx, ctx, PHONE))
    }

    fn put_in_hall(&mut self, state: VisitState) {
        self.run(move |tx, ctx| {
            let row = VisitRow {
                visit: Visit {
                    id: VisitId(900),
                    label: TicketLabel {
                        letter: 'A',
                        number: 12,
                    },
                    line: "passport".into(),
                    state,
                    since: ctx.now,
                    free_at: None,
                    percent: 100,
                    group: None,
                    counter: None,
                    calls: 0,
                    called_at: None,
                    person: Some(SARI),
                    booking: None,
                },
                day: TODAY,
                is_near_told: false,
                token: "tiket".into(),
                content: VisitContent {
                    names: vec!["Ani Contoh".into()],
                    note: "kursi roda".into(),
                    ..VisitContent::default()
                },
            };
            tx.insert_visit(ctx.office.id, &row)
        });
    }

    /// Sari with everything: a booking, a complaint that was answered, an application, a visit that is over. The code and the number.
    fn fill(&mut self) -> (String, String) {
        let held = self.hold("pickup", 3, 10);
        self.now += SignedDuration::from_secs(30);
        let booked = self.ask(&Question::ConfirmBooking { id: held.id }).unwrap();
        for words in ["halo", "pengaduan", "Loket 3 meminta uang tambahan"] {
            self.say(words);
        }
        told(&mut self.desk, self.now);
        let seen = as_staff(&mut self.desk, self.now, HEAD, |tx, ctx, who| {
            view_cases(tx, ctx, who, "")
        });
        let case = seen.unwrap().open.remove(0).case;
        let id = case.id;
        for act in [
            CaseAct::Take,
            CaseAct::Answer {
                words: "Kami periksa hari ini".into(),
                is_talk: true,
                buttons: Vec::new(),
            },
            CaseAct::Note {
                words: "tanya petugas loket 3".into(),
            },
        ] {
            as_staff(&mut self.desk, self.now, HEAD, move |tx, ctx, who| {
                work_case(tx, ctx, who, id, &act)
            })
            .unwrap();
        }
        self.run(|tx, ctx| {
            let number = ApplicationNumber::parse("1021000012345678").unwrap();
            tx.bind_person(ctx.office.id, SARI, &number, ctx.now)?;
            let wish = FollowRow {
                person: SARI,
                number,
                line: LINE.into(),
                told: Stage::Submitted,
                moved_at: None,
            };
            tx.save_follow(ctx.office.id, &wish)
        });
        self.put_in_hall(VisitState::Done);
        (booked.code.as_str().to_owned(), case.number)
    }

    /// Every page and job that may come across what is left of Sari.
    fn walk(&mut self, code: &str, number: &str) {
        let (code, number) = (code.to_owned(), number.to_owned());
        as_staff(&mut self.desk, self.now, HEAD, move |tx, ctx, who| {
            let office = ctx.office.id;
            let cases = view_cases(tx, ctx, who, "")?.unwrap();
            assert!(cases.open.is_empty());
            assert!(
                cases
                    .closed
                    .iter()
                    .any(|row| row.case.number == number && row.is_erased)
            );
            let seen = view_case(tx, ctx, who, &number)?.unwrap();
            assert!(seen.row.is_erased && seen.row.text.is_empty());
            assert_eq!((seen.name.as_str(), seen.phone.as_str()), ("", ""));
            assert!(seen.events.iter().all(|event| event.event.words.is_empty()));
            assert!(seen.bookings.is_empty() && seen.application.is_none() && seen.window_until.is_none());
            let id = seen.row.case.id;
            for act in [CaseAct::Note { words: "x".into() }, CaseAct::Reopen] {
                assert_eq!(work_case(tx, ctx, who, id, &act)?, Err(CaseTrouble::Erased));
            }
            let code = BookingCode::parse(&code).unwrap();
            let booking = tx.find_booking_by_code(office, &code)?.unwrap();
            let row = tx.find_booking(office, booking)?.unwrap();
            assert_eq!(row.state, BookingState::Cancelled);
            assert!(row.content.people.is_empty() && row.content.token.is_none());
            assert_eq!(view_bookings(tx, ctx, SARI)?, []);
            let done = tx.list_visits(office, TODAY, VisitState::Done, 9)?;
            assert!(done.iter().all(|row| row.content == VisitContent::default()));
            assert_eq!(tx.find_visit_by_token(office, "tiket")?, None);
            view_trail(tx, ctx, who, None)?.unwrap();
            assert!(matches!(verify_trail(tx, ctx)?, Chain::Whole { .. }));
            Ok(())
        });
        assert_eq!(told(&mut self.desk, self.now), Vec::<String>::new());
    }
}

fn ani() -> Visitor {
    Visitor {
        name: "Ani Contoh".into(),
        born_on: date(1990, 2, 1),
    }
}

#[test]
fn everything_is_shown_and_taken_away_with_the_numbers_masked() {
    let mut office = Office::new();
    let (code, number) = office.fill();
    let data = office.view(SARI).unwrap();
    assert_eq!(data.identifiers.phone.as_deref(), Some("628••••••••07"));
    assert_eq!(data.identifiers.name.as_deref(), Some("Sari Contoh"));
    assert_eq!(
        (data.bookings.len(), data.bookings[0].code.as_str()),
        (1, code.as_str())
    );
    assert_eq!(data.bookings[0].people[0].name, "Ani Contoh");
    let ways: Vec<_> = data
        .applications
        .iter()
        .map(|one| (one.way, one.number.as_str()))
        .collect();
    let masked = "1021••••••••5678";
    assert_eq!(ways, [("bound", masked), ("followed", masked)]);
    assert_eq!((data.cases.len(), data.cases[0].number.as_str()), (1, number.as_str()));
    assert_eq!(data.cases[0].words, "Loket 3 meminta uang tambahan");
    let words: Vec<_> = data.cases[0]
        .lines
        .iter()
        .filter_map(|line| line.words.as_deref())
        .collect();
    assert!(words.contains(&"Kami periksa hari ini"));
    assert!(
        !words.iter().any(|words| words.contains("tanya petugas")),
        "a note among officers"
    );
    assert_eq!((data.visits.len(), data.visits[0].number.as_str()), (1, "A-012"));
    assert!(data.visits[0].has_note);
    for (from, part) in [("person", "halo"), ("office", "Kami periksa hari ini")] {
        let found = data
            .messages
            .iter()
            .any(|one| one.from == from && one.words.contains(part));
        assert!(found, "{from}: {part}");
    }
    assert!(data.messages.is_sorted_by(|newer, older| newer.at >= older.at));
    let text = export(&data).unwrap();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["schema"], 1);
    assert_eq!(read["bookings"][0]["people"][0]["name"], "Ani Contoh");
    assert_eq!(read["cases"][0]["words"], "Loket 3 meminta uang tambahan");
    assert_eq!(read["not_linked"][0], "survey_answers");
    for secret in [PHONE, "1021000012345678"] {
        assert!(!text.contains(secret));
    }
    assert!(office.view(PersonId(99)).is_none());
}

#[test]
fn whoever_is_erased_with_everything_leaves_all_pages_and_jobs_whole() {
    let mut office = Office::new();
    let (code, number) = office.fill();
    let asked = office.erase(Consent::Asked).unwrap_err();
    let EraseRefusal::Unconfirmed(losses) = asked else {
        panic!("{asked:?}")
    };
    assert_eq!(losses.bookings.len(), 1);
    assert_eq!(losses.cases, [(number.clone(), "complaint")]);
    assert_eq!(losses.applications, 1);
    assert!(office.view(SARI).is_some(), "nothing happens before they say yes");

    // Something waits to be sent to her, too.
    office.say("biaya");
    let receipt = office.erase(Consent::Given).unwrap();
    assert_eq!((receipt.given_back, receipt.ended_cases), (1, 1));
    assert_eq!((receipt.erased.bookings, receipt.erased.cases), (1, 1));
    assert!(receipt.erased.waiting >= 1);
    assert!(receipt.kept.contains(&Kept::Counts) && receipt.kept.contains(&Kept::DayLimit));
    assert_eq!(office.who_writes(), None);
    assert!(office.view(SARI).is_none());
    // The process died here: the rows are gone, the key is not.
    office.walk(&code, &number);
    office.desk.run_jobs(office.now);
    office.walk(&code, &number);
    let left = office.run(|tx, ctx| {
        let job = |kind| move |job: &sigap_store::records::Job| job.kind == kind;
        let due = tx.list_due_jobs(ctx.office.id, Timestamp::MAX, 999)?;
        Ok(due.iter().filter(|found| job(JobKind::Erase)(found)).count())
    });
    assert_eq!(left, 0, "the erasure is done");
    // Weeks of jobs: reminders, missed visits, escalations, places that come back, figures.
    for _ in 0..30 {
        office.pass(SignedDuration::from_hours(24));
    }
    office.walk(&code, &number);
    let lines = office.run(|tx, ctx| tx.list_audit(ctx.office.id, 99));
    let erased = lines.iter().find(|line| line.act == "person_erased").unwrap();
    assert_eq!(
        (erased.actor.as_str(), erased.subject.as_str()),
        ("citizen", "person 7")
    );

    // The same phone is a stranger, who is answered, and has a history of their own.
    assert!(matches!(office.say("halo"), Received::Answered(_)));
    assert!(!told(&mut office.desk, office.now).is_empty());
    let again = office.who_writes().unwrap();
    assert_ne!(again, SARI);
    let data = office.view(again).unwrap();
    assert!(data.bookings.is_empty() && data.cases.is_empty() && data.visits.is_empty());
    assert_eq!(data.messages.iter().filter(|one| one.from == "person").count(), 1);
}

#[test]
fn a_step_that_is_done_twice_changes_nothing() {
    let mut office = Office::new();
    let (code, number) = office.fill();
    let (_, job) = office
        .run(|tx, ctx| erase_own_data(tx, ctx, SARI, AskedBy::Desk, Consent::Given))
        .unwrap();
    for _ in 0..2 {
        let due = job.clone();
        office.run(move |tx, ctx| run_job(tx, ctx, &due));
    }
    office.desk.run_jobs(office.now);
    office.walk(&code, &number);
    assert_eq!(office.erase(Consent::Given), Err(EraseRefusal::Unknown));
    // It was asked for at the desk: that stands in the trail, without who.
    let acts = office.run(|tx, ctx| tx.list_acts(ctx.office.id, 0, 999));
    let found = acts.iter().filter(|(act, _)| act.act == "person_erased");
    assert_eq!(
        found.map(|(act, _)| act.subject.as_str()).collect::<Vec<_>>(),
        ["person 7"]
    );
}

#[test]
fn nobody_is_erased_while_they_wait_in_the_hall() {
    let mut office = Office::new();
    office.hold("pickup", 3, 10);
    office.put_in_hall(VisitState::Called);
    let refused = EraseRefusal::InHall { number: "A-012".into() };
    assert_eq!(office.erase(Consent::Given), Err(refused));
    assert!(office.view(SARI).is_some());
}

#[test]
fn a_visit_that_has_begun_is_waited_for() {
    let mut office = Office::new();
    let held = office.hold("pickup", 3, 10);
    office.now += SignedDuration::from_secs(30);
    let booked = office.ask(&Question::ConfirmBooking { id: held.id }).unwrap();
    // Thursday, 10.01 WIB.
    office.now = "2026-12-03T03:01:00Z".parse().unwrap();
    match office.erase(Consent::Given) {
        Err(EraseRefusal::VisitNow { code, until }) => {
            assert_eq!(code, booked.code.as_str());
            assert!(until.unwrap() > office.now);
        }
        other => panic!("{other:?}"),
    }
    office.pass(SignedDuration::from_hours(8));
    office.erase(Consent::Given).unwrap();
}

#[test]
fn one_contact_is_erased_once_a_day() {
    let mut office = Office::new();
    office.say("halo");
    let erase = |office: &mut Office| {
        let person = office.who_writes().unwrap();
        office
            .run(move |tx, ctx| erase_own_data(tx, ctx, person, AskedBy::Person, Consent::Given))
            .map(|_| ())
    };
    erase(&mut office).unwrap();
    office.pass(SignedDuration::from_mins(1));
    office.say("halo");
    assert_eq!(erase(&mut office), Err(EraseRefusal::TooSoon));
    office.pass(SignedDuration::from_hours(24));
    erase(&mut office).unwrap();
}

#[test]
fn a_bar_outlives_an_erasure_and_then_goes_by_itself() {
    let mut office = Office::new();
    let held = office.hold("bap", 1, 9);
    office.now += SignedDuration::from_secs(30);
    office.ask(&Question::ConfirmBooking { id: held.id }).unwrap();
    // Past the hour, and the hour that people may be late: nobody came.
    office.now = "2026-12-01T04:00:00Z".parse().unwrap();
    office.desk.run_jobs(office.now);
    let is_missed = |office: &mut Office| {
        office.run(|tx, _| {
            let named = Identity::Named {
                visitor: ani(),
                contact: PHONE.into(),
            };
            let key = tx.identity_key(&named)?;
            Ok(tx.find_standing(key, "bap")?.missed_at.is_some())
        })
    };
    assert!(is_missed(&mut office));
    let receipt = office.erase(Consent::Given).unwrap();
    let until = receipt.kept.iter().find_map(|kept| match kept {
        Kept::MissedVisit { service, until } => Some((service.as_str(), *until)),
        _ => None,
    });
    assert_eq!(until, Some(("bap", date(2026, 12, 31))));
    office.pass(SignedDuration::from_hours(1));
    office.say("halo");
    assert_ne!(office.who_writes(), Some(SARI));
    let again = office.try_hold("bap", 3, 9);
    assert!(
        matches!(again, Err(BookingRefusal::Barred { .. })),
        "nobody gets around a bar by an erasure: {again:?}"
    );
    office.pass(SignedDuration::from_hours(24 * 31));
    assert!(!is_missed(&mut office), "the hash went by itself");
}

#[test]
fn an_open_case_ends_and_is_still_counted() {
    let mut office = Office::new();
    let (_, number) = office.fill();
    office.erase(Consent::Given).unwrap();
    let case = office.run(move |tx, ctx| {
        let id = tx.find_case_by_number(ctx.office.id, &number)?.unwrap();
        tx.find_case(ctx.office.id, id)
    });
    let case = case.unwrap().case;
    assert_eq!(case.state, CaseState::Closed);
    assert!(case.closed_at.is_some() && case.answered_at.is_some() && case.due_on.is_some());
    assert!(!case.is_talk && case.line.is_empty());
}
