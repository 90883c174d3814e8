//! Calls about uploaded reports.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use sigap_core::application::{ReportKind, ReportRow};
use sigap_core::ids::{OfficeId, StaffId, UploadId};

use super::op::{self, Kind, plain, revealed};
use super::space::{Space, application_number};
use crate::fault::Fault;
use crate::records::{UploadContent, UploadCounts, UploadPart, UploadRow, UploadState};
use crate::tx::Tx;

const PLACES: RangeInclusive<i64> = 0..=2;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertUpload {
        values: Values,
    },
    InsertUploadPart {
        id: i64,
        place: u32,
        last: i64,
        name: &'static str,
    },
    FindUpload {
        id: i64,
    },
    ReplaceUpload {
        expected: UploadState,
        values: Values,
    },
    TakeUploadPart {
        id: i64,
        place: u32,
    },
    ListUploads {
        limit: usize,
    },
    DeleteUpload {
        id: i64,
    },
}

/// What an uploaded report is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    id: i64,
    state: UploadState,
    done: u32,
    file: &'static str,
    at: Timestamp,
}

fn values(s: &mut Space) -> Values {
    Values {
        id: s.id(),
        state: s.chance.pick(&UploadState::ALL),
        done: place(s),
        file: s.text(),
        at: s.now(),
    }
}

fn place(s: &mut Space) -> u32 {
    u32::try_from(s.chance.within(*PLACES.start(), *PLACES.end())).unwrap_or_default()
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_upload", 6, |s| Call::InsertUpload { values: values(s) }.into()),
    Kind::writes("insert_upload_part", 6, |s| {
        Call::InsertUploadPart {
            id: s.id(),
            place: place(s),
            last: s.application(),
            name: s.text(),
        }
        .into()
    }),
    Kind::may_write("find_upload", 2, |s| Call::FindUpload { id: s.id() }.into()),
    Kind::writes("replace_upload", 6, |s| {
        Call::ReplaceUpload {
            expected: s.chance.pick(&UploadState::ALL),
            values: values(s),
        }
        .into()
    }),
    Kind::may_write("take_upload_part", 6, |s| {
        Call::TakeUploadPart {
            id: s.id(),
            place: place(s),
        }
        .into()
    }),
    Kind::reads("list_uploads", 2, |s| Call::ListUploads { limit: s.limit() }.into()),
    Kind::writes("delete_upload", 2, |s| Call::DeleteUpload { id: s.id() }.into()),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Reports(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::InsertUpload { ref values } => tx.insert_upload(office, &values.row()).map(plain),
            Self::InsertUploadPart { id, place, last, name } => tx
                .insert_upload_part(office, UploadId(id), place, &part(last, name))
                .map(plain),
            Self::FindUpload { id } => tx
                .find_upload(office, UploadId(id))
                .map(|row| row.map(shown).unwrap_or_default()),
            Self::ReplaceUpload { expected, ref values } => {
                tx.replace_upload(office, expected, &values.row()).map(plain)
            }
            Self::TakeUploadPart { id, place } => tx.take_upload_part(office, UploadId(id), place).map(revealed),
            Self::ListUploads { limit } => tx
                .list_uploads(office, limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::DeleteUpload { id } => tx.delete_upload(office, UploadId(id)).map(plain),
        }
    }
}

impl Values {
    fn row(&self) -> UploadRow {
        UploadRow {
            id: UploadId(self.id),
            staff: StaffId(1),
            state: self.state,
            made_at: self.at,
            ends_at: self.at,
            parts: 3,
            done: self.done,
            content: UploadContent {
                file: self.file.into(),
                report: ReportKind::Printing,
                newest_on: None,
                fingerprint: String::new(),
                rows: self.done,
                unreadable: 0,
                preview: UploadCounts::default(),
                counts: UploadCounts::default(),
                refused: Vec::new(),
            },
        }
    }
}

fn part(last: i64, name: &str) -> UploadPart {
    let row = ReportRow {
        number: application_number(last),
        report: ReportKind::Printing,
        stage_on: None,
        name: Some(name.into()),
        kind: None,
        applied_on: None,
        born_on: None,
    };
    vec![(4, row)]
}

fn shown(row: UploadRow) -> String {
    format!(
        "{:?} {:?} {:?} {} {};",
        row.id,
        row.state,
        row.made_at,
        row.done,
        revealed(&row.content)
    )
}

/// Every uploaded report.
pub(super) fn questions() -> Vec<op::Call> {
    vec![Call::ListUploads { limit: 1_000 }.into()]
}

/// Which parts are still there, by taking them.
pub(super) fn probes(ids: impl Iterator<Item = i64>) -> Vec<op::Call> {
    ids.flat_map(|id| [0, 1, 2].map(|place| Call::TakeUploadPart { id, place }.into()))
        .collect()
}
