//! Cases as the edges call them.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_store::{Fault, read};

use super::Service;
use crate::authority::Officer;
use crate::hall_parts::today;
use crate::hall_picture::Revision;
use crate::same_person::{Pair, SameRefusal, join_persons, part_persons, view_pair};
use crate::view_cases::{
    CaseView, CasesView, Waiting, count_cases, find, view_case, view_cases, view_last_message, view_praises,
};
use crate::work_case::{CaseAct, CaseTrouble, work_case};

impl Service {
    /// Who waits for an answer; with a tag, of those that bear it.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_cases(
        &self,
        office: OfficeId,
        who: Officer,
        tag: String,
    ) -> Result<Result<CasesView, CaseTrouble>, Fault> {
        self.look(office, move |tx, ctx| view_cases(tx, ctx, &who, &tag)).await
    }

    /// How many wait.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn count_cases(&self, office: OfficeId, who: Officer) -> Result<Result<Waiting, CaseTrouble>, Fault> {
        self.look(office, move |tx, ctx| count_cases(tx, ctx, &who)).await
    }

    /// The last message of a talk of the officer who asks: our number, and the channel's id.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_last_message(
        &self,
        office: OfficeId,
        who: Officer,
        number: String,
    ) -> Result<Option<(String, String)>, Fault> {
        self.look(office, move |tx, ctx| view_last_message(tx, ctx, &who, &number))
            .await
    }

    /// Praise of the officer who asks.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_praises(&self, office: OfficeId, who: Officer) -> Result<Vec<(Timestamp, String)>, Fault> {
        self.look(office, move |tx, ctx| view_praises(tx, ctx, &who)).await
    }

    /// The two persons of two cases, to be looked at.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_pair(
        &self,
        office: OfficeId,
        who: Officer,
        number: String,
        other: String,
    ) -> Result<Result<Pair, SameRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_pair(tx, ctx, &who, &number, &other))
            .await
    }

    /// Two persons are one.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn join_persons(
        &self,
        office: OfficeId,
        who: Officer,
        number: String,
        other: String,
    ) -> Result<Result<(), SameRefusal>, Fault> {
        self.act(office, move |tx, ctx| join_persons(tx, ctx, &who, &number, &other))
            .await
    }

    /// They are not.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn part_persons(
        &self,
        office: OfficeId,
        who: Officer,
        number: String,
        other: PersonId,
    ) -> Result<Result<(), SameRefusal>, Fault> {
        self.act(office, move |tx, ctx| part_persons(tx, ctx, &who, &number, other))
            .await
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
