//! What is kept about one person, as the edges show it, give it away and erase it.

use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::Fault;

use super::Service;
use crate::erase_own_data::{Consent, EraseRefusal, Receipt, erase_own_data};
use crate::own_data::{AskedBy, OwnData, export, find_by_phone, note_desk, view_own_data};
use crate::run_jobs::run_job;

impl Service {
    /// Everything that is kept of a person; `None` for a stranger.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_own_data(&self, office: OfficeId, person: PersonId) -> Result<Option<OwnData>, Fault> {
        self.look(office, move |tx, ctx| view_own_data(tx, ctx, person)).await
    }

    /// The same as JSON; `None` for a stranger.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn export_own_data(&self, office: OfficeId, person: PersonId) -> Result<Option<String>, Fault> {
        let data = self.view_own_data(office, person).await?;
        data.as_ref().map(export).transpose()
    }

    /// The person who writes from a phone number as it is typed, for the office at its desk; it stands in the trail with `act`.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn find_person_at_desk(
        &self,
        office: OfficeId,
        typed: String,
        act: &'static str,
    ) -> Result<Option<PersonId>, Fault> {
        self.act(office, move |tx, ctx| {
            let found = find_by_phone(tx, ctx, &typed)?;
            if let Some(person) = found {
                note_desk(tx, ctx, AskedBy::Desk, act, person)?;
            }
            Ok(found)
        })
        .await
    }

    /// Erases a person, or says what keeps it waiting or would be lost. What is left to do when this process dies in the middle, the jobs
    /// of the office do.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn erase_own_data(
        &self,
        office: OfficeId,
        person: PersonId,
        by: AskedBy,
        consent: Consent,
    ) -> Result<Result<Receipt, EraseRefusal>, Fault> {
        let erased = self
            .act(office, move |tx, ctx| erase_own_data(tx, ctx, person, by, consent))
            .await?;
        let (receipt, job) = match erased {
            Ok(erased) => erased,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // The rows are gone. The key goes now, or within seconds by the same job.
        if let Err(fault) = self.act(office, move |tx, ctx| run_job(tx, ctx, &job)).await {
            tracing::error!(office = office.0, %fault, "the key of somebody who was erased is destroyed by the next round");
        }
        Ok(Ok(receipt))
    }
}
