//! Cases as the edges call them.

use sigap_core::ids::OfficeId;
use sigap_store::{Fault, read};

use super::Service;
use crate::authority::Officer;
use crate::hall_parts::today;
use crate::hall_picture::Revision;
use crate::view_cases::{CaseView, CasesView, find, view_case, view_cases};
use crate::work_case::{CaseAct, CaseTrouble, work_case};

impl Service {
    /// Who waits for an answer.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_cases(&self, office: OfficeId, who: Officer) -> Result<Result<CasesView, CaseTrouble>, Fault> {
        self.look(office, move |tx, ctx| view_cases(tx, ctx, &who)).await
    }

    /// A case by its number.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_case(
        &self,
        office: OfficeId,
        who: Officer,
        number: String,
    ) -> Result<Result<CaseView, CaseTrouble>, Fault> {
        self.look(office, move |tx, ctx| view_case(tx, ctx, &who, &number))
            .await
    }

    /// Does something with a case, once for a tap.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn work_case(
        &self,
        office: OfficeId,
        who: Officer,
        number: String,
        tap: String,
        act: CaseAct,
    ) -> Result<Result<(), CaseTrouble>, Fault> {
        let done = self
            .act(office, move |tx, ctx| {
                let Some(id) = find(tx, ctx, &number)? else {
                    return Ok(Err(CaseTrouble::Unknown));
                };
                if !tx.use_tap(office, today(ctx), &tap)? {
                    return Ok(Ok(()));
                }
                work_case(tx, ctx, &who, id, &act)
            })
            .await?;
        self.wake.wake();
        Ok(done)
    }

    /// How far the cases of an office are: another one after every change, in whichever process.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn cases_revision(&self, office: OfficeId) -> Result<Revision, Fault> {
        let now = self.clock.now();
        read(&*self.store, move |tx| Revision::of_cases(tx, office, now)).await
    }
}
