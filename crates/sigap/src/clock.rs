//! The system's clock: the one place that asks it.

use jiff::Timestamp;
use sigap_actions::ports::Clock;

/// The time of this machine. `sigap doctor` compares it with Meta's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the port that hands the time in")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
