//! Calls about staff, their sessions and their trail.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use sigap_core::ids::{CounterName, OfficeId, StaffId};
use sigap_core::staff::{Role, Scope};

use super::op::{self, Kind, plain, revealed};
use super::space::second;
use crate::fault::Fault;
use crate::records::{SessionRow, SignInQuestion, StaffContent, StaffRow};
use crate::tx::Tx;

const PEOPLE: RangeInclusive<i64> = 1..=4;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertStaff(Values),
    FindStaff {
        id: i64,
    },
    FindStaffByEmail {
        email: i64,
    },
    ListStaff {
        limit: usize,
    },
    ReplaceStaff(Values),
    InsertEnrolment {
        token: i64,
        staff: i64,
        expires_at: Timestamp,
    },
    FindEnrolment {
        token: i64,
        now: Timestamp,
    },
    UseEnrolment {
        token: i64,
        now: Timestamp,
    },
    InsertSignInQuestion {
        token: i64,
        id: i64,
        until: Timestamp,
        text: &'static str,
    },
    TakeSignInQuestion {
        token: i64,
        now: Timestamp,
    },
    ForgetSignInQuestions {
        now: Timestamp,
        most: usize,
    },
    InsertSession {
        token: i64,
        id: i64,
        staff: i64,
        at: Timestamp,
        text: &'static str,
    },
    FindSession {
        token: i64,
    },
    NoteSession {
        token: i64,
        now: Timestamp,
        counter: Option<u8>,
    },
    ListSessions {
        staff: i64,
        limit: usize,
    },
    EndSession {
        staff: i64,
        id: i64,
    },
    InsertAct {
        staff: i64,
        at: Timestamp,
        act: &'static str,
        subject: &'static str,
    },
    ListActs {
        from: u64,
        limit: usize,
    },
    CountActs,
}

/// What somebody is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    id: i64,
    email: i64,
    roles: usize,
    is_active: bool,
    failed: u32,
    locked_until: Option<Timestamp>,
    text: &'static str,
}

fn one(s: &mut super::space::Space) -> i64 {
    s.chance.within(*PEOPLE.start(), *PEOPLE.end())
}

/// Mostly a time at which every link is fresh.
fn moment(s: &mut super::space::Space) -> Timestamp {
    if s.chance.one_in(3) {
        s.now()
    } else {
        Timestamp::UNIX_EPOCH
    }
}

fn values(s: &mut super::space::Space) -> Values {
    Values {
        id: one(s),
        email: one(s),
        roles: usize::try_from(s.chance.below(4)).unwrap_or(0),
        is_active: s.chance.one_in(2),
        failed: u32::try_from(s.chance.below(9)).unwrap_or(0),
        locked_until: s.chance.one_in(3).then(|| s.later()),
        text: s.text(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_staff", 6, |s| Call::InsertStaff(values(s)).into()),
    Kind::may_write("find_staff", 1, |s| Call::FindStaff { id: one(s) }.into()),
    Kind::reads("find_staff_by_email", 1, |s| {
        Call::FindStaffByEmail { email: one(s) }.into()
    }),
    Kind::reads("list_staff", 1, |s| Call::ListStaff { limit: s.limit() }.into()),
    Kind::writes("replace_staff", 4, |s| Call::ReplaceStaff(values(s)).into()),
    Kind::writes("insert_enrolment", 5, |s| {
        Call::InsertEnrolment {
            token: s.id(),
            staff: one(s),
            expires_at: s.later(),
        }
        .into()
    }),
    Kind::reads("find_enrolment", 5, |s| {
        Call::FindEnrolment {
            token: s.id(),
            now: moment(s),
        }
        .into()
    }),
    Kind::may_write("use_enrolment", 3, |s| {
        Call::UseEnrolment {
            token: s.id(),
            now: moment(s),
        }
        .into()
    }),
    Kind::writes("insert_sign_in_question", 6, |s| {
        Call::InsertSignInQuestion {
            token: s.id(),
            id: one(s),
            until: s.later(),
            text: s.text(),
        }
        .into()
    }),
    Kind::may_write("take_sign_in_question", 5, |s| {
        Call::TakeSignInQuestion {
            token: s.id(),
            now: moment(s),
        }
        .into()
    }),
    Kind::writes("forget_sign_in_questions", 1, |s| {
        Call::ForgetSignInQuestions {
            now: moment(s),
            most: s.limit(),
        }
        .into()
    }),
    Kind::writes("insert_session", 8, |s| {
        Call::InsertSession {
            token: s.id(),
            id: one(s),
            staff: one(s),
            at: s.now(),
            text: s.text(),
        }
        .into()
    }),
    Kind::reads("find_session", 6, |s| Call::FindSession { token: s.id() }.into()),
    Kind::writes("note_session", 3, |s| {
        Call::NoteSession {
            token: s.id(),
            now: s.now(),
            counter: s.chance.pick(&[None, Some(1), Some(2)]),
        }
        .into()
    }),
    Kind::reads("list_sessions", 1, |s| {
        Call::ListSessions {
            staff: one(s),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("end_session", 3, |s| {
        Call::EndSession {
            staff: one(s),
            id: one(s),
        }
        .into()
    }),
    Kind::writes("insert_act", 4, |s| {
        Call::InsertAct {
            staff: one(s),
            at: s.now(),
            act: s.word(),
            subject: s.word(),
        }
        .into()
    }),
    Kind::reads("list_acts", 1, |s| {
        Call::ListActs {
            from: s.chance.below(9),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_acts", 1, |_| Call::CountActs.into()),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Staff(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertStaff(ref values) => tx.insert_staff(office, &values.row()).map(plain),
            Self::FindStaff { id } => tx
                .find_staff(office, of_staff(id))
                .map(|row| row.map(shown).unwrap_or_default()),
            Self::FindStaffByEmail { email: of } => tx.find_staff_by_email(office, &email(of)).map(plain),
            Self::ListStaff { limit } => tx
                .list_staff(office, limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::ReplaceStaff(ref values) => tx.replace_staff(office, &values.row()).map(plain),
            Self::InsertEnrolment {
                token,
                staff,
                expires_at,
            } => tx
                .insert_enrolment(office, &name(token), of_staff(staff), expires_at)
                .map(plain),
            Self::FindEnrolment { token, now } => tx.find_enrolment(office, &name(token), now).map(plain),
            Self::UseEnrolment { token, now } => tx.use_enrolment(office, &name(token), now).map(plain),
            Self::InsertSignInQuestion { token, id, until, text } => {
                let row = SignInQuestion {
                    id,
                    until,
                    content: text.into(),
                };
                tx.insert_sign_in_question(office, &name(token), &row).map(plain)
            }
            Self::TakeSignInQuestion { token, now } => tx.take_sign_in_question(office, &name(token), now).map(plain),
            Self::ForgetSignInQuestions { now, most } => tx.forget_sign_in_questions(office, now, most).map(plain),
            Self::InsertSession {
                token,
                id,
                staff,
                at,
                text,
            } => {
                let row = SessionRow {
                    id,
                    staff: of_staff(staff),
                    scope: if id % 2 == 0 { Scope::Person } else { Scope::Kiosk },
                    counter: None,
                    created_at: at,
                    seen_at: at,
                    ends_at: at,
                    device: text.into(),
                };
                tx.insert_session(office, &name(token), &row).map(plain)
            }
            Self::FindSession { token } => tx.find_session(office, &name(token)).map(plain),
            Self::NoteSession { token, now, counter } => tx
                .note_session(office, &name(token), now, counter.and_then(CounterName::new))
                .map(plain),
            Self::ListSessions { staff, limit } => tx.list_sessions(office, of_staff(staff), limit).map(plain),
            Self::EndSession { staff, id } => tx.end_session(office, of_staff(staff), id).map(plain),
            Self::InsertAct {
                staff,
                at,
                act,
                subject,
            } => tx.insert_act(office, of_staff(staff), at, act, subject).map(plain),
            Self::ListActs { from, limit } => tx.list_acts(office, from, limit).map(plain),
            Self::CountActs => tx.count_acts(office).map(plain),
        }
    }
}

impl Values {
    fn row(&self) -> StaffRow {
        StaffRow {
            id: of_staff(self.id),
            roles: Role::ALL.into_iter().take(self.roles).collect(),
            is_active: self.is_active,
            failed: self.failed,
            locked_until: self.locked_until,
            created_at: second(1_790_000_000 + self.id),
            content: StaffContent {
                email: email(self.email),
                name: self.text.into(),
                ..StaffContent::default()
            },
        }
    }
}

fn shown(row: StaffRow) -> String {
    format!("{row:?} {}", revealed(&row.content))
}

fn name(token: i64) -> String {
    format!("token {token}")
}

fn email(of: i64) -> String {
    format!("petugas{of}@contoh.go.id")
}

/// Everybody, every token, the whole trail.
pub(super) fn questions(ids: RangeInclusive<i64>) -> Vec<op::Call> {
    let of_people = PEOPLE.flat_map(|id| {
        [
            Call::FindStaff { id },
            Call::FindStaffByEmail { email: id },
            Call::ListSessions { staff: id, limit: 99 },
        ]
    });
    let of_tokens = ids.flat_map(|token| {
        [
            Call::FindSession { token },
            Call::FindEnrolment {
                token,
                now: Timestamp::UNIX_EPOCH,
            },
        ]
    });
    let trail = [Call::ListActs { from: 0, limit: 999 }, Call::CountActs];
    of_people.chain(of_tokens).chain(trail).map(Into::into).collect()
}

/// Staff have keys under their own ids: others than those of persons, whose keys may be destroyed.
fn of_staff(id: i64) -> StaffId {
    StaffId(100 + id)
}
