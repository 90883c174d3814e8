//! Calls about received messages.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::person::Contact;

use super::op::{self, Kind, plain, revealed};
use super::space::{NUMBERS, Space, second};
use crate::fault::Fault;
use crate::records::{InboxContent, InboxRow, InboxState, MessageKey};
use crate::tx::Tx;

/// Seconds between two messages; pairs of them bear one time.
const SECONDS_APART: i64 = 60;
const STATES: [InboxState; 5] = [
    InboxState::Owed,
    InboxState::Owed,
    InboxState::Answered,
    InboxState::Silent,
    InboxState::HandedOver,
];

/// Which message. Delivered again it bears the same time, as Meta's do, but for a few that somebody made up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Which {
    number: &'static str,
    id: i64,
    sent_at: Timestamp,
}

impl Which {
    fn usual(number: &'static str, id: i64) -> Self {
        Self {
            number,
            id,
            sent_at: second(id / 2 * SECONDS_APART),
        }
    }

    fn draw(s: &mut Space) -> Self {
        let usual = Self::usual(s.number(), s.id());
        let sent_at = if s.chance.one_in(12) { s.now() } else { usual.sent_at };
        Self { sent_at, ..usual }
    }

    fn message_id(self) -> String {
        format!("wamid.{}", self.id)
    }

    fn key(self) -> MessageKey {
        MessageKey {
            number: self.number.into(),
            message_id: self.message_id(),
            sent_at: self.sent_at,
        }
    }

    fn content(self, text: &str) -> InboxContent {
        InboxContent {
            message: InboundMessage {
                number: self.number.into(),
                message_id: self.message_id(),
                sent_at: self.sent_at,
                from: Contact::default(),
                said: Said::Text(text.into()),
            },
            raw: text.is_empty().then(|| "{}".into()),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) enum Call {
    HasReceived {
        which: Which,
    },
    InsertReceived {
        which: Which,
        person: PersonId,
        state: InboxState,
        attempts: u32,
        received_at: Timestamp,
        text: Option<&'static str>,
    },
    SettleReceived {
        which: Which,
        state: InboxState,
        attempts: u32,
    },
    ListOwed {
        limit: usize,
    },
    FindReceived {
        which: Which,
        since: Timestamp,
    },
    ReplaceContent {
        which: Which,
        text: Option<&'static str>,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::reads("has_received", 2, |s| {
        Call::HasReceived { which: Which::draw(s) }.into()
    }),
    Kind::may_write("insert_received", 8, |s| {
        Call::InsertReceived {
            which: Which::draw(s),
            person: s.person(),
            state: s.chance.pick(&STATES),
            attempts: 0,
            received_at: s.now(),
            text: text(s),
        }
        .into()
    }),
    Kind::may_write("settle_received", 4, |s| {
        Call::SettleReceived {
            which: Which::draw(s),
            state: s.chance.pick(&STATES),
            attempts: u32::try_from(s.chance.below(4)).unwrap(),
        }
        .into()
    }),
    Kind::reads("list_owed", 2, |s| Call::ListOwed { limit: s.limit() }.into()),
    Kind::reads("find_received", 2, |s| {
        let which = Which::draw(s);
        let apart = jiff::SignedDuration::from_secs(s.chance.within(-SECONDS_APART, SECONDS_APART));
        Call::FindReceived {
            which,
            since: which.sent_at + apart,
        }
        .into()
    }),
    Kind::may_write("replace_content", 3, |s| {
        Call::ReplaceContent {
            which: Which::draw(s),
            text: text(s),
        }
        .into()
    }),
];

fn text(s: &mut Space) -> Option<&'static str> {
    (!s.chance.one_in(4)).then(|| s.text())
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Inbox(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::HasReceived { which } => tx.has_received(office, &which.key()).map(plain),
            Self::InsertReceived {
                which,
                person,
                state,
                attempts,
                received_at,
                text,
            } => {
                let row = InboxRow {
                    person,
                    key: which.key(),
                    state,
                    attempts,
                    received_at,
                    content: text.map(|text| which.content(text)),
                };
                tx.insert_received(office, &row).map(plain)
            }
            Self::SettleReceived { which, state, attempts } => {
                tx.settle_received(office, &which.key(), state, attempts).map(plain)
            }
            Self::ListOwed { limit } => tx.list_owed(office, limit).map(|rows| told(&rows)),
            Self::FindReceived { which, since } => tx
                .find_received(office, which.number, &which.message_id(), since)
                .map(|row| told(row.as_slice())),
            Self::ReplaceContent { which, text } => {
                let content = text.map(|text| which.content(text));
                tx.replace_content(office, &which.key(), content.as_ref()).map(plain)
            }
        }
    }
}

fn told(rows: &[InboxRow]) -> String {
    let lines: Vec<_> = rows
        .iter()
        .map(|row| format!("{row:?} {}", revealed(&row.content)))
        .collect();
    lines.join("; ")
}

/// Messages with these ids, and what is owed.
pub(super) fn questions(ids: impl Iterator<Item = i64>) -> Vec<op::Call> {
    let messages = ids.flat_map(|id| NUMBERS.map(|number| Which::usual(number, id)));
    messages
        .flat_map(|which| {
            let since = Timestamp::MIN;
            [Call::HasReceived { which }, Call::FindReceived { which, since }]
        })
        .chain([Call::ListOwed { limit: 50 }, Call::ListOwed { limit: 2 }])
        .map(Into::into)
        .collect()
}
