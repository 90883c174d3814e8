//! What every use case of a turn is given: content, time, ids, and the engine's step.

use jiff::Timestamp;
use sigap_content::Content;
use sigap_core::conversation::dialogue::{Answer, Step, World};
use sigap_core::conversation::state::State;
use sigap_core::ids::OfficeId;
use sigap_core::inbound::Said;
use sigap_core::office::Office;
use sigap_store::Fault;

use crate::ports::{Accounts, Chance, Ids, Links};

/// The engine as a function, so that tests can hand in one that fails.
pub type StepFunction = fn(&World<'_>, &State, &Said, &[Answer]) -> Step;

/// The surroundings of one transaction.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Texts, offices, catalogue.
    pub content: &'a Content,
    /// The office whose turn it is.
    pub office: &'a Office,
    /// Now.
    pub now: Timestamp,
    /// Makes ids.
    pub ids: &'a Ids,
    /// Random bytes.
    pub chance: &'a dyn Chance,
    /// Addresses of our pages.
    pub links: &'a Links,
    /// Business accounts of our numbers.
    pub accounts: &'a Accounts,
    /// The conversation engine.
    pub step: StepFunction,
}

/// What a context borrows of the outside.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// Makes ids.
    pub ids: &'a Ids,
    /// Random bytes.
    pub chance: &'a dyn Chance,
    /// Addresses of our pages.
    pub links: &'a Links,
    /// Business accounts of our numbers.
    pub accounts: &'a Accounts,
}

impl<'a> Context<'a> {
    /// Finds the office in the content.
    ///
    /// # Errors
    /// When no such office exists: the configuration names one that content does not have.
    pub fn new(
        content: &'a Content,
        office: OfficeId,
        now: Timestamp,
        outside: Outside<'a>,
        step: StepFunction,
    ) -> Result<Self, Fault> {
        let office = content
            .office(office)
            .ok_or_else(|| Fault::Broken(format!("office {office} is not in the content")))?;
        Ok(Self {
            content,
            office,
            now,
            ids: outside.ids,
            chance: outside.chance,
            links: outside.links,
            accounts: outside.accounts,
            step,
        })
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> i64 {
        self.ids.next(self.now)
    }

    /// Random bytes.
    ///
    /// # Errors
    /// When the system has none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes)?;
        Ok(bytes)
    }
}
