//! Scripted trouble: what goes wrong next, how often, and for whom. Pushed by tests and by `POST /emulator/faults`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::limits::FAULTS_MAX;
use crate::lock::lock;

/// One kind of trouble and how often it strikes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// How often still; `u32::MAX` means for ever.
    #[serde(default = "one")]
    pub times: u32,
    /// Strikes once in this many chances, by seeded chance; 1 always.
    #[serde(default = "one")]
    pub one_in: u32,
    /// Only for this person (its id), or everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Only for this `phone_number_id`, or every number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

fn one() -> u32 {
    1
}

impl Fault {
    /// Strikes the next time.
    #[must_use]
    pub fn once(kind: FaultKind) -> Self {
        Self {
            kind,
            times: 1,
            one_in: 1,
            person: None,
            number: None,
        }
    }

    /// Strikes the next `times` times.
    #[must_use]
    pub fn times(kind: FaultKind, times: u32) -> Self {
        Self {
            times,
            ..Self::once(kind)
        }
    }

    /// Strikes for ever, once in `one_in` chances.
    #[must_use]
    pub fn share(kind: FaultKind, one_in: u32) -> Self {
        Self {
            times: u32::MAX,
            one_in,
            ..Self::once(kind)
        }
    }
}

/// What can go wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// A send is refused at once with Meta's error of this code; nothing is accepted.
    RefuseWithCode {
        /// Meta's code.
        code: i64,
    },
    /// A send is accepted; later its status is `failed` with this code.
    FailWithCode {
        /// Meta's code.
        code: i64,
    },
    /// A send is answered with this bare HTTP status and no error object; nothing is accepted.
    HttpStatus {
        /// 429, 500, 502 …
        status: u16,
    },
    /// A send is read and never answered; nothing is accepted.
    SilentBeforeAccept,
    /// A send is accepted and never answered: the caller cannot know.
    SilentAfterAccept,
    /// The connection breaks before acceptance.
    ResetBeforeAccept,
    /// The connection breaks after acceptance: the caller cannot know.
    ResetAfterAccept,
    /// A webhook comes twice.
    DuplicateWebhook,
    /// Statuses come in reverse order; a person's message comes after the one that follows it.
    OutOfOrder,
    /// A webhook comes this much later, with its true time inside.
    DelayWebhook {
        /// Seconds.
        seconds: u32,
    },
    /// A person's message comes now, but its time lies this far back, as after a long outage.
    OldTimestamp {
        /// Seconds.
        seconds: u32,
    },
    /// This status of the next message never comes.
    DropStatus {
        /// Which.
        status: StatusWord,
    },
    /// A person's webhook carries this many bytes that nobody asked for (Meta allows 3 MB).
    PaddedWebhook {
        /// Bytes.
        bytes: u32,
    },
    /// A webhook is signed with another secret.
    WrongSignature,
    /// The next template that is submitted or edited is rejected.
    RejectTemplate {
        /// Meta's word for why.
        reason: String,
    },
}

/// The words of message statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusWord {
    /// With WhatsApp.
    Sent,
    /// On the phone.
    Delivered,
    /// Seen.
    Read,
    /// Will not arrive.
    Failed,
}

/// Trouble that waits to strike.
#[derive(Default)]
pub struct Faults {
    waiting: Mutex<Vec<Fault>>,
    // Read before the lock, so that a run without faults pays one load.
    count: AtomicUsize,
}

impl Faults {
    /// Adds trouble; beyond a hundred waiting kinds the oldest goes.
    pub fn push(&self, fault: Fault) {
        let mut waiting = lock(&self.waiting);
        if waiting.len() >= FAULTS_MAX {
            waiting.remove(0);
        }
        waiting.push(fault);
        self.count.store(waiting.len(), Ordering::Release);
    }

    /// Ends all trouble.
    pub fn clear(&self) {
        lock(&self.waiting).clear();
        self.count.store(0, Ordering::Release);
    }

    /// What still waits.
    #[must_use]
    pub fn waiting(&self) -> Vec<Fault> {
        lock(&self.waiting).clone()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// The first fault that fits, used up by one.
    pub(crate) fn strike(
        &self,
        chance: &Chance,
        person: Option<&str>,
        number: &str,
        fits: impl Fn(&FaultKind) -> bool,
    ) -> Option<FaultKind> {
        if self.is_empty() {
            return None;
        }
        let mut waiting = lock(&self.waiting);
        let found = waiting.iter().position(|fault| {
            fits(&fault.kind)
                && fault.number.as_deref().is_none_or(|n| n == number)
                && fault.person.as_deref().is_none_or(|p| Some(p) == person)
                && chance.one_in(fault.one_in)
        })?;
        let fault = waiting.get_mut(found)?;
        let kind = fault.kind.clone();
        if fault.times != u32::MAX {
            fault.times = fault.times.saturating_sub(1);
            if fault.times == 0 {
                waiting.remove(found);
                self.count.store(waiting.len(), Ordering::Release);
            }
        }
        Some(kind)
    }
}
