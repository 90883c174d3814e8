//! Files and intakes as the edges call them.

use jiff::civil::Date;
use sigap_core::booking::BookingCode;
use sigap_core::ids::{BookingId, CaseId, FileId, IntakeId, OfficeId};
use sigap_store::Fault;

use super::Service;
use crate::authority::{Denied, Officer};
use crate::fetch_file::{Fetch, Fetched, begin_fetch, end_fetch};
use crate::view_files::{FileRow, open_file, view_files};
use crate::work_intake::{
    IntakeLine, IntakeSheet, IntakeTrouble, Judged, Verdict, intakes_by_code, intakes_of_booking, judge_paper,
    list_day, view_intake,
};

impl Service {
    /// The next file that is to be fetched.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn begin_fetch(&self, office: OfficeId) -> Result<Option<Fetch>, Fault> {
        self.act(office, |tx, ctx| begin_fetch(tx, ctx)).await
    }

    /// What came of a file.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn end_fetch(&self, office: OfficeId, id: FileId, fetched: Fetched) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| end_fetch(tx, ctx, id, fetched.clone()))
            .await?;
        self.wake.wake();
        Ok(())
    }

    /// Files of a case.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_files(
        &self,
        office: OfficeId,
        who: Officer,
        case: CaseId,
    ) -> Result<Result<Vec<FileRow>, Denied>, Fault> {
        self.look(office, move |tx, ctx| view_files(tx, ctx, &who, case)).await
    }

    /// A file with its bytes.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn open_file(
        &self,
        office: OfficeId,
        who: Officer,
        id: FileId,
    ) -> Result<Option<(FileRow, Vec<u8>)>, Fault> {
        self.act(office, move |tx, ctx| open_file(tx, ctx, &who, id)).await
    }

    /// Intakes of a day.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn list_day_intakes(
        &self,
        office: OfficeId,
        who: Officer,
        day: Date,
    ) -> Result<Result<Vec<IntakeLine>, IntakeTrouble>, Fault> {
        self.look(office, move |tx, ctx| list_day(tx, ctx, &who, day)).await
    }

    /// One intake.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_intake(
        &self,
        office: OfficeId,
        who: Officer,
        id: IntakeId,
    ) -> Result<Result<(IntakeSheet, Vec<FileRow>), IntakeTrouble>, Fault> {
        self.look(office, move |tx, ctx| view_intake(tx, ctx, &who, id)).await
    }

    /// Intakes of a booking's people.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn intakes_of_booking(
        &self,
        office: OfficeId,
        who: Officer,
        booking: BookingId,
    ) -> Result<Result<Vec<IntakeLine>, IntakeTrouble>, Fault> {
        self.look(office, move |tx, ctx| intakes_of_booking(tx, ctx, &who, booking))
            .await
    }

    /// Intakes of a booking's people, by its code.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn intakes_by_code(
        &self,
        office: OfficeId,
        who: Officer,
        code: BookingCode,
    ) -> Result<Result<Vec<IntakeLine>, IntakeTrouble>, Fault> {
        self.look(office, move |tx, ctx| intakes_by_code(tx, ctx, &who, &code))
            .await
    }

    /// An officer accepts a paper, or asks for it again.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn judge_paper(
        &self,
        office: OfficeId,
        who: Officer,
        id: IntakeId,
        paper: String,
        verdict: Verdict,
    ) -> Result<Result<Judged, IntakeTrouble>, Fault> {
        let judged = self
            .act(office, move |tx, ctx| judge_paper(tx, ctx, &who, id, &paper, &verdict))
            .await?;
        if judged == Ok(Judged::Told) {
            self.wake.wake();
        }
        Ok(judged)
    }
}
