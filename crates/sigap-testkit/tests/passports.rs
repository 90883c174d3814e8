//! Finished passports: from the report to the shelf, reminders on the days of the rule, the hand-over, the end after thirty days.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use sigap_actions::authority::Officer;
use sigap_actions::context::Context;
use sigap_actions::hand_over_passport::{
    PassportRefusal, PassportView, find_passport, hand_over_passport, shelve_passport, view_shelf,
};
use sigap_actions::import_applications::import_chunk;
use sigap_content::sample;
use sigap_core::application::{ReportKind, ReportRow, Stage};
use sigap_core::ids::{ApplicationNumber, PersonId, ProcessId};
use sigap_core::person::Contact;
use sigap_core::staff::Role;
use sigap_store::records::{FollowRow, PassportState};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{Desk, content};
use sigap_testkit::staff::{add_signed_in, as_staff};

const TODAY: Date = date(2026, 11, 30);
const LINE: &str = "100000000000001";

struct Shelf {
    desk: Desk,
    now: Timestamp,
}

fn number(last: u32) -> ApplicationNumber {
    ApplicationNumber::parse(&format!("{:016}", 1_179_000_000_000_000_u64 + u64::from(last))).unwrap()
}

impl Shelf {
    fn new() -> Self {
        let now: Timestamp = "2026-11-30T02:00:00Z".parse().unwrap();
        let office = content(TODAY).office_by_slug(sample::OFFICE).unwrap().id;
        let mut shelf = Self {
            desk: Desk::new(office, TODAY, now),
            now,
        };
        for (staff, role) in [(1, Role::Counter), (2, Role::Auditor)] {
            shelf.run(move |tx, ctx| add_signed_in(tx, ctx.office.id, ctx.now, staff, role));
        }
        shelf
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

    fn import(&mut self, last: u32, kind: ReportKind, on: Date) {
        self.run(move |tx, ctx| {
            let row = ReportRow {
                number: number(last),
                report: kind,
                stage_on: Some(on),
                name: Some(format!("CONTOH {last}")),
                kind: None,
                applied_on: Some(date(2026, 11, 2)),
                born_on: None,
            };
            import_chunk(tx, ctx, &[(2, row)], false)
        });
    }

    /// A phone is bound to an application.
    fn bind(&mut self, person: i64, last: u32) {
        self.run(move |tx, ctx| {
            let contact = Contact {
                phone: Some(format!("62812{person:08}")),
                ..Contact::default()
            };
            let person = tx.ensure_person(ctx.office.id, &contact, PersonId(person), ctx.now)?;
            tx.bind_person(ctx.office.id, person, &number(last), ctx.now)?;
            tx.note_binding_line(ctx.office.id, person, &number(last), LINE)
        });
    }

    fn days(&mut self, days: i64) {
        for _ in 0..days {
            self.now += SignedDuration::from_hours(24);
            self.desk.run_jobs(self.now);
        }
    }

    /// What one round of the sender takes: one message a person.
    fn told(&mut self) -> Vec<String> {
        let now = self.now;
        self.run(move |tx, ctx| {
            let claimed = tx.claim_due(ctx.office.id, now, now, ProcessId(1), 100)?;
            for message in &claimed {
                tx.mark_accepted(ctx.office.id, message.row.id, &format!("wamid.{}", message.row.id), now)?;
            }
            Ok(claimed.into_iter().map(|message| message.row.message.body).collect())
        })
    }

    fn find(&mut self, last: u32) -> Result<PassportView, PassportRefusal> {
        self.as_staff(1, move |tx, ctx, who| find_passport(tx, ctx, who, &number(last)))
    }

    fn hand_over(&mut self, last: u32, by: &'static str, taker: &'static str) -> Result<PassportView, PassportRefusal> {
        self.as_staff(1, move |tx, ctx, who| {
            hand_over_passport(tx, ctx, who, &number(last), by, taker)
        })
    }

    fn stage(&mut self, last: u32) -> Stage {
        self.run(move |tx, ctx| tx.find_application(ctx.office.id, &number(last)))
            .unwrap()
            .stage
    }
}

#[test]
fn owners_are_reminded_on_the_days_of_the_rule_and_the_passport_ends_after_thirty() {
    let mut shelf = Shelf::new();
    shelf.import(1, ReportKind::Issue, TODAY);
    shelf.bind(5, 1);
    let mut reminded = Vec::new();
    for day in 1..=31 {
        shelf.days(1);
        for words in shelf.told() {
            assert!(words.contains("30 Desember 2026"), "{words}");
            reminded.push((day, words.contains("siap diambil"), words.contains("Sisa")));
        }
    }
    assert_eq!(reminded, [(1, true, false), (14, false, true), (25, false, true)]);
    let view = shelf.find(1).unwrap();
    assert_eq!((view.row.state, view.left), (PassportState::Cancelled, None));
    assert_eq!(
        shelf.hand_over(1, "pemohon", ""),
        Err(PassportRefusal::Over(PassportState::Cancelled))
    );
    let listed = shelf.as_staff(1, |tx, ctx, who| view_shelf(tx, ctx, who)).unwrap();
    assert_eq!((listed.soon.len(), listed.cancelled.len()), (0, 1));
}

#[test]
fn days_that_were_missed_are_made_up_for() {
    let mut shelf = Shelf::new();
    shelf.import(1, ReportKind::Issue, TODAY);
    shelf.bind(5, 1);
    // The machine was off for three weeks.
    shelf.now += SignedDuration::from_hours(24 * 20);
    for _ in 0..30 {
        shelf.desk.run_jobs(shelf.now);
    }
    assert_eq!(
        shelf.told().len(),
        1,
        "the reminders of that time go out as one message each, merged or by themselves"
    );
    let view = shelf.find(1).unwrap();
    assert_eq!((view.row.state, view.left), (PassportState::Ready, Some(11)));
}

#[test]
fn a_passport_is_handed_over_once_and_somebody_else_signs_with_a_name() {
    let mut shelf = Shelf::new();
    shelf.import(1, ReportKind::Issue, TODAY.checked_sub(3.days()).unwrap());
    let placed = shelf.as_staff(1, |tx, ctx, who| shelve_passport(tx, ctx, who, &number(1), "  B-12 "));
    assert_eq!(placed.unwrap().row.shelf, "B-12");
    assert_eq!(shelf.hand_over(1, "apa", ""), Err(PassportRefusal::NoWay));
    assert_eq!(shelf.hand_over(1, "satu_kk", "  "), Err(PassportRefusal::NoTaker));
    let view = shelf.hand_over(1, "satu_kk", "Ibu Contoh").unwrap();
    assert_eq!(view.row.content.taker, "Ibu Contoh");
    assert_eq!(shelf.stage(1), Stage::Collected);
    assert_eq!(
        shelf.hand_over(1, "pemohon", ""),
        Err(PassportRefusal::Over(PassportState::Collected))
    );
    // Nobody is reminded of what was collected, and the trail has four digits only.
    shelf.bind(5, 1);
    shelf.days(15);
    assert_eq!(shelf.told(), Vec::<String>::new());
    let acts = shelf.run(|tx, ctx| tx.list_acts(ctx.office.id, 1, 9));
    let subjects: Vec<&str> = acts.iter().map(|(act, _)| act.subject.as_str()).collect();
    assert_eq!(subjects, ["0001 B-12", "0001 satu_kk"]);
}

#[test]
fn what_is_not_ready_or_not_here_says_so() {
    let mut shelf = Shelf::new();
    shelf.import(1, ReportKind::Interview, TODAY.checked_sub(5.days()).unwrap());
    assert_eq!(shelf.find(1), Err(PassportRefusal::NotReady(Stage::Interviewed)));
    assert_eq!(shelf.find(2), Err(PassportRefusal::Unknown));
    let denied = shelf.as_staff(2, |tx, ctx, who| find_passport(tx, ctx, who, &number(1)));
    assert_eq!(denied, Err(PassportRefusal::Denied));
    shelf.import(1, ReportKind::Issue, TODAY);
    assert_eq!(shelf.find(1).unwrap().left, Some(31));
}

#[test]
fn whoever_was_told_of_the_change_is_not_told_again_on_the_day_after() {
    let mut shelf = Shelf::new();
    shelf.import(1, ReportKind::Printing, TODAY.checked_sub(2.days()).unwrap());
    shelf.bind(5, 1);
    shelf.bind(6, 1);
    shelf.run(|tx, ctx| {
        let row = FollowRow {
            person: PersonId(5),
            number: number(1),
            line: LINE.into(),
            told: Stage::Printing,
            moved_at: None,
        };
        tx.save_follow(ctx.office.id, &row)
    });
    shelf.import(1, ReportKind::Issue, TODAY);
    shelf.now += SignedDuration::from_mins(10);
    shelf.desk.run_jobs(shelf.now);
    let told = shelf.told();
    assert!(told.len() == 1 && told[0].contains("berubah"), "{told:?}");
    // On the day after only the one who did not follow it hears of it; later both are reminded.
    shelf.days(1);
    assert_eq!(shelf.told().len(), 1);
    shelf.days(13);
    assert_eq!(shelf.told().len(), 2);
    let left = shelf.run(|tx, ctx| tx.list_follows(ctx.office.id, PersonId(5), 9));
    assert_eq!(left, []);
}
