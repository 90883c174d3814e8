//! Calls about figures.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::figures::Part;
use sigap_core::ids::OfficeId;

use super::op::{self, Kind, plain};
use super::space::{Space, second};
use crate::fault::Fault;
use crate::tx::Tx;

const DAYS: [i8; 3] = [5, 6, 30];
const NAMES: [&str; 4] = ["kept/day", "visit/a/b/served", "wait/booked/15", ""];
const MONTHS: [&str; 3] = ["2026-10", "2026-11", "2026-12"];

#[derive(Debug, Clone)]
pub(super) enum Call {
    ReplaceDayFigures {
        on: i8,
        figures: Vec<(&'static str, u64)>,
    },
    SumDayFigures {
        from: i8,
        to: i8,
        is_by_month: bool,
        limit: usize,
    },
    FindLastFigures,
    FindFirstVisit,
    FindFirstMessage,
    ListVisitsOfDay {
        on: i8,
        limit: usize,
    },
    CountWriters {
        from: Timestamp,
        to: Timestamp,
    },
    CountHandedOver {
        from: i64,
        to: i64,
    },
    CountCasesOpened {
        from: i64,
        to: i64,
    },
    ListFirstAnswers {
        from: i64,
        to: i64,
        limit: usize,
    },
    CountOpenCases {
        now: Timestamp,
    },
    ListDeliveredMonths {
        from: &'static str,
        to: &'static str,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("replace_day_figures", 4, |s| {
        let mut figures = Vec::new();
        for name in NAMES {
            if !s.chance.one_in(3) {
                figures.push((name, s.chance.below(9)));
            }
        }
        Call::ReplaceDayFigures {
            on: s.chance.pick(&DAYS),
            figures,
        }
        .into()
    }),
    Kind::reads("sum_day_figures", 3, |s| {
        Call::SumDayFigures {
            from: s.chance.pick(&DAYS),
            to: s.chance.pick(&DAYS),
            is_by_month: s.chance.one_in(2),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("find_last_figures", 1, |_| Call::FindLastFigures.into()),
    Kind::reads("find_first_visit", 1, |_| Call::FindFirstVisit.into()),
    Kind::reads("find_first_message", 1, |_| Call::FindFirstMessage.into()),
    Kind::reads("list_visits_of_day", 2, |s| {
        Call::ListVisitsOfDay {
            on: s.chance.pick(&DAYS),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_writers", 2, |s| {
        let from = if s.chance.one_in(2) {
            Timestamp::UNIX_EPOCH
        } else {
            s.now()
        };
        Call::CountWriters { from, to: s.later() }.into()
    }),
    Kind::reads("count_handed_over", 2, |s| {
        let (from, to) = ids(s);
        Call::CountHandedOver { from, to }.into()
    }),
    Kind::reads("count_cases_opened", 1, |s| {
        let (from, to) = ids(s);
        Call::CountCasesOpened { from, to }.into()
    }),
    Kind::reads("list_first_answers", 2, |s| {
        let (from, to) = ids(s);
        Call::ListFirstAnswers {
            from,
            to,
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("count_open_cases", 2, |s| Call::CountOpenCases { now: s.now() }.into()),
    Kind::reads("list_delivered_months", 1, |s| {
        Call::ListDeliveredMonths {
            from: s.chance.pick(&MONTHS),
            to: s.chance.pick(&MONTHS),
        }
        .into()
    }),
];

fn ids(space: &mut Space) -> (i64, i64) {
    let from = if space.chance.one_in(2) { 0 } else { space.id() };
    (from, space.id() + 2)
}

fn day(of_month: i8) -> Date {
    Date::new(2026, 12, of_month).unwrap()
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Figures(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match self {
            Self::ReplaceDayFigures { on, figures } => {
                let figures: Vec<(String, u64)> = figures
                    .iter()
                    .map(|(name, count)| ((*name).to_owned(), *count))
                    .collect();
                tx.replace_day_figures(office, day(*on), &figures).map(plain)
            }
            Self::SumDayFigures {
                from,
                to,
                is_by_month,
                limit,
            } => {
                let part = if *is_by_month { Part::Month } else { Part::Day };
                tx.sum_day_figures(office, day(*from), day(*to), part, *limit)
                    .map(plain)
            }
            Self::FindLastFigures => tx.find_last_figures(office).map(plain),
            Self::FindFirstVisit => tx.find_first_visit(office).map(plain),
            Self::FindFirstMessage => tx.find_first_message(office).map(plain),
            Self::ListVisitsOfDay { on, limit } => tx.list_visits_of_day(office, day(*on), *limit).map(plain),
            Self::CountWriters { from, to } => tx.count_writers(office, *from, *to).map(plain),
            Self::CountHandedOver { from, to } => tx.count_handed_over(office, *from, *to).map(plain),
            Self::CountCasesOpened { from, to } => tx.count_cases_opened(office, *from, *to).map(plain),
            Self::ListFirstAnswers { from, to, limit } => tx.list_first_answers(office, *from, *to, *limit).map(plain),
            Self::CountOpenCases { now } => tx.count_open_cases(office, *now).map(plain),
            Self::ListDeliveredMonths { from, to } => tx.list_delivered_months(office, from, to).map(plain),
        }
    }
}

/// Every total, and what is counted of everything.
pub(super) fn questions(ids: RangeInclusive<i64>) -> Vec<op::Call> {
    let (from, to) = (*ids.start(), *ids.end() + 1);
    let mut calls = vec![
        Call::SumDayFigures {
            from: 1,
            to: 31,
            is_by_month: false,
            limit: 200,
        },
        Call::FindLastFigures,
        Call::FindFirstVisit,
        Call::FindFirstMessage,
        Call::CountWriters {
            from: second(0),
            to: second(1_000_000),
        },
        Call::CountHandedOver { from, to },
        Call::CountCasesOpened { from, to },
        Call::ListFirstAnswers { from, to, limit: 200 },
    ];
    calls.extend(DAYS.map(|on| Call::ListVisitsOfDay { on, limit: 200 }));
    calls.into_iter().map(Into::into).collect()
}
