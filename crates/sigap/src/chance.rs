//! The system's random bytes: the one place of the binary that asks for them on behalf of the use cases.

use sigap_actions::ports::Chance;
use sigap_store::Fault;
use sigap_store::sealing::system_random;

/// Random bytes of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        system_random(bytes)
    }
}
