//! Calls about files.

use jiff::Timestamp;
use sigap_core::files::FileState;
use sigap_core::ids::{FileId, OfficeId, PersonId};

use super::op::{self, Kind, plain, revealed};
use super::space::{PERSONS, Space};
use crate::fault::Fault;
use crate::records::{FileContent, FileRow};
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertFile(Values),
    FindFile {
        id: i64,
    },
    ReplaceFile {
        expected: FileState,
        values: Values,
    },
    ListDueFiles {
        now: Timestamp,
        limit: usize,
    },
    ListFilesOf {
        person: PersonId,
        limit: usize,
    },
    ListFilesAbout {
        about: i64,
        limit: usize,
    },
    PutFilePart {
        person: PersonId,
        id: i64,
        place: u32,
        bytes: &'static str,
    },
    FindFilePart {
        person: PersonId,
        id: i64,
        place: u32,
    },
    DeleteFile {
        id: i64,
    },
}

/// What a file is made of.
#[derive(Debug, Clone)]
pub(super) struct Values {
    id: i64,
    person: PersonId,
    about: i64,
    state: FileState,
    at: Timestamp,
    until: Timestamp,
    attempts: u32,
    filename: &'static str,
}

/// The last number of a person's file.
fn own(person: PersonId) -> i64 {
    person.0
}

fn state(s: &mut Space) -> FileState {
    match s.limit() % 3 {
        0 => FileState::Kept,
        1 => FileState::Refused,
        _ => FileState::Waiting,
    }
}

/// A file has the number of its person, so that a part is always that of whom it is sealed for.
fn values(s: &mut Space) -> Values {
    let person = s.person();
    Values {
        id: own(person),
        person,
        about: s.person().0,
        state: state(s),
        at: s.now(),
        until: s.later(),
        attempts: u32::try_from(s.limit()).unwrap_or_default(),
        filename: s.text(),
    }
}

fn part(s: &mut Space) -> (PersonId, u32) {
    (s.person(), u32::from(s.chance.one_in(2)))
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_file", 5, |s| Call::InsertFile(values(s)).into()),
    Kind::reads("find_file", 2, |s| Call::FindFile { id: s.person().0 }.into()),
    Kind::writes("replace_file", 4, |s| {
        Call::ReplaceFile {
            expected: state(s),
            values: values(s),
        }
        .into()
    }),
    Kind::reads("list_due_files", 2, |s| {
        Call::ListDueFiles {
            now: s.now(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_files_of", 2, |s| {
        Call::ListFilesOf {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_files_about", 2, |s| {
        Call::ListFilesAbout {
            about: s.person().0,
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("put_file_part", 4, |s| {
        let (person, place) = part(s);
        Call::PutFilePart {
            person,
            id: own(person),
            place,
            bytes: s.text(),
        }
        .into()
    }),
    Kind::reads("find_file_part", 2, |s| {
        let (person, place) = part(s);
        Call::FindFilePart {
            person,
            id: own(person),
            place,
        }
        .into()
    }),
    Kind::writes("delete_file", 2, |s| Call::DeleteFile { id: s.person().0 }.into()),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Files(call)
    }
}

fn row(values: &Values) -> FileRow {
    FileRow {
        id: FileId(values.id),
        person: values.person,
        about: values.about,
        state: values.state,
        came_at: values.at,
        due_at: values.until,
        attempts: values.attempts,
        ends_at: values.until,
        parts: values.attempts,
        content: FileContent {
            filename: Some(values.filename.into()),
            ..FileContent::default()
        },
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        let all = |rows: Vec<FileRow>| rows.into_iter().map(shown).collect::<String>();
        match self {
            Self::InsertFile(values) => tx.insert_file(office, &row(values)).map(plain),
            Self::FindFile { id } => tx
                .find_file(office, FileId(*id))
                .map(|found| found.map(shown).unwrap_or_default()),
            Self::ReplaceFile { expected, values } => tx.replace_file(office, *expected, &row(values)).map(plain),
            Self::ListDueFiles { now, limit } => tx.list_due_files(office, *now, *limit).map(all),
            Self::ListFilesOf { person, limit } => tx.list_files_of(office, *person, *limit).map(all),
            Self::ListFilesAbout { about, limit } => tx.list_files_about(office, *about, *limit).map(all),
            Self::PutFilePart {
                person,
                id,
                place,
                bytes,
            } => tx
                .put_file_part(office, *person, FileId(*id), *place, bytes.as_bytes())
                .map(plain),
            Self::FindFilePart { person, id, place } => {
                tx.find_file_part(office, *person, FileId(*id), *place).map(plain)
            }
            Self::DeleteFile { id } => tx.delete_file(office, FileId(*id)).map(plain),
        }
    }
}

fn shown(row: FileRow) -> String {
    format!("{row:?} {};", revealed(&row.content))
}

/// Every file in every way, and its parts.
pub(super) fn questions() -> Vec<op::Call> {
    PERSONS
        .flat_map(|person| {
            [
                Call::ListFilesOf {
                    person: PersonId(person),
                    limit: 100,
                },
                Call::ListFilesAbout {
                    about: person,
                    limit: 100,
                },
                Call::FindFilePart {
                    person: PersonId(person),
                    id: person,
                    place: 0,
                },
                Call::FindFilePart {
                    person: PersonId(person),
                    id: person,
                    place: 1,
                },
            ]
        })
        .map(Into::into)
        .collect()
}
