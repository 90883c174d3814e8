//! An office with people whose windows are closed, and a Meta that is told what it has.

use jiff::civil::{Date, date, time};
use jiff::{SignedDuration, Timestamp};
use sigap_actions::authority::Officer;
use sigap_actions::context::Context;
use sigap_actions::keep_templates::compare_templates;
use sigap_actions::manage_notices::{Decision, NoticeAct, NoticeTrouble, NoticesView, manage_notices, view_notices};
use sigap_actions::send_notice::{Notice, owe_notice};
use sigap_content::sample;
use sigap_core::booking::{BookingCode, BookingState, BookingView};
use sigap_core::conversation::state::State;
use sigap_core::ids::{BookingId, PersonId, ProcessId};
use sigap_core::language::Language;
use sigap_core::message::Form;
use sigap_core::notices::Outcome;
use sigap_core::notices::template::{RemoteTemplate, TemplateState};
use sigap_core::person::Contact;
use sigap_core::staff::Role;
use sigap_store::records::{BookingContent, BookingRow, ClaimedMessage, ConversationRow};
use sigap_store::{Fault, Tx};
use sigap_testkit::script::desk::{ACCOUNT, Desk, content, templates_at_meta};
use sigap_testkit::staff::{add_signed_in, as_staff};

pub(crate) const TODAY: Date = date(2026, 11, 30);
pub(crate) const LINE: &str = "100000000000001";
pub(crate) const HEAD: i64 = 1;
pub(crate) const IT: i64 = 2;
pub(crate) const HELPDESK: i64 = 3;

pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) now: Timestamp,
    bookings: i64,
}

impl Office {
    /// Monday, 09.00 WIB; every template is approved.
    pub(crate) fn new() -> Self {
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

    pub(crate) fn at(&mut self, time: &str) {
        self.now = time.parse().unwrap();
    }

    pub(crate) fn run<T: Send + 'static>(
        &mut self,
        act: impl FnMut(&mut dyn Tx, &Context<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.run(self.now, act)
    }

    pub(crate) fn as_staff<T: Send + 'static>(
        &mut self,
        staff: i64,
        act: impl FnMut(&mut dyn Tx, &Context<'_>, &Officer) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        as_staff(&mut self.desk, self.now, staff, act)
    }

    /// Somebody whose window is closed, reading this language.
    pub(crate) fn person(&mut self, person: i64, language: Language) {
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
    pub(crate) fn tell(&mut self, person: i64, told: fn(BookingView) -> Notice) -> BookingId {
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
    pub(crate) fn claimed(&mut self) -> Vec<ClaimedMessage> {
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
    pub(crate) fn sent(&mut self) -> Vec<(String, String)> {
        let named = |message: ClaimedMessage| match message.row.message.form {
            Form::Template { name, language, .. } => (name, language),
            other => panic!("{other:?}"),
        };
        self.claimed().into_iter().map(named).collect()
    }

    /// What Meta has now; each template may be changed before.
    pub(crate) fn meta(&mut self, change: fn(&mut RemoteTemplate)) {
        self.run(move |tx, ctx| {
            let mut told = templates_at_meta(ctx, "APPROVED");
            told.iter_mut().for_each(change);
            compare_templates(tx, ctx, ACCOUNT, &Ok(told))
        });
    }

    pub(crate) fn manage(&mut self, staff: i64, act: NoticeAct) -> Result<(), NoticeTrouble> {
        self.as_staff(staff, move |tx, ctx, who| manage_notices(tx, ctx, who, &act))
    }

    pub(crate) fn view(&mut self) -> NoticesView {
        self.as_staff(HEAD, |tx, ctx, who| view_notices(tx, ctx, who)).unwrap()
    }

    pub(crate) fn count(&mut self, notice: &str, outcome: Outcome) -> u64 {
        self.view().find(notice).unwrap().count(outcome)
    }

    pub(crate) fn state(&mut self, notice: &str, language: Language) -> TemplateState {
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

pub(crate) fn pair(name: &str, language: &str) -> (String, String) {
    (name.to_owned(), language.to_owned())
}

pub(crate) fn decided(budget_rupiah: i64, day_max: u32) -> NoticeAct {
    NoticeAct::Decide(Decision {
        day: (time(7, 0, 0, 0), time(20, 0, 0, 0)),
        person_max: (day_max, 50),
        budget_rupiah,
    })
}
