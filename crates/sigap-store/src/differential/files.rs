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
    Insert(Values),
    Find {
        id: i64,
    },
    Replace {
        expected: FileState,
        values: Values,
    },
    ListDue {
        now: Timestamp,
        limit: usize,
    },
    ListOf {
        person: PersonId,
        limit: usize,
    },
    ListAbout {
        about: i64,
        limit: usize,
    },
    PutPart {
        person: PersonId,
        id: i64,
        place: u32,
        bytes: &'static str,
    },
    FindPart {
        person: PersonId,
        id: i64,
        place: u32,
    },
    Delete {
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
    Kind::writes("insert_file", 5, |s| Call::Insert(values(s)).into()),
    Kind::reads("find_file", 2, |s| Call::Find { id: s.person().0 }.into()),
    Kind::writes("replace_file", 4, |s| {
        Call::Replace {
            expected: state(s),
            values: values(s),
        }
        .into()
    }),
    Kind::reads("list_due_files", 2, |s| {
        Call::ListDue {
            now: s.now(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_files_of", 2, |s| {
        Call::ListOf {
            person: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::reads("list_files_about", 2, |s| {
        Call::ListAbout {
            about: s.person().0,
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("put_file_part", 4, |s| {
        let (person, place) = part(s);
        Call::PutPart {
            person,
            id: own(person),
            place,
            bytes: s.text(),
        }
        .into()
    }),
    Kind::reads("find_file_part", 2, |s| {
        let (person, place) = part(s);
        Call::FindPart {
            person,
            id: own(person),
            place,
        }
        .into()
    }),
    Kind::writes("delete_file", 2, |s| Call::Delete { id: s.person().0 }.into()),
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
            Self::Insert(values) => tx.insert_file(office, &row(values)).map(plain),
            Self::Find { id } => tx
                .find_file(office, FileId(*id))
                .map(|found| found.map(shown).unwrap_or_default()),
            Self::Replace { expected, values } => tx.replace_file(office, *expected, &row(values)).map(plain),
            Self::ListDue { now, limit } => tx.list_due_files(office, *now, *limit).map(all),
            Self::ListOf { person, limit } => tx.list_files_of(office, *person, *limit).map(all),
            Self::ListAbout { about, limit } => tx.list_files_about(office, *about, *limit).map(all),
            Self::PutPart {
                person,
                id,
                place,
                bytes,
            } => tx
                .put_file_part(office, *person, FileId(*id), *place, bytes.as_bytes())
                .map(plain),
            Self::FindPart { person, id, place } => tx.find_file_part(office, *person, FileId(*id), *place).map(plain),
            Self::Delete { id } => tx.delete_file(office, FileId(*id)).map(plain),
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
                Call::ListOf {
                    person: PersonId(person),
                    limit: 100,
                },
                Call::ListAbout {
                    about: person,
                    limit: 100,
                },
                Call::FindPart {
                    person: PersonId(person),
                    id: person,
                    place: 0,
                },
                Call::FindPart {
                    person: PersonId(person),
                    id: person,
                    place: 1,
                },
            ]
        })
        .map(Into::into)
        .collect()
}
