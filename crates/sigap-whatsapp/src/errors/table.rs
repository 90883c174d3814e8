//! The error table: Meta's codes (support/error-codes, November 2026) beside our answers. Data only.
//!
//! The first row that holds a code decides, so single codes stand before ranges around them.

use std::time::Duration;

use super::{BackOff, DropReason, Exhausted, Scope, SendAction, StopReason};

/// A row: codes from `first` to `last`, both included.
#[derive(Debug, Clone, Copy)]
pub struct TableRow {
    /// Lowest code.
    pub first: i64,
    /// Highest code.
    pub last: i64,
    /// What Meta means.
    pub meaning: &'static str,
    /// What we do.
    pub action: SendAction,
}

const fn row(code: i64, meaning: &'static str, action: SendAction) -> TableRow {
    rows(code, code, meaning, action)
}

const fn rows(first: i64, last: i64, meaning: &'static str, action: SendAction) -> TableRow {
    TableRow {
        first,
        last,
        meaning,
        action,
    }
}

const fn wait(scope: Scope, first_seconds: u64, longest_seconds: u64) -> BackOff {
    BackOff {
        scope,
        first: Duration::from_secs(first_seconds),
        factor: 4,
        longest: Duration::from_secs(longest_seconds),
        attempts_max: None,
        then: Exhausted::WindowEnds,
    }
}

/// Repetitions of an error that says little: after 1, 4 and 16 seconds.
pub(super) const THREE_TIMES: BackOff = BackOff {
    attempts_max: Some(3),
    then: Exhausted::DropWithAlarm,
    ..wait(Scope::Message, 1, 16)
};

const THREE_TIMES_THEN_OUR_FAULT: BackOff = BackOff {
    then: Exhausted::OurFault,
    ..THREE_TIMES
};

/// Meta is down: 1, 4, 16, 64, 256 s, at most 15 minutes, until the window ends.
const DOWN: BackOff = wait(Scope::Message, 1, 15 * 60);
/// The account's calls of the hour are used up.
const ACCOUNT_RATE: BackOff = wait(Scope::Account, 60, 60 * 60);
/// The number sends too fast.
const NUMBER_RATE: BackOff = wait(Scope::Number, 1, 64);
/// One person gets too much: 4^X seconds, X = 0, 1, 2 …
const PAIR_RATE: BackOff = wait(Scope::Person, 1, 15 * 60);
/// Meta works on the number.
const MAINTENANCE: BackOff = BackOff {
    factor: 1,
    ..wait(Scope::Number, 60, 60)
};
/// Meta limits the number for spam: replies wait an hour.
const SPAM: BackOff = BackOff {
    factor: 1,
    ..wait(Scope::Number, 60 * 60, 60 * 60)
};

const NO_WAIT: Duration = Duration::ZERO;

use DropReason as D;
use SendAction::{
    AskForSmallerFile, BackOff as Wait, Drop, NextLanguage, OurFault, ResyncTemplate, SetUp, ShortenOnce,
    SlowDownNumber, StopNumber, StopTemplate, StopTemplateCategory, StopTemplates, TellAdministrator, UploadAgain,
    UsePhone, UsePhoneOrOurFault, UseTemplate, WithoutFlow,
};
use StopReason as S;

/// Every code that Meta documents for what we use.
pub const TABLE: &[TableRow] = &[
    row(0, "authentication failed", StopNumber(Scope::Account, S::Token)),
    row(1, "bad request or server error", Wait(THREE_TIMES_THEN_OUR_FAULT)),
    row(2, "service down or overloaded", Wait(DOWN)),
    row(
        3,
        "capability or permission missing",
        StopNumber(Scope::Account, S::Permission),
    ),
    row(4, "application call limit", Wait(ACCOUNT_RATE)),
    row(10, "permission denied", StopNumber(Scope::Account, S::Permission)),
    row(
        33,
        "business number deleted",
        StopNumber(Scope::Number, S::NumberDeleted),
    ),
    row(100, "invalid parameter", OurFault),
    row(104, "no access token", StopNumber(Scope::Account, S::Token)),
    row(190, "access token expired", StopNumber(Scope::Account, S::Token)),
    rows(
        200,
        299,
        "permission missing",
        StopNumber(Scope::Account, S::Permission),
    ),
    row(
        368,
        "blocked for policy violations",
        StopNumber(Scope::Account, S::Locked),
    ),
    row(80_007, "account call limit", Wait(ACCOUNT_RATE)),
    row(130_403, "we blocked the person", Drop(D::BlockedByUs)),
    row(130_429, "throughput of the number reached", SlowDownNumber(NUMBER_RATE)),
    row(130_472, "person in a marketing experiment", Drop(D::Experiment)),
    row(130_497, "country restricted", Drop(D::Country)),
    row(131_000, "something went wrong", Wait(THREE_TIMES)),
    row(131_005, "access denied", StopNumber(Scope::Account, S::Permission)),
    row(131_008, "required parameter missing", OurFault),
    row(131_009, "parameter value invalid", UsePhoneOrOurFault),
    row(131_016, "service unavailable", Wait(DOWN)),
    row(131_021, "recipient is the sender", Drop(D::ToOurselves)),
    row(131_026, "undeliverable", Drop(D::Unreachable)),
    row(131_030, "recipient not on the test list", Drop(D::NotOnTestList)),
    row(131_031, "account locked", StopNumber(Scope::Account, S::Locked)),
    row(
        131_037,
        "display name not approved",
        StopNumber(Scope::Number, S::DisplayName),
    ),
    row(131_042, "payment problem", StopNumber(Scope::Account, S::Payment)),
    row(
        131_044,
        "payment problem, calling",
        StopNumber(Scope::Account, S::Payment),
    ),
    row(
        131_045,
        "number not registered",
        StopNumber(Scope::Number, S::NotRegistered),
    ),
    row(131_047, "24-hour window closed", UseTemplate),
    row(131_048, "spam limit", StopTemplates(SPAM)),
    row(131_049, "not delivered for a healthy ecosystem", Drop(D::EcosystemCap)),
    row(131_050, "person stopped marketing messages", Drop(D::StoppedByPerson)),
    row(131_051, "message type not supported", OurFault),
    row(131_052, "person's file not downloadable", AskForSmallerFile),
    row(131_053, "our file could not be uploaded", UploadAgain),
    row(131_055, "marketing API only", OurFault),
    row(131_056, "too many messages to one person", Wait(PAIR_RATE)),
    row(131_057, "number under maintenance", Wait(MAINTENANCE)),
    row(131_062, "business-scoped user id not allowed here", UsePhone),
    row(131_063, "marketing disabled by us", OurFault),
    row(131_064, "template category misused", StopTemplateCategory),
    row(132_000, "number of template parameters differs", ResyncTemplate),
    row(132_001, "template missing in this language", NextLanguage),
    row(132_005, "filled template text too long", ShortenOnce),
    row(132_007, "template breaks a policy", StopTemplate),
    row(132_008, "template parameters missing", ResyncTemplate),
    row(132_012, "template parameter of the wrong form", ResyncTemplate),
    row(132_015, "template paused", StopTemplate),
    row(132_016, "template disabled", StopTemplate),
    row(132_018, "template parameters invalid", ResyncTemplate),
    row(132_068, "Flow blocked", WithoutFlow),
    row(132_069, "Flow throttled", WithoutFlow),
    row(133_000, "deregistration incomplete", SetUp(NO_WAIT)),
    row(133_004, "server temporarily unavailable", Wait(DOWN)),
    row(133_005, "two-step PIN wrong", SetUp(NO_WAIT)),
    row(133_006, "number needs verification", SetUp(NO_WAIT)),
    row(133_008, "too many PIN guesses", SetUp(NO_WAIT)),
    row(133_009, "PIN guessed too fast", SetUp(NO_WAIT)),
    row(
        133_010,
        "number not registered",
        StopNumber(Scope::Number, S::NotRegistered),
    ),
    row(
        133_015,
        "number deleted a moment ago",
        SetUp(Duration::from_secs(5 * 60)),
    ),
    row(
        133_016,
        "registered too often",
        SetUp(Duration::from_secs(72 * 60 * 60)),
    ),
    rows(134_100, 134_102, "marketing API", OurFault),
    row(134_011, "payment terms not accepted", OurFault),
    row(135_000, "parameter unknown to Meta", OurFault),
    row(137_000, "identity of the person changed", Drop(D::IdentityChanged)),
    rows(138_000, 138_999, "calling, not used", OurFault),
    rows(139_000, 139_004, "Flow could not be published", TellAdministrator),
    rows(139_100, 139_101, "block list", TellAdministrator),
    rows(2_388_000, 2_388_999, "template could not be created", TellAdministrator),
    row(2_494_100, "number under maintenance", Wait(MAINTENANCE)),
];
