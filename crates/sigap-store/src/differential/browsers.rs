//! Calls about citizens' browsers.

use jiff::Timestamp;
use sigap_core::conversation::state::PrivateWords;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_core::message::Form;

use super::op::{self, Kind, plain, revealed};
use super::space::{PERSONS, Space};
use crate::fault::Fault;
use crate::records::{BrowserContent, BrowserLine, BrowserRow, LineContent};
use crate::tx::Tx;

#[derive(Debug, Clone)]
pub(super) enum Call {
    InsertBrowser(Values),
    FindBrowser {
        token: i64,
    },
    FindBrowserOf {
        person: PersonId,
    },
    FindBrowserByCode {
        code: i64,
    },
    ChangeBrowser(Values),
    DeleteBrowser {
        person: PersonId,
    },
    ListBrowsers {
        proven: PersonId,
        limit: usize,
    },
    InsertLine {
        person: PersonId,
        id: i64,
        at: Timestamp,
        is_ours: bool,
        words: &'static str,
    },
    ListLines {
        person: PersonId,
        after: i64,
        limit: usize,
    },
}

/// What a browser is made of. Its secret and its code are those of the person, so that no two browsers have the same.
#[derive(Debug, Clone)]
pub(super) struct Values {
    person: PersonId,
    proven: Option<PersonId>,
    at: Timestamp,
    until: Timestamp,
    has_code: bool,
    number: &'static str,
}

fn values(s: &mut Space) -> Values {
    let person = s.person();
    Values {
        person,
        proven: s.chance.one_in(2).then(|| s.person()),
        at: s.now(),
        until: s.later(),
        has_code: s.chance.one_in(2),
        number: s.text(),
    }
}

pub(super) const KINDS: &[Kind] = &[
    Kind::writes("insert_browser", 5, |s| Call::InsertBrowser(values(s)).into()),
    Kind::reads("find_browser", 2, |s| Call::FindBrowser { token: s.person().0 }.into()),
    Kind::reads("find_browser_of", 1, |s| {
        Call::FindBrowserOf { person: s.person() }.into()
    }),
    Kind::reads("find_browser_by_code", 2, |s| {
        Call::FindBrowserByCode { code: s.person().0 }.into()
    }),
    Kind::writes("change_browser", 4, |s| Call::ChangeBrowser(values(s)).into()),
    Kind::writes("delete_browser", 3, |s| {
        Call::DeleteBrowser { person: s.person() }.into()
    }),
    Kind::reads("list_browsers", 2, |s| {
        Call::ListBrowsers {
            proven: s.person(),
            limit: s.limit(),
        }
        .into()
    }),
    Kind::writes("insert_line", 5, |s| {
        Call::InsertLine {
            person: s.person(),
            id: s.id(),
            at: s.now(),
            is_ours: s.chance.one_in(2),
            words: s.text(),
        }
        .into()
    }),
    Kind::reads("list_lines", 3, |s| {
        Call::ListLines {
            person: s.person(),
            after: s.id(),
            limit: s.limit(),
        }
        .into()
    }),
];

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Browsers(call)
    }
}

fn row(values: &Values) -> BrowserRow {
    BrowserRow {
        person: values.person,
        proven: values.proven,
        proven_at: values.proven.map(|_| values.at),
        made_at: values.at,
        expires_at: values.until,
        content: BrowserContent {
            code: values.has_code.then(|| values.person.to_string()),
            number: values.number.into(),
            ..BrowserContent::default()
        },
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        let one = |found: Option<BrowserRow>| found.map(shown).unwrap_or_default();
        match self {
            Self::InsertBrowser(values) => {
                let token = values.person.0.to_string();
                tx.insert_browser(office, &token, &row(values)).map(plain)
            }
            Self::FindBrowser { token } => tx.find_browser(office, &token.to_string()).map(one),
            Self::FindBrowserOf { person } => tx.find_browser_of(office, *person).map(one),
            Self::FindBrowserByCode { code } => tx.find_browser_by_code(office, &PersonId(*code).to_string()).map(one),
            Self::ChangeBrowser(values) => tx.change_browser(office, &row(values)).map(plain),
            Self::DeleteBrowser { person } => tx.delete_browser(office, *person).map(plain),
            Self::ListBrowsers { proven, limit } => tx
                .list_browsers(office, *proven, *limit)
                .map(|rows| rows.into_iter().map(shown).collect()),
            Self::InsertLine {
                person,
                id,
                at,
                is_ours,
                words,
            } => {
                let line = BrowserLine {
                    id: *id,
                    said_at: *at,
                    is_ours: *is_ours,
                    content: LineContent {
                        words: PrivateWords((*words).into()),
                        form: Form::Text,
                    },
                };
                tx.insert_line(office, *person, &line).map(plain)
            }
            Self::ListLines { person, after, limit } => tx
                .list_lines(office, *person, *after, *limit)
                .map(|lines| lines.into_iter().map(line_shown).collect()),
        }
    }
}

fn shown(row: BrowserRow) -> String {
    format!("{row:?} {};", revealed(&row.content))
}

fn line_shown(line: BrowserLine) -> String {
    format!(
        "{} {} {} {};",
        line.id,
        line.said_at,
        line.is_ours,
        revealed(&line.content)
    )
}

/// Every browser in every way, and all its lines.
pub(super) fn questions() -> Vec<op::Call> {
    PERSONS
        .flat_map(|person| {
            [
                Call::FindBrowser { token: person },
                Call::FindBrowserByCode { code: person },
                Call::ListBrowsers {
                    proven: PersonId(person),
                    limit: 100,
                },
                Call::ListLines {
                    person: PersonId(person),
                    after: 0,
                    limit: 100,
                },
            ]
        })
        .map(Into::into)
        .collect()
}
