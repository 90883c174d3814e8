//! What the outside must supply: the time, chance, ids, addresses, the wake-up of the sender, and a way to the institution.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use openidconnect::{HttpRequest, HttpResponse};
use sigap_core::application::{Report, ReportKind, UnreadableFile};
use sigap_core::ids::{OfficeId, ProcessId};
use sigap_store::Fault;

/// Tells the time. The binary asks the system, tests turn the hands themselves.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes: codes, tokens, seeds and delays that nobody can guess. Tests hand in a seeded one.
pub trait Chance: Send + Sync {
    /// Fills the bytes.
    ///
    /// # Errors
    /// When the system has none; nothing that needs them happens then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault>;
}

/// Addresses of our own pages, as citizens get them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    base: String,
}

impl Links {
    /// Below this address, with or without a slash at its end.
    #[must_use]
    pub fn new(public_url: &str) -> Self {
        Self {
            base: public_url.trim_end_matches('/').to_owned(),
        }
    }

    /// The page of a ticket.
    #[must_use]
    pub fn ticket(&self, office: &str, token: &str) -> String {
        format!("{}/o/{office}/t/{token}", self.base)
    }

    /// The form for the NIK.
    #[must_use]
    pub fn identity(&self, office: &str, token: &str) -> String {
        format!("{}/o/{office}/n/{token}", self.base)
    }

    /// The page of a ticket of a waiting room.
    #[must_use]
    pub fn room(&self, office: &str, service: &str, day: &str, token: &str) -> String {
        format!("{}/o/{office}/r/{service}/{day}/{token}", self.base)
    }

    /// The page of a number in the hall.
    #[must_use]
    pub fn queue(&self, office: &str, token: &str) -> String {
        format!("{}/o/{office}/q/{token}", self.base)
    }

    /// The survey after a visit.
    #[must_use]
    pub fn survey(&self, office: &str, token: &str) -> String {
        format!("{}/o/{office}/s/{token}", self.base)
    }

    /// Where a browser shows whose it is.
    #[must_use]
    pub fn proof(&self, office: &str) -> String {
        format!("{}/o/{office}/bukti", self.base)
    }

    /// The link that sets up a sign-in.
    #[must_use]
    pub fn enrolment(&self, office: &str, token: &str) -> String {
        format!("{}/staff/{office}/mulai/{token}", self.base)
    }

    /// Where the institution sends people back to: one address for all offices, because each has to be entered there by hand.
    #[must_use]
    pub fn institution_return(&self) -> String {
        format!("{}/masuk/kembali", self.base)
    }

    /// The address of our pages, without a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What is published of the openings of an office.
    #[must_use]
    pub fn openings(&self, office: &str) -> String {
        format!("{}/o/{office}/undian", self.base)
    }
}

/// Reads the reports that offices export. A large one takes seconds: never on a thread that serves requests.
pub trait ReadReports: Send + Sync {
    /// Reads one. Which of the four it is must be told by the file, or by `report`; `file_name` is a last hint of it.
    ///
    /// # Errors
    /// Why no row could be read, with the next step.
    fn read(&self, bytes: &[u8], file_name: &str, report: Option<ReportKind>) -> Result<Report, UnreadableFile>;
}

/// Wakes the sender after a commit that owes a message.
pub trait Wake: Send + Sync {
    /// There may be something to send.
    fn wake(&self);
}

/// Our business numbers with their offices, and the business account at Meta of each as the settings name it.
#[derive(Debug, Clone, Default)]
pub struct Accounts(HashMap<String, (OfficeId, Option<String>)>);

impl Accounts {
    /// The account of a number; `None` when the settings name none.
    #[must_use]
    pub fn of_number(&self, number: &str) -> Option<&str> {
        self.0.get(number)?.1.as_deref()
    }

    /// The numbers of an office with their accounts, in order.
    #[must_use]
    pub fn of_office(&self, office: OfficeId) -> Vec<(&str, Option<&str>)> {
        let mut numbers: Vec<_> = self
            .0
            .iter()
            .filter(|(_, (of, _))| *of == office)
            .map(|(number, (_, account))| (number.as_str(), account.as_deref()))
            .collect();
        numbers.sort_unstable();
        numbers
    }

    /// The offices with a number in an account, each once.
    #[must_use]
    pub fn offices(&self, account: &str) -> Vec<OfficeId> {
        let of_account = self.0.values().filter(|(_, of)| of.as_deref() == Some(account));
        let mut offices: Vec<_> = of_account.map(|(office, _)| *office).collect();
        offices.sort_unstable();
        offices.dedup();
        offices
    }

    /// All accounts, each once.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        let mut accounts: Vec<_> = self.0.values().filter_map(|(_, account)| account.clone()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    }

    /// The accounts of an office, each once.
    #[must_use]
    pub fn accounts_of(&self, office: OfficeId) -> Vec<String> {
        let mut accounts: Vec<_> = self
            .of_office(office)
            .into_iter()
            .filter_map(|(_, account)| account.map(str::to_owned))
            .collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    }
}

impl FromIterator<(String, OfficeId, Option<String>)> for Accounts {
    fn from_iter<T: IntoIterator<Item = (String, OfficeId, Option<String>)>>(numbers: T) -> Self {
        Self(
            numbers
                .into_iter()
                .map(|(number, office, account)| (number, (office, account)))
                .collect(),
        )
    }
}

/// Wakes whoever keeps our templates in step with Meta's.
pub trait WakeClerk: Send + Sync {
    /// Somebody wants a template submitted.
    fn submit(&self);
    /// What Meta has of an account is to be compared again.
    fn compare(&self);
}

/// Nobody keeps templates: commands and tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoClerk;

impl WakeClerk for NoClerk {
    fn submit(&self) {}
    fn compare(&self) {}
}

/// Carries a request to the institution's identity service, and its answer back. Bounded in time and size, and no redirect is followed.
pub trait Courier: Send + Sync {
    /// Carries one.
    fn carry(&self, request: HttpRequest) -> Carried;
}

/// A request under way.
pub type Carried = Pin<Box<dyn Future<Output = Result<HttpResponse, NotCarried>> + Send>>;

/// No answer came, or one that is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the institution's service gave no answer in time")]
pub struct NotCarried;

/// Makes ids that grow with time and never repeat in one process; two processes differ in their node.
#[derive(Debug)]
pub struct Ids {
    last_microsecond: AtomicI64,
    process: ProcessId,
}

/// Bits of an id that tell processes apart.
const NODE_BITS: u32 = 10;

impl Ids {
    /// A source of ids for a process, whose own id is drawn by chance; the lowest ten bits of it go into each id.
    #[must_use]
    pub const fn new(process: ProcessId) -> Self {
        Self {
            last_microsecond: AtomicI64::new(0),
            process,
        }
    }

    /// The process whose ids these are.
    #[must_use]
    pub const fn process(&self) -> ProcessId {
        self.process
    }

    /// Below every id that is made from that moment on, and above those before it, a microsecond aside.
    #[must_use]
    pub fn first_of(at: Timestamp) -> i64 {
        at.as_microsecond() << NODE_BITS
    }

    /// An id of the day that begins then, by chance: it grows with the days, and tells no time of day.
    #[must_use]
    pub fn any_of_day(start: Timestamp, chance: u64) -> i64 {
        const MICROSECONDS: u64 = 24 * 3600 * 1_000_000;
        Self::first_of(start).saturating_add_unsigned(chance % (MICROSECONDS << NODE_BITS))
    }

    /// The next id: the microsecond, or the next one after the last id when two fall together, and the node.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> i64 {
        let now = now.as_microsecond();
        let previous = self
            .last_microsecond
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(now.max(last + 1)))
            .unwrap_or_else(|last| last);
        (now.max(previous + 1) << NODE_BITS) | (self.process.0 & ((1 << NODE_BITS) - 1))
    }
}

#[cfg(test)]
mod tests;
