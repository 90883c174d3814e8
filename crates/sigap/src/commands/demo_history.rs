//! The demo's past: made-up days of its offices since the month before this one, kept as rows like those of real days, so that its
//! figures are counted and not written. The same days come again on each machine that starts on the same day.

use std::sync::Arc;

use anyhow::Context;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use sigap_actions::ports::Ids;
use sigap_content::{Content, sample};
use sigap_core::booking::slots::{planned, slot_quota};
use sigap_core::booking::{BookingCode, BookingState, Service, Visitor};
use sigap_core::calendar::{closed_reason, local_date};
use sigap_core::cases::{Case, CaseKind, CaseState, deadlines};
use sigap_core::ids::{BookingId, CaseId, CounterName, OfficeId, PersonId, StaffId, VisitId};
use sigap_core::office::Office;
use sigap_core::person::Contact;
use sigap_core::queue::{Hall, Line, TicketLabel, Visit, VisitState};
use sigap_core::release::draw::{Entry, EntryId};
use sigap_core::release::transcript::{DrawPlan, DrawSlot, Transcript};
use sigap_store::records::{
    BookingContent, BookingRow, CaseEvent, CaseEventKind, CaseRow, InboxRow, InboxState, MessageKey, OpeningPhase,
    OpeningRow, OpeningSecret, SurveyRow, VisitContent, VisitEvent, VisitRow,
};
use sigap_store::{Fault, Store, Tx, read, write};

/// People who write to an office in the demo.
const PEOPLE: u64 = 24;
/// What a person may be known by; nobody has it.
const FIRST_PERSON: i64 = 900_000_000_000;
const SEED: u64 = 0x5167_6170;

/// Chance that is the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn of(office: OfficeId, day: Date) -> Self {
        let day = u64::from(day.day().unsigned_abs()) + 32 * u64::from(day.month().unsigned_abs());
        Self(SEED ^ (day << 16) ^ office.0.unsigned_abs())
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    fn is_one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn minutes(&mut self, from: u64, to: u64) -> SignedDuration {
        let seconds = from * 60 + self.below((to.saturating_sub(from) * 60).max(1));
        SignedDuration::from_secs(i64::try_from(seconds).unwrap_or_default())
    }
}

/// A day of an office that is being made up.
struct Day<'a> {
    office: &'a Office,
    content: &'a Content,
    day: Date,
    dice: Dice,
    now: Timestamp,
    /// So that no two ids of the day are alike.
    made: i64,
}

/// Fills the past of these offices, unless there is one.
pub(super) async fn play(
    store: &dyn Store,
    content: &Arc<Content>,
    slugs: &[&str],
    now: Timestamp,
) -> anyhow::Result<()> {
    for slug in slugs {
        let office = content
            .office_by_slug(slug)
            .context("the demo's office is not in content")?;
        let (id, today) = (office.id, local_date(office, now));
        if read(store, move |tx| tx.find_first_message(id)).await?.is_some() {
            continue;
        }
        let first = today.first_of_month().checked_sub(1.month()).unwrap_or(today);
        let days: Vec<Date> = std::iter::successors(Some(first), |day| day.tomorrow().ok())
            .take_while(|day| *day < today)
            .collect();
        // A week is one transaction: quick, and never long.
        for week in days.chunks(7) {
            let (content, week) = (Arc::clone(content), week.to_vec());
            write(store, id, move |tx| {
                let Some(office) = content.office(id) else {
                    return Ok(());
                };
                for day in &week {
                    let made = Day {
                        office,
                        content: &content,
                        day: *day,
                        dice: Dice::of(id, *day),
                        now,
                        // Different ones on different days, for what happens later.
                        made: i64::from(day.day_of_year()) << 12,
                    };
                    made.play(tx, local_date(office, now))?;
                }
                Ok(())
            })
            .await?;
        }
        if *slug == sample::OFFICE {
            let content = Arc::clone(content);
            write(store, id, move |tx| past_draw(tx, &content, id, today)).await?;
        }
    }
    Ok(())
}

impl Day<'_> {
    fn at(&self, time: Time) -> Timestamp {
        let zone = &self.office.zone;
        zone.to_timestamp(self.day.to_datetime(time)).unwrap_or(Timestamp::MIN)
    }

    /// An id of that moment.
    fn id(&mut self, at: Timestamp) -> i64 {
        self.made += 1;
        Ids::first_of(at) + (self.made << 10)
    }

    fn play(mut self, tx: &mut dyn Tx, today: Date) -> Result<(), Fault> {
        let is_open = closed_reason(self.office, self.day).is_none();
        self.write_messages(tx, is_open)?;
        self.bring_cases(tx)?;
        if is_open {
            if let Some(hall) = &self.office.hall {
                self.come(tx, hall)?;
            }
            self.book(tx)?;
        }
        // What the demo's survey of this month says is left to whoever tries it.
        let is_this_month = self.day.first_of_month() == today.first_of_month();
        if is_open && !(is_this_month && self.office.slug == sample::OFFICE) {
            self.answer_survey(tx)?;
        }
        Ok(())
    }

    fn write_messages(&mut self, tx: &mut dyn Tx, is_open: bool) -> Result<(), Fault> {
        let office = self.office.id;
        let count = if is_open {
            18 + self.dice.below(30)
        } else {
            4 + self.dice.below(8)
        };
        for number in 0..count {
            let who = self.dice.below(PEOPLE);
            let at = self.at(Time::midnight()) + self.dice.minutes(6 * 60, 21 * 60);
            let person = person(tx, office, who, at)?;
            let row = InboxRow {
                person,
                key: MessageKey {
                    number: "contoh".into(),
                    message_id: format!("contoh {} {number}", self.day),
                    sent_at: at,
                },
                state: InboxState::Answered,
                attempts: 1,
                received_at: at,
                content: None,
            };
            tx.insert_received(office, &row)?;
            if self.dice.is_one_in(3) {
                let month = self.day.strftime("%Y-%m").to_string();
                tx.count_delivered(office, "contoh", &month, "service")?;
            }
        }
        Ok(())
    }

    fn bring_cases(&mut self, tx: &mut dyn Tx) -> Result<(), Fault> {
        for kind in [
            CaseKind::Officer,
            CaseKind::Complaint,
            CaseKind::Comment,
            CaseKind::Appreciation,
            CaseKind::Unanswered,
        ] {
            let often = match kind {
                CaseKind::Officer => 1,
                CaseKind::Complaint => 4,
                _ => 5,
            };
            if self.dice.is_one_in(often) {
                self.bring_case(tx, kind)?;
            }
        }
        Ok(())
    }

    fn bring_case(&mut self, tx: &mut dyn Tx, kind: CaseKind) -> Result<(), Fault> {
        let office = self.office.id;
        let at = self.at(Time::midnight()) + self.dice.minutes(8 * 60, 15 * 60);
        let who = self.dice.below(PEOPLE);
        let person = person(tx, office, who, at)?;
        let id = self.id(at);
        let number = format!("X-{}-{}", self.day.strftime("%y%m%d"), self.made);
        let (due_on, end_on) = deadlines(self.office, &self.content.catalogue().complaint, kind, self.day);
        let took = match kind {
            CaseKind::Officer | CaseKind::Unanswered if self.dice.is_one_in(9) => self.dice.minutes(22 * 60, 26 * 60),
            CaseKind::Officer | CaseKind::Unanswered => self.dice.minutes(3, 90),
            _ if self.dice.is_one_in(8) => self.dice.minutes(5 * 24 * 60, 8 * 24 * 60),
            _ => self.dice.minutes(20 * 60, 60 * 60),
        };
        // Nothing of the past lies in the future.
        let answered_at = (at + took).min(self.now - SignedDuration::from_mins(5)).max(at);
        let case = Case {
            due_on,
            end_on,
            state: CaseState::Closed,
            heard_at: None,
            answered_at: Some(answered_at),
            closed_at: Some(answered_at),
            staff: None,
            ..Case::new(CaseId(id), number, kind, person, at)
        };
        let row = CaseRow {
            case,
            text: "Contoh: tidak ditulis siapa pun.".into(),
            is_erased: false,
            tags: Vec::new(),
            version: 0,
        };
        tx.insert_case(office, &row)?;
        let event = CaseEvent {
            id: self.id(answered_at),
            case: CaseId(id),
            at: answered_at,
            kind: CaseEventKind::Answered,
            staff: None,
            outbox: None,
            words: "Contoh jawaban.".into(),
        };
        tx.insert_case_event(office, &event).map(|_| ())
    }

    fn come(&mut self, tx: &mut dyn Tx, hall: &Hall) -> Result<(), Fault> {
        // Mondays are full, Fridays are short.
        let busy = match self.day.weekday() {
            jiff::civil::Weekday::Monday => 150,
            jiff::civil::Weekday::Friday => 70,
            _ => 100,
        };
        for line in &hall.lines {
            let usual = match line.id.as_str() {
                "bap" => 3,
                "pickup" => 22,
                _ => 16,
            };
            let count = (usual + self.dice.below(usual / 2 + 1)) * busy / 100;
            for number in 1..=count {
                self.visit(tx, hall, line, u32::try_from(number).unwrap_or(1), busy)?;
            }
        }
        Ok(())
    }

    fn visit(&mut self, tx: &mut dyn Tx, hall: &Hall, line: &Line, number: u32, busy: u64) -> Result<(), Fault> {
        let since = self.at(Time::midnight()) + self.arrival();
        let is_booked = self.dice.below(10) < 4;
        let group = (self.dice.is_one_in(7))
            .then(|| hall.groups.first().map(|(id, _)| id.clone()))
            .flatten();
        let (from, to) = match (&group, is_booked) {
            (Some(_), _) => (1, 9),
            (None, true) => (2, 22),
            (None, false) => (6, 48),
        };
        // Some offices have more counters for as many people.
        let pace = 70 + self.office.id.0.unsigned_abs() * 13 % 70;
        let wait = self.dice.minutes(from, to * busy / 100 * pace / 100);
        let called_at = since + wait;
        let state = match self.dice.below(40) {
            0 => VisitState::Left,
            1 => VisitState::Missed,
            _ => VisitState::Done,
        };
        let is_called = state != VisitState::Left;
        let counters = hall.counters.iter().filter(|counter| counter.lines.contains(&line.id));
        let counter = counters.map(|counter| counter.name).next().filter(|_| is_called);
        let id = VisitId(self.id(since));
        let token = format!("contoh {id}");
        let visit = Visit {
            id,
            label: TicketLabel {
                letter: line.letter,
                number,
            },
            line: line.id.clone(),
            state,
            since,
            free_at: None,
            percent: 100,
            group,
            counter,
            calls: u8::from(is_called),
            called_at: is_called.then_some(called_at),
            person: None,
            booking: is_booked.then_some(BookingId(id.0)),
        };
        let mut events = vec![("arrived", since, None)];
        if is_called {
            events.push(("call", called_at, counter));
            let served = called_at + self.dice.minutes(3, 16);
            let word = if state == VisitState::Done { "finish" } else { "skip" };
            events.push((word, served, counter));
        } else {
            events.push(("leave", called_at, None));
        }
        let row = VisitRow {
            visit,
            day: self.day,
            is_near_told: false,
            token: token.clone(),
            content: VisitContent {
                token,
                ..VisitContent::default()
            },
        };
        tx.insert_visit(self.office.id, &row)?;
        for (kind, at, counter) in events {
            self.note(tx, &row.visit, kind, at, counter)?;
        }
        Ok(())
    }

    fn note(
        &mut self,
        tx: &mut dyn Tx,
        visit: &Visit,
        kind: &str,
        at: Timestamp,
        counter: Option<CounterName>,
    ) -> Result<(), Fault> {
        let event = VisitEvent {
            id: self.id(at),
            visit: visit.id,
            label: visit.label,
            at,
            kind: kind.into(),
            line: visit.line.clone(),
            counter,
            staff: counter.map(|_| StaffId(0)),
        };
        tx.insert_visit_event(self.office.id, &event)
    }

    /// Most come in the morning.
    fn arrival(&mut self) -> SignedDuration {
        let hour = match self.dice.below(20) {
            0..=5 => 8,
            6..=10 => 9,
            11..=14 => 10,
            15..=16 => 11,
            17..=18 => 13,
            _ => 14,
        };
        SignedDuration::from_hours(hour) + self.dice.minutes(0, 58)
    }

    /// Bookings of services that note who came, and the places of all.
    fn book(&mut self, tx: &mut dyn Tx) -> Result<(), Fault> {
        let services: &[Service] = &self.office.services;
        for service in services {
            let Ok(slots) = planned(self.office, service, self.day) else {
                continue;
            };
            for slot in slots {
                let some = u16::try_from(self.dice.below(u64::from(slot.places) + 1)).unwrap_or_default();
                // What is drawn for is full.
                let taken = match service.opening_on(self.day) {
                    Some(_) => slot.places,
                    None => some.max(slot.places / 2),
                };
                let at = self.day.to_datetime(slot.time);
                if taken == 0 || !tx.take_places(self.office.id, &slot_quota(service, at), slot.places, taken)? {
                    continue;
                }
                if service.rules.marks_attendance {
                    self.booking(tx, service, self.at(slot.time), taken)?;
                }
            }
        }
        Ok(())
    }

    fn booking(&mut self, tx: &mut dyn Tx, service: &Service, starts_at: Timestamp, places: u16) -> Result<(), Fault> {
        let office = self.office.id;
        let made_at = starts_at - SignedDuration::from_hours(24 * 5);
        let who = self.dice.below(PEOPLE);
        let person = person(tx, office, who, made_at)?;
        let id = self.id(starts_at);
        let mut random = [0; 16];
        random[..8].copy_from_slice(&id.to_be_bytes());
        random[8..].copy_from_slice(&self.dice.below(u64::MAX).to_be_bytes());
        let row = BookingRow {
            id: BookingId(id),
            code: BookingCode::from_random(random),
            person,
            service: service.id.clone(),
            day: self.day,
            starts_at: Some(starts_at),
            places,
            state: if self.dice.is_one_in(7) {
                BookingState::Missed
            } else {
                BookingState::Attended
            },
            moves: 0,
            until: None,
            created_at: made_at,
            content: BookingContent {
                people: vec![Visitor {
                    name: "CONTOH".into(),
                    born_on: jiff::civil::date(1990, 1, 1),
                }],
                needs_nik: false,
                approval: None,
                token: None,
                number: String::new(),
                booked_by: None,
            },
        };
        tx.insert_booking(office, &row).map(|_| ())
    }

    fn answer_survey(&mut self, tx: &mut dyn Tx) -> Result<(), Fault> {
        let lines: Vec<String> = match &self.office.hall {
            Some(hall) => hall.lines.iter().map(|line| line.id.clone()).collect(),
            None => return Ok(()),
        };
        for line in lines {
            if self.dice.is_one_in(2) {
                continue;
            }
            let mut answers = [None; 9];
            for answer in &mut answers {
                *answer = match self.dice.below(10) {
                    0 => None,
                    1 => Some(2),
                    2..=4 => Some(3),
                    _ => Some(4),
                };
            }
            let id = self.id(self.at(Time::midnight()));
            let row = SurveyRow {
                id,
                month: self.day.strftime("%Y-%m").to_string(),
                line,
                answers,
                comment: String::new(),
            };
            tx.insert_survey(self.office.id, &format!("contoh {id}"), &row)?;
        }
        Ok(())
    }
}

fn person(tx: &mut dyn Tx, office: OfficeId, who: u64, at: Timestamp) -> Result<PersonId, Fault> {
    let contact = Contact {
        bsuid: Some(format!("ID.contoh.{}.{who}", office.0)),
        ..Contact::default()
    };
    let new = FIRST_PERSON + office.0 * 1_000 + i64::try_from(who).unwrap_or_default();
    tx.ensure_person(office, &contact, PersonId(new), at)
}

/// A draw that is over, drawn by the same function as any other: its record can be verified.
fn past_draw(tx: &mut dyn Tx, content: &Content, id: OfficeId, today: Date) -> Result<(), Fault> {
    let day = sample::past_draw_day(today);
    let Some((office, service, opening)) = content.office(id).and_then(|office| {
        let found = office
            .services
            .iter()
            .find_map(|service| Some((service, service.opening_on(day)?)));
        found.map(|(service, opening)| (office, service, opening))
    }) else {
        return Ok(());
    };
    let mut dice = Dice::of(id, day);
    let broken = |mismatch: sigap_core::release::transcript::Mismatch| Fault::Broken(mismatch.to_string());
    let seed: [u8; 32] = std::array::from_fn(|_| u8::try_from(dice.below(256)).unwrap_or_default());
    let entries = (1..=170)
        .map(|number| Entry {
            id: EntryId(number),
            places: u16::try_from(1 + dice.below(4) / 2).unwrap_or(1),
            doubled_weight: if dice.is_one_in(4) { 4 } else { 2 },
            slots: Vec::new(),
        })
        .collect();
    let plan = DrawPlan {
        office: office.slug.clone(),
        service: service.id.clone(),
        day,
        public_value_source: "contoh".into(),
        slots: planned(office, service, day)
            .unwrap_or_default()
            .into_iter()
            .map(|slot| DrawSlot {
                at: slot.time,
                places: slot.places,
            })
            .collect(),
        places_max: opening.day_places,
    };
    let drawn = Transcript::committed(plan, &seed)
        .closed(&seed, entries)
        .and_then(|closed| closed.given("7341,09"))
        .and_then(Transcript::drawn)
        .map_err(broken)?;
    let hex = seed.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let row = OpeningRow {
        service: service.id.clone(),
        day,
        phase: OpeningPhase::Released,
        secret: OpeningSecret {
            seed: hex,
            list: String::new(),
        },
        published: drawn.to_json(),
    };
    tx.insert_opening(id, &row).map(|_| ())
}
