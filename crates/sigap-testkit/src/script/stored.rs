//! Facts of a script put into a real store, and answers compared as words: what levels 2 and 4 share.

use jiff::Timestamp;
use sigap_content::Content;
use sigap_core::application::{Application, Stage};
use sigap_core::cases::CaseKind;
use sigap_core::ids::{ApplicationNumber, OfficeId, PersonId};
use sigap_core::office::Office;
use sigap_store::records::ImportRun;
use sigap_store::{Fault, Tx};

use super::{Fact, KnownApplication};

/// Makes a fact true in the store, for one person at one office.
///
/// # Errors
/// Storage faults only.
pub fn learn(
    tx: &mut dyn Tx,
    content: &Content,
    office: &Office,
    person: PersonId,
    fact: &Fact,
    now: Timestamp,
) -> Result<(), Fault> {
    match fact {
        Fact::Application(known) => learn_application(tx, content, office, known, now),
        Fact::Bound(number) => tx.bind_person(office.id, person, number, now),
        Fact::Slip { code, number } => tx.insert_slip_code(office.id, code, number, Timestamp::MAX),
        // Scripts with bookings have a desk of their own.
        Fact::Form { .. }
        | Fact::Full { .. }
        | Fact::Stopped { .. }
        | Fact::Others { .. }
        | Fact::Value { .. }
        | Fact::Changed { .. } => Ok(()),
    }
}

fn learn_application(
    tx: &mut dyn Tx,
    content: &Content,
    office: &Office,
    known: &KnownApplication,
    now: Timestamp,
) -> Result<(), Fault> {
    let place = known
        .office
        .as_deref()
        .and_then(|slug| content.office_by_slug(slug))
        .unwrap_or(office);
    let application = application(place.id, known, now);
    tx.save_application(&application, PersonId(key_of(&known.number)))?;
    tx.place_application(&known.number, place.id)?;
    if let Some(at) = known.data_at.and_then(|at| office.zone.to_timestamp(at).ok()) {
        let id = i64::try_from(tx.next_count(place.id, "script import")?).unwrap_or_default();
        tx.insert_import(
            place.id,
            &ImportRun {
                id,
                report: "script".into(),
                at,
                counts: [0; 4],
                actor: "command".into(),
                newest_on: None,
            },
            "",
        )?;
    }
    Ok(())
}

fn application(office: OfficeId, known: &KnownApplication, now: Timestamp) -> Application {
    Application {
        number: known.number.clone(),
        office,
        stage: known.stage,
        name: known.name.clone(),
        kind: None,
        applied_on: known.applied_on,
        born_on: known.born_on,
        proved: known.proved.clone(),
        issued_on: known
            .proved
            .iter()
            .find(|(stage, _)| *stage == Stage::Ready)
            .map(|(_, day)| *day),
        billing_code: known.billing_code.clone(),
        updated_at: now,
    }
}

/// A key for the number's own record: its last digits are enough within one script.
fn key_of(number: &ApplicationNumber) -> i64 {
    number.as_str().parse().unwrap_or_default()
}

/// Whether two answers say the same. A script's case is called `complaint-1`, an office's `JP-2612-0001`: there any name
/// of a case fits.
#[must_use]
pub fn says_the_same(expected: &str, actual: &str) -> bool {
    if expected == actual {
        return true;
    }
    CaseKind::ALL.into_iter().any(|kind| {
        let Some((before, rest)) = expected.split_once(&format!("{}-", kind.name())) else {
            return false;
        };
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(case) = actual.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)) else {
            return false;
        };
        rest.len() > after.len() && is_case_number(case)
    })
}

/// `JP-2612-0001`
fn is_case_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [office, month, count]
        if office.chars().all(|c| c.is_ascii_uppercase()) && month.len() == 4 && count.len() == 4)
}
