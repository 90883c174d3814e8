//! Calls about applications, their places, slip codes, bindings and guesses.

use jiff::{SignedDuration, Timestamp};
use sigap_core::application::{Application, Stage};
use sigap_core::ids::{OfficeId, PersonId};

use super::op::{self, Kind, plain, revealed};
use super::space::{APPLICATIONS, PERSONS, Space, application_number};
use crate::fault::Fault;
use crate::records::{GuessKind, ImportRun};
use crate::tx::Tx;

pub(super) const GUESSES: [GuessKind; 4] = [
    GuessKind::LookUp,
    GuessKind::WrongProof,
    GuessKind::BirthDate,
    GuessKind::SlipCode,
];
/// Most slip codes are good for the whole run.
const VALID_FOR: [SignedDuration; 3] = [
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(2),
    SignedDuration::ZERO,
];
/// Ids of those who hold the keys of applications.
const HOLDER_FIRST: i64 = 1_000;

#[derive(Debug, Clone)]
pub(super) enum Call {
    FindApplication {
        last: i64,
    },
    SaveApplication {
        last: i64,
        stage: Stage,
        name: &'static str,
        at: Timestamp,
        holder: PersonId,
    },
    PlaceApplication {
        last: i64,
    },
    FindPlace {
        last: i64,
    },
    CountApplications,
    InsertImport {
        id: i64,
        at: Timestamp,
        file: i64,
    },
    FindLastImport,
    ListImports {
        limit: usize,
    },
    HasImported {
        file: i64,
    },
    InsertSlipCode {
        code: i64,
        last: i64,
        expires_at: Timestamp,
    },
    UseSlipCode {
        code: i64,
        person: PersonId,
        now: Timestamp,
    },
    BindPerson {
        person: PersonId,
        last: i64,
        now: Timestamp,
    },
    IsBound {
        person: PersonId,
        last: i64,
    },
    FindBound {
        person: PersonId,
    },
    CountGuess {
        kind: GuessKind,
        subject: PersonId,
        detail: u64,
        day: i32,
    },
    SumGuesses {
        kind: GuessKind,
        subject: PersonId,
        since: i32,
    },
}

pub(super) const KINDS: &[Kind] = &[
    Kind::reads("find_application", 2, |s| {
        Call::FindApplication { last: s.application() }.into()
    }),
    Kind::writes("save_application", 5, save_application),
    Kind::writes("place_application", 2, |s| {
        Call::PlaceApplication { last: s.application() }.into()
    })
    .of_the_nation(),
    Kind::reads("find_place", 1, |s| Call::FindPlace { last: s.application() }.into()).of_the_nation(),
    Kind::reads("count_applications", 1, |_| Call::CountApplications.into()),
    Kind::writes("insert_import", 2, |s| {
        Call::InsertImport {
            id: s.id(),
            at: s.now(),
            file: s.application(),
        }
        .into()
    }),
    Kind::reads("find_last_import", 1, |_| Call::FindLastImport.into()),
    Kind::reads("list_imports", 1, |s| Call::ListImports { limit: s.limit() }.into()),
    Kind::reads("has_imported", 1, |s| {
        Call::HasImported { file: s.application() }.into()
    }),
    Kind::may_write("insert_slip_code", 8, |s| {
        Call::InsertSlipCode {
            code: s.id(),
            last: s.application(),
            expires_at: s.later() + s.chance.pick(&VALID_FOR),
        }
        .into()
    }),
    Kind::may_write("use_slip_code", 8, |s| {
        Call::UseSlipCode {
            code: s.id(),
            person: s.person(),
            now: s.now(),
        }
        .into()
    }),
    Kind::writes("bind_person", 3, |s| {
        Call::BindPerson {
            person: s.person(),
            last: s.application(),
            now: s.now(),
        }
        .into()
    })
    .of_a_person(),
    Kind::reads("is_bound", 1, |s| {
        Call::IsBound {
            person: s.person(),
            last: s.application(),
        }
        .into()
    })
    .of_a_person(),
    Kind::reads("find_bound", 1, |s| Call::FindBound { person: s.person() }.into()).of_a_person(),
    Kind::writes("count_guess", 4, |s| {
        let kind = s.chance.pick(&GUESSES);
        Call::CountGuess {
            kind,
            subject: s.person(),
            detail: s.chance.below(3),
            day: s.day(),
        }
        .into()
    })
    .of_a_person(),
    Kind::reads("sum_guesses", 2, |s| {
        Call::SumGuesses {
            kind: s.chance.pick(&GUESSES),
            subject: s.person(),
            since: s.day(),
        }
        .into()
    })
    .of_a_person(),
];

fn save_application(s: &mut Space) -> op::Call {
    let last = s.application();
    // Two may come with different holders: the first one stays.
    let holder = PersonId(HOLDER_FIRST + last * 2 + i64::from(s.chance.one_in(4)));
    Call::SaveApplication {
        last,
        stage: s.chance.pick(&Stage::ALL),
        name: s.text(),
        at: s.now(),
        holder,
    }
    .into()
}

impl From<Call> for op::Call {
    fn from(call: Call) -> Self {
        Self::Applications(call)
    }
}

impl Call {
    pub(super) fn run(&self, office: OfficeId, tx: &mut dyn Tx) -> Result<String, Fault> {
        match *self {
            Self::FindApplication { last } => tx.find_application(office, &application_number(last)).map(revealed),
            Self::SaveApplication {
                last,
                stage,
                name,
                at,
                holder,
            } => tx
                .save_application(&application(office, last, stage, name, at), holder)
                .map(plain),
            Self::PlaceApplication { last } => tx.place_application(&application_number(last), office).map(plain),
            Self::FindPlace { last } => tx.find_place(&application_number(last)).map(plain),
            Self::CountApplications => tx.count_applications(office).map(plain),
            Self::InsertImport { id, at, file } => {
                let run = ImportRun {
                    id,
                    report: "siap_cetak".into(),
                    at,
                    counts: [1, 2, 3, u32::MAX],
                    actor: format!("folder {file}"),
                    newest_on: (file > 2).then_some(jiff::civil::date(2026, 11, 2)),
                };
                tx.insert_import(office, &run, &fingerprint(file)).map(plain)
            }
            Self::FindLastImport => tx.find_last_import(office).map(plain),
            Self::ListImports { limit } => tx.list_imports(office, limit).map(plain),
            Self::HasImported { file } => tx.has_imported(office, &fingerprint(file)).map(plain),
            Self::InsertSlipCode { code, last, expires_at } => tx
                .insert_slip_code(office, &slip_code(code), &application_number(last), expires_at)
                .map(plain),
            Self::UseSlipCode { code, person, now } => {
                tx.use_slip_code(office, &slip_code(code), person, now).map(revealed)
            }
            Self::BindPerson { person, last, now } => tx
                .bind_person(office, person, &application_number(last), now)
                .map(plain),
            Self::IsBound { person, last } => tx.is_bound(office, person, &application_number(last)).map(plain),
            Self::FindBound { person } => tx.find_bound(office, person).map(revealed),
            Self::CountGuess {
                kind,
                subject,
                detail,
                day,
            } => tx
                .count_guess(office, kind, &subject.to_string(), &detail.to_string(), day)
                .map(plain),
            Self::SumGuesses { kind, subject, since } => {
                tx.sum_guesses(office, kind, &subject.to_string(), since).map(plain)
            }
        }
    }
}

/// The first stands for a file that nobody looked at.
fn fingerprint(file: i64) -> String {
    if file == 1 { String::new() } else { file.to_string() }
}

fn slip_code(id: i64) -> String {
    format!("CODE{id}")
}

fn application(office: OfficeId, last: i64, stage: Stage, name: &str, at: Timestamp) -> Application {
    let day = jiff::civil::date(2026, 11, 2);
    Application {
        number: application_number(last),
        office,
        stage,
        name: Some(name.into()),
        kind: None,
        applied_on: Some(day),
        born_on: None,
        proved: vec![(Stage::Submitted, day)],
        issued_on: None,
        billing_code: Some(format!("82000000000000{last}")),
        updated_at: at,
    }
}

/// Every application, who is bound to it, and the guesses since a day.
pub(super) fn questions(since: i32) -> Vec<op::Call> {
    let applications = APPLICATIONS.flat_map(|last| {
        [
            Call::FindApplication { last },
            Call::FindPlace { last },
            Call::HasImported { file: last },
        ]
    });
    let people = PERSONS.map(PersonId).flat_map(move |person| {
        let bound = APPLICATIONS.map(move |last| Call::IsBound { person, last });
        let guesses = GUESSES.map(|kind| Call::SumGuesses {
            kind,
            subject: person,
            since,
        });
        bound.chain([Call::FindBound { person }]).chain(guesses)
    });
    applications
        .chain(people)
        .chain([
            Call::CountApplications,
            Call::FindLastImport,
            Call::ListImports { limit: 1_000 },
        ])
        .map(Into::into)
        .collect()
}

/// Which slip codes are still good, by using them.
pub(super) fn probes(ids: impl Iterator<Item = i64>, clock: Timestamp) -> Vec<op::Call> {
    ids.map(|code| {
        Call::UseSlipCode {
            code,
            person: PersonId(1),
            now: clock,
        }
        .into()
    })
    .collect()
}
