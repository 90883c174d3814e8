//! People who work at an office, as storage gives and takes them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigap_core::ids::{CounterName, StaffId};
use sigap_core::staff::{Role, Scope};
use sigap_core::trail::{Act, Link};

/// Somebody who works at an office.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffRow {
    /// Which.
    pub id: StaffId,
    /// What they do here.
    pub roles: Vec<Role>,
    /// False once they have left.
    pub is_active: bool,
    /// Wrong sign-ins in a row.
    pub failed: u32,
    /// No sign-in before this.
    pub locked_until: Option<Timestamp>,
    /// When they were added.
    pub created_at: Timestamp,
    /// The sealed part.
    pub content: StaffContent,
}

/// The sealed part. Stored as JSON: add fields with a default, never rename.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StaffContent {
    /// The address under which they sign in, in small letters.
    pub email: String,
    /// As colleagues know them.
    #[serde(default)]
    pub name: String,
    /// Hash of the password (Argon2id, PHC text); empty when none is set.
    #[serde(default)]
    pub password: String,
    /// The secret of the code generator, base32; empty when none is set.
    #[serde(default)]
    pub code_secret: String,
    /// The last step of the generator that was used: a code counts once.
    #[serde(default)]
    pub code_step: u64,
    /// Passkeys, each as the library writes it: public keys and counters.
    #[serde(default)]
    pub passkeys: Vec<String>,
    /// The account of the institution that signed in under the address first.
    #[serde(default)]
    pub institution: Option<BoundInstitution>,
}

/// An account of an institution's identity service, as the service names it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundInstitution {
    /// The service.
    pub issuer: String,
    /// The account: never given to somebody else, as an address may be.
    pub subject: String,
}

impl std::fmt::Debug for BoundInstitution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BoundInstitution(…)")
    }
}

impl std::fmt::Debug for StaffContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StaffContent(…)")
    }
}

/// What a browser was asked on the way to a sign-in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInQuestion {
    /// Which; newer ones are larger.
    pub id: i64,
    /// No answer counts from then on.
    pub until: Timestamp,
    /// What the answer is checked against, sealed under a key of the office: who answers is not known yet.
    pub content: String,
}

impl std::fmt::Debug for SignInQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignInQuestion({}, {}, …)", self.id, self.until)
    }
}

/// Somebody signed in on a device.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    /// Which.
    pub id: i64,
    /// Who.
    pub staff: StaffId,
    /// What the session is for.
    pub scope: Scope,
    /// The counter chosen.
    pub counter: Option<CounterName>,
    /// When it began.
    pub created_at: Timestamp,
    /// The last request that was noted.
    pub seen_at: Timestamp,
    /// It ends then at the latest.
    pub ends_at: Timestamp,
    /// The device as it calls itself, sealed.
    pub device: String,
}

/// A line of the trail with its hash.
pub type ActRow = (Act, Link);
