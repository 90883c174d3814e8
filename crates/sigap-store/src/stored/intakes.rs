//! Rows of intakes.

use sigap_core::ids::{BookingId, IntakeId, PersonId};
use sigap_core::intake::{Intake, IntakeState};

use super::instant;
use crate::fault::Fault;
use crate::records::IntakeRow;

/// The sealed column of an intake.
pub const INTAKE_CONTENT: &str = "intake.content";

/// A row of the table `intake`.
#[derive(Debug, Clone)]
pub struct StoredIntake {
    /// `intake_id`
    pub id: i64,
    /// `person_id`
    pub person: i64,
    /// `booking_id`
    pub booking: i64,
    /// `place`
    pub place: i64,
    /// `day`
    pub day: String,
    /// `state`
    pub state: String,
    /// `changed_at`
    pub changed_at: i64,
    /// `version`
    pub version: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

/// An intake, with its content opened.
///
/// # Errors
/// `Fault::Unreadable` when its day or state is none of ours.
pub fn intake(row: &StoredIntake, content: Intake) -> Result<IntakeRow, Fault> {
    Ok(IntakeRow {
        id: IntakeId(row.id),
        person: PersonId(row.person),
        booking: BookingId(row.booking),
        place: u8::try_from(row.place).unwrap_or(u8::MAX),
        day: row.day.parse().map_err(|_| Fault::Unreadable("intake.day"))?,
        state: IntakeState::from_name(&row.state).ok_or(Fault::Unreadable("intake.state"))?,
        changed_at: instant(row.changed_at),
        version: row.version,
        content,
    })
}
