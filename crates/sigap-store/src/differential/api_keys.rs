//! Calls about keys of programs.

use jiff::Timestamp;
use sigap_core::ids::{ApiKeyId, OfficeId};

use super::op::{self, Kind, plain};
use crate::fault::Fault;
use crate::records::ApiKeyRow;
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertApiKey {
        id: i64,
        label: &'static str,
        key: i64,
        at: Timestamp,
    },
    FindApiKey {
        key: i64,
    },
    ListApiKeys {
        limit: usize,
    },
    RevokeApiKey {
        id: i64,
        at: Timestamp,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_api_key", 5, |s| {
        Call::InsertApiKey {
            id: s.id(),
            label: s.word(),
            key: s.id(),
            at: s.now(),
        }
        .into()
    }),
    Kind::reads("find_api_key", 2, |s| Call::FindApiKey { key: s.id() }.into()),
    Kind::reads("list_api_keys", 2, |s| Call::ListApiKeys { limit: s.limit() }.into()),
    Kind::writes("revoke_api_key", 3, |s| {
        Call::RevokeApiKey {
            id: s.id(),
            at: s.now(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::ApiKeys(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertApiKey { id, label, key, at } => {
                let row = ApiKeyRow {
                    id: ApiKeyId(id),
                    label: label.into(),
                    made_at: at,
                    revoked_at: None,
                    scopes: label.into(),
                    per_hour: 60,
                };
                tx.insert_api_key(office, &row, &key.to_string()).map(plain)
            }
            Self::FindApiKey { key } => tx.find_api_key(office, &key.to_string()).map(plain),
            Self::ListApiKeys { limit } => tx.list_api_keys(office, limit).map(plain),
            Self::RevokeApiKey { id, at } => tx.revoke_api_key(office, ApiKeyId(id), at).map(plain),
        }
    }
}

/// Every key.
pub(super) fn questions(ids: impl Iterator<Item = i64>) -> Vec<op::Call> {
    let found = ids.map(|key| Call::FindApiKey { key });
    found
        .chain([Call::ListApiKeys { limit: 1_000 }])
        .map(Into::into)
        .collect()
}
