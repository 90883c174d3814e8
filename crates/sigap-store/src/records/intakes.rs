//! Intakes, as storage gives and takes them.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::ids::{BookingId, IntakeId, PersonId};
use sigap_core::intake::{Intake, IntakeState};

/// What one person of a booking gave ahead of the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeRow {
    /// Its number.
    pub id: IntakeId,
    /// Who writes: the contact of the booking, under whose key it is sealed.
    pub person: PersonId,
    /// Of which booking.
    pub booking: BookingId,
    /// Which of the booking's people, from 0.
    pub place: u8,
    /// The day of the visit.
    pub day: Date,
    /// How far it is.
    pub state: IntakeState,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// How often it was changed: whoever changes it says which one was read.
    pub version: i64,
    /// What is sealed of it.
    pub content: Intake,
}
