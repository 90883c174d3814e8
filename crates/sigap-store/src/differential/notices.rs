//! Calls about notices: templates and decisions by revision, counts, what waits for the morning.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_core::language::Language;
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::notices::NoticePlan;
use sigap_core::notices::template::TemplateFacts;

use super::op::{self, Kind, plain, revealed};
use super::space::WORDS;
use crate::fault::Fault;
use crate::records::{HeldContent, HeldNotice, PlanRow, TemplateRow};
use crate::tx::Tx;

const MONTHS: [&str; 2] = ["2026-11", "2026-12"];
const ACCOUNTS: [&str; 2] = ["1", "2"];
/// Few, so that the next one is often the right one.
const REVISIONS: [i64; 4] = [1, 1, 2, 3];

#[derive(Debug, Clone)]
pub(super) enum Call {
    SaveTemplate {
        account: &'static str,
        name: &'static str,
        revision: i64,
        reason: &'static str,
    },
    FindTemplate {
        account: &'static str,
        name: &'static str,
    },
    ListTemplates {
        limit: usize,
    },
    SaveNoticePlan {
        revision: i64,
        rupiah: i64,
    },
    FindNoticePlan,
    CountNotice {
        month: &'static str,
        notice: &'static str,
        outcome: &'static str,
    },
    ListNoticeCounts {
        month: &'static str,
        limit: usize,
    },
    InsertHeldNotice {
        id: i64,
        due_at: Timestamp,
        person: PersonId,
        words: &'static str,
    },
    TakeHeldNotices {
        now: Timestamp,
        limit: usize,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::may_write("save_template", 4, |s| {
        Call::SaveTemplate {
            account: s.chance.pick(&ACCOUNTS),
            name: s.word(),
            revision: s.chance.pick(&REVISIONS),
            reason: s.text(),
        }
        .into()
    }),
    Kind::reads("find_template", 2, |s| {
        Call::FindTemplate {
            account: s.chance.pick(&ACCOUNTS),
            name: s.word(),
        }
        .into()
    }),
    Kind::reads("list_templates", 2, |s| Call::ListTemplates { limit: s.limit() }.into()),
    Kind::may_write("save_notice_plan", 3, |s| {
        Call::SaveNoticePlan {
            revision: s.chance.pick(&REVISIONS),
            rupiah: s.id(),
        }
        .into()
    }),
    Kind::reads("find_notice_plan", 2, |_| Call::FindNoticePlan.into()),
    Kind::writes("count_notice", 4, |s| {
        Call::CountNotice {
            month: s.chance.pick(&MONTHS),
            notice: s.word(),
            outcome: s.word(),
        }
        .into()
    }),
    Kind::reads("list_notice_counts", 2, |s| {
        Call::ListNoticeCounts {
            month: s.chance.pick(&MONTHS),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("insert_held_notice", 4, |s| {
        Call::InsertHeldNotice {
            id: s.id(),
            due_at: s.later(),
            person: s.person(),
            words: s.text(),
        }
        .into()
    }),
    Kind::may_write("take_held_notices", 3, |s| {
        Call::TakeHeldNotices {
            now: s.now(),
            limit: s.limit(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Notices(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::SaveTemplate {
                account,
                name,
                revision,
                reason,
            } => {
                let row = TemplateRow {
                    account: account.into(),
                    name: name.into(),
                    language: "id".into(),
                    revision,
                    facts: TemplateFacts {
                        reason: Some(reason.into()),
                        ..TemplateFacts::default()
                    },
                };
                tx.save_template(office, &row).map(plain)
            }
            Self::FindTemplate { account, name } => tx.find_template(office, account, name, "id").map(plain),
            Self::ListTemplates { limit } => tx.list_templates(office, limit).map(plain),
            Self::SaveNoticePlan { revision, rupiah } => {
                let plan = NoticePlan {
                    budget_rupiah: Some(rupiah),
                    ..NoticePlan::default()
                };
                tx.save_notice_plan(office, &PlanRow { revision, plan }).map(plain)
            }
            Self::FindNoticePlan => tx.find_notice_plan(office).map(plain),
            Self::CountNotice { month, notice, outcome } => tx.count_notice(office, month, notice, outcome).map(plain),
            Self::ListNoticeCounts { month, limit } => tx.list_notice_counts(office, month, limit).map(plain),
            Self::InsertHeldNotice {
                id,
                due_at,
                person,
                words,
            } => {
                let held = HeldNotice {
                    id,
                    due_at,
                    person,
                    content: HeldContent {
                        notice: "ready".into(),
                        number: "1".into(),
                        language: Language::Id,
                        message: OutboundMessage {
                            body: words.into(),
                            form: Form::Text,
                            fill: None,
                        },
                        templates: Vec::new(),
                        worth_until: due_at,
                        booking: None,
                        paper: None,
                    },
                };
                tx.insert_held_notice(office, &held).map(plain)
            }
            Self::TakeHeldNotices { now, limit } => tx.take_held_notices(office, now, limit).map(|taken| {
                let shown = taken
                    .iter()
                    .map(|held| (held.id, held.due_at, held.person.0, &held.content));
                revealed(shown.collect::<Vec<_>>())
            }),
        }
    }
}

/// Every template, decision and count.
pub(super) fn questions() -> Vec<op::Call> {
    let limit = 200;
    let counts = MONTHS.into_iter().map(|month| Call::ListNoticeCounts { month, limit });
    let templates = ACCOUNTS
        .into_iter()
        .flat_map(|account| WORDS.map(|name| Call::FindTemplate { account, name }));
    counts
        .chain(templates)
        .chain([Call::ListTemplates { limit }, Call::FindNoticePlan])
        .map(Into::into)
        .collect()
}

/// What waits for the morning, by taking it.
pub(super) fn probes(clock: Timestamp) -> Vec<op::Call> {
    let now = clock.saturating_add(jiff::SignedDuration::from_hours(24)).unwrap();
    vec![Call::TakeHeldNotices { now, limit: 200 }.into()]
}
