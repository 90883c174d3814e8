//! From Meta's answer to what follows for the message and for its number. Pure.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sigap_actions::deliver::AttemptResult;
use sigap_whatsapp::errors::{BackOff, NotSent, Scope, SendAction, SendOutcome};

/// How long a number rests when only an operator can help (token, payment, account): then one message probes again.
const OPERATOR_PROBE: SignedDuration = SignedDuration::from_secs(60);
/// Attempts at once after nothing went out.
const AT_ONCE_MAX: u32 = 3;
/// Longest wait while there is no connection.
const NO_CONNECTION_WAIT_MAX: i64 = 60;
/// Longest wait for a repetition that has no end of its own.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// What follows an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// For the message.
    pub result: AttemptResult,
    /// For the number.
    pub pause: Option<Pause>,
    /// True when a phone number in place of the user id may help.
    pub may_use_phone: bool,
}

/// A brake on a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pause {
    /// Nothing goes out until then.
    Until {
        /// When it may go on.
        until: Timestamp,
        /// True when only an operator can mend it.
        needs_operator: bool,
    },
    /// Half the rate for a while.
    SlowDown,
}

impl Consequence {
    /// The message ends.
    #[must_use]
    pub fn failed(code: Option<i64>) -> Self {
        Self::of(AttemptResult::Failed { code })
    }

    pub(crate) fn of(result: AttemptResult) -> Self {
        Self {
            result,
            pause: None,
            may_use_phone: false,
        }
    }

    fn pausing(self, pause: Pause) -> Self {
        Self {
            pause: Some(pause),
            ..self
        }
    }
}

/// What follows an outcome. `attempt` counts from one; `jitter_seed` (the message's id) spreads repetitions.
#[must_use]
pub fn consequence(
    outcome: &SendOutcome,
    attempt: u32,
    now: Timestamp,
    settle_after: SignedDuration,
    jitter_seed: i64,
) -> Consequence {
    let after = |wait: SignedDuration| now.saturating_add(wait).unwrap_or(Timestamp::MAX);
    match outcome {
        SendOutcome::Accepted(accepted) => Consequence::of(AttemptResult::Accepted {
            message_id: accepted.wamid.clone(),
        }),
        SendOutcome::Unknown => Consequence::of(AttemptResult::Unknown {
            settle_at: after(settle_after),
        }),
        SendOutcome::NotSent(NotSent::Unbuildable) => Consequence::failed(None),
        SendOutcome::NotSent(_) => {
            let doubled = 1_i64 << attempt.saturating_sub(AT_ONCE_MAX).min(6);
            let wait = if attempt <= AT_ONCE_MAX {
                0
            } else {
                doubled.min(NO_CONNECTION_WAIT_MAX)
            };
            Consequence::of(AttemptResult::PutBack {
                not_before: after(SignedDuration::from_secs(wait)),
            })
        }
        SendOutcome::Refused(error) => {
            let failed = Consequence::failed(Some(error.code));
            let again = |back_off: &BackOff| {
                let Some(wait) = back_off.wait(attempt.saturating_sub(1)) else {
                    return failed.clone();
                };
                let wait = wait
                    .max(error.retry_after.unwrap_or_default())
                    .min(LONGEST_WAIT.max(wait));
                let until = after(jittered(wait, jitter_seed));
                let put_back = Consequence::of(AttemptResult::PutBack { not_before: until });
                match back_off.scope {
                    Scope::Message | Scope::Person => put_back,
                    Scope::Number | Scope::Account => put_back.pausing(Pause::Until {
                        until,
                        needs_operator: false,
                    }),
                }
            };
            match error.action() {
                SendAction::BackOff(back_off) | SendAction::StopTemplates(back_off) => again(&back_off),
                SendAction::SlowDownNumber(back_off) => again(&back_off).pausing(Pause::SlowDown),
                SendAction::StopNumber(..) => {
                    let until = after(OPERATOR_PROBE);
                    // Not the message's own failure: it must not use up the tries that an error which says little has.
                    Consequence::of(AttemptResult::Unclaimed { not_before: until }).pausing(Pause::Until {
                        until,
                        needs_operator: true,
                    })
                }
                SendAction::UsePhone | SendAction::UsePhoneOrOurFault => Consequence {
                    may_use_phone: true,
                    ..failed
                },
                // Replies of the dialogue carry no templates, files or Flows: what remains ends the message.
                _ => failed,
            }
        }
    }
}

/// Up to a quarter more, by the message's id: a crowd that was refused together does not come back together.
fn jittered(wait: Duration, seed: i64) -> SignedDuration {
    let share = u32::try_from((seed >> 10).rem_euclid(256)).unwrap_or(0);
    let wait = wait + wait / 4 * share / 256;
    SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests;
