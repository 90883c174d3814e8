//! A transaction: everything one action may read and write, by aggregate. All of it commits together or not at all.
//!
//! Methods never look at the clock and make no ids; both come as arguments. Lists are bounded by their `limit`.

mod applications;
mod bookings;
mod cases;
mod conversations;
mod hall;
mod inbox;
mod jobs;
mod office;
mod openings;
mod outbox;
mod passports;
mod people;
mod processes;
mod staff;

pub use applications::Applications;
pub use bookings::Bookings;
pub use cases::Cases;
pub use conversations::Conversations;
pub use hall::HallRecords;
pub use inbox::Inbox;
pub use jobs::Jobs;
pub use office::OfficeRecords;
pub use openings::Openings;
pub use outbox::Outbox;
pub use passports::Passports;
pub use people::People;
pub use processes::Processes;
pub use staff::StaffRecords;

/// What a transaction can do.
pub trait Tx:
    People
    + Inbox
    + Conversations
    + Outbox
    + Applications
    + OfficeRecords
    + Processes
    + Bookings
    + Openings
    + Jobs
    + HallRecords
    + StaffRecords
    + Passports
    + Cases
{
}

impl<
    T: People
        + Inbox
        + Conversations
        + Outbox
        + Applications
        + OfficeRecords
        + Processes
        + Bookings
        + Openings
        + Jobs
        + HallRecords
        + StaffRecords
        + Passports
        + Cases,
> Tx for T
{
}
