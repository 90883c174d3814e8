//! What every use case of a turn is given: content, time, ids, and the engine's step.

use jiff::Timestamp;
use sigap_content::Content;
use sigap_core::conversation::dialogue::{Answer, Step, World};
use sigap_core::conversation::state::State;
use sigap_core::ids::OfficeId;
use sigap_core::inbound::Said;
use sigap_core::office::Office;
use sigap_store::Fault;

use crate::ports::Ids;

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
    /// The conversation engine.
    pub step: StepFunction,
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
        ids: &'a Ids,
        step: StepFunction,
    ) -> Result<Self, Fault> {
        let office = content
            .office(office)
            .ok_or_else(|| Fault::Broken(format!("office {office} is not in the content")))?;
        Ok(Self {
            content,
            office,
            now,
            ids,
            step,
        })
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> i64 {
        self.ids.next(self.now)
    }
}
