//! Calls about cases and their stories.

use jiff::Timestamp;
use sigap_core::cases::{Case, CaseKind, CaseState};
use sigap_core::ids::{CaseId, OfficeId, OutboxId, PersonId, StaffId};

use super::op::{self, Kind, plain, revealed};
use super::space::{PERSONS, Space};
use crate::fault::Fault;
use crate::records::{CaseEvent, CaseEventKind, CaseRow, Praise};
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertCase {
        values: Values,
        text: &'static str,
    },
    FindCase {
        id: i64,
    },
    FindCaseByNumber {
        number: i64,
    },
    FindTalk {
        person: PersonId,
    },
    ReplaceCase {
        values: Values,
        version: i64,
    },
    ListCases {
        person: PersonId,
        limit: usize,
    },
    ListOpenCases {
        limit: usize,
    },
    ListClosedCases {
        limit: usize,
    },
    InsertCaseEvent {
        id: i64,
        case: i64,
        kind: CaseEventKind,
        at: Timestamp,
        words: &'static str,
    },
    ListCaseEvents {
        case: i64,
        limit: usize,
    },
    CountCaseEvents {
        after: i64,
    },
    ListTaggedCases {
        tag: &'static str,
        limit: usize,
    },
    EnsureSame {
        one: PersonId,
        other: PersonId,
    },
    ForgetSame {
        one: PersonId,
        other: PersonId,
    },
    ListSame {
        person: PersonId,
        limit: usize,
    },
    InsertPraise {
        staff: i64,
        case: i64,
        at: Timestamp,
    },
    ListPraises {
        staff: i64,
        limit: usize,
    },
}

/// Tags of a case: one is part of another one.
const TAGS: [&str; 3] = ["hilang", "paspor hilang", "Ñ"];

/// What a case is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    id: i64,
    number: i64,
    kind: CaseKind,
    person: PersonId,
    at: Timestamp,
    state: CaseState,
    owed_at: Option<Timestamp>,
    staff: Option<StaffId>,
    has_all: bool,
    is_talk: bool,
    tags: Vec<&'static str>,
}

/// A moment that comes again and again, so that a case and a line of its story meet in it.
fn moment(s: &mut Space) -> Timestamp {
    if s.chance.one_in(2) {
        Timestamp::UNIX_EPOCH
    } else {
        s.now()
    }
}

fn values(s: &mut Space) -> Values {
    let id = s.id();
    let at = moment(s);
    Values {
        id,
        // Now and then a number that another case has.
        number: if s.chance.one_in(6) { s.id() } else { id },
        kind: s.chance.pick(&CaseKind::ALL),
        person: s.person(),
        at,
        state: s.chance.pick(&CaseState::ALL),
        owed_at: s.chance.one_in(2).then_some(at),
        staff: s.chance.pick(&[None, Some(StaffId(1)), Some(StaffId(2))]),
        has_all: s.chance.one_in(2),
        is_talk: s.chance.one_in(2),
        tags: TAGS.into_iter().filter(|_| s.chance.one_in(2)).collect(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_case", 10, |s| {
        Call::InsertCase {
            values: values(s),
            text: s.text(),
        }
        .into()
    }),
    Kind::may_write("find_case", 2, |s| Call::FindCase { id: s.id() }.into()),
    Kind::reads("find_case_by_number", 1, |s| {
        Call::FindCaseByNumber { number: s.id() }.into()
    }),
    Kind::reads("find_talk", 2, |s| Call::FindTalk { person: s.person() }.into()),
    Kind::writes("replace_case", 6, |s| {
        Call::ReplaceCase {
            values: values(s),
            version: s.chance.within(0, 1),
        }
        .into()
    }),
    Kind::reads("list_cases", 2, |s| {
        Call::ListCases {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_open_cases", 2, |s| {
        Call::ListOpenCases { limit: s.limit() }.into()
    }),
    Kind::reads("list_closed_cases", 2, |s| {
        Call::ListClosedCases { limit: s.limit() }.into()
    }),
    Kind::may_write("insert_case_event", 12, |s| {
        Call::InsertCaseEvent {
            id: s.id(),
            case: s.id(),
            kind: if s.chance.one_in(2) {
                CaseEventKind::Answered
            } else {
                s.chance.pick(&CaseEventKind::ALL)
            },
            at: moment(s),
            words: s.text(),
        }
        .into()
    }),
    Kind::reads("list_case_events", 6, |s| {
        Call::ListCaseEvents {
            case: s.id(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_case_events", 3, |s| {
        let after = if s.chance.one_in(2) { 0 } else { s.id() };
        Call::CountCaseEvents { after }.into()
    }),
    Kind::reads("list_tagged_cases", 2, |s| {
        Call::ListTaggedCases {
            tag: s.chance.pick(&TAGS),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("ensure_same", 3, |s| {
        Call::EnsureSame {
            one: s.person(),
            other: s.person(),
        }
        .into()
    }),
    Kind::writes("forget_same", 2, |s| {
        Call::ForgetSame {
            one: s.person(),
            other: s.person(),
        }
        .into()
    }),
    Kind::reads("list_same", 1, |s| {
        Call::ListSame {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("insert_praise", 3, |s| {
        Call::InsertPraise {
            staff: s.chance.within(1, 2),
            case: s.id(),
            at: s.now(),
        }
        .into()
    }),
    Kind::reads("list_praises", 2, |s| {
        Call::ListPraises {
            staff: s.chance.within(1, 2),
            limit: s.limit(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Cases(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertCase { ref values, text } => tx.insert_case(office, &values.row(text, 0)).map(plain),
            Self::FindCase { id } => tx
                .find_case(office, CaseId(id))
                .map(|row| row.map(shown).unwrap_or_default()),
            Self::FindCaseByNumber { number } => tx.find_case_by_number(office, &number_text(number)).map(plain),
            Self::FindTalk { person } => tx.find_talk(office, person).map(plain),
            Self::ReplaceCase { ref values, version } => tx.replace_case(office, &values.row("", version)).map(plain),
            Self::ListCases { person, limit } => tx.list_cases(office, person, limit).map(all),
            Self::ListOpenCases { limit } => tx.list_open_cases(office, limit).map(all),
            Self::ListClosedCases { limit } => tx.list_closed_cases(office, limit).map(all),
            Self::InsertCaseEvent {
                id,
                case,
                kind,
                at,
                words,
            } => {
                let event = CaseEvent {
                    id,
                    case: CaseId(case),
                    at,
                    kind,
                    staff: (id % 2 == 0).then_some(StaffId(id)),
                    outbox: (id % 3 == 0).then_some(OutboxId(id)),
                    words: words.into(),
                };
                tx.insert_case_event(office, &event).map(plain)
            }
            Self::ListCaseEvents { case, limit } => tx.list_case_events(office, CaseId(case), limit).map(|events| {
                events
                    .into_iter()
                    .map(|event| format!("{event:?} {:?} {:?} {}", event.at, event.outbox, revealed(&event.words)))
                    .collect()
            }),
            Self::CountCaseEvents { after } => tx.count_case_events(office, after).map(plain),
            Self::ListTaggedCases { tag, limit } => tx.list_tagged_cases(office, tag, limit).map(all),
            Self::EnsureSame { one, other } => tx.ensure_same(office, one, other).map(plain),
            Self::ForgetSame { one, other } => tx.forget_same(office, one, other).map(plain),
            Self::ListSame { person, limit } => tx
                .list_same(office, person, limit)
                .map(|persons| plain(persons.iter().map(|person| person.0).collect::<Vec<_>>())),
            Self::InsertPraise { staff, case, at } => {
                let praise = Praise {
                    staff: StaffId(staff),
                    case: CaseId(case),
                    passed_at: at,
                };
                tx.insert_praise(office, &praise).map(plain)
            }
            Self::ListPraises { staff, limit } => tx.list_praises(office, StaffId(staff), limit).map(plain),
        }
    }
}

impl Values {
    fn row(&self, text: &str, version: i64) -> CaseRow {
        let all = |at| self.has_all.then_some(at);
        let day = self.has_all.then(|| jiff::civil::date(2026, 12, 31));
        let new = Case::new(
            CaseId(self.id),
            number_text(self.number),
            self.kind,
            self.person,
            self.at,
        );
        CaseRow {
            case: Case {
                line: if self.has_all {
                    "100000000000001".into()
                } else {
                    String::new()
                },
                rating: self.has_all.then_some(4),
                due_on: day,
                end_on: day,
                owed_at: self.owed_at,
                state: self.state,
                staff: self.staff,
                heard_at: all(self.at),
                answered_at: all(self.at),
                closed_at: (self.state == CaseState::Closed).then_some(self.at),
                satisfaction: self.has_all.then_some(5),
                escalated_at: all(self.at),
                is_talk: self.is_talk,
                ..new
            },
            text: text.into(),
            is_erased: false,
            tags: self.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            version,
        }
    }
}

fn number_text(number: i64) -> String {
    format!("JP-2611-{number:04}")
}

fn shown(row: CaseRow) -> String {
    format!(
        "{:?} {} {:?} {} {}",
        row.case,
        row.version,
        row.tags,
        row.is_erased,
        revealed(&row.text)
    )
}

fn all(rows: Vec<CaseRow>) -> String {
    rows.into_iter().map(shown).collect()
}

/// Every case: of each person, open and ended, and who talks with an officer.
pub(super) fn questions() -> Vec<op::Call> {
    let limit = 200;
    let of_persons = PERSONS.flat_map(|person| {
        let person = PersonId(person);
        [
            Call::ListCases { person, limit },
            Call::FindTalk { person },
            Call::ListSame { person, limit },
        ]
    });
    of_persons
        .chain([
            Call::ListOpenCases { limit },
            Call::ListClosedCases { limit },
            Call::CountCaseEvents { after: 0 },
            Call::ListPraises { staff: 1, limit },
            Call::ListPraises { staff: 2, limit },
        ])
        .map(Into::into)
        .collect()
}
