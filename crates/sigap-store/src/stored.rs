//! Rows of bookings as both engines read them, before what is sealed is opened.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::booking::{BookingCode, BookingState};
use sigap_core::ids::{BookingId, PersonId};

use crate::fault::Fault;
use crate::records::{BookingContent, BookingRow};

/// The sealed column of a booking.
pub const BOOKING_CONTENT: &str = "booking.content";
/// The sealed column of an opening.
pub const OPENING_SECRET: &str = "opening.secret";
/// The blind index of a link's token.
pub const LINK_TOKEN: &str = "link.token";
/// The blind index of an identity.
pub const PERSON_IDENTITY: &str = "person.identity";

/// A row of the table `booking`.
#[derive(Debug, Clone)]
pub struct StoredBooking {
    /// `booking_id`
    pub id: i64,
    /// `code`
    pub code: String,
    /// `person_id`
    pub person: i64,
    /// `service`
    pub service: String,
    /// `day`
    pub day: String,
    /// `starts_at`
    pub starts_at: Option<i64>,
    /// `places`
    pub places: i64,
    /// `state`
    pub state: String,
    /// `moves`
    pub moves: i64,
    /// `until_at`
    pub until: Option<i64>,
    /// `created_at`
    pub created_at: i64,
    /// `content`, sealed
    pub content: Vec<u8>,
}

impl StoredBooking {
    /// The contact under whose key the content is sealed.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        PersonId(self.person)
    }

    /// The booking, with its content opened.
    ///
    /// # Errors
    /// When a column holds what no version wrote.
    pub fn into_row(self, content: BookingContent) -> Result<BookingRow, Fault> {
        Ok(BookingRow {
            id: BookingId(self.id),
            code: BookingCode::parse(&self.code).ok_or(Fault::Unreadable("booking.code"))?,
            person: PersonId(self.person),
            service: self.service,
            day: day(&self.day, "booking.day")?,
            starts_at: self.starts_at.map(instant),
            places: u16::try_from(self.places).map_err(|_| Fault::Unreadable("booking.places"))?,
            state: BookingState::from_name(&self.state).ok_or(Fault::Unreadable("booking.state"))?,
            moves: u8::try_from(self.moves).map_err(|_| Fault::Unreadable("booking.moves"))?,
            until: self.until.map(instant),
            created_at: instant(self.created_at),
            content,
        })
    }
}

/// A day as it stands in the tables.
///
/// # Errors
/// When it is none.
pub fn day(text: &str, column: &'static str) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::Unreadable(column))
}

/// Times in the tables were written by us, so they are in range; a damaged one reads as 1970 rather than as a panic.
fn instant(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}
