//! Calls about versions of content and the conversations that try them.

use jiff::Timestamp;
use sigap_core::ids::{ContentScriptId, ContentVersionId, OfficeId, StaffId};

use super::op::{self, Kind, plain};
use crate::fault::Fault;
use crate::records::{ContentScriptRow, ContentVersionHead, ContentVersionRow, VersionState};
use crate::tx::Tx;

/// Editions are few, so that they meet.
const EDITIONS: [Option<u32>; 4] = [None, None, Some(1), Some(2)];
const REVISIONS: [u32; 2] = [1, 2];

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertContentVersion { row: Box<ContentVersionRow> },
    FindContentVersion { id: i64 },
    FindContentPending,
    FindContentPublished,
    FindContentEdition,
    ListContentVersions { limit: usize },
    ReplaceContentVersion { expected: u32, row: Box<ContentVersionRow> },
    InsertContentScript { row: ContentScriptRow },
    ReplaceContentScript { expected: u32, row: ContentScriptRow },
    DeleteContentScript { id: i64 },
    ListContentScripts { limit: usize },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_content_version", 5, |s| {
        let row = Box::new(version(s));
        Call::InsertContentVersion { row }.into()
    }),
    Kind::reads("find_content_version", 2, |s| {
        Call::FindContentVersion { id: s.id() }.into()
    }),
    Kind::reads("find_content_pending", 2, |_| Call::FindContentPending.into()),
    Kind::reads("find_content_published", 2, |_| Call::FindContentPublished.into()),
    Kind::reads("find_content_edition", 2, |_| Call::FindContentEdition.into()),
    Kind::reads("list_content_versions", 2, |s| {
        Call::ListContentVersions { limit: s.limit() }.into()
    }),
    Kind::may_write("replace_content_version", 4, |s| {
        Call::ReplaceContentVersion {
            expected: s.chance.pick(&REVISIONS),
            row: Box::new(version(s)),
        }
        .into()
    }),
    Kind::writes("insert_content_script", 3, |s| {
        let row = script(s);
        Call::InsertContentScript { row }.into()
    }),
    Kind::may_write("replace_content_script", 2, |s| {
        Call::ReplaceContentScript {
            expected: s.chance.pick(&REVISIONS),
            row: script(s),
        }
        .into()
    }),
    Kind::may_write("delete_content_script", 1, |s| {
        Call::DeleteContentScript { id: s.id() }.into()
    }),
    Kind::reads("list_content_scripts", 2, |s| {
        Call::ListContentScripts { limit: s.limit() }.into()
    }),
];

fn version(s: &mut super::space::Space) -> ContentVersionRow {
    let at = s.now();
    let staff = s.id();
    ContentVersionRow {
        head: ContentVersionHead {
            id: ContentVersionId(s.id()),
            state: s.chance.pick(&VersionState::ALL),
            edition: s.chance.pick(&EDITIONS),
            revision: s.chance.pick(&REVISIONS),
            author: StaffId(staff),
            approver: s.chance.pick(&[None, Some(StaffId(staff))]),
            made_at: at,
            changed_at: at,
            published_at: s.chance.pick(&[None, Some(at)]),
            base: s.word().into(),
        },
        content: s.word().into(),
    }
}

fn script(s: &mut super::space::Space) -> ContentScriptRow {
    let at: Timestamp = s.now();
    ContentScriptRow {
        id: ContentScriptId(s.id()),
        revision: s.chance.pick(&REVISIONS),
        author: StaffId(s.id()),
        changed_at: at,
        content: s.word().into(),
    }
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Contents(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match self {
            Self::InsertContentVersion { row } => tx.insert_content_version(office, row).map(plain),
            Self::FindContentVersion { id } => tx.find_content_version(office, ContentVersionId(*id)).map(plain),
            Self::FindContentPending => tx.find_content_pending(office).map(plain),
            Self::FindContentPublished => tx.find_content_published(office).map(plain),
            Self::FindContentEdition => tx.find_content_edition(office).map(plain),
            Self::ListContentVersions { limit } => tx.list_content_versions(office, *limit).map(plain),
            Self::ReplaceContentVersion { expected, row } => {
                tx.replace_content_version(office, *expected, row).map(plain)
            }
            Self::InsertContentScript { row } => tx.insert_content_script(office, row).map(plain),
            Self::ReplaceContentScript { expected, row } => {
                tx.replace_content_script(office, *expected, row).map(plain)
            }
            Self::DeleteContentScript { id } => tx.delete_content_script(office, ContentScriptId(*id)).map(plain),
            Self::ListContentScripts { limit } => tx.list_content_scripts(office, *limit).map(plain),
        }
    }
}

/// Every version and every conversation.
pub(super) fn questions() -> Vec<op::Call> {
    [
        Call::ListContentVersions { limit: 200 },
        Call::FindContentPending,
        Call::FindContentPublished,
        Call::ListContentScripts { limit: 200 },
    ]
    .map(Into::into)
    .into()
}
