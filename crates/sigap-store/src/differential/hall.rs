//! Calls about the hall.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::ids::{BookingId, CounterName, OfficeId, PersonId, StaffId, VisitId};
use sigap_core::queue::{TicketLabel, Visit, VisitState};

use super::op::{self, Kind, plain, revealed};
use super::space::PERSONS;
use crate::fault::Fault;
use crate::records::{DeskRow, VisitContent, VisitEvent, VisitRow};
use crate::tx::Tx;

const DAYS: [i8; 2] = [5, 6];
const LINES: [&str; 3] = ["passport", "bap", ""];
const COUNTERS: [u8; 3] = [1, 2, 3];
/// Most of them can be called and replaced.
const STATES: [VisitState; 6] = [
    VisitState::Waiting,
    VisitState::Waiting,
    VisitState::Waiting,
    VisitState::Held,
    VisitState::Called,
    VisitState::Done,
];
const HOURS: [u8; 2] = [9, 10];
const TAPS: [&str; 3] = ["a", "b", "c"];

#[derive(Debug, Clone)]
#[allow(clippy::enum_variant_names, reason = "variants bear the names of methods")]
pub(super) enum Call {
    InsertVisit(Values),
    FindVisit {
        id: i64,
    },
    FindVisitByToken {
        id: i64,
    },
    FindVisitByLabel {
        on: i8,
        number: u32,
    },
    FindVisitOfBooking {
        on: i8,
        booking: i64,
    },
    FindLastVisit {
        person: PersonId,
    },
    CallNext {
        on: i8,
        both: bool,
        counter: u8,
        now: Timestamp,
    },
    ReplaceVisit {
        expected: VisitState,
        values: Values,
    },
    ListWaiting {
        on: i8,
        limit: usize,
    },
    ListNext {
        on: i8,
        line: &'static str,
        now: Timestamp,
        limit: usize,
    },
    ListVisits {
        on: i8,
        state: VisitState,
        limit: usize,
    },
    CountVisits {
        on: i8,
    },
    TellAhead {
        id: i64,
        ahead: u32,
    },
    NoteNearTold {
        id: i64,
    },
    InsertVisitEvent {
        id: i64,
        visit: i64,
        at: Timestamp,
        kind: &'static str,
        counter: Option<u8>,
    },
    ListVisitEvents {
        visit: i64,
        limit: usize,
    },
    CountVisitEvents {
        after: i64,
    },
    ListCalls {
        after: i64,
        limit: usize,
    },
    InsertServiceTime {
        line: &'static str,
        hour: u8,
        event: i64,
        seconds: u32,
    },
    ListServiceTimes {
        line: &'static str,
        hour: u8,
        limit: usize,
    },
    SaveDesk {
        counter: u8,
        on: i8,
        staff: i64,
        is_open: bool,
        since: Timestamp,
    },
    ListDesks {
        on: i8,
    },
    CloseDesk {
        counter: u8,
    },
    UseTap {
        on: i8,
        tap: &'static str,
    },
    ForgetTaps {
        before: i8,
    },
}

/// What a visit is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    id: i64,
    /// Now and then the number or the token of another visit.
    number: i64,
    token: i64,
    on: i8,
    line: &'static str,
    state: VisitState,
    since: Timestamp,
    free_at: Option<Timestamp>,
    percent: u16,
    counter: Option<u8>,
    person: Option<PersonId>,
    text: &'static str,
}

fn values(s: &mut super::space::Space) -> Values {
    let id = s.id();
    let number = if s.chance.one_in(12) { s.id() } else { id };
    let token = if s.chance.one_in(12) { s.id() } else { id };
    Values {
        id,
        number: number + 1,
        token,
        on: s.chance.pick(&DAYS),
        line: s.chance.pick(&LINES),
        state: s.chance.pick(&STATES),
        since: s.now(),
        free_at: s.chance.one_in(4).then(|| s.later()),
        percent: s.chance.pick(&[100, 150, 400]),
        counter: s.chance.one_in(2).then(|| s.chance.pick(&COUNTERS)),
        // Whoever replaces a visit has read it: its person stays.
        person: (id % 2 == 0).then_some(PersonId(*PERSONS.start() + id % 5)),
        text: s.text(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_visit", 10, |s| Call::InsertVisit(values(s)).into()),
    Kind::may_write("find_visit", 2, |s| Call::FindVisit { id: s.id() }.into()),
    Kind::reads("find_visit_by_token", 1, |s| {
        Call::FindVisitByToken { id: s.id() }.into()
    }),
    Kind::reads("find_visit_by_label", 4, |s| {
        Call::FindVisitByLabel {
            on: s.chance.pick(&DAYS),
            number: u32::try_from(s.id() + 1).unwrap_or(1),
        }
        .into()
    }),
    Kind::reads("find_visit_of_booking", 3, |s| {
        Call::FindVisitOfBooking {
            on: s.chance.pick(&DAYS),
            booking: s.id(),
        }
        .into()
    }),
    Kind::reads("find_last_visit", 1, |s| {
        Call::FindLastVisit { person: s.person() }.into()
    }),
    Kind::may_write("call_next", 10, |s| {
        Call::CallNext {
            on: s.chance.pick(&DAYS),
            both: s.chance.one_in(2),
            counter: s.chance.pick(&COUNTERS),
            now: s.now(),
        }
        .into()
    }),
    Kind::writes("replace_visit", 10, |s| {
        Call::ReplaceVisit {
            expected: s.chance.pick(&[VisitState::Waiting, VisitState::Called]),
            values: values(s),
        }
        .into()
    }),
    Kind::reads("list_waiting", 2, |s| {
        Call::ListWaiting {
            on: s.chance.pick(&DAYS),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_next", 2, |s| {
        Call::ListNext {
            on: s.chance.pick(&DAYS),
            line: s.chance.pick(&LINES),
            now: s.now(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_visits", 2, |s| {
        Call::ListVisits {
            on: s.chance.pick(&DAYS),
            state: s.chance.pick(&VisitState::ALL),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_visits", 1, |s| {
        Call::CountVisits {
            on: s.chance.pick(&DAYS),
        }
        .into()
    }),
    Kind::may_write("tell_ahead", 3, |s| {
        Call::TellAhead {
            id: s.id(),
            ahead: u32::try_from(s.chance.below(9)).unwrap_or(0),
        }
        .into()
    }),
    Kind::may_write("note_near_told", 2, |s| Call::NoteNearTold { id: s.id() }.into()),
    Kind::writes("insert_visit_event", 6, |s| {
        Call::InsertVisitEvent {
            id: s.id(),
            visit: s.id(),
            at: s.now(),
            kind: s.chance.pick(&["call", "recall", "arrived"]),
            counter: Some(s.chance.pick(&COUNTERS)),
        }
        .into()
    }),
    Kind::reads("list_visit_events", 1, |s| {
        Call::ListVisitEvents {
            visit: s.id(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_visit_events", 1, |s| {
        let after = if s.chance.one_in(2) { 0 } else { s.id() };
        Call::CountVisitEvents { after }.into()
    }),
    Kind::reads("list_calls", 2, |s| {
        Call::ListCalls {
            after: s.id(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("insert_service_time", 3, |s| {
        Call::InsertServiceTime {
            line: s.chance.pick(&LINES),
            hour: s.chance.pick(&HOURS),
            event: s.id(),
            seconds: u32::try_from(s.chance.below(900)).unwrap_or(0),
        }
        .into()
    }),
    Kind::reads("list_service_times", 1, |s| {
        Call::ListServiceTimes {
            line: s.chance.pick(&LINES),
            hour: s.chance.pick(&HOURS),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("save_desk", 3, |s| {
        Call::SaveDesk {
            counter: s.chance.pick(&COUNTERS),
            on: s.chance.pick(&DAYS),
            staff: s.id(),
            is_open: s.chance.one_in(2),
            since: s.now(),
        }
        .into()
    }),
    Kind::reads("list_desks", 1, |s| {
        Call::ListDesks {
            on: s.chance.pick(&DAYS),
        }
        .into()
    }),
    Kind::writes("close_desk", 1, |s| {
        Call::CloseDesk {
            counter: s.chance.pick(&COUNTERS),
        }
        .into()
    }),
    Kind::writes("use_tap", 4, |s| {
        Call::UseTap {
            on: s.chance.pick(&DAYS),
            tap: s.chance.pick(&TAPS),
        }
        .into()
    }),
    Kind::writes("forget_taps", 1, |s| {
        Call::ForgetTaps {
            before: s.chance.pick(&[5, 6, 7]),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Hall(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match self {
            Self::InsertVisit(values) => tx.insert_visit(office, &values.row()).map(plain),
            Self::FindVisit { id } => tx.find_visit(office, VisitId(*id)).map(shown_one),
            Self::FindVisitByToken { id } => tx.find_visit_by_token(office, &token(*id)).map(plain),
            Self::FindVisitByLabel { on, number } => {
                tx.find_visit_by_label(office, day(*on), label(*number)).map(plain)
            }
            Self::FindVisitOfBooking { on, booking } => tx
                .find_visit_of_booking(office, day(*on), BookingId(*booking))
                .map(plain),
            Self::FindLastVisit { person } => tx.find_last_visit(office, *person).map(plain),
            Self::CallNext {
                on,
                both,
                counter: at,
                now,
            } => {
                let lines: &[&str] = if *both { &["passport", "bap"] } else { &["passport"] };
                tx.call_next(office, day(*on), lines, counter(*at), *now).map(plain)
            }
            Self::ReplaceVisit { expected, values } => tx.replace_visit(office, *expected, &values.row()).map(plain),
            Self::ListWaiting { on, limit } => tx.list_waiting(office, day(*on), *limit).map(plain),
            Self::ListNext { on, line, now, limit } => tx.list_next(office, day(*on), line, *now, *limit).map(plain),
            Self::ListVisits { on, state, limit } => tx
                .list_visits(office, day(*on), *state, *limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::CountVisits { on } => tx.count_visits(office, day(*on)).map(plain),
            Self::TellAhead { id, ahead } => tx.tell_ahead(office, VisitId(*id), *ahead).map(plain),
            Self::NoteNearTold { id } => tx.note_near_told(office, VisitId(*id)).map(plain),
            Self::InsertVisitEvent {
                id,
                visit,
                at,
                kind,
                counter: place,
            } => {
                let event = VisitEvent {
                    id: *id,
                    visit: VisitId(*visit),
                    label: label(7),
                    at: *at,
                    kind: (*kind).into(),
                    line: "passport".into(),
                    counter: place.map(counter),
                    staff: None,
                };
                tx.insert_visit_event(office, &event).map(plain)
            }
            Self::ListVisitEvents { visit, limit } => tx.list_visit_events(office, VisitId(*visit), *limit).map(plain),
            Self::CountVisitEvents { after } => tx.count_visit_events(office, *after).map(plain),
            Self::ListCalls { after, limit } => tx.list_calls(office, *after, *limit).map(plain),
            Self::InsertServiceTime {
                line,
                hour,
                event,
                seconds,
            } => tx.insert_service_time(office, line, *hour, *event, *seconds).map(plain),
            Self::ListServiceTimes { line, hour, limit } => {
                tx.list_service_times(office, line, *hour, *limit).map(plain)
            }
            Self::SaveDesk {
                counter: at,
                on,
                staff,
                is_open,
                since,
            } => {
                let row = DeskRow {
                    counter: counter(*at),
                    day: day(*on),
                    staff: StaffId(*staff),
                    is_open: *is_open,
                    since: *since,
                };
                tx.save_desk(office, &row).map(plain)
            }
            Self::ListDesks { on } => tx.list_desks(office, day(*on)).map(plain),
            Self::CloseDesk { counter: at } => tx.close_desk(office, counter(*at)).map(plain),
            Self::UseTap { on, tap } => tx.use_tap(office, day(*on), tap).map(plain),
            Self::ForgetTaps { before } => tx.forget_taps(office, day(*before)).map(plain),
        }
    }
}

impl Values {
    fn row(&self) -> VisitRow {
        VisitRow {
            visit: Visit {
                id: VisitId(self.id),
                label: label(u32::try_from(self.number).unwrap_or(1)),
                line: self.line.into(),
                state: self.state,
                since: self.since,
                free_at: self.free_at,
                percent: self.percent,
                group: (self.percent > 100).then(|| "lansia".into()),
                counter: self.counter.map(counter),
                calls: 1,
                called_at: None,
                person: self.person,
                booking: Some(BookingId(self.id)),
            },
            day: day(self.on),
            is_near_told: false,
            token: token(self.token),
            content: VisitContent {
                names: vec![self.text.into()],
                note: self.text.into(),
                number: String::new(),
                token: String::new(),
            },
        }
    }
}

fn shown_one(row: Option<VisitRow>) -> String {
    row.map(shown).unwrap_or_default()
}

fn shown(row: VisitRow) -> String {
    format!("{row:?} {}", revealed(&row.content))
}

fn day(on: i8) -> Date {
    jiff::civil::date(2026, 12, on)
}

fn label(number: u32) -> TicketLabel {
    TicketLabel { letter: 'A', number }
}

fn counter(number: u8) -> CounterName {
    CounterName::new(number).unwrap()
}

fn token(of: i64) -> String {
    format!("ticket {of}")
}

/// Every visit of the window, every list, every counter.
pub(super) fn questions(ids: RangeInclusive<i64>) -> Vec<op::Call> {
    let of_visits = ids.flat_map(|id| {
        [
            Call::FindVisit { id },
            Call::FindVisitByToken { id },
            Call::ListVisitEvents { visit: id, limit: 99 },
        ]
    });
    let of_days = DAYS.into_iter().flat_map(|on| {
        [
            Call::ListWaiting { on, limit: 99 },
            Call::CountVisits { on },
            Call::ListDesks { on },
        ]
    });
    let of_people = PERSONS.map(|person| Call::FindLastVisit {
        person: PersonId(person),
    });
    let of_times = LINES
        .into_iter()
        .flat_map(|line| HOURS.map(|hour| Call::ListServiceTimes { line, hour, limit: 99 }));
    of_visits
        .chain(of_days)
        .chain(of_people)
        .chain(of_times)
        .chain([
            Call::CountVisitEvents { after: 0 },
            Call::ListCalls { after: 0, limit: 99 },
        ])
        .map(Into::into)
        .collect()
}
