//! A transaction: everything one action may read and write, by aggregate. All of it commits together or not at all.
//!
//! Methods never look at the clock and make no ids; both come as arguments. Lists are bounded by their `limit`.

mod applications;
mod conversations;
mod inbox;
mod office;
mod outbox;
mod people;
mod processes;

pub use applications::Applications;
pub use conversations::Conversations;
pub use inbox::Inbox;
pub use office::OfficeRecords;
pub use outbox::Outbox;
pub use people::People;
pub use processes::Processes;

/// What a transaction can do.
pub trait Tx: People + Inbox + Conversations + Outbox + Applications + OfficeRecords + Processes {}

impl<T: People + Inbox + Conversations + Outbox + Applications + OfficeRecords + Processes> Tx for T {}
