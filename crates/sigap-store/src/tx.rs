//! A transaction: everything one action may read and write, by aggregate. All of it commits together or not at all.
//!
//! Methods never look at the clock and make no ids; both come as arguments. Lists are bounded by their `limit`.

mod api_keys;
mod applications;
mod bookings;
mod browsers;
mod cases;
mod contents;
mod conversations;
mod figures;
mod files;
mod follows;
mod hall;
mod hooks;
mod inbox;
mod intakes;
mod jobs;
mod notices;
mod office;
mod openings;
mod outbox;
mod own_data;
mod passports;
mod people;
mod processes;
mod reports;
mod staff;
mod surveys;
mod unclear;

pub use api_keys::ApiKeys;
pub use applications::Applications;
pub use bookings::Bookings;
pub use browsers::Browsers;
pub use cases::Cases;
pub use contents::Contents;
pub use conversations::Conversations;
pub use figures::Figures;
pub use files::Files;
pub use follows::Follows;
pub use hall::HallRecords;
pub use hooks::Hooks;
pub use inbox::Inbox;
pub use intakes::Intakes;
pub use jobs::Jobs;
pub use notices::Notices;
pub use office::OfficeRecords;
pub use openings::Openings;
pub use outbox::Outbox;
pub use own_data::OwnData;
pub use passports::Passports;
pub use people::People;
pub use processes::Processes;
pub use reports::Reports;
pub use staff::StaffRecords;
pub use surveys::Surveys;
pub use unclear::Unclear;

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
    + Browsers
    + Openings
    + Jobs
    + HallRecords
    + StaffRecords
    + Passports
    + Reports
    + Follows
    + ApiKeys
    + Hooks
    + Cases
    + Surveys
    + Unclear
    + Figures
    + Notices
    + Contents
    + Files
    + Intakes
    + OwnData
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
        + Browsers
        + Openings
        + Jobs
        + HallRecords
        + StaffRecords
        + Passports
        + Reports
        + Follows
        + ApiKeys
        + Hooks
        + Cases
        + Surveys
        + Unclear
        + Figures
        + Notices
        + Contents
        + Files
        + Intakes
        + OwnData,
> Tx for T
{
}
