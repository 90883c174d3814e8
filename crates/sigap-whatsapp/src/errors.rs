//! Meta's errors, and for each code what the sender does about it: one table, decided by `error.code` alone
//! (never by HTTP status, subcode or title). Carrying it out is the sender's work.

use std::fmt;
use std::time::Duration;

use serde_json::value::RawValue;

use crate::wire::{Flag, Text, lenient};

mod table;

pub use table::{TABLE, TableRow};

/// The user's file could not be taken by Meta (over 100 MB, or not downloadable).
pub const MEDIA_NOT_DOWNLOADABLE: i64 = 131_052;
/// Stands for an error object without a readable code. Not in the table: dropped with an alarm.
pub const CODE_UNREADABLE: i64 = -1;

/// An error as Meta reports it, in a response, a status or a webhook value.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiError {
    /// Meta's code, or [`CODE_UNREADABLE`].
    pub code: i64,
    /// Meta's subcode; for people only.
    pub subcode: Option<i64>,
    /// A short title or message. May name a recipient: not for logs.
    pub title: String,
    /// More words. May name a recipient: not for logs.
    pub details: Option<String>,
    /// Meta says that the same request may succeed later.
    pub is_transient: bool,
    /// What Meta's support asks for.
    pub trace_id: Option<String>,
    /// How long Meta asks to wait (`Retry-After`, `estimated_time_to_regain_access`).
    pub retry_after: Option<Duration>,
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("code", &self.code)
            .field("subcode", &self.subcode)
            .field("trace_id", &self.trace_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Meta answered with error {}", self.code)
    }
}

impl std::error::Error for ApiError {}

lenient! {
    /// The error object; `message` in responses, `title` in webhooks.
    struct ErrorPart {
        "code" => code: Text<'a>,
        "error_subcode" => subcode: Text<'a>,
        "title" => title: Text<'a>,
        "message" => message: Text<'a>,
        "is_transient" => is_transient: Flag,
        "fbtrace_id" => trace_id: Text<'a>,
        "error_data" => data: ErrorData<'a>,
        "error_user_msg" => told: Text<'a>,
    }
}

lenient! {
    /// Its details.
    struct ErrorData { "details" => details: Text<'a>, }
}

lenient! {
    /// A response body with an error.
    struct ErrorBody { "error" => error: Option<&'a RawValue>, }
}

impl ApiError {
    /// Reads an error object, whatever is missing.
    pub(crate) fn from_wire(raw: &RawValue) -> Self {
        let part: ErrorPart<'_> = serde_json::from_str(raw.get()).unwrap_or_default();
        Self {
            code: part.code.integer().unwrap_or(CODE_UNREADABLE),
            subcode: part.subcode.integer(),
            title: part.title.owned().or_else(|| part.message.owned()).unwrap_or_default(),
            // About a template that could not be created, what matters stands there.
            details: part.data.details.owned().or_else(|| part.told.owned()),
            is_transient: part.is_transient.0.unwrap_or(false),
            trace_id: part.trace_id.owned(),
            retry_after: None,
        }
    }

    /// The error in a response body; `None` when there is none.
    #[must_use]
    pub fn from_response(body: &[u8]) -> Option<Self> {
        let body: ErrorBody<'_> = serde_json::from_slice(body).ok()?;
        body.error.map(Self::from_wire)
    }

    /// An error whose body could not be read.
    #[must_use]
    pub fn unreadable(is_transient: bool) -> Self {
        Self {
            code: CODE_UNREADABLE,
            subcode: None,
            title: String::new(),
            details: None,
            is_transient,
            trace_id: None,
            retry_after: None,
        }
    }

    /// What to do about it; see [`action_for`].
    #[must_use]
    pub fn action(&self) -> SendAction {
        action_for(self.code, self.is_transient)
    }
}

/// How one attempt to send ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// Meta took it. Accepted is not delivered: statuses tell the rest.
    Accepted(Accepted),
    /// Meta refused it: nothing was sent. [`ApiError::action`] says what to do.
    Refused(ApiError),
    /// Provably nothing went out (no connection, or it broke before the body left): send again at once, three times.
    NotSent(NotSent),
    /// The request was written and no answer came, or an answer without meaning: it may have been sent. Wait for a
    /// status with our callback data before anything else.
    Unknown,
}

/// What Meta said about an accepted message.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Its id.
    pub wamid: String,
    /// The recipient's phone, when Meta resolved to one (`contacts[0].wa_id`).
    pub recipient_phone: Option<String>,
    /// The recipient's business-scoped user id (`contacts[0].user_id`).
    pub recipient_bsuid: Option<String>,
    /// `accepted`, `held_for_quality_assessment`, `paused`; templates only.
    pub message_status: Option<String>,
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepted")
            .field("message_status", &self.message_status)
            .finish_non_exhaustive()
    }
}

/// Why nothing went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// Name, connection or TLS failed.
    #[error("no connection to the Graph API")]
    NoConnection,
    /// The time was over before the request was written.
    #[error("the Graph API did not take the request in time")]
    TimedOut,
    /// The request could not be put together (a number that is no path, a token that is no header).
    #[error("the request could not be built")]
    Unbuildable,
}

/// What waits or stops because of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// This message only.
    Message,
    /// All messages to this person.
    Person,
    /// All messages of this business number.
    Number,
    /// All numbers of the business account.
    Account,
}

/// How often and how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackOff {
    /// What waits.
    pub scope: Scope,
    /// Before the first repetition. Meta's own wish (`ApiError::retry_after`) goes first when it is longer.
    pub first: Duration,
    /// Each later wait is this many times the one before.
    pub factor: u32,
    /// No wait is longer.
    pub longest: Duration,
    /// Repetitions; `None`: until the window or the message's use is over.
    pub attempts_max: Option<u8>,
    /// What happens after the last one.
    pub then: Exhausted,
}

impl BackOff {
    /// The wait before repetition `attempt` (0 is the first), without jitter; `None` when it was the last.
    #[must_use]
    pub fn wait(&self, attempt: u32) -> Option<Duration> {
        if self.attempts_max.is_some_and(|most| attempt >= u32::from(most)) {
            return None;
        }
        let factor = self.factor.saturating_pow(attempt);
        Some(self.first.saturating_mul(factor).min(self.longest))
    }
}

/// What follows when waiting did not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhausted {
    /// Give the message up and raise an alarm.
    DropWithAlarm,
    /// Our fault: keep the request for a developer.
    OurFault,
    /// Give up quietly when the window ends.
    WindowEnds,
}

/// Why a message is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropReason {
    /// No WhatsApp, an old client, or the terms not accepted: the address is unreachable for seven days.
    Unreachable,
    /// We blocked the person.
    BlockedByUs,
    /// The person is in an experiment of Meta's.
    Experiment,
    /// The person's country cannot be reached from here: show the web path.
    Country,
    /// Sender and recipient are the same number.
    ToOurselves,
    /// A test number with a list of recipients: configuration alarm.
    NotOnTestList,
    /// Too many promotional messages from all businesses: not before 24 hours.
    EcosystemCap,
    /// The person stopped promotional messages: not before they resume.
    StoppedByPerson,
    /// The person's identity changed: verify anew.
    IdentityChanged,
    /// A code that is not in the table: raise an alarm.
    UnlistedCode,
}

/// Why a number may not send at all. Always an alarm; queued messages stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The access token is invalid or expired; go on when it is replaced.
    Token,
    /// A permission is missing.
    Permission,
    /// The number was deleted.
    NumberDeleted,
    /// The number is not registered.
    NotRegistered,
    /// The display name is not approved.
    DisplayName,
    /// The account is locked or broke a policy: a person has to act.
    Locked,
    /// Meta cannot charge: replies stop too.
    Payment,
}

/// What the sender does about an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendAction {
    /// Wait and send again.
    BackOff(BackOff),
    /// As back-off, and halve the number's rate until it recovers.
    SlowDownNumber(BackOff),
    /// Give this message up.
    Drop(DropReason),
    /// Pause the number or account, keep the queue, raise an alarm.
    StopNumber(Scope, StopReason),
    /// Meta calls us spam: no templates until a person allows it; replies back off.
    StopTemplates(BackOff),
    /// No template of this kind until a person looked (category misuse).
    StopTemplateCategory,
    /// This template may not be used until its status changes.
    StopTemplate,
    /// Only a template reaches the person now; without one, drop, and check clock and window.
    UseTemplate,
    /// The template is missing in this language: stop it here and try the next language.
    NextLanguage,
    /// The template's definition and ours differ: fetch it again, block it until then.
    ResyncTemplate,
    /// The filled text is too long: shorten once, then it is our fault.
    ShortenOnce,
    /// The user id may not be used for this: send to the phone number when it is known, else drop.
    UsePhone,
    /// A parameter is invalid. When the message went to a user id and the phone number is known: send there once
    /// (the id may be retired); else it is our fault.
    UsePhoneOrOurFault,
    /// Upload the file again with its true MIME type once, then send words only.
    UploadAgain,
    /// Ask the person for a smaller file.
    AskForSmallerFile,
    /// The Flow may not be sent: a list, words or a web link in its place.
    WithoutFlow,
    /// Our request is wrong: never unchanged again; drop, alarm, keep the request.
    OurFault,
    /// Only set-up runs into this; wait as told before trying again.
    SetUp(Duration),
    /// For the administrator who edits templates, Flows or block lists: show it.
    TellAdministrator,
}

/// What to do about `code`. Codes that are not in the table: repeated three times when Meta calls them transient,
/// dropped with an alarm otherwise.
#[must_use]
pub fn action_for(code: i64, is_transient: bool) -> SendAction {
    TABLE
        .iter()
        .find(|row| (row.first..=row.last).contains(&code))
        .map_or_else(
            || {
                if is_transient {
                    SendAction::BackOff(table::THREE_TIMES)
                } else {
                    SendAction::Drop(DropReason::UnlistedCode)
                }
            },
            |row| row.action,
        )
}

#[cfg(test)]
mod tests;
