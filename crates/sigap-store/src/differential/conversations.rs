//! Calls about dialogue states.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};

use super::op::{self, Kind, plain};
use super::space::PERSONS;
use crate::fault::Fault;
use crate::records::ConversationRow;
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    FindConversation {
        person: PersonId,
    },
    SaveConversation {
        person: PersonId,
        state: &'static str,
        last_inbound_at: Timestamp,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::reads("find_conversation", 2, |s| {
        Call::FindConversation { person: s.person() }.into()
    })
    .of_a_person(),
    Kind::writes("save_conversation", 4, |s| {
        Call::SaveConversation {
            person: s.person(),
            state: s.text(),
            last_inbound_at: s.now(),
        }
        .into()
    })
    .of_a_person(),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Conversations(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::FindConversation { person } => tx.find_conversation(office, person).map(plain),
            Self::SaveConversation {
                person,
                state,
                last_inbound_at,
            } => {
                let row = ConversationRow {
                    state: state.into(),
                    last_inbound_at,
                };
                tx.save_conversation(office, person, &row).map(plain)
            }
        }
    }
}

/// Every dialogue.
pub(super) fn questions() -> Vec<op::Call> {
    PERSONS
        .map(|person| {
            Call::FindConversation {
                person: PersonId(person),
            }
            .into()
        })
        .collect()
}
