//! A slip code for an application: printed at the counter, typed by the citizen, binds the phone.

use jiff::SignedDuration;
use sigap_core::application::slip_code::SlipCode;
use sigap_core::ids::{ApplicationNumber, OfficeId};
use sigap_core::limits::SLIP_CODE_DAYS;
use sigap_store::records::AuditEntry;
use sigap_store::{Fault, Tx};

use jiff::Timestamp;

use crate::ports::Ids;

/// Why no code was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipCodeRefusal {
    /// No office of this installation has imported that number.
    UnknownApplication,
}

/// Keeps `code` for the application and returns the office it belongs to.
///
/// # Errors
/// Storage faults only; the refusal is a value.
pub fn issue_slip_code(
    tx: &mut dyn Tx,
    ids: &Ids,
    now: Timestamp,
    number: &ApplicationNumber,
    code: &SlipCode,
) -> Result<Result<OfficeId, SlipCodeRefusal>, Fault> {
    let Some(office) = tx.find_place(number)? else {
        return Ok(Err(SlipCodeRefusal::UnknownApplication));
    };
    if tx.find_application(office, number)?.is_none() {
        return Ok(Err(SlipCodeRefusal::UnknownApplication));
    }
    let expires_at = now
        .saturating_add(SignedDuration::from_hours(24 * SLIP_CODE_DAYS))
        .unwrap_or(Timestamp::MAX);
    tx.insert_slip_code(office, code.as_str(), number, expires_at)?;
    tx.insert_audit(
        office,
        &AuditEntry {
            id: ids.next(now),
            at: now,
            actor: "command".into(),
            act: "slip_code_issued".into(),
            subject: "application".into(),
        },
    )?;
    Ok(Ok(office))
}
