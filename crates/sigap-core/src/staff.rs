//! People who work at an office: roles and what they allow, sessions, and how guessing at a sign-in is slowed down.

use jiff::{SignedDuration, Timestamp};

/// What somebody does at an office. One person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Serves at a counter or at the door.
    Counter,
    /// Answers in the chat and books for people.
    Helpdesk,
    /// Writes what citizens read.
    Content,
    /// Leads the office.
    Head,
    /// Sees all offices.
    Directorate,
    /// Reads what staff did, changes nothing.
    Auditor,
    /// Keeps the system running; sees nobody's data.
    It,
}

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Somebody works.
    Person,
    /// A machine in the hall gives numbers; whoever stands before it may do nothing else.
    Kiosk,
}

impl Scope {
    /// The word in storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Kiosk => "kiosk",
        }
    }

    /// The scope of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Person, Self::Kiosk]
            .into_iter()
            .find(|scope| scope.name() == name)
    }
}

/// What a page or a deed needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// To be signed in: the own account.
    Account,
    /// The machine that gives numbers.
    Kiosk,
    /// The hall: check-in, numbers, desk, hand-over of passports.
    Hall,
    /// Reports of the issuing system: what they would change, and applying them.
    Import,
    /// What staff did.
    Trail,
    /// Who works here.
    Staff,
    /// Cases, and talks with citizens.
    Cases,
    /// What people gave ahead of their visits.
    Intakes,
    /// Figures of the office.
    Figures,
    /// Programs of partners: their keys, and the addresses that are called.
    Programs,
    /// Figures of all offices.
    Nation,
    /// Notices: which are sent, their templates.
    Notices,
    /// What the head of an office decides: excuses, numbers past those of the day.
    Lead,
    /// What citizens read: changing it in a draft.
    Content,
    /// Letting citizens read a draft, and going back to an earlier one.
    Publish,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Counter,
        Self::Helpdesk,
        Self::Content,
        Self::Head,
        Self::Directorate,
        Self::Auditor,
        Self::It,
    ];

    /// The name in commands and storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Helpdesk => "helpdesk",
            Self::Content => "content",
            Self::Head => "head",
            Self::Directorate => "directorate",
            Self::Auditor => "auditor",
            Self::It => "it",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role allows it.
    #[must_use]
    pub const fn allows(self, right: Right) -> bool {
        match right {
            Right::Account => true,
            Right::Hall | Right::Kiosk | Right::Intakes => matches!(self, Self::Counter | Self::Helpdesk | Self::Head),
            Right::Import => matches!(self, Self::Content | Self::Head | Self::It),
            Right::Trail => matches!(self, Self::Head | Self::Directorate | Self::Auditor),
            Right::Staff => matches!(self, Self::Head | Self::It),
            Right::Cases => matches!(self, Self::Helpdesk | Self::Head),
            Right::Figures => matches!(self, Self::Head | Self::Directorate | Self::Auditor),
            Right::Programs | Right::Notices => matches!(self, Self::Head | Self::It),
            Right::Nation => matches!(self, Self::Directorate),
            Right::Lead | Right::Publish => matches!(self, Self::Head),
            Right::Content => matches!(self, Self::Content | Self::Head),
        }
    }
}

/// Whether any of the roles allows it.
#[must_use]
pub fn allows(roles: &[Role], right: Right) -> bool {
    roles.iter().any(|role| role.allows(right))
}

/// A session without a request for so long ends: counters share their computers. (OWASP ASVS 5.0.0, V7.3.1: a documented time.)
/// A desk that shows the hall keeps asking, so it stays open while somebody works there.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// The longest session: one shift with its overtime (ASVS V7.3.2).
pub const SHIFT: SignedDuration = SignedDuration::from_hours(10);
/// How long an enrolment link may be used.
pub const ENROLMENT: SignedDuration = SignedDuration::from_hours(72);
/// Wrong tries before the first pause.
const FREE_TRIES: u32 = 4;
/// The longest pause: who forgot a password is helped by a colleague earlier.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(60);

/// How long a sign-in is closed after so many wrong tries in a row: a minute after the fifth, twice as long each time, an hour
/// at most. Never for good, else anybody could lock a counter out.
#[must_use]
pub fn pause_after(failed: u32) -> Option<SignedDuration> {
    let over = failed.checked_sub(FREE_TRIES).filter(|over| *over > 0)?;
    let minutes = 1_i64.checked_shl(over - 1).unwrap_or(i64::MAX).clamp(1, 60);
    Some(SignedDuration::from_mins(minutes).min(PAUSE_MAX))
}

/// Whether a session still counts.
#[must_use]
pub fn is_alive(seen_at: Timestamp, ends_at: Timestamp, now: Timestamp) -> bool {
    now < ends_at && now.duration_since(seen_at) < IDLE
}

/// Fewest characters of a password (ASVS 5.0.0, V6.2.1 asks for 8 and recommends 15).
pub const PASSWORD_CHARS_MIN: usize = 15;
/// Most characters: enough for any sentence, few enough to hash.
pub const PASSWORD_CHARS_MAX: usize = 200;
/// Fewer different characters are a key held down.
const DIFFERENT_MIN: usize = 6;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeakPassword {
    /// Under `PASSWORD_CHARS_MIN` characters.
    Short,
    /// Over `PASSWORD_CHARS_MAX`.
    Long,
    /// The same few characters again and again.
    Monotone,
    /// It holds a word that everybody would try: the office, the address, the service.
    Guessable,
}

impl WeakPassword {
    /// The word in keys of content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Monotone => "monotone",
            Self::Guessable => "guessable",
        }
    }
}

/// Whether a password can be taken; `words` are those that everybody would try (ASVS V6.2.11).
///
/// # Errors
/// Why not.
pub fn check_password(password: &str, words: &[&str]) -> Result<(), WeakPassword> {
    let count = password.chars().count();
    if count < PASSWORD_CHARS_MIN {
        return Err(WeakPassword::Short);
    }
    if count > PASSWORD_CHARS_MAX {
        return Err(WeakPassword::Long);
    }
    let different: std::collections::HashSet<char> = password.to_lowercase().chars().collect();
    if different.len() < DIFFERENT_MIN {
        return Err(WeakPassword::Monotone);
    }
    let mut rest = password.to_lowercase();
    for word in words.iter().filter(|word| word.chars().count() >= 4) {
        rest = rest.replace(&word.to_lowercase(), "");
    }
    if rest.chars().count() < PASSWORD_CHARS_MIN - 5 {
        return Err(WeakPassword::Guessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
