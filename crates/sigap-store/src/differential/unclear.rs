//! Calls about messages that were not understood.

use jiff::civil::{Date, date};
use sigap_core::ids::OfficeId;

use super::op::{self, Kind, plain};
use crate::fault::Fault;
use crate::records::{UnclearContent, UnclearRow};
use crate::tx::Tx;

const DAYS: [Date; 3] = [date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6)];

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertUnclear { id: i64, day: Date, words: &'static str },
    CountUnclear { day: Date },
    ListUnclear { limit: usize },
    DeleteUnclear { id: i64 },
    DeleteUnclearBefore { day: Date },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::may_write("insert_unclear", 6, |s| {
        Call::InsertUnclear {
            id: s.id(),
            day: s.chance.pick(&DAYS),
            words: s.text(),
        }
        .into()
    }),
    Kind::reads("count_unclear", 2, |s| {
        Call::CountUnclear {
            day: s.chance.pick(&DAYS),
        }
        .into()
    }),
    Kind::reads("list_unclear", 2, |s| Call::ListUnclear { limit: s.limit() }.into()),
    Kind::may_write("delete_unclear", 2, |s| Call::DeleteUnclear { id: s.id() }.into()),
    Kind::may_write("delete_unclear_before", 1, |s| {
        Call::DeleteUnclearBefore {
            day: s.chance.pick(&DAYS),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Unclear(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertUnclear { id, day, words } => {
                let content = UnclearContent {
                    words: words.into(),
                    language: "id".into(),
                };
                tx.insert_unclear(office, &UnclearRow { id, day, content }).map(plain)
            }
            Self::CountUnclear { day } => tx.count_unclear(office, day).map(plain),
            Self::ListUnclear { limit } => {
                let rows = tx.list_unclear(office, limit)?;
                let told: Vec<_> = rows
                    .into_iter()
                    .map(|row| (row.id, row.day, row.content.words))
                    .collect();
                Ok(plain(told))
            }
            Self::DeleteUnclear { id } => tx.delete_unclear(office, id).map(plain),
            Self::DeleteUnclearBefore { day } => tx.delete_unclear_before(office, day).map(plain),
        }
    }
}

/// All that is kept, and how much of each day.
pub(super) fn questions() -> Vec<op::Call> {
    let counts = DAYS.into_iter().map(|day| Call::CountUnclear { day });
    counts
        .chain([Call::ListUnclear { limit: 200 }])
        .map(Into::into)
        .collect()
}
